"""From a file to pages, words, grids of raw text."""
