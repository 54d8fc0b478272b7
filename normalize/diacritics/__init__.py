"""Diacritics repair as a noisy channel (Shannon 1948; Kernighan, Church and Gale 1990, for spelling)."""

from normalize.diacritics.repairer import Change, RepairedLine, Repairer

__all__ = ["Change", "RepairedLine", "Repairer"]
