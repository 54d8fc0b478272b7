"""Typed PDFs with something wrong: boxes moved, text hidden, whited out, printed over, fonts that lie, streams
cut and flipped. Each comes with the figures that a person sees on it.

`python tests/hostile/damage.py DIR` writes them. Nothing here is anybody's real document.
"""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw

XS, TOP, STEP = (60, 110, 260, 360, 460), 700, 20
ROWS = (
    ("STT", "Xa", "Nam truoc", "Nam nay"),
    ("1", "Bac", "1.250", "1.317"),
    ("2", "Nam", "874", "962"),
    ("3", "Dong", "2.043", "2.156"),
    ("4", "Tay", "651", "780"),
    ("", "Tong", "4.818", "5.215"),
)
FIGURES = tuple(text for row in ROWS[1:] for text in row[2:])
PROSE = ("UY BAN NHAN DAN XA", "BAO CAO tinh hinh nam nay", "Ket qua thuc hien theo tung don vi nhu sau:")


def text(x: float, y: float, words: str, size: float = 10, extra: str = "", font: str = "F1") -> str:
    """A run of text with its baseline at (x, y)."""
    return f"BT {extra} /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n"


def bar(x: float, y: float, width: float, height: float, color: str) -> str:
    return f"q {color} {x} {y} {width} {height} re f Q\n"


def place(row: int, col: int) -> tuple[float, float]:
    """The baseline's start of a cell's text."""
    return XS[col] + 6, TOP - STEP * (row + 1) + 6


def rules() -> str:
    ys = [TOP - STEP * r for r in range(len(ROWS) + 1)]
    across = "".join(f"0.7 w {XS[0]} {y} m {XS[-1]} {y} l S\n" for y in ys)
    return across + "".join(f"0.7 w {x} {ys[-1]} m {x} {ys[0]} l S\n" for x in XS)


def cells(font: str = "F1", rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    return "".join(
        text(*place(r, c), value, font=font)
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if value
    )


def page_content() -> str:
    """The sound page."""
    prose = "".join(text(60, 780 - 18 * n, line) for n, line in enumerate(PROSE))
    return prose + rules() + cells()


@dataclass
class Pdf:
    """A page of a PDF by its parts, each of which a damage may change."""

    content: bytes = field(default_factory=lambda: page_content().encode("latin-1"))
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
        objects = {
            1: f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>".encode(),
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: f"<< /Type /Page /Parent 2 0 R {self.page} /Contents 4 0 R "
            f"/Resources << /Font << {self.fonts} >> {self.resources} >> >>".encode(),
            4: b"<< %s/Length %d >>\nstream\n%s\nendstream" % (packing, len(data), data),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
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


@dataclass(frozen=True)
class Damage:
    """A damaged file: `seen` are the figures of its table that a person sees, `unseen` those that may not come
    out of it; `told` whether a flag must stand where `seen` are not all there."""

    name: str
    data: bytes
    seen: tuple[str, ...] = FIGURES
    unseen: tuple[str, ...] = ()
    must_flag: bool = False


def stream(attributes: str, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (attributes.encode(), len(data), data)


def shifted(dx: float, dy: float) -> bytes:
    return f"1 0 0 1 {dx} {dy} cm\n{page_content()}".encode("latin-1")


def boxed() -> Iterator[Damage]:
    """Page boxes with any origin, cropped, turned, in another unit."""
    for dx, dy in ((300, 200), (-120, -90), (55, 0), (0, 700)):
        box = f"/MediaBox [{dx} {dy} {595 + dx} {842 + dy}]"
        yield Damage(f"origin {dx} {dy}", Pdf(shifted(dx, dy), box).written())
        for turn in (90, 180, 270):
            yield Damage(
                f"origin {dx} {dy} turned {turn}", Pdf(shifted(dx, dy), f"{box} /Rotate {turn}").written()
            )
    wide = "/MediaBox [0 0 1200 1400] /CropBox [300 200 895 1042]"
    stray = text(20, 100, "9.999 8.888", 12)
    for turn in (0, 90, 180, 270):
        pdf = Pdf(shifted(300, 200) + f"1 0 0 1 -300 -200 cm {stray}".encode(), f"{wide} /Rotate {turn}")
        yield Damage(f"cropped {turn}", pdf.written(), unseen=("9.999", "8.888"))
    yield Damage("upside box", Pdf(page="/MediaBox [595 842 0 0]").written())
    yield Damage(
        "unit",
        Pdf(
            b"0.5 0 0 0.5 0 0 cm\n" + page_content().encode(), "/MediaBox [0 0 298 421] /UserUnit 2"
        ).written(),
    )


def hidden() -> Iterator[Damage]:
    """A second set of figures that nobody sees."""
    more = tuple(("", "", "7" + a, "8" + b) for _, _, a, b in ROWS[1:])
    ghost = "".join(
        text(XS[1] + 6 + 130 * c, 300 - 20 * r, v)
        for r, row in enumerate(more)
        for c, v in enumerate(row[2:])
    )
    unseen = tuple(v for row in more for v in row[2:])
    ways = {
        "mode 3": f"q 3 Tr\n{ghost}Q\n",
        "white": f"q 1 g\n{ghost}Q\n",
        "nearly white": f"q 0.985 g\n{ghost}Q\n",
        "alpha": f"q /G0 gs\n{ghost}Q\n",
        "layer": f"/OC /L1 BDC\n{ghost}EMC\n",
        "under a box": ghost + bar(50, 150, 500, 200, "1 g"),
        "under black": ghost + bar(50, 150, 500, 200, "0 g"),
        "clipped": f"q 0 0 10 10 re W n\n{ghost}Q\n",
    }
    resources = "/ExtGState << /G0 << /ca 0 /CA 0 >> >> /Properties << /L1 6 0 R >>"
    catalog = "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>"
    layer = {6: b"<< /Type /OCG /Name (draft) >>"}
    for name, drawn in ways.items():
        pdf = Pdf(
            (page_content() + drawn).encode("latin-1"), resources=resources, catalog=catalog, objects=layer
        )
        yield Damage(
            f"hidden {name}", pdf.written(), unseen=unseen, must_flag=name not in ("white", "nearly white")
        )


def covered() -> Iterator[Damage]:
    """Figures of the table whited out, replaced, struck twice."""
    x, y = place(2, 3)
    white = bar(x - 2, y - 3, 40, 12, "1 g")
    seen = tuple(v for v in FIGURES if v != "962")
    sound = page_content()
    yield Damage("whited out", Pdf((sound + white).encode()).written(), seen, ("962",), True)
    again = sound + white + text(x, y, "471")
    yield Damage("typed over white", Pdf(again.encode()).written(), (*seen, "471"), ("962",), True)
    shorter = sound + white + text(x, y, "35")
    yield Damage("shorter over white", Pdf(shorter.encode()).written(), (*seen, "35"), ("962",), True)
    digit = sound + bar(x + 5.4, y - 2, 5.3, 10, "1 g")
    yield Damage("one digit whited out", Pdf(digit.encode()).written(), seen, ("962",), True)
    for off in (0.3, 0.8, 1.6):
        bold = sound + f"1 0 0 1 {off} 0 cm\n" + cells()
        yield Damage(f"struck twice {off}", Pdf(bold.encode()).written())


def lying_fonts() -> Iterator[Damage]:
    """Fonts that call their figures others."""
    for said, drawn in (("1", "7"), ("8", "3"), ("5", "6")):
        codes = {ord(drawn): said}
        pairs = " ".join(f"<{c:02X}> <{ord(codes.get(c, chr(c))):04X}>" for c in range(32, 127))
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
            f"endcodespacerange 95 beginbfchar {pairs} endbfchar endcmap end end"
        )
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>"
        pdf = Pdf(objects={5: font, 6: stream("", cmap.encode())})
        yield Damage(f"font says {said} for {drawn}", pdf.written(), must_flag=True)


def pictured() -> Iterator[Damage]:
    """The table as a picture on a page of typed text."""
    image = Image.new("L", (1000, 320), 255)
    draw = ImageDraw.Draw(image)
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            draw.text((20 + 240 * c, 12 + 52 * r), value, 0, font_size=30)
        draw.line((4, 4 + 52 * r, 990, 4 + 52 * r), 0, 2)
    draw.line((4, 4 + 52 * 6, 990, 4 + 52 * 6), 0, 2)
    for c in range(5):
        draw.line((4 + 246 * c, 4, 4 + 246 * c, 316), 0, 2)
    data = image.tobytes()
    picture = stream(
        "/Type /XObject /Subtype /Image /Width 1000 /Height 320 /ColorSpace /DeviceGray /BitsPerComponent 8",
        data,
    )
    prose = "".join(text(60, 780 - 18 * n, PROSE[n % 3]) for n in range(8))
    content = prose + "q 400 0 0 128 60 400 cm /I Do Q\n"
    resources = "/XObject << /I 6 0 R >>"
    yield Damage(
        "picture of a table", Pdf(content.encode(), resources=resources, objects={6: picture}).written()
    )
    yield Damage("picture missing", Pdf(content.encode(), resources=resources).written(), (), (), True)
    unknown = stream(
        "/Type /XObject /Subtype /Image /Width 1000 /Height 320 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Filter /NoSuchDecode",
        data,
    )
    yield Damage(
        "picture of no known kind",
        Pdf(content.encode(), resources=resources, objects={6: unknown}).written(),
        (),
        (),
        True,
    )
    packed = zlib.compress(data)
    cut = stream(
        "/Type /XObject /Subtype /Image /Width 1000 /Height 320 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Filter /FlateDecode",
        packed[: len(packed) // 2],
    )
    yield Damage(
        "picture cut", Pdf(content.encode(), resources=resources, objects={6: cut}).written(), (), (), True
    )


def streams() -> Iterator[Damage]:
    """Content streams cut, flipped, missing, of an unknown kind."""
    sound = Pdf()

    def flipped(at: float) -> Callable[[bytes], bytes]:
        def hurt(data: bytes) -> bytes:
            n = int(len(data) * at)
            return data[:n] + bytes([data[n] ^ 0x10]) + data[n + 1 :]

        return hurt

    for share in (0.3, 0.5, 0.7, 0.9, 0.95):
        yield Damage(
            f"content cut at {share}",
            Pdf(hurt=lambda d, s=share: d[: int(len(d) * s)]).written(),
            must_flag=True,
        )
        yield Damage(f"content flipped at {share}", Pdf(hurt=flipped(share)).written(), must_flag=True)
        plain = Pdf(hurt=lambda d, s=share: d[: int(len(d) * s)], packed=False)
        yield Damage(f"plain content cut at {share}", plain.written(), must_flag=True)
    data = sound.written()
    yield Damage("content gone", data.replace(b"/Contents 4 0 R", b"/Contents 9 0 R"), must_flag=True)
    yield Damage(
        "content half gone", data.replace(b"/Contents 4 0 R ", b"/Contents [4 0 R 9 0 R] "), must_flag=True
    )
    yield Damage("unknown filter", data.replace(b"/FlateDecode", b"/FlateEncode"), must_flag=True)
    yield Damage("font gone", data.replace(b"/F1 5 0 R", b"/F2 5 0 R"), must_flag=True)


def beside() -> Iterator[Damage]:
    """Figures that stand outside the page's content: annotations, form fields, attachments, XFA."""
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [60 400 300 440] /Contents (Bo sung 3.141 ho) /DA (/F1 10 Tf) >>"
    yield Damage(
        "note",
        Pdf(page="/MediaBox [0 0 595 842] /Annots [6 0 R]", objects={6: note}).written(),
        must_flag=True,
    )
    field_ = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (so_ho) /V (2.718) /Rect [60 400 200 420] >>"
    form = "/AcroForm << /Fields [6 0 R] >>"
    yield Damage(
        "form field",
        Pdf(page="/MediaBox [0 0 595 842] /Annots [6 0 R]", catalog=form, objects={6: field_}).written(),
        must_flag=True,
    )
    xfa = "/AcroForm << /Fields [] /XFA 6 0 R >>"
    yield Damage(
        "xfa",
        Pdf(catalog=xfa, objects={6: stream("", b"<xdp><data>1.618</data></xdp>")}).written(),
        must_flag=True,
    )
    files = "/Names << /EmbeddedFiles << /Names [(so.xlsx) 6 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (so.xlsx) /EF << /F 7 0 R >> >>"
    yield Damage(
        "attachment",
        Pdf(catalog=files, objects={6: spec, 7: stream("/Type /EmbeddedFile", b"x")}).written(),
        must_flag=True,
    )


def everything() -> list[Damage]:
    """All damages, the same each time."""
    kinds = (boxed, hidden, covered, lying_fonts, pictured, streams, beside)
    return [Damage("sound", Pdf().written()), *(damage for kind in kinds for damage in kind())]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for made in everything():
        (folder / f"{made.name.replace(' ', '_')}.pdf").write_bytes(made.data)
