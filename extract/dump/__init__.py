"""Tables of text dumps: tab and pipe tables, white-space layouts, streams of cells, OCR text."""
