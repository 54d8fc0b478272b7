"""Office files against their texts: words right, figures kept, and the same table from two formats.

    python -m benchmarks.office words FOLDER        files beside NAME.truth.txt
    python -m benchmarks.office same FIRST SECOND   two files of one annex: are their figures the same?
    python -m benchmarks.office cost                time and memory of a one-table .docx and a large sheet

A truth that a text converter made may name the codes of fields (`FORMTEXT`, `PAGE`) where print shows
their results: they count for none. Words are told in their order and, in brackets, wherever they stand:
texts side by side have more orders than one. They are compared without case (TCVN3 has no capitals with
tones), without tone placement and without the punctuation at their edges; figures by their value, to the
digits that the program shows.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from extract.inputs import open_document
from model.page import Grid, PageContent
from normalize.encodings import decode_page
from normalize.unicode import tone_key

_EDGES = ".,;:()[]“”\"'…-–+*/=_"
_FIGURE = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_FIELD_CODE = re.compile(r"\b(?:FORMTEXT|formtext|NUMPAGES|PAGE(?:\s+\d+)?|EMBED\s+Excel\.Sheet(?:\.\d+)?)\b")
_LEAST_DIGITS = 2


def pages_of(path: Path) -> list[PageContent]:
    """The pages of a file as the program reads them."""
    with open_document(path) as document:
        return [decode_page(document.page(i)) for i in range(document.n_pages)]


def texts(pages: Sequence[PageContent]) -> Iterator[str]:
    """Everything that was read, in order."""
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                yield from (c.text for c in sorted(block.cells, key=lambda c: (c.row, c.col)))
            else:
                yield block.text


def words(text: str) -> list[str]:
    """The words of a text that have a letter, as they are compared."""
    found = (tone_key(w.strip(_EDGES)) for w in re.split(r"[\s/\-–_.,;:()…]+", text))
    return [w for w in found if any(c.isalpha() for c in w)]


def right(true: Sequence[str], got: Sequence[str]) -> int:
    """How many of the true words were read, in order."""
    return sum(b.src_end - b.src_start for b in Levenshtein.opcodes(true, got) if b.tag == "equal")


def figures(text: str) -> Counter[str]:
    """The figures of a text by their digits, group marks and decimal marks aside."""
    found = (re.sub(r"[.,]", "", f).lstrip("0+-") for f in _FIGURE.findall(text))
    return Counter(f for f in found if f)


def kept(true: str, got: str) -> tuple[int, int, list[str]]:
    """Figures of the true text that were read, how many there are, and those that were not. A figure shown to
    fewer digits than the truth stores counts when it begins it."""
    wanted, mine = figures(true), figures(got)
    missing = list((wanted - mine).elements())
    rest = list((mine - wanted).elements())
    lost = []
    for figure in missing:
        near = next((r for r in rest if len(r) >= _LEAST_DIGITS and _rounds(figure, r)), None)
        if near is None:
            lost.append(figure)
        else:
            rest.remove(near)
    total = sum(wanted.values())
    return total - len(lost), total, lost


def _rounds(stored: str, shown: str) -> bool:
    """Whether the digits shown are the stored ones, rounded, or with noughts behind the mark."""
    if len(shown) > len(stored):
        return shown.rstrip("0") == stored.rstrip("0")
    return abs(int(stored[: len(shown)]) - int(shown)) <= 1


def measure_words(folder: Path) -> int:
    """Prints a line a file, and all together."""
    total = Counter[str]()
    for truth in sorted(folder.glob("*.truth.txt")):
        name = truth.name.removesuffix(".truth.txt")
        for path in sorted(folder.glob(f"{name}.*")):
            if path.suffix in (".txt",):
                continue
            true, got = _FIELD_CODE.sub(" ", truth.read_text("utf-8")), "\n".join(texts(pages_of(path)))
            wanted, mine = words(true), words(got)
            good, somewhere = right(wanted, mine), (Counter(wanted) & Counter(mine)).total()
            found, there, lost = kept(true, got)
            total.update(words=len(wanted), right=good, somewhere=somewhere, figures=there, kept=found)
            of = max(len(wanted), 1)
            print(f"{path.name:32} words {good}/{len(wanted)} = {good / of:.4f} ({somewhere / of:.4f})"
                  f"  figures {found}/{there}  {' '.join(lost[:8])}")  # fmt: skip
    if total["words"]:
        in_order, anywhere = (total[name] / total["words"] for name in ("right", "somewhere"))
        print(f"all: words {in_order:.4f} ({anywhere:.4f}), figures {total['kept']}/{total['figures']}")
    return 0


def measure_same(first: Path, second: Path) -> int:
    """Prints the cells in which two files of one table differ. The exit code is 1 when any do."""
    tables = []
    for path in (first, second):
        grids = [g for page in pages_of(path) for g in page.grids]
        largest = max(grids, key=lambda g: g.n_rows * g.n_cols)
        tables.append({(c.row, c.col): c.text for c in largest.cells if c.text})
    one, other = tables
    differ = sorted(at for at in one.keys() | other.keys() if one.get(at) != other.get(at))
    for at in differ:
        print(at, repr(one.get(at, "")), repr(other.get(at, "")))
    print(f"{len(one)} and {len(other)} filled cells, {len(differ)} differ")
    return int(bool(differ))


def measure_cost() -> int:
    """Prints what reading costs, of a text with one table and of a sheet of 100,000 cells."""
    import docx
    import openpyxl

    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "a.docx", Path(folder) / "b.xlsx"
        text = docx.Document()
        text.add_paragraph("BÁO CÁO")
        table = text.add_table(12, 6)
        for row in range(12):
            for col in range(6):
                table.cell(row, col).text = str(row * col)
        text.save(str(small))
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("A")
        for row in range(10_000):
            sheet.append([f"Xã {row}", *(row * col + 0.25 for col in range(9))])
        book.save(large)
        pages_of(small)
        for path in (small, large):
            began = time.process_time()
            pages = pages_of(path)
            cells = sum(len(g.cells) for p in pages for g in p.grids)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            spent = time.process_time() - began
            print(f"{path.name}: {cells} cells, {spent:.3f} s of one core, {peak:.0f} MB at most")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("words").add_argument("folder", type=Path)
    same = verbs.add_parser("same")
    same.add_argument("first", type=Path)
    same.add_argument("second", type=Path)
    verbs.add_parser("cost")
    args = parser.parse_args()
    if args.verb == "words":
        return measure_words(args.folder)
    return measure_same(args.first, args.second) if args.verb == "same" else measure_cost()


if __name__ == "__main__":
    sys.exit(main())
