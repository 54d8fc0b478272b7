"""The charts of a dump as tables: ranks, names, scores and changes under headings of our own, and the figures
of their axes, which are no figures of any table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from extract.dump.charts.axes import with_axes
from extract.dump.charts.blocks import block_charts
from extract.dump.charts.entries import (
    Entry,
    apart,
    charts_of,
    follows_scores,
    is_ranking,
    missing_ranks,
    parts_of,
)
from extract.dump.charts.items import Item, items_of
from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, in_capitals, opens_table
from extract.dump.stream.sections import heads_columns
from extract.dump.tokens import tokenize
from normalize.captions import names_chart
from normalize.numbers import RISES_AND_FALLS
from normalize.unicode import fold, squeeze

HEADED = "Biểu đồ không in tiêu đề cột: các tiêu đề do chương trình đặt."
_APART = "Các phần của biểu đồ nằm trên nhiều dòng và điểm không theo thứ tự: tên và số có thể ghép sai."
_LEFT = "Có {} số gần biểu đồ không xếp được vào dòng nào: {}; biểu đồ có thể thiếu dòng hoặc thiếu số."
_MISSING = "Biểu đồ thiếu hạng {}: có thể thiếu dòng hoặc ghép sai tên và số."
_AMONG = "Giữa các dòng của biểu đồ còn có: “{}”."
_ARROW = re.compile(rf"[{RISES_AND_FALLS}]")
_RATE = re.compile(r"\(\s*%|\bty le\b|\bti le\b")
_POINTS = re.compile(r"\bdiem\b|\bchi so\b|\bxep hang\b|\bthu hang\b")
_NEAR = 12  # lines above an entry that may be a heading or a title, and below it a caption
_REACH = 40  # lines from a chart to labels of its own that were written elsewhere
_TITLE_LINES, _LONGEST_TITLE = 3, 200
_MORE_FIGURES = 3  # an entry
_MOST_NAMED = 8  # figures that are named one by one

_PLAIN = ("Đơn vị", "Giá trị", "Tăng/giảm")
_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of a dump: their tables, and the numbers of the lines that hold nothing but an axis."""

    drafts: tuple[Draft, ...] = ()
    axes: frozenset[int] = frozenset()


class _Page:
    """The lines of a page, what their parts are, and which lines an axis takes whole."""

    def __init__(self, lines: Sequence[SourceLine]) -> None:
        self.lines = lines
        self.items: Sequence[Item] = with_axes(items_of(lines, self.opens))
        self.axes = frozenset(item.line for item in self.items if item.kind == "T")

    def opens(self, at: int) -> bool:
        """Whether a line opens a table or a chart."""
        line = self.lines[at]
        before = self.lines[at - 1] if at else None
        return opens_table(line, before) or names_chart(line.key)

    def passed(self, at: int) -> bool:
        """Whether a line is none of words: blank, an axis, a legend."""
        own = [item for item in self.items if item.line == at]
        return at in self.axes or not own or own[0].kind == "L"


def charts(lines: Sequence[SourceLine]) -> Charts:
    """The charts among lines, page by page; none under headings of columns, which are tables."""
    drafts: list[Draft] = []
    axes: set[int] = set()
    for _, listed in groupby(lines, key=lambda line: line.page):
        own = list(listed)
        if not any(_ARROW.search(line.text) or names_chart(line.key) for line in own):
            continue  # most pages
        page = _Page(own)
        told = [*charts_of(page.items), *block_charts(page.items)]
        found = [c for c in apart(told) if not _is_headed(page, _lines_of(c, page)[0])]
        taken = {i for chart in found for i in parts_of(chart)}
        found = [c for c in found if not _are_rows(page, c, taken)]
        if not found:
            continue
        taken = {i for chart in found for i in parts_of(chart)}
        axes |= {own[at].number for at in page.axes}
        while found:
            together = [c for c in found if _meet(_lines_of(c, page), _lines_of(found[0], page))]
            drafts.append(_draft(page, together, taken))
            found = [c for c in found if c not in together]
    return Charts(tuple(drafts), frozenset(axes))


def _lines_of(chart: Sequence[Entry], page: _Page) -> tuple[int, int]:
    """The places of a chart's first and last line."""
    lines = [page.items[i].line for i in parts_of(chart)]
    return min(lines), max(lines)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _is_headed(page: _Page, first: int) -> bool:
    """Whether headings of columns stand over a line: a table's, that others read."""
    for at in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        if page.opens(at):
            return False
        if heads_columns(page.lines[at].key):
            return True
    return False


def _are_rows(page: _Page, chart: Sequence[Entry], taken: set[int]) -> bool:
    """Whether the lines of a chart hold several more figures an entry that are in none: rows of a table."""
    first, last = _lines_of(chart, page)
    kinds = (token.kind for line in page.lines[first : last + 1] for token in tokenize(line.text))
    own = sum(first <= page.items[i].line <= last for i in taken)
    return sum(kind == "figure" for kind in kinds) - own > _MORE_FIGURES * len(chart)


def _draft(page: _Page, together: Sequence[Sequence[Entry]], taken: set[int]) -> Draft:
    """The table of a chart, or of charts side by side, each in columns of its own. A rank that was not read
    among others is in doubt."""
    ends = [_lines_of(chart, page) for chart in together]
    first, last = min(a for a, _ in ends), max(b for _, b in ends)
    title = _title(page, first, last)
    parts = [_filled([_head(chart, title), *map(_row, chart)]) for chart in together]
    blank = [("",) * len(part[0]) for part in parts]
    rows = [
        sum((row or blank[n] for n, row in enumerate(beside)), start=()) for beside in zip_longest(*parts)
    ]
    doubtful = {
        (row, sum(len(part[0]) for part in parts[:n]))
        for n, chart in enumerate(together)
        for row, entry in enumerate(chart, start=1)
        if entry.rank is None and any(other.rank is not None for other in chart)
    }
    among = [i for i in range(len(page.items)) if first <= page.items[i].line <= last and i not in taken]
    told = [i for i in among if page.items[i].kind not in "RIFD"]
    dropped = tuple(page.items[i].text for i in told)
    doubts = [_APART] if any(map(_may_be_mixed, together)) else []
    whole = [chart for chart in together if all(entry.rank is not None for entry in chart)]
    missing = [str(rank) for chart in whole for rank in missing_ranks(chart)]
    if missing:
        doubts.append(_MISSING.format(", ".join(missing[:_MOST_NAMED])))
    if left := _left(page, first, last, taken):
        doubts.append(_LEFT.format(len(left), ", ".join(left[:_MOST_NAMED])))
    return Draft(
        rows=tuple(rows),
        first_line=page.lines[first].number,
        last_line=page.lines[last].number,
        pages=(page.lines[first].page,) * len(rows),
        header_rows=1,
        doubtful=frozenset(doubtful),
        notes=(HEADED, *([_AMONG.format(" ".join(dropped))] if dropped else [])),
        doubts=tuple(doubts),
        dropped=dropped,
        title=title,
    )


def _left(page: _Page, first: int, last: int, taken: set[int]) -> list[str]:
    """The figures and changes on lines without words near a chart, before anything else opens, that are in
    none of its rows and no ticks of its axis."""
    opens = [item.line for item in page.items if item.kind == "X"]
    start = max([line for line in opens if line < first], default=-1)
    end = min([line for line in opens if line > last], default=len(page.lines))
    worded = {item.line for item in page.items if item.kind in "NLX"}
    near = range(max(start, first - _REACH), min(end, last + _REACH))
    return [
        item.text
        for i, item in enumerate(page.items)
        if item.kind in "FD" and i not in taken and item.line in near and item.line not in worded
    ]


def _may_be_mixed(chart: Sequence[Entry]) -> bool:
    """Whether neither a line nor the ranks say that the parts of entries belong together."""
    lines = sum(entry.score.line != entry.line for entry in chart)
    return 2 * lines > len(chart) and not (is_ranking(chart) and follows_scores(chart, but_for=0))


def _filled(rows: Sequence[_Row]) -> list[_Row]:
    """The rows without columns that only have a heading."""
    kept = [c for c in range(len(rows[0])) if any(row[c] for row in rows[1:])]
    return [tuple(row[c] for c in kept) for row in rows]


def _row(entry: Entry) -> _Row:
    change = entry.change.text.strip("()").removesuffix("điểm").strip() if entry.change is not None else ""
    rank = str(entry.rank) if entry.rank is not None else ""
    name = entry.name.rstrip(" :–-")
    return rank, name, entry.score.text, re.sub(r"(?<=[^\w\s])\s+(?=\d)", "", change)


def _head(chart: Sequence[Entry], title: str) -> _Row:
    """What the columns are, as far as the chart and what is printed round it say."""
    ranked = is_ranking(chart) or bool(missing_ranks(chart))
    rank = "Xếp hạng" if ranked and follows_scores(chart) else "STT"
    near = fold(title)
    if _RATE.search(near):
        return rank, "Đơn vị", "Tỷ lệ (%)", "Tăng/giảm (%)"
    return (rank, "Đơn vị", "Điểm", "Tăng/giảm điểm") if _POINTS.search(near) else (rank, *_PLAIN)


def _title(page: _Page, first: int, last: int) -> str:
    """What a chart is called: its caption or capitals above it, with the lines up to it, else its caption
    below; '' where neither is near."""
    above: list[int] = []
    for at in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        if page.passed(at):
            continue
        above.insert(0, at)
        before = next((n for n in range(at - 1, -1, -1) if not page.passed(n)), None)
        named = names_chart(page.lines[at].key)
        capital = in_capitals(page.lines[at].text) and not (
            before is not None and in_capitals(page.lines[before].text) and before == at - 1
        )
        if named or capital:
            text = squeeze(" ".join(page.lines[n].text for n in above))
            return text if len(text) <= _LONGEST_TITLE else squeeze(page.lines[at].text)
        if len(above) == _TITLE_LINES:
            break
    for at in range(last + 1, min(len(page.lines), last + 1 + _NEAR)):
        if not page.passed(at):
            return squeeze(page.lines[at].text) if names_chart(page.lines[at].key) else ""
    return ""
