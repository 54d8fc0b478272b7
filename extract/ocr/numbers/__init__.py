"""A reader for numbers."""
