"""What a letter says of itself, on made-up letters of every layout."""

from __future__ import annotations

import pytest

from model.page import TextLine
from normalize.letter.letterhead import canonical_body, iso_date
from normalize.letter.metadata import read_metadata
from normalize.letter.signature import is_person
from normalize.letter.subject import read_period


def lines(text: str) -> list[TextLine]:
    return [TextLine(t.strip(), 1, n) for n, t in enumerate(text.splitlines(), 1) if t.strip()]


LETTER = """ỦY BAN NHÂN DÂN
HUYỆN THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:      /UBND - VP
Thử Nghiệm, ngày      tháng 4 năm 2021
V/v kết quả giải quyết
thủ tục hành chính
trong tháng 3 năm 2021
Kính gửi:
- Các cơ quan, đơn vị thuộc huyện.
Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2021 của UBND tỉnh.
Nơi nhận:
- Như trên;
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Nguyễn Văn Mẫu
PHỤ LỤC I
"""


def test_letter_with_blanks_left_for_the_pen() -> None:
    found = read_metadata(lines(LETTER))
    assert found.number == "/UBND-VP"
    assert found.doc_type == "Công văn"
    assert found.issuer == "Ủy ban nhân dân huyện Thử Nghiệm"
    assert found.parent_issuer == ""
    assert (found.place, found.date) == ("Thử Nghiệm", "2021-04")
    assert found.subject == "V/v kết quả giải quyết thủ tục hành chính trong tháng 3 năm 2021"
    assert (found.signer, found.signer_title) == ("Nguyễn Văn Mẫu", "Phó Chủ tịch")
    assert found.period == "2021-03"


TWO_COLUMNS = """ UBND TỈNH MẪU            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   SỞ TÀI CHÍNH                 Độc lập - Tự do - Hạnh phúc
 Số: 315/BC-STC              Mẫu Thành, ngày 29 tháng 6 năm 2022
                          BÁO CÁO
        Tình hình giá cả thị trường quý II năm 2022
   I. Tổng quan
Nơi nhận:                             KT. GIÁM ĐỐC
- Lưu: VT.                            PHÓ GIÁM ĐỐC
                                      Trần Thị Thử
"""


def test_two_columns_in_one_line() -> None:
    found = read_metadata(lines(TWO_COLUMNS))
    assert found.number == "315/BC-STC"
    assert found.doc_type == "Báo cáo"
    assert (found.parent_issuer, found.issuer) == ("UBND tỉnh Mẫu", "Sở Tài chính")
    assert (found.place, found.date) == ("Mẫu Thành", "2022-06-29")
    assert found.subject == "Tình hình giá cả thị trường quý II năm 2022"
    assert (found.signer, found.signer_title) == ("Trần Thị Thử", "Phó Giám đốc")
    assert found.period == "2022-Q2"


def test_captions_say_what_the_letterhead_leaves_out() -> None:
    text = """Kết quả cải cách thủ tục hành chính 9 tháng đầu năm 2021
Kính gửi: Ủy ban nhân dân tỉnh
Phụ lục 01
(Kèm theo Báo cáo số: 77 /BC-VP ngày 05 tháng 10 năm 2021 của Văn phòng UBND tỉnh Mẫu)
"""
    found = read_metadata(lines(text))
    assert (found.number, found.doc_type, found.date) == ("77/BC-VP", "Báo cáo", "2021-10-05")
    assert found.issuer == "Văn phòng UBND tỉnh Mẫu"
    assert found.parent_issuer == "UBND tỉnh Mẫu"
    assert found.period == "2021-09"


def test_a_decision_cited_in_the_text_is_not_the_letters_number() -> None:
    text = "Kính gửi: Các xã\nThực hiện Quyết định số 45/QĐ-UBND ngày 01/02/2021 của UBND tỉnh.\n"
    found = read_metadata(lines(text))
    assert (found.number, found.date, found.doc_type) == ("", "", "Công văn")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("kết quả tháng 10 năm 2024", "2024-10"),
        ("kết quả tháng 02/2024", "2024-02"),
        ("báo cáo Quý II năm 2022", "2022-Q2"),
        ("báo cáo quý IV/2023", "2023-Q4"),
        ("kết quả 6 tháng đầu năm 2021", "2021-06"),
        ("10 tháng đầu năm và nhiệm vụ 02 tháng cuối năm 2023", "2023-10"),
        ("báo cáo tổng kết năm 2020", "2020"),
        ("theo Quyết định ngày 05 tháng 3 năm 2021", "2021"),
        ("không có kỳ nào", ""),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert read_period([text]) == period


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("UBND TỈNH HÒA MẪU", "UBND tỉnh Hòa Mẫu"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ MẪU", "Ủy ban nhân dân thành phố Mẫu"),
        ("UBND xã An Thử", "UBND xã An Thử"),
    ],
)
def test_names_of_bodies(printed: str, name: str) -> None:
    assert canonical_body(printed) == name


def test_iso_date_as_far_as_printed() -> None:
    assert iso_date("5", "3", "2024") == "2024-03-05"
    assert iso_date("", "3", "2024") == "2024-03"
    assert iso_date("5", "", "2024") == "2024"
    assert iso_date("5", "3", "") == ""


def test_persons() -> None:
    assert is_person("Lê Thị Mẫu")
    assert is_person("TS. Phạm Văn Thử")
    assert not is_person("Chủ tịch UBND")
    assert not is_person("Lưu: VT")


def test_nothing_comes_of_nothing() -> None:
    assert read_metadata([]).number == ""
