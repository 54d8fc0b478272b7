"""What an office file holds that is not read, as a reviewer is told of it."""

from __future__ import annotations

from collections.abc import Mapping

_REMARKS = {
    "hidden": "{where} có {n} đoạn chữ ẩn không in ra; các đoạn đó không được đọc.",
    "pictures": "{where} có {n} hình ảnh; chữ và số trong hình không được đọc.",
    "drawn": "{where} có {n} biểu đồ vẽ từ số liệu của các ô; các ô được đọc, biểu đồ thì không.",
}
_LOSSES = {
    "large": "{where} có {n} hình ảnh lớn không được đọc, có thể là bảng hay trang quét; nên xem tệp gốc.",
    "charts": "{where} có {n} biểu đồ; số liệu in trong biểu đồ không được đọc.",
    "objects": "{where} có {n} đối tượng nhúng không được đọc; nên mở tệp gốc để xem.",
    "deep": "Có {n} phần lồng nhau quá sâu nên không được đọc.",
}


# A picture at least so wide and high (cm) may be a table, a chart or a scanned page; emblems, seals and
# signatures are smaller.
_WIDE, _HIGH = 8.0, 3.0


def is_large(width: float, height: float) -> bool:
    """Whether a picture of so many centimetres may hold more than an emblem, a seal or a signature."""
    return width >= _WIDE and height >= _HIGH


def told(seen: Mapping[str, int], where: str = "Văn bản") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remarks on what a person need not look at, and on what is printed and lost, by how often each kind was
    `seen`: hidden text, small pictures, charts of cells that are read; large pictures, other charts, embedded
    objects, what lies too deep. `where` names the text or sheet."""
    remarks, losses = (
        tuple(text.format(n=seen[kind], where=where) for kind, text in words.items() if seen.get(kind))
        for words in (_REMARKS, _LOSSES)
    )
    return remarks, losses
