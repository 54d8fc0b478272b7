"""Made-up reports with gold: other layouts, words and figures than any document we were shown.

    python -m benchmarks.made OUT --count 12 --seed 1

Writes one folder a document in the gold format of the shared bench (tables.json, inconsistencies.json,
meta.json, prose.txt), so that its renderer prints and scans them and its scorer scores them. Unit names are
real, everything else is made up. Each kind of table is a function from a random source to a table.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer
from model.place import AdminUnit

Grid = list[list[str]]
Table = dict[str, Any]
Fault = dict[str, Any]
DAY = date(2024, 9, 30)
FONTS = ("Arimo", "Carlito", "Liberation Serif", "DejaVu Serif", "Noto Serif", "Tinos")
BORDERS = ("grid", "grid", "thin", "thick", "double", "dotted", "hlines")
SHADES = ("", "D9D9D9", "pct10", "E2EFD9", "pct20")
WIDEST, NARROWEST = 34, 6  # widths of columns, as shares


class Maker:
    """One document in the making: its random source, its decimal mark, its district, its faults."""

    def __init__(self, seed: int, known: Gazetteer) -> None:
        self.rng = random.Random(seed)
        self.mark = self.rng.choice([",", ",", "."])
        self.known = known
        self.province = self.rng.choice(known.children("", DAY) or ())
        districts = [d for d in known.children(self.province, DAY) if len(known.children(d, DAY)) >= 8]
        self.district = self.rng.choice(districts)
        self.communes = list(known.children(self.district, DAY))
        self.faults: list[Fault] = []

    def count(self, value: int) -> str:
        return f"{value:,}".replace(",", "." if self.mark == "," else ",")

    def decimal(self, value: float, places: int, sign: bool = False) -> str:
        text = f"{value:+.{places}f}" if sign else f"{value:.{places}f}"
        return text.replace(".", self.mark)

    def fault(self, table: str, row: int, col: int, kind: str, printed: str, expected: str) -> None:
        self.faults.append(
            {
                "id": f"{table}-i{len(self.faults):02d}", "table": table, "row": row, "col": col, "kind": kind,
                "printed": printed, "expected": expected, "why": "seeded", "confidence": "high",
            }
        )  # fmt: skip


def place(unit: AdminUnit, parent: AdminUnit, province: AdminUnit) -> dict[str, str]:
    return {"name": unit.name, "type": unit.type, "parent": parent.name, "province": province.name}


def dossiers(m: Maker, ident: str) -> Table:
    """Received and settled dossiers by commune: three header rows with a numbering row, sums, a percentage."""
    grid: Grid = [
        ["TT", "Đơn vị", "Hồ sơ tiếp nhận", "Hồ sơ tiếp nhận", "Hồ sơ tiếp nhận", "Kết quả giải quyết",
         "Kết quả giải quyết", "Kết quả giải quyết", "Tỷ lệ đúng hạn (%)"],
        ["TT", "Đơn vị", "Tổng số", "Kỳ trước chuyển sang", "Tiếp nhận mới", "Đã giải quyết", "Đúng hạn",
         "Quá hạn", "Tỷ lệ đúng hạn (%)"],
        ["(1)", "(2)", "(3)=(4)+(5)", "(4)", "(5)", "(6)=(7)+(8)", "(7)", "(8)", "(9)=(7)/(6)"],
    ]  # fmt: skip
    prefix = m.rng.choice(["UBND ", "", "Ủy ban nhân dân "])
    sums, places = [0] * 6, {}
    for n, unit in enumerate(m.communes, 1):
        old, new = m.rng.randint(0, 60), m.rng.randint(20, 2400)
        late = m.rng.choice([0, 0, 1, m.rng.randint(2, 40)])
        done = m.rng.randint(max(1, late), old + new)
        figures = [old + new, old, new, done, done - late, late]
        sums = [a + b for a, b in zip(sums, figures)]
        kind = unit.type if prefix else unit.type.capitalize()
        places[str(len(grid))] = place(unit, m.district, m.province)
        name = f"{prefix}{kind} {unit.name}"
        grid.append([str(n), name, *map(m.count, figures), m.decimal(100 * (done - late) / done, 2)])
    if m.rng.random() < 0.5:
        row, col = m.rng.randrange(3, len(grid)), 7
        printed = m.count(int(grid[row][col].replace(".", "").replace(",", "")) + 3)
        m.fault(ident, row, col, "row_sum", printed, grid[row][col])
        grid[row][col] = printed
    total = [*map(m.count, sums), m.decimal(100 * sums[4] / sums[3], 2)]
    grid.append(["", m.rng.choice(["Tổng cộng", "TỔNG SỐ", "Cộng"]), *total])
    title = "BIỂU TỔNG HỢP TÌNH HÌNH TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ CỦA CÁC XÃ, THỊ TRẤN"
    return table(ident, f"PHỤ LỤC {m.rng.randint(1, 9)}. {title}", grid, 3, 2, places=places, place_col=1)


def indicators(m: Maker, ident: str) -> Table:
    """Indicators of two months and their difference, grouped under Roman numerals."""
    grid: Grid = [
        ["STT", "Chỉ tiêu", "Tháng 8/2024", "Tháng 9/2024", "Tăng (+), giảm (-)"],
    ]
    names = ["Hồ sơ nộp trực tuyến", "Hồ sơ nộp qua bưu chính", "Hồ sơ thanh toán trực tuyến",
             "Kết quả được cấp bản điện tử", "Phản ánh đã xử lý", "Hồ sơ được số hóa khi tiếp nhận"]  # fmt: skip
    for part, heading in enumerate(m.rng.sample(["Tiếp nhận", "Giải quyết", "Số hóa"], 3)):
        grid.append([["I", "II", "III"][part], heading, "", "", ""])
        for n, name in enumerate(m.rng.sample(names, 4), 1):
            if n % 2:
                old, new = m.rng.randint(10, 9000), m.rng.randint(10, 9000)
                row = [
                    m.count(old),
                    m.count(new),
                    f"{new - old:+d}".replace("+", "") if new >= old else str(new - old),
                ]
                row[2] = ("-" if new < old else "") + m.count(abs(new - old))
            else:
                a, b = round(m.rng.uniform(40, 100), 2), round(m.rng.uniform(40, 100), 2)
                row = [m.decimal(a, 2) + "%", m.decimal(b, 2) + "%", m.decimal(b - a, 2) + "%"]
            grid.append([str(n), f"{name} {heading.lower()}", *row])
    return table(ident, "Biểu số 02. MỘT SỐ CHỈ TIÊU CHỦ YẾU THÁNG 9 NĂM 2024", grid, 1)


def ranking(m: Maker, ident: str) -> Table:
    """Scores of three groups, their sum, the rank."""
    grid: Grid = [
        [
            "STT",
            "Đơn vị",
            "Công khai (18 điểm)",
            "Tiến độ (20 điểm)",
            "Số hóa (22 điểm)",
            "Tổng điểm",
            "Xếp hạng",
        ]
    ]
    rows = []
    for unit in m.communes[:16]:
        parts = [round(m.rng.uniform(6, top), 1) for top in (18, 20, 22)]
        rows.append((unit, parts, round(sum(parts), 1)))
    ranks = {s: r for r, s in reversed(list(enumerate(sorted((x[2] for x in rows), reverse=True), 1)))}
    places = {}
    for n, (unit, parts, score) in enumerate(rows, 1):
        places[str(n)] = place(unit, m.district, m.province)
        cells = [m.decimal(v, 1) for v in (*parts, score)]
        grid.append([str(n), f"{unit.type.capitalize()} {unit.name}", *cells, str(ranks[score])])
    return table(
        ident,
        "Phụ lục II KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG CÁC XÃ, PHƯỜNG, THỊ TRẤN",
        grid,
        1,
        places=places,
        place_col=1,
    )


GOODS = ["Gạo tẻ thường", "Gạo nếp", "Thịt lợn mông sấn", "Cá lóc đồng", "Trứng vịt", "Rau cải ngọt", "Đường tinh luyện",
         "Muối hạt", "Nước mắm 40 độ đạm", "Dầu ăn thực vật", "Xăng RON 95", "Gas đun bình 12 kg", "Thuốc cảm thông thường",
         "Vải may mặc khổ 1,2 m", "Gạch ống 8x8x18", "Thép tròn phi 10", "Cát xây tô", "Sơn nội thất trắng"]  # fmt: skip


def prices(m: Maker, ident: str) -> Table:
    """A price survey over pages: sections of goods, two periods, change in money and in percent."""
    head = [
        "STT",
        "Mã hàng",
        "Tên hàng hóa, dịch vụ",
        "Đơn vị tính",
        "Giá kỳ trước",
        "Giá kỳ này",
        "Mức tăng, giảm",
        "Tỷ lệ tăng, giảm (%)",
        "Ghi chú",
    ]
    grid: Grid = [head, [f"({n})" for n in (1, 2, 3, 4, 5, 6)] + ["(7)=(6)-(5)", "(8)=(7)/(5)", "(9)"]]
    n = 0
    for part in range(m.rng.randint(4, 7)):
        grid.append(
            [["I", "II", "III", "IV", "V", "VI", "VII"][part], "", f"NHÓM HÀNG THỨ {part + 1}", *[""] * 6]
        )
        for _ in range(m.rng.randint(5, 12)):
            n += 1
            old = m.rng.randint(8, 400) * 500
            new = old + m.rng.choice([0, 0, 500, -500, 1000, 2500])
            change = m.count(abs(new - old))
            grid.append(
                [str(n), f"{part + 1:02d}.{n:03d}", f"{m.rng.choice(GOODS)} loại {m.rng.randint(1, 3)}",
                 m.rng.choice(["đồng/kg", "đồng/lít", "đồng/bình", "đồng/m"]), m.count(old), m.count(new),
                 f"-{change}" if new < old else change, m.decimal(100 * (new - old) / old, 2),
                 m.rng.choice(["", "", "", "Giá bán lẻ", "Giá niêm yết tại cửa hàng"])]
            )  # fmt: skip
    return table(ident, "BẢNG GIÁ THỊ TRƯỜNG THÁNG 9 NĂM 2024", grid, 2, 1)


def land(m: Maker, ident: str) -> Table:
    """Land prices by commune: a lone heading cell a commune, numbered roads below, four price columns."""
    grid: Grid = [
        [
            "Số TT",
            "Tên đường, khu vực",
            "Giá đất ở (nghìn đồng/m²)",
            "Giá đất ở (nghìn đồng/m²)",
            "Giá đất ở (nghìn đồng/m²)",
        ],
        ["Số TT", "Tên đường, khu vực", "Vị trí 1", "Vị trí 2", "Vị trí 3"],
    ]
    for n, unit in enumerate(m.communes[:14], 1):
        grid.append([str(n), f"{unit.type.capitalize()} {unit.name}", "", "", ""])
        for k in range(1, m.rng.randint(3, 6)):
            first = m.rng.randint(4, 90) * 50
            road = f"Đường liên thôn số {k}, đoạn từ cầu số {m.rng.randint(1, 9)} đến ngã ba {m.rng.choice(['chợ', 'trường học', 'trạm y tế'])}"
            steps = [m.count(first), m.count(first * 6 // 10), m.count(first * 4 // 10)]
            grid.append([f"{n}.{k}", road, *steps])
    return table(ident, "BẢNG GIÁ ĐẤT Ở TẠI NÔNG THÔN", grid, 2, unit="Đơn vị tính: nghìn đồng/m²")


def budget(m: Maker, ident: str) -> Table:
    """Nested sums: A over I, II over 1, 2, 3; large amounts."""
    grid: Grid = [["STT", "Nội dung chi", "Dự toán", "Thực hiện", "So sánh (%)"]]
    body: list[tuple[str, str, int, int]] = []
    whole = [0, 0]
    for part in ("I", "II", "III"):
        at, sums = len(body), [0, 0]
        for k in range(1, m.rng.randint(3, 7)):
            plan = m.rng.randint(20, 9000) * 1000
            done = int(plan * m.rng.uniform(0.4, 1.1))
            sums = [sums[0] + plan, sums[1] + done]
            body.append((str(k), f"Chi hoạt động số {k} của lĩnh vực {part}", plan, done))
        body.insert(at, (part, f"Lĩnh vực {part}", *sums))
        whole = [whole[0] + sums[0], whole[1] + sums[1]]
    for mark, name, plan, done in [("", "TỔNG CỘNG", *whole), *body]:
        grid.append([mark, name, m.count(plan), m.count(done), m.decimal(100 * done / plan, 1)])
    return table(
        ident,
        "Biểu số 05 TÌNH HÌNH THỰC HIỆN KINH PHÍ 9 THÁNG NĂM 2024",
        grid,
        1,
        unit="Đơn vị tính: nghìn đồng",
    )


def procedures(m: Maker, ident: str) -> Table:
    """A list of procedures: long wrapped texts, a fee that may be `Không`."""
    grid: Grid = [
        [
            "STT",
            "Tên thủ tục hành chính",
            "Thời hạn giải quyết",
            "Địa điểm thực hiện",
            "Phí, lệ phí (đồng)",
            "Căn cứ pháp lý",
        ]
    ]
    for n in range(1, m.rng.randint(6, 14)):
        grid.append(
            [str(n), f"Cấp giấy xác nhận loại {n} cho hộ gia đình, cá nhân có nhu cầu sử dụng tại địa bàn khu dân cư số {m.rng.randint(1, 20)}",
             f"{m.rng.randint(2, 20):02d} ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", "Bộ phận Một cửa cấp xã",
             m.rng.choice(["Không", "Không quy định", m.count(m.rng.randint(1, 40) * 5000)]),
             f"Nghị định số {m.rng.randint(10, 150)}/{m.rng.randint(2015, 2024)}/NĐ-CP"]
        )  # fmt: skip
    return table(ident, "DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC CÔNG BỐ", grid, 1)


def table(
    ident: str, title: str, grid: Grid, head: int, numbering: int | None = None, *,
    places: dict[str, dict[str, str]] | None = None, place_col: int | None = None, unit: str = "",
) -> Table:  # fmt: skip
    return {
        "id": ident, "title": f"{title} {unit}".strip() if unit and len(title) < 60 else title, "header_rows": head,
        "numbering_row": numbering, "grid": grid, "page_breaks": [], "place_col": place_col, "places": places or {},
        "uncertain": [],
    }  # fmt: skip


KINDS: tuple[Callable[[Maker, str], Table], ...] = (
    dossiers,
    indicators,
    ranking,
    prices,
    land,
    budget,
    procedures,
)


def print_keys(made: Table, rng: random.Random) -> dict[str, Any]:
    """How the shared printer sets a table (`print` of its gold format): drawn by chance, columns as wide as
    their texts ask for."""
    columns = list(zip(*made["grid"], strict=True))
    return {
        "vmerge": [],
        "widths": [min(WIDEST, max(NARROWEST, max(map(len, column)) // 2)) for column in columns],
        "border": rng.choice(BORDERS),
        "shade": rng.choice(SHADES),
        "repeat": rng.random() < 0.5,
        "split": rng.random() < 0.5,
        "align": rng.choice(["center", "right"]),
        "size": rng.choice([9, 10, 11, 12]),
        "land": len(columns) > 9,
    }


def make_document(folder: Path, seed: int, known: Gazetteer) -> None:
    """One document of three tables of different kinds."""
    m = Maker(seed, known)
    chosen = [KINDS[(seed + step) % len(KINDS)] for step in (0, 2, 5)]
    tables = [kind(m, f"{folder.name}-t{n:02d}") for n, kind in enumerate(chosen, 1)]
    meta: dict[str, Any] = {
        "number": f"{m.rng.randint(10, 900)}/BC-UBND", "issuer": f"Ủy ban nhân dân {m.district.type} {m.district.name}",
        "parent_issuer": f"Ủy ban nhân dân {m.province.type} {m.province.name}", "place": m.district.name,
        "date": "2024-10", "doc_type": "Báo cáo", "period": "2024-09", "decimal": m.mark,
    }  # fmt: skip
    meta["number_printed"] = f"Số: {meta['number']}"
    meta["subject"] = f"Kết quả công tác tháng 9 năm 2024 {m.district.type} {m.district.name}"
    looks = random.Random(f"look {seed}")  # of its own, so that a document's figures do not hang on its looks
    meta["print"] = {"font": looks.choice(FONTS)}
    for made in tables:
        made["print"] = print_keys(made, looks)
    prose = [
        "BÁO CÁO",
        f"Kết quả công tác tháng 9 năm 2024 trên địa bàn {m.district.type} {m.district.name}",
        f"Thực hiện chương trình công tác năm, {m.district.type} {m.district.name} báo cáo kết quả như sau:",
        "Các xã, thị trấn đã niêm yết công khai thủ tục tại trụ sở và trên trang thông tin điện tử.",
        "Số liệu chi tiết theo các biểu kèm theo báo cáo này./.",
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in (("tables", tables), ("inconsistencies", m.faults), ("meta", meta)):
        text = json.dumps(value, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text, "utf-8")
    (folder / "prose.txt").write_text("\n".join(prose), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    known = Gazetteer.load()
    for n in range(args.count):
        make_document(args.out / f"m{args.seed + n:03d}", args.seed + n, known)


if __name__ == "__main__":
    main()
