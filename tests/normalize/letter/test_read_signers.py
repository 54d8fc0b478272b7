"""Who signs a letter, as what, and what a pen or a seal leaves of numbers, on made-up letters."""

from __future__ import annotations

import pytest

from model.page import TextLine
from normalize.letter.metadata import read_metadata
from normalize.letter.number import take_number
from normalize.letter.persons import person_in
from tests.normalize.letter.printed import LETTER, lines, placed


def test_persons() -> None:
    assert person_in("Lê Thị Mẫu")
    assert person_in("TS. Phạm Văn Thử")
    assert not person_in("Chủ tịch UBND")
    assert not person_in("Lưu: VT")


def test_a_deputy_whose_title_lies_under_a_stamp() -> None:
    text = "BÁO CÁO\nKết quả\nNơi nhận:\nKT. GIÁM ĐỐC\nGIÁM ĐỐC\nLê Văn Mẫu\n"
    found = read_metadata(lines(text))
    assert (found.signer, found.signer_title) == ("Lê Văn Mẫu", "Phó Giám đốc")


def test_who_enacts_is_no_signer() -> None:
    text = "QUYẾT ĐỊNH\nVề việc thử\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Thử;\nNguyễn Văn Mẫu\n"
    found = read_metadata(lines(text))
    assert (found.signer, found.signer_title) == ("", "")


@pytest.mark.parametrize(
    ("line", "sure", "number", "unread"),
    [
        ("Số 112-BC/ĐU", 1.0, "112-BC/ĐU", False),
        ("Số: 45 - CV/HU", 1.0, "45-CV/HU", False),
        ("Số      -NQ/TU", 1.0, "-NQ/TU", True),
        ("Số .4J - CV/HU", 0.7, "-CV/HU", True),
        ("Số đảng viên: 12 đồng chí", 1.0, "", False),
    ],
)
def test_numbers_of_the_partys_bodies(line: str, sure: float, number: str, unread: bool) -> None:
    found, _ = take_number(line, sure)
    assert (found.text, found.unread) == (number, unread)


@pytest.mark.parametrize(
    ("block", "signer", "title"),
    [
        (("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "Hà Văn Mẫu"), "Hà Văn Mẫu", "Phó Bí thư"),
        (
            ("KT. CHỈ HUY TRƯỞNG", "PHÓ CHỈ HUY TRƯỞNG", "Thượng tá Ngô Quốc Thử"),
            "Ngô Quốc Thử",
            "Phó Chỉ huy trưởng",
        ),
        (("HIỆU TRƯỞNG", "Rơ Mah H'Mẫu"), "Rơ Mah H'Mẫu", "Hiệu trưởng"),
        (("VIỆN TRƯỞNG", "PGS.TS. Danh Thị Thử"), "Danh Thị Thử", "Viện trưởng"),
    ],
)
def test_signers_of_other_bodies(block: tuple[str, ...], signer: str, title: str) -> None:
    found = read_metadata([TextLine(t, 1, n) for n, t in enumerate(("Nơi nhận:", "- Lưu: VT.", *block), 1)])
    assert (found.signer, found.signer_title) == (signer, title)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("PG5.TS. Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu"),
        ("'Thượng tá Ngô Thị Thử", "Ngô Thị Thử"),
        ("- Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("i ò Thị Thanh Mẫu", "Lò Thị Thanh Mẫu"),
        ("iàng A Thử", "Giàng A Thử"),
        ("anh Văn Thử", ""),
        ("hị Thanh Mẫu", ""),
        ("Ẩ B", ""),
        ("Phụ Lục", ""),
        ("PHU LUC", ""),
        ("CHỦ TỊCH", ""),
        ("Trăn Thị Thử", "Trần Thị Thử"),
        ("TRẦN VĂN THỬ", "Trần Văn Thử"),
        ("H'Lim Niê Thử", "H'Lim Niê Thử"),
    ],
)
def test_names_under_a_seal(line: str, name: str) -> None:
    assert person_in(line) == name


def test_a_name_stands_under_its_title_and_not_in_the_list_beside_it() -> None:
    found = read_metadata(
        placed(
            ("Nơi nhận:", 75, 60),
            ("KT. BỘ TRƯỞNG", 350, 90),
            ("- Trần Văn Mẫu;", 75, 90),
            ("- Lê Thị Thử", 345, 100),
        )
    )
    assert (found.signer, found.signer_title) == ("Lê Thị Thử", "Thứ trưởng")


@pytest.mark.parametrize(
    ("line", "number"),
    [("Số: - “TNMT-ĐĐ", "/TNMT-ĐĐ"), ("Sã: 2046/SNV-BTXH", "2046/SNV-BTXH"), ("Số: 12 người", "")],
)
def test_numbers_under_a_pen_or_a_letter_off(line: str, number: str) -> None:
    assert take_number(line)[0].text == number


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("CHI C!7C TRƯỞNG", "Chi cục trưởng"),
        ("PHÓ Cí!ANH VĂN PHÒNG", "Phó Chánh Văn phòng"),
        ("Ô NH TRA", ""),
    ],
)
def test_titles_with_a_letter_under_a_seal(line: str, title: str) -> None:
    found = read_metadata([TextLine(t, 1, n) for n, t in enumerate(("Nơi nhận:", line, "Lê Văn Thử"), 1)])
    assert found.signer_title == title


@pytest.mark.parametrize(
    ("stamp", "date"),
    [
        ("Thời gian ký: 18.04.2021 08:15:22 +07:00", "2021-04-18"),
        ("Ngày ký: 18/04/2021", "2021-04-18"),
        ("Thời gian ký: 02.05.2021 08:15:22 +07:00", "2021-04"),
    ],
)
def test_a_digital_signature_tells_the_day_that_was_left_blank(stamp: str, date: str) -> None:
    assert read_metadata(lines(f"{LETTER}Người ký: Ủy ban nhân dân huyện\n{stamp}\n")).date == date


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Nguyển Hồng Thử", "Nguyễn Hồng Thử"),
        ("TRẤN VĂN THỬ", "Trần Văn Thử"),
        ("Nguyen Van Thu", "Nguyen Van Thu"),
        ("Lò Thị Thử", "Lò Thị Thử"),
    ],
)
def test_a_family_name_with_marks_that_none_has_is_the_one_with_its_letters(line: str, name: str) -> None:
    assert person_in(line) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Đình Thử", ""),  # the family name lies under the signature: no other is put before it
        ("Ph an Đình Thử", "Phan Đình Thử"),
        ("Lê an Thử", ""),
    ],
)
def test_a_family_name_that_a_seal_covers_or_divides(line: str, name: str) -> None:
    assert person_in(line) == name
