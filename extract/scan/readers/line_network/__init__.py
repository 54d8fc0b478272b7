"""Lines of print read by Tesseract's own network, many at a time."""
