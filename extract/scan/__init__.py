"""Scanned pages: from a picture to lines and grids of read text."""
