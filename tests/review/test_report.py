"""report.html: what was read in one file, in words that a reader without the program understands."""

import re

import pytest

from pipeline.run.audit import Audit, write_quality
from review.report import write_report
from tests.review.make_run import make_run


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path, hostile=True)


def said(run):
    page = write_report(run).read_text("utf-8")
    return page, re.sub(r"<[^>]+>", " ", page.split("<body>")[1])


def test_the_report_says_how_good_an_audit_found_the_set(run):
    assert "Kiểm tra ngẫu nhiên" not in said(run)[1], "nobody has audited it"
    audit = Audit(run, "figures", 300, 1, "Lan")
    for n, item in enumerate(list(audit.items)):
        audit.judge(item, "99999" if n == 0 else item.reading, "wrong" if n == 0 else "right")
    quality = write_quality(run)["figures"]
    text = said(run)[1]
    assert f"Sai 1 trên {quality.read}: nhiều nhất {100 * quality.upper:.1f} %" in text


def test_no_code_word_stands_in_the_report(run):
    page, text = said(run)
    assert "đã đọc" in text
    assert not re.search(r"\b(ok|partial|failed|skipped|text-layer|row_sum|cờ)\b", text)
    assert "<script" not in page
