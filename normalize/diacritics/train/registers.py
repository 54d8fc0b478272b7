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
_PEOPLES_LISTS = ("family", "middlemale", "middlefem", "given_m", "given_f", "village")


def register_lines() -> list[str]:
    """The made sentences in a fixed order: the same at every call."""
    lists, templates = own_templates()
    chance = random.Random(_SEED)
    made = [fill(template, lists, chance) for template in templates for _ in range(FILLED)]
    people = [f"{fill('<name>', lists, chance)}." for _ in range(PEOPLE)]
    return [*made, *people]


def own_templates() -> tuple[dict[str, list[str]], list[str]]:
    """The lists and the templates of `registers.txt`."""
    return read_templates((Path(__file__).parent / "registers.txt").read_text(encoding="utf-8"))


def written_parts() -> list[str]:
    """What the templates themselves say, without their slots: each stretch of words between two slots."""
    return [part for template in own_templates()[1] for part in _SLOT.split(template)[::2]]


def names_of_people() -> list[str]:
    """All families, middle and given names of the lists, each once a list."""
    lists, _ = own_templates()
    return [name for key in _PEOPLES_LISTS for name in dict.fromkeys(lists[key])]


def read_templates(text: str) -> tuple[dict[str, list[str]], list[str]]:
    """The lists by name, and the templates, of a file as `registers.txt` is."""
    lists: dict[str, list[str]] = {}
    templates: list[str] = []
    for line in text.splitlines():
        if line.startswith("@"):
            name, _, items = line[1:].partition(":")
            lists.setdefault(name, []).extend(item.strip() for item in items.split(";"))
        elif line and not line.startswith("#"):
            templates.append(line)
    return lists, templates


def fill(template: str, lists: dict[str, list[str]], chance: random.Random) -> str:
    """The template with a word of its list in each slot, and a figure in each `<n>`."""
    while match := _SLOT.search(template):
        word = "1" if match[1] == "n" else chance.choice(lists[match[1]])
        template = template[: match.start()] + word + template[match.end() :]
    return template[:1].upper() + template[1:]
