"""Charts whose bars, names and labels were printed as text: ranked lists, read as tables."""
