"""What a letter says of itself, on made-up letters of every layout."""

from __future__ import annotations

import pytest

from model.geometry import Box
from model.page import TextLine
from normalize.letter.bodies import canonical_body
from normalize.letter.dates import iso_date, take_date
from normalize.letter.metadata import read_metadata, unread_parts
from normalize.letter.number import take_number
from normalize.letter.subject import read_period
from tests.normalize.letter.printed import LETTER, lines, placed, scanned


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
    assert (found.parent_issuer, found.issuer) == ("UBND tỉnh Mẫu", "Sở Tài chính tỉnh Mẫu")
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
        ("10 tháng diu năm và nhiệm vụ 02 tháng cuối năm 2023", "2023-10"),  # `đầu` misread
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


def test_nothing_comes_of_nothing() -> None:
    assert read_metadata([]).number == ""


@pytest.mark.parametrize(
    ("line", "sure", "text", "unread"),
    [
        ("Số: 315/BC-STC", 0.9, "315/BC-STC", False),
        ("Số: 12/2031/QĐ-UBND", 0.9, "12/2031/QĐ-UBND", False),
        ("Số: 1906 /SGDĐT-VP", 0.997, "1906/SGDĐT-VP", False),
        ("Số: 43 /QĐ-UBND", 0.976, "/QĐ-UBND", True),  # strokes of a pen in the gap of a form
        ("Số:#0 /QĐ-UBND", 0.5, "/QĐ-UBND", True),
        ("Số;4J2/QĐ-UBND", 0.8, "/QĐ-UBND", True),
        ("Số:/279/QĐ-UBND", 0.5, "/QĐ-UBND", True),  # a pen's 1 read as a slash: the symbol was lost with it
        ("Số: 508/ /QĐ-UBND", 0.5, "/QĐ-UBND", True),
        ("Số: /279/2031/QĐ-UBND", 1.0, "/2031/QĐ-UBND", True),
        ("Số: /BC-STC", 1.0, "/BC-STC", True),
        ("Số:.465/SGDĐI-CITIT", 0.01, "", True),  # a stamp lies over the symbol too
        ("Nghị định số. 5/1999/NĐ-CP", 1.0, "", False),
        ("Sở Tài chính", 1.0, "", False),
    ],
)
def test_numbers_as_far_as_they_are_print(line: str, sure: float, text: str, unread: bool) -> None:
    number, _ = take_number(line, sure)
    assert (number.text, number.unread) == (text, unread)


@pytest.mark.parametrize(
    ("line", "place", "date", "unread"),
    [
        ("Vĩnh Mẫu, ngày 30 tháng 3 năm 2018", "Vĩnh Mẫu", "2018-03-30", ()),
        ("Bà Mẫu-Vũng Thử, ngày tháng 6 năm 2015", "Bà Mẫu-Vũng Thử", "2015-06", ("day",)),
        ("Mẫu Ngãi, ngày{T tháng 02 năm 2025", "Mẫu Ngãi", "2025-02", ("day",)),
        ("Mẫu Liêu, ngày ậ tháng 0% năm 2025", "Mẫu Liêu", "2025", ("month", "day")),
        ("Đà Thử, ngàyô4 tháng 5 năm 2019", "Đà Thử", "2019-05", ("day",)),
        (
            "Bà Mẫu, ngày/6 tháng 6 năm 2015",
            "Bà Mẫu",
            "2015-06",
            ("day",),
        ),  # was the 6th; a pen's 1 lay there
        ("Bà Mẫu, ngày 1/ tháng 6 năm 2015", "Bà Mẫu", "2015-06", ("day",)),
        ("Bà Mẫu, ngày 16 tháng /2 năm 2015", "Bà Mẫu", "2015", ("month", "day")),
        ("theo Công văn ngày 5 tháng 2 năm 2019", "", "", ()),
    ],
)
def test_days_as_far_as_they_are_print(line: str, place: str, date: str, unread: tuple[str, ...]) -> None:
    day, _ = take_date(line)
    assert (day.place, day.date, day.unread) == (place, date, unread)


DECISION = (
    ("ỦY BAN NHÂN DÂN", 0.99),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.99),
    ("TỈNH THỬ NGHIỆM", 0.99),
    ("Độc lập - Tự do - Hạnh phúc", 0.99),
    ("số: mg 2(Ê", 0.47),
    ("/QĐ-UBND", 0.99),
    ("Thử Nghiêm, ngày Ì tháng 02 năm 2031", 0.86),
    ("QUYẾT ĐỊNH", 0.99),
    ("Về việc công bố Danh mục thủ tục thuộc thẩm quyền của Sở Xây dựng;", 0.98),
    ("Ủy ban nhân dân cấp xã trên địa bàn tỉnh Thử Nghiệm", 0.98),
    ("(Lĩnh vực: Đường bộ)", 0.98),
    ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", 0.99),
    ("Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ;", 0.99),
    ("Điều 1. Công bố kèm theo Quyết định này Danh mục thủ tục hành chính.", 0.99),
    ("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", 0.99),
    ("Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.", 0.99),
    ("Nơi nhận:", 0.95),
    ("TM. ỦY BAN NHÂN DÂN", 0.99),
    ("KT. CHỦ TỊCH", 0.99),
    ("- Bộ Y tế; PHÓ CHỦ TỊCH", 0.99),
    ("TƠN A", 0.03),
    *((f"- Sở số {n};", 0.99) for n in range(20)),
    ("Trần Thị Thử", 0.99),
)


def test_a_decision_filled_in_by_hand() -> None:
    found = read_metadata(scanned(*DECISION))
    assert (found.number, found.date, found.place) == ("/QĐ-UBND", "2031-02", "Thử Nghiệm")
    assert (found.issuer, found.parent_issuer) == ("Ủy ban nhân dân tỉnh Thử Nghiệm", "")
    assert found.subject == (
        "Về việc công bố Danh mục thủ tục thuộc thẩm quyền của Sở Xây dựng; Ủy ban nhân dân cấp xã trên địa "
        "bàn tỉnh Thử Nghiệm (Lĩnh vực: Đường bộ)"
    )
    assert (found.signer, found.signer_title) == ("Trần Thị Thử", "Phó Chủ tịch")
    unread = unread_parts(scanned(*DECISION), found)
    assert [(part, line.number) for part, line in unread] == [("number", 5), ("day", 7)]


def test_titles_under_a_workbooks_letterhead_are_no_body() -> None:
    text = "UBND TỈNH MẪU\nSỞ TÀI CHÍNH\nTên tệp: T12\nBẢNG GIÁ THỊ TRƯỜNG THÁNG 12 NĂM 2022\n"
    assert read_metadata(lines(text)).issuer == "Sở Tài chính tỉnh Mẫu"


@pytest.mark.parametrize(
    ("caption", "number"),
    [
        ("(Đính kèm Thông báo số 17/TB-SXD ngày 09/7/2024 của Sở Xây dựng)", "17/TB-SXD"),
        (
            "(Ban hành kèm theo Quyết định số 16/2024/QĐ-UBND ngày 27 tháng 5 năm 2024\ncủa UBND tỉnh Mẫu )",
            "16/2024/QĐ-UBND",
        ),
        ("(Ban hành kèm theo Thông tư số 15/2017/TT-BTC ngày 15/02/2017 của Bộ Tài chính)", ""),
        ("(Kèm theo Quyết định số 19/2006/QĐ-BTC ngày 30/3/2006)", ""),
        ("ban hành kèm theo Quyết định số 14/2002/QĐ-UB ngày 07/3/2002 của UBND tỉnh Mẫu", ""),
    ],
)
def test_captions_of_the_document_and_of_forms(caption: str, number: str) -> None:
    assert read_metadata(lines(f"Phụ lục I\nĐƠN GIÁ DỊCH VỤ\n{caption}\n")).number == number


def test_an_annex_that_is_a_document_of_its_own() -> None:
    text = "Phụ lục I\nĐƠN GIÁ DỊCH VỤ\n(Kèm theo Quyết định số 16/QĐ-UBND của Chủ tịch UBND tỉnh Mẫu)\n"
    found = read_metadata(lines(text))
    assert (found.subject, found.issuer) == ("ĐƠN GIÁ DỊCH VỤ", "UBND tỉnh Mẫu")


def test_an_act_whose_title_holds_its_number() -> None:
    text = "NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 12/1999/NĐ-CP NGÀY 6 THÁNG 3 NĂM 1999\nVỀ VIỆC THỬ\nCHÍNH PHỦ\nCăn cứ Luật;\n"
    found = read_metadata(lines(text))
    assert (found.number, found.date, found.issuer) == ("12/1999/NĐ-CP", "1999-03-06", "Chính phủ")
    assert found.subject == "VỀ VIỆC THỬ"


def test_a_subject_ends_where_lines_leave_the_middle() -> None:
    placed = [
        ("BÁO CÁO", 270, 350),
        ("Kết quả sản xuất", 230, 391),
        ("Tổng diện tích đạt 77 ha, sản lượng", 113, 535),
    ]
    found = read_metadata(
        [
            TextLine(text, 1, n, Box(x0, 20.0 * n, x1, 20.0 * n + 12))
            for n, (text, x0, x1) in enumerate(placed, 1)
        ]
    )
    assert found.subject == "Kết quả sản xuất"


def test_the_rest_of_a_name_that_looks_like_an_office_opens_no_body() -> None:
    text = "SỞ Y TẾ TỈNH MẪU\nTRUNG TÂM Y TẾ HUYỆN TUY\nPHONG\nSố: 31/BC-TTYT\nBÁO CÁO\nKết quả\n"
    found = read_metadata(lines(text))
    assert (found.parent_issuer, found.issuer) == ("Sở Y tế tỉnh Mẫu", "Trung tâm Y tế huyện Tuy Phong")


def test_a_motto_that_runs_over_two_lines_breaks_no_body() -> None:
    """`NAM` of the motto stood between two bodies, and the second was no issuer any more."""
    found = read_metadata(
        placed(
            ("ỦY BAN NHÂN DÂN", 100, 110),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", 300, 220),
            ("TỈNH MẪU", 120, 70),
            ("NAM", 400, 30),
            ("SỞ NỘI VỤ", 120, 70),
            ("Độc lập - Tự do - Hạnh phúc", 320, 180),
            ("Số: 12/SNV-CCHC", 110, 90),
            ("Mẫu Thành, ngày 14 tháng 8 năm 2023", 310, 190),
            ("V/v báo cáo kết quả", 100, 110),
        )
    )
    assert (found.parent_issuer, found.issuer) == ("Ủy ban nhân dân tỉnh Mẫu", "Sở Nội vụ tỉnh Mẫu")
    assert (found.number, found.date) == ("12/SNV-CCHC", "2023-08-14")


def test_a_title_ends_where_paragraphs_begin() -> None:
    found = read_metadata(
        placed(
            ("THÔNG BÁO", 250, 90),
            ("Tình hình sâu bệnh tuần từ 24/4 đến 30/4", 150, 290),
            ("Qua điều tra, Phòng thông báo như sau:", 102, 386),
            ("Diện tích nhiễm bệnh 12 ha.", 102, 160),
        )
    )
    assert found.subject == "Tình hình sâu bệnh tuần từ 24/4 đến 30/4"


def test_a_body_that_is_spelled_like_a_motto_is_one() -> None:
    found = read_metadata(lines("BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI\nTỈNH MẪU\nSố: 951/BHXH-QLT\n"))
    assert (found.parent_issuer, found.issuer) == ("Bảo hiểm xã hội Việt Nam", "Bảo hiểm xã hội tỉnh Mẫu")


def test_a_party_body_over_another() -> None:
    found = read_metadata(
        lines("ĐẢNG BỘ TỈNH MẪU\nHUYỆN ỦY TÂN THỬ\n*\nSố 245-CV/HU\nTân Thử, ngày 16 tháng 4 năm 2024\n")
    )
    assert (found.parent_issuer, found.issuer) == ("Đảng bộ tỉnh Mẫu", "Huyện ủy Tân Thử")
    assert (found.number, found.date) == ("245-CV/HU", "2024-04-16")


def test_the_head_of_a_school_enacts_and_is_no_subject() -> None:
    text = "QUYẾT ĐỊNH\nVề việc cấp học bổng\nHIỆU TRƯỞNG TRƯỜNG ĐẠI HỌC MẪU\nCăn cứ Quyết định số 39/2001/QĐ-TTg;\n"
    assert read_metadata(lines(text)).subject == "Về việc cấp học bổng"


def test_a_caption_filled_in_by_pen_gives_no_number_and_no_day() -> None:
    """On a scan the strokes of `209` and `18` were read as 00 and 09."""
    caption = "(Kèm theo Quyết định số 00/QĐ-UBND ngày 09 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh)"
    unsure = read_metadata([TextLine(caption, 1, 1, confidence=0.5)])
    assert (unsure.number, unsure.date) == ("/QĐ-UBND", "2025-02")
    printed = read_metadata([TextLine(caption, 1, 1)])
    assert (printed.number, printed.date) == ("00/QĐ-UBND", "2025-02-09")
