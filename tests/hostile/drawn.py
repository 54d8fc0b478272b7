"""Papers and damages drawn by chance, of the kinds of `paper.py` and `damage.py`: other figures, other columns,
other places that are hurt. What a program was built against is no test of it; a seed that nobody has seen is.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from paper import COUNTS, OPEN, PROSE, SHARES, WIDE, Paper

NAMES = ("Ho tich", "Chung thuc", "Giao thong", "Cong thuong", "Khoa hoc", "Van hoa", "Du lich", "Ke hoach", "Tu phap",
         "Tai chinh", "Moi truong", "Thuy loi", "Quy hoach", "Buu chinh", "The thao")  # fmt: skip


@dataclass(frozen=True)
class Chances:
    """What the kinds of damage are done with."""

    origins: Sequence[tuple[int, int]] = ((300, 200), (-120, -90), (55, 0), (0, 700))
    shares: Sequence[float] = (0.3, 0.5, 0.7, 0.9, 0.95)  # of a stream, where it is cut or changed
    bit: int = 0x10
    ghosts: Sequence[tuple[str, str]] = tuple((f"7{n}.{n}31", f"8{n}.{n}47") for n in range(1, 6))
    lies: Sequence[tuple[str, str]] = (("1", "7"), ("8", "3"), ("5", "6"))  # said, drawn
    offsets: Sequence[float] = (0.3, 0.8, 1.6)  # points between two strikes of a letter
    short: str = "35"
    stray: tuple[str, str] = ("9.999", "8.888")
    beside: tuple[str, str, str] = ("3.141", "2.718", "1.618")
    positions: Sequence[float] = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)  # of a file, where it rots
    cuts: Sequence[float] = (0.4, 0.8)
    mask: int = 0x55


USUAL = Chances()


def chances(seed: int) -> Chances:
    """Other damages for a seed."""
    draw = random.Random(seed * 7919 + 1)

    def shares(count: int, low: float = 0.1, high: float = 0.97) -> tuple[float, ...]:
        return tuple(sorted(round(draw.uniform(low, high), 3) for _ in range(count)))

    lies = []
    while len(lies) < 3:
        said, drawn = draw.sample("0123456789", 2)
        lies.append((said, drawn))
    return Chances(
        origins=tuple((draw.randint(-400, 400), draw.randint(-400, 800)) for _ in range(4)),
        shares=shares(5),
        bit=1 << draw.randrange(8),
        ghosts=tuple((dotted(draw.randint(50_000, 99_999)), dotted(draw.randint(50_000, 99_999))) for _ in range(5)),
        lies=tuple(lies),
        offsets=tuple(round(draw.uniform(0.2, 1.9), 2) for _ in range(3)),
        short=str(draw.randint(31, 99)),
        stray=(dotted(draw.randint(7000, 9999)), dotted(draw.randint(7000, 9999))),
        beside=(dotted(draw.randint(7000, 9999)), dotted(draw.randint(7000, 9999)), dotted(draw.randint(7000, 9999))),
        positions=shares(6, 0.08),
        cuts=shares(2, 0.3, 0.9),
        mask=draw.randint(1, 255),
    )  # fmt: skip


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def share(part: int, whole: int, digits: int = 2) -> str:
    """A percentage as it is printed."""
    found = f"{100 * part / whole:.{digits}f}".replace(".", ",")
    return "100" if part == whole else found


def papers(seed: int) -> tuple[Paper, ...]:
    """The five kinds of paper with other figures, names, numbers of rows and columns' places; totals, shares and
    yields hold."""
    draw = random.Random(seed)
    return tuple(make(draw) for make in (_counts, _shares, _open, _wide, _prose))


def _counts(draw: random.Random) -> Paper:
    names = draw.sample(NAMES, draw.randint(3, 9))
    pairs = [(draw.randint(120, 4900), draw.randint(120, 4900)) for _ in names]
    rows = [
        (str(n), name, dotted(a), dotted(b))
        for n, (name, (a, b)) in enumerate(zip(names, pairs, strict=True), 1)
    ]
    total = ("", "Tong", dotted(sum(a for a, _ in pairs)), dotted(sum(b for _, b in pairs)))
    return _paper(draw, COUNTS, [*rows, total])


def _shares(draw: random.Random) -> Paper:
    rows = []
    for n, name in enumerate(draw.sample(NAMES, draw.randint(4, 9)), 1):
        whole = draw.randint(31, 940)
        part = whole - draw.randint(0, whole // 4)
        score = f"{draw.randint(20, 39) / 4:.2f}".replace(".", ",")
        rows.append((str(n), name, str(whole), str(part), share(part, whole), score))
    return _paper(draw, SHARES, rows)


def _open(draw: random.Random) -> Paper:
    rows = []
    for n, name in enumerate(draw.sample(NAMES, draw.randint(4, 8)), 1):
        area, yield_ = draw.randint(110, 2900), draw.randint(21, 99)
        rows.append((str(n), name, dotted(area), dotted(area * yield_), f"{yield_ * 10},0"))
    return _paper(draw, OPEN, rows)


def _wide(draw: random.Random) -> Paper:
    rows, sums = [], [0] * 5
    for n, name in enumerate(draw.sample(NAMES, draw.randint(3, 8)), 1):
        before, new = draw.randint(2, 99), draw.randint(101, 990)
        done = draw.randint((before + new) // 2, before + new)
        figures = (before, new, before + new, done, before + new - done)
        sums = [a + b for a, b in zip(sums, figures, strict=True)]
        rows.append((str(n), name, *map(str, figures), ""))
    return _paper(draw, WIDE, [*rows, ("", "Cong", *map(dotted, sums), "")])


def _prose(draw: random.Random) -> Paper:
    whole, left = draw.randint(1100, 9800), draw.randint(21, 99)
    fees, more = draw.randint(21_000, 98_000) * 1000, draw.randint(1100, 9900) * 1000
    told = (
        dotted(whole),
        dotted(whole - left),
        share(whole - left, whole),
        str(left),
        dotted(fees),
        dotted(more),
    )
    lines = PROSE.prose
    for old, new in zip(PROSE.told, told, strict=True):
        lines = tuple(
            line.replace(old, new, 1) if old in line.split() or line.startswith(old) else line
            for line in lines
        )
    return replace(PROSE, prose=lines, told=told)


def _paper(draw: random.Random, kind: Paper, rows: Sequence[tuple[str, ...]]) -> Paper:
    """A paper of a kind with these rows, its columns moved, and another cell that is hurt: one of three signs and
    more, so that a shorter figure can stand over it."""
    cells = [
        (r, c)
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row)
        if c >= kind.first and len(text) >= 3
    ]
    left = draw.randint(-10, 10)
    return replace(
        kind,
        xs=tuple(x + left for x in kind.xs),
        rows=(kind.rows[0], *rows),
        victim=draw.choice(cells),
    )
