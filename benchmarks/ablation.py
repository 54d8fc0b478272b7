"""What each input loses when one line of a word list or one named rule is turned off.

    python -m benchmarks.ablation list
    python -m benchmarks.ablation try lexicon:totals:12 [--only seeds] [--jobs 1]
    python -m benchmarks.ablation try repair:headings family:answers

Names: `lexicon:LIST:LINE` (a line of normalize/lexicon/data/LIST.tsv, counted from 1), `repair:NAME` (one of
extract/scan/repairs/order.py), `family:NAME` (a family of relations of checks/registry.py). Everything is
read twice from copies of the tree, with the rule and without it, and both are compared as `benchmarks.net`
does: files that change, scores before > after. A rule without which nothing changes is needed by no input
at hand; one that only one input needs is looked at twice.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.net import ROOT, SHARED, compare

LEXICON = Path("normalize/lexicon/data")
REPAIRS = Path("extract/scan/repairs/order.py")
FAMILIES = Path("checks/registry.py")
WITHOUT_REPAIR = "\nPAGE_REPAIRS = tuple(r for r in PAGE_REPAIRS if r.name != {name!r})\n"
WITHOUT_FAMILY = """
for _families in (TABLE_RELATIONS, DOCUMENT_RELATIONS, TABLE_FLAGS, DOCUMENT_FLAGS):
    _families.pop({name!r}, None)
"""


def names() -> Iterator[str]:
    """Every rule that can be turned off, word lists first."""
    from checks.registry import DOCUMENT_FLAGS, DOCUMENT_RELATIONS, TABLE_FLAGS, TABLE_RELATIONS
    from extract.scan.repairs.order import PAGE_REPAIRS

    for path in sorted((ROOT / LEXICON).glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                yield f"lexicon:{path.stem}:{number}"
    yield from (f"repair:{repair.name}" for repair in PAGE_REPAIRS)
    for families in (TABLE_RELATIONS, DOCUMENT_RELATIONS, TABLE_FLAGS, DOCUMENT_FLAGS):
        yield from (f"family:{name}" for name in families)


def turn_off(tree: Path, rule: str) -> str:
    """Takes a rule out of a copy of the tree and returns what was taken out. Raises ValueError for a name
    of none."""
    kind, _, name = rule.partition(":")
    if rule not in set(names()):
        raise ValueError(f"{rule!r} names no rule; `list` prints them all")
    if kind == "lexicon":
        stem, _, number = name.partition(":")
        path = tree / LEXICON / f"{stem}.tsv"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        gone = lines.pop(int(number) - 1)
        path.write_text("".join(lines), "utf-8")
        return gone.strip()
    path, without = (REPAIRS, WITHOUT_REPAIR) if kind == "repair" else (FAMILIES, WITHOUT_FAMILY)
    module = tree / path
    module.write_text(module.read_text("utf-8") + without.format(name=name), "utf-8")
    return name


def copy_of_tree(where: Path) -> Path:
    """The files of this tree that git knows, beside a link to the shared inputs."""
    tree = where / "tree"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    if SHARED.is_dir():
        (where / "shared").symlink_to(SHARED)
    return tree


def read(rules: list[str], into: Path, only: str, jobs: int) -> None:
    """Reads the inputs with a copy of the tree that lacks `rules`."""
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_of_tree(Path(folder))
        for rule in sorted(rules, key=_last_line_first):
            print(f"without {rule}: {turn_off(tree, rule)}", flush=True)
        command = [
            sys.executable,
            "-m",
            "benchmarks.net",
            "read",
            str(into),
            "--only",
            only,
            "--jobs",
            str(jobs),
        ]
        subprocess.run(command, cwd=tree, check=True)


def _last_line_first(rule: str) -> tuple[str, int]:
    """Lines of a list go from its end on, so that the others keep their numbers."""
    head, _, number = rule.rpartition(":")
    return (head, -int(number)) if number.isdigit() else (rule, 0)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list")
    trying = verbs.add_parser("try")
    trying.add_argument("rules", nargs="+")
    trying.add_argument("--only", default="", help="sets whose name holds this")
    trying.add_argument("--jobs", type=int, default=2)
    trying.add_argument("--before", type=Path, help="what benchmarks.net read of this tree, else read anew")
    args = parser.parse_args()
    if args.verb == "list":
        print("\n".join(names()))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        before, after = args.before or Path(folder) / "with", Path(folder) / "without"
        if args.before is None:
            read([], before, args.only, args.jobs)
        read(args.rules, after, args.only, args.jobs)
        compare(before, after)
    return 0


if __name__ == "__main__":
    sys.exit(main())
