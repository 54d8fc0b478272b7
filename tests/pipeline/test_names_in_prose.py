"""Names of a document's own places in its damaged prose."""

from __future__ import annotations

from model.page import TextLine
from pipeline.language import mend_names, repair_text


def test_only_lines_that_may_hold_a_name_are_mended_again() -> None:
    printed = [TextLine(t, 1, n) for n, t in enumerate(("Kiem tra tai Tu Ky va Gia Loc", "Ket qua tot"), 1)]
    mended = [TextLine(t, 1, n) for n, t in enumerate(("Kiểm tra tại Tư Ký và Gia Lộc", "Kết quả tốt!"), 1)]
    again = mend_names(printed, mended, {"Tứ Kỳ"})
    assert [line.text for line in again] == ["Kiểm tra tại Tứ Kỳ và Gia Lộc", "Kết quả tốt!"]
    assert mend_names(printed, mended, ()) == mended


def test_a_text_tells_its_own_province() -> None:
    lines = [
        "Huyen Thanh Mien, huyen Ninh Giang, thi xa Kinh Mon va thanh pho Chi Linh cua tinh Hai Duong",
        "Kiem tra tai Tu Ky va Nam Sach chua bao cao ket qua thuc hien",
    ]
    assert repair_text(lines)[1] == "Kiểm tra tại Tứ Kỳ và Nam Sách chưa báo cáo kết quả thực hiện"


def test_proper_lines_pass() -> None:
    lines = ["Huyện Thanh Miện, tỉnh Hải Dương", "Xã Tư Ký không có thật"]
    assert repair_text(lines) == lines
