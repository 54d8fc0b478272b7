"""Ink into lines of print, lines into words."""
