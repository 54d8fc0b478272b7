"""Files of every kind with bytes changed in them: each is read or refused with a reason, never with another
exception. `FUZZ_EXAMPLES=20000 pytest tests/hostile` looks longer; what crashed once is an `example` here.
"""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from corpus import saved, small_image, text_pdf
from excel_97 import Record, compound, stream_of, workbook, xls
from office_excel import cells, sheet, styles, xlsx
from office_others import opened
from office_parts import ROWS, packed
from office_word import docx, numbered_docx, word_table
from paper import COUNTS, Pdf

from extract.decoders import deflate_fault, fax_complaint, group_3_complaint, jpeg_complaint
from extract.dump.pages import read_text_file
from extract.office.read import read_office
from extract.office.sheet.number_format import show
from extract.pdf.rescue import open_or_rescue
from extract.pdf.soundness import open_soundness
from extract.scan.image import count_frames, open_image, read_frame
from model.errors import ExtractError
from pipeline.coding import CodingError, decoded
from pipeline.members import BrokenContainerError, members, opened_member
from pipeline.workers.messages import Answer

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
bounded = settings(
    max_examples=max(20, EXAMPLES // 3),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

changes = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(["set", "cut", "drop", "twice"]),
        st.binary(max_size=6),
    ),
    min_size=1,
    max_size=5,
)
"""Where, what, and with which bytes."""

TABLE = word_table(ROWS)
ODS = (
    '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="float" office:value="7">'
    "<text:p>7</text:p></table:table-cell></table:table-row></table:table>"
)
PACKAGES: dict[str, bytes] = {
    "docx": docx(TABLE),
    "docx numbered": numbered_docx(),
    "xlsx": xlsx(sheet(cells(ROWS), after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'), {"xl/styles.xml": styles("0.00")}),
    "ods": opened("spreadsheet", ODS),
    "odt": opened("text", "<text:p>a<text:s text:c='3'/>1</text:p>" + ODS),
}  # fmt: skip
RTF = (
    rb"{\rtf1\ansi\ansicpg1258{\fonttbl{\f0 .VnTime;}}\trowd\trgaph10\cellx1000\cellx2000 a\cell 12\cell\row"
    rb" b\par\u7845?\'e1{\field{\*\fldinst X}{\fldrslt 3}}{\listtext 1.}\intbl\itap2 c\nestcell}"
)


def changed(data: bytes, how: list[tuple[float, str, bytes]]) -> bytes:
    for share, what, new in how:
        at = int(len(data) * share)
        if what == "set":
            data = data[:at] + new + data[at + len(new) :]
        elif what == "cut":
            data = data[:at] + new
        elif what == "drop":
            data = data[:at] + data[at + 20 :]
        else:
            data = data[:at] + data[at : at + 60] * 3 + data[at:]
    return data


def answered(read: Callable[[], object]) -> None:
    """The reader answers, or says why not."""
    try:
        read()
    except ExtractError as error:
        assert str(error)


@pytest.mark.parametrize("name", PACKAGES)
@bounded
@given(how=changes, part=st.integers(0, 9), whole=st.booleans())
def test_office_packages(
    name: str, tmp_path: Path, how: list[tuple[float, str, bytes]], part: int, whole: bool
) -> None:
    data = PACKAGES[name]
    if whole:
        data = changed(data, how)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {n: archive.read(n) for n in archive.namelist()}
        chosen = sorted(parts)[part % len(parts)]
        data = packed({**parts, chosen: changed(parts[chosen], how)})
    path = tmp_path / f"a.{name[:4].strip()}"
    path.write_bytes(data)
    answered(lambda: read_office(path, name[:4].strip()))  # type: ignore[arg-type]


@bounded
@given(how=changes)
def test_rtf(tmp_path: Path, how: list[tuple[float, str, bytes]]) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(changed(RTF, how))
    answered(lambda: read_office(path, "rtf"))


OLD_ROWS = [["STT", "Xã", "Số"], [1, "An", 12], [2, "Bình", 13.5]]
OLD_RECORDS = workbook([OLD_ROWS, OLD_ROWS[:1]])


def test_the_old_workbook_that_is_hurt_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(xls(OLD_ROWS))
    first = read_office(path, "xls")[0]
    assert {c.text for c in first.grids[0].cells} >= {"Bình", "13,50", "42,00"}


@bounded
@given(how=changes)
def test_old_workbooks_with_bytes_changed_anywhere(
    tmp_path: Path, how: list[tuple[float, str, bytes]]
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(changed(xls(OLD_ROWS), how))
    answered(lambda: read_office(path, "xls"))


@bounded
@given(
    hurt=st.lists(
        st.tuples(
            st.integers(0, len(OLD_RECORDS) - 1), st.sampled_from(["drop", "twice", "number"]), changes
        ),
        min_size=1,
        max_size=4,
    ),
    number=st.integers(0, 0x1FFF),
)
def test_records_of_old_workbooks(
    tmp_path: Path, hurt: list[tuple[int, str, list[tuple[float, str, bytes]]]], number: int
) -> None:
    """Records changed, doubled, dropped, or called another; the rest and the file around them stay sound."""
    records: list[list[Record]] = [[one] for one in OLD_RECORDS]
    for at, what, how in hurt:
        kind, data = OLD_RECORDS[at]
        data = changed(data, how)[:8000]
        records[at] = {"drop": [], "twice": [(kind, data)] * 2, "number": [(number, data)]}[what]
    path = tmp_path / "a.xls"
    path.write_bytes(compound(stream_of(one for some in records for one in some)[:40_000]))
    answered(lambda: read_office(path, "xls"))


@bounded
@given(
    value=st.floats(),
    code=st.text('0#?.,;%[]"\\_*@/-+ EeGeneralyYmMdDhHsSRd><=$', max_size=30),
    mark=st.sampled_from([",", "."]),
)
@example(value=1234.5, code="0" * 5000, mark=",")
def test_number_formats(value: float, code: str, mark: str) -> None:
    assert isinstance(show(value, code, mark).text, str)  # type: ignore[arg-type]


@bounded
@given(how=changes, words=st.text(max_size=200))
@example(how=[], words="\x1f")
def test_web_pages(tmp_path: Path, how: list[tuple[float, str, bytes]], words: str) -> None:
    page = "<html><table><tr><td colspan=2>a<td>1</tr><tr><td>b<td rowspan=3>2<td>3</table>" + words
    path = tmp_path / "a.html"
    path.write_bytes(changed(page.encode("utf-8", "replace"), how))
    answered(lambda: read_text_file(path))


@bounded
@given(how=changes)
def test_the_structure_of_pdfs(tmp_path: Path, how: list[tuple[float, str, bytes]]) -> None:
    note = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (2.718) /Rect [60 400 200 420] >>"
    sound = Pdf(
        COUNTS.content().encode(), "/MediaBox [0 0 595 842] /Annots [6 0 R]",
        catalog="/AcroForm << /Fields [6 0 R] >>", objects={6: note}, packed=False,
    ).written()  # fmt: skip
    path = tmp_path / "a.pdf"
    path.write_bytes(changed(sound, how))

    def read() -> None:
        with open_or_rescue(path) as pdf, open_soundness(path) as soundness:
            known = soundness.as_read(len(pdf.document), pdf.drawn.notes, pdf.drawn.fields)
            for index in range(min(3, len(pdf.document))):
                known.page(index)

    answered(read)


IMAGES = {
    ".tif": saved(small_image(), "TIFF", compression="tiff_lzw", tiffinfo={278: 40}),
    ".png": saved(small_image(), "PNG"),
    ".jpg": saved(small_image(), "JPEG"),
    ".webp": saved(small_image(), "WEBP"),
    ".bmp": saved(small_image(), "BMP"),
}


@pytest.mark.parametrize("suffix", IMAGES)
@bounded
@given(how=changes)
def test_pictures(suffix: str, tmp_path: Path, how: list[tuple[float, str, bytes]]) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(changed(IMAGES[suffix], how))

    def read() -> None:
        with open_image(path) as picture:
            for index in range(min(2, count_frames(picture))):
                read_frame(picture, index, as_far=True)

    answered(read)


@bounded
@example(data=b"\0\x10\x01" * 40, width=1_000_000, height=1_000_000, two_ways=False)
@given(
    data=st.binary(max_size=400) | st.lists(st.sampled_from([b"\0\x10\x01", b"\0\x18\x01"])).map(b"".join),
    width=st.integers(-2, 5000),
    height=st.integers(-2, 5000),
    two_ways=st.booleans(),
)
def test_what_decoders_are_asked(data: bytes, width: int, height: int, two_ways: bool) -> None:
    faxes = fax_complaint(data, width, height), group_3_complaint(data, width, height, two_ways)
    assert all(isinstance(said, str) for said in (*faxes, deflate_fault(data), jpeg_complaint(data)))


MAIL = (
    b"Subject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n1\t2\r\n"
    b'--b\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n'
)


@pytest.mark.parametrize("suffix", [".zip", ".eml"])
@bounded
@given(how=changes)
def test_archives_and_mails(suffix: str, tmp_path: Path, how: list[tuple[float, str, bytes]]) -> None:
    sound = packed({"a/b.txt": b"1\t2\n", "c.zip": packed({"d.txt": b"x"})}) if suffix == ".zip" else MAIL
    path = tmp_path / f"a{suffix}"
    path.write_bytes(changed(sound, how))
    try:
        for member in list(members(str(path)))[:4]:
            assert ".." not in member.address
            if not member.reason:
                with opened_member(member.address) as stream:
                    stream.read(100)
    except (BrokenContainerError, OSError) as error:
        assert str(error)


@bounded
@given(data=st.binary(max_size=200))
def test_what_a_worker_says(data: bytes) -> None:
    try:
        decoded(Answer, data)
    except CodingError as error:
        assert str(error)


def test_a_text_layer_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(text_pdf()[:9])
    with pytest.raises(ExtractError), open_or_rescue(path):
        pass
