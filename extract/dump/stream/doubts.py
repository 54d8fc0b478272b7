"""What a stream table cannot vouch for: rows out of order, rows without their figures, figures in no cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine
from extract.dump.stream.place import is_noisy
from extract.dump.stream.rows import StreamRow, is_total
from extract.dump.stream.sections import Section
from extract.dump.tokens import Token, kind_of, tokenize
from normalize.numbering import is_numbering
from normalize.numbers import looks_numeric
from normalize.ordinals import BULLETS, Counts, read_ordinal

# A row number that follows the last one worse than this stands out of order.
_OUT_OF_ORDER = 1.0
# With fewer full rows than this nothing tells which column a figure of a short row belongs to; the sound
# dumps at hand have a third and more.
_LEAST_FULL = 0.25
_LEAST_LOST = 3
# Without column numbers, a table of more columns of figures that has so few rows for them is one whose rows
# run together; the widest sound one of the dumps at hand has sixteen, of thirteen rows.
_WIDE, _FAR_WIDER = 8, 3
_MOST_NAMED = 12
_GROUP_BEGINS, _GROUP_GOES_ON, _LEAST_GROUPS = re.compile(r"^\d{1,3}$"), re.compile(r"^0\d\d(?:,\d+)?$"), 2
_GROUPS = (
    "Có {} số mở đầu bằng 0 sau một số khác: có lẽ là nhóm nghìn cách nhau bằng khoảng trắng, bị tách rời."
)
_COUNT, _HUNDREDS = re.compile(r"^[1-9]\d{0,2}$"), re.compile(r"^[1-9]\d\d[.,]\d{1,2}$")
_MAY_BE_ONE = (
    "Cột {} và {}: mọi hàng có số nguyên đứng trước số thập phân hàng trăm; có thể là một số có nhóm nghìn "
    "cách nhau bằng khoảng trắng."
)
_TAKEN = "Có {} hàng thiếu số thứ tự mà giữa số liệu có đúng số ấy: cột của các hàng này có thể bị lệch."
_ONE_ROW = "Bảng chỉ có một hàng số: không hàng nào khác cho biết cột của các số."
_MOSTLY_NUMBERED, _ROWS_BELOW = 0.6, 2
_COUNTED = "Các số thứ tự {} được đọc thành một hàng số: các hàng mang những số này thiếu số thứ tự."
_PARTED = (
    "Hàng {} có số thứ tự mà không có số liệu, hàng {} có số liệu mà không có số thứ tự: có lẽ là một hàng."
)


def with_doubts(
    draft: Draft, section: Section, rows: Sequence[StreamRow], starts: Sequence[int], summed: bool = False
) -> Draft:
    """The draft with doubtful cells and notes where its rows or figures were not placed with certainty.

    `summed` says that the columns add up with the figures where they are; `starts` are the draft's rows at
    which the stream rows begin. A table whose first row number is not the first, whose header holds figures
    on lines of their own, or that has hardly a full row, is doubtful throughout; else the rows out of order
    are, with the rows beside them.
    """
    notes: list[str] = []
    doubts: list[str] = []
    whole = False
    lost = _lost_figures(draft, section)
    stray = [t.text for s in section.header for t in _bare_figures(s.line)]
    stray += _rows_in_header(section)
    if lost or len(stray) >= _LEAST_LOST:
        whole = True
        doubts.append(_lost_note([*lost, *stray]))
    filled = sum(bool(row.figures) for row in rows)
    if section.numbering is None and section.width > max(_WIDE, _FAR_WIDER * filled):
        whole = True
        doubts.append(
            f"Bảng có {section.width} cột số mà chỉ {filled} hàng: có lẽ các hàng chưa được tách đúng."
        )
    if len(rows) == 1:
        doubts.append(_ONE_ROW)
    if first := _late_start(rows):
        whole = True
        notes.append(f"Hàng đầu tiên đọc được mang số thứ tự {first}: các hàng trước nó có thể bị thiếu.")
    if not summed and _hardly_full(rows, section.width):
        whole = True
        doubts.append("Rất ít hàng có đủ số cho các cột: cột của các số trong bảng này là phỏng đoán.")
    if (parted := _parted_rows(rows)) and not is_noisy(rows):
        doubts.append(_PARTED.format(*(starts[i] + 1 for i in parted)))
    alone = all(len(line.run) <= 1 for line in section.body)  # where no blank parts figures
    if not alone and (groups := _lone_groups(draft)):
        doubts.append(_GROUPS.format(groups))
    if not alone and (one := _may_be_one(draft)):
        doubts.append(_MAY_BE_ONE.format(one, one + 1))
    if taken := _numbers_taken(rows):
        doubts.append(_TAKEN.format(taken))
    if counted := _numbers_as_figures(rows):
        doubts.append(_COUNTED.format(", ".join(counted[:_MOST_NAMED])))
    odd = [] if is_noisy(rows) else _odd_rows(rows)  # OCR spoils row numbers in rows that stand right
    notes += [_odd_note(starts[i], rows[i]) for i in odd]
    doubted = set(range(len(rows))) if whole else {k for i in odd for k in (i - 1, i, i + 1)}
    return replace(
        draft,
        doubtful=draft.doubtful | _figures_of(draft, starts, doubted & set(range(len(rows)))),
        notes=(*draft.notes, *notes),
        doubts=(*draft.doubts, *doubts),
    )


def _figures_of(draft: Draft, starts: Sequence[int], rows: Set[int]) -> frozenset[tuple[int, int]]:
    """The places of the figures of some of the stream's rows, of which row i begins at `starts[i]`."""
    ends = (*starts[1:], len(draft.rows))
    return frozenset(
        (r, c)
        for i in rows
        for r in range(starts[i], ends[i])
        for c, text in enumerate(draft.rows[r])
        if looks_numeric(text)
    )


def _rows_in_header(section: Section) -> list[str]:
    """Figures on header lines of their own, one below another, that do not count up as columns do: those of a
    row that the header took along. A lone whole number reads as a row number as well."""
    found: list[str] = []
    run: list[str] = []
    for line in (*section.header, None):
        tokens = [t for t in tokenize(line.line.text) if t.kind != "rule"] if line else []
        if len(tokens) == 1 and tokens[0].kind == "figure":
            run.append(tokens[0].text)
            continue
        if len(run) >= _LEAST_LOST and not is_numbering(run) and not _count_up(run):
            found += [text for text in run if read_ordinal(text) is not None]
        run = []
    return found


def _lone_groups(draft: Draft) -> int:
    """How many figures open with a nought as groups of three do, right behind what may be the group before: a
    blank parts them, and nothing told how many columns there are."""
    body = draft.rows[draft.header_rows or 0 :]
    pairs = [pair for row in body for pair in pairwise(row)]
    found = sum(bool(_GROUP_BEGINS.match(a) and _GROUP_GOES_ON.match(b)) for a, b in pairs)
    return found if found >= _LEAST_GROUPS else 0


def _may_be_one(draft: Draft) -> int:
    """The first column (from 1) of whole figures up to 999 that has a column of hundreds with decimals behind
    it in every row: a blank may part the groups of one figure. 0 where there is none."""
    body = draft.rows[draft.header_rows or 0 :]
    if len(body) < _LEAST_GROUPS:
        return 0
    columns = list(zip(*body, strict=True))
    return next(
        (
            at
            for at, (left, right) in enumerate(pairwise(columns), start=1)
            if all(map(_COUNT.match, left)) and all(map(_HUNDREDS.match, right)) and not _count_up(left)
        ),
        0,
    )


def _count_up(texts: Sequence[str]) -> bool:
    numbers = [int(text) if text.isdigit() else 0 for text in texts]
    return all(b - a == 1 for a, b in pairwise(numbers))


def left_over(lines: Sequence[SourceLine], section: Section | None) -> list[str]:
    """The figures on lines of nothing but figures that no table took, in a piece outside its section."""
    taken = {s.line.number for s in (*section.header, *section.body)} if section else set()
    if section and section.numbering:
        taken.add(section.numbering.line.number)
    return [t.text for line in lines if line.number not in taken for t in _bare_figures(line)]


def with_left_over(draft: Draft, figures: Sequence[str]) -> Draft:
    """The draft with a note that names figures near it that are in no cell; a few may be page numbers."""
    if len(figures) < _LEAST_LOST:
        return draft
    return replace(draft, doubts=(*draft.doubts, _lost_note(figures)))


def with_presumed_order(draft: Draft, lines: Sequence[int]) -> Draft:
    """The draft with a note where rows begin at `lines` whose figures were put in order by presumption."""
    own = [number for number in lines if draft.first_line <= number <= draft.last_line]
    if not own:
        return draft
    note = f"Có {len(own)} hàng bị ngắt dòng (từ dòng {own[0]}): thứ tự các số trong hàng là phỏng đoán."
    return replace(draft, doubts=(*draft.doubts, note))


def _bare_figures(line: SourceLine) -> list[Token]:
    """The figures of a line that has nothing else; a lone whole number may be a row or page number."""
    tokens = [t for t in tokenize(line.text) if t.kind != "rule"]
    if any(t.kind not in ("figure", "dash") for t in tokens) or not any(t.kind == "figure" for t in tokens):
        return []
    if len(tokens) == 1 and read_ordinal(tokens[0].text) is not None:
        return []
    return [t for t in tokens if t.kind == "figure"]


def _lost_figures(draft: Draft, section: Section) -> list[str]:
    """The figures of the body's lines that stand in no cell of the draft."""
    seen = Counter(t.text.replace(" ", "") for s in section.body for t in s.run if t.kind == "figure")
    kept = Counter(
        word
        for row in draft.rows
        for cell in row
        for word in (cell, *cell.split())
        if kind_of(word) == "figure"
    )
    kept.update(cell.replace(" ", "") for row in draft.rows for cell in row if " " in cell)
    return [text for text, count in seen.items() for _ in range(count - kept[text])]


def _late_start(rows: Sequence[StreamRow]) -> str:
    """The first row number that can be read, when rows must be missing before it; else ''. A row above it
    whose own number is a garble is not missing."""
    for above, row in enumerate(rows):
        ordinal = read_ordinal(row.ordinal) if row.ordinal else None
        if ordinal is not None:
            late = ordinal.kind == "number" and len(ordinal.value) == 1 and ordinal.value[0] > above + 1
            return row.ordinal if late else ""
    return ""


def _hardly_full(rows: Sequence[StreamRow], width: int) -> bool:
    counts = [len(row.figures) for row in rows if row.figures]
    full = sum(n == width for n in counts)
    return width >= 3 and len(counts) >= 4 and full < _LEAST_FULL * len(counts)


def _odd_rows(rows: Sequence[StreamRow]) -> list[int]:
    """Rows whose number is out of order or missing among numbered rows, and rows without a label."""
    numbered = sum(bool(row.ordinal) for row in rows)
    odd = []
    counts = Counts()
    for i, row in enumerate(rows):
        ordinal = read_ordinal(row.ordinal) if row.ordinal else None
        if ordinal is None:
            lacking = 2 * numbered > len(rows) and not any(is_total(line) for line in row.lines)
            lacking = lacking and row.ordinal not in BULLETS
            if (lacking or not _has_words(row)) and not (i and _are_shares_of(row, rows[i - 1])):
                odd.append(i)
            continue
        cost, after = counts.followed(ordinal, row.ordinal)
        if (counts.last is not None and cost >= _OUT_OF_ORDER) or not _has_words(row):
            odd.append(i)
        counts = after
    return odd


def _numbers_as_figures(rows: Sequence[StreamRow]) -> list[str]:
    """The figures of a row that count on from a row number above (the first may be read as the row's own):
    numbers of rows, which lack them."""
    last = 0
    for row in rows:
        ordinal = read_ordinal(row.ordinal) if row.ordinal else None
        if ordinal is not None:
            last = ordinal.value[0] if ordinal.kind == "number" and len(ordinal.value) == 1 else last
            continue
        texts = [token.text for token in row.figures]
        goes_on = last and len(texts) >= _LEAST_LOST and texts[0] in (str(last + 1), str(last + 2))
        if goes_on and _count_up(texts):
            return texts
    return []


def _numbers_taken(rows: Sequence[StreamRow]) -> int:
    """How many rows without a number have the one that they should have among their figures, in a table that
    has numbers: these were taken for figures. 0 where so few do that it may be chance."""
    last = found = numbered = lacking = 0
    for row in rows:
        ordinal = read_ordinal(row.ordinal) if row.ordinal else None
        if ordinal is not None:
            numbered += ordinal.kind == "number"
            last = ordinal.value[-1] if ordinal.kind == "number" else 0
            continue
        figures = {token.text for token in row.figures}
        if len(row.figures) < _LEAST_LOST or any(map(is_total, row.lines)):
            continue
        lacking += 1
        own = next((n for n in (last + 1, 1) if str(n) in figures), 0)
        found, last = found + bool(own), own or last + 1
    told = numbered >= _LEAST_LOST and found >= _LEAST_LOST
    return found if told and found >= _MOSTLY_NUMBERED * lacking else 0


def _parted_rows(rows: Sequence[StreamRow]) -> tuple[int, int] | None:
    """The first row that has a number but no figures, or a lone one, and the row right below, or one further,
    that has figures but no number, in a table whose rows with figures are numbered: they may be one."""
    filled = [row for row in rows if len(row.figures) > 1]
    numbered = [row for row in filled if row.ordinal]
    if len(numbered) < _MOSTLY_NUMBERED * len(filled):
        return None
    for i, row in enumerate(rows):
        ordinal = read_ordinal(row.ordinal) if row.ordinal else None
        if ordinal is None or ordinal.kind != "number" or len(row.figures) > 1:
            continue
        for k, below in enumerate(rows[i + 1 : i + 1 + _ROWS_BELOW], start=i + 1):
            if len(below.figures) > 1 and not below.ordinal and not any(map(is_total, below.lines)):
                return i, k
    return None


def _are_shares_of(row: StreamRow, before: StreamRow) -> bool:
    """Whether a row without words is nothing but percentages under a row of as many counts."""
    counts = [token.text for token in before.figures]
    return (
        len(counts) == len(row.figures) > 1
        and not _has_words(row)
        and all(token.text.endswith("%") for token in row.figures)
        and not any(text.endswith("%") for text in counts)
    )


def _has_words(row: StreamRow) -> bool:
    return any(t.kind == "word" for line in row.lines for t in (*line.before, *line.after))


def _odd_note(at: int, row: StreamRow) -> str:
    number = f"số thứ tự “{row.ordinal}” không nối tiếp" if row.ordinal else "không có số thứ tự hoặc tên"
    return f"Hàng {at + 1} {number}: hàng này và các hàng bên cần xem lại."


def _lost_note(figures: Sequence[str]) -> str:
    named = ", ".join(figures[:_MOST_NAMED])
    more = f" và {len(figures) - _MOST_NAMED} số khác" if len(figures) > _MOST_NAMED else ""
    return f"Có {len(figures)} số gần bảng không xếp được vào ô nào: {named}{more}."
