"""The tree edit distance against a plain recursion, and what TEDS says of small tables."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.teds import Tree, by_content, by_structure, distance, scored, size, table_tree, teds

GRID = [["STT", "Đơn vị", "Số hồ sơ"], ["1", "Xã An Bình", "1.204"], ["2", "Xã Đức Phú", "987"]]

TREES = st.recursive(
    st.builds(Tree, st.sampled_from(["tr", "td"]), st.sampled_from(["", "12", "123"])),
    lambda inner: st.builds(
        Tree, st.sampled_from(["tr", "td"]), st.just(""), st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=6,
)


def plain(first: Tree, second: Tree, change=by_content) -> float:
    """The distance by its definition: the last roots of two forests are deleted, inserted or matched."""

    @cache
    def forests(a: tuple[Tree, ...], b: tuple[Tree, ...]) -> float:
        if not a or not b:
            return float(sum(map(size, a + b)))
        (*more_a, x), (*more_b, y) = a, b
        return min(
            forests((*more_a, *x.children), b) + 1,
            forests(a, (*more_b, *y.children)) + 1,
            forests(tuple(more_a), tuple(more_b)) + forests(x.children, y.children) + change(x, y),
        )

    return forests((first,), (second,))


@settings(max_examples=150, deadline=None)
@given(TREES, TREES)
def test_the_distance_is_that_of_its_definition(a: Tree, b: Tree) -> None:
    for change in (by_content, by_structure):
        assert distance(a, b, change) == pytest.approx(plain(a, b, change))


@settings(max_examples=60, deadline=None)
@given(TREES, TREES)
def test_teds_is_a_similarity(a: Tree, b: Tree) -> None:
    assert teds(a, a) == 1.0
    assert 0.0 <= teds(a, b) == pytest.approx(teds(b, a))
    assert teds(a, b, by_structure) <= 1.0


@pytest.mark.parametrize(
    ("grid", "heads", "content", "structure"),
    [
        (GRID, 1, 1.0, 1.0),
        ([*GRID[:2], ["2", "Xã Đức Phú", "98"]], 1, 1 - (1 / 3) / 15, 1.0),
        (GRID[:2], 1, 1 - 4 / 15, 1 - 4 / 15),  # a row and its three cells are gone
        ([[*row, ""] for row in GRID], 1, 1 - 3 / 18, 1 - 3 / 18),  # an empty column more
    ],
)
def test_what_teds_says_of_small_mistakes(
    grid: list[list[str]], heads: int, content: float, structure: float
) -> None:
    gold, got = table_tree(GRID, 1), table_tree(grid, heads)
    assert teds(gold, got) == pytest.approx(content)
    assert teds(gold, got, by_structure) == pytest.approx(structure)


def test_a_set_is_scored_table_by_table(tmp_path) -> None:
    """The second gold table was lost and counts nought; the apostrophe before a formula is the writer's."""
    (tmp_path / "gold/a").mkdir(parents=True)
    (tmp_path / "gold/b").mkdir()
    tables = '[{"header_rows": 1, "grid": [["A", "B"], ["-x y", "2"]]}, {"header_rows": 1, "grid": [["C"], ["3"]]}]'
    (tmp_path / "gold/a/tables.json").write_text(tables, "utf-8")
    (tmp_path / "gold/b/tables.json").write_text(tables, "utf-8")
    rows = ["a,t01,0,0,true,A", "a,t01,0,1,true,B", "a,t01,1,0,false,'-x y", "a,t01,1,1,false,2"]
    text = "\n".join(["doc_id,table_id,row,col,is_header,text", *rows])
    (tmp_path / "cells.csv").write_text(text, "utf-8")
    found = scored(tmp_path / "gold", tmp_path)
    assert found is not None
    assert (found.content, found.structure, found.tables, found.found) == (0.5, 0.5, 2, 1)
    assert scored(tmp_path / "gold", tmp_path, ["c"]) is None
