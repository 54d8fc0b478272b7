"""Papers that are damaged on purpose: pages of a PDF written by hand, part by part, so that each part can be
hurt alone. Every paper has figures in another shape: counts, percentages, columns without lines, sentences.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

TOP, STEP = 700, 20


def text(x: float, y: float, words: str, size: float = 10, extra: str = "", font: str = "F1") -> str:
    """A run of text with its baseline at (x, y)."""
    return f"BT {extra} /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n"


def bar(x: float, y: float, width: float, height: float, color: str) -> str:
    return f"q {color} {x} {y} {width} {height} re f Q\n"


@dataclass(frozen=True)
class Paper:
    """A page: lines of prose above a table. `first` is the column from which on figures stand; the cell
    `victim` (row, column) is the one that a damage is done to."""

    name: str
    xs: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    prose: tuple[str, ...]
    victim: tuple[int, int]
    first: int = 2
    ruled: bool = True
    told: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """What a person sees on it."""
        return (*self.told, *(text for row in self.rows[1:] for text in row[self.first :] if text))

    @property
    def struck(self) -> str:
        """The figure that a damage is done to."""
        return self.rows[self.victim[0]][self.victim[1]] if self.rows else self.told[1]

    def place(self, row: int, col: int) -> tuple[float, float]:
        """The baseline's start of a cell's text."""
        return self.xs[col] + 6, TOP - STEP * (row + 1) + 6

    def struck_at(self) -> tuple[float, float]:
        """The baseline's start of `struck`, which begins its line where there is no table."""
        if self.rows:
            return self.place(*self.victim)
        line = next(n for n, words in enumerate(self.prose) if words.startswith(self.struck))
        return 60, 780 - 18 * line

    def rules(self) -> str:
        if not self.ruled or not self.rows:
            return ""
        ys = [TOP - STEP * r for r in range(len(self.rows) + 1)]
        across = "".join(f"0.7 w {self.xs[0]} {y} m {self.xs[-1]} {y} l S\n" for y in ys)
        return across + "".join(f"0.7 w {x} {ys[-1]} m {x} {ys[0]} l S\n" for x in self.xs)

    def cells(self, font: str = "F1") -> str:
        """The print that carries the figures."""
        if not self.rows:
            return "".join(text(60, 780 - 18 * n, line, font=font) for n, line in enumerate(self.prose))
        return "".join(
            text(*self.place(r, c), value, font=font)
            for r, row in enumerate(self.rows)
            for c, value in enumerate(row)
            if value
        )

    def content(self) -> str:
        """The sound page."""
        prose = "".join(text(60, 780 - 18 * n, line) for n, line in enumerate(self.prose))
        return prose + (self.rules() + self.cells() if self.rows else "")


COUNTS = Paper(
    "counts",
    (60, 110, 260, 360, 460),
    (
        ("STT", "Xa", "Nam truoc", "Nam nay"),
        ("1", "Bac", "1.250", "1.317"),
        ("2", "Nam", "874", "962"),
        ("3", "Dong", "2.043", "2.156"),
        ("4", "Tay", "651", "780"),
        ("", "Tong", "4.818", "5.215"),
    ),
    ("UY BAN NHAN DAN XA", "BAO CAO tinh hinh nam nay", "Ket qua thuc hien theo tung don vi nhu sau:"),
    (2, 3),
)
SHARES = Paper(
    "shares",
    (50, 90, 230, 310, 390, 470, 550),
    (
        ("TT", "Linh vuc", "Tiep nhan", "Dung han", "Ty le", "Diem"),
        ("1", "Dat dai", "137", "129", "94,16", "8,75"),
        ("2", "Ho tich", "412", "412", "100", "9,50"),
        ("3", "Xay dung", "58", "51", "87,93", "7,25"),
        ("4", "Lao dong", "96", "90", "93,75", "8,50"),
        ("5", "Y te", "203", "198", "97,54", "9,25"),
        ("6", "Giao duc", "77", "77", "100", "9,75"),
    ),
    ("SO NOI VU", "BAO CAO ket qua giai quyet ho so", "Chi tiet theo linh vuc nhu bang sau:"),
    (3, 4),
)
OPEN = Paper(
    "open",
    (60, 120, 280, 360, 440, 520),
    (
        ("STT", "Loai cay", "Dien tich", "San luong", "Nang suat"),
        ("1", "Lua", "1.284", "7.062", "55,0"),
        ("2", "Ngo", "356", "1.602", "45,0"),
        ("3", "Lac", "172", "430", "25,0"),
        ("4", "Che", "943", "8.487", "90,0"),
        ("5", "Mia", "618", "37.080", "600,0"),
    ),
    ("UBND HUYEN", "BIEU tong hop san xuat nong nghiep", "Don vi: ha, tan, ta tren ha"),
    (4, 3),
    ruled=False,
)
WIDE = Paper(
    "wide",
    (40, 70, 160, 225, 290, 355, 420, 485, 550),
    (
        ("TT", "Don vi", "Ky truoc", "Moi nhan", "Tong so", "Da xong", "Dang xu ly", "Ghi chu"),
        ("1", "Phong A", "15", "231", "246", "240", "6", ""),
        ("2", "Phong B", "7", "118", "125", "119", "6", ""),
        ("3", "Phong C", "22", "347", "369", "351", "18", ""),
        ("4", "Phong D", "3", "89", "92", "92", "0", ""),
        ("", "Cong", "47", "785", "832", "802", "30", ""),
    ),
    ("VAN PHONG", "BAO CAO cong tac tiep nhan", "So lieu tinh den cuoi ky"),
    (3, 5),
)
PROSE = Paper(
    "prose",
    (),
    (),
    (
        "UY BAN NHAN DAN PHUONG",
        "BAO CAO so ket cong tac quy nay",
        "Trong quy, bo phan mot cua da tiep nhan 1.482 ho so cua to chuc va ca nhan,",
        "1.396 ho so da giai quyet dung han, ty le 94,20 phan tram,",
        "con 86 ho so dang trong thoi han xu ly, khong co ho so qua han.",
        "Tong thu phi va le phi dat 37.250.000 dong, tang 4.125.000 dong.",
    ),
    (0, 0),
    told=("1.482", "1.396", "94,20", "86", "37.250.000", "4.125.000"),
)
PAPERS = (COUNTS, SHARES, OPEN, WIDE, PROSE)
FIGURES = COUNTS.figures

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


@dataclass
class Pdf:
    """A page of a PDF by its parts, each of which a damage may change."""

    content: bytes = field(default_factory=lambda: COUNTS.content().encode("latin-1"))
    page: str = "/MediaBox [0 0 595 842]"
    fonts: str = "/F1 5 0 R"
    resources: str = ""
    catalog: str = ""
    objects: dict[int, bytes] = field(default_factory=dict)
    packed: bool = True
    hurt: Callable[[bytes], bytes] = bytes

    def written(self) -> bytes:
        """The file; `hurt` is done to the content stream's stored bytes."""
        data = self.hurt(zlib.compress(self.content, 9) if self.packed else self.content)
        packing = b"/Filter /FlateDecode " if self.packed else b""
        length = len(data) if self.packed else len(self.content)  # what a file that lost some still says
        objects = {
            1: f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>".encode(),
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: f"<< /Type /Page /Parent 2 0 R {self.page} /Contents 4 0 R "
            f"/Resources << /Font << {self.fonts} >> {self.resources} >> >>".encode(),
            4: b"<< %s/Length %d >>\nstream\n%s\nendstream" % (packing, length, data),
            5: HELVETICA,
            **self.objects,
        }
        out, places = io.BytesIO(), {}
        out.write(b"%PDF-1.7\n")
        for number in sorted(objects):
            places[number] = out.tell()
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]))
        start, size = out.tell(), max(objects) + 1
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for number in range(1, size):
            out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
        out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start))
        return out.getvalue()
