"""Sentences of registers that the law has few of, made from `registers.txt`, `everyday.txt`, `phrases.txt`,
`sentences.txt` and `told.txt.gz`: templates, lists of words, phrases, whole sentences."""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path

# How often each template is filled, and how many names of people are made beside them. Tried on lines of
# those registers that were written apart: 100 to 160 give the same to 0.003.
FILLED, PEOPLE = 140, 40_000
REPEATED = 10  # a phrase: 3 to 30 times give the same
_SLOT, _FIGURE = re.compile(r"<(\w+)>"), "<n>"
_SEED = 7
_PEOPLES_LISTS = ("family", "middlemale", "middlefem", "given_m", "given_f", "village")


def register_lines() -> list[str]:
    """The made sentences in a fixed order: the same at every call."""
    return _filled(*read_templates(_text("registers.txt")), FILLED, PEOPLE)


def everyday_lines(filled: int = FILLED, people: int = PEOPLE, repeated: int = REPEATED) -> list[str]:
    """The same of `registers.txt` and `everyday.txt`, the phrases and the sentences, in a fixed order."""
    told = [*(f"{phrase}." for phrase in phrases()), *sentences()]
    made = _filled(*everyday_templates(), filled, people)
    return [*made, *(line for line in told for _ in range(repeated))]


def everyday_templates() -> tuple[dict[str, list[str]], list[str]]:
    """The lists and the templates of both files."""
    return read_templates(_text("registers.txt") + _text("everyday.txt"))


def phrases() -> list[str]:
    """The phrases of `phrases.txt` in order, each once."""
    lines = (line for line in _text("phrases.txt").splitlines() if not line.startswith("#"))
    return list(dict.fromkeys(part.strip() for line in lines for part in line.split(";")))


def sentences() -> list[str]:
    """The sentences of `sentences.txt` and of `told.txt.gz` in order."""
    packed = Path(__file__).with_name("told.txt.gz").read_bytes()
    lines = _text("sentences.txt").splitlines() + gzip.decompress(packed).decode("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def written_parts() -> list[str]:
    """What the templates themselves say, without their slots but those of figures (each stretch of words
    between two slots), the phrases and the sentences."""
    templates = (template.replace(_FIGURE, "1") for template in everyday_templates()[1])
    parts = [part for template in templates for part in _SLOT.split(template)[::2]]
    return [*parts, *phrases(), *sentences()]


def names_of_people() -> list[str]:
    """All families, middle and given names of the lists, each once a list."""
    lists, _ = everyday_templates()
    return [name for key in _PEOPLES_LISTS for name in dict.fromkeys(lists[key])]


def _filled(lists: dict[str, list[str]], templates: list[str], filled: int, people: int) -> list[str]:
    chance = random.Random(_SEED)
    made = [fill(template, lists, chance) for template in templates for _ in range(filled)]
    return [*made, *(f"{fill('<name>', lists, chance)}." for _ in range(people))]


def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


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
