"""Typed PDFs with something wrong: boxes moved, text hidden, whited out, printed over, fonts that lie, streams
cut and flipped. Each comes with the figures that a person sees on it.

`python tests/hostile/damage.py DIR` writes them. Nothing here is anybody's real document.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).parent))

from drawn import USUAL, Chances, chances, papers
from paper import COUNTS, FIGURES, HELVETICA, PAPERS, Paper, Pdf, bar, text


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


def shifted(dx: float, dy: float, paper: Paper = COUNTS) -> bytes:
    return f"1 0 0 1 {dx} {dy} cm\n{paper.content()}".encode("latin-1")


def boxed(paper: Paper = COUNTS, by: Chances = USUAL) -> Iterator[Damage]:
    """Page boxes with any origin, cropped, turned, in another unit."""
    seen = paper.figures
    for dx, dy in by.origins:
        box = f"/MediaBox [{dx} {dy} {595 + dx} {842 + dy}]"
        yield Damage(f"origin {dx} {dy}", Pdf(shifted(dx, dy, paper), box).written(), seen)
        for turn in (90, 180, 270):
            turned = Pdf(shifted(dx, dy, paper), f"{box} /Rotate {turn}")
            yield Damage(f"origin {dx} {dy} turned {turn}", turned.written(), seen)
    wide = "/MediaBox [0 0 1200 1400] /CropBox [300 200 895 1042]"
    stray = text(20, 100, " ".join(by.stray), 12)
    for turn in (0, 90, 180, 270):
        content = shifted(300, 200, paper) + f"1 0 0 1 -300 -200 cm {stray}".encode()
        pdf = Pdf(content, f"{wide} /Rotate {turn}")
        yield Damage(f"cropped {turn}", pdf.written(), seen, by.stray)
    sound = paper.content().encode()
    yield Damage("upside box", Pdf(sound, "/MediaBox [595 842 0 0]").written(), seen)
    half = Pdf(b"0.5 0 0 0.5 0 0 cm\n" + sound, "/MediaBox [0 0 298 421] /UserUnit 2")
    yield Damage("unit", half.written(), seen)


def hidden(paper: Paper = COUNTS, by: Chances = USUAL) -> Iterator[Damage]:
    """A second set of figures that nobody sees."""
    ghost = "".join(
        text(116 + 130 * c, 300 - 20 * r, v) for r, row in enumerate(by.ghosts) for c, v in enumerate(row)
    )
    unseen = tuple(v for row in by.ghosts for v in row)
    ways = {
        "mode 3": f"q 3 Tr\n{ghost}Q\n",
        "white": f"q 1 g\n{ghost}Q\n",
        "nearly white": f"q 0.985 g\n{ghost}Q\n",
        "alpha": f"q /G0 gs\n{ghost}Q\n",
        "layer": f"/OC /L1 BDC\n{ghost}EMC\n",
        "under a box": ghost + bar(50, 150, 500, 200, "1 g"),
        "under black": ghost + bar(50, 150, 500, 200, "0 g"),
        "clipped": f"q 0 0 10 10 re W n\n{ghost}Q\n",
        "tiny": f"q 0.01 0 0 0.01 200 200 cm\n{ghost}Q\n",
        "white on a white box": bar(50, 150, 500, 200, "1 g") + f"q 1 g\n{ghost}Q\n",
        "grey on its own grey": bar(50, 150, 500, 200, "0.8 g") + f"q 0.8 g\n{ghost}Q\n",
        "clipping only": f"q 7 Tr\n{ghost}Q\n",
    }
    resources = "/ExtGState << /G0 << /ca 0 /CA 0 >> >> /Properties << /L1 6 0 R >>"
    catalog = "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>"
    layer = {6: b"<< /Type /OCG /Name (draft) >>"}
    for name, drawn in ways.items():
        content = (paper.content() + drawn).encode("latin-1")
        pdf = Pdf(content, resources=resources, catalog=catalog, objects=layer)
        yield Damage(f"hidden {name}", pdf.written(), paper.figures, unseen, must_flag=True)


def covered(paper: Paper = COUNTS, by: Chances = USUAL) -> Iterator[Damage]:
    """Figures of the table whited out, replaced, struck twice."""
    x, y = paper.struck_at()
    gone = paper.struck
    white = bar(x - 1, y - 3, 5.6 * len(gone) + 1, 12, "1 g")
    seen = tuple(v for v in paper.figures if v != gone)
    sound = paper.content()
    if gone[-2].isdigit():
        other = gone[:-2] + str((int(gone[-2]) + 4) % 10) + gone[-1]
    else:
        other = gone[:-1] + ("5" if gone[-1] == "0" else "0")
    yield Damage("whited out", Pdf((sound + white).encode()).written(), seen, (gone,), True)
    again = sound + white + text(x, y, other)
    yield Damage("typed over white", Pdf(again.encode()).written(), (*seen, other), (gone,), True)
    shorter = sound + white + text(x, y, by.short)
    yield Damage("shorter over white", Pdf(shorter.encode()).written(), (*seen, by.short), (gone,), True)
    digit = sound + bar(x + 5.4, y - 2, 5.3, 10, "1 g")
    yield Damage("one digit whited out", Pdf(digit.encode()).written(), seen, (gone,), True)
    on_top = sound + f"q 1 g {text(x, y, other)} Q"
    yield Damage("white print over it", Pdf(on_top.encode()).written(), seen, (other,), True)
    for off in by.offsets:
        bold = sound + f"1 0 0 1 {off} 0 cm\n" + paper.cells()
        yield Damage(f"struck twice {off}", Pdf(bold.encode()).written(), paper.figures)


def lying_fonts(paper: Paper = COUNTS, by: Chances = USUAL) -> Iterator[Damage]:
    """Fonts that call their figures others."""
    for said, drawn in by.lies:
        codes = {ord(drawn): said}
        pairs = " ".join(f"<{c:02X}> <{ord(codes.get(c, chr(c))):04X}>" for c in range(32, 127))
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
            f"endcodespacerange 95 beginbfchar {pairs} endbfchar endcmap end end"
        )
        font = HELVETICA.replace(b" >>", b" /ToUnicode 6 0 R >>")
        pdf = Pdf(paper.content().encode(), objects={5: font, 6: stream("", cmap.encode())})
        hurt = drawn in "".join(paper.figures)
        yield Damage(f"font says {said} for {drawn}", pdf.written(), paper.figures, must_flag=hurt)


def picture_of(paper: Paper) -> tuple[bytes, tuple[str, ...]]:
    """A picture of 1000 x 320 pixels with the beginning of the paper's table in it, and its figures."""
    rows = tuple(row[-4:] for row in (paper.rows or COUNTS.rows)[:6])
    image = Image.new("L", (1000, 320), 255)
    draw = ImageDraw.Draw(image)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            draw.text((20 + 240 * c, 12 + 52 * r), value, 0, font_size=30)
        draw.line((4, 4 + 52 * r, 990, 4 + 52 * r), 0, 2)
    draw.line((4, 4 + 52 * 6, 990, 4 + 52 * 6), 0, 2)
    for c in range(5):
        draw.line((4 + 246 * c, 4, 4 + 246 * c, 316), 0, 2)
    return image.tobytes(), tuple(v for row in rows[1:] for v in row if v[:1].isdigit() and len(v) > 1)


def pictured(paper: Paper = COUNTS, by: Chances = USUAL) -> Iterator[Damage]:
    """The table as a picture on a page of typed text."""
    data, figures = picture_of(paper)
    facts = (
        "/Type /XObject /Subtype /Image /Width 1000 /Height 320 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    words = tuple(line for line in COUNTS.prose)
    prose = "".join(text(60, 780 - 18 * n, words[n % 3]) for n in range(8))
    content = (prose + "q 400 0 0 128 60 400 cm /I Do Q\n").encode()
    resources = "/XObject << /I 6 0 R >>"
    packed = zlib.compress(data)
    ways = {
        "picture of a table": stream(facts, data),
        "picture missing": None,
        "picture of no known kind": stream(f"{facts} /Filter /NoSuchDecode", data),
        "picture cut": stream(f"{facts} /Filter /FlateDecode", packed[: len(packed) // 2]),
        "picture too short": stream(facts, data[: len(data) // 2]),
    }
    for name, picture in ways.items():
        objects = {6: picture} if picture is not None else {}
        pdf = Pdf(content, resources=resources, objects=objects)
        yield Damage(name, pdf.written(), figures, must_flag=name != "picture of a table")


def streams(paper: Paper = COUNTS, by: Chances = USUAL) -> Iterator[Damage]:
    """Content streams cut, flipped, missing, of an unknown kind."""
    seen, content = paper.figures, paper.content().encode()

    def flipped(at: float) -> Callable[[bytes], bytes]:
        def hurt(data: bytes) -> bytes:
            n = int(len(data) * at)
            return data[:n] + bytes([data[n] ^ by.bit]) + data[n + 1 :]

        return hurt

    for share in by.shares:
        cut = Pdf(content, hurt=lambda d, s=share: d[: int(len(d) * s)])
        yield Damage(f"content cut at {share}", cut.written(), seen, must_flag=True)
        flip = Pdf(content, hurt=flipped(share))
        yield Damage(f"content flipped at {share}", flip.written(), seen, must_flag=True)
        plain = Pdf(content, hurt=lambda d, s=share: d[: int(len(d) * s)], packed=False)
        yield Damage(f"plain content cut at {share}", plain.written(), seen, must_flag=True)
    data = Pdf(content).written()
    changes = {
        "content gone": (b"/Contents 4 0 R", b"/Contents 9 0 R"),
        "content half gone": (b"/Contents 4 0 R ", b"/Contents [4 0 R 9 0 R] "),
        "unknown filter": (b"/FlateDecode", b"/FlateEncode"),
        "font gone": (b"/F1 5 0 R", b"/F2 5 0 R"),
    }
    for name, (old, new) in changes.items():
        yield Damage(name, data.replace(old, new), seen, must_flag=True)


def beside(paper: Paper = COUNTS, by: Chances = USUAL) -> Iterator[Damage]:
    """Figures that stand outside the page's content: annotations, form fields, attachments, XFA."""
    noted_, filled_, dynamic_ = by.beside
    page, content = "/MediaBox [0 0 595 842] /Annots [6 0 R]", paper.content().encode()
    note = f"<< /Type /Annot /Subtype /FreeText /Rect [60 400 300 440] /Contents (Bo sung {noted_} ho) /DA (/F1 10 Tf) >>".encode()
    noted = Pdf(content, page, objects={6: note})
    yield Damage("note", noted.written(), (*paper.figures, noted_), must_flag=True)
    field_ = f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (so_ho) /V ({filled_}) /Rect [60 400 200 420] >>".encode()
    form = "/AcroForm << /Fields [6 0 R] >>"
    filled = Pdf(content, page, catalog=form, objects={6: field_})
    yield Damage("form field", filled.written(), (*paper.figures, filled_), must_flag=True)
    xfa = "/AcroForm << /Fields [] /XFA 6 0 R >>"
    dynamic = Pdf(
        content, catalog=xfa, objects={6: stream("", f"<xdp><data>{dynamic_}</data></xdp>".encode())}
    )
    yield Damage("xfa", dynamic.written(), (*paper.figures, dynamic_), must_flag=True)
    files = "/Names << /EmbeddedFiles << /Names [(so.xlsx) 6 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (so.xlsx) /EF << /F 7 0 R >> >>"
    held = Pdf(content, catalog=files, objects={6: spec, 7: stream("/Type /EmbeddedFile", b"x")})
    yield Damage("attachment", held.written(), paper.figures, must_flag=True)


KINDS = (boxed, hidden, covered, lying_fonts, pictured, streams, beside)


def everything(seed: int = 0) -> list[Damage]:
    """All damages of all papers, the same each time; those of another seed are others of the same kinds."""
    return [damage for paper in papers_of(seed) for damage in damages_of(paper, chances_of(seed))]


def papers_of(seed: int) -> tuple[Paper, ...]:
    return papers(seed) if seed else PAPERS


def chances_of(seed: int) -> Chances:
    return chances(seed) if seed else USUAL


def damages_of(paper: Paper, by: Chances = USUAL) -> Iterator[Damage]:
    """Every kind of damage done to a paper."""
    yield Damage(f"{paper.name} sound", Pdf(paper.content().encode()).written(), paper.figures)
    for kind in KINDS:
        for made in kind(paper, by):
            yield replace(made, name=f"{paper.name} {made.name}")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for made in everything():
        (folder / f"{made.name.replace(' ', '_')}.pdf").write_bytes(made.data)
