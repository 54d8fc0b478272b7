"""Trains the network that looks at what stands around a word (`context.py`) and writes `context.npz`.

    python -m normalize.diacritics.train.fit_context CORPUS.txt.xz TEXTS_DIR DATA_DIR [--device cuda]

TEXTS_DIR holds texts of packages, a line a sentence (`package_texts`); DATA_DIR/everyday.npz gives the
vocabulary. Needs torch (the extra `train`). It trains for `--seconds`, its rate falling to nothing; with
`--refine` mostly on what is written for everyday registers, with `--go-on` from the weights that are there. A
GPU takes 38 steps a second. A step takes two cores a minute or, with `--rows .05`, three seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from normalize.diacritics.channel import load_tables
from normalize.diacritics.context import (
    FAR,
    FAR_SCALE,
    PIECES,
    ContextNetwork,
    bare_forms,
    load_network,
    pack_network,
)
from normalize.diacritics.lm import load_model
from normalize.diacritics.spelling import CODE
from normalize.diacritics.train.context_texts import Text, read_text, strange_words, texts_of
from normalize.diacritics.train.damage_words import Damager, Forms, forms_of

# Sizes of the embedding of a word, of the state at each place, of a block's hidden layer, of what is
# compared; how far to each side each block looks.
_EMBEDDED, _STATE, _UNITS, _OUT = 96, 192, 384, 96
_REACHES = (1, 1, 2, 3, 5, 8)
_LENGTH = 128  # words of a stretch
# Shares of stretches that lost their marks, that OCR read, and that it read but for most words.
_BARE, _READ, _HALF_READ = 0, 1, 2
_KINDS = (0.5, 0.35, 0.15)
_SOUND_OF_HALF, _SLIPS_OF_BARE, _CAPITAL_FORMS = 0.6, 0.015, 0.8
_OTHER = 0.03  # share of words that are others than they were
_SMALL_FORMS, _LARGE_FORMS = 160, 48
_WARM, _DECAY = 60, 0.05
_CLIPPED = 1.0
_SEED = 5
_TOLD_EVERY = 500
_TABLES = ("confusions.json", "western.json")  # two of three damaged forms are the first's


@dataclass(frozen=True, slots=True)
class Plan:
    """A run: stretches of each text in a batch; the rate, and the share of the time after which it falls; the
    shares of words that are hidden, and of units that are dropped."""

    rows: Mapping[str, int]
    rate: float
    steady: float
    hidden: float
    dropped: float


FIRST = Plan({"law": 120, "packages": 34, "made": 30, "told": 60, "compounds": 12}, 2e-3, 0.35, 0.10, 0.10)
# What is written for everyday registers counts three times as much, and less of it is learnt by heart.
REFINED = Plan({"law": 60, "packages": 40, "made": 34, "told": 104, "compounds": 18}, 1e-3, 0.0, 0.15, 0.20)


class Network(nn.Module):
    """The same as `ContextNetwork.look` for many stretches at once, its weights under the same names."""

    def __init__(self, kinds: int, words: int, dropped: float, reaches: tuple[int, ...] = _REACHES) -> None:
        super().__init__()
        self.dropped = dropped
        chance = torch.Generator().manual_seed(_SEED)

        def drawn(rows: int, columns: int, size: float) -> nn.Parameter:
            return nn.Parameter(torch.randn(rows, columns, generator=chance) * size)

        self.grams, self.whole = drawn(PIECES, _EMBEDDED, 0.1), drawn(kinds, _EMBEDDED, 0.1)
        self.capitals = drawn(3, _STATE, 0.1)
        self.enter = drawn(_EMBEDDED, _STATE, float(_EMBEDDED**-0.5))
        self.enter_bias = nn.Parameter(torch.zeros(_STATE))
        self.far = drawn(2 * _EMBEDDED, _STATE, 0.3 * float((2 * _EMBEDDED) ** -0.5))
        self.reaches = reaches
        for n in range(len(reaches)):
            setattr(self, f"a{n}", drawn(3 * _STATE, _UNITS, float((3 * _STATE) ** -0.5)))
            setattr(self, f"a{n}_bias", nn.Parameter(torch.zeros(_UNITS)))
            setattr(self, f"b{n}", drawn(_UNITS, _STATE, 0.5 * float(_UNITS**-0.5)))
        self.leave = drawn(_STATE, _OUT, float(_STATE**-0.5))
        self.leave_bias = nn.Parameter(torch.zeros(_OUT))
        self.word, self.word_bias = drawn(words, _OUT, 0.1), nn.Parameter(torch.zeros(words))

    def forward(self, grams: Tensor, whole: Tensor, capitals: Tensor, hidden: Tensor) -> Tensor:
        """What is seen at each place: (stretches, places, `_OUT`)."""
        rows, size, most = grams.shape
        summed = functional.embedding_bag(
            grams.reshape(rows * size, most), self.grams, mode="sum", padding_idx=0
        ).reshape(rows, size, -1)
        count = (grams > 0).sum(-1, keepdim=True).clamp(min=1)
        looks = (summed / count.sqrt() + functional.embedding(whole, self.whole)) * ~hidden[..., None]
        looks = functional.dropout(looks, self.dropped, self.training)
        # A product: a GPU sums the gradient of a row that is taken ten thousand times over one by one.
        shown = functional.one_hot(capitals, len(self.capitals)).to(looks.dtype) @ self.capitals
        state = looks @ self.enter + self.enter_bias + shown + _around(looks) @ self.far
        for n, reach in enumerate(self.reaches):
            level = _levelled(state)
            wide = functional.pad(level, (0, 0, reach, reach))
            beside = torch.cat([wide[:, :size], level, wide[:, 2 * reach : 2 * reach + size]], -1)
            units = functional.relu(beside @ getattr(self, f"a{n}") + getattr(self, f"a{n}_bias"))
            state = state + functional.dropout(units, self.dropped, self.training) @ getattr(self, f"b{n}")
        seen: Tensor = _levelled(state) @ self.leave + self.leave_bias
        return seen


def _levelled(state: Tensor) -> Tensor:
    return state * torch.rsqrt((state.float() ** 2).mean(-1, keepdim=True) + 1e-3).to(state.dtype)


def _around(looks: Tensor) -> Tensor:
    size = looks.shape[1]
    sums = functional.pad(looks.cumsum(1), (0, 0, 1, 0))
    at = torch.arange(size, device=looks.device)
    before = sums[:, at] - sums[:, (at - FAR).clamp(min=0)]
    behind = sums[:, (at + 1 + FAR).clamp(max=size)] - sums[:, at + 1]
    return torch.cat([before, behind], -1) / float(FAR_SCALE)


@dataclass(frozen=True)
class Batches:
    """Draws batches from texts; all lies on one device."""

    texts: Mapping[str, tuple[Tensor, Tensor]]
    grams: Tensor
    whole: Tensor
    small: int
    large: int
    words: int
    chance: torch.Generator

    @classmethod
    def of(cls, texts: Mapping[str, Text], forms: Forms, words: int, device: torch.device) -> Batches:
        """`words`: how many the vocabulary has."""
        on = {
            name: (
                torch.from_numpy(text.words.astype(np.int64)).to(device),
                torch.from_numpy(text.capitals.astype(np.int64)).to(device),
            )
            for name, text in texts.items()
        }
        grams, whole = torch.from_numpy(forms.grams).to(device), torch.from_numpy(forms.whole).to(device)
        chance = torch.Generator(device=device).manual_seed(_SEED)
        return cls(on, grams, whole, forms.small, forms.large, words, chance)

    def draw(
        self, rows: Mapping[str, int], hidden: float
    ) -> tuple[tuple[Tensor, Tensor, Tensor, Tensor], Tensor, Tensor]:
        """What the network is shown; the words (stretches, places), and which of them count."""
        cut = [self._cut(*self.texts[name], count) for name, count in rows.items()]
        words, capitals = (torch.cat(parts) for parts in zip(*cut, strict=True))
        other = torch.randint(CODE + 1, self.words, words.shape, generator=self.chance, device=words.device)
        shown = torch.where(self._share(words, _OTHER), other, words)
        form = self._forms(capitals)
        counts = (words > CODE) & (words < self.words) & (shown == words)
        lost = self._share(words, hidden)
        seen = self.grams[shown, form].long(), self.whole[shown, form].long(), capitals, lost
        return seen, words, counts

    def _cut(self, words: Tensor, capitals: Tensor, count: int) -> tuple[Tensor, Tensor]:
        begins = torch.rand(count, generator=self.chance, device=words.device) * (len(words) - _LENGTH)
        at = begins.long()[:, None] + torch.arange(_LENGTH, device=words.device)
        return words[at], capitals[at]

    def _forms(self, capitals: Tensor) -> Tensor:
        kinds = torch.tensor(_KINDS, device=capitals.device).expand(len(capitals), len(_KINDS))
        kind = torch.multinomial(kinds, 1, generator=self.chance).expand_as(capitals)
        small = 2 + self._below(capitals, self.small)
        large = 2 + self.small + self._below(capitals, self.large)
        read = torch.where((capitals > 0) & self._share(capitals, _CAPITAL_FORMS), large, small)
        sound = self._below(capitals, 2)
        half = torch.where(self._share(capitals, _SOUND_OF_HALF), sound, read)
        bare = torch.where(self._share(capitals, _SLIPS_OF_BARE), read, torch.zeros_like(read))
        return torch.where(kind == _BARE, bare, torch.where(kind == _HALF_READ, half, read))

    def _below(self, like: Tensor, number: int) -> Tensor:
        return torch.randint(0, number, like.shape, generator=self.chance, device=like.device)

    def _share(self, like: Tensor, share: float) -> Tensor:
        return torch.rand(like.shape, generator=self.chance, device=like.device) < share


def loss_of(network: Network, batch: tuple[tuple[Tensor, ...], Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """The mean of -ln P of the words that count, among all words, and the share that are likeliest."""
    seen, words, counts = batch
    at = counts.reshape(-1).nonzero()[:, 0]
    out = network(*seen).reshape(-1, _OUT)[at]
    scores = (out @ network.word.T + network.word_bias).float()
    told = words.reshape(-1)[at]
    return functional.cross_entropy(scores, told), (scores.argmax(1) == told).float().mean()


def rate_of(plan: Plan, step: int, done: float) -> float:
    """Rises for some steps, stays, and falls to nothing; `done` (0..1) of the time is over."""
    falling = 1.0 if done < plan.steady else max(0.0, 1.0 - done) / (1.0 - plan.steady)
    return plan.rate * min(1.0, (step + 1) / _WARM) * falling


def fit(network: Network, batches: Batches, plan: Plan, seconds: float) -> None:
    """Trains in place for so long."""
    tables = {id(weights) for weights in (network.word, network.grams, network.whole)}
    deep = [p for p in network.parameters() if p.ndim > 1 and id(p) not in tables]
    others = [p for p in network.parameters() if p.ndim < 2 or id(p) in tables]
    groups = [{"params": deep, "weight_decay": _DECAY}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98))
    device = network.word.device.type
    network.train()
    began, step = time.monotonic(), 0
    while (done := (time.monotonic() - began) / seconds) < 1.0:
        for group in optimizer.param_groups:
            group["lr"] = rate_of(plan, step, done)
        batch = batches.draw(plan.rows, plan.hidden)
        with torch.autocast(device, dtype=torch.bfloat16):
            loss, right = loss_of(network, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), _CLIPPED)
        optimizer.step()
        step += 1
        if step % _TOLD_EVERY == 0:
            sys.stderr.write(f"{step}: {loss.item():.4f} nats, {right.item():.4f} right\n")


def go_on_from(kept: ContextNetwork, network: Network, vocabulary: Sequence[str]) -> None:
    """Gives `network`, of a vocabulary that may be another, the weights of one trained before; words and
    forms that it lacked begin as they are."""
    known = {name: torch.from_numpy(values) for name, values in kept.weights.items()}
    state = network.state_dict()
    words = {word: row for row, word in enumerate(kept.vocabulary)}
    for tables, old, new in (
        (("word", "word_bias"), words, {word: row for row, word in enumerate(vocabulary)}),
        (("whole",), bare_forms(kept.vocabulary), bare_forms(vocabulary)),
    ):
        shared = [(old[key], row) for key, row in new.items() if key in old]
        of, to = (torch.tensor(rows) for rows in zip(*shared, strict=True))
        for name in tables:
            state[name][to] = known.pop(name)[of]
    network.load_state_dict(state | known)


def weights_of(network: Network) -> dict[str, np.ndarray]:
    return {name: values.float().cpu().numpy() for name, values in network.state_dict().items()}


def main() -> None:
    """Trains and writes `context.npz`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seconds", type=float, default=420.0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--rows", type=float, default=1.0, help="how many times the stretches of a batch")
    parser.add_argument("--go-on", action="store_true", help="begin with DATA_DIR/context.npz")
    parser.add_argument("--refine", action="store_true", help="the same, mostly on everyday registers")
    args = parser.parse_args()
    device, path = torch.device(args.device), args.data / "context.npz"
    kept = load_network(path) if args.refine or args.go_on else None
    vocabulary = load_model(args.data / "everyday.npz").vocabulary
    lines = texts_of(args.corpus, args.texts)
    strange = strange_words(lines, vocabulary)
    number = {word: n for n, word in enumerate([*vocabulary, *strange])}
    texts = {name: read_text(told, number) for name, told in lines.items()}
    english, western = (Damager(load_tables([args.data / name])) for name in _TABLES)
    forms = forms_of(vocabulary, strange, [english, english, western], _SMALL_FORMS, _LARGE_FORMS)
    plan = REFINED if args.refine else FIRST
    network = Network(1 + len(bare_forms(vocabulary)), len(vocabulary), plan.dropped)
    if kept:
        go_on_from(kept, network, vocabulary)
    network.to(device)
    rows = {name: max(1, round(count * args.rows)) for name, count in plan.rows.items()}
    batches = Batches.of(texts, forms, len(vocabulary), device)
    fit(network, batches, replace(plan, rows=rows), args.seconds)
    pack_network(ContextNetwork(vocabulary, weights_of(network), _REACHES), path)


if __name__ == "__main__":
    main()
