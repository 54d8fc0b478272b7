"""What is printed for training: running text, headings, figures among words, names, signs without sense."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

from numpy.random import Generator

from extract.scan.readers.letters.alphabet import SIGNS, plain
from extract.scan.readers.numbers.train.strings import draw as draw_figure

_LONGEST = 64  # signs of a line
_MOST_WORDS = 11
_UPPER, _TITLE = 0.14, 0.2  # of the texts: all capitals, up to this the first letters
_UNITS = [
    "% đồng",
    "triệu đồng",
    "ha",
    "tấn",
    "hồ sơ",
    "người",
    "km",
    "m²",
    "m³",
    "hộ",
    "tỷ đồng",
    "vụ",
    "lượt",
    "kWh",
    "m",
    "kg",
    "xã",
    "điểm",
    "lần",
    "ngày",
    "giờ",
]
_PLACES = [
    "xã",
    "phường",
    "thị trấn",
    "huyện",
    "tỉnh",
    "UBND xã",
    "UBND phường",
    "Xã",
    "Phường",
    "Trạm Y tế xã",
    "Đảng ủy xã",
    "thôn",
    "bản",
    "Tổ",
]
_SYMBOLS = [
    "QĐ-UBND",
    "NQ-HĐND",
    "KH-UBND",
    "BC-UBND",
    "TB-SNV",
    "NĐ-CP",
    "TT-BTC",
    "CV-VP",
    "TTr-STC",
    "HD-SYT",
    "CT-TTg",
    "QĐ-TTg",
]
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_CLOSING = ("", "", "", "", ".", ",", ";", ":", ")", "(*)", "%")
_FIRST_YEAR, _LAST_YEAR = 1990, 2036
_LONGEST_NONSENSE = 12


class Texts:
    """A supply of lines. `corpus` is running text, a sentence or paragraph each; `names` are names."""

    def __init__(self, corpus: Sequence[str], names: Sequence[str]) -> None:
        self._corpus = [words for line in corpus if (words := plain(line).split())]
        self._words = sorted({word for words in self._corpus for word in words})
        self._names = list(names)

    @classmethod
    def load(cls, corpus: Path, names: Path) -> Texts:
        """From gzipped files of lines, UTF-8; what stands after a tab in a line of `names` is passed over."""
        lines = gzip.decompress(corpus.read_bytes()).decode("utf-8").splitlines()
        known = gzip.decompress(names.read_bytes()).decode("utf-8").splitlines()
        return cls(lines, [name.partition("\t")[0] for name in known])

    def draw(self, rng: Generator) -> str:
        """A plain line of print of 1 to 64 signs."""
        kinds: tuple[tuple[float, Callable[[Generator], str]], ...] = (
            (0.40, self._running),
            (0.15, self._shuffled),
            (0.13, self._figured),
            (0.10, lambda r: draw_figure(r).text),
            (0.08, self._place),
            (0.06, self._act),
            (0.04, self._listed),
            (0.04, self._nonsense),
        )
        point = rng.random() * sum(share for share, _ in kinds)
        for share, make in kinds:
            point -= share
            if point < 0:
                text = self._cased(plain(make(rng)), rng)
                return text[:_LONGEST].strip() or "-"
        return "-"

    def _cased(self, text: str, rng: Generator) -> str:
        point = rng.random()
        return plain(text.upper() if point < _UPPER else text.title() if point < _TITLE else text)

    def _running(self, rng: Generator) -> str:
        words = self._corpus[int(rng.integers(len(self._corpus)))]
        count = int(rng.integers(1, _MOST_WORDS))
        start = int(rng.integers(0, max(1, len(words) - count + 1)))
        text = " ".join(words[start : start + count])
        return text[:1].upper() + text[1:] if rng.random() < 1 / 3 else text

    def _shuffled(self, rng: Generator) -> str:
        """Words of the language in no order, rare ones as often as others."""
        count = int(rng.integers(1, _MOST_WORDS // 2 + 1))
        words = [self._words[int(k)] for k in rng.integers(0, len(self._words), count)]
        return " ".join(words) + str(rng.choice(_CLOSING))

    def _figured(self, rng: Generator) -> str:
        before, after = self._running(rng).split()[:4], self._running(rng).split()[:3]
        unit = str(rng.choice(_UNITS))
        return " ".join(
            [*before, draw_figure(rng, True).text, unit, *(after if rng.random() < 1 / 2 else ())]
        )

    def _place(self, rng: Generator) -> str:
        return f"{rng.choice(_PLACES)} {self._names[int(rng.integers(len(self._names)))]}"

    def _act(self, rng: Generator) -> str:
        day, month, year = rng.integers(1, 32), rng.integers(1, 13), rng.integers(_FIRST_YEAR, _LAST_YEAR)
        date = f"{day}/{month}/{year}" if rng.random() < 1 / 2 else f"{day:02d}/{month:02d}/{year}"
        number = f"{rng.integers(1, 4000)}/{rng.choice(_SYMBOLS)}"
        return (
            f"Số {number} ngày {date}",
            f"{number}",
            f"Quyết định số {number} ngày {date}",
            f"ngày {date}",
        )[int(rng.integers(4))]

    def _listed(self, rng: Generator) -> str:
        head = str(
            rng.choice([*_ROMAN, *(f"{k}." for k in range(1, 30)), "a)", "b)", "c)", "-", "+", "STT", "TT"])
        )
        return head if rng.random() < 1 / 2 else f"{head} {self._running(rng)}"

    def _nonsense(self, rng: Generator) -> str:
        return "".join(
            SIGNS[int(k)] for k in rng.integers(0, len(SIGNS), int(rng.integers(1, _LONGEST_NONSENSE)))
        )
