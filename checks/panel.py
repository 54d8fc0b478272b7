"""The panel: one place, one indicator, one day or period a figure; and conflicts between documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from checks.messages import number
from model.document import Document, Observation
from model.flag import CellRef, Flag
from model.place import PlaceMention
from model.table import Column, Table
from normalize.dates import find_dates
from normalize.sums import half_unit
from normalize.unicode import fold, squeeze

_MONTH = re.compile(r"\bth[áa]ng\s*0?(\d{1,2})\s*(?:/|\s*n[ăa]m\s*)\s*(\d{4})", re.IGNORECASE)
_QUARTER = re.compile(r"\bqu[ýy]\s*(iv|i{1,3}|[1-4])\s*(?:/|\s*n[ăa]m\s*)\s*(\d{4})", re.IGNORECASE)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAY = re.compile(
    r"(?:(?:tính đến|đến|so với)\s+)?(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}", re.IGNORECASE
)
_SINCE = re.compile(r"so với.*$", re.IGNORECASE | re.DOTALL)
_ANNEX = re.compile(r"^\s*(?:phụ lục|biểu(?: mẫu)?|bảng|mẫu)(?:\s+số)?\s*[ivxlc\d]*[.:]?", re.IGNORECASE)
_ALONE = 3  # words of a header that name an indicator without its table's title
# Spellings of one thing in these reports' headers, to the one that the panel uses.
_SPELLINGS = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), word)
    for pattern, word in (
        ("hs", "hồ sơ"),
        ("tthc", "thủ tục hành chính"),
        ("dvctt", "dịch vụ công trực tuyến"),
        ("dvcqg", "dịch vụ công quốc gia"),
        ("dvc", "dịch vụ công"),
        ("trễ hạn|trể hạn|chậm hạn", "quá hạn"),
        ("sớm hạn", "trước hạn"),
        ("online|qua mạng", "trực tuyến"),
        ("tỉ lệ", "tỷ lệ"),
        (r"tăng\s*[/,]\s*giảm", "tăng, giảm"),
        ("số hoá", "số hóa"),
        ("tổng số hồ sơ|tổng hồ sơ|số lượng hồ sơ", "số hồ sơ"),
    )
)
_SKIP = ("ordinal", "label", "place", "note", "empty", "rank", "date")


def observe(document: Document) -> tuple[Observation, ...]:
    """Every figure of a row that names a unit with a code, under one name for its indicator."""
    mentions = dict(document.places)
    out: list[Observation] = []
    for table in document.tables:
        rows = {m.row: m for m in mentions.get(table.table_id, ()) if m.unit is not None}
        if rows:
            out.extend(_observe_table(document, table, rows))
    return tuple(out)


def _observe_table(document: Document, table: Table, rows: dict[int, PlaceMention]) -> Iterable[Observation]:
    columns, depth = [c for c in table.columns if c.role not in _SKIP], table.header_rows
    told = {
        c.index: (indicator_name(c, table.title), as_of(c, table.title, document.metadata.period))
        for c in columns
    }
    plain = table.plain_columns
    named = [(c.index, *told[c.index], c.index in plain) for c in columns]
    for row, mention in sorted(rows.items()):
        assert mention.unit is not None
        code, place, cells, body = mention.unit.code, mention.unit.name, table.rows[row], row >= depth
        for col, name, day, figures in named:
            cell = cells[col]
            value = cell.value
            if value is None or not ((figures and body) or cell.anchor in ((-1, -1), (row, col))):
                continue
            yield Observation(code, place, name, day, value, value.unit, table.table_id, row, col)


def indicator_name(column: Column, title: str) -> str:
    """One name for an indicator: its header words without days, units and marks, in one spelling and lower
    case. A header too short to stand alone (`Tổng số`, `Tỷ lệ (%)`) is told apart by its table's title."""
    parts = [bare_name(p) for p in dict.fromkeys(column.path)]
    name = " / ".join(dict.fromkeys(p for p in parts if p))
    if len(name.replace("/", " ").split()) >= _ALONE:
        return name
    caption = bare_name(_ANNEX.sub(" ", title))
    return f"{caption}: {name}" if caption and name else caption or name


def bare_name(text: str) -> str:
    """A header's words in their one spelling: `Tỷ lệ nộp HS online 30/9/2024 (%)` is `tỷ lệ nộp hồ sơ trực
    tuyến`."""
    text = _DAY.sub(" ", text)
    text = _QUARTER.sub(" ", _MONTH.sub(" ", text))
    text = re.sub(r"\(\s*(?:%|\+|-|\+/-)\s*\)|\(\s*\)|\bđến\s*$", " ", text)
    text = squeeze(text).strip(" ,.;:-–/").lower()
    for pattern, word in _SPELLINGS:
        text = pattern.sub(word, text)
    return squeeze(text)


def as_of(column: Column, title: str, period: str) -> str:
    """The day in a column's header, else the month or quarter there or in the title, else the period.

    A day that a change is counted from (`so với ngày ...`) is not the figure's own."""
    for text in (*reversed(column.path), title):
        text = _SINCE.sub(" ", text)
        real = [(d if d.exists else d.nearest()) for d in find_dates(text)]
        if real and real[-1] is not None:
            return real[-1].iso
        if match := _MONTH.search(text):
            return f"{int(match[2]):04d}-{int(match[1]):02d}"
        if match := _QUARTER.search(text):
            quarter = match[1].lower()
            return f"{int(match[2]):04d}-Q{_QUARTERS.get(quarter, quarter)}"
    return period


def check_folder(
    documents: Sequence[Document] | Sequence[tuple[str, Sequence[Observation]]],
) -> list[tuple[str, Flag]]:
    """Figures of one place, indicator and day that differ between documents, flagged in both.

    Takes documents, or pairs of a document's id and its observations.
    """
    seen: dict[tuple[str, str, str], list[tuple[str, Observation]]] = {}
    for item in documents:
        doc_id, observations = (item.source.doc_id, item.observations) if isinstance(item, Document) else item
        for o in observations:
            if o.place_code and o.as_of:
                seen.setdefault((o.place_code, fold(o.indicator), o.as_of), []).append((doc_id, o))
    out: list[tuple[str, Flag]] = []
    for group in seen.values():
        if len({d for d, _ in group}) > 1 and len({o.value.amount for _, o in group}) > 1:
            out.extend(_conflicts(group))
    return out


def _conflicts(group: Sequence[tuple[str, Observation]]) -> Iterable[tuple[str, Flag]]:
    for doc_id, o in group:
        others = [
            (d, x)
            for d, x in group
            if d != doc_id
            and abs(x.value.amount - o.value.amount)
            > half_unit(o.value.decimals) + half_unit(x.value.decimals)
        ]
        if not others:
            continue
        other_doc, other = others[0]
        yield (
            doc_id,
            Flag(
                "cross_document",
                "warning",
                f"{o.place_name}, {o.indicator}, {o.as_of}: văn bản này ghi {number(o.value.amount, ',')},"
                f" văn bản “{other_doc}” ghi {number(other.value.amount, ',')}.",
                o.table_id,
                o.row,
                o.col,
                found=o.value.plain(),
                expected=other.value.plain(),
                context=f"{other_doc}: {other.table_id}, dòng {other.row}, cột {other.col}",
                check="cross_document",
                cells=(CellRef(other.table_id, other.row, other.col),),
            ),
        )
