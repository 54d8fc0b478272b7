"""Tables that a dump writes row after row, a cell a line."""
