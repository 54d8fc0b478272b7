"""What every input at hand gives, in one digest a file, and two versions side by side.

    python -m benchmarks.net read WHERE [--only office] [--jobs 2]
    python -m benchmarks.net compare BEFORE AFTER

`read` reads all inputs and writes WHERE/digests.txt; `compare` names the files that changed, then prints all
scores in pairs. A change that only moves code changes no digest; one that changes bytes shows its scores.
Inputs are the samples and, where ../shared lies beside the repository, its seeds, scans, real documents,
small cases, office and legacy files. Prints of the made-up papers are read where they were printed before
(`--prints DIR`, one folder a kind of damage, by print_scan.py): printing needs LibreOffice.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCORES = ("cells_f1", "header_f1", "numbers", "silent", "digits", "digits_silent", "places", "flags_recall",
          "flags_precision", "review_per_cell")  # fmt: skip


@dataclass(frozen=True, slots=True)
class InputSet:
    """Inputs that are read together, and the gold they are scored against (None: digests only)."""

    name: str
    folder: Path
    gold: Path | None = None


def input_sets(prints: Path | None) -> Iterator[InputSet]:
    """The sets that are there."""
    found = [InputSet("samples", ROOT / "samples/scans")]
    found.append(InputSet("seeds", SHARED / "seeds", SHARED / "gold"))
    found += [
        InputSet(f"scans-{p.name}", p, SHARED / "gold") for p in sorted(SHARED.glob("scans/*")) if p.is_dir()
    ]
    found.append(InputSet("real", SHARED / "real", SHARED / "gold-real"))
    found += [InputSet(name, SHARED / name) for name in ("cases", "office", "legacy")]
    if prints:
        found += [InputSet(f"print-{p.name}", p, SHARED / "gold-paper") for p in sorted(prints.iterdir())
                  if p.is_dir() and not p.name.startswith("_")]  # fmt: skip
    yield from (s for s in found if s.folder.is_dir())


def digests(where: Path) -> dict[str, str]:
    """The SHA-256 of every file of the CSV sets below `where`, by path; the ledgers are no part of them."""
    files = (p for p in sorted(where.rglob("*")) if p.is_file() and ".extract" not in p.parts)
    return {
        str(p.relative_to(where)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in files
        if p.parent != where and p.suffix in {".csv", ".json"}
    }


def read(where: Path, prints: Path | None, only: str, jobs: int) -> int:
    """Reads every set into its folder below `where`."""
    where.mkdir(parents=True, exist_ok=True)
    known: dict[str, str | None] = {}
    for inputs in input_sets(prints):
        if only not in inputs.name:
            continue
        known[inputs.name] = str(inputs.gold) if inputs.gold else None
        command = [
            sys.executable,
            str(ROOT / "cli.py"),
            "run",
            str(inputs.folder),
            "--out",
            str(where / inputs.name),
        ]
        done = subprocess.run([*command, "--fresh", "-q", "--jobs", str(jobs)], cwd=ROOT, check=False)
        print(f"{inputs.name}: exit code {done.returncode}", flush=True)
    table = "".join(f"{digest}  {name}\n" for name, digest in digests(where).items())
    (where / "digests.txt").write_text(table, "utf-8")
    (where / "sets.json").write_text(json.dumps(known, indent=1), "utf-8")
    return 0


def scores(out: Path, gold: str) -> dict[str, float | None]:
    """What the shared scorer says of all documents of a set that it has gold for. Only gold whose document
    was read counts: a set need not hold them all."""
    read = {
        Path(row["path"]).stem for row in csv.DictReader((out / "documents.csv").open(encoding="utf-8-sig"))
    }
    with tempfile.TemporaryDirectory() as folder:
        for document in Path(gold).iterdir():
            if document.name in read:
                (Path(folder) / document.name).symlink_to(document)
        command = [sys.executable, str(SHARED / "bench/score.py"), folder, str(out), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {}
    return {k: v for k, v in json.loads(done.stdout)["all"].items() if k in SCORES}


def case_lines(out: Path) -> str:
    """The last line of the check of the small cases."""
    command = [sys.executable, str(SHARED / "bench/cases.py"), str(SHARED / "cases"), str(out)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return said.rsplit("\n", 1)[-1]


def compare(before: Path, after: Path) -> int:
    """Prints what differs. The exit code is 1 when any byte does."""
    a, b = digests(before), digests(after)
    changed = sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))
    for name in changed:
        state = "gone" if name not in b else "new" if name not in a else "changed"
        print(f"{state:8} {name}")
    print(f"{len(changed)} of {len(a.keys() | b.keys())} files differ")
    sets: dict[str, str | None] = json.loads((after / "sets.json").read_text("utf-8"))
    print("set".ljust(18), *(k[:15].rjust(17) for k in SCORES))
    for name, gold in sets.items():
        if gold and (before / name).is_dir():
            old, new = scores(before / name, gold), scores(after / name, gold)
            pairs = (f"{_figure(old.get(k))} > {_figure(new.get(k))}" for k in SCORES)
            print(name.ljust(18), *(pair.rjust(17) for pair in pairs))
        elif name == "cases" and (before / name).is_dir():
            print(f"cases: {case_lines(before / name)} > {case_lines(after / name)}")
    return 1 if changed else 0


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    reading = verbs.add_parser("read")
    reading.add_argument("where", type=Path)
    reading.add_argument("--prints", type=Path)
    reading.add_argument("--only", default="", help="sets whose name holds this")
    reading.add_argument("--jobs", type=int, default=2)
    comparing = verbs.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    args = parser.parse_args()
    if args.verb == "read":
        return read(args.where, args.prints, args.only, args.jobs)
    return compare(args.before, args.after)


if __name__ == "__main__":
    sys.exit(main())
