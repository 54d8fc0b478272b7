"""The header of a stream table as rows of its grid, or what is left of it where its cells can't be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.dump.cells.split import TextLineOfCell, is_known
from extract.dump.draft import TornHead
from extract.dump.stream.header_tree import HeaderTree, best_tree, header_matrix
from extract.dump.stream.rows import StreamLine
from extract.dump.stream.sections import Section
from extract.dump.tokens import join_words, tokenize

_LEAD_HEADS = re.compile(
    r"^\W*(?:stt|tt)[\s|]+(?P<label>(?:ten )?don vi(?: \(co quan\))?|noi dung|dia phuong|co quan)"
)
_SHARE = re.compile(r"%|\bt[ỷỉyi] l[ệe]\b", re.IGNORECASE)
_WITH_CODE, _CODE_HEAD = (
    3,
    re.compile(r"\bMã\b", re.IGNORECASE),
)  # columns before the figures; what heads codes


def header_of(
    section: Section, usual: int, width: int, lead: int, noisy: bool
) -> tuple[HeaderTree | None, bool]:
    """The header as a tree over the columns, over a noisy body only where its first cell is a known one; and
    whether its cells could not be told apart."""
    if not section.header:
        return None, False
    lines = _cell_lines(section.header, usual)
    tree = best_tree(lines, width, lead)
    if tree is None and section.noted:
        tree = best_tree(lines, width - 1, lead)
    if tree is None or (noisy and not is_known(tree.tops[0])):
        return poor_header(section.header, width, lead), True
    return tree, False


def poor_header(header: Sequence[StreamLine], width: int, lead: int) -> HeaderTree:
    """A header whose cells cannot be told apart: its whole text over all figure columns; over the labels
    where it names a share, which not all columns are."""
    text = " ".join(join_words(tokenize(s.line.text)) for s in header)
    heads = _lead_heads(header, lead)
    if lead == _WITH_CODE and (code := _CODE_HEAD.search(text)):
        heads = (heads[0], code[0], *heads[2:])
    if _SHARE.search(text):
        heads, text = (*heads[:-1], f"{heads[-1]} {text}".strip()), ""
    return HeaderTree((*heads, text), ((),) * lead + (("",) * (width - lead),), 0.0)


def header_rows(
    section: Section, header: HeaderTree | None, width: int, lead: int
) -> tuple[list[list[str]], list[tuple[int, int, int, int]], list[int]]:
    """The rows of a section's header with its row of column numbers, the cells that go over several, and each
    row's page."""
    matrix, spans = header_matrix(header) if header else ([], [])
    out = [list(r) for r in matrix]
    pages = [section.header[0].line.page if section.header else section.body[0].line.page] * len(out)
    if section.numbering:
        out.append(_numbering_cells(section.numbering, width, lead))
        pages.append(section.numbering.line.page)
    return out, list(spans), pages


def groups_of(header: HeaderTree | None, lead: int, width: int) -> tuple[tuple[int, int], ...]:
    """The figure columns as the header's first row groups them: (first column, how many)."""
    if header is None or header.width < lead + width:
        return tuple((c, 1) for c in range(width))
    groups, at = [], 0
    for part in header.leaves[lead:]:
        groups.append((at, max(1, len(part))))
        at += max(1, len(part))
    return tuple(groups)


def torn_head(section: Section, width: int, lead: int) -> TornHead:
    """What a header is to be put together from: its lines and the marks of its columns."""
    marks = _numbering_cells(section.numbering, width, lead) if section.numbering else []
    return TornHead(tuple(s.line for s in section.header), tuple(marks))


def may_share(section: Section) -> bool:
    """Whether a heading of a section speaks of shares."""
    return bool(_SHARE.search(" ".join(s.line.text for s in section.header)))


def _lead_heads(header: Sequence[StreamLine], lead: int) -> tuple[str, ...]:
    """The headings of row number and label as far as a line of the header opens with them."""
    for line in header:
        if match := _LEAD_HEADS.match(line.line.key):
            text = join_words(tokenize(line.line.text)).split()
            label = " ".join(text[1 : 1 + len(match["label"].split())])
            return (*text[:1], *("",) * (lead - 2), label) if lead > 1 else (label,)
    return ("",) * lead


def _numbering_cells(line: StreamLine, width: int, lead: int) -> list[str]:
    """The column numbers in their places: right-aligned with the figure columns, blanks before."""
    cells = [t.text for t in tokenize(line.line.text) if t.kind != "rule"]
    if len(cells) > width:
        return cells[:width]
    before = min(max(0, width - len(cells)), lead)
    if len(cells) >= width - 1 and lead > 1:
        before = width - len(cells)
    return [""] * before + cells + [""] * (width - before - len(cells))


def _cell_lines(lines: Sequence[StreamLine], usual: int) -> list[TextLineOfCell]:
    return [TextLineOfCell(s.line.text, abs(s.blanks_above - usual) if i else 0) for i, s in enumerate(lines)]
