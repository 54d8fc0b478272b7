"""What the engines that a user can ask for are called."""

from typing import Literal

EngineName = Literal["auto", "tesserocr", "pytesseract"]
"""`auto`: the in-process engine where its wheel is installed, else the program."""
