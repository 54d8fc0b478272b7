"""A finished run folder made by hand: tables whose totals do not close, on a picture and in text files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from PIL import Image, ImageDraw

from emit import write_set
from model.document import Document, Metadata, Outcome, Source
from model.flag import CellRef, Flag, read_terms
from model.geometry import Box
from model.page import Reading
from model.table import Cell, Column, Table
from model.value import Value
from pipeline.ingest import find_inputs
from pipeline.keys import hash_file
from pipeline.workers.ledger import Ledger, ledger_path

HEADER = ("STT", "Đơn vị", "Số hồ sơ")
NAMES = ("Xã Suối Mẫu", "Xã Đồi Mẫu", "Phường Mẫu")
FIGURES = (31, 12, 24)
PRINTED_TOTAL = 76  # 31 + 12 + 24 is 67
HOSTILE = "<script>document.title='đã chạy'</script>"


def _value(amount: int) -> Value:
    return Value(Decimal(amount), unit="count")


def _cell(row: int, col: int, text: str, *, picture: bool, **more: object) -> Cell:
    box = Box(40 + 120.0 * col, 100 + 24.0 * row, 160 + 120.0 * col, 124 + 24.0 * row) if picture else None
    given = {"page": 1, "anchor": (row, col), "box": box}
    return Cell(row, col, text, text, **(given | more))  # type: ignore[arg-type]


def table(picture: bool, label: str = "") -> Table:
    """A header, three places, a total that is off by nine."""
    rows = [tuple(_cell(0, c, text, picture=picture, is_header=True) for c, text in enumerate(HEADER))]
    for r, (name, figure) in enumerate(zip(NAMES, FIGURES), start=1):
        ordinal = _cell(r, 0, str(r), picture=picture, value=Value(Decimal(r), unit="ordinal"))
        place = _cell(r, 1, label if label and r == 1 else name, picture=picture)
        rows.append((ordinal, place, _cell(r, 2, str(figure), picture=picture, value=_value(figure))))
    rival = (Reading("67", 1.5, "tesseract-eng"),)
    total = _cell(4, 2, str(PRINTED_TOTAL), picture=picture, value=_value(PRINTED_TOTAL), alternatives=rival)
    rows.append((_cell(4, 0, "", picture=picture), _cell(4, 1, "TỔNG CỘNG", picture=picture), total))
    columns = (
        Column(0, ("STT",), "ordinal", "ordinal"),
        Column(1, ("Đơn vị",), "label"),
        Column(2, ("Số hồ sơ",), "count", "count"),
    )
    kinds = ("header", "body", "body", "body", "total")
    return Table("t01", "Biểu tổng hợp của người thử", "ruled", 1, tuple(rows), columns, kinds)


def _flags(picture: bool) -> tuple[Flag, ...]:
    total = Flag(
        "total",
        "error",
        "Tổng cộng Số hồ sơ ghi 76, cộng các đơn vị được 67; lệch 9.",
        "t01",
        4,
        2,
        1,
        Box(280, 196, 400, 220) if picture else None,
        "76",
        "67",
        check="total",
        cells=tuple(CellRef("t01", r, 2) for r in (1, 2, 3)),
        terms=read_terms("+t01:1:2 +t01:2:2 +t01:3:2 -t01:4:2"),
    )
    name = Flag(
        "spelling",
        "warning",
        "Tên “Xã Suối Mẫu” chưa rõ.",
        "t01",
        1,
        1,
        1,
        None,
        "Xã Suối Mẫu",
        "Suối Màu",
        check="places",
    )
    return total, name


def document(source: Source, picture: bool, label: str = "") -> Document:
    """One document with one table and two flags."""
    metadata = Metadata(number="12/BC-UBND", issuer="Ủy ban nhân dân huyện Mẫu", subject="Báo cáo thử")
    kind = "ocr" if picture else "text"
    return Document(source, kind, 1, metadata, ",", (table(picture, label),), flags=_flags(picture))


def draw_page(path: Path) -> None:
    """The table of `table(picture=True)` as a page picture of 595 x 842 points at 144 dpi."""
    picture = Image.new("L", (1190, 1684), 255)
    draw = ImageDraw.Draw(picture)
    for row in table(True).rows:
        for cell in row:
            assert cell.box is not None
            b = cell.box
            draw.rectangle((b.x0 * 2, b.y0 * 2, b.x1 * 2, b.y1 * 2), outline=0, width=2)
            draw.text((b.x0 * 2 + 8, b.y0 * 2 + 10), cell.raw, fill=0)
    picture.save(path, dpi=(144, 144))


def make_run(folder: Path, texts: int = 2, hostile: bool = False) -> Path:
    """A run folder `folder/run` over `folder/in`: one page picture and `texts` text files."""
    inputs, run = folder / "in", folder / "run"
    inputs.mkdir(parents=True)
    draw_page(inputs / "anh.png")
    for n in range(texts):
        lines = ["\t".join(HEADER)]
        lines += [f"{r}\t{name}\t{figure}" for r, (name, figure) in enumerate(zip(NAMES, FIGURES), start=1)]
        (inputs / f"bao-cao-{n:04d}.txt").write_text(
            "\n".join([*lines, f"\tTỔNG CỘNG\t{PRINTED_TOTAL}"]), "utf-8"
        )
    if hostile:
        (inputs / "xấu & <b>đậm.txt").write_text(f"1\t{HOSTILE}\t31\n", "utf-8")
    found = find_inputs([inputs])
    write_set(_outcomes(found.sources, hostile), run)
    ledger_path(run).parent.mkdir(exist_ok=True)
    ledger = Ledger(ledger_path(run))
    ledger.begin(found, "test")
    ledger.close()
    return run


def _outcomes(sources: tuple[Source, ...], hostile: bool) -> Iterator[Outcome]:
    for source in sources:
        named = Source(source.doc_id, source.path, source.file, hash_file(source.file))
        label = HOSTILE if hostile and source.path.startswith("xấu") else ""
        yield Outcome(named, "ok", document(named, source.path.endswith(".png"), label), pages=1)


LONG_TEXT = "Nhà số 12, tổ 7 phường Mẫu, đối diện trường học và chợ của xã Suối Mẫu"


def long_text_run(folder: Path, doubts: int = 2) -> Path:
    """The run of one page picture, one cell of which is a text in whose figures two readers differ (72 for 12,
    1 for 7: as many of them as there are `doubts`)."""
    run = make_run(folder, texts=0)
    (source,) = find_inputs([folder / "in"]).sources
    named = Source(source.doc_id, source.path, source.file, hash_file(source.file))
    made = document(named, picture=True)
    rows = [list(row) for row in made.tables[0].rows]
    others = tuple(
        Reading(LONG_TEXT.replace(a, b), 1.0, "numbers") for a, b in (("12", "72"), ("7", "1"))[:doubts]
    )
    cell = rows[1][1]
    rows[1][1] = replace(cell, raw=LONG_TEXT, text=LONG_TEXT, status="doubtful", alternatives=others)
    flag = Flag("reading", "warning", "Ô này có chữ số mà hai lần đọc không giống nhau.", "t01", 1, 1, 1, cell.box,
                LONG_TEXT, check="conservation")  # fmt: skip
    changed = replace(made.tables[0], rows=tuple(map(tuple, rows)))
    write_set([Outcome(named, "ok", replace(made, tables=(changed,), flags=(flag,)), pages=1)], run)
    return run


def doubtful_run(folder: Path) -> Path:
    """The run of one page picture, its figures in doubt (76 is offered 67, 12 is offered 72), a letterhead whose
    day and month are left to the pen."""
    run = make_run(folder, texts=0)
    (source,) = find_inputs([folder / "in"]).sources
    named = Source(source.doc_id, source.path, source.file, hash_file(source.file))
    made = document(named, picture=True)
    grid = made.tables[0]
    rows = [list(row) for row in grid.rows]
    flags = list(made.flags)
    for r in range(1, len(rows)):
        cell = rows[r][2]
        others = cell.alternatives or (Reading(cell.text.replace("1", "7"), 1.0, "numbers"),)
        rows[r][2] = replace(cell, status="doubtful", alternatives=others)
        flags.append(Flag("reading", "warning", f"Ô {cell.text} chưa rõ.", "t01", r, 2, 1, cell.box, cell.text,
                          check="reading"))  # fmt: skip
    line = Box(300, 60, 500, 76)
    flags += [
        Flag("reading", "warning", f"{name} ban hành để trống.", page=1, box=line, found="2024",
             check=f"letterhead/{part}")
        for name, part in (("Ngày", "day"), ("Tháng", "month"))
    ]  # fmt: skip
    changed = replace(grid, rows=tuple(map(tuple, rows)))
    metadata = replace(made.metadata, date="2024")
    made = replace(made, tables=(changed,), flags=tuple(flags), metadata=metadata)
    write_set([Outcome(named, "ok", made, pages=1)], run)
    return run
