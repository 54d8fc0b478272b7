"""Tables of dumps that keep no columns: one blank between cells, or every cell on lines of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from extract.dump.cells.laid import goes_on, laid_rows
from extract.dump.cells.section import cell_section
from extract.dump.cells.split import TextLineOfCell, splits_into, words_of
from extract.dump.draft import Draft, Span, square
from extract.dump.form_rows import form_block
from extract.dump.lines import SourceLine
from extract.dump.relations import Relation
from extract.dump.running_heads import without_running_heads
from extract.dump.stream.cut import cut_rows
from extract.dump.stream.doubts import left_over, with_doubts, with_left_over, with_presumed_order
from extract.dump.stream.drawn import with_drawn_columns
from extract.dump.stream.header import groups_of, header_of, header_rows, may_share, poor_header, torn_head
from extract.dump.stream.lists import list_draft
from extract.dump.stream.pieces import pieces
from extract.dump.stream.place import PlacedRow, is_noisy, place_section
from extract.dump.stream.prose import is_prose
from extract.dump.stream.rows import StreamLine, StreamRow, is_total
from extract.dump.stream.sections import Section, find_section
from extract.dump.stream.shares import rows_of_counts_and_shares
from extract.dump.stream.twins_beside import apart
from extract.dump.tokens import CODE, Token, join_words, tokenize
from extract.dump.torn_rows import with_whole_rows
from model.page import Reading
from normalize.ordinals import Ordinal, read_ordinal, succession_cost

_RUNS_ON = 0.3
_LINES_TO_TELL = 40
_MOST_LABEL_LINES = 4
_LOOSE = 0.6  # of the rows
_IDENTIFIER, _LEAST_NUMBERED, _NEARLY_ALL = re.compile(r"^\d{4,12}$"), 3, 0.8  # of the rows
_HEADLESS = "Không có dòng tiêu đề nào trên các số: có thể thuộc bảng khác, cột và hàng có thể ghép sai."
# How surely a cell was read, of a dump and of one that is a reading of ink: there a row number tells less
# than its run.
_LEFT = "Dưới hàng cuối (dòng {}) còn các dòng số không thuộc bảng nào: bảng có thể thiếu hàng."
_ROWS_NEAR = 20  # lines below a table that tell whether it goes on
_CONFIDENCE, _NOISY_CONFIDENCE = 0.95, 0.9
IsPlace = Callable[[str], float]


def celled_drafts(lines: Sequence[SourceLine], is_place: IsPlace | None = None) -> list[Draft]:
    """The tables among the lines that are written row after row, a cell a line."""
    cleared = without_running_heads(lines)
    drafts: list[Draft] = []
    known: list[tuple[Section, tuple[Relation, ...]]] = []
    waiting = pieces(cleared)[::-1]
    while waiting:
        piece = waiting.pop()
        found = cell_section(piece)
        left = found is not None and _rows_left(piece, found.section)
        if (found is None or left) and (laid := laid_rows(piece)):
            drafts += _laid_draft(laid.lines, is_place)
            waiting += [list(laid.rest)] if laid.rest else []
            continue
        if found is None:
            continue
        like = next((r for s, r in known if _same_columns(s, found.section)), ())
        draft, relations = _read_section(found.section, found.rows, like, found.doubted)
        known.append((found.section, relations))
        heads = (
            line.text
            for line, left in zip(lines, cleared, strict=True)
            if left.blank and not line.blank and draft.first_line < line.number < draft.last_line
        )
        dropped = (*draft.dropped, *found.dropped, *heads)
        doubts = (*draft.doubts, *found.doubts, *((_LEFT.format(draft.last_line),) if left else ()))
        drafts.append(replace(draft, dropped=dropped, doubts=doubts))
    return drafts


def _rows_left(piece: Sequence[SourceLine], section: Section) -> bool:
    """Whether more rows follow the last one of a section."""
    last = _extent(section)[1]
    return goes_on([line for line in piece if line.number > last and not line.blank], _ROWS_NEAR)


def _laid_draft(lines: Sequence[SourceLine], is_place: IsPlace | None) -> list[Draft]:
    """The table of rows that were laid on lines, where nothing of it is lost."""
    section = find_section(lines)
    if section is None:
        return []
    draft, _ = _read_section(*_cut_section(section, is_place), ())
    return [draft]


def stream_drafts(lines: Sequence[SourceLine], is_place: IsPlace | None = None) -> list[Draft]:
    """The stream tables among the lines: each lies between two captions, headings or other tables.

    A table whose row of column numbers has the formulas of one before it has that one's columns.
    """
    whole = with_whole_rows(without_running_heads(lines))
    drafts: list[Draft] = []
    spare: list[str] = []
    known: list[tuple[Section, tuple[Relation, ...]]] = []
    for piece in chain.from_iterable(map(apart, pieces(whole.lines))):
        section = find_section(piece)
        told = section is None or is_prose(section)
        if told and (listed := list_draft(piece)):
            drafts.append(listed)
            continue
        if section is not None and told:
            continue
        spare += left_over(piece, section)
        if section is None:
            continue
        like = next(((s, r) for s, r in known if _same_columns(s, section)), None)
        if like:
            section = replace(section, width=like[0].width, noted=like[0].noted or section.noted)
        draft, relations = _read_section(*_cut_section(section, is_place), like[1] if like else ())
        known.append((section, relations))
        drafts.append(draft)
    if drafts:
        drafts[-1] = with_left_over(drafts[-1], spare)
    return [with_presumed_order(draft, whole.presumed) for draft in drafts]


def _same_columns(one: Section, other: Section) -> bool:
    return bool(one.formulas & other.formulas) and abs(one.width - other.width) <= 2


def _cut_section(section: Section, is_place: IsPlace | None) -> tuple[Section, list[StreamRow]]:
    """The section's rows; the header's last lines are taken for the first row's label where the rows part
    better so (labels that stand centred round their figures begin above them)."""
    if rows := rows_of_counts_and_shares(section.body, section.width):
        return section, rows
    top = section.body[:_LINES_TO_TELL]
    _, least = cut_rows(top, section.width, is_place)
    chosen = section
    for taken in range(1, min(_MOST_LABEL_LINES, len(section.header)) + 1):
        head = section.header[-taken]
        if section.numbering or head.run or (is_total(head) and _is_labelled(section.body[0])):
            break
        _, cost = cut_rows((*section.header[-taken:], *top), section.width, is_place)
        if cost < least - 0.3:
            least = cost
            body = (*section.header[-taken:], *section.body)
            chosen = replace(section, header=section.header[:-taken], body=body)
    rows, _ = cut_rows(chosen.body, chosen.width, is_place)
    return chosen, rows


def _is_labelled(line: StreamLine) -> bool:
    """Whether a line has figures and the beginning of their label."""
    return bool(line.run) and any(t.text[:1].isupper() for t in line.before[:1])


def _read_section(
    section: Section,
    rows: Sequence[StreamRow],
    relations: tuple[Relation, ...],
    doubted: Sequence[bool] = (),
) -> tuple[Draft, tuple[Relation, ...]]:
    """The table of a section, and the sums its columns obey (those of a table before it included); the rows
    `doubted` are doubtful throughout."""
    numbered = any(row.ordinal for row in rows)
    lead = 1 + numbered + (numbered and _are_coded(rows))
    width = lead + section.width + section.noted + (section.words_at is not None)
    columns, numbering = _figure_columns(section, lead), _figure_marks(section)
    placed, relations = place_section(rows, section.width, numbering, relations)
    usual, noisy = _usual_gap(section), is_noisy(rows)
    header, is_torn = header_of(section, usual, width, lead, noisy)
    if header and doubted and may_share(section) and _are_loose(rows):
        header, is_torn = poor_header(section.header, width, lead), True
    first, last_line = _extent(section)
    groups = groups_of(header, lead, section.width)
    out, spans, pages = header_rows(section, header, width, lead)
    head_rows = len(out)
    doubtful: set[tuple[int, int]] = set()
    notes, doubts = list[str](), list[str]() if head_rows else [_HEADLESS]
    body_spans: list[tuple[int, int, int, int]] = []
    others: dict[tuple[int, int], tuple[Reading, ...]] = {}
    starts: list[int] = []
    last: Ordinal | None = None
    for row, placement, odd in zip(rows, placed, doubted or (False,) * len(rows), strict=True):
        block, inner = _row_cells(row, placement, section, lead, width, usual, groups)
        starts.append(at := len(out))
        body_spans += [(at + r, c, h, w) for r, c, h, w in inner]
        ordinal = read_ordinal(row.ordinal)
        if noisy and numbered and _breaks_off(last, ordinal, row):
            doubtful.add((at, 0))
        last = ordinal or last
        if odd:
            doubtful |= {(at + r, c) for r, texts in enumerate(block) for c, text in enumerate(texts) if text}
        if len(block) == 1:
            doubtful |= {(at, columns[c]) for c in placement.doubtful if c < len(columns)}
            others.update({(at, columns[c]): found for c, found in placement.others})
            if placement.guessed:
                (doubts if placement.untold else notes).append(_doubt_note(at, row))
        out += block
        pages += [row.lines[0].line.page] * len(block)
    draft = Draft(
        rows=square(out, width),
        first_line=first,
        last_line=last_line,
        pages=tuple(pages),
        header_rows=head_rows or None,
        spans=tuple(Span(*s) for s in [*spans, *body_spans]),
        doubtful=frozenset(doubtful),
        others=others,
        notes=tuple(notes),
        doubts=tuple(doubts),
        confidence=_NOISY_CONFIDENCE if noisy else _CONFIDENCE,
        torn=torn_head(section, width, lead) if is_torn else None,
    )
    draft = with_doubts(draft, section, rows, starts, all(placement.proved for placement in placed))
    return with_drawn_columns(draft, section, rows, starts, lead) if noisy else draft, relations


def _extent(section: Section) -> tuple[int, int]:
    """The numbers of the first and the last line of a section."""
    lines = [s.line for s in (*section.header, *section.body)]
    return min(line.number for line in lines), max(line.number + line.more for line in lines)


def _figure_marks(section: Section) -> list[Token]:
    """The row of column numbers without that of a column of words among the figures."""
    marks = tokenize(section.numbering.line.text) if section.numbering else []
    if section.words_at is not None and len(marks) > section.width:
        del marks[section.words_at - section.width - section.noted - 1]
    return marks


def _are_coded(rows: Sequence[StreamRow]) -> bool:
    """Whether most labels of rows with figures open with a code, or nearly all with numbers of as many digits
    (of persons or things), which have a column of their own."""
    opened = [next((t.text for s in row.lines for t in s.before), "") for row in rows if row.figures]
    numbers = [text for text in opened if _IDENTIFIER.match(text)]
    alike = len({len(text) for text in numbers}) == 1 and len(numbers) >= max(
        _LEAST_NUMBERED, _NEARLY_ALL * len(opened)
    )
    coded = 2 * sum(bool(CODE.match(text)) for text in opened) > len(opened)
    return len(opened) > 1 and (coded or alike)


def _without_code(label: str) -> tuple[str, str]:
    """The code in a label, which lines of it may stand above, and the rest."""
    words = label.split()
    code = next((word for i, word in enumerate(words) if CODE.match(word) or _opens_with(word, i)), "")
    if code:
        words.remove(code)
    return code, " ".join(words)


def _opens_with(word: str, place: int) -> bool:
    return not place and bool(_IDENTIFIER.match(word))


def _are_loose(rows: Sequence[StreamRow]) -> bool:
    """Whether most labels come on several lines: there may be several columns of words, so that nothing tells
    which heading stands over which column of figures."""
    filled = [row for row in rows if row.figures]
    several = sum(sum(bool(line.before) for line in row.lines) > 1 for row in filled)
    return several > _LOOSE * len(filled)


def _breaks_off(last: Ordinal | None, ordinal: Ordinal | None, row: StreamRow) -> bool:
    """Whether a row number of a noisy table does not run on, or is missing where the row is no total."""
    if ordinal is None:
        return not any(is_total(line) for line in row.lines)
    return last is not None and succession_cost(last, ordinal) > _RUNS_ON


def _doubt_note(at: int, row: StreamRow) -> str:
    figures = ", ".join(t.text for t in row.figures)
    return f"Hàng {at + 1} thiếu ô so với số cột: vị trí các số {figures} được suy từ các hàng khác."


def _usual_gap(section: Section) -> int:
    """How many blank lines stand between lines of this dump as a rule."""
    gaps = Counter(s.blanks_above for s in (*section.header[1:], *section.body))
    return gaps.most_common(1)[0][0] if gaps else 0


def _row_cells(
    row: StreamRow,
    placement: PlacedRow,
    section: Section,
    lead: int,
    width: int,
    usual: int,
    groups: tuple[tuple[int, int], ...],
) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """The grid rows of a stream row (a form-like row has its own header rows), and their spans."""
    figures = row.figures
    texts = [s for s in row.lines if any(t.kind == "word" for t in (*s.before, *s.after))]
    if figures and len(figures) < section.width:
        block = form_block(
            [TextLineOfCell(join_words(list(s.before)), abs(s.blanks_above - usual)) for s in texts],
            [t.text for t in figures],
            section.width,
        )
        if block:
            return block.rows(row.ordinal, lead, width), block.spans(lead)
    cells = [""] * width
    if lead > 1:
        cells[0] = row.ordinal
    note = " ".join(join_words(list(s.after)) for s in row.lines if s.after and s.run)
    labels = texts
    if note:
        main = next(s for s in row.lines if s.after and s.run)
        labelled = any(t.kind == "word" for t in main.before)
        at = texts.index(main)
        labels = [main] if labelled else texts[:at]
        of_note = texts if labelled or not labels else texts[at:]
        note = " ".join(
            join_words([*s.before, *s.after] if s is not main else list(s.after)) for s in of_note
        )
        cells[width - 1] = note
    if not figures and len(groups) > 1 and (parts := _text_cells(texts, usual, len(groups))):
        cells[lead - 1] = parts[0]
        for (col, _), text in zip(groups, parts[1:], strict=True):
            cells[lead + col] = text
        return [cells], []
    label = " ".join(filter(None, (join_words(list(s.before)) for s in labels)))
    if lead > 2:
        cells[1], label = _without_code(label)
    cells[lead - 1] = label
    for col, text in zip(_figure_columns(section, lead), placement.cells, strict=True):
        cells[col] = text
    if section.words_at is not None:
        inner = [token for line in row.lines for token in line.inner]
        cells[lead + section.words_at] = join_words(inner)
    return [cells], []


def _figure_columns(section: Section, lead: int) -> list[int]:
    """The columns of the figures: a column of words may stand among them."""
    at = section.width if section.words_at is None else section.words_at
    return [lead + c + (c >= at) for c in range(section.width)]


def _text_cells(texts: Sequence[StreamLine], usual: int, groups: int) -> tuple[str, ...] | None:
    """A label and one text for each group of columns, when the lines part that way; else None."""
    lines = [TextLineOfCell(join_words([*s.before, *s.after]), abs(s.blanks_above - usual)) for s in texts]
    found = splits_into(words_of(lines), groups + 1)
    return found[0].cells if found and found[0].score > 0 else None
