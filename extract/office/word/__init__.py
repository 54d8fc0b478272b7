"""Texts of word processors: .docx, .rtf, .odt."""
