"""Of two readings of the same lines the one is taken that explains their figures more shortly."""

from __future__ import annotations

from extract.dump.draft import Draft
from extract.dump.likelier import likelier
from extract.dump.lines import source_lines

FIGURES = [(str(10 + r), f"{1000 + 37 * r}", f"{1000 + 37 * r - 10 - r}") for r in range(9)]
LINES = source_lines([[text for row in FIGURES for text in row]], [[""] * 27])


def _draft(rows: list[tuple[str, ...]], first: int = 1, last: int = 27) -> Draft:
    return Draft(
        rows=tuple(("", *row) for row in rows), first_line=first, last_line=last, pages=(1,) * len(rows)
    )


RIGHT = _draft(FIGURES)
SHIFTED = _draft([row[1:] + row[:1] if r % 2 else row for r, row in enumerate(FIGURES)])


def test_columns_of_like_figures_are_likelier() -> None:
    assert likelier([RIGHT], [SHIFTED], LINES) == [RIGHT]
    assert likelier([SHIFTED], [RIGHT], LINES) == [RIGHT]


def test_of_readings_as_good_the_second_stays() -> None:
    other = _draft(FIGURES, 1, 26)
    assert likelier([RIGHT], [other], LINES) == [other]


def test_readings_of_other_lines_stay_both() -> None:
    one, other = _draft(FIGURES[:4], 1, 12), _draft(FIGURES[4:], 13, 27)
    assert likelier([one], [other], LINES) == [one, other]


def test_figures_left_out_make_a_reading_longer() -> None:
    part = _draft(FIGURES[:3], 1, 27)
    assert likelier([RIGHT], [part], LINES) == [RIGHT]


def test_a_figure_whose_groups_blanks_part_is_held_whole() -> None:
    """Its words were counted as figures, those in cells as one each: the right reading seemed to leave many out."""
    grouped = [
        (row[0], f"{10 + 3 * r} {row[1][1:]}", f"{70 - r} {row[2][-3:]}") for r, row in enumerate(FIGURES)
    ]
    lines = source_lines([[text for row in grouped for text in row]], [[""] * 27])
    shifted = [row[1:] + row[:1] if r % 2 else row for r, row in enumerate(grouped)]
    pieces = [tuple(word for text in row for word in text.split()) for row in shifted]
    assert likelier([_draft(grouped)], [_draft(pieces)], lines) == [_draft(grouped)]
