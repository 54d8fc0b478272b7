"""Tables that a dump writes column after column, a value a line."""
