"""Train the letter reader for a number of minutes, by `python -m` with `--work DIR`.

Processes print strips, one fits, on a GPU where there is one. A batch is used a few times over, shaken
anew each time, when printing is the slower of the two. `--resume` goes on with the weights saved in DIR.
With `--taught-by WEIGHTS` a network trained before says of each step what it holds for likely (`taught.py`).
Several `--sizes` are fitted side by side on the same strips, the second's state in `state-2.pt`.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing as mp
import queue
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import torch
from numpy.random import Generator
from rapidfuzz.distance import Levenshtein
from torch import Tensor, nn

from extract.scan.readers.letters.alphabet import BLANK, decode
from extract.scan.readers.letters.prepare import STEP
from extract.scan.readers.letters.train.network import Network, Sizes
from extract.scan.readers.letters.train.samples import strips
from extract.scan.readers.letters.train.taught import Taught, Teacher, taught_loss
from extract.scan.readers.letters.train.texts import Texts
from extract.scan.readers.numbers.train.fonts import find_fonts
from extract.scan.readers.numbers.train.network import averaged
from extract.scan.readers.numbers.train.samples import Strip, padded

_BATCH = 128
_SORTED = 4  # batches whose strips are sorted by width together
_POOL = 3_000  # batches kept for use again
_FRESH = 0.34  # of the batches, at least, once there are enough
_TOP_RATE = 2.2e-3
_DECAY = 0.9985
_WEIGHT_DECAY = 0.02
_WARM_UP = 0.03
_CLIP = 2.0
_VALIDATED = 2_000
_REPORT_S = 20.0
_WAIT_S = 120  # seconds for a batch to come
_FULL = 255.0
_TAUGHT = 1.5  # what was taught counts so much beside what was printed, a step against a sign

Paths = tuple[Path, Path, Path, Path | None]


@dataclass(frozen=True)
class Batch:
    """Strips of like width: ink (N, 1, 48, W) uint8, their steps, classes one after the other, how many."""

    ink: npt.NDArray[np.uint8]
    steps: tuple[int, ...]
    labels: tuple[int, ...]
    lengths: tuple[int, ...]
    taught: Taught | None = None

    @classmethod
    def of(cls, own: list[Strip], teacher: Teacher | None = None) -> Batch:
        ink = padded(own)
        return cls(
            ink,
            tuple(s.ink.shape[1] // STEP for s in own),
            tuple(c for s in own for c in s.label),
            tuple(len(s.label) for s in own),
            teacher.of(own, ink.shape[3] // STEP) if teacher else None,
        )


def _print_forever(paths: Paths, seed: int, out: mp.Queue[Batch]) -> None:
    cv2.setNumThreads(1)
    corpus, names, fonts, weights = paths
    teacher = Teacher.load(weights) if weights else None
    supply = strips(Texts.load(corpus, names), find_fonts([fonts]), np.random.default_rng(seed))
    while True:
        own = sorted((next(supply) for _ in range(_SORTED * _BATCH)), key=lambda s: s.ink.shape[1])
        for start in np.random.default_rng().permutation(_SORTED) * _BATCH:
            out.put(Batch.of(own[start : start + _BATCH], teacher))


class Supply:
    """Batches as they come from the printing processes, the newest kept for use again."""

    def __init__(self, incoming: mp.Queue[Batch]) -> None:
        self._incoming, self.printed = incoming, 0
        self._kept: list[Batch] = []

    def take(self, rng: Generator) -> Batch:
        """A new batch where one is there or is due, else one of those kept."""
        due = len(self._kept) < 8 or rng.random() < _FRESH
        try:
            batch: Batch = self._incoming.get(block=due, timeout=_WAIT_S)
        except queue.Empty:
            return self._kept[int(rng.integers(len(self._kept)))]
        if len(self._kept) < _POOL:
            self._kept.append(batch)
        else:
            self._kept[self.printed % _POOL] = batch
        self.printed += 1
        return batch


def shaken(batch: Batch, device: torch.device, rng: Generator) -> Tensor:
    """The batch as float ink: lighter or darker, shifted by a pixel or two, a little noisy."""
    ink = torch.from_numpy(batch.ink).to(device, non_blocking=True).float().div_(_FULL)
    count = ink.shape[0]
    gain = torch.empty(count, 1, 1, 1, device=device).uniform_(0.75, 1.15)
    power = torch.empty(count, 1, 1, 1, device=device).normal_(0, 0.2).exp_()
    ink = ink.pow(power).mul_(gain)
    if rng.random() < 0.5:
        ink = ink + torch.randn_like(ink) * float(rng.uniform(0, 0.08))
    shift = (int(rng.integers(-2, 3)), int(rng.integers(-2, 3)))
    return torch.roll(ink.clamp_(0, 1), shift, (2, 3))


def batch_loss(network: nn.Module, batch: Batch, device: torch.device, rng: Generator) -> Tensor:
    """CTC's negative log-likelihood of the batch's labels, the mean of their signs, and what was taught."""
    with torch.autocast(device.type, torch.bfloat16):
        scores = network(shaken(batch, device, rng))
    likely = scores.float().log_softmax(2)
    chances = likely.permute(1, 0, 2)
    labels = torch.tensor(batch.labels, dtype=torch.long, device=device)
    steps, lengths = torch.tensor(batch.steps), torch.tensor(batch.lengths)
    each = nn.functional.ctc_loss(
        chances, labels, steps.to(device), lengths.to(device), BLANK, "none", zero_infinity=True
    )
    told = (each / lengths.to(device).clamp(min=4)).clamp(max=8).mean()
    return told if batch.taught is None else told + _TAUGHT * taught_loss(likely, batch.taught)


@dataclass
class Pupil:
    """A network that is fitted, its slow average (the one that is kept), where its state is saved."""

    network: Network
    state: Path
    device: torch.device
    losses: list[Tensor] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.network.to(self.device)
        self.average = averaged(self.network, _DECAY)
        self._optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=_TOP_RATE, weight_decay=_WEIGHT_DECAY
        )

    def resume(self) -> None:
        self.average.load_state_dict(torch.load(self.state, map_location=self.device)["average"])
        self.network.load_state_dict(self.average.module.state_dict())

    def learn(self, batch: Batch, step_rate: float, rng: Generator) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = step_rate
        loss = batch_loss(self.network, batch, self.device, rng)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self._optimizer.step()
        self.average.update_parameters(self.network)
        self.losses.append(loss.detach())

    def lost(self) -> float:
        """The mean loss since it was asked for last."""
        mean = float(torch.stack(self.losses).mean())
        self.losses = []
        return mean

    def save(self) -> None:
        self.state.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"average": self.average.state_dict(), "sizes": tuple(self.network.sizes)}, self.state)


def rate(progress: float) -> float:
    """Warm up, then half a cosine down to 1/100 of the top rate."""
    if progress < _WARM_UP:
        return _TOP_RATE * (0.05 + 0.95 * progress / _WARM_UP)
    fall = (progress - _WARM_UP) / (1 - _WARM_UP)
    return _TOP_RATE * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, fall))))


def judged(network: nn.Module, sample: list[Strip], device: torch.device) -> dict[str, float]:
    """Errors a sign, and the share of strips that are wholly right, by how the strips were worn."""
    network.eval()
    edits: dict[str, list[tuple[int, int]]] = {}
    ordered = sorted(sample, key=lambda s: s.ink.shape[1])
    with torch.no_grad():
        for start in range(0, len(ordered), _BATCH):
            own = ordered[start : start + _BATCH]
            ink = torch.from_numpy(padded(own)).to(device).float().div_(_FULL)
            best = network(ink).argmax(2).cpu().numpy()
            for strip, path in zip(own, best):
                path = path[: strip.ink.shape[1] // STEP]
                read = " ".join(
                    decode(int(c) for c in path[np.flatnonzero(np.diff(path, prepend=-1))]).split()
                )
                edits.setdefault(strip.wear, []).append(
                    (Levenshtein.distance(read, strip.text), len(strip.text))
                )
    network.train()
    out = {}
    for wear, found in sorted(edits.items()):
        out[f"{wear} errors"] = round(sum(e for e, _ in found) / sum(n for _, n in found), 4)
        out[f"{wear} exact"] = round(sum(e == 0 for e, _ in found) / len(found), 4)
    return out


def _pupils(args: argparse.Namespace, device: torch.device) -> list[Pupil]:
    found = []
    for number, sizes in enumerate(args.sizes or [Sizes()], start=1):
        name = "state.pt" if number == 1 else f"state-{number}.pt"
        found.append(Pupil(Network(sizes), args.work / name, device))
        if args.resume:
            found[-1].resume()
    return found


def _printers(args: argparse.Namespace) -> tuple[list[Any], mp.Queue[Batch]]:
    context = mp.get_context("spawn")
    incoming: mp.Queue[Batch] = context.Queue(64)
    paths: Paths = (args.corpus, args.names, args.fonts, args.taught_by)
    printers = [
        context.Process(target=_print_forever, args=(paths, int(time.time()) * 64 + k, incoming), daemon=True)
        for k in range(args.printers)
    ]
    for printer in printers:
        printer.start()
    return printers, incoming


def fit(pupils: list[Pupil], supply: Supply, seconds: float) -> None:
    """Fit all pupils on the same batches for so long."""
    rng, begin = np.random.default_rng(2), time.monotonic()
    seen, reported = 0, begin
    while (now := time.monotonic()) < begin + seconds:
        batch = supply.take(rng)
        for pupil in pupils:
            pupil.learn(batch, rate((now - begin) / seconds), rng)
        seen += _BATCH
        if now - reported > _REPORT_S:
            lost = " ".join(f"{pupil.lost():.4f}" for pupil in pupils)
            sys.stdout.write(
                f"{now - begin:6.0f} s  {seen} seen  {supply.printed * _BATCH} printed  loss {lost}\n"
            )
            sys.stdout.flush()
            reported = now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=9.0)
    parser.add_argument("--printers", type=int, default=max(1, (mp.cpu_count() or 2) - 1))
    parser.add_argument("--corpus", type=Path, required=True, help="gzipped lines of running text")
    parser.add_argument("--names", type=Path, required=True, help="gzipped names, one a line")
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument(
        "--sizes", type=Sizes.parsed, action="append", help="as in network.Sizes, with commas"
    )
    parser.add_argument("--taught-by", type=Path, help="weights of a network as installed")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--validated", type=int, default=_VALIDATED, help="strips to judge by at the end")
    args = parser.parse_args()
    end = time.monotonic() + 60 * args.minutes
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(1)
    printers, incoming = _printers(args)
    pupils = _pupils(args, device)
    fit(pupils, Supply(incoming), max(1.0, end - time.monotonic()))
    for pupil in pupils:
        pupil.save()
    for printer in printers:
        printer.kill()
    held_out = strips(
        Texts.load(args.corpus, args.names), find_fonts([args.fonts], True), np.random.default_rng(99)
    )
    sample = [next(held_out) for _ in range(args.validated)]
    for pupil in pupils:
        sys.stdout.write(f"{judged(pupil.average.module, sample, device)}\n")


if __name__ == "__main__":
    main()
