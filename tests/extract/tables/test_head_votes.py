"""Headers repeated over pages: each cell as most or the surest pages read it."""

from __future__ import annotations

import pytest

from extract.tables.head_votes import with_heads_elected
from extract.tables.seams import Part
from model.page import Grid, GridCell

Said = tuple[str, float]


def part(
    heads: list[Said], first: int, *, proof: tuple[str, ...] = ("header repeated",), engine: str = "x"
) -> Part:
    """A page of a table: one header row and one row of figures under it."""
    cells = [GridCell(0, k, text, confidence=sure, engine=engine) for k, (text, sure) in enumerate(heads)]
    cells += [GridCell(1, k, str(k), confidence=1.0, engine=engine) for k in range(len(heads))]
    return Part(Grid(1, "ruled", 2, len(heads), tuple(cells)), 1, first, proof if first else ())


def heads_of(parts: list[Part]) -> list[str]:
    return [cell.text for cell in parts[0].grid.cells if cell.row == 0]


@pytest.mark.parametrize(
    ("pages", "meant"),
    [
        ([("Đcn vị", 0.6), ("Đơn vị", 0.95)], "Đơn vị"),
        ([("Đơn vị", 0.95), ("Đcn vị", 0.6)], "Đơn vị"),
        ([("Đcn vị", 0.9), ("Đơn vị", 0.8), ("Đơn vị", 0.7)], "Đơn vị"),
        ([("Đơn vị", 0.9), ("Đơn v ị", 0.92)], "Đơn vị"),
        ([("#˘ˆ*", 0.9), ("TT", 0.7)], "TT"),
        ([("", 1.0), ("Ghi chú", 0.8)], "Ghi chú"),
        ([("Ghi chú", 0.5), ("", 0.0)], "Ghi chú"),
        ([("Tên đường", 0.8), ("Tên đường\nđến ngã ba", 0.95)], "Tên đường"),  # the rest of a cut row
        ([("Căn", 0.5), ("Căn cứ\npháp lý", 0.95)], "Căn cứ\npháp lý"),
    ],
)
def test_a_cell_is_elected_by_all_pages(pages: list[Said], meant: str) -> None:
    parts = [part([page, ("Tổng số", 1.0)], int(k > 0)) for k, page in enumerate(pages)]
    elected = with_heads_elected(parts)
    assert heads_of(elected) == [meant, "Tổng số"]
    assert [cell for cell in elected[0].grid.cells if cell.row] == [c for c in parts[0].grid.cells if c.row]
    assert elected[1:] == parts[1:]


def test_what_the_first_page_read_stays_beside_it() -> None:
    (head, _) = with_heads_elected([part([("Đcn vị", 0.6)], 0), part([("Đơn vị", 0.95)], 1)])
    assert [other.text for other in head.grid.cells[0].alternatives] == ["Đcn vị"]


def test_figures_on_which_pages_differ_are_in_doubt() -> None:
    (head, _) = with_heads_elected([part([("Tháng 8/2024", 0.6)], 0), part([("Tháng 9/2024", 0.95)], 1)])
    assert head.grid.cells[0].text == "Tháng 9/2024" and head.grid.cells[0].doubtful


@pytest.mark.parametrize(
    "other",
    [part([("Đơn vị", 0.95)], 1, proof=("columns align",)), part([("Đơn vị", 0.95), ("x", 1.0)], 1)],
    ids=["no header repeated", "other columns"],
)
def test_only_a_header_repeated_over_the_same_columns_votes(other: Part) -> None:
    parts = [part([("Đcn vị", 0.6)], 0), other]
    assert with_heads_elected(parts) == parts


def test_print_that_nobody_had_to_read_is_left_alone() -> None:
    parts = [part([("Đcn vị", 0.6)], 0, engine="text-layer"), part([("Đơn vị", 0.95)], 1)]
    assert with_heads_elected(parts) == parts
