"""A network that goes on learning from where an exported one stopped."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from extract.scan.readers.numbers.train.network import Network


def begin_with(network: Network, file: Path, some: Tensor) -> None:
    """Give `network` the weights of the exported network in `file`, in place.

    Exporting folds each batch norm into the convolution before it. Here it is taken apart again: the norm
    gets the mean and the spread that the folded convolution has over `some` ink (strips, 1, 32, columns),
    and the scale and shift that undo them, so that the network gives the exported one's scores, whether it
    is reading or learning.
    """
    folded = _convolutions(file)
    layers = [layer for layer in network.modules() if isinstance(layer, nn.Conv2d)]
    if [tuple(layer.weight.shape) for layer in layers] != [tuple(w.shape) for w, _ in folded]:
        raise ValueError(f"{file}: not this network")
    norms = dict(_norms(network))
    network.eval()
    with torch.no_grad():
        for layer, (weight, bias) in zip(layers, folded, strict=True):
            layer.weight.copy_(weight)
            norm = norms.get(layer)
            if norm is None:
                assert layer.bias is not None
                layer.bias.copy_(bias)
            else:
                _undone(norm, _output_of(layer, network, some), bias)


def _convolutions(file: Path) -> list[tuple[Tensor, Tensor]]:
    """Weights and biases of the convolutions in their order, whole numbers times their scales."""
    graph = onnx.load(str(file)).graph
    values = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in values:
            whole, scale = values[node.input[0]], values[node.input[1]]
            values[node.output[0]] = whole * scale.reshape(-1, *[1] * (whole.ndim - 1))
    return [(values[n.input[1]], values[n.input[2]]) for n in graph.node if n.op_type == "Conv"]


def _norms(network: nn.Module) -> list[tuple[nn.Conv2d, nn.BatchNorm2d]]:
    """Each convolution that a batch norm follows, with it."""
    blocks = [block for block in network.modules() if isinstance(block, nn.Sequential)]
    return [
        (a, b)
        for block in blocks
        for a, b in zip(block, list(block)[1:], strict=False)
        if isinstance(a, nn.Conv2d) and isinstance(b, nn.BatchNorm2d)
    ]


def _output_of(layer: nn.Conv2d, network: Network, some: Tensor) -> Tensor:
    """What `layer` gives while the network reads `some`."""
    seen: list[Tensor] = []
    hook = layer.register_forward_hook(lambda _module, _inputs, output: seen.append(output))
    network(some)
    hook.remove()
    return seen[0]


def _undone(norm: nn.BatchNorm2d, output: Tensor, bias: Tensor) -> None:
    """Make `norm` add `bias` to `output` and nothing else, by its own mean and spread."""
    mean, variance = output.mean((0, 2, 3)), output.var((0, 2, 3))
    assert norm.running_mean is not None and norm.running_var is not None
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_((variance + norm.eps).sqrt())
    norm.bias.copy_(mean + bias)
