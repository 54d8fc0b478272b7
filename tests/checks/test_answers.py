"""Surveys: shares under counts, and shares that were added up from rounded ones."""

from __future__ import annotations

from collections.abc import Callable

from checks import check_document
from model.document import Document
from model.table import Table

HEAD = ["STT", "Câu hỏi", "1", "2", "3", "4", "5", "4+5"]
# Of 325 asked: 133 is 40,92 %, and 133 + 133 are 81,85 %, not 81,84 %.
ASKED = 325
COUNTS = [[20, 14, 25, 133, 133], [31, 9, 19, 120, 146], [17, 22, 20, 107, 159], [40, 8, 12, 111, 154]]


def survey(change: str = "") -> list[list[str]]:
    rows = []
    for number, counts in enumerate(COUNTS, 1):
        shares = [round(100 * n / ASKED, 2) for n in counts]
        rows.append([str(number), f"Câu hỏi số {number}", *map(str, counts), str(counts[3] + counts[4])])
        texts = [f"{s:.2f}%".replace(".", ",") for s in (*shares, round(shares[3] + shares[4], 2))]
        rows.append(["", "", *texts])
    if change:
        rows[-1][2] = change
    return rows


def flags(document: Document) -> list[tuple[int | None, int | None]]:
    return [(f.row, f.col) for f in check_document(document).flags if f.kind == "percent"]


def test_a_share_added_up_from_rounded_ones_is_no_error(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    rows = survey()
    assert rows[1][7] == "81,84%"
    assert flags(document([table("t01", [HEAD, *rows], 1)])) == []


def test_a_share_that_is_not_its_count_is_one(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    assert flags(document([table("t01", [HEAD, *survey("13,31%")], 1)])) == [(8, 2)]


SMALL = [
    ["1", "Câu hỏi số 1", "24", "7", "38", "82", "49"],
    ["2", "Câu hỏi số 2", "2", "82", "90", "24", "2"],
    ["3", "Câu hỏi số 3", "40", "71", "45", "36", "8"],
    ["4", "Câu hỏi số 4", "6", "91", "82", "16", "5"],
    ["5", "Câu hỏi số 5", "24", "75", "26", "16", "59"],
]


def test_few_last_answers_do_not_hide_that_rows_add_up(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    """The digits of the last answers alone were once held to be too few to tell a survey of 200."""
    grid = [HEAD[:7], *SMALL]
    assert check_document(document([table("t01", grid, 1)])).flags == ()
    grid[4] = [*SMALL[3][:3], "19", *SMALL[3][4:]]
    (flag,) = check_document(document([table("t01", grid, 1)])).flags
    assert (flag.kind, flag.row, flag.col, flag.expected) == ("row_sum", 4, 3, "91")
