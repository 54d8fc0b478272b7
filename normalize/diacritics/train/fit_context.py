"""Trains the network that looks at what stands around a word (`context.py`) and writes `context.npz`.

    python -m normalize.diacritics.train.fit_context CORPUS.txt.xz TEXTS_DIR DATA_DIR [--state FILE]

TEXTS_DIR holds texts of packages, a line a sentence (`package_texts`); DATA_DIR/everyday.npz gives the
vocabulary. In numpy, ten minutes of one core; with `--state` a run that was stopped goes on where it was, and
with `--refine` a finished one learns what was added to the everyday sentences since.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.diacritics.context import (
    CAPITAL,
    CAPITALS,
    FAR,
    FAR_SCALE,
    NEAR,
    SMALL,
    ContextNetwork,
    Floats,
    Ints,
    Words,
    hidden,
    offsets,
    pack_network,
)
from normalize.diacritics.lm import load_model
from normalize.diacritics.spelling import BREAK, CODE, LM_TOKEN, NUMBER, POINT, UNKNOWN, bare, one_spelling
from normalize.diacritics.train.count_ngrams import read_lines
from normalize.diacritics.train.registers import everyday_lines

# Sizes of the embeddings of words in order, in any order, and of the word itself; of the hidden layer; of
# what is compared.
_NEAR_SIZE, _FAR_SIZE, _OWN_SIZE, _HIDDEN, _OUT = 48, 32, 24, 256, 96
# A batch: how many stretches of each text, and how long each is.
_ROWS: Mapping[str, int] = {"law": 3, "everyday": 3, "packages": 2}
_LENGTH = 512
# The same of a run that goes on with more everyday sentences, how often those and templates are told
# (`everyday_lines`), the rate it begins with, and its first batch.
_REFINED_ROWS: Mapping[str, int] = {"law": 2, "everyday": 5, "packages": 1}
_REFINED_LINES = (40, 12_000, 12)
_REFINED_RATE, _REFINED_FROM = 1e-3, 100_000
# One word in so many around is hidden, so that none decides alone.
_HIDDEN_WORDS = 8
_RATE, _WARM, _STEADY = 3e-3, 100, 0.3
_MOMENTUM, _SECOND, _TINY = 0.9, 0.995, 1e-7
_SEED = 5
_NO_WORD = -1

Weights = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Text:
    """Of every token: its letters' number, what its capitals say, its word's place in `Words.order` (-1 where
    it is none)."""

    letters: npt.NDArray[np.int16]
    capitals: npt.NDArray[np.int8]
    words: npt.NDArray[np.int16]


@dataclass(slots=True)
class State:
    """The weights and Adam's moments of each after `steps`."""

    weights: Weights
    first: Weights = field(default_factory=dict)
    second: Weights = field(default_factory=dict)
    steps: int = 0


def read_text(lines: Sequence[str], words: Words) -> Text:
    """The tokens of all lines; a line runs on into a next one in small letters."""
    number = {word: n for n, word in enumerate(words.vocabulary)}
    place = np.argsort(words.order, kind="stable").tolist()
    letters_of = {bare(word): int(words.letters[n]) for word, n in number.items() if n > CODE}
    letters: list[int] = []
    capitals: list[int] = []
    told: list[int] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        shouts = sum(map(str.isupper, line)) > sum(map(str.islower, line))
        for match in LM_TOKEN.finditer(POINT.sub(" ", line)):
            token = match.group()
            shown, word, key = SMALL, _NO_WORD, BREAK
            if token[0].isdigit():
                key = CODE if any(c.isalpha() for c in token) else NUMBER
            elif token[0].isalpha():
                known = one_spelling(token.lower())
                word = place[number[known]] if known in number else _NO_WORD
                key = letters_of.get(bare(known), UNKNOWN)
                shown = SMALL if shouts or token[0].islower() else _capitals(token)
            letters.append(key)
            capitals.append(shown)
            told.append(word)
        if not following[:1].islower():
            letters.append(BREAK)
            capitals.append(SMALL)
            told.append(_NO_WORD)
    return Text(
        np.array(letters, dtype=np.int16), np.array(capitals, dtype=np.int8), np.array(told, dtype=np.int16)
    )


def _capitals(word: str) -> int:
    return CAPITALS if len(word) > 1 and word.isupper() else CAPITAL


def first_weights(words: Words) -> Weights:
    """Small random weights, the same every time."""
    chance = np.random.default_rng(_SEED)
    kinds, every = len(words.starts) - 1, len(words.vocabulary)
    entered = 2 * NEAR * _NEAR_SIZE + 2 * _FAR_SIZE + 3

    def drawn(rows: int, columns: int, size: float) -> Floats:
        return (chance.standard_normal((rows, columns)) * size).astype(np.float32)

    return {
        "near": drawn(kinds, _NEAR_SIZE, 0.1),
        "capitals": drawn(3, _NEAR_SIZE, 0.1),
        "far": drawn(kinds, _FAR_SIZE, 0.1),
        "own": drawn(kinds, _OWN_SIZE, 0.1),
        "gain": drawn(_OWN_SIZE, _HIDDEN, 0.1),
        "in": drawn(entered, _HIDDEN, entered**-0.5),
        "in_bias": np.zeros(_HIDDEN, dtype=np.float32),
        "out": drawn(_HIDDEN, _OUT, _HIDDEN**-0.5),
        "out_bias": np.zeros(_OUT, dtype=np.float32),
        "word": drawn(every, _OUT, 0.05),
        "word_bias": np.zeros(every, dtype=np.float32),
    }


def gradients(weights: Weights, words: Words, batch: Text) -> tuple[Weights, float, float]:
    """Of the mean of -ln P of the words of a batch (stretches, a row each) among those of their letters; that
    mean, and the share of words that are the likeliest."""
    letters, capitals = batch.letters.astype(np.int64), batch.capitals.astype(np.int64)
    seen = hidden(weights, letters, capitals)
    flat = letters.reshape(-1)
    out, loss, right = _of_words(weights, words, seen.out, flat, batch.words.reshape(-1).astype(np.int64))
    wanted = out.pop("seen")
    out["out"], out["out_bias"] = seen.opened.T @ wanted, wanted.sum(axis=0)
    opened = wanted @ weights["out"].T
    gain: Floats = opened * seen.units
    out["gain"] = weights["own"][flat].T @ gain
    out["own"] = _by_letters(gain @ weights["gain"].T, flat, len(weights["own"]))
    units: Floats = opened * seen.gain * (seen.units > 0)
    out["in"], out["in_bias"] = seen.input.T @ units, units.sum(axis=0)
    out.update(_of_input((units @ weights["in"].T).reshape(*letters.shape, -1), weights, letters, capitals))
    return out, loss, right


def _of_words(
    weights: Weights, words: Words, seen: Floats, letters: Ints, told: Ints
) -> tuple[Weights, float, float]:
    sizes = np.diff(words.starts)
    used = np.nonzero((told != _NO_WORD) & (sizes[letters] > 1))[0]
    used = used[np.argsort(letters[used], kind="stable")]
    cuts = np.nonzero(np.diff(letters[used]))[0] + 1
    out = {name: np.zeros_like(weights[name]) for name in ("word", "word_bias")}
    out["seen"] = np.zeros_like(seen)
    loss = right = 0.0
    for at in np.split(used, cuts):
        low, high = words.starts[letters[at[0]]], words.starts[letters[at[0]] + 1]
        rows, known = seen[at], weights["word"][low:high]
        scores = rows @ known.T + weights["word_bias"][low:high]
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        own, each = told[at] - low, np.arange(len(at))
        loss -= float(np.log(shares[each, own] + _TINY).sum())
        right += float((shares.argmax(axis=1) == own).sum())
        shares[each, own] -= 1
        shares /= np.float32(len(used))
        out["word"][low:high] = shares.T @ rows
        out["word_bias"][low:high] = shares.sum(axis=0)
        out["seen"][at] = shares @ known
    return out, loss / len(used), right / len(used)


def _of_input(entered: Floats, weights: Weights, letters: Ints, capitals: Ints) -> Weights:
    rows, size = letters.shape
    near = np.zeros((rows, size + 2 * NEAR, _NEAR_SIZE), dtype=np.float32)
    for n, offset in enumerate(offsets()):
        part = entered[:, :, n * _NEAR_SIZE : (n + 1) * _NEAR_SIZE]
        near[:, NEAR + offset : NEAR + offset + size] += part
    begins = 2 * NEAR * _NEAR_SIZE
    before = _sums(entered[:, :, begins : begins + _FAR_SIZE])
    behind = _sums(entered[:, :, begins + _FAR_SIZE : begins + 2 * _FAR_SIZE])
    at = np.arange(size)
    far = before[:, np.minimum(at + 1 + FAR, size)] - before[:, at + 1]
    far += behind[:, at] - behind[:, np.maximum(at - FAR, 0)]
    far = far.reshape(rows * size, -1)
    own = near[:, NEAR : NEAR + size].reshape(rows * size, -1)
    shown = capitals.reshape(-1)
    return {
        "near": _by_letters(own, letters.reshape(-1), len(weights["near"])),
        "capitals": np.stack([own[shown == n].sum(axis=0) for n in range(3)]),
        "far": _by_letters(far.reshape(rows * size, -1), letters.reshape(-1), len(weights["far"]))
        / FAR_SCALE,
    }


def _sums(values: Floats) -> Floats:
    zero = np.zeros((len(values), 1, values.shape[2]), dtype=np.float32)
    return np.concatenate([zero, np.cumsum(values, axis=1, dtype=np.float32)], axis=1)


def _by_letters(values: Floats, letters: Ints, kinds: int) -> Floats:
    """The sum of the rows of each number of letters."""
    order = np.argsort(letters, kind="stable")
    sorted_ = letters[order]
    begins = np.concatenate([[0], np.nonzero(np.diff(sorted_))[0] + 1])
    out = np.zeros((kinds, values.shape[1]), dtype=np.float32)
    out[sorted_[begins]] = np.add.reduceat(values[order], begins, axis=0)
    return out


def descend(state: State, found: Weights, rate: float) -> None:
    """One step of Adam (Kingma and Ba 2015) in place."""
    state.steps += 1
    fair = (1 - _SECOND**state.steps) ** 0.5 / (1 - _MOMENTUM**state.steps)
    for name, gradient in found.items():
        first = state.first.setdefault(name, np.zeros_like(gradient))
        second = state.second.setdefault(name, np.zeros_like(gradient))
        first += np.float32(1 - _MOMENTUM) * (gradient - first)
        second += np.float32(1 - _SECOND) * (gradient * gradient - second)
        state.weights[name] -= np.float32(rate * fair) * first / (np.sqrt(second) + np.float32(_TINY))


def draw(texts: Mapping[str, Text], step: int, rows: Mapping[str, int] = _ROWS) -> Text:
    """The batch of a step: stretches of each text, some words hidden; the same at every run."""
    chance = np.random.default_rng([_SEED, step])
    cut: list[Text] = []
    for name, count in rows.items():
        text = texts[name]
        for begin in chance.integers(0, len(text.letters) - _LENGTH, count):
            part = slice(begin, begin + _LENGTH)
            cut.append(Text(text.letters[part], text.capitals[part], text.words[part]))
    letters = np.stack([part.letters for part in cut])
    words = np.stack([part.words for part in cut])
    lost = chance.integers(0, _HIDDEN_WORDS, letters.shape) == 0
    letters = np.where(lost, np.int16(UNKNOWN), letters)
    return Text(letters, np.stack([part.capitals for part in cut]), np.where(lost, np.int16(_NO_WORD), words))


def rate_of(step: int, steps: int) -> float:
    """Rises, stays, and falls to nothing."""
    done = step / steps
    falling = 1.0 if done < _STEADY else (1.0 - done) / (1.0 - _STEADY)
    return _RATE * min(1.0, (step + 1) / _WARM) * falling


def fit(state: State, words: Words, texts: Mapping[str, Text], steps: int, until: float) -> None:
    """Trains in place up to `steps`, or till the clock (monotonic seconds) says `until`."""
    told: list[tuple[float, float]] = []
    while state.steps < steps and time.monotonic() < until:
        found, loss, right = gradients(state.weights, words, draw(texts, state.steps))
        descend(state, found, rate_of(state.steps, steps))
        told.append((loss, right))
        if state.steps % 250 == 0:
            loss, right = (float(np.mean(column)) for column in zip(*told, strict=True))
            sys.stderr.write(f"{state.steps}: {loss:.4f} nats, {right:.4f} right\n")
            told = []


def refine(state: State, words: Words, texts: Mapping[str, Text], steps: int) -> None:
    """Trains in place for `steps` more, mostly on everyday text, at a rate that falls to nothing."""
    for done in range(steps):
        found, _, _ = gradients(state.weights, words, draw(texts, _REFINED_FROM + done, _REFINED_ROWS))
        descend(state, found, _REFINED_RATE * (1.0 - done / steps))


def everyday_text(words: Words, *told: int) -> Text:
    lines = everyday_lines(*told)
    random.Random(_SEED).shuffle(lines)
    return read_text(lines, words)


def texts_of(corpus: Path, packages: Path, words: Words) -> dict[str, Text]:
    found = [line for path in sorted(packages.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    law, software = read_text(read_lines(corpus), words), read_text(found, words)
    return {"law": law, "everyday": everyday_text(words), "packages": software}


def main() -> None:
    """Trains and writes `context.npz`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--state", type=Path, help="where a run that is stopped leaves off and goes on")
    parser.add_argument("--refine", type=int, default=0, help="steps more with the everyday sentences of now")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    args = parser.parse_args()
    until = time.monotonic() + args.seconds
    if args.state and args.state.exists():
        words, state, texts = pickle.loads(args.state.read_bytes())
    else:
        words = Words.of(load_model(args.data / "everyday.npz").vocabulary)
        state, texts = State(first_weights(words)), texts_of(args.corpus, args.texts, words)
    fit(state, words, texts, args.steps, until)
    if args.refine:
        refine(state, words, {**texts, "everyday": everyday_text(words, *_REFINED_LINES)}, args.refine)
    if args.state:
        args.state.write_bytes(pickle.dumps((words, state, texts)))
    pack_network(ContextNetwork(words, state.weights), args.data / "context.npz")


if __name__ == "__main__":
    main()
