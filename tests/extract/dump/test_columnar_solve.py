"""Tables written column after column: rows that nothing parts, chunks, orders of columns, sections."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.columnar.chunks import in_chunks
from extract.dump.columnar.figures import alikeness, proofs_of
from extract.dump.columnar.labels import Item, beside_rows
from extract.dump.columnar.order import likeliest_order, order_like
from extract.dump.columnar.rows import figure_blocks, leaves_of
from extract.dump.lines import opens_table, source_lines
from extract.dump.pages import read_text
from extract.dump.tokens import tokenize
from normalize.ordinals import read_ordinal

ROWS = (
    ("1.915", "1.860", "55", "97,1"),
    ("120", "118", "2", "98,3"),
    ("85", "85", "0", "100,0"),
    ("1.240", "1.201", "39", "96,9"),
    ("64", "60", "4", "93,8"),
    ("406", "396", "10", "97,5"),
)


def _body(text: str) -> list[list[tuple[str, ...]]]:
    found = []
    for page in read_text(text):
        for grid in page.grids:
            rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
            for cell in grid.cells:
                rows[cell.row][cell.col] = cell.text
            found.append([tuple(row) for row in rows[grid.header_rows or 0 :]])
    return found


@given(st.integers(2, 6), st.integers(3, 8), st.data())
def test_some_chunks_give_back_what_was_written_in_chunks(
    width: int, height: int, data: st.DataObject
) -> None:
    rows = tuple(tuple(f"{r}{c}" for c in range(width)) for r in range(height))
    cut = data.draw(st.integers(1, width - 1))
    written = [row[c] for c in range(cut) for row in rows]
    written += [figure for row in rows for figure in row[cut:]]
    if len(written) >= 12:
        assert rows in set(in_chunks(written, height))


def test_what_fills_no_rows_makes_none() -> None:
    assert not list(in_chunks([str(n) for n in range(13)], 3))


def test_totals_and_sums_prove_an_arrangement() -> None:
    assert proofs_of(ROWS) > 1
    assert proofs_of(tuple(zip(*[iter([f for row in ROWS for f in row])] * 6, strict=True))) == 0


def test_rows_of_counts_and_rows_of_shares_are_alike() -> None:
    assert alikeness((("12", "30"), ("28,6%", "71,4%"), ("20", "22"), ("47,6%", "52,4%"))) == 1.0
    assert alikeness((("12", "30,5"), ("28,6%", "7"))) < 1.0


def test_a_total_written_after_the_columns_comes_before_its_parts() -> None:
    late = tuple((*row[1:], row[0]) for row in ROWS)
    assert likeliest_order(late) == [3, 0, 1, 2]
    assert likeliest_order(ROWS) == [0, 1, 2, 3]


def test_a_total_right_after_its_parts_stays() -> None:
    assert likeliest_order(tuple((row[1], row[2], row[0], row[3]) for row in ROWS)) == [0, 1, 2, 3]


def test_a_part_takes_the_order_of_the_part_before() -> None:
    other = tuple((rate, total, late, on_time) for total, on_time, late, rate in ROWS)
    order = order_like(other, ROWS)
    assert [other[1][c] for c in order][2:] == ["2", "98,3"]
    assert order_like(ROWS, ROWS) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("numbers", "leaves"),
    [
        ("1 1.1 1.2 2 2.1 3", [1, 2, 4]),
        ("I 1 2 II 1", [1, 2, 4]),
        ("1 2 3", [0, 1, 2]),
    ],
)
def test_headings_of_sections_are_told_by_their_numbers(numbers: str, leaves: list[int]) -> None:
    assert leaves_of([read_ordinal(number) for number in numbers.split()]) == leaves


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("BẢNG GIÁ ĐẤT Ở TẠI ĐÔ THỊ Đơn vị tính: nghìn đồng", True),
        ("Biểu số 3. Kết quả", True),
        ("Bảng giá đất ở tại đô thị do Ủy ban nhân dân ban hành", False),
        ("NHÓM HÀNG THỨ HAI VÀ THỨ BA", False),
    ],
)
def test_titles_that_open_a_table(text: str, opens: bool) -> None:
    (line,) = source_lines([[text]], [[text]])
    assert opens_table(line) is opens


def test_rows_that_nothing_parts_are_told_by_their_numbers() -> None:
    """Every figure stood between blank lines, row after row, under all row numbers: no table was found."""
    figures = "\n\n".join(figure for row in ROWS[1:] for figure in row)
    text = (
        "STT\n1\n2\n3\n4\n5\n\nĐơn vị\n\nXã A\nXã B\nXã C\nXã D\nXã E\n\nTổng\n\nĐúng\n\n"
        + figures
        + "\n\n1\n"
    )
    (rows,) = _body(text)
    assert [row[2:] for row in rows] == list(ROWS[1:])


def test_sections_have_rows_without_figures() -> None:
    numbers = "1\n1.1\n1.2\n2\n2.1\n2.2\n2.3\n2.4\n3"
    labels = "\n".join(
        ("Phố Bắc", "Đoạn a", "Đoạn b", "Phố Nam", "Đoạn c", "Đoạn d", "Đoạn e", "Đoạn g", "Phố Tây")
    )
    figures = [(f"{n}.000", f"{6 * n / 10:.1f}00", f"{4 * n / 10:.1f}00") for n in (3, 4, 2, 7, 5, 8)]
    text = f"Số TT\n{numbers}\n\n{labels}\n\nVị trí 1\n\nVị trí 2\n\nVị trí 3\n\n"
    (rows,) = _body(text + "\n\n".join(f for row in figures for f in row) + "\n")
    assert [row[2:] for row in rows if row[2]] == figures
    assert [row[0] for row in rows if not row[2]] == ["1", "2", "3"]


def test_a_figure_torn_far_from_its_rest_is_whole() -> None:
    """The rest of `49.050,` came after the other figures of its row, and the rows were no longer full."""
    lines = source_lines(*[[["7.733,1", "49.050,", "63,4", "5.204,6", "2", "", "16"]]] * 2)
    items = [Item(line, tuple(tokenize(line.text)), int(i > 5)) for i, line in enumerate(lines) if line.text]
    blocks = figure_blocks(items, set())
    assert [block.figures for block in blocks] == [("7.733,1", "49.050,2", "63,4", "5.204,6"), ("16",)]


def test_a_change_after_old_and_new_stays() -> None:
    rows = (("20", "31", "11"), ("105", "99", "-6"), ("46", "58", "12"), ("17", "40", "23"))
    assert likeliest_order(rows) == [0, 1, 2]


def test_columns_that_come_late_stand_before_the_share_of_them() -> None:
    rows = (
        ("300", "100", "66,67", "600", "400"),
        ("150", "75", "56,25", "400", "225"),
        ("90", "61", "75,50", "200", "151"),
        ("41", "19", "60,00", "100", "60"),
    )
    assert likeliest_order(rows) == [3, 4, 0, 1, 2]


BESIDE = {
    "figures tell that the total is first": (
        ("1", "2"),
        ("Xã A", "Xã B", "Tổng"),
        0,
        ("", "1", "2"),
        ("Tổng", "Xã A", "Xã B"),
    ),
    "labels tell where figures don't": (
        ("1", "2"),
        ("Xã A", "Xã B", "Tổng"),
        None,
        ("1", "2", ""),
        ("Xã A", "Xã B", "Tổng"),
    ),
    "as many as rows": (("1", "2"), ("Xã A", "Xã B"), None, ("1", "2"), ("Xã A", "Xã B")),
    "far fewer than rows": (("1",), ("a", "b", "c"), None, ("", "", ""), ("a", "b", "c")),
}


@pytest.mark.parametrize(("numbers", "labels", "total", "wanted", "named"), BESIDE.values(), ids=BESIDE)
def test_row_numbers_beside_rows(
    numbers: tuple[str, ...],
    labels: tuple[str, ...],
    total: int | None,
    wanted: tuple[str, ...],
    named: tuple[str, ...],
) -> None:
    assert beside_rows(numbers, labels, total) == (wanted, named)


def test_rows_on_lines_of_their_own_are_not_dealt_anew() -> None:
    """Lines of several figures are rows, whatever relations a page of columns would have."""
    head = "STT\nĐơn vị\nTổng số\nMới\nCũ\n"
    rows = [
        f"{n} Xã {name} {100 * n + 7} {90 * n} {10 * n + 7}"
        for n, name in enumerate(
            ("Hưng Đạo", "Quang Trung", "Minh Khai", "Vĩnh Quang", "Bình Long", "Nam Tuấn"), 1
        )
    ]
    (grid,) = read_text(head + "\n".join(rows))[0].grids
    assert not grid.doubts
    texts = [cell.text for cell in grid.cells]
    assert "107" in texts
    assert "Xã Hưng Đạo" in texts
