"""Columns of a laid-out table cut in two by the width of their figures; lines alone at a page's end."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft, Span
from extract.dump.layout.between import with_lines_between
from extract.dump.layout.halves import with_halves_together
from extract.dump.lines import source_lines

HEAD = ("Số TT", "Tên đường", "Vị trí 1", "Vị trí 2", "Vị trí 3", "")


def _draft(*rows: tuple[str, ...], head: int = 1, page: int = 1, first: int = 1) -> Draft:
    return Draft(
        rows=rows,
        first_line=first,
        last_line=first + len(rows) - 1,
        pages=(page,) * len(rows),
        header_rows=head or None,
    )


def test_a_column_cut_in_two_is_one_under_its_heading() -> None:
    draft = _draft(
        HEAD,
        ("1", "Đường A", "3.800", "2.280", "", "1.520"),
        ("2", "Đường B", "200", "120", "80", ""),
        ("3", "Đường C", "2.100", "1.260", "", "840"),
    )
    found = with_halves_together(draft)
    assert found.rows[0] == HEAD[:5]
    assert [row[4] for row in found.rows[1:]] == ["1.520", "80", "840"]


def test_a_row_of_short_figures_stands_further_left() -> None:
    draft = _draft(
        ("Số TT", "Tên đường", "Vị trí 1", "", "Vị trí 2", "Vị trí 3"),
        ("1", "Đường A", "700", "420", "280", ""),
        ("2", "Đường B", "4.200", "", "2.520", "1.680"),
        ("3", "Đường C", "3.750", "", "2.250", "1.500"),
    )
    found = with_halves_together(draft)
    assert [row[2:] for row in found.rows] == [
        ("Vị trí 1", "Vị trí 2", "Vị trí 3"),
        ("700", "420", "280"),
        ("4.200", "2.520", "1.680"),
        ("3.750", "2.250", "1.500"),
    ]


KEPT = {
    "two columns with headings of their own": (
        ("TT", "Đơn vị", "Tăng", "Giảm"),
        ("1", "Xã A", "12", ""),
        ("2", "Xã B", "", "7"),
        ("3", "Xã C", "5", ""),
    ),
    "a row with both": (
        ("TT", "Đơn vị", "Tổng", ""),
        ("1", "Xã A", "12", ""),
        ("2", "Xã B", "8", "7"),
        ("3", "Xã C", "", "9"),
    ),
    "figures of two makes": (
        ("TT", "Đơn vị", "Kết quả", ""),
        ("1", "Xã A", "1.250", ""),
        ("2", "Xã B", "", "97,5%"),
        ("3", "Xã C", "840", ""),
        ("4", "Xã D", "", "98,1%"),
    ),
}


@pytest.mark.parametrize("rows", KEPT.values(), ids=KEPT)
def test_columns_that_may_be_two_are_kept(rows: tuple[tuple[str, ...], ...]) -> None:
    if rows[0][2] == "Kết quả":
        rows = tuple((*row, "5") if i else (*row, "Hạng") for i, row in enumerate(rows))
        rows = (*rows, ("5", "Xã E", "7", "8%", "6"))
    assert with_halves_together(_draft(*rows)).rows == rows


def test_a_part_without_a_header_takes_the_columns_of_the_part_before() -> None:
    rows = (
        ("7", "Đường A", "700", "420", "280", ""),
        ("8", "Đường B", "4.200", "", "2.520", "1.680"),
        ("9", "Đường C", "3.750", "", "2.250", "1.500"),
    )
    assert with_halves_together(_draft(*rows, head=0), known=5).n_cols == 5
    assert with_halves_together(_draft(*rows, head=0), known=6).rows == rows


def test_spans_shrink_with_the_columns_they_cover() -> None:
    draft = _draft(
        ("Số TT", "Tên đường", "Giá", "", "", ""),
        HEAD,
        ("1", "Đường A", "3.800", "2.280", "", "1.520"),
        ("2", "Đường B", "200", "120", "80", ""),
        ("3", "Đường C", "2.100", "1.260", "", "840"),
        head=2,
    )
    spanned = Draft(**{**_fields(draft), "spans": (Span(0, 2, 1, 4),)})
    assert with_halves_together(spanned).spans == (Span(0, 2, 1, 3),)


def _fields(draft: Draft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in Draft.__slots__}


TOP = (("TT", "Tên", "Giá"), ("8.4", "Đường từ cầu số 3", "750"), ("8.5", "Đường từ cầu số 5", "450"))
BOTTOM = (("9.1", "Đường từ cầu số 1", "800"), ("9.2", "Đường từ cầu số 2", "350"))


def _between(text: str) -> Draft:
    lines = source_lines(
        [["", "", ""], text.split("\n"), [""] * 9], [["", "", ""], text.split("\n"), [""] * 9]
    )
    after = _draft(*BOTTOM, head=0, page=2, first=4 + len(text.split("\n")))
    return with_lines_between(_draft(*TOP), after, lines)


def test_the_rest_of_a_label_and_a_section_alone_are_the_first_part_s() -> None:
    found = _between("TT   Tên   Giá\nđến ngã ba\n9   Xã Mường")
    assert found.rows[2:] == (("8.5", "Đường từ cầu số 5 đến ngã ba", "450"), ("9", "Xã Mường", ""))
    assert found.last_line == 6


def test_the_rest_of_a_label_may_hold_a_number() -> None:
    found = _between("và cầu số 6 đến ngã ba\n9   Xã Mường")
    assert found.rows[2][1] == "Đường từ cầu số 5 và cầu số 6 đến ngã ba"


@pytest.mark.parametrize("text", ["Phụ lục 3", "đến cầu   7", "Tổng 12.500 đồng", "a\nb\nc\nd"])
def test_what_may_be_no_row_is_left(text: str) -> None:
    assert _between(text).rows == TOP
