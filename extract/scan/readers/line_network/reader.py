"""Pictures of lines in, words out: Tesseract's network run over many lines at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.prepare.ink import Picture
from extract.scan.readers.ctc import Chances, beam_search
from extract.scan.readers.engine import TESSERACT_WEAK, Language
from extract.scan.readers.line_network.alphabet import without_unprinted
from extract.scan.readers.line_network.likely_path import Letters, LikelyPath
from extract.scan.readers.line_network.traineddata import TextNetwork, UnknownNetworkError, read_network
from extract.scan.readers.tessdata import data_folder

_MOST_COLUMNS = 1_500  # of ink in one run of the network: about 8 MB of memory at its widest layer
_MUCH_WIDER = 1.3
"""Times the narrowest line of a batch from which one waits for the next: lines are filled up to the widest,
which was a quarter of all the columns that the network went over, and is a twentieth."""

_WIDEST = 6_000  # columns of a line; longer ones are squeezed
_SURE_STEP = 0.9  # chance of every step from which a word is taken as the likeliest path has it
_BEAM = 10
_LEAST_CHANCE = 2e-3  # of a sign at its best step, to be thought of
_MOST_OTHERS = 4
_WORD_IS_WORTH = 20.0  # times likelier that a text must be to stand against one that is a word
_LEAST_CONFIDENCE = 0.01  # of a word: nought is ink that gave none
_PER_LOG = 0.35
"""What a word's confidence loses for each unit of the natural logarithm of its least sure step's chance:
Tesseract's own rule (a certainty of 7 ln p; 5 points of 100 for each), so that limits hold for both."""

_ERRORS_ONLY = 3
_LEAST_STEPS = 4
_LEVELS = 256
_NO_CHANCE = 1e-9
_NEIGHBOURS = 3
_QUARTERS = 4
_UPPER_QUARTER = 3
_WHITE = 255.0


@dataclass(frozen=True, slots=True)
class LineWord:
    """A word of a line: its text, its confidence (0..1, as Tesseract counts it), and the share of the
    picture's width (0..1) at which the blank before it was read (0 for the first). `others` are the next
    best texts, each with its cost: ln(chance of the text / chance of the other). `at` is the share of the
    width at which each of its signs was first seen; empty where the likeliest path spells another text."""

    text: str
    confidence: float
    begins: float
    others: tuple[tuple[str, float], ...] = ()
    at: tuple[float, ...] = ()


class LineReader:
    """A language's network, ready to run on one thread. Load one a process. `name` stands in readings: it is
    Tesseract's network, whoever runs it."""

    name = "tesseract"
    weak = TESSERACT_WEAK

    def __init__(self, network: TextNetwork, is_word: Callable[[str], bool] = lambda text: True) -> None:
        import onnxruntime

        from extract.scan.readers.line_network.graph import onnx_of

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        self._network, self._is_word = network, is_word
        self._space = network.signs.index(" ")
        self._session: Any = onnxruntime.InferenceSession(
            onnx_of(network), options, providers=["CPUExecutionProvider"]
        )

    @classmethod
    def load(cls, is_word: Callable[[str], bool] = lambda text: True) -> LineReader | None:
        """The reader of Tesseract's Vietnamese data; None where onnxruntime is missing or the data's
        network is built in a way that only Tesseract itself knows. `is_word` says of a text whether it
        is one that the language has; it decides between readings. Raises MissingProgramError without
        the data."""
        language: Language = "vie"
        file = Path(data_folder(language)) / f"{language}.traineddata"
        try:
            return cls(without_unprinted(read_network(file)), is_word)
        except (ImportError, UnknownNetworkError):
            return None

    def read(self, lines: Sequence[Picture]) -> list[list[LineWord]]:
        """The words of each picture (grey, dark on light, one line of print with a little paper around)."""
        inks = [self._ink(line) for line in lines]
        found: list[list[LineWord]] = [[] for _ in lines]
        for batch in _batches([ink.shape[1] for ink in inks]):
            steps = [inks[k].shape[1] // self._network.pool[0] for k in batch]
            chances = self._chances([inks[k] for k in batch], steps)
            for place, k in enumerate(batch):
                found[k] = self._words(chances[: steps[place], place])
        return found

    def _chances(self, inks: list[npt.NDArray[np.float32]], steps: list[int]) -> Chances:
        """Chances (steps, lines, classes) of a batch."""
        ink = np.ones((len(inks), 1, self._network.height, max(i.shape[1] for i in inks)), np.float32)
        for row, own in zip(ink, inks, strict=True):
            row[0, :, : own.shape[1]] = own
        given = {"ink": ink, "lengths": np.array(steps, np.int32)}
        return np.asarray(self._session.run(None, given)[0], np.float32)

    def _ink(self, line: Picture) -> npt.NDArray[np.float32]:
        """The line as the network was taught to see it: its height, black at -1, paper at 1."""
        height, least = self._network.height, _LEAST_STEPS * self._network.pool[0]
        width = min(_WIDEST, max(least, round(line.shape[1] * height / line.shape[0])))
        how = cv2.INTER_AREA if line.shape[0] > height else cv2.INTER_LINEAR
        scaled = cv2.resize(line, (width, height), interpolation=how)
        black, white = _black_and_white(scaled[height // 2])
        contrast = max(1.0, (white - black) / 2)
        tones = np.clip((np.arange(_LEVELS) - black) / contrast - 1, -1, 1).astype(np.float32)
        return np.asarray(cv2.LUT(scaled, tones), np.float32)

    def _words(self, chances: Chances) -> list[LineWord]:
        """The words of a line, cut at the blanks of the likeliest path."""
        path = LikelyPath(chances, self._network.blank)
        space = path.classes == self._space
        words, begins = [], 0.0
        edges = np.flatnonzero(np.diff(np.concatenate(([1], space.view(np.int8), [1]))))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if start:
                begins = (_run_before(space, start) + start) / 2 / len(space)
            letters = path.letters(start, end)
            if letters.runs.stop > letters.runs.start:
                word = self._word(chances[letters.steps], path, letters, begins)
                if word.text:
                    words.append(word)
        return words

    def _word(self, chances: Chances, path: LikelyPath, letters: Letters, begins: float) -> LineWord:
        """The word of some letters of a line's path, given their `chances`: the path's where every step is
        sure and it is a word, else what a beam search finds, a known word before an unknown one."""
        least = path.sureness(letters)
        signs = [self._network.signs[c] for c in path.printed(letters)]
        greedy = "".join(signs)
        if least >= _SURE_STEP and self._is_word(greedy):
            return LineWord(greedy, _confidence(least), begins, at=path.seen_at(letters))
        found = self._spelled(chances)
        if not found:
            return LineWord(greedy, _confidence(least), begins, at=path.seen_at(letters))
        best, chance = _chosen(found, self._is_word)
        sure = max(chance, least) if best == greedy else chance
        others = tuple((text, math.log(chance / p)) for text, p in found if text != best)
        at = path.seen_at(letters) if best == greedy else ()
        return LineWord(best, _confidence(sure), begins, others[:_MOST_OTHERS], at)

    def _spelled(self, chances: Chances) -> list[tuple[str, float]]:
        """The likeliest texts of some steps with their chances, best first."""
        blank = self._network.blank
        likely = np.flatnonzero(chances.max(axis=0) > _LEAST_CHANCE)
        kept = [blank, *(int(c) for c in likely if c not in (blank, self._space))]
        found: dict[str, float] = {}
        for classes, chance in beam_search(np.ascontiguousarray(chances[:, kept]), _BEAM):
            text = "".join(self._network.signs[kept[c]] for c in classes)
            found[text] = found.get(text, 0.0) + chance
        return sorted(((t, p) for t, p in found.items() if t and p > 0), key=lambda item: -item[1])


def _run_before(space: npt.NDArray[np.bool_], end: int) -> int:
    """The first step of the run of blanks that ends before `end`."""
    start = end
    while start > 0 and space[start - 1]:
        start -= 1
    return start


def _chosen(found: list[tuple[str, float]], is_word: Callable[[str], bool]) -> tuple[str, float]:
    """The likeliest text; where it is no word, one that is and is not much less likely."""
    best, chance = found[0]
    if is_word(best):
        return best, chance
    known = ((t, p) for t, p in found[1:] if p * _WORD_IS_WORTH > chance and is_word(t))
    return next(known, (best, chance))


def _confidence(chance: float) -> float:
    return min(1.0, max(_LEAST_CONFIDENCE, 1 + _PER_LOG * math.log(max(chance, _NO_CHANCE))))


def _black_and_white(row: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """The tones of ink and paper, by the lows and highs along a line's middle row (networkio in
    Tesseract's sources)."""
    before, here, after = (row[k : len(row) - 2 + k].astype(np.int16) for k in range(_NEIGHBOURS))
    low = ((here < before) & (here <= after)) | ((here <= before) & (here < after))
    high = ((here > before) & (here >= after)) | ((here >= before) & (here > after))
    dark, light = np.sort(here[low]), np.sort(here[high])
    black = float(dark[len(dark) // _QUARTERS]) if len(dark) else 0.0
    white = float(light[_UPPER_QUARTER * len(light) // _QUARTERS]) if len(light) else _WHITE
    return black, white


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Line numbers, those of like width together, at most `_MOST_COLUMNS` of ink a batch."""
    batches: list[list[int]] = []
    for k in sorted(range(len(widths)), key=lambda k: widths[k]):
        full = not batches or (len(batches[-1]) + 1) * widths[k] > _MOST_COLUMNS
        if full or widths[k] > _MUCH_WIDER * widths[batches[-1][0]]:
            batches.append([])
        batches[-1].append(k)
    return batches
