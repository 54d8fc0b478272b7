"""The heavy things a worker loads once and uses for every document."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from normalize.diacritics import Repairer


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded at its first use in this process."""
    from gazetteer import Gazetteer

    return Gazetteer.load()


@lru_cache(maxsize=1)
def repairer() -> Repairer:
    """The diacritics repairer, loaded at its first use in this process."""
    from normalize.diacritics import Repairer

    return Repairer.load()
