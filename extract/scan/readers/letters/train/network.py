"""The network: strip of ink in, scores of signs every four columns out."""

from __future__ import annotations

from torch import Tensor, nn

from extract.scan.readers.letters.alphabet import N_CLASSES
from extract.scan.readers.numbers.train.network import layer

_STEM, _FINE, _MIDDLE, _COARSE, _WIDE = 32, 64, 112, 176, 256
_FAR = 9  # steps over which a block of the line looks
_BLOCKS = 5
_DROPPED = 0.05


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

    def __init__(self, classes: int = N_CLASSES) -> None:
        super().__init__()
        self.body = nn.Sequential(
            layer(1, _STEM, (3, 3), (2, 2), (1, 1)),
            layer(_STEM, _FINE, (3, 3), (2, 2), (1, 1)),
            _Block(_FINE, (3, 3)),
            _Block(_FINE, (3, 3)),
            layer(_FINE, _MIDDLE, (3, 3), (2, 1), (1, 1)),
            _Block(_MIDDLE, (3, 3)),
            _Block(_MIDDLE, (3, 3)),
            layer(_MIDDLE, _COARSE, (3, 3), (2, 1), (1, 1)),
            _Block(_COARSE, (3, 5)),
            layer(_COARSE, _WIDE, (3, 3), (1, 1), (0, 1)),
        )
        self.line = nn.Sequential(*(_Block(_WIDE, (1, _FAR)) for _ in range(_BLOCKS)))
        self.drop = nn.Dropout2d(_DROPPED)
        self.out = nn.Conv2d(_WIDE, classes, 1)

    def forward(self, ink: Tensor) -> Tensor:
        steps = self.line(self.body(ink))
        scores: Tensor = self.out(self.drop(steps))[:, :, 0].permute(0, 2, 1)
        return scores
