"""Collects the Vietnamese lines of unpacked packages: translations, manuals, stories of games.

    python -m normalize.diacritics.train.package_texts OUT_DIR PACKAGE_DIR...

Each PACKAGE_DIR (what `dpkg -x`, `unzip` or `tar -x` made of a package) becomes OUT_DIR/NAME.txt, a line a
sentence, each once. Strings that are not translated, or mixed, are left out. The lines are for training:
they do not go into the project.
"""

from __future__ import annotations

import argparse
import gettext
import gzip
import html
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from normalize.diacritics.spelling import bare
from normalize.encodings.syllables import is_syllable

# A line is Vietnamese where so many of its words are syllables, and so many have a mark.
_SYLLABLES, _MARKED, _LEAST_WORDS = 0.85, 0.45, 2
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^>]+>")
_ACCELERATOR = re.compile(r"(?<!\w)[_&~](?=\w)")
_SLOT = re.compile(r"\$\{?\w+\}?|%\(?\w*\)?[sd]|%[0-9$]*[a-z]|\{\{?[^}]*\}\}?|\$\d")
_SENTENCE = re.compile(r"(?<=[.!?…;])\s+(?=[A-ZĐÀ-Ỹ\"“])|\0")
_NO_PROSE = re.compile(r"(?s)<(script|style|pre|screen|code)\b.*?</\1>")
_BLOCK = re.compile(r"(?i)</?(p|div|li|h\d|td|th|tr|title|section|ul|ol|table|item|note|br|dd|dt)\b[^>]*>")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[-*•])")
_TEX, _ROFF = re.compile(r"\\[A-Za-z]+\*?(\[[^\]]*\])?\{?"), re.compile(r"(?m)^\.[A-Za-z]+ ?")


def of_catalogue(data: bytes) -> Iterator[str]:
    """The translations of a compiled catalogue (.mo)."""
    catalogue: dict[object, str] = gettext.GNUTranslations(io.BytesIO(data))._catalog  # type: ignore[attr-defined]
    yield from (told for key, told in catalogue.items() if key and told)


def of_json(data: bytes) -> Iterator[str]:
    """All strings of a JSON file."""
    yield from _strings(json.loads(data))


def of_markup(data: bytes) -> Iterator[str]:
    """The paragraphs of HTML, DocBook or Mallard."""
    yield from _BLOCK.sub("\n\n", _NO_PROSE.sub(" 1 ", data.decode("utf-8"))).split("\n\n")


def of_plain(data: bytes) -> Iterator[str]:
    """The paragraphs of text, TeX or roff."""
    yield from _PARAGRAPH.split(_ROFF.sub("\n\n", _TEX.sub(" ", data.decode("utf-8"))))


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    ".mo": of_catalogue,
    ".json": of_json,
    **dict.fromkeys((".html", ".htm", ".page", ".xml", ".docbook", ".xhtml"), of_markup),
}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def sentences_of(text: str) -> list[str]:
    """The sentences of a string, without markup, keys' underlines and slots (`%s`, `{0}`: a figure each)."""
    plain = unicodedata.normalize("NFC", html.unescape(_TAG.sub(" ", text)))
    plain = _SLOT.sub("1", _ACCELERATOR.sub("", plain))
    return [part for part in _SENTENCE.split(re.sub(r"\s+", " ", plain).strip()) if is_vietnamese(part)]


def is_vietnamese(line: str) -> bool:
    """Whether a line is proper Vietnamese throughout."""
    words = _WORD.findall(line.lower())
    if len(words) < _LEAST_WORDS:
        return False
    syllables = sum(map(is_syllable, words))
    return syllables >= _SYLLABLES * len(words) and sum(bare(w) != w for w in words) >= _MARKED * len(words)


def lines_of(folder: Path) -> list[str]:
    """The sentences of a package's files in order, each once; files that cannot be read are left out."""
    found: dict[str, None] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data, name = path.read_bytes(), path.name
        try:
            if name.endswith(".gz"):
                data, name = gzip.decompress(data), name.removesuffix(".gz")
            for text in _READERS.get(Path(name).suffix, of_plain)(data):
                found.update(dict.fromkeys(sentences_of(text)))
        except (OSError, ValueError, EOFError):
            continue
    return list(found)


def main() -> None:
    """Writes a file a package and says how many lines and words it has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("packages", type=Path, nargs="+")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for folder in args.packages:
        lines = lines_of(folder)
        (args.out / f"{folder.name}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        sys.stderr.write(
            f"{folder.name}: {len(lines)} lines, {sum(len(line.split()) for line in lines)} words\n"
        )


if __name__ == "__main__":
    main()
