"""Collects the names of administrative units of all times from the gazetteer's tables.

python -m normalize.diacritics.train.collect_names GAZETTEER_DIR OUT.txt.gz
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path


def collect(folder: Path) -> list[str]:
    """Distinct names of two or more syllables, each with the highest level (1 province to 3 commune)
    that a unit of the name ever had, tab-separated, sorted."""
    names: dict[str, int] = {}
    for path in sorted([*folder.glob("units_*.csv"), *folder.glob("unit_history*.csv")]):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                if "name" in row:
                    names[row["name"]] = min(int(row.get("level") or 3), names.get(row["name"], 3))
    wanted = (name for name in names if len(name.split()) > 1 and all(p.isalpha() for p in name.split()))
    return sorted(f"{name}\t{names[name]}" for name in wanted)


def main() -> None:
    """Writes the names and levels, one a line, without a time stamp."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    data = "\n".join(collect(args.folder)).encode("utf-8")
    args.out.write_bytes(gzip.compress(data, mtime=0))


if __name__ == "__main__":
    main()
