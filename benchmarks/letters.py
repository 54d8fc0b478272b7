"""How well letters are read: each field of documents.csv against gold's meta.json.

    python -m benchmarks.letters GOLD_DIR RUN_DIR [--wrong]

A field is right when it equals the gold's but for marks, case and signs, or is the gold's as far as the print
goes (`2024-02` of 2024-02-18, `/QĐ-UBND` of 209/QĐ-UBND: both count as `part`); names of bodies, subjects and
titles are right when one holds the other. Empty fields are counted apart from wrong ones.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

from rapidfuzz import fuzz

from normalize.unicode import fold

FIELDS = (
    "number",
    "date",
    "place",
    "issuer",
    "parent_issuer",
    "subject",
    "signer",
    "signer_title",
    "doc_type",
)
_WHOLE = ("subject",)
_SAME_SUBJECT = 95


def plain(text: str) -> str:
    """The letters and digits of a text, folded."""
    return "".join(c for c in fold(text).replace("ubnd", "uy ban nhan dan") if c.isalnum())


def verdict(field: str, gold: str, got: str) -> str:
    """`right`, `part`, `empty`, `wrong`, or `unprinted` (both empty)."""
    if not gold:
        return "extra" if got else "unprinted"
    if not got:
        return "empty"
    if plain(gold) == plain(got):
        return "right"
    if field == "number":
        return "part" if got.startswith("/") and gold.endswith(got) else "wrong"
    if field == "date":
        return "part" if gold.startswith(got) else "wrong"
    if field in _WHOLE:
        return "right" if fuzz.ratio(plain(gold), plain(got)) >= _SAME_SUBJECT else "wrong"
    return "right" if plain(got) in plain(gold) or plain(gold) in plain(got) else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print what is not right")
    args = parser.parse_args()
    with (args.run / "documents.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["doc_id"].rsplit("/", 1)[-1]: row for row in csv.DictReader(stream)}
    counts: dict[str, dict[str, int]] = {field: {} for field in FIELDS}
    for path in sorted(args.gold.glob("*/meta.json")):
        row = rows.get(path.parent.name)
        if row is None:
            continue
        meta = json.loads(path.read_text(encoding="utf-8"))
        for field in FIELDS:
            gold = meta.get(field) or ""
            said = verdict(field, gold, row[field])
            counts[field][said] = counts[field].get(said, 0) + 1
            if args.wrong and said in ("wrong", "empty", "part", "extra"):
                sys.stdout.write(f"{path.parent.name} {field} {said}: {row[field]!r} for {gold!r}\n")
    for field, said in counts.items():
        told = "  ".join(f"{word} {said[word]}" for word in sorted(said))
        sys.stdout.write(f"{field:14} {told}\n")


if __name__ == "__main__":
    main()
