"""Words behind a figure of running text that are its unit: folded, with the power of ten of a scale word."""

from __future__ import annotations

import re

from model.value import Unit

UNITS: tuple[tuple[re.Pattern[str], Unit, int], ...] = (
    (re.compile(r"^\s*ty\s+(?:dong|vnd)\b"), "money_vnd", 9),
    (re.compile(r"^\s*trieu\s+(?:dong|vnd)\b"), "money_vnd", 6),
    (re.compile(r"^\s*(?:nghin|ngan)\s+(?:dong|vnd)\b"), "money_vnd", 3),
    (
        re.compile(
            r"^\s*ty\b(?!\s+(?:usd|do la|viec|[^\W\d]+\s*/)|\s+le)(?=\s*(?:[,;.)(]|$|so voi|va|trong|cho|\d))"
        ),
        "money_vnd",
        9,
    ),
    (re.compile(r"^\s*trieu\b(?=\s*(?:[,;.)(]|$|so voi|va\b|trong\b|cho\b))"), "money_vnd", 6),
    (
        re.compile(r"^\s*(?:dong|vnd)\b(?!\s+(?:bo|chi)\b)|^\s*d(?=\s*(?:/\s*[^\W\d]|[,;.)]|$))"),
        "money_vnd",
        0,
    ),
    (re.compile(r"^\s*diem\s*(?:%|phan tram)"), "percent_point", 0),
    (re.compile(r"^\s*diem(?:\s+so)?\b"), "score", 0),
    (re.compile(r"^\s*(?:bac|hang)\b(?!\s+(?:si|hoc|hoa|rao)\b)"), "rank", 0),
    (re.compile(r"^\s*(?:phan tram)\b"), "percent", 0),
    (
        re.compile(
            r"^\s*(?:bo\s+)?(?:dong chi|ho so|thu tuc|tthc|phan anh|kien nghi|van ban|quyet dinh|don vi"
            r"|truong hop|ban"
            r"|giao dich|tai khoan|dich vu|dvc|ket qua|can bo|cong chuc|nguoi|co quan|xa"
            r"|huyen|phong|luot|ca nhan"
            r"|cau hoi|to chuc|chi tieu|nhiem vu|cuoc|lop|y kien|quy trinh|thanh phan|ho"
            r"|doanh nghiep|phieu|buoi"
            r"|tin)\b"
        ),
        "count",
        0,
    ),
)
