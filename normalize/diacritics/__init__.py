"""Diacritics repaired as a noisy channel."""
