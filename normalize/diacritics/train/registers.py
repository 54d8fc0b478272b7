"""Sentences of registers that the law has few of, made from `registers.txt`: templates and lists of words."""

from __future__ import annotations

import random
import re
from pathlib import Path

# How often each template is filled, and how many names of people are made beside them. Tried on lines of
# those registers that were written apart: 100 to 160 give the same to 0.003.
FILLED, PEOPLE = 140, 40_000
_SLOT = re.compile(r"<(\w+)>")
_SEED = 7


def register_lines() -> list[str]:
    """The made sentences in a fixed order: the same at every call."""
    lists, templates = read_templates((Path(__file__).parent / "registers.txt").read_text(encoding="utf-8"))
    chance = random.Random(_SEED)
    made = [fill(template, lists, chance) for template in templates for _ in range(FILLED)]
    people = [f"{fill('<name>', lists, chance)}." for _ in range(PEOPLE)]
    return [*made, *people]


def read_templates(text: str) -> tuple[dict[str, list[str]], list[str]]:
    """The lists by name, and the templates, of a file as `registers.txt` is."""
    lists: dict[str, list[str]] = {}
    templates: list[str] = []
    for line in text.splitlines():
        if line.startswith("@"):
            name, _, items = line[1:].partition(":")
            lists[name] = [item.strip() for item in items.split(";")]
        elif line and not line.startswith("#"):
            templates.append(line)
    return lists, templates


def fill(template: str, lists: dict[str, list[str]], chance: random.Random) -> str:
    """The template with a word of its list in each slot, and a figure in each `<n>`."""
    while match := _SLOT.search(template):
        word = "1" if match[1] == "n" else chance.choice(lists[match[1]])
        template = template[: match.start()] + word + template[match.end() :]
    return template[:1].upper() + template[1:]
