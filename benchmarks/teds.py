"""Tables of a CSV set held against gold by TEDS, so that they stand beside published figures.

    python -m benchmarks.teds GOLD_DIR OUT_DIR [--only NAME ...]

Tree-edit-distance-based similarity (Zhong, ShafieiBavani and Jimeno Yepes 2020, `Image-based table
recognition: data, model, and evaluation`): a table is a tree table > thead, tbody > tr > td, and TEDS is
1 less the distance of two trees by the nodes of the larger one. A node costs 1 to insert or delete, a td
the normalized Levenshtein distance of its text to change; the structure's TEDS sets all texts equal. Gold
and the CSV set repeat a spanning cell in each position it covers, and so do the trees. The distance is
exact (Zhang and Shasha 1989, `Simple fast algorithms for the editing distance between trees`). A gold
table is held against the table that shares most texts with it; one that has none counts 0.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from rapidfuzz.distance import Levenshtein

csv.field_size_limit(1 << 24)

Grid = Sequence[Sequence[str]]
Change = Callable[["Tree", "Tree"], float]


@dataclass(frozen=True, slots=True)
class Tree:
    """A node of a table's tree: its tag, its text, its children."""

    tag: str
    text: str = ""
    children: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Mean TEDS of gold tables, with texts and by structure alone; how many tables, how many found."""

    content: float
    structure: float
    tables: int
    found: int


def table_tree(grid: Grid, header_rows: int) -> Tree:
    """The tree of a table."""
    rows = [Tree("tr", children=tuple(Tree("td", " ".join(text.split())) for text in row)) for row in grid]
    parts = (
        Tree("thead", children=tuple(rows[:header_rows])),
        Tree("tbody", children=tuple(rows[header_rows:])),
    )
    return Tree("table", children=tuple(part for part in parts if part.children))


def by_content(a: Tree, b: Tree) -> float:
    """What it costs to make one node another: their texts' distance where both are cells."""
    return (
        1.0 if a.tag != b.tag else Levenshtein.normalized_distance(a.text, b.text) if a.tag == "td" else 0.0
    )


def by_structure(a: Tree, b: Tree) -> float:
    """The same, whatever the texts."""
    return float(a.tag != b.tag)


def distance(first: Tree, second: Tree, change: Change) -> float:
    """The least cost of inserting and deleting nodes (1 each) and changing them that makes one ordered tree
    the other."""
    (a, left_a), (b, left_b) = _postorder(first), _postorder(second)
    costs = [[change(x, y) for y in b] for x in a]
    trees = [[0.0] * len(b) for _ in a]
    for i in _keyroots(left_a):
        for j in _keyroots(left_b):
            _fill(trees, costs, (i, left_a), (j, left_b))
    return trees[-1][-1]


def _postorder(root: Tree) -> tuple[list[Tree], list[int]]:
    """The nodes from the leaves up, and for each the place of the leftmost leaf below it."""
    nodes: list[Tree] = []
    lefts: list[int] = []

    def visit(node: Tree) -> int:
        firsts = [visit(child) for child in node.children]
        left = firsts[0] if firsts else len(nodes)
        nodes.append(node)
        lefts.append(left)
        return left

    visit(root)
    return nodes, lefts


def _keyroots(lefts: Sequence[int]) -> list[int]:
    """The highest node above each leftmost leaf, from the leaves up."""
    return sorted({left: place for place, left in enumerate(lefts)}.values())


def _fill(
    trees: list[list[float]],
    costs: Sequence[Sequence[float]],
    upper: tuple[int, Sequence[int]],
    lower: tuple[int, Sequence[int]],
) -> None:
    """The distances between the subtrees of two keyroots, each with its tree's leftmost leaves."""
    (i, left_a), (j, left_b) = upper, lower
    a0, b0 = left_a[i], left_b[j]
    forest = [[0.0] * (j - b0 + 2) for _ in range(i - a0 + 2)]
    for y in range(1, j - b0 + 2):
        forest[0][y] = float(y)
    for x in range(1, i - a0 + 2):
        here, above = forest[x], forest[x - 1]
        here[0] = float(x)
        node, known = a0 + x - 1, trees[a0 + x - 1]
        whole_a, change = left_a[node] == a0, costs[node]
        before = forest[left_a[node] - a0]
        for y in range(1, j - b0 + 2):
            other = b0 + y - 1
            least = min(above[y], here[y - 1]) + 1
            if whole_a and left_b[other] == b0:
                here[y] = known[other] = min(least, above[y - 1] + change[other])
            else:
                here[y] = min(least, before[left_b[other] - b0] + known[other])


def size(tree: Tree) -> int:
    """How many nodes a tree has."""
    return 1 + sum(size(child) for child in tree.children)


def teds(gold: Tree, got: Tree, change: Change = by_content) -> float:
    """TEDS of two tables, 0 to 1."""
    return max(0.0, 1.0 - distance(gold, got, change) / max(size(gold), size(got)))


def set_tables(out: Path) -> dict[str, list[tuple[list[list[str]], int]]]:
    """The tables of a CSV set by document: their texts and how many rows are header."""
    cells: dict[tuple[str, str], dict[tuple[int, int], dict[str, str]]] = defaultdict(dict)
    with (out / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells[row["doc_id"], row["table_id"]][int(row["row"]), int(row["col"])] = row
    tables: dict[str, list[tuple[list[list[str]], int]]] = defaultdict(list)
    for (doc, _), found in cells.items():
        rows, cols = (1 + max(at[k] for at in found) for k in (0, 1))
        grid = [[found.get((r, c), {}).get("text", "") for c in range(cols)] for r in range(rows)]
        heads = {r for (r, _), cell in found.items() if cell["is_header"].lower() in ("1", "true")}
        tables[doc].append(([[text.removeprefix("'") for text in row] for row in grid], len(heads)))
    return tables


def gold_tables(folder: Path) -> list[tuple[list[list[str]], int]]:
    """The gold tables of a document."""
    found = json.loads((folder / "tables.json").read_text("utf-8"))
    return [(table["grid"], table["header_rows"]) for table in found]


def scored(gold: Path, out: Path, only: Sequence[str] = ()) -> Score | None:
    """The TEDS of a CSV set; None where gold has none of its documents."""
    sets, content, structure, found = set_tables(out), [], [], 0
    for folder in sorted(p for p in gold.iterdir() if (p / "tables.json").exists()):
        if folder.name not in only and (only or folder.name not in sets):
            continue
        free = list(sets.get(folder.name, ()))
        for grid, heads in gold_tables(folder):
            at = max(range(len(free)), key=lambda k: _shared(grid, free[k][0]), default=None)
            if at is None or not _shared(grid, free[at][0]):
                content.append(0.0)
                structure.append(0.0)
                continue
            pair = table_tree(grid, heads), table_tree(*free.pop(at))
            content.append(teds(*pair))
            structure.append(teds(*pair, by_structure))
            found += 1
    return Score(fmean(content), fmean(structure), len(content), found) if content else None


def _shared(a: Grid, b: Grid) -> int:
    """How many texts two tables have in common."""
    counts = [Counter(text for row in grid for text in row if text) for grid in (a, b)]
    return (counts[0] & counts[1]).total()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    found = scored(args.gold, args.out, args.only)
    if found is None:
        sys.stderr.write("gold has none of these documents\n")
        return 1
    sys.stdout.write(
        f"TEDS {found.content:.4f}, structure {found.structure:.4f}, {found.found} of {found.tables} tables\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
