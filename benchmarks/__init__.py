"""Measurements of the whole and of its parts. Run by hand, never by the tests."""
