"""HTML: whole files, and tables that converters leave inside Markdown and text."""
