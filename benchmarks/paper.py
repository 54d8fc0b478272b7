"""What the paper says of a run's cells, as gold tells it, and how a person would type it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.proofs import Pair, pairs, read_set, scorer
from normalize.numbers import parse_quantity

_KEPT_NOUGHT = re.compile(r"0\d")  # a number that is none without it: of a telephone, a code

At = tuple[str, str, int, int]  # document, table, row, column


class Paper:
    """What the paper says, cell by cell, as its gold tells it."""

    def __init__(self, gold: Path, run: Path) -> None:
        self.score: ModuleType = scorer()
        self.out = read_set(run)
        self.cells: dict[At, Pair] = {}
        self.marks: dict[str, str] = {}
        self.unlike: set[tuple[str, str]] = set()  # tables whose layout is another than on the paper
        for document in self.out["documents"]:
            folder = gold / Path(document["path"]).stem
            if not (folder / "tables.json").exists():
                continue
            self.marks[document["doc_id"]] = json.loads((folder / "meta.json").read_text("utf8")).get(
                "decimal", ","
            )
            found = list(pairs(self.score, folder, document["doc_id"], self.out))
            for pair in found:
                c = pair.cell
                self.cells[document["doc_id"], c["table_id"], int(c["row"]), int(c["col"])] = pair
            self._layouts(document["doc_id"], self.score.gold_tables(folder)[0], found)
        for c in self.out["cells"]:
            at = (c["doc_id"], c["table_id"], int(c["row"]), int(c["col"]))
            if c["is_header"] != "true" and at not in self.cells and c["text"].strip():
                self.unlike.add(at[:2])

    def _layouts(self, doc_id: str, golds: Sequence[Any], found: Sequence[Pair]) -> None:
        """Tables in which cells of the paper have no place."""
        for gold in golds:
            own = [p for p in found if p.spot[0] == gold.id]
            if len(own) < sum(map(len, gold.rows)):
                self.unlike |= {(doc_id, p.cell["table_id"]) for p in own}

    def says(self, at: At, text: str) -> bool:
        """Whether a text is what the paper prints in a cell."""
        pair = self.cells[at]
        if self.score.fold(text) == self.score.fold(pair.gold):
            return True
        want = self.score.number(pair.gold, pair.mark) if pair.true is None else pair.true
        if want is not None and not _KEPT_NOUGHT.match(pair.gold):
            value = parse_quantity(text, self.marks[at[0]])
            return value is not None and abs(float(value.amount) - want) <= 1e-9 * max(1.0, abs(want))
        return not text.strip() and not pair.gold.strip()

    def right(self, at: At) -> bool:
        """Whether the program read a cell as it is printed."""
        pair = self.cells[at]
        return bool(self.score.same(pair.gold, pair.cell, pair.mark, true=pair.true))


def strokes(key: str) -> int:
    """How often a keyboard is pressed for a key or a letter; Vietnamese marks are typed apart (Telex)."""
    if len(key) > 1:
        return 1
    apart = unicodedata.normalize("NFD", key.replace("đ", "dd").replace("Đ", "Dd"))
    return len(apart)


def cost(keys: Sequence[str]) -> int:
    """How often the keyboard is pressed for some keys."""
    return sum(map(strokes, keys))


def figures(gold: str, mark: str) -> list[str]:
    """How a figure may be typed: as printed, without the signs between its thousands, with `k` for three
    noughts."""
    group = "." if mark == "," else ","
    plain = gold.replace(group, "").replace(" ", "")
    short = re.sub(r"(000)+$", lambda m: "k" * (len(m[0]) // 3), plain)
    return [gold, *([plain, short] if re.fullmatch(r"[1-9]\d*", plain) and short[0] != "k" else [])]


def typed(text: str, gold: str, doubt: str, digits_free: bool, mark: str) -> list[str]:
    """The fewest keys that write a figure `gold` where `text` stands: all of it, or what differs of it; Enter
    not counted."""
    to_end = ["End"] if doubt else []  # the doubtful sign is chosen, else the caret stands at the end
    ways = [["c", *to_end, *_edited(text, gold)], *(["v", *way] for way in figures(gold, mark))]
    if digits_free and gold[:1].isdigit():
        ways += [[*way] for way in figures(gold, mark)]
    if doubt:
        first, last = map(int, doubt.split(","))
        behind = len(text) - last
        if gold.startswith(text[:first]) and gold.endswith(text[last:]) and len(gold) >= first + behind:
            ways.append(["c", *(gold[first : len(gold) - behind] or ["Delete"])])
    return min(ways, key=cost)


def _edited(text: str, gold: str) -> list[str]:
    """The keys that make `gold` of a text with the caret at its end."""
    same = _same_end(text, gold)
    head = _same_start(text[: len(text) - same], gold[: len(gold) - same])
    gone, put = len(text) - same - head, gold[head : len(gold) - same]
    return [*["ArrowLeft"] * same, *["Backspace"] * gone, *put]


def _same_start(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def _same_end(a: str, b: str) -> int:
    return _same_start(a[::-1], b[::-1])
