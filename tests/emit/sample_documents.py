"""Documents made by hand for the tests of emit: figures and names made up for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from model.document import (
    Document,
    Metadata,
    Observation,
    Outcome,
    PageRecord,
    RunningLine,
    Source,
    Statement,
)
from model.flag import CellRef, Flag
from model.geometry import Box
from model.page import Reading
from model.place import AdminUnit, PlaceMention
from model.table import Cell, Column, Seam, Table
from model.value import Interval, Repair, Value

DISTRICT = AdminUnit("170", "Vị Xuyên", "huyện", 2, "02")
PROVINCE = AdminUnit("02", "Hà Giang", "tỉnh", 1)
COMMUNE = AdminUnit("00985", "Đạo Đức", "xã", 3, "170")


def _cell(row: int, col: int, raw: str, **more: object) -> Cell:
    given = {"text": raw, "page": 1, "anchor": (row, col), "box": Box(10.0 * col, 20, 10.0 * col + 9, 30)}
    return Cell(row, col, raw, **(given | more))  # type: ignore[arg-type]


def table(table_id: str = "t01") -> Table:
    """Two header rows (one of column numbers), two places, a total."""
    head = [("Xã", "1"), ("Hồ sơ / tiếp nhận", "2"), ("Tỷ lệ", "3"), ("Đúng hạn", "4")]
    rows = [
        tuple(_cell(0, c, name, is_header=True) for c, (name, _) in enumerate(head)),
        tuple(_cell(1, c, number, is_header=True) for c, (_, number) in enumerate(head)),
        (
            _cell(
                2, 0, "Dao Duc", text="Đạo Đức", status="repaired",
                repairs=(Repair("place", "Dao Duc", "Đạo Đức", "danh mục", 0.91),),
            ),
            _cell(
                2, 1, "1.204", value=Value(Decimal(1204), 0, None, "count"), status="proved", proofs=2,
                confidence=0.9876, alternatives=(Reading("1.294", 2.31, "tesseract-eng"),), sure=True,
            ),
            _cell(2, 2, "9788", text="97,88", value=Value(Decimal("97.88"), 2, None, "percent", mark=","),
                  repairs=(Repair("digits", "9788", "97.88", "column range; total"),), status="repaired"),
            _cell(2, 3, "1784/1784", value=Value(Decimal(1784), 0, Decimal(1784), "count")),
        ),
        (
            _cell(3, 0, "=Tổng cộng", anchor=(3, 0)),
            _cell(3, 1, "15 - 16", interval=Interval(Value(Decimal(15), unit="count"),
                                                     Value(Decimal(16), unit="count"))),
            _cell(3, 2, "-5,1%", value=Value(Decimal("-5.1"), 1, None, "percent", True, ",")),
            _cell(3, 3, "31/10/2024", date="2024-10-31"),
        ),
    ]  # fmt: skip
    columns = (
        Column(0, ("Xã",), "place", "", "1"),
        Column(1, ("Hồ sơ", "tiếp nhận"), "count", "count", "2"),
        Column(2, ("Tỷ lệ",), "percent", "percent", "3"),
        Column(3, ("Đúng hạn",), "ratio", "count", "4"),
    )
    return Table(
        table_id=table_id,
        title="Biểu 1; kết quả tháng 10",
        kind="ruled",
        header_rows=2,
        rows=tuple(rows),
        columns=columns,
        row_kinds=("header", "numbering", "body", "total"),
        numbering_row=1,
        page_first=1,
        page_last=2,
        seams=(Seam(3, 2, ("columns align", "ordinals run on")),),
        confidence=0.93,
        unit_note="Đơn vị tính: hồ sơ",
        notes=("Một đường kẻ bị đứt; đã nối lại.",),
    )


def document(doc_id: str = "thang-10/bao-cao") -> Document:
    """A document with one of everything the CSV set can hold."""
    flag = Flag(
        kind="total",
        severity="error",
        message="Dòng tổng ghi 1204 nhưng cộng lại được 1203.",
        table_id="t01",
        row=3,
        col=1,
        page=2,
        box=Box(1, 2, 3, 4.5),
        found="1204",
        expected="1203",
        check="total",
        cells=(CellRef("t01", 2, 1),),
    )
    mention = PlaceMention(
        row=2,
        col=0,
        raw="Dao Duc",
        kind="repaired",
        as_of=date(2024, 10, 31),
        unit=COMMUNE,
        score=0.91,
        parent=DISTRICT,
        province=PROVINCE,
        successors=(AdminUnit("00985", "Vị Xuyên", "xã", 3, "02"),),
        change="sáp nhập",
    )
    return Document(
        source=Source(doc_id, f"{doc_id}.pdf", f"/somewhere/{doc_id}.pdf", "ab" * 32),
        kind="ocr",
        pages=2,
        metadata=Metadata("12/BC-UBND", issuer="UBND huyện Vị Xuyên", date="2024-11", period="2024-10"),
        decimal_mark=",",
        tables=(table(),),
        places=(("t01", (mention,)),),
        statements=(
            Statement(1, 7, "hồ sơ tiếp nhận", Value(Decimal(1204)), "count", None, Value(Decimal("-4.8"), 1),
                      "percent_point", "2024-10", "+ Tiếp nhận 1.204 hồ sơ, giảm 4,8 điểm.", 0.91),
        ),
        observations=(
            Observation("00985", "Đạo Đức", "tiếp nhận", "2024-10", Value(Decimal(1204), unit="count"),
                        "count", "t01", 2, 1),
        ),
        running=(
            RunningLine(1, 1, "UBND huyện Vị Xuyên", "UBND huyen Vi Xuyen", Box(10, 5, 90, 12), 0.91),
            RunningLine(1, None, "[t01]", "[t01]", Box(10, 20, 400, 300)),
            RunningLine(2, 1, "=Nơi nhận:", "=Nơi nhận:"),
        ),
        page_records=(
            PageRecord(1, "ocr", 90, 200.0, 0.97, ("cut strip 3; rows lost",)),
            PageRecord(2, "blank"),
        ),
        flags=(flag, Flag("structure", "info", "Trang 2 không có đường kẻ.", page=2, check="page")),
    )  # fmt: skip


def outcomes() -> list[Outcome]:
    """One read, one failed, one skipped."""
    read = document()
    bad = Source("hong", "hỏng.pdf", "", "cd" * 32)
    other = Source("ghi-chu", "ghi chú.docx", "", "ef" * 32)
    return [
        Outcome(read.source, "ok", read, pages=2),
        Outcome(bad, "failed", None, "The file is truncated.", 3),
        Outcome(other, "skipped", None, "not a kind of file that is read"),
    ]
