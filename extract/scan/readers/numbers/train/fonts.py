"""Which fonts to print with: Times-like first, then sans, then the rest; some are kept for validation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from numpy.random import Generator

# File name beginnings, as Debian's fonts-* packages install them (docs/numbers.md names the packages).
_TIMES = (
    "LiberationSerif", "Tinos", "FreeSerif", "NimbusRoman", "texgyretermes", "STIXGeneral", "STIX-",
    "DoulosSIL",
    "LinLibertine_R", "LinLibertine_RB", "LinLibertine_RI",
)  # fmt: skip
_SERIF = (
    "Caladea", "C059", "P052", "URWBookman", "texgyrepagella", "texgyreschola", "CharisSIL", "GFSDidot",
    "OldStandard", "lmroman10", "cmunrm", "cmunbx", "DejaVuSerif", "PTF", "Gelasio", "GentiumPlus",
    "GentiumBookPlus", "EBGaramond12", "Vollkorn-", "JunicodeTwoBeta-Regular", "JunicodeTwoBeta-Bold",
    "JunicodeTwoBeta-Italic", "RobotoSlab",
)  # fmt: skip
_SANS = (
    "LiberationSans-", "LiberationSansNarrow", "Arimo", "FreeSans", "NimbusSans-", "NimbusSansNarrow",
    "texgyreheros", "DejaVuSans-", "DejaVuSans.", "DejaVuSansCondensed", "OpenSans-", "OpenSans_", "Roboto-",
    "RobotoCondensed-", "Lato-", "Inter-", "texgyreadventor", "LinBiolinum_R", "PTS", "PTN", "NotoSans-",
    "lmsans10", "lmsansdemicond", "Cantarell-",
)  # fmt: skip
_MONO = ("LiberationMono", "Cousine", "FreeMono", "NimbusMonoPS", "DejaVuSansMono", "texgyrecursor")
_HELD_OUT = ("Carlito", "NotoSerif-", "texgyrebonum", "Andika", "ComicNeue", "texgyreheroscn")
_WRONG = (
    "Oblique",
    "SC-",
    "Thin",
    "Hairline",
    "ExtraLight",
    "UltraLight",
    "-Light",
    "Black",
    "Math",
    "Symbol",
    "caps",
)
_SLANTED_AGAIN = 0.6
_SHARES = ((0.46, _TIMES), (0.18, _SERIF), (0.29, _SANS), (0.07, _MONO))


@dataclass(frozen=True, slots=True)
class FontPool:
    """Font files by kind with the kind's share of the print."""

    kinds: tuple[tuple[float, tuple[str, ...]], ...]

    def draw(self, rng: Generator) -> str:
        """A font file's path; slanted ones come up less often than their number."""
        path = self._any(rng)
        slanted = "Italic" in path or "italic" in path or "Slanted" in path
        return self._any(rng) if slanted and rng.random() < _SLANTED_AGAIN else path

    def _any(self, rng: Generator) -> str:
        point = rng.random() * sum(share for share, _ in self.kinds)
        for share, files in self.kinds:
            point -= share
            if point < 0:
                return files[int(rng.integers(len(files)))]
        return self.kinds[-1][1][0]


def find_fonts(folders: Iterable[Path], held_out: bool = False) -> FontPool:
    """The training fonts (or the validation-only ones) under `folders`. Raises FileNotFoundError for none."""
    files = sorted(
        {p.name: p for f in folders for p in f.rglob("*") if p.suffix.lower() in (".ttf", ".otf")}.items()
    )
    usable = [(name, str(path)) for name, path in files if not any(bad in name for bad in _WRONG)]
    usable = [(name, path) for name, path in usable if name.startswith(_HELD_OUT) == held_out]
    wanted = ((1.0, _HELD_OUT),) if held_out else _SHARES
    kinds = tuple(
        (share, found)
        for share, starts in wanted
        if (found := tuple(p for n, p in usable if n.startswith(starts)))
    )
    if not kinds:
        raise FileNotFoundError("no known font file under the given folders")
    return FontPool(kinds)
