"""Place columns of a document resolved against the gazetteer, as of the document's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from model.document import Metadata
from model.flag import Flag
from model.page import TextLine
from model.place import ColumnResolution, PlaceMention
from model.table import Table
from model.value import Repair
from normalize.dates import find_dates, last_day
from normalize.unicode import tone_key
from pipeline.settings import Settings
from pipeline.tools import gazetteer

# Where nothing in a document tells its day: the eve of the reform of 2025-07-01, since archives of
# legacy reports are what the program is for.
UNDATED = date(2025, 6, 30)
_PLACE_SHARE = 0.5  # of a column's labels that must look like units for it to be a place column


@dataclass(frozen=True, slots=True)
class ResolvedPlaces:
    """Tables with place columns named and mended, mentions by table id, and flags."""

    tables: tuple[Table, ...]
    mentions: tuple[tuple[str, tuple[PlaceMention, ...]], ...]
    flags: tuple[Flag, ...]


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
        col = place_column(table)
        if col is None:
            out.append(table)
            continue
        resolution = known.resolve_column(_labels(table, col), scope, col)
        if not any(m.kind in ("exact", "repaired", "ambiguous") for m in resolution.mentions):
            out.append(table)
            continue
        out.append(_with_places(table, col, resolution))
        mentions.append((table.table_id, resolution.mentions))
        flags.extend(_flags(table, resolution))
    return ResolvedPlaces(tuple(out), tuple(mentions), tuple(flags))


def place_column(table: Table) -> int | None:
    """The column whose labels name units, or None: the one with most of them, at least half its texts."""
    best, best_share = None, _PLACE_SHARE
    for column in table.columns:
        if column.role not in ("label", "place"):
            continue
        texts = _labels(table, column.index)
        if len(texts) < 2:
            continue
        share = sum(gazetteer().is_place(text) >= 0.5 for _, text in texts) / len(texts)
        if share > best_share:
            best, best_share = column.index, share
    return best


def _labels(table: Table, col: int) -> list[tuple[int, str]]:
    kinds = table.row_kinds or ("body",) * table.n_rows
    return [
        (r, row[col].text)
        for r, row in enumerate(table.rows)
        if kinds[r] == "body"
        and row[col].anchor in ((r, col), (-1, -1))
        and any(ch.isalpha() for ch in row[col].text)
    ]


def _with_places(table: Table, col: int, resolution: ColumnResolution) -> Table:
    """The table with its place column named so, and repaired names written with the change recorded."""
    rows = [list(row) for row in table.rows]
    for mention in resolution.mentions:
        cell = rows[mention.row][mention.col]
        if mention.kind != "repaired" or mention.unit is None:
            continue
        text = _renamed(cell.text, mention)
        if tone_key(text) != tone_key(cell.text):
            repair = Repair("place", cell.text, text, "danh mục đơn vị hành chính", mention.score)
            rows[mention.row][mention.col] = replace(cell, text=text, repairs=(*cell.repairs, repair))
    columns = tuple(replace(c, role="place") if c.index == col else c for c in table.columns)
    return replace(table, columns=columns, rows=tuple(tuple(row) for row in rows))


def _renamed(text: str, mention: PlaceMention) -> str:
    """The cell's text with the unit's official name in place of the printed one, its prefix kept."""
    assert mention.unit is not None
    name = mention.unit.name
    words, given = text.split(), len(name.split())
    if len(words) <= given:
        return name
    prefix = " ".join(words[:-given])
    return f"{prefix} {name}"


def _flags(table: Table, resolution: ColumnResolution) -> list[Flag]:
    found = [flag for mention in resolution.mentions if (flag := _mention_flag(table, mention))]
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


def _mention_flag(table: Table, mention: PlaceMention) -> Flag | None:
    if mention.kind not in ("ambiguous", "unknown"):
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
