"""A line of many groups of three, which may be figures in more ways than can be looked at."""

from __future__ import annotations

import pytest

from extract.dump.pages import read_text
from extract.dump.stream.groups import _cuts


def test_a_line_of_many_groups_is_not_read_in_every_way() -> None:
    """A column written on one line (`124 305 218 ...`) took more memory than a document may have."""
    run = tuple(str(200 + n) for n in range(36))
    assert _cuts(run, 18) == ()
    assert _cuts(run[:4], 2) == ((0, 1), (0, 2), (0, 3))


HEAD = ["Bảng 1. Rừng trồng", "STT Xã Số hộ Diện tích (ha) Số tổ Chi phí"]


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (["1 Xã An 5 123,4 3 220,5", "2 Xã Bình 12 234,5 4 310,2", "3 Xã Cát 7 345,6 2 415,0"], False),
        (["1 Xã An 5 023,4 3 220,5", "2 Xã Bình 12 034,5 4 310,2", "3 Xã Cát 7 345,6 2 415,0"], True),
    ],
)
def test_counts_beside_measures_of_hundreds_stay_apart_and_are_told(rows: list[str], whole: bool) -> None:
    """Counts of households before areas of some hundreds were made one figure of thousands, without a word:
    only a nought that opens a group, or rows with more groups than others, prove one."""
    [grid] = [block for page in read_text("\n".join([*HEAD, *rows])) for block in page.grids]
    texts = [cell.text for cell in grid.cells]
    assert ("5 023,4" in texts) is whole
    assert any("nhóm nghìn" in doubt for doubt in grid.doubts) is not whole
