"""Days that do not exist, ranks that do not follow their scores, scores past their maximum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import check_document
from checks.families.ranks import Ranked, _longest_run, _one_fault
from checks.relation import Relation
from model.document import Document
from model.flag import CellRef
from model.page import Reading
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]


def test_one_flag_a_head_however_many_positions_it_spans(table: Build, document: Make) -> None:
    head = "Thống kê trên Cổng ngày 31/9/2024"
    grid = [
        ["TT", "Nội dung", head, head, "Tăng so với ngày 31/9/2024"],
        ["TT", "Nội dung", "Số liệu", "Tỷ lệ (%)", "Tăng so với ngày 31/9/2024"],
        ["1", "Hồ sơ", "5", "10%", "3"],
    ]
    dates = [f for f in check_document(document([table("t01", grid, 2)])).flags if f.kind == "date"]
    assert [(f.row, f.col, f.found, f.expected) for f in dates] == [
        (0, 2, "31/9/2024", "30/9/2024"),
        (0, 4, "31/9/2024", "30/9/2024"),
    ]
    assert "tháng 9 chỉ có 30 ngày" in dates[0].message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tính đến ngày 30/02/2024, toàn huyện có 15 hồ sơ.", ["30/02/2024"]),
        ("Công văn ngày 31 tháng 4 năm 2023 của sở.", ["ngày 31 tháng 4 năm 2023"]),
        ("Từ ngày 01/01/2023 đến 31/10/2023.", []),
        ("Số liệu từ ngày 31/10/2023 đến ngày 01/01/2023.", ["31/10/2023 - 01/01/2023"]),
        ("Quyết định số 31/9/QĐ-UBND.", []),
        ("Số liệu ngày 31/9 so với ngày 30/8.", ["31/9"]),
        ("Công văn ngày 29/2 và ngày 05/3/2024.", []),
    ],
)
def test_days_in_prose(document: Make, text: str, found: list[str]) -> None:
    flags = [f for f in check_document(document([], [text])).flags if f.kind == "date"]
    assert [f.found for f in flags] == found
    assert all(f.table_id == "" and f.context == text for f in flags)


def test_a_change_counted_from_a_day_that_is_not_shown(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Nội dung", "Ngày 31/8/2024", "Ngày 30/9/2024", "Tăng so với ngày 30/8/2024"],
        ["1", "Hồ sơ", "52", "81", "29"],
    ]
    (flag,) = check_document(document([table("t01", grid, 1)])).flags
    assert (flag.kind, flag.row, flag.col, flag.expected) == ("cross", 0, 4, "31/8/2024")


def ranking(ranks: list[int], scores: list[str]) -> list[list[str]]:
    rows = [[str(r), f"Xã Mẫu {n}", s] for n, (r, s) in enumerate(zip(ranks, scores))]
    return [["Xếp hạng", "Đơn vị", "Điểm"], *rows]


@pytest.mark.parametrize(
    ("ranks", "scores", "rows"),
    [
        ([1, 2, 3, 4, 5], ["95,1", "94,2", "93,3", "92,4", "91,5"], []),
        ([1, 2, 2, 4, 5], ["95,1", "94,2", "94,2", "92,4", "91,5"], []),
        ([1, 2, 3, 4, 5], ["95,1", "94,2", "90,3", "92,4", "91,5"], [3]),
        ([1, 2, 2, 4, 5], ["95,1", "94,2", "93,3", "92,4", "91,5"], [3]),
        ([1, 2, 4, 5, 6], ["95,1", "94,2", "93,3", "92,4", "91,5"], [3]),
        ([5, 3, 1, 3, 2, 6], ["88,8", "93,8", "96,4", "91,2", "95,2", "86,1"], [4]),  # the lower of the two
        ([1, 2, 6, 4, 5, 6, 7], ["95,1", "94,2", "93,3", "92,4", "91,5", "90,6", "89,7"], [3]),  # no gap at 3
        ([2, 2, 3, 4, 5], ["95,1", "94,2", "93,3", "92,4", "91,5"], [1]),
        (
            [1, 2, 2, 3, 5],
            ["95,1", "94,2", "94,2", "92,4", "91,5"],
            [5],
        ),  # those with one score take one place
    ],
)
def test_ranks_follow_scores(
    table: Build, document: Make, ranks: list[int], scores: list[str], rows: list[int]
) -> None:
    found = check_document(document([table("t01", ranking(ranks, scores), 1)])).flags
    assert [f.row for f in found if f.kind == "rank"] == rows


def test_a_score_past_its_maximum(table: Build, document: Make) -> None:
    grid = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm tự đánh giá"],
        ["1", "Thời gian giải quyết", "2", "1,95"],
        ["2", "Thái độ phục vụ", "2", "2,50"],
        ["3", "Công khai thủ tục", "3", "3,00"],
    ]
    (flag,) = check_document(document([table("t01", grid, 1)])).flags
    assert (flag.kind, flag.row, flag.col) == ("rank", 2, 3)


def test_a_section_numeral_used_twice(table: Build, document: Make) -> None:
    grid = [["TT", "Nội dung", "Số liệu"]]
    grid += [[n, f"Mục {i}", str(10 + i)] for i, n in enumerate(["I", "II", "III", "IV", "V", "V"])]
    (flag,) = check_document(document([table("t01", grid, 1)])).flags
    assert (flag.kind, flag.severity, flag.row) == ("rank", "info", 6)


@given(st.lists(st.integers(-4, 4).map(Decimal), max_size=24))
def test_the_longest_run_is_the_one_that_all_pairs_give(values):
    """Against the plain recurrence, which takes the square of a long list's rows."""
    best: list[tuple[int, int]] = []
    for i, value in enumerate(values):
        lengths = [(best[j][0] + 1, -j) for j in range(i) if values[j] <= value]
        length, before = max(lengths, default=(1, 1))
        best.append((length, -before))
    at = max(range(len(best)), key=lambda i: (best[i][0], -i)) if best else -1
    kept = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    assert _longest_run(values) == kept


def test_row_numbers_of_a_long_list_are_compared_with_their_neighbours_only(monkeypatch, table, document):
    """Each step was looked for among all that hold: ten thousand rows took minutes."""
    compared: list[int] = []
    equal = Relation.__eq__
    monkeypatch.setattr(Relation, "__eq__", lambda one, other: compared.append(1) or equal(one, other))

    def looks(rows: int) -> int:
        compared.clear()
        grid = [
            ["STT", "Họ và tên", "Số"],
            *([str(n), f"Hộ {n}", str(n * n % 97)] for n in range(1, rows + 1)),
        ]
        check_document(document([table("t01", grid, 1)]))
        return len(compared)

    assert looks(200) <= 3 * max(looks(100), 1)


def test_two_ranks_exchanged_are_one_flag_that_names_both(table: Build, document: Make) -> None:
    grid = ranking([1, 5, 3, 4, 2, 6, 7, 8, 9], [f"9{9 - n},5" for n in range(9)])
    (flag,) = [f for f in check_document(document([table("t01", grid, 1)])).flags if f.kind == "rank"]
    assert (flag.row, flag.found, flag.expected) == (5, "2", "5")
    assert CellRef("t01", 2, 0) in flag.cells


@given(st.data())
def test_one_wrong_rank_is_one_flag_on_its_row(data: st.DataObject) -> None:
    """Wherever the row stands, and whatever rank it repeats; the highest rank left out is a gap."""
    places = data.draw(st.permutations(range(1, data.draw(st.integers(6, 12)) + 1)))
    row = data.draw(st.integers(0, len(places) - 1))
    rank = data.draw(st.sampled_from([r for r in range(1, len(places) + 1) if r != places[row]]))
    amounts = [Decimal(100 - place) for place in places]
    ranks = [rank if r == row else place for r, place in enumerate(places)]
    rows = sorted(
        (Ranked(k, r, a) for r, (k, a) in enumerate(zip(ranks, amounts))), key=lambda x: (x.rank, x.row)
    )
    assert [(odd.row, place) for odd, place in _one_fault(rows, falling=True)] == [(row, places[row])]


@pytest.mark.parametrize(("offered", "expected"), [("3", "3"), ("8", "")])
def test_a_rank_that_the_reader_doubted_is_no_fault_of_the_author(
    table: Build, document: Make, offered: str, expected: str
) -> None:
    page = table("t01", ranking([1, 2, 8, 4, 5, 6], ["95,1", "94,2", "93,3", "92,4", "91,5", "90,6"]), 1)
    rows = [[replace(cell, sure=False, confidence=0.999) for cell in row] for row in page.rows]
    alternatives = (Reading(offered, 1.0),)
    rows[3][0] = replace(rows[3][0], status="doubtful", confidence=0.5, alternatives=alternatives)
    (flag,) = check_document(document([replace(page, rows=tuple(map(tuple, rows)))])).flags
    assert (flag.kind, flag.row, flag.expected) == ("reading", 3, expected)
