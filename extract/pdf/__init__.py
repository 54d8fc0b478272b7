"""PDF files: text layers as typed, pages as pictures."""
