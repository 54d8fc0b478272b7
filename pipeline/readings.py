"""How surely a document was read: certainty of its cells, flags for its pages and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from extract.tables.raw import RawTable
from extract.tables.rows import body_kind
from model.copies import changed
from model.flag import Flag
from model.page import PageContent
from model.table import Table
from model.value import Repair
from normalize.numbering import mend_column_numbers
from normalize.ordinal_runs import mend_ordinals
from normalize.ordinals import is_ordinal, is_ordinal_head, mended_head, whole_head

# Below this page confidence most numeric cells of the shared worn scans came out wrong (0.5); a page whose
# picture a changed byte had smeared came out at 0.64. Of 590 pages that are sound ten lie below.
_POOR_PAGE = 0.7

# Doubt of a grid's borders from which its table is flagged whole, as the net's own bound.
_DOUBTFUL_LAYOUT = 0.5

# How sure a number is that its neighbours on both sides count.
_BY_RUN = 0.98

# Of a first column's texts that must be ordinals for it to be put right as a column of row numbers.
_ORDINAL_SHARE = 0.6

# Row numbers under a head that was misread.
_FEWEST_COUNTED = 3

# Confidence from which a row number was read surely: two readers agreed on it, or its bars were counted.
_SURELY_READ = 0.95


def with_certainty(tables: Sequence[Table], pages: Sequence[PageContent], damaged: bool) -> list[Table]:
    """Tables whose cells know whether they are the print itself (`sure`) or a reading of ink.

    A text layer or text file is the print itself, unless its words are damaged: then it is somebody
    else's reading of ink.
    """
    printed = {page.number for page in pages if page.source != "ocr"} if not damaged else set()
    if len(printed) == len(pages):
        return list(tables)  # all is print
    return [
        replace(
            table,
            rows=tuple(
                tuple(changed(c, sure=False) if c.sure and c.page not in printed else c for c in row)
                for row in table.rows
            ),
        )
        for table in tables
    ]


def with_ordinals(tables: Sequence[Table]) -> list[Table]:
    """Tables whose row and column numbers, where they were read from ink, are put right by their run."""
    return [_mend_ordinal_head(_mend_numbering_row(_mend_ordinal_column(table))) for table in tables]


def _mend_ordinal_head(table: Table) -> Table:
    """The table with the head of its row numbers put right, where rows are counted under it."""
    texts = [row[0].text for row in table.body if row[0].text.strip()] if table.n_cols else []
    if len(texts) < _FEWEST_COUNTED or sum(map(is_ordinal, texts)) < _ORDINAL_SHARE * len(texts):
        return table
    rows = list(table.rows)
    for at in range(table.header_rows):
        cell = rows[at][0]
        new = whole_head(cell.text if cell.sure else mended_head(cell.text))
        if at != table.numbering_row and new != cell.text:
            repair = Repair("diacritics", cell.text, new, "đầu cột đánh số các hàng", _BY_RUN)
            mended = replace(cell, text=new, repairs=(*cell.repairs, repair), status="repaired")
            rows[at] = (mended, *rows[at][1:])
    mend = whole_head if rows[0][0].sure else mended_head
    columns = tuple(
        replace(c, path=tuple(whole_head(mend(text)) for text in c.path)) if c.index == 0 else c
        for c in table.columns
    )
    return replace(table, rows=tuple(rows), columns=columns)


def _mend_numbering_row(table: Table) -> Table:
    """The table with the misread marks of its row of column numbers put right."""
    at = table.numbering_row
    if at is None or any(cell.sure for cell in table.rows[at]):
        return table
    row = table.rows[at]
    mended = mend_column_numbers([cell.text for cell in row])
    rows = list(table.rows)
    rows[at] = tuple(
        cell
        if text == cell.text
        else replace(
            cell,
            text=text,
            repairs=(*cell.repairs, Repair("digits", cell.text, text, "số cột chạy liên tiếp", _BY_RUN)),
            status="repaired",
        )
        for cell, text in zip(row, mended, strict=True)
    )
    columns = tuple(replace(c, number=mended[c.index]) for c in table.columns)
    return replace(table, rows=tuple(rows), columns=columns)


def _mend_ordinal_column(table: Table) -> Table:
    column = next((c.index for c in table.columns if c.path and is_ordinal_head(c.path[-1])), 0)
    if not table.n_cols or all(row[column].sure for row in table.body):
        return table
    spans = [row[column].anchor not in ((row[column].row, column), (-1, -1)) for row in table.body]
    texts = ["" if spanned else row[column].text for row, spanned in zip(table.body, spans)]
    if sum(is_ordinal(text) for text in texts) < _ORDINAL_SHARE * sum(bool(text.strip()) for text in texts):
        return table
    rows, kinds = list(table.rows), list(table.row_kinds)
    sure = [row[column].sure or row[column].confidence >= _SURELY_READ for row in table.body]
    for at, (text, mended) in enumerate(zip(texts, mend_ordinals(texts, sure)), start=table.header_rows):
        cell = rows[at][column]
        if mended != text and not cell.sure:
            repair = Repair("digits", cell.text, mended, "số thứ tự chạy liên tiếp", _BY_RUN)
            new = replace(cell, text=mended, repairs=(*cell.repairs, repair), status="repaired")
            rows[at] = tuple(new if c.col == column else c for c in rows[at])
            if kinds and kinds[at] == "body":
                kinds[at] = body_kind([c.text for c in rows[at]], spans_all=False)
    return replace(table, rows=tuple(rows), row_kinds=tuple(kinds))


def reading_flags(
    pages: Sequence[PageContent], tables: Sequence[Table], raw: Sequence[RawTable]
) -> list[Flag]:
    """Flags for pages that should be scanned again and tables whose structure was guessed. `raw` are the
    tables as stitched, whose grids follow each other as they do on the pages."""
    flags = [
        Flag(
            kind="reading",
            severity="warning",
            message=f"Trang {page.number} khó đọc (độ tin cậy {page.confidence:.0%}); nên quét lại.",
            page=page.number,
            found=f"{page.confidence:.2f}",
            check="page",
        )
        for page in pages
        if page.source == "ocr" and page.confidence < _POOR_PAGE and page.blocks
    ]
    flags += [
        Flag(
            kind="reading",
            severity="warning",
            message=f"Trang {page.number} có vết mực hay hình ảnh nhưng không có chữ nào đọc được; "
            "nên xem lại bản gốc hoặc chụp, quét lại.",
            page=page.number,
            check="page",
        )
        for page in pages
        if page.source == "ocr" and not page.blocks and page.confidence < 1 and not page.failure
    ]
    flags += [
        Flag(
            kind="reading",
            severity="error",
            message=f"Trang {page.number} không đọc được; số liệu của trang này không có trong kết quả.",
            page=page.number,
            context=page.failure,
            check="page",
        )
        for page in pages
        if page.failure
    ]
    for page in pages:
        flags.extend(Flag("structure", "info", note, page=page.number, check="page") for note in page.notes)
        flags.extend(Flag("structure", "warning", d, page=page.number, check="page") for d in page.doubts)
        flags.extend(Flag("reading", "warning", loss, page=page.number, check="page") for loss in page.losses)
    grids = (grid for page in pages for grid in page.grids)
    for table, stitched in zip(tables, raw, strict=True):
        doubt = max((grid.doubt for grid in islice(grids, stitched.grids)), default=0.0)
        if doubt >= _DOUBTFUL_LAYOUT:
            flags.append(_doubtful_layout(table, doubt))
        flags.extend(
            Flag("structure", "info", note, table.table_id, page=table.page_first, check="table")
            for note in table.notes
        )
        flags.extend(
            Flag("structure", "warning", doubt, table.table_id, page=table.page_first, check="table")
            for doubt in table.doubts
        )
    return flags


def _doubtful_layout(table: Table, doubt: float) -> Flag:
    return Flag(
        kind="structure",
        severity="warning",
        message=f"Đường kẻ của bảng này bị thiếu hoặc mờ, hàng và cột có thể sai (nghi ngờ {doubt:.0%}).",
        table_id=table.table_id,
        page=table.page_first,
        found=f"{doubt:.2f}",
        check="table",
    )
