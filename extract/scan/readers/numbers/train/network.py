"""The reader's network: strip of ink in, class scores every four columns out."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from extract.scan.readers.numbers.alphabet import N_CLASSES

_CHANNELS = (32, 48, 64, 96, 128, 160)
_SQUARE = 3
_DROPPED = 0.05


def layer(
    inputs: int, outputs: int, kernel: tuple[int, int], stride: tuple[int, int], pad: tuple[int, int]
) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, pad, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Network(nn.Module):
    """(N, 1, 32, W) ink in 0..1 → (N, W // 4, classes) scores before the softmax; 0.57 million weights.

    Seven 2-D convolutions bring the height from 32 to 1 and the width to a quarter; two 1-D ones over the
    neighbouring steps look at five to either side.
    """

    def __init__(self, classes: int = N_CLASSES) -> None:
        super().__init__()
        a, b, c, d, e, f = _CHANNELS
        self.body = nn.Sequential(
            layer(1, a, (_SQUARE, 3), (2, 2), (1, 1)),
            layer(a, b, (_SQUARE, 3), (2, 2), (1, 1)),
            layer(b, c, (_SQUARE, 3), (1, 1), (1, 1)),
            layer(c, d, (_SQUARE, 3), (2, 1), (1, 1)),
            layer(d, d, (_SQUARE, 3), (1, 1), (1, 1)),
            layer(d, e, (_SQUARE, 3), (2, 1), (1, 1)),
            layer(e, f, (2, _SQUARE), (1, 1), (0, 1)),
        )
        self.near = layer(f, f, (1, _SQUARE), (1, 1), (0, 1))
        self.far = layer(f, f, (1, _SQUARE), (1, 1), (0, 1))
        self.drop = nn.Dropout2d(_DROPPED)
        self.out = nn.Conv2d(f, classes, 1)

    def forward(self, ink: Tensor) -> Tensor:
        steps = self.body(ink)
        steps = steps + self.near(steps)
        steps = self.drop(steps + self.far(steps))
        scores: Tensor = self.out(steps)[:, :, 0].permute(0, 2, 1)
        return scores


def averaged(network: nn.Module, decay: float) -> torch.optim.swa_utils.AveragedModel:
    """A slowly following average of the weights (and of the batch statistics): the one that is kept."""
    rule = torch.optim.swa_utils.get_ema_multi_avg_fn(decay)  # type: ignore[no-untyped-call]
    return torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=rule, use_buffers=True)
