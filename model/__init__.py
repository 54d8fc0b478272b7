"""Records that every other package speaks in: frozen, typed, standard library only."""
