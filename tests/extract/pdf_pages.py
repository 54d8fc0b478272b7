"""Small PDFs written by hand: text in Helvetica, rules as lines or thin boxes, made-up figures."""

import importlib.util
import io
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from PIL import Image, ImageDraw


def text(x, y, words, size=10, matrix="1 0 0 1", font="F1", extra=""):
    """A run of text with its baseline at (x, y), PDF units from the lower left corner."""
    escaped = words.replace("(", r"\(").replace(")", r"\)")
    return f"BT {extra} /{font} {size} Tf {matrix} {x} {y} Tm ({escaped}) Tj ET\n"


def line(x0, y0, x1, y1):
    return f"0.7 w {x0} {y0} m {x1} {y1} l S\n"


def bar(x, y, width, height, color="0 g"):
    return f"q {color} {x} {y} {width} {height} re f Q\n"


def ruled(xs, ys):
    """Rules round all cells of a grid; `ys` from the top down."""
    return "".join(line(xs[0], y, xs[-1], y) for y in ys) + "".join(line(x, ys[-1], x, ys[0]) for x in xs)


def pdf_bytes(content, width=595, height=842, rotate=0, image=False):
    """One page with this content; `image` puts a picture over the whole page under it."""
    picture = f"q {width} 0 0 {height} 0 0 cm /I Do Q\n" if image else ""
    stream = (picture + content).encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {rotate} /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /I 7 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 1 >>\nstream\n\xff\nendstream",
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % p for p in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


@contextmanager
def open_page(content, **options):
    """The page as pdfplumber gives it."""
    with pdfplumber.open(io.BytesIO(pdf_bytes(content, **options))) as document:
        yield document.pages[0]


def print_of_figures():
    """A page of black and white with twelve figures."""
    page = Image.new("1", (600, 400), 1)
    draw = ImageDraw.Draw(page)
    for n in range(12):
        draw.text((20 + 90 * (n % 6), 40 + 90 * (n // 6)), str(137 * (n + 1)), 0, font_size=28)
    return page


def rot_module():
    """The maker of pictures that rotted, tests/hostile/rot.py."""
    spec = importlib.util.spec_from_file_location("rot", Path(__file__).parents[1] / "hostile" / "rot.py")
    rot = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rot)
    return rot
