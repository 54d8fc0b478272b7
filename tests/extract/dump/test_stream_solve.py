"""Damaged rows of a dump: what rules and sums say of their figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.dump.relations import Relation
from extract.dump.stream import solve
from extract.dump.stream.columns import ColumnModel
from extract.dump.stream.solve import _kept, solve_row
from extract.dump.tokens import tokenize


def _model(*rows: str) -> ColumnModel:
    model = ColumnModel(len(rows[0].split()))
    for row in rows:
        model.learn(tokenize(row), range(model.width), 1.0)
    return model


_ROWS = ("48.211 912 47.299 310", "31.870 604 31.266 221", "27.415 2.110 25.305 187")


def test_two_tokens_between_rules_are_one_figure_where_one_is_a_smudge():
    model = _model(*_ROWS)
    line = tokenize("| 4o 211 | 912 | 47.299 | 310 |")
    assert solve_row([line], 4, model, ())[0].cells == ("4o 211", "912", "47.299", "310")


def test_two_figures_between_rules_are_two():
    model = _model(*_ROWS)
    line = tokenize("| 48.211 912 | 47.299 | 310 |")
    assert solve_row([line], 4, model, ())[0].cells == ("48.211", "912", "47.299", "310")


def test_a_large_sum_that_holds_says_more_than_a_small_one():
    assert _kept(Decimal(48211)) > _kept(Decimal(12))
    assert _kept(None) == _kept(Decimal(0)) > 0


@pytest.mark.parametrize("line", ["5 o211 912 47.299 310", "48.211 912 47.299 310"])
def test_a_row_is_read_so_that_its_sum_holds(line):
    model = _model(*_ROWS, *_ROWS)
    best = solve_row([tokenize("| " + line + " |")], 4, model, (Relation(0, (1, 2)),))[0]
    assert best.cells[1:] == ("912", "47.299", "310")


@pytest.mark.parametrize(
    ("line", "cells"),
    [("279 278", ("279", "278", "")), ("197 197", ("197", "197", "")), ("> 212 211", (">", "212", "211"))],
)
def test_the_figure_of_a_sum_that_left_no_ink_is_a_small_one(line, cells):
    """Of `8=9+10` the last was lost, a 1 or a 0: no 557 was."""
    rows = ("283 270 13", "187 162 25", "245 241 4")
    width = 3 if ">" not in line else 4
    model = _model(*rows) if width == 3 else _model(*(f"{n} {row}" for n, row in enumerate(rows, 2)))
    relation = Relation(width - 3, (width - 2, width - 1))
    best = solve_row([tokenize("| " + line + " |")], width, model, (relation,))[0]
    assert best.cells == (cells if width == 3 else (*cells, ""))


def test_a_row_of_many_lines_takes_no_more_steps_than_a_row_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """A noisy stretch that was taken for one row of four lines and sixteen columns was read in tens of thousands of
    ways, each row of it for seconds; one of a line or two is read in as many as before."""
    steps: list[int] = []
    fill = solve._fill
    monkeypatch.setattr(solve, "_fill", lambda *args: steps.append(1) or fill(*args))
    width = 16
    model = _model(*(" ".join(str(100 + 13 * c + r) for c in range(width)) for r in range(3)))

    def taken(lines: int, figures: int) -> int:
        steps.clear()
        text = (
            " ".join(str(100 + 13 * (k + c)) if (c + k) % 3 else "o'" for c in range(figures))
            for k in range(lines)
        )
        assert solve_row([tokenize(line) for line in text], width, model, ())
        return len(steps)

    assert taken(4, 5) < 2 * taken(2, 8)
    assert solve._beam(width, 2) == solve._BEAM
