"""The network: strip of ink in, scores of signs every four columns out."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor, nn

from extract.scan.readers.letters.alphabet import N_CLASSES
from extract.scan.readers.numbers.train.network import layer

_FAR = 9  # steps over which a block of the line looks
_DROPPED = 0.05


class Sizes(NamedTuple):
    """Channels where the picture has a half, a quarter, an eighth and a sixteenth of its rows and where it
    has one, and blocks at each but the first."""

    stem: int = 32
    fine: int = 64
    middle: int = 112
    coarse: int = 176
    wide: int = 256
    fine_blocks: int = 2
    middle_blocks: int = 2
    coarse_blocks: int = 1
    line_blocks: int = 5

    @classmethod
    def parsed(cls, text: str) -> Sizes:
        """From numbers with commas between. Raises ValueError for other than nine."""
        numbers = [int(part) for part in text.split(",")]
        if len(numbers) != len(cls._fields):
            raise ValueError(f"{text} is not {len(cls._fields)} numbers")
        return cls(*numbers)


class _Block(nn.Module):
    """Each channel over its neighbourhood, then the channels together through twice as many (a residual
    block after Liu et al. 2022, with batch normalisation, which costs nothing once trained)."""

    def __init__(self, channels: int, kernel: tuple[int, int]) -> None:
        super().__init__()
        pad = (kernel[0] // 2, kernel[1] // 2)
        self.near = nn.Conv2d(channels, channels, kernel, padding=pad, groups=channels, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        self.up = nn.Conv2d(channels, 2 * channels, 1)
        self.act = nn.ReLU(inplace=True)
        self.down = nn.Conv2d(2 * channels, channels, 1, bias=False)
        self.out = nn.BatchNorm2d(channels)

    def forward(self, steps: Tensor) -> Tensor:
        changed: Tensor = self.out(self.down(self.act(self.up(self.norm(self.near(steps))))))
        return steps + changed


class Network(nn.Module):
    """(N, 1, 48, W) ink in 0..1 → (N, W // 4, classes) scores before the softmax."""

    def __init__(self, sizes: Sizes = Sizes(), classes: int = N_CLASSES) -> None:  # noqa: B008
        super().__init__()
        self.sizes = sizes
        stem, fine, middle, coarse, wide = sizes[:5]
        self.body = nn.Sequential(
            layer(1, stem, (3, 3), (2, 2), (1, 1)),
            layer(stem, fine, (3, 3), (2, 2), (1, 1)),
            *(_Block(fine, (3, 3)) for _ in range(sizes.fine_blocks)),
            layer(fine, middle, (3, 3), (2, 1), (1, 1)),
            *(_Block(middle, (3, 3)) for _ in range(sizes.middle_blocks)),
            layer(middle, coarse, (3, 3), (2, 1), (1, 1)),
            *(_Block(coarse, (3, 5)) for _ in range(sizes.coarse_blocks)),
            layer(coarse, wide, (3, 3), (1, 1), (0, 1)),
        )
        self.line = nn.Sequential(*(_Block(wide, (1, _FAR)) for _ in range(sizes.line_blocks)))
        self.drop = nn.Dropout2d(_DROPPED)
        self.out = nn.Conv2d(wide, classes, 1)

    def forward(self, ink: Tensor) -> Tensor:
        steps = self.line(self.body(ink))
        scores: Tensor = self.out(self.drop(steps))[:, :, 0].permute(0, 2, 1)
        return scores
