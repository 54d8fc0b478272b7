"""Prints a CSV set as two tables: what each document gave, and the flags a reviewer would look at first."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

_SHOWN = 12
_RANK = {"error": 0, "warning": 1, "info": 2}


def records(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def documents_table(folder: Path) -> Table:
    """A row a document."""
    flags = Counter((f["doc_id"], f["severity"]) for f in records(folder / "flags.csv"))
    places = Counter(p["doc_id"] for p in records(folder / "places.csv") if p["code"])
    table = Table(title=f"Documents in {folder}/documents.csv")
    for name in ("document", "source", "number", "date", "issuer"):
        table.add_column(name, overflow="fold")
    for name in ("pages", "tables", "figures", "proved", "places", "errors", "warnings"):
        table.add_column(name, justify="right")
    for d in records(folder / "documents.csv"):
        proved = f"{float(d['proved']):.0%}" if d["proved"] else ""
        ident = d["doc_id"]
        facts = (d["source"] or d["status"], d["number"], d["date"], d["issuer"])
        counts = (d["pages"], d["tables"], d["figures"], proved, str(places[ident]))
        table.add_row(ident, *facts, *counts, str(flags[ident, "error"]), str(flags[ident, "warning"]))
    return table


def flags_table(folder: Path) -> Table:
    """The gravest flags, in the order of the documents."""
    flags = sorted(records(folder / "flags.csv"), key=lambda f: _RANK[f["severity"]])
    table = Table(title=f"Flags: {min(_SHOWN, len(flags))} of {len(flags)} in {folder}/flags.csv")
    for name in ("document", "where", "kind", "what a reviewer reads"):
        table.add_column(name, overflow="fold")
    for f in flags[:_SHOWN]:
        where = (
            f"{f['table_id']} r{f['row']} c{f['col']}" if f["row"] else f["table_id"] or f"page {f['page']}"
        )
        table.add_row(f["doc_id"], where, f["kind"], f["message"])
    return table


def main() -> None:
    """`summary.py DIR`"""
    folder = Path(sys.argv[1])
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(documents_table(folder))
    console.print(flags_table(folder))


if __name__ == "__main__":
    main()
