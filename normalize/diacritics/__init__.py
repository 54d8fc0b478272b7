"""Diacritics repair as a noisy channel (Shannon 1948; Kernighan, Church and Gale 1990, for spelling)."""

from normalize.diacritics.changes import Change, RepairedLine
from normalize.diacritics.repairer import Repairer

__all__ = ["Change", "RepairedLine", "Repairer"]
