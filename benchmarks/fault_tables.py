"""Tables whose figures are known: of gold documents, of made-up reports, and of forms of our own.

The forms hold one relation of the domain each, beside sums: a balance of dossiers, production as area times
yield, answers that add up to those asked, an index over a maximum, sections under a total that stands first,
two periods with their change. Figures are drawn by chance; every relation holds. What covers a table's cells
is told here, too.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.made import make_document
from checks import check_document
from checks.figures import open_book
from checks.proof import proves
from checks.registry import relations_of
from checks.search.beliefs import Ledger
from extract.tables.header import understand
from extract.tables.raw import RawTable
from gazetteer import Gazetteer
from model.document import Document, Source
from model.page import GridCell
from model.table import Table
from normalize.columns import type_columns

Spot = tuple[int, int]
_FIVE = 5  # answers to a question


def raw_table(grid: Sequence[Sequence[str]], header_rows: int, title: str) -> RawTable:
    """A grid of strings as a stitched table, equal neighbours of the header merged."""
    cells: list[GridCell] = []
    taken: set[Spot] = set()
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if (r, c) in taken:
                continue
            wide = high = 1
            if r < header_rows and text:
                while c + wide < len(row) and row[c + wide] == text and (r, c + wide) not in taken:
                    wide += 1
                while r + high < header_rows and all(grid[r + high][c + x] == text for x in range(wide)):
                    high += 1
            taken.update((r + y, c + x) for y in range(high) for x in range(wide))
            cells.append(GridCell(r, c, text, high, wide, engine="text"))
    return RawTable(title, "ruled", len(grid), len(grid[0]), tuple(cells), (1,) * len(grid), header_rows)


def gold_tables(folder: Path) -> Iterator[Table]:
    """Tables of strings of every gold document, the author's own faults put right."""
    for path in sorted(folder.glob("*/tables.json")):
        known = path.with_name("inconsistencies.json")
        faults = json.loads(known.read_text("utf8")) if known.exists() else []
        for t in json.loads(path.read_text("utf8")):
            grid = [list(row) for row in t["grid"]]
            for f in faults:
                # What another table says may break the sums of this one.
                here = f["table"] == t["id"] and None not in (f["row"], f["col"]) and f["kind"] != "cross"
                if here and f["expected"] and grid[f["row"]][f["col"]].strip() == str(f["printed"]).strip():
                    grid[f["row"]][f["col"]] = str(f["expected"])
            yield understand(raw_table(grid, t["header_rows"], t["title"]), t["id"])


def made_reports(count: int, seed: int) -> Iterator[Table]:
    """Tables of made-up reports of all kinds (benchmarks/made.py), with the faults of their own."""
    known = Gazetteer.load()
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            make_document(Path(folder) / f"m{seed}-{n:02d}", seed * 100 + n, known)
        yield from gold_tables(Path(folder))


def made_up_tables(count: int, seed: int) -> Iterator[Table]:
    """District tables as these reports print them: sums across, totals down, shares in percent."""
    rng = random.Random(seed)
    for n in range(count):
        head = [
            [
                "STT",
                "Đơn vị",
                "Tiếp nhận",
                "Tiếp nhận",
                "Tiếp nhận",
                "Đã giải quyết",
                "Đã giải quyết",
                "Đã giải quyết",
                "Tỷ lệ đúng hạn (%)",
            ],
            [
                "STT",
                "Đơn vị",
                "Tổng số",
                "Trực tiếp",
                "Trực tuyến",
                "Tổng số",
                "Đúng hạn",
                "Quá hạn",
                "Tỷ lệ đúng hạn (%)",
            ],
        ]
        body: list[list[int]] = []
        for _ in range(rng.randint(8, 20)):
            direct, online = rng.randint(0, 900), rng.randint(20, 9000)
            solved = rng.randint(int(0.8 * (direct + online)), direct + online)
            late = rng.randint(0, max(1, solved // 20))
            body.append([direct + online, direct, online, solved, solved - late, late])
        body.append([sum(column) for column in zip(*body)])
        grid = [list(row) for row in head]
        for i, row in enumerate(body):
            last = i == len(body) - 1
            share = f"{100 * row[4] / row[3]:.2f}".replace(".", ",")
            label = "TỔNG CỘNG" if last else f"Xã Mẫu {chr(65 + i)}"
            grid.append(["" if last else str(i + 1), label, *(grouped(x) for x in row), share])
        yield understand(raw_table(grid, 2, f"Bảng mẫu {n}"), f"m{n:02d}")


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 2) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def forms(count: int, seed: int) -> Iterator[Table]:
    """`count` tables of each form."""
    makers = (balance, harvest, survey, index, nested, periods)
    for n in range(count):
        for maker in makers:
            rng = random.Random(f"{seed} {n} {maker.__name__}")
            grid, header_rows = maker(rng)
            yield understand(raw_table(grid, header_rows, maker.__name__), f"{maker.__name__}{n:02d}")


def balance(rng: random.Random) -> tuple[list[list[str]], int]:
    """Carried over, received, settled in time and late, pending; a total below."""
    head = ["TT", "Đơn vị", "Kỳ trước chuyển sang", "Tiếp nhận trong kỳ", "Đã giải quyết", "Đúng hạn",
            "Quá hạn", "Đang giải quyết"]  # fmt: skip
    body = []
    for _ in range(rng.randint(7, 16)):
        carried, received = rng.randint(0, 80), rng.randint(30, 4000)
        settled = rng.randint((carried + received) // 2, carried + received)
        late = rng.randint(0, 1 + settled // 30)
        body.append([carried, received, settled, settled - late, late, carried + received - settled])
    return [head, *_numbered(body, rng)], 1


def harvest(rng: random.Random) -> tuple[list[list[str]], int]:
    """Area, yield and production of one crop, their totals below; the total's yield is no sum."""
    grid = [["TT", "Đơn vị", "Diện tích (ha)", "Năng suất (tạ/ha)", "Sản lượng (tấn)"]]
    areas, crops = 0.0, 0.0
    for n in range(rng.randint(7, 16)):
        area, tenth = rng.randint(200, 9000) / 10, rng.randint(350, 720) / 10
        crop = round(area * tenth / 10, 1)
        areas, crops = areas + area, crops + crop
        grid.append([str(n + 1), f"Xã Mẫu {chr(65 + n)}", *(decimal(x, 1) for x in (area, tenth, crop))])
    grid.append(["", "Tổng cộng", *(decimal(x, 1) for x in (areas, 10 * crops / areas, crops))])
    return grid, 1


def survey(rng: random.Random) -> tuple[list[list[str]], int]:
    """How many of those asked chose each of five answers, and the two best together."""
    grid = [["TT", "Nội dung", "1", "2", "3", "4", "5", "4+5"]]
    asked = rng.randint(300, 900)
    for n in range(rng.randint(8, 14)):
        cuts = sorted(rng.randint(0, asked) for _ in range(_FIVE - 1))
        answers = [b - a for a, b in zip([0, *cuts], [*cuts, asked], strict=True)]
        grid.append([str(n + 1), f"Câu hỏi về mặt thứ {n + 1}", *map(str, answers), str(sum(answers[3:]))])
    return grid, 1


def index(rng: random.Random) -> tuple[list[list[str]], int]:
    """Scores of three groups, their sum, and its index to the maximum of 60 points."""
    grid = [["TT", "Đơn vị", "Công khai (tối đa 18 điểm)", "Tiến độ (tối đa 20 điểm)",
             "Số hóa (tối đa 22 điểm)", "Tổng điểm (tối đa 60 điểm)", "Chỉ số (%)"]]  # fmt: skip
    for n in range(rng.randint(7, 16)):
        parts = [rng.randint(600, 100 * top) / 100 for top in (18, 20, 22)]
        total = round(sum(parts), 2)
        grid.append([str(n + 1), f"Sở Mẫu {chr(65 + n)}", *map(decimal, (*parts, total, 100 * total / 60))])
    return grid, 1


def nested(rng: random.Random) -> tuple[list[list[str]], int]:
    """A budget: the total first, Roman sections over numbered lines, what is done in percent of the plan."""
    grid = [["STT", "Nội dung", "Dự toán", "Thực hiện", "So sánh (%)"]]
    whole, rows = [0, 0], []
    for part in ("I", "II", "III"):
        lines = [
            (p := rng.randint(20, 9000) * 100, int(p * rng.uniform(0.4, 1.1)))
            for _ in range(rng.randint(2, 6))
        ]
        sums = [sum(column) for column in zip(*lines, strict=True)]
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
        rows.append((part, f"Lĩnh vực {part}", *sums))
        rows += [(str(k), f"Khoản chi {k} của {part}", *line) for k, line in enumerate(lines, 1)]
    for mark, name, plan, done in [("", "TỔNG CỘNG", *whole), *rows]:
        grid.append([mark, name, grouped(plan), grouped(done), decimal(100 * done / plan, 1)])
    return grid, 1


def periods(rng: random.Random) -> tuple[list[list[str]], int]:
    """Last year, this year, the change and its share; a total below."""
    grid = [["TT", "Chỉ tiêu", "Năm 2022", "Năm 2023", "Tăng (+), giảm (-)", "Tỷ lệ tăng, giảm (%)"]]
    sums = [0, 0]
    for n in range(rng.randint(7, 14)):
        old = rng.randint(100, 9000)
        new = max(1, int(old * rng.uniform(0.7, 1.4)))
        sums = [sums[0] + old, sums[1] + new]
        grid.append([str(n + 1), f"Chỉ tiêu thứ {n + 1}", *_change(old, new)])
    grid.append(["", "Tổng số", *_change(*sums)])
    return grid, 1


def _change(old: int, new: int) -> list[str]:
    sign = "-" if new < old else ""
    return [grouped(old), grouped(new), sign + grouped(abs(new - old)), decimal(100 * (new - old) / old)]


def _numbered(body: Sequence[Sequence[int]], rng: random.Random) -> list[list[str]]:
    """Rows of counts with their numbers and names, and their total."""
    rows = [[str(n), f"Xã Mẫu {chr(64 + n)}", *map(grouped, row)] for n, row in enumerate(body, 1)]
    total = rng.choice(["Tổng cộng", "TỔNG SỐ", "Cộng"])
    return [*rows, ["", total, *(grouped(sum(column)) for column in zip(*body, strict=True))]]


def document_of(table: Table) -> Document:
    typed, mark = type_columns([table])
    return Document(Source("d", "d", "d"), "ocr", 1, decimal_mark=mark, tables=typed)


def covered(table: Table) -> dict[Spot, int]:
    """Cells that relations prove in the good table, and how many do. Ordinals are left out."""
    checked = check_document(document_of(table))
    roles = [c.role for c in checked.tables[0].columns]
    return {
        (c.row, c.col): c.proofs
        for c in checked.tables[0].cells()
        if c.status == "proved" and roles[c.col] not in ("ordinal", "rank")
    }


def structures(table: Table) -> dict[Spot, str]:
    """The kinds of the relations that prove each cell of the good table, as one word: `row_sum+total`."""
    book = open_book(document_of(table))
    ledger = Ledger(book.figures, relations_of(book))
    found: dict[Spot, list[str]] = {}
    for relation, verdict in zip(ledger.relations, ledger.verdicts, strict=True):
        for n in relation.figures:
            ref = book.figures[n].ref
            if ref is not None and proves(relation, n, ledger.amounts, book.figures, verdict):
                found.setdefault((ref.row, ref.col), []).append(relation.kind)
    return {spot: "+".join(sorted(set(kinds))) for spot, kinds in found.items()}
