"""Which figures of a dump's lines stand in a table's cells, and which stand in none.

Figures are compared by their runs of digits, so that a blank lost or won within one is no loss.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.dump.draft import Draft
from extract.dump.layout.mends import SHORT_GROUP, TORN_HEAD, WHOLE_GROUP
from extract.dump.lines import SourceLine
from extract.dump.tokens import kind_of
from normalize.captions import page_number
from normalize.numbering import is_numbering, is_part_of_numbering
from normalize.numbers import looks_numeric
from normalize.ordinals import read_ordinal

_DIGITS = re.compile(r"\d+")
_BY_BLANKS, _SURELY_BY_BLANKS = re.compile(r"^\d{1,3}(?: \d{3})+$"), re.compile(r"(?<!\S)\d{1,3} 0\d\d(?!\S)")
_RANGE = re.compile(r"\d\s*[-–]\s*\d")
# A share of the figures that stand run together from which a reading's columns are not the table's, and a
# number below which it may be one odd cell: dumps read rightly have none, those read wrongly a third or more.
_RUN_TOGETHER_SHARE, _LEAST_RUN_TOGETHER = 0.03, 3
# From this share on the whole table is doubted, not only the cells.
_DOUBTED_SHARE = 0.1
_MOST_NAMED = 12
# A figure with its marks after words, at the end of a cell; in fewer rows it may be part of a name.
_STUCK = re.compile(r"[^\W\d_]\S*\s+[-+(]?\d[\d.,]*[.,]\d+%?\)?$")
_BEFORE_DATE = re.compile(r"^\d[\d.,]*\s+\d{1,2}/\d{1,2}/\d{4}$")
_LEAST_STUCK = 3
# A figure of thousands between the words of a label whose lines stand round it.
_AMONG_WORDS = re.compile(r"[^\W\d_]\S*\s+\d{1,3}(?:[.,]\d{3})+\s+\S")
_GROUP, _YEAR = 3, 4  # digits
_AFTER_LABELS = 2  # columns of row number and label
_SHORT_CELL, _LEAST_SHORT = 3, 2  # words of a cell that is a figure and a neighbour's word; such rows
_GROUPED = 4  # figures in groups of three for each that looks cut
_TORN, _REST = re.compile(r"(?:[.,](?=\d{1,2}$)|/)(\d{1,3})$"), re.compile(r"\d{1,3}\)?")
# Lines from a torn figure to its rest; over a page's end the header printed again stands between.
_TORN_LINES, _TORN_OVER_PAGES = 4, 48
_MIXED = re.compile(r"\d.*[^\W\d_]{2}|[^\W\d_]{2}.*\d")
_PURE, _LEAST_PURE = 0.8, 6  # of a column's texts that are figures alone
_COLUMN_MARK = re.compile(r"(?<!\S)\(\d{1,2}\)(?!\S)")
_NOUGHTS, _LEAST_TORN = re.compile(r"0{2,3}"), 2


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a reading's figures: how many have a cell of their own, and how many share one with others."""

    alone: int
    together: int

    @property
    def figures(self) -> int:
        return self.alone + self.together

    @property
    def is_poor(self) -> bool:
        """Whether so many figures share cells that the columns are wrong."""
        return self.together >= _LEAST_RUN_TOGETHER and self.share > _RUN_TOGETHER_SHARE

    @property
    def share(self) -> float:
        """The share of the figures that share a cell."""
        return self.together / max(1, self.alone + self.together)


def tally(drafts: Iterable[Draft]) -> Tally:
    """The figures of all drafts' body cells, counted."""
    cells = [text for draft in drafts for row in draft.rows[draft.header_rows or 0 :] for text in row if text]
    by_blanks = groups_by_blanks(cells)
    counts = [figures_together(text, by_blanks) for text in cells]
    alone = sum(looks_numeric(text) for text, count in zip(cells, counts, strict=True) if not count)
    return Tally(alone, sum(counts))


def groups_by_blanks(texts: Iterable[str]) -> bool:
    """Whether numbers are grouped by blanks (`12 045`): no figure of its own begins with a nought."""
    return any(_SURELY_BY_BLANKS.search(text) for text in texts)


def figures_together(text: str, by_blanks: bool = False) -> int:
    """How many figures stand side by side in a cell, with nothing between them: 0 for fewer than two.

    `15.000 - 16.000` is one range, `12 hồ sơ, 5 ngày` and `thôn 1, 2, 3` are texts; `431 204` is one number
    only where numbers are grouped `by_blanks`.
    """
    if _RANGE.search(text) or (looks_numeric(text) and (by_blanks or not _BY_BLANKS.match(text))):
        return 0
    best = run = 0
    for word in text.split():
        run = run + 1 if kind_of(word) == "figure" and not word.endswith(",") else 0
        best = max(best, run)
    return best if best > 1 else 0


def with_lost_figures(draft: Draft, lines: Sequence[SourceLine]) -> Draft:
    """The draft, with a doubt that names the figures of its lines that stand in none of its cells.

    Not lost are page numbers, and what a header printed again on a new page says.
    """
    own = [x for x in lines if x.number in draft.lines and not x.blank]
    texts = [*(text for row in draft.rows for text in row), *draft.dropped]
    printed = Counter(run for line in own for run in _DIGITS.findall(line.text))
    kept = _as_torn(Counter(run for text in texts for run in _DIGITS.findall(text)), printed, _tears(own))
    heading = {
        run for row in draft.rows[: draft.header_rows or 0] for text in row for run in _DIGITS.findall(text)
    }
    again = [_names_columns(x) and set(_DIGITS.findall(x.text)) <= heading for x in own]
    lost: list[tuple[str, int]] = []
    for i in sorted(range(len(own)), key=again.__getitem__):  # what a header says again takes nothing away
        missing = [run for run in _DIGITS.findall(own[i].text) if not _take(kept, run)]
        if missing and not again[i] and not _is_page_number(own, i):
            lost += [(run, own[i].number) for run in missing]
    return replace(draft, doubts=(*draft.doubts, lost_note(lost))) if lost else draft


def _as_torn(kept: Counter[str], printed: Counter[str], tears: Counter[tuple[str, str]]) -> Counter[str]:
    """The runs of the cells, those groups of three and years as two that no line prints as one (`143,5` over
    `00`): as often as lines near each other print the two."""
    out = Counter(kept)
    groups = (run for run, count in kept.items() if count > printed[run] and len(run) in (_GROUP, _YEAR))
    for whole in sorted(groups):
        for cut in range(1, len(whole)):
            head, rest = whole[:cut], whole[cut:]
            spare = min(
                out[whole] - printed[whole],
                printed[head] - out[head],
                printed[rest] - out[rest],
                tears[head, rest],
            )
            if spare > 0:
                out.update({head: spare})
                out.update({rest: spare})
                out.subtract({whole: spare})
    return out


def _tears(lines: Sequence[SourceLine]) -> Counter[tuple[str, str]]:
    """How often the end of a figure or code that may be torn stands above digits that may be its rest, a few
    lines apart or on two pages."""
    found = Counter[tuple[str, str]]()
    words = [line.text.split() for line in lines]
    for i, line in enumerate(lines):
        heads = [match[1] for word in words[i] if (match := _TORN.search(word))]
        if not heads:
            continue
        for k in range(i + 1, min(len(lines), i + _TORN_OVER_PAGES)):
            if k - i > _TORN_LINES and lines[k].page == line.page:
                continue
            rests = [word for word in words[k] if _REST.fullmatch(word)]
            found.update((head, rest) for head in heads for rest in rests)
    return found


def _names_columns(line: SourceLine) -> bool:
    """Whether a line may be a header's: the numbers of columns, or words and not two figures in a row."""
    words = line.text.split()
    if is_numbering(words) or is_part_of_numbering(words):
        return True
    kinds = [kind_of(word) for word in words]
    return "word" in kinds and all(pair != ("figure", "figure") for pair in pairwise(kinds))


def _is_page_number(lines: Sequence[SourceLine], i: int) -> bool:
    """Whether a line of nothing but a short number is the first or last of its page."""
    at_edge = any(k < 0 or k >= len(lines) or lines[k].page != lines[i].page for k in (i - 1, i + 1))
    return at_edge and page_number(lines[i].text) is not None


def with_run_together(draft: Draft) -> Draft:
    """The draft with the cells doubted that hold several figures, and the table where they are many."""
    head = draft.header_rows or 0
    by_blanks = groups_by_blanks(text for row in draft.rows for text in row)
    found = {
        (r, c)
        for r, row in enumerate(draft.rows)
        for c, text in enumerate(row)
        if r >= head and figures_together(text, by_blanks)
    }
    if not found:
        return draft
    doubts = draft.doubts
    found_here = tally([draft])
    if found_here.is_poor and found_here.share > _DOUBTED_SHARE:
        rows = ", ".join(str(r + 1) for r in sorted({r for r, _ in found})[:_MOST_NAMED])
        doubts = (*doubts, f"Nhiều ô của bảng chứa vài số liền nhau (hàng {rows}): có thể các cột đã bị gộp.")
    return replace(draft, doubtful=draft.doubtful | found, doubts=doubts)


def with_stuck_figures(draft: Draft) -> Draft:
    """The draft with the cells doubted in which a figure stands after words (`đồng/lít 51,500`), among them
    or before a date, and the table, where they are many: its columns were cut in other places."""
    head = draft.header_rows or 0
    found = {
        (r, c)
        for r, row in enumerate(draft.rows)
        for c, text in enumerate(row)
        if r >= head and any(stuck.search(text) for stuck in (_STUCK, _AMONG_WORDS, _BEFORE_DATE))
    }
    rows = sorted({r for r, _ in found})
    filled = sum(any(map(looks_numeric, row)) for row in draft.rows[head:])
    short = {r for r, c in found if c >= _AFTER_LABELS and len(draft.rows[r][c].split()) <= _SHORT_CELL}
    if (len(rows) < _LEAST_STUCK or len(rows) < _DOUBTED_SHARE * filled) and len(short) < _LEAST_SHORT:
        return draft
    named = ", ".join(str(r + 1) for r in rows[:_MOST_NAMED])
    note = (
        f"Ở {len(rows)} hàng của bảng có số đứng sau chữ trong một ô (hàng {named}): cột có thể bị cắt sai."
    )
    return replace(draft, doubtful=draft.doubtful | found, doubts=(*draft.doubts, note))


def with_torn_figures(draft: Draft) -> Draft:
    """The draft doubted where cells hold nothing but noughts (`00`), ends of figures that lines tore, or
    figures that end with their mark (`16.781,`) or are alone in their rows (`400.00`), beginnings of such."""
    head = draft.header_rows or 0
    cut = [r for r, row in enumerate(draft.rows) if r >= head and any(map(TORN_HEAD.match, _unnumbered(row)))]
    lone = [r for r, row in enumerate(draft.rows) if r >= head and _is_lone_beginning(row)]
    cut = sorted({*cut, *lone}) if len(lone) >= _LEAST_TORN else cut
    doubts = list(draft.doubts)
    if is_torn(draft):
        doubts.append(f"Có số bị ngắt dòng giữa chừng, còn sót “00” (hàng {_named(_rows_of_ends(draft))}).")
    if cut:
        doubts.append(f"Có số bị ngắt ở dấu phân cách mà không thấy phần còn lại (hàng {_named(cut)}).")
    return replace(draft, doubts=tuple(doubts))


def _unnumbered(row: Sequence[str]) -> Sequence[str]:
    """A row without the number it may open with (`2.` is no torn figure)."""
    return row[1:] if row and read_ordinal(row[0]) is not None else row


def _is_lone_beginning(row: Sequence[str]) -> bool:
    """Whether a row has nothing but a figure whose last group is short (`400.00`), and not as its number: its
    row is another."""
    filled = [text for text in row if text]
    return len(filled) == 1 and not row[0] and bool(SHORT_GROUP.match(filled[0]))


def _named(rows: Sequence[int]) -> str:
    return ", ".join(str(r + 1) for r in rows[:_MOST_NAMED])


def with_mixed_cells(draft: Draft) -> Draft:
    """The draft with the cells doubted that hold words and a figure in a column of nothing else but figures:
    the words are a neighbour's."""
    head = draft.header_rows or 0
    found = set[tuple[int, int]]()
    for col in range(draft.n_cols):
        texts = {r: row[col] for r, row in enumerate(draft.rows) if r >= head and row[col]}
        mixed = {r for r, text in texts.items() if not looks_numeric(text) and _MIXED.search(text)}
        pure = sum(map(looks_numeric, texts.values()))
        if pure >= max(_LEAST_PURE, _PURE * len(texts)):
            found |= {(r, col) for r in mixed}
    return replace(draft, doubtful=draft.doubtful | found) if found else draft


def with_cut_groups(draft: Draft) -> Draft:
    """The draft with the cells doubted whose last group has two digits or one (`123,5`) in a column of others
    in groups of three by the same mark: the rest was torn off."""
    head = draft.header_rows or 0
    found = set[tuple[int, int]]()
    for col in range(draft.n_cols):
        texts = {r: row[col] for r, row in enumerate(draft.rows) if r >= head and row[col]}
        short = {r: match[1] for r, text in texts.items() if (match := SHORT_GROUP.match(text))}
        for mark in sorted(set(short.values())):
            whole = sum(bool(WHOLE_GROUP.match(text)) and mark in text for text in texts.values())
            cut = {r for r, own in short.items() if own == mark}
            if whole >= max(_LEAST_PURE, _GROUPED * len(cut)):
                found |= {(r, col) for r in cut}
    return replace(draft, doubtful=draft.doubtful | found) if found else draft


def is_torn(draft: Draft) -> bool:
    """Whether rows of the draft hold ends of torn figures."""
    return len(_rows_of_ends(draft)) >= _LEAST_TORN


def _rows_of_ends(draft: Draft) -> list[int]:
    return [r for r, row in enumerate(draft.rows) if any(map(_NOUGHTS.fullmatch, row))]


def with_marks_together(draft: Draft) -> Draft:
    """The draft doubted where one cell of its row of column numbers holds two: columns were cut elsewhere."""
    for row in draft.rows[: draft.header_rows or 0]:
        marks = [word for cell in row for word in cell.split()]
        if any(len(_COLUMN_MARK.findall(cell)) > 1 for cell in row) and is_numbering(marks):
            note = "Hàng đánh số cột không khớp với các cột đọc được: cột hoặc tiêu đề có thể bị lệch."
            return replace(draft, doubts=(*draft.doubts, note))
    return draft


def lost_note(lost: Sequence[tuple[str, int]]) -> str:
    """What a reviewer is told of figures, each with its line in the file, that stand in no cell."""
    named = ", ".join(f"{figure} (dòng {line})" for figure, line in lost[:_MOST_NAMED])
    more = f" và {len(lost) - _MOST_NAMED} số khác" if len(lost) > _MOST_NAMED else ""
    return f"Có {len(lost)} số của bảng không xếp được vào ô nào: {named}{more}."


def _take(kept: Counter[str], run: str) -> bool:
    """Takes a run of digits out of what is kept; whether it was there."""
    if kept[run] <= 0:
        return False
    kept[run] -= 1
    return True
