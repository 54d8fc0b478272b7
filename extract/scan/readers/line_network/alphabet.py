"""What Vietnamese reports print: signs of the network that these pages never bear are never read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.scan.readers.line_network.traineddata import TextNetwork

NEVER_PRINTED = frozenset("§⁄‡†¬^`€£¡¿®©‹›ÄÏÐŠƑÖØÑŒÅŸäïšƒöøñœåÿ")
"""Signs that the data was taught and reports never print. Most are one misread figure or letter: § an 8, ⁄ a
/, Š a 5, Ï an I. ë and ê with a hook in minority names are left alone."""

_NEVER = -1e4
"""A score so low that no ink makes up for it."""


def without_unprinted(network: TextNetwork) -> TextNetwork:
    """The network with the scores of signs that are never printed out of reach: what it saw in them goes to
    the signs that it took for next likely."""
    output = network.output.copy()
    output[[code for code, sign in enumerate(network.signs) if sign in NEVER_PRINTED], -1] = _NEVER
    return replace(network, output=np.asarray(output, np.float32))
