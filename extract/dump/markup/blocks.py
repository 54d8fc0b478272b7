"""HTML tables inside Markdown or text: found by a tokenizer, read by lxml, set on lines of their own."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from extract.dump.markup.document import blocks_of, parse
from model.page import Grid, TextLine


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A `<table>` of a text: its source, from its first character to the one after its last."""

    start: int
    end: int
    source: str


class _Finder(HTMLParser):
    """Notes where outermost tables begin and end, as character offsets."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._text, self._depth, self._opened = text, 0, 0
        self.found: list[tuple[int, int]] = []

    def _here(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._opened = self._here() if not self._depth else self._opened
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                closing = self._text.find(">", self._here())
                self.found.append((self._opened, closing + 1 if closing >= 0 else len(self._text)))

    def finish(self) -> list[tuple[int, int]]:
        """The tables; one that never ends goes on to the end of the text."""
        self.close()
        return self.found + ([(self._opened, len(self._text))] if self._depth else [])


def table_blocks(text: str) -> list[TableBlock]:
    """The outermost tables of a text, in order; [] for a text without mark-up of tables."""
    if "<table" not in text.lower():
        return []
    finder = _Finder(text)
    finder.feed(text)
    return [TableBlock(start, end, text[start:end]) for start, end in finder.finish()]


def on_own_lines(text: str) -> str:
    """The text with line breaks before and after its tables, where they share a line with other text."""
    parts, last = [], 0
    for block in table_blocks(text):
        before = text[last : block.start]
        shares = before.rpartition("\n")[2].strip() or (last and "\n" not in before)
        rest = text[block.end :].partition("\n")[0]
        parts += [before, "\n" if shares else "", block.source, "\n" if rest.strip() else ""]
        last = block.end
    return "".join([*parts, text[last:]])


def read_blocks(text: str, page: int, before: int) -> dict[int, tuple[int, tuple[TextLine | Grid, ...]]]:
    """The HTML tables of a page of text that stand on lines of their own (`on_own_lines`): by the line at
    which each begins its last line and what it holds, nested tables after the one they stand in.

    `before` is the number of lines in the file before the page.
    """
    found = {}
    for block in table_blocks(text):
        first = before + text.count("\n", 0, block.start) + 1
        last = first + block.source.count("\n")
        found[first] = (last, tuple(blocks_of(parse(block.source), page, first)))
    return found
