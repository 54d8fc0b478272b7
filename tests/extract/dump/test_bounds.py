"""Texts that no report is: refused where they would take for ever, and read in steps that grow as they do."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from extract.dump.pages import LONGEST_LINE, MOST_COLUMNS, read_text
from model.errors import DamagedFileError

REPORT = "Xã\tSố\nAn Bình\t12\nTân Lập\t30\n"


@pytest.mark.parametrize(
    "line",
    ["x" * (LONGEST_LINE + 1), "1;" * LONGEST_LINE, "1\t" * (MOST_COLUMNS + 1)],
    ids=["one word", "figures", "columns"],
)
def test_a_line_of_no_report_is_refused(line: str) -> None:
    with pytest.raises(DamagedFileError, match=r"line 4 .* no line of a report"):
        read_text(REPORT + line + "\n")


def test_a_long_line_is_read() -> None:
    assert read_text(REPORT + "chữ " * 3000 + "\n")


def calls_of(text: str) -> int:
    """How many functions of Python's are called while a text is read."""
    count = 0

    def counted(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_text(text)
    finally:
        sys.setprofile(before)
    return count


SHAPES = {
    "rows": lambda n: REPORT + "".join(f"Xã {k}\t{k * 37}\n" for k in range(n)),
    "pipes": lambda n: "".join(f"| Xã {k} | {k} | {k * 7} |\n" for k in range(n)),
    "words": lambda n: "".join(f"dòng chữ thứ {k} của văn bản\n" for k in range(n)),
    "figures": lambda n: "".join(f"{k}\n" for k in range(n)),
    "columns of blanks": lambda n: "".join(f"Xã {k:<12}{k:>12}{k * 3:>12}\n" for k in range(n)),
    "one letter": lambda n: "a\n" * n,
    "blank lines": lambda n: "a\n\n\n" * n,
    "form feeds": lambda n: "a\f" * n,
    "open brackets": lambda n: "(((1\n" * n,
    "totals": lambda n: REPORT + "Tổng cộng\t42\n" * n,
}


@pytest.mark.parametrize("made", SHAPES.values(), ids=SHAPES)
def test_a_text_twice_as_long_takes_no_square_of_the_steps(made: Any) -> None:
    calls_of(made(8))  # what is loaded once
    short, long = calls_of(made(150)), calls_of(made(600))
    assert long <= 7 * short
