"""Train the number reader for a number of minutes, by `python -m` with `--work DIR`.

One process prints strips, one fits. A strip is used a few times over when printing is the slower of the
two. The state is saved every few minutes; the same command goes on where it stopped. `--start` begins with
the weights of an exported network (numbers.onnx) instead of chance ones, at a lower rate.
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

import cv2
import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor, nn

from extract.scan.readers.numbers.alphabet import BLANK
from extract.scan.readers.numbers.train.fonts import find_fonts
from extract.scan.readers.numbers.train.network import Network, averaged
from extract.scan.readers.numbers.train.samples import Strip, padded, strips, validation_set
from extract.scan.readers.numbers.train.start import begin_with

_BATCH = 96
_SORTED = 24  # batches whose strips are sorted by width together
_FRESH = 0.5  # share of new strips, once there are enough to use again
_POOL = 160_000  # strips kept for use again, about 0.6 GB
_CHUNK = 256
_TOP_RATE = 2.5e-3
_GO_ON_RATE = 1.2e-3  # of a network that has learnt before
_DECAY = 0.998
_SAVE_EVERY = 180.0
_WAIT_S = 60  # seconds for strips to come
_MINUTE = 60
_FULL = 255
_GAIN_LOW = 0.75
_GAIN_HIGH = 1.15
_GAMMA_SPREAD = 0.15
_STEP_COLUMNS = 4
_WORST_LOSS = 30.0
_TEST_BATCH = 128
_WARM_UP = 0.04
_FIRST_RATE = 0.05  # of the top rate
_RISE = 0.95
_LAST_RATE = 0.005
_FALL = 0.995
_HALF = 0.5
_AFTER_WARM_UP = 0.96
_WEIGHT_DECAY = 0.02
_CLIP = 5.0
_VALIDATION = 500
_VALIDATED = 800
_QUEUE = 4
_SEED_BITS = 40


@dataclass
class Supply:
    """Strips as they come from the printing process, the newest kept for use again."""

    incoming: mp.Queue[list[Strip]]
    kept: list[Strip] = field(default_factory=list)
    at: int = 0
    printed: int = 0

    def take(self, count: int, rng: Generator) -> list[Strip]:
        """`count` strips: what is new first, as far as `_FRESH` allows, filled up from those kept."""
        fresh: list[Strip] = []
        few = len(self.kept) < 2 * count
        while len(fresh) < (count if few else _FRESH * count):
            try:
                fresh += self.incoming.get(block=few, timeout=_WAIT_S)
            except queue.Empty:
                break
        self._keep(fresh)
        missing = count - len(fresh)
        return fresh[:count] + [self.kept[k] for k in rng.integers(0, len(self.kept), max(0, missing))]

    def _keep(self, fresh: list[Strip]) -> None:
        self.printed += len(fresh)
        for strip in fresh:
            if len(self.kept) < _POOL:
                self.kept.append(strip)
            else:
                self.kept[self.at % _POOL] = strip
                self.at += 1


def _print_forever(folders: list[Path], seed: int, out: mp.Queue[list[Strip]]) -> None:
    cv2.setNumThreads(1)
    supply = strips(find_fonts(folders), np.random.default_rng(seed))
    while True:
        out.put([next(supply) for _ in range(_CHUNK)])


def shaken(batch: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], rng: Generator) -> Tensor:
    """The batch as float ink, each strip a little lighter or darker, shifted by a pixel, and noisy."""
    ink = torch.from_numpy(batch).float().div_(_FULL)
    count = ink.shape[0]
    gain = torch.from_numpy(rng.uniform(_GAIN_LOW, _GAIN_HIGH, (count, 1, 1, 1)).astype(np.float32))
    power = torch.from_numpy(np.exp(rng.normal(0, _GAMMA_SPREAD, (count, 1, 1, 1))).astype(np.float32))
    ink = (ink.pow(power) * gain).clamp_(0, 1)
    return torch.roll(ink, (int(rng.integers(-1, 2)), int(rng.integers(-1, 2))), (2, 3))


def batch_loss(network: nn.Module, ink: Tensor, batch: list[Strip]) -> Tensor:
    """CTC's mean negative log-likelihood of the batch's labels."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(ink)
    steps = torch.tensor([s.ink.shape[1] // _STEP_COLUMNS for s in batch])
    labels = torch.tensor([c for s in batch for c in s.label], dtype=torch.long)
    lengths = torch.tensor([len(s.label) for s in batch])
    chances = scores.float().log_softmax(2).permute(1, 0, 2)
    per_strip = nn.functional.ctc_loss(chances, labels, steps, lengths, BLANK, "none", zero_infinity=True)
    return (per_strip.clamp(max=_WORST_LOSS)).mean()


def greedy_exact(network: nn.Module, validation: list[Strip]) -> float:
    """The share of strips whose best path gives the label."""
    network.eval()
    right = 0
    ordered = sorted(validation, key=lambda s: s.ink.shape[1])
    with torch.no_grad():
        for start in range(0, len(ordered), _TEST_BATCH):
            batch = ordered[start : start + _TEST_BATCH]
            best = network(torch.from_numpy(padded(batch)).float().div_(_FULL)).argmax(2).numpy()
            for strip, steps in zip(batch, best):
                path = steps[: strip.ink.shape[1] // _STEP_COLUMNS]
                kept = path[np.flatnonzero(np.diff(path, prepend=-1))]
                right += tuple(int(c) for c in kept if c != BLANK) == strip.label
    network.train()
    return right / len(ordered)


def _rate(top: float, progress: float) -> float:
    """Warm up over 4 % of the time, then half a cosine down to 1/200 of `top`."""
    if progress < _WARM_UP:
        return top * (_FIRST_RATE + _RISE * progress / _WARM_UP)
    return top * (
        _LAST_RATE
        + _FALL * _HALF * (1 + math.cos(math.pi * min(1.0, (progress - _WARM_UP) / _AFTER_WARM_UP)))
    )


@dataclass
class Run:
    """A training run's state: what is saved, and found again by the next call."""

    network: Network
    average: torch.optim.swa_utils.AveragedModel
    optimizer: torch.optim.Optimizer
    top_rate: float = _TOP_RATE
    used: float = 0.0  # processor seconds of the fitting process
    seen: int = 0  # strips

    @staticmethod
    def start_or_resume(state: Path, start: Path | None, some: Tensor) -> Run:
        """The run saved at `state`, or a new one: from the exported network `start` where it is given
        (`some` ink shows what its layers see), else from chance weights."""
        network = Network()
        if start is not None:
            begin_with(network, start, some)
        network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        average = averaged(network, _DECAY)
        optimizer = torch.optim.AdamW(network.parameters(), lr=_TOP_RATE, weight_decay=_WEIGHT_DECAY)
        run = Run(network, average, optimizer, _TOP_RATE if start is None else _GO_ON_RATE)
        if state.exists():
            saved = torch.load(state)
            network.load_state_dict(saved["network"])
            average.load_state_dict(saved["average"])
            optimizer.load_state_dict(saved["optimizer"])
            run.used, run.seen = saved["used"], saved["seen"]
        return run

    def save(self, state: Path) -> None:
        parts = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "used": self.used,
            "seen": self.seen,
        }
        torch.save(parts, state.with_suffix(".new"))
        state.with_suffix(".new").replace(state)

    def step(self, batch: list[Strip], progress: float, rng: Generator) -> float:
        """One update with `batch`; gives its loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = _rate(self.top_rate, progress)
        loss = batch_loss(self.network, shaken(padded(batch), rng), batch)
        self.optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self.optimizer.step()
        self.average.update_parameters(self.network)
        self.seen += len(batch)
        return loss.item()


def fit(folders: list[Path], work: Path, minutes: float, seed: int, start: Path | None = None) -> None:
    """Train until `minutes` of the processor are used up, over all calls with this `work` folder."""
    torch.manual_seed(seed)
    rng = np.random.default_rng([seed, int(time.time())])
    validation = [s for part in validation_set(folders, _VALIDATION) for s in part]
    some = (
        torch.from_numpy(padded(sorted(validation, key=lambda s: s.ink.shape[1])[:_VALIDATED]))
        .float()
        .div_(_FULL)
    )
    run = Run.start_or_resume(work / "state.pt", start, some)
    incoming: mp.Queue[list[Strip]] = mp.Queue(_QUEUE)
    printing = (folders, int(rng.integers(1 << _SEED_BITS)), incoming)
    printer = mp.Process(target=_print_forever, args=printing, daemon=True)
    printer.start()
    supply = Supply(incoming)
    before, started, saved_at = run.used, time.process_time(), time.time()
    losses: list[float] = []
    while run.used < minutes * _MINUTE:
        pool = sorted(supply.take(_BATCH * _SORTED, rng), key=lambda s: s.ink.shape[1])
        for k in rng.permutation(_SORTED):
            losses.append(run.step(pool[k * _BATCH : (k + 1) * _BATCH], run.used / (minutes * _MINUTE), rng))
        run.used = before + time.process_time() - started
        if time.time() - saved_at > _SAVE_EVERY or run.used >= minutes * _MINUTE:
            saved_at = time.time()
            run.save(work / "state.pt")
            exact = greedy_exact(run.average, validation)
            _report(f"{run.used / _MINUTE:.1f} min, {run.seen} seen, {supply.printed} printed, "
                    f"loss {np.mean(losses):.4f}, validation {exact:.4f}")  # fmt: skip
            losses.clear()
    printer.terminate()


def _report(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where the state is kept")
    parser.add_argument("--fonts", type=Path, nargs="+", default=[Path("/usr/share/fonts")])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="an exported network to go on from")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    fit(args.fonts, args.work, args.minutes, args.seed, args.start)


if __name__ == "__main__":
    main()
