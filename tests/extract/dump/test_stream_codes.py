"""Numbers of persons or things before labels have a column of their own in streams of words."""

from __future__ import annotations

from extract.dump.lines import source_lines
from extract.dump.read import table_drafts

NAMES = ("Hoàng Thu Trang", "Hoàng Minh Quỳnh", "Nông Văn Trang", "Bế Thị Hà")


def _rows(numbers: tuple[str, ...]) -> list[tuple[str, ...]]:
    lines = [
        f"{n} {number} {name} 8,0{n} 9,2{n} 17,2{2 * n}"
        for n, (number, name) in enumerate(zip(numbers, NAMES, strict=True), 1)
    ]
    text = ["STT", "Số báo danh", "Họ và tên", "Toán", "Văn", "Tổng", *lines]
    (draft,) = table_drafts(source_lines([text], [text]))
    return [row for row in draft.rows[draft.header_rows or 0 :] if row[0].isdigit()]


def test_numbers_of_persons_stand_before_their_names() -> None:
    rows = _rows(("003041", "002528", "001005", "005966"))
    assert [row[1:3] for row in rows] == [
        ("003041", NAMES[0]),
        ("002528", NAMES[1]),
        ("001005", NAMES[2]),
        ("005966", NAMES[3]),
    ]


def test_years_of_few_rows_stay_in_labels() -> None:
    rows = _rows(("2023 -", "Ông", "Bà", "Em"))
    assert "2023" in " ".join(rows[0])
    assert all(NAMES[i] in " ".join(row) for i, row in enumerate(rows))


def test_a_second_table_under_a_title_in_capitals_is_one_of_its_own() -> None:
    first = [
        cell for n in range(1, 5) for cell in (str(n), f"Xã {NAMES[n - 1]}", str(100 * n + 7), str(90 * n))
    ]
    second = [
        cell for n in range(1, 5) for cell in (str(n), f"Trường {NAMES[n - 1]}", str(30 * n), str(20 * n + 3))
    ]
    text = [
        "STT",
        "Đơn vị",
        "Tổng số",
        "Mới",
        *first,
        "HIỆN TRẠNG TRƯỜNG LỚP CÁC CẤP HỌC",
        "TT",
        "Trường",
        "Lớp",
        "Trò",
        *second,
    ]
    drafts = table_drafts(source_lines([text], [text]))
    assert len(drafts) == 2
