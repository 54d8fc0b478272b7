"""A page picture made readable, step by step."""
