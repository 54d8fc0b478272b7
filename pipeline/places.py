"""Place columns of a document resolved against the gazetteer, as of the document's day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zlib import crc32

from model.document import Document, Metadata
from model.flag import Flag
from model.page import TextLine
from model.place import ColumnResolution, MatchKind, PlaceMention, Scope
from model.table import Column, Table
from model.value import Repair
from normalize.columns.names import is_name
from normalize.columns.roles import is_figure
from normalize.columns.rows import unit_column
from normalize.dates import find_dates, last_day
from normalize.lexicon import entries
from normalize.unicode import fold, tone_key
from pipeline.place_names import as_named, as_spelled, spaced
from pipeline.settings import Settings
from pipeline.tools import gazetteer

# Where nothing in a document tells its day: the eve of the reform of 2025-07-01, since archives of
# legacy reports are what the program is for.
UNDATED = date(2025, 6, 30)
_STRANGERS = 0.1
_NEARLY = 0.9  # how like a unit's name one is at least that may be meant for it, among names of others
_TYPED = re.compile(
    r"(?:ubnd |uy ban nhan dan )?"
    r"(?:xa|phuong|thi tran|thi xa|huyen|quan|thanh pho|tinh|dac khu|tt\.|tp\.|tx\.)\s"
)
_AS_WELL = 0.2  # in shares of the texts: columns that name places as well as the best one
_NEARLY_ALL = 0.8  # of a column's texts that must name districts or provinces to say where the rows lie
_ABOVE_COMMUNES = (1, 2)
_NAMES_UNIT = 0.5  # evidence (0..1) from which a text counts as a unit's name
_PLACE_SHARE = 0.5  # of a column's labels that must look like units for it to be a place column
# Of a long column's different texts so many are looked at first; where fewer than this share of them name
# units, no more than half of all do: the odds against that are e to the power of 50 (Hoeffding 1963).
_LONG, _DRAWN, _SURELY_NONE = 1000, 400, 0.25
_FEWEST_DRAWN, _HARDLY_ANY = 160, 0.1  # the same odds: of the first so many hardly any is one


@dataclass(frozen=True, slots=True)
class ResolvedPlaces:
    """Tables with place columns named and mended, mentions by table id, and flags."""

    tables: tuple[Table, ...]
    mentions: tuple[tuple[str, tuple[PlaceMention, ...]], ...]
    flags: tuple[Flag, ...]

    def names(self) -> frozenset[str]:
        """What the document's tables name, and what that lies in."""
        units = (u for _, found in self.mentions for m in found for u in (m.unit, m.parent, m.province) if u)
        return frozenset(unit.name for unit in units)


def document_day(
    metadata: Metadata, settings: Settings, lines: Sequence[TextLine], tables: Sequence[Table]
) -> date:
    """The day places are looked up for: the user's, the letter's date, its period, the last day it names."""
    if settings.as_of:
        return settings.as_of
    for printed in (metadata.date, metadata.period):
        if day := last_day(printed):
            return day
    texts = [line.text for line in lines]
    texts += [text for t in tables for text in (t.title, *(c.text for c in t.cells() if c.is_header))]
    days = [d.iso for text in texts for d in find_dates(text) if d.exists and 1945 <= d.year <= 2100]
    return date.fromisoformat(max(days)) if days else UNDATED


def resolve_places(
    tables: Sequence[Table],
    metadata: Metadata,
    lines: Sequence[TextLine],
    day: date,
    settings: Settings,
) -> ResolvedPlaces:
    """Resolve every table's place column as a whole; tables of one document share its scope."""
    known = gazetteer()
    titles = [table.title for table in tables]
    scope = known.scope_of(metadata, titles, day, settings.province, [line.text for line in lines])
    out: list[Table] = []
    mentions: list[tuple[str, tuple[PlaceMention, ...]]] = []
    flags: list[Flag] = []
    for table in tables:
        columns = _Columns(table)
        col = _place_column(columns)
        if col is None:
            out.append(table)
            continue
        resolution = _with_names_kept(table, col, _resolve(columns, col, scope))
        if not any(m.unit is not None or m.kind == "ambiguous" for m in resolution.mentions):
            out.append(table)
            continue
        out.append(_with_places(table, col, resolution))
        mentions.append((table.table_id, resolution.mentions))
        flags.extend(_flags(table, resolution))
    return ResolvedPlaces(tuple(out), tuple(mentions), tuple(flags))


def resolved_again(document: Document, cells: Collection[tuple[str, int, int]]) -> Document:
    """The document with the places of `cells` (table_id, row, col), whose texts a person wrote, looked up
    anew on the day of their column; the texts stay as written."""
    titles, lines = [t.title for t in document.tables], [line.text for line in document.running]
    tables = {t.table_id: t for t in document.tables}
    places = []
    for table_id, mentions in document.places:
        rows = {row for name, row, col in cells if name == table_id and col == mentions[0].col}
        if rows:
            day, col = mentions[0].as_of, mentions[0].col
            scope = gazetteer().scope_of(document.metadata, titles, day, "", lines)
            columns = _Columns(tables[table_id])
            found = (
                gazetteer().resolve_column(columns.labels(col), scope, col, _beside(columns, col)).mentions
            )
            kept = [m for m in mentions if m.row not in rows]
            mentions = tuple(sorted([*kept, *(m for m in found if m.row in rows)], key=lambda m: m.row))
        places.append((table_id, mentions))
    return replace(document, places=tuple(places))


def without_named(flags: Sequence[Flag], resolved: ResolvedPlaces) -> list[Flag]:
    """Doubts about the spelling of cells, without those that the gazetteer has settled."""
    named = {(table_id, m.row, m.col) for table_id, mentions in resolved.mentions for m in mentions if m.unit}
    return [flag for flag in flags if (flag.table_id, flag.row, flag.col) not in named]


class _Columns:
    """A table's columns as lists of labels, each made once: a long one is asked for many times."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._labels: dict[int, list[tuple[int, str]]] = {}
        self._different: dict[int, int] = {}

    def labels(self, col: int) -> list[tuple[int, str]]:
        """A column's body texts by row (`_labels`)."""
        if col not in self._labels:
            self._labels[col] = _labels(self.table, col)
        return self._labels[col]

    def different(self, col: int) -> int:
        """How many different names a column has."""
        if col not in self._different:
            self._different[col] = len({tone_key(text) for _, text in self.labels(col)})
        return self._different[col]


def place_column(table: Table) -> int | None:
    """The column whose labels name units, or None: of those whose texts mostly do the one that names most
    different ones, since a district stands beside each of its communes."""
    return _place_column(_Columns(table))


def _place_column(columns: _Columns) -> int | None:
    shares = _place_shares(columns)
    if not shares:
        return None
    enough = max(shares.values()) - _AS_WELL
    return max(
        (col for col in shares if shares[col] >= enough), key=lambda col: (columns.different(col), -col)
    )


def _place_shares(columns: _Columns) -> dict[int, float]:
    """The share of texts that name units, of the columns where it is more than half, by column index."""
    found = {}
    measures = unit_column(columns.table)
    for column in columns.table.columns:
        if column.role not in ("label", "place") or column.index == measures or _of_others(column):
            continue
        texts = columns.labels(column.index)
        if len(texts) < 2:
            continue
        share = _place_share([text for _, text in texts])
        if share > _PLACE_SHARE:
            found[column.index] = share
    return found


def _place_share(texts: Sequence[str]) -> float:
    """The share of texts that name units; 0 as soon as it can't be more than _PLACE_SHARE."""
    counts = Counter(texts)  # a list repeats its villages and offices
    if len(counts) > _LONG and _looked_at(counts) < _SURELY_NONE:
        return 0.0
    named = len(texts)
    for text, count in counts.items():
        if gazetteer().is_place(text) < _NAMES_UNIT:
            named -= count
            if named <= _PLACE_SHARE * len(texts):
                return 0.0
    return named / len(texts)


def _looked_at(texts: Iterable[str]) -> float:
    """The share of names among some of the texts, drawn by their bytes."""
    drawn = sorted(texts, key=lambda text: (crc32(text.encode()), text))[:_DRAWN]
    named = 0
    for looked, text in enumerate(drawn, start=1):
        named += gazetteer().is_place(text) >= _NAMES_UNIT
        if looked >= _FEWEST_DRAWN and named < _HARDLY_ANY * looked:
            break
    return named / looked


def _of_others(column: Column) -> bool:
    """Whether the column's header says that it names goods, their makers, streets or persons."""
    heads = fold(" ".join(column.path))
    return any(re.search(pattern, heads) for pattern, _ in entries("goods_heads"))


def _beside(columns: _Columns, col: int) -> dict[int, str]:
    """By row, the district or province that another column names for the place in column `col`: the nearest
    such column before it, else after it, whose names repeat or span rows."""
    known, table = gazetteer(), columns.table
    others = [c.index for c in table.columns if c.index != col and c.role in ("label", "place")]
    for other in sorted(others, key=lambda c: (c > col, abs(c - col))):
        texts = columns.labels(other)
        if not texts or columns.different(other) >= columns.different(col):
            continue
        if sum(known.names_level(text, _ABOVE_COMMUNES) for _, text in texts) < _NEARLY_ALL * len(texts):
            continue
        named, found = dict(texts), {}
        for row in range(table.n_rows):
            cell = table.rows[row][other]
            text = named.get(row) or (cell.text if cell.anchor not in ((row, other), (-1, -1)) else "")
            if text:
                found[row] = text
        return found
    return {}


def _labels(table: Table, col: int, *, raw: bool = False) -> list[tuple[int, str]]:
    """The place column's body texts by row, as repaired or as read; spanned cells once."""
    kinds = table.row_kinds or ("body",) * table.n_rows
    found = []
    for r, row in enumerate(table.rows):
        cell = row[col]
        text = cell.raw if raw else cell.text
        if kinds[r] != "body" or not (text[:1].isalpha() or any(ch.isalpha() for ch in text)):
            continue
        if cell.anchor not in ((r, col), (-1, -1)) or is_figure(text) or is_name(text):
            continue  # a price with its unit, a code
        found.append((r, text if cell.sure else spaced(text)))
    return found


def _resolve(columns: _Columns, col: int, scope: Scope) -> ColumnResolution:
    """The column resolved from its texts as repaired, and where they were repaired also as read: a language
    model knows names less well than the gazetteer does. What the better of the two leaves unknown the other
    may name, if no row has that unit yet."""
    beside, texts = _beside(columns, col), columns.labels(col)
    mended = gazetteer().resolve_column(texts, scope, col, beside)
    rows = _labels(columns.table, col, raw=True)
    if rows == texts:
        return mended
    as_read = gazetteer().resolve_column(rows, scope, col, beside)
    better, other = (as_read, mended) if _named(as_read) >= _named(mended) else (mended, as_read)
    taken = {m.unit.code for m in better.mentions if m.unit}
    spare = {m.row: m for m in other.mentions if m.unit and m.unit.code not in taken}
    mentions = tuple(m if m.unit else spare.get(m.row, m) for m in better.mentions)
    now = {m.unit.code for m in mentions if m.unit}
    return replace(better, mentions=mentions, missing=tuple(u for u in better.missing if u.code not in now))


def _with_names_kept(table: Table, col: int, resolution: ColumnResolution) -> ColumnResolution:
    """The resolution without repairs of print that is some other unit's very name: nobody misread it, and
    whoever types slips into no such name. Nor among names that are of no unit (stations, hamlets, markets),
    where a name nearly a unit's may be another thing's."""
    mixed = _strangers(resolution) > _STRANGERS * len(resolution.mentions)

    def kept(m: PlaceMention) -> PlaceMention:
        if m.kind != "repaired" or not table.rows[m.row][col].sure:
            return m
        other = mixed and not m.raw.isascii() and not _TYPED.match(fold(m.raw))
        if not other and not _is_a_name(m):
            return m
        kind: MatchKind = "unknown" if other and m.score < _NEARLY else "ambiguous"
        return replace(m, kind=kind, unit=None, parent=None, province=None, successors=(), change="")

    return replace(resolution, mentions=tuple(kept(m) for m in resolution.mentions))


def _strangers(resolution: ColumnResolution) -> int:
    return sum(m.kind == "unknown" for m in resolution.mentions)


def _is_a_name(mention: PlaceMention) -> bool:
    """Whether a row prints the name of some unit of its day, or before, letter by letter."""
    printed = tone_key(mention.raw)
    found = gazetteer().resolve(mention.raw, as_of=mention.as_of)
    return any(printed.endswith(tone_key(n)) for c in found for n in gazetteer().spellings(c.unit))


def _named(resolution: ColumnResolution) -> int:
    return sum(m.unit is not None for m in resolution.mentions)


def _with_places(table: Table, col: int, resolution: ColumnResolution) -> Table:
    """The table with its place column named so, and repaired names written with the change recorded."""
    rows = [list(row) for row in table.rows]
    for mention in resolution.mentions:
        cell = rows[mention.row][mention.col]
        if mention.unit is None or not (
            mention.kind == "repaired" or (mention.kind == "exact" and not cell.sure)
        ):
            continue
        text = as_named(cell.text, as_spelled(cell.text, mention.unit))
        if tone_key(text) != tone_key(cell.text):
            repair = Repair("place", cell.text, text, "danh mục đơn vị hành chính", mention.score)
            rows[mention.row][mention.col] = replace(cell, text=text, repairs=(*cell.repairs, repair))
    columns = tuple(replace(c, role="place") if c.index == col else c for c in table.columns)
    return replace(table, columns=columns, rows=tuple(tuple(row) for row in rows))


def _flags(table: Table, resolution: ColumnResolution) -> list[Flag]:
    # A list with many strangers in it also holds people or offices: there only a type word makes a place.
    only_places = _strangers(resolution) <= _STRANGERS * len(resolution.mentions)
    found = [
        flag
        for mention in resolution.mentions
        if (flag := _mention_flag(table, mention, only_places or bool(_TYPED.match(fold(mention.raw)))))
    ]
    if resolution.missing:
        names = ", ".join(f"{u.type} {u.name}" for u in resolution.missing)
        found.append(_table_flag(table, f"Danh sách gần như đầy đủ nhưng thiếu: {names}.", names))
    if resolution.repeated:
        names = ", ".join(f"{u.type} {u.name}" for u in resolution.repeated)
        found.append(_table_flag(table, f"Đơn vị được ghi nhiều lần trong bảng: {names}.", names))
    return found


def _table_flag(table: Table, message: str, found: str) -> Flag:
    return Flag(
        "structure", "warning", message, table.table_id, page=table.page_first, found=found, check="places"
    )


def _mention_flag(table: Table, mention: PlaceMention, sought: bool) -> Flag | None:
    if mention.kind not in ("ambiguous", "unknown") or (mention.kind == "unknown" and not sought):
        return None
    cell = table.rows[mention.row][mention.col]
    names = ", ".join(f"{c.unit.type} {c.unit.name} ({c.unit.code})" for c in mention.candidates[:3])
    if mention.kind == "ambiguous":
        message = f"Tên “{mention.raw}” có thể là nhiều đơn vị: {names}."
    else:
        message = (
            f"Không tìm thấy đơn vị hành chính nào tên “{mention.raw}” vào ngày {mention.as_of:%d/%m/%Y}."
        )
        message += f" Gần nhất: {names}." if names else ""
    return Flag(
        kind="spelling",
        severity="warning",
        message=message,
        table_id=table.table_id,
        row=mention.row,
        col=mention.col,
        page=cell.page,
        box=cell.box,
        found=mention.raw,
        expected=mention.candidates[0].unit.name if mention.candidates else "",
        context=cell.text,
        check="places",
    )
