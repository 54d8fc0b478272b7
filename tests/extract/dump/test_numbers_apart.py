"""Row numbers in one cell with their names, and figures that lines tore in other columns than their rests."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft, Span
from extract.dump.figures import with_torn_figures
from extract.dump.layout.mends import join_torn_figures
from extract.dump.numbers_apart import with_numbers_apart

HEAD = ("STT Tên xã", "Diện tích", "Sản lượng")


def _draft(firsts: tuple[str, ...], amount: str = "1.836,5") -> Draft:
    rows = (HEAD, *((first, "258,3", amount) for first in firsts))
    spans = (Span(0, 1, 1, 2),)
    return Draft(
        rows, 1, len(rows), (1,) * len(rows), header_rows=1, spans=spans, doubtful=frozenset({(2, 1)})
    )


def test_numbers_that_count_on_have_a_column() -> None:
    """A font set `9  Phước An` and `10 Hòa Đông` so near that no row number was found, and none was told of."""
    draft = with_numbers_apart(_draft(("9 Phước An", "10 Hòa Đông", "11 Ea Hiu", "12 Hòa Tiến", "Cộng")))
    assert [row[:2] for row in draft.rows] == [
        ("STT", "Tên xã"),
        ("9", "Phước An"),
        ("10", "Hòa Đông"),
        ("11", "Ea Hiu"),
        ("12", "Hòa Tiến"),
        ("", "Cộng"),
    ]
    assert draft.spans == (Span(0, 2, 1, 2),)
    assert draft.doubtful == {(2, 2)}


@pytest.mark.parametrize(
    "firsts",
    [
        ("1 Phước An", "2 Hòa Đông"),
        ("30 Phố Huế", "12 Phố Huế", "7 Hàng Bài", "9 Hàng Bài"),
        ("1 Phước An", "Ea Hiu", "Hòa An", "2 Hòa Đông", "3 Ea Phê"),
        ("1 2", "2 3", "3 4"),
        ("", "", ""),
    ],
    ids=["too few", "house numbers", "some rows", "figures", "nothing"],
)
def test_what_does_not_count_on_stays(firsts: tuple[str, ...]) -> None:
    draft = _draft(firsts)
    assert with_numbers_apart(draft) is draft


def test_rests_in_other_columns_go_to_their_heads_in_order() -> None:
    """Of four torn totals two were whole; the others, centred otherwise than their rests, were lost."""
    rows = [
        ["", "", "49.050,", "16.781,", "", "40.299,", ""],
        ["Cộng", "7.733,1", "", "", "24,0", "", "63,4"],
        ["", "5", "2", "", "", "", "3"],
    ]
    assert join_torn_figures(rows) == [
        ["Cộng", "7.733,1", "49.050,2", "16.781,5", "24,0", "40.299,3", "63,4"]
    ]


@pytest.mark.parametrize(("amount", "doubted"), [("16.781,", True), ("16.781,5", False), ("-", False)])
def test_a_figure_that_ends_with_its_mark_doubts_the_table(amount: str, doubted: bool) -> None:
    assert bool(with_torn_figures(_draft(("1 A", "2 B", "3 C"), amount)).doubts) is doubted


def test_numbers_of_rows_that_end_with_a_point_are_no_torn_figures() -> None:
    """`2.` and `14.` at the left of each row doubted the whole table."""
    rows = (("TT", "Nội dung", "Số"), ("1.", "Một", "12"), ("2.", "Hai", "13"))
    assert not with_torn_figures(Draft(rows, 1, 3, (1, 1, 1), 1)).doubts
    torn = (*rows, ("3.", "Ba", "16.781,"))
    assert with_torn_figures(Draft(torn, 1, 4, (1, 1, 1, 1), 1)).doubts


def test_beginnings_of_figures_in_rows_of_their_own_doubt_the_table() -> None:
    """A narrow column of amounts fell into the column of names, torn, and was told of by nothing."""
    rows = (("1", "Học phí", "420"), ("", "400.00", ""), ("2", "Tiền ăn", "474"), ("", "180.00", ""))
    draft = Draft(rows, 1, 4, (1,) * 4)
    assert with_torn_figures(draft).doubts
    assert not with_torn_figures(Draft(rows[:3], 1, 3, (1,) * 3)).doubts
