"""What a sheet of 100,000 cells costs, by what stands in it: `python -m benchmarks.sheets DIR [--only NAME]`.

Sheets of made-up figures and names are written into DIR once (as .xlsx; with LibreOffice as .xls and .ods
too, where the kind fits). Each is read by a whole `extract run`; told are the processor seconds beyond those
of a sheet of one cell, and the peak of the largest process. `--check` checks each set that was written as
well."""

from __future__ import annotations

import argparse
import datetime
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from gazetteer import Gazetteer

Value = str | int | float | datetime.date
Rows = Iterator[Sequence[Value]]

_ROWS, _SEED = 10_000, 11
_COMMUNES = 100  # of one province, repeated
_DAY, _LISTED = datetime.date(2020, 1, 1), datetime.date(2024, 6, 1)
_WORDS = (
    "hồ sơ", "giải quyết", "đúng hạn", "cấp huyện", "xây dựng", "đất đai", "chứng thực", "hộ tịch",
    "nông thôn", "công khai",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_TO_OTHERS = ("figures", "texts", "communes")  # what LibreOffice makes .xls and .ods of
_FORMS = {"groups": "#,##0", "dates": "dd/mm/yyyy", "percents": "0.00%", "shares": "0.00%"}


def _draw() -> random.Random:
    return random.Random(_SEED)


def figures() -> Rows:
    """Row numbers, names that no list has, eight figures of which one is a sum; a total row."""
    draw, columns = _draw(), [0] * 8
    yield ["STT", "Đơn vị", "Tổng số", *(f"Lĩnh vực {n}" for n in range(1, 8))]
    for row in range(1, _ROWS - 1):
        parts = [draw.randint(0, 999) for _ in range(7)]
        parts.insert(0, sum(parts))
        columns = [a + b for a, b in zip(columns, parts)]
        yield [row, f"Mục {row}", *parts]
    yield ["", "Tổng cộng", *columns]


def formulas() -> Rows:
    """The same with what was worked out as formulas."""
    for at, row in enumerate(figures()):
        if at == 0:
            yield row
        elif at == _ROWS - 1:
            yield [*row[:2], *(f"=SUM({c}2:{c}{at})|{v}" for c, v in zip("CDEFGHIJ", row[2:]))]
        else:
            yield [*row[:2], f"=SUM(D{at + 1}:J{at + 1})|{row[2]}", *row[3:]]


def _table(heads: Sequence[str], make: Callable[[random.Random, int], Sequence[Value]]) -> Rows:
    draw = _draw()
    yield heads
    for row in range(1, _ROWS):
        yield make(draw, row)


def _listed(name: str, value: Callable[[random.Random], Value]) -> Rows:
    """Nine columns of one kind."""

    def make(draw: random.Random, row: int) -> Sequence[Value]:
        return [f"Mục {row}", *(value(draw) for _ in range(9))]

    return _table(["Mục", *_numbered(name, 9)], make)


def _numbered(name: str, count: int) -> list[str]:
    return [f"{name} {n}" for n in range(1, count + 1)]


def groups() -> Rows:
    """Whole figures of up to five digits under the format that marks thousands, and their sum."""

    def make(draw: random.Random, row: int) -> Sequence[Value]:
        parts = [draw.randint(0, 99_999) for _ in range(7)]
        return [row, f"Mục {row}", *(float(n) for n in (sum(parts), *parts))]

    return _table(["STT", "Đơn vị", "Tổng số", *(f"Lĩnh vực {n}" for n in range(1, 8))], make)


def decimals() -> Rows:
    """Stored decimals."""
    return _listed("Chỉ số", lambda draw: round(draw.uniform(0, 5000), 2))


def decimal_commas() -> Rows:
    """Decimals typed as texts, with a comma."""
    return _listed("Chỉ số", lambda draw: _grouped(draw.uniform(0, 5000), ","))


def decimal_points() -> Rows:
    """Decimals typed as texts, with a point."""
    return _listed("Chỉ số", lambda draw: _grouped(draw.uniform(0, 5000), "."))


def _grouped(value: float, mark: str) -> str:
    shown = f"{value:,.2f}"
    return shown if mark == "." else shown.translate(str.maketrans(",.", ".,"))


def percents() -> Rows:
    """Shares under a format of per cent."""
    return _listed("Tỷ lệ (%)", lambda draw: round(draw.random(), 4))


def shares() -> Rows:
    """Counts and their shares of a total: what the rates prove."""

    def make(draw: random.Random, row: int) -> Sequence[Value]:
        out: list[Value] = [f"Mục {row}"]
        for _ in range(3):
            whole = draw.randint(100, 9999)
            part = draw.randint(0, whole)
            out += [whole, part, f"{100 * part / whole:.2f}%".replace(".", ",")]
        return out

    kinds = [f"{what} {n}" for n in (1, 2, 3) for what in ("Tổng số", "Đúng hạn", "Tỷ lệ đúng hạn")]
    return _table(["Mục", *kinds], make)


def dates() -> Rows:
    """Days."""
    return _listed("Ngày", lambda draw: _DAY + datetime.timedelta(draw.randint(0, 2000)))


def texts() -> Rows:
    """Sentences, all different."""
    return _listed("Nội dung", lambda draw: " ".join(draw.choices(_WORDS, k=6)))


def communes() -> Rows:
    """Communes of one province, met in turn, with figures."""
    return _placed(_names()[:_COMMUNES])


def all_communes() -> Rows:
    """Communes of the whole country, each once as long as there are some, with figures."""
    return _placed(_names())


def no_communes() -> Rows:
    """Names that look like those of communes, and that no list has."""
    return _placed([f"Xã {n}" for n in range(1, _ROWS)])


def _placed(names: Sequence[str]) -> Rows:
    heads = ["STT", "Xã", *_numbered("Chỉ tiêu", 8)]
    return _table(
        heads,
        lambda draw, row: [row, names[row % len(names)], *(draw.randint(0, 9999) for _ in range(8))],
    )


def places_only() -> Rows:
    """Communes in every second column."""
    names = _names()

    def make(draw: random.Random, row: int) -> Sequence[Value]:
        return list(chain.from_iterable((draw.choice(names), draw.randint(0, 9999)) for _ in range(5)))

    return _table(list(chain.from_iterable((f"Xã {n}", f"Số hộ {n}") for n in range(1, 6))), make)


def _names() -> list[str]:
    units = Gazetteer.load().units(_LISTED)
    return [f"{u.type.capitalize()} {u.name}" for u in units if u.type in ("xã", "phường", "thị trấn")]


def report() -> Rows:
    """Sections with ordinals, their totals above them, figures, shares and notes."""
    draw = _draw()
    yield ["STT", "Nội dung", "Đơn vị tính", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)", "Nam", "Nữ", "So cùng kỳ",
           "Ghi chú"]  # fmt: skip
    row = 1
    while row < _ROWS:
        section = (row // 100) % len(_ROMAN)
        body: list[list[Value]] = []
        for n in range(1, min(100, _ROWS - row)):
            men, women, plan = draw.randint(0, 500), draw.randint(0, 500), draw.randint(500, 2000)
            done = men + women
            note = "đạt" if done > plan else "chưa đạt"
            what, rate = " ".join(draw.choices(_WORDS, k=5)), round(100 * done / plan, 1)
            change = round(draw.uniform(-20, 20), 1)
            body.append([n, what, "hồ sơ", plan, done, rate, men, women, change, note])
        sums = [sum(int(str(line[i])) for line in body) for i in (3, 4, 6, 7)]
        yield [_ROMAN[section], f"Lĩnh vực {row}", "hồ sơ", sums[0], sums[1],
               round(100 * sums[1] / (sums[0] or 1), 1), sums[2], sums[3], "", ""]  # fmt: skip
        yield from body
        row += len(body) + 1


def _block(rows: int, cols: int) -> Rows:
    draw = _draw()
    yield ["Mục", *_numbered("Cột", cols - 1)]
    for row in range(1, rows):
        yield [f"Mục {row}", *(draw.randint(0, 9999) for _ in range(cols - 1))]


def wide() -> Rows:
    """A hundred columns."""
    return _block(1000, 100)


def widest() -> Rows:
    """A thousand columns."""
    return _block(100, 1000)


def long() -> Rows:
    """Five columns."""
    return _block(20_000, 5)


KINDS: dict[str, Callable[[], Rows]] = {
    kind.__name__: kind
    for kind in (figures, groups, formulas, decimals, decimal_commas, decimal_points, percents, shares, dates,
                 texts, communes, all_communes, no_communes, places_only, report, wide, widest, long)
}  # fmt: skip


def write(path: Path, rows: Rows, form: str) -> None:
    """The rows as a workbook's one sheet; dates and shares under the format."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Phụ lục")
    look = book.add_format({"num_format": form} if form else {})
    for at, row in enumerate(rows):
        for col, value in enumerate(row):
            if isinstance(value, str) and value.startswith("="):
                text, _, shown = value.partition("|")
                sheet.write_formula(at, col, text, None, int(shown))
            elif isinstance(value, datetime.date):
                sheet.write_datetime(at, col, datetime.datetime(value.year, value.month, value.day), look)
            elif isinstance(value, float):
                sheet.write_number(at, col, value, look if form else None)
            else:
                sheet.write(at, col, value)
    book.close()


def make(folder: Path, only: str) -> list[Path]:
    """The files, those that are missing written."""
    folder.mkdir(parents=True, exist_ok=True)
    least = folder / "one_cell.xlsx"
    if not least.exists():
        write(least, iter([["Mục"]]), "")
    for name, kind in KINDS.items():
        path = folder / f"{name}.xlsx"
        if only in name and not path.exists():
            write(path, kind(), _FORMS.get(name, ""))
        for suffix in ("xls", "ods") if name in _TO_OTHERS and shutil.which("soffice") else ():
            if only in name and not path.with_suffix(f".{suffix}").exists():
                subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/.office",
                                "--convert-to", suffix, "--outdir", str(folder), str(path)],
                               check=True, capture_output=True)  # fmt: skip
    return sorted(p for p in folder.iterdir() if p.is_file() and only in p.stem and p != least)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a command and all it started: processor seconds, and the megabytes of its largest process."""

    seconds: float
    peak: float


def cost(command: Sequence[str]) -> Cost:
    """What a command takes. Its byte code is kept, as an installed program's is."""
    around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL)
    _, state, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(state)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def run_cost(file: Path, out: Path) -> Cost:
    """What `extract run` takes on a file, from nothing."""
    shutil.rmtree(out, ignore_errors=True)
    return cost([sys.executable, "cli.py", "run", str(file), "--out", str(out), "-q", "--jobs", "1"])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="kinds whose name holds this")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    files, out = make(options.folder, options.only), options.folder / "out"
    empty = min((run_cost(options.folder / "one_cell.xlsx", out) for _ in range(2)), key=lambda c: c.seconds)
    print(f"one cell: {empty.seconds:.2f} s, {empty.peak:.0f} MB", flush=True)
    for file in files:
        into = out / file.name
        spent = run_cost(file, into)
        told = f"{file.name:24} {spent.seconds - empty.seconds:5.2f} s {spent.peak:5.0f} MB"
        if options.check:
            again = cost([sys.executable, "cli.py", "check", str(into), "-q"])
            told += f"   check {again.seconds:5.2f} s {again.peak:5.0f} MB"
        print(told, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
