"""Lost diacritics brought back: candidates from the channel, decided by the language model."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from normalize.diacritics.beam import Judge, Lattice, best_path, path_log_p, weigh, with_names
from normalize.diacritics.blanks import Blanks, gaps
from normalize.diacritics.candidates import Candidates
from normalize.diacritics.case import CaseCosts, name_flags, recase, shouting_lines
from normalize.diacritics.changes import (
    Change,
    RepairedLine,
    add_marks,
    applied,
    as_unit,
    has_horn,
    joined_to,
    unit_of,
)
from normalize.diacritics.channel import Channel, Lexicon, blended, load_tables
from normalize.diacritics.context import own_network
from normalize.diacritics.damage import Damage, classify, share_damaged
from normalize.diacritics.joined import taken_apart
from normalize.diacritics.memory import SURE, Memory
from normalize.diacritics.mixture import Mixture, own_mixture
from normalize.diacritics.names import NO_NAME, OF_THE_DOCUMENT, Names, index_names, joined, read_names
from normalize.diacritics.noise import Noise
from normalize.diacritics.readers import LANGUAGES, Language, Reader, Readers, is_plain
from normalize.diacritics.spelling import BREAK, SPECIALS, UNKNOWN
from normalize.diacritics.surroundings import Surroundings
from normalize.diacritics.tokens import Token, repair_code, scan
from normalize.encodings.syllables import is_syllable

_DATA = Path(__file__).parent / "data"
# The share of the everyday model. Of lines of other registers without marks, and of reports' tables, .75 has
# as many right as .85 and .9 (which have 0.004 and 0.006 more of sentences nobody had seen, and made a
# title's `XÃ` `XẢ`); read by OCR .65 has 0.003 more than .3, and .8 another 0.003 since each reader has its
# own tables. A damaged report is the same with all.
_EVERYDAY = {"ocr": 0.8, "stripped": 0.75, "none": 0.75}
# What a count of the reader of English is worth for readers of other western languages; for one whose
# language is known, what that of such readers together is worth, and that of the one of English.
_OF_ENGLISH = 0.02
_OF_OTHERS, _OF_ENGLISH_TO_KNOWN = 0.02, 0.002
# How much ln P of what was read counts: 1.2 and 1.4 have 0.002 more right than 1.
_READING = np.float32(1.2)
# Below it, changes are right one time in five (made OCR pages of held-out lines); the print then stays.
# A print that is no word is wrong whichever of its rivals is right.
_MARGIN, _LEAST_MARGIN = 0.35, 0.15
_OF_GAP = 0.9  # how sure a blank is that was put in beside a figure or behind a comma
# From which share of slipped letters on words that are some may be others, too, and how little they and the
# next must be expected for that, ln (-8 has as many right, -14 0.001 fewer).
_DAMAGED, _DOUBT = 0.0015, -12.0


class Repairer:
    """Repairs lines of text. Load once; each call stands for itself.

    Proper text is told from damaged by its letters alone, so the channels of `candidates` and `names`, which
    take as long to make as a short text to read, are made when the first line lacks them."""

    def __init__(self, model: Mixture, candidates: Candidates, names: Callable[[], Names]) -> None:
        self._model, self._candidates, self._made_names = model, candidates, names

    @classmethod
    def load(cls, names: Iterable[str] = ()) -> Repairer:
        """The repairer with its data. `names` are proper names that may stand in the text, beside the
        places it knows."""
        model = own_mixture(_EVERYDAY["stripped"])
        others = [(name, 2) for name in names]
        return cls(
            model,
            Candidates(partial(_channel, cache(partial(Lexicon, model.vocabulary))), partial(_alone, model)),
            lambda: index_names([*read_names(_DATA / "places.txt.gz"), *others], model.vocabulary),
        )

    @cached_property
    def _names(self) -> Names:
        return self._made_names()

    def knowing(self, names: Iterable[str]) -> Repairer:
        """A repairer that knows these proper names of a document besides, and better than the places of
        others; model and candidates are shared."""
        own = index_names(((name, OF_THE_DOCUMENT) for name in names), self._model.vocabulary)
        return Repairer(self._model, self._candidates, lambda: joined(own, self._names))

    @cached_property
    def _unigram(self) -> list[float]:
        """Of the model, unpacked when the first line is mended."""
        return _alone(self._model)

    @cached_property
    def _case(self) -> CaseCosts | None:
        return CaseCosts.of(self._model.capitals)

    @cached_property
    def _surroundings(self) -> Surroundings:
        return Surroundings(own_network(), self._model.vocabulary)

    @cached_property
    def _memory(self) -> Memory:
        return Memory(self._model.vocabulary, self._unigram)

    @cached_property
    def _readers(self) -> Readers:
        return Readers(_of_language)

    def damage(self, lines: Sequence[str]) -> float:
        """The share (0..1) of the text's letters that stand in lines that need repair."""
        return share_damaged(lines, self._is_bare)

    def _is_bare(self, word: str) -> bool:
        return self._candidates.is_bare(word)

    def repair_lines(self, lines: Sequence[str]) -> list[RepairedLine]:
        """As many lines as given, each repaired as far as it needs; context runs on over line ends."""
        kinds = _of_one_kind(lines, classify(lines, self._is_bare), self._is_bare)
        out = [RepairedLine(line) for line in lines]
        units = {i for i, line in enumerate(lines) if kinds[i] != "none" and unit_of(line)}
        for kind in ("stripped", "ocr"):
            for begin, end in _stretches(lines, kinds, kind):
                for i, repaired in enumerate(self._repair(list(lines[begin:end]), kind), start=begin):
                    out[i] = as_unit(lines[i]) if i in units else repaired
        return out

    def as_read_badly(self, line: str) -> RepairedLine:
        """A line repaired as one that a reader garbled, whatever share of its letters is proper."""
        return self._repair([line], "ocr")[0]

    def _repair(self, lines: list[str], kind: Damage) -> list[RepairedLine]:
        tokens = scan(lines)
        if not tokens:
            return [RepairedLine(line) for line in lines]
        tokens = self._without_misread_figures(tokens)
        reader = self._readers.of(lines, kind)
        judge = Judge(replace(self._model, share=_EVERYDAY[kind]), self._names)
        tokens, noise = self._parted(tokens, reader, judge)
        lattice, places = self._lattice(tokens, reader, noise)
        if reader != "none":
            lattice = replace(lattice, log_p=_READING * lattice.log_p)
        seen = self._surroundings.look(len(lattice), tokens, places)
        lattice = self._surroundings.weigh(lattice, seen, reader)
        first = with_names(lattice, judge, best_path(lattice, judge))
        if reader == "none" and noise.slips >= _DAMAGED:
            doubted = self._doubted(tokens, places, path_log_p(lattice, judge, first))
            wider, _ = self._lattice(tokens, reader, noise, doubted)
            lattice = self._surroundings.weigh(wider, seen, reader)
            first = with_names(lattice, judge, best_path(lattice, judge))
        lattice = self._remembering(tokens, lattice, places, first, judge)
        chosen = with_names(lattice, judge, best_path(lattice, judge))
        changes = self._changes(tokens, lattice, places, chosen, judge)
        changes.extend([] for _ in range(len(lines) - len(changes)))
        for line, at in gaps(lines, tokens, noise) if reader == "none" else ():
            changes[line].append(Change(at, at, "", " ", _OF_GAP, "", True))
        add_marks(lines, changes, footnotes_too=kind == "ocr")
        return [applied(line, changes[i]) for i, line in enumerate(lines)]

    def _parted(self, tokens: list[Token], reader: Reader, judge: Judge) -> tuple[list[Token], Noise]:
        """The tokens with blanks that were lost or put in, and the noise of a text without marks."""
        if reader != "none":
            whole = partial(self._candidates.of, reader=reader, noise=Noise())
            read = self._candidates.channel(reader).read
            return taken_apart(tokens, whole, read, self._unigram, self._model.met), Noise()
        blanks = Blanks(self._is_bare, self._candidates, judge)
        noise = blanks.noise(tokens)
        return blanks.restored(tokens, noise), noise

    def _doubted(
        self, tokens: Sequence[Token], places: Sequence[int], expected: npt.NDArray[np.float32]
    ) -> frozenset[int]:
        """Numbers of words that are some, but neither they nor the next were `expected` (ln P, a place)."""
        with_next = expected + np.append(np.minimum(expected[1:], 0.0), 0.0)
        return frozenset(
            number
            for number, (token, place) in enumerate(zip(tokens, places, strict=True))
            if token.kind == "word" and with_next[place] < _DOUBT and self._is_bare(token.text)
        )

    def _lattice(
        self, tokens: Sequence[Token], reader: Reader, noise: Noise, doubted: frozenset[int] = frozenset()
    ) -> tuple[Lattice, list[int]]:
        """Candidates of all tokens and stops in order, and each token's position among them."""
        starts, ids, log_p, places = [0], [], [], []
        flags: list[int] = []
        shouting = shouting_lines(tokens)
        for at, (token, flag) in enumerate(zip(tokens, name_flags(tokens, shouting), strict=True)):
            if token.stop_before:
                ids.append(BREAK)
                log_p.append(0.0)
                starts.append(len(ids))
                flags.append(NO_NAME)
            places.append(len(starts) - 1)
            flags.append(flag)
            within = token.kind == "word" and not token.stop_before and not shouting[token.line]
            case = self._case.costs(token.text) if within and self._case else None
            found = self._candidates.of(token, reader, noise)
            for number, p in (
                [*found, *self._candidates.beside(token.text, noise)] if at in doubted else found
            ):
                ids.append(number)
                log_p.append(p + case[number] if case and number >= len(SPECIALS) else p)
            starts.append(len(ids))
        lattice = Lattice(
            np.array(starts, dtype=np.int64),
            np.array(ids, dtype=np.uint64),
            np.array(log_p, dtype=np.float32),
            np.array(flags, dtype=np.uint8),
        )
        return lattice, places

    def _remembering(
        self,
        tokens: Sequence[Token],
        lattice: Lattice,
        places: Sequence[int],
        chosen: np.ndarray,
        judge: Judge,
    ) -> Lattice:
        """`lattice` with the words raised that are surely read elsewhere in the text."""
        odds = self._odds(lattice, places, chosen, judge)
        sure = Counter(
            int(lattice.ids[chosen[place]])
            for token, place in zip(tokens, places, strict=True)
            if token.kind == "word" and place in odds and odds[place][0] >= SURE
        )
        raised = np.zeros(len(self._model.vocabulary), dtype=np.float32)
        for number, more in self._memory.recall(
            {n: k for n, k in sure.items() if n >= len(SPECIALS)}
        ).items():
            raised[number] = more
        return replace(lattice, log_p=lattice.log_p + raised[lattice.ids])

    def _without_misread_figures(self, tokens: Sequence[Token]) -> list[Token]:
        """`tokens`, where scraps between figures (`52 s2 0`) are fixed: they were figures, not words."""
        out = list(tokens)
        for i, token in enumerate(tokens):
            if token.kind != "word" or len(token.text) > 2 or self._candidates.is_bare(token.text):
                continue
            near = [t for t in (*tokens[max(i - 1, 0) : i], *tokens[i + 1 : i + 2]) if t.line == token.line]
            if near and all(t.kind == "number" for t in near) and near[0].start < token.start:
                out[i] = replace(token, kind="fixed")
        return out

    def _changes(
        self,
        tokens: Sequence[Token],
        lattice: Lattice,
        places: Sequence[int],
        chosen: np.ndarray,
        judge: Judge,
    ) -> list[list[Change]]:
        """The changes of each line."""
        lines: list[list[Change]] = [[] for _ in range(tokens[-1].line + 1)]
        odds = self._odds(lattice, places, chosen, judge)
        shouting = shouting_lines(tokens)
        before: Change | None = None
        for token, place in zip(tokens, places, strict=True):
            if token.kind == "code":
                fixed = repair_code(token.text)
                if fixed != token.text:
                    lines[token.line].append(Change(token.start, token.end, token.text, fixed, 1.0, "", True))
                continue
            if token.kind != "word":
                continue
            change = self._change(token, int(lattice.ids[chosen[place]]), odds.get(place), shouting)
            if token.joined and before is not None:
                change = joined_to(before, change)
                del lines[token.line][-1:]
            before = change
            lines[token.line].append(change)
        return [[change for change in line if change.new != change.old] for line in lines]

    def _change(
        self, token: Token, number: int, odds: tuple[float, int] | None, shouting: Mapping[int, bool]
    ) -> Change:
        """What a word becomes: itself, where nobody knows it."""
        score, rival = odds or (1.0, UNKNOWN)
        new = token.printed or token.text
        if number != UNKNOWN:
            word = self._model.vocabulary[number]
            if word != token.text.lower() or is_syllable(word):  # the capitals of `VietGAP` are its own
                new = recase(token.text, word, shouting[token.line])
        runner_up = "" if rival < len(SPECIALS) else self._model.vocabulary[rival]
        applied = score >= (_MARGIN if self._is_bare(token.text) else _LEAST_MARGIN)
        end = token.end + (len(token.tail) if new != (token.printed or token.text) and has_horn(new) else 0)
        old = (token.printed or token.text) + token.tail[: end - token.end]
        return Change(token.start, end, old, new, round(score, 3), runner_up, applied)

    def _odds(
        self, lattice: Lattice, places: Sequence[int], chosen: np.ndarray, judge: Judge
    ) -> dict[int, tuple[float, int]]:
        """Position → probability of its word among its candidates, and the best other word's number."""
        sizes = np.diff(lattice.starts)
        positions = np.array([p for p in places if sizes[p] > 1], dtype=np.int64)
        if not len(positions):
            return {}
        scores = weigh(lattice, judge, chosen, positions)
        out: dict[int, tuple[float, int]] = {}
        cut = 0
        for position in positions.tolist():
            size = int(sizes[position])
            part = scores[cut : cut + size].tolist()
            cut += size
            mine = int(chosen[position] - lattice.starts[position])
            top = max(part)
            shares = [math.exp(s - top) for s in part]
            rival = max((i for i in range(size) if i != mine), key=part.__getitem__)
            share = shares[mine] / math.fsum(shares)
            out[position] = (share, int(lattice.ids[lattice.starts[position] + rival]))
        return out


def _alone(model: Mixture) -> list[float]:
    known: list[float] = model.alone.tolist()
    return known


def _channel(lexicon: Callable[[], Lexicon], reader: Reader) -> Channel:
    """What letters are read as by a reader of English, or by one of another western language (what others do
    counts a little there)."""
    english = _tables("confusions.json")
    if reader in ("none", "english"):
        return Channel(lexicon(), english)
    western = _tables("western.json")
    for language in LANGUAGES:
        if reader == language:
            own = blended(_of_language(language), western, _OF_OTHERS)
            return Channel(lexicon(), blended(own, english, _OF_ENGLISH_TO_KNOWN))
    return Channel(lexicon(), blended(western, english, _OF_ENGLISH))


def _tables(name: str) -> dict[str, Any]:
    return load_tables([_DATA / name])


def _of_language(language: Language) -> dict[str, Any]:
    """The tables of a language's reader, which say who read a text, too (kept, all would take 16 MB)."""
    return _tables(f"{language}.json")


def _of_one_kind(lines: Sequence[str], kinds: list[Damage], is_bare: Callable[[str], bool]) -> list[Damage]:
    """`kinds`, where text that nobody read, but that is damaged besides, counts as having lost its marks."""
    damaged = [line for line, kind in zip(lines, kinds, strict=True) if kind != "none"]
    if "ocr" not in kinds or not is_plain(damaged, is_bare):
        return kinds
    return ["none" if kind == "none" else "stripped" for kind in kinds]


def _stretches(lines: Sequence[str], kinds: Sequence[Damage], kind: Damage) -> list[tuple[int, int]]:
    """Runs of lines of one kind; lines without letters between them do not part them."""
    out: list[tuple[int, int]] = []
    open_ = False
    for i, (line, found) in enumerate(zip(lines, kinds, strict=True)):
        if found == kind:
            out = [*out[:-1], (out[-1][0], i + 1)] if open_ else [*out, (i, i + 1)]
            open_ = True
        elif any(map(str.isalpha, line)):
            open_ = False
    return out
