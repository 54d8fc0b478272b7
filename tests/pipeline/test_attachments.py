"""Files that PDFs carry are documents of their own, with their path inside."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest

from extract.pdf.attachments import AttachmentError, attachment_bytes, attachments
from extract.pdf.embedded_files import may_hold_files
from pipeline import members as module
from pipeline.ingest import find_inputs
from pipeline.members import TOO_DEEP, TOO_LARGE
from pipeline.remote import opened

REPORT = b"STT\tX\xc3\xa3\tS\xe1\xbb\x91 h\xe1\xbb\x93 s\xc6\xa1\n1\tM\xe1\xba\xabu M\xe1\xbb\x99t\t12\n"


def carrying(files: dict[str, bytes], pages: int = 1) -> bytes:
    """A PDF of empty pages with files in its tree of names."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        for name, data in files.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def behind_a_note(name: str, data: bytes) -> bytes:
    """A PDF with a file behind a note on its page."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        held = pdf.make_stream(data, Type=pikepdf.Name.EmbeddedFile)
        spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=name, UF=name, EF=pikepdf.Dictionary(F=held))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec
        )
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def found(folder: Path) -> dict[str, str]:
    inputs = find_inputs([folder])
    read = {source.doc_id: "" for source in inputs.sources}
    return read | {outcome.source.doc_id: outcome.error for outcome in inputs.outcomes}


def test_files_in_a_pdf_stand_behind_it(tmp_path: Path) -> None:
    (tmp_path / "so.pdf").write_bytes(carrying({"phu luc 1.txt": REPORT, "anh.xml": b"<a/>"}))
    assert found(tmp_path) == {
        "so": "",
        "so.pdf/phu luc 1": "",
        "so.pdf/anh": "not a kind of file that is read",
    }
    inside = next(s for s in find_inputs([tmp_path]).sources if s.doc_id.endswith("phu luc 1"))
    assert inside.path == "so.pdf/phu luc 1.txt"
    with opened(inside.file) as stream:
        assert stream.read() == REPORT


def test_a_file_behind_a_note_is_one_and_stands_once(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(behind_a_note("bang.txt", REPORT))
    assert found(tmp_path) == {"a": "", "a.pdf/bang": ""}


def test_a_pdf_in_an_archive_and_an_archive_in_a_pdf(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.pdf", carrying({"y.txt": REPORT}))
    (tmp_path / "b.zip").write_bytes(packed.getvalue())
    (tmp_path / "c.pdf").write_bytes(carrying({"b.zip": packed.getvalue()}))
    ids = found(tmp_path)
    assert ids == {
        "b.zip/x": "", "b.zip/x.pdf/y": "", "c": "", "c.pdf/b.zip/x": "", "c.pdf/b.zip/x.pdf/y": "",
    }  # fmt: skip
    deepest = next(s for s in find_inputs([tmp_path]).sources if s.doc_id == "c.pdf/b.zip/x.pdf/y")
    with opened(deepest.file) as stream:
        assert stream.read() == REPORT


def test_pdfs_in_pdfs_end_somewhere_and_say_so(tmp_path: Path) -> None:
    data = REPORT
    for level in range(5):
        data = carrying({f"tang{level}.{'pdf' if level else 'txt'}": data})
    (tmp_path / "a.pdf").write_bytes(data)
    assert TOO_DEEP in found(tmp_path).values()


def test_a_bomb_gives_no_more_than_the_bound() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        held = pikepdf.Stream(pdf, zlib.compress(b"0" * (8 << 20)))
        held.Filter = pikepdf.Name.FlateDecode
        spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="b.txt", EF=pikepdf.Dictionary(F=held))
        pdf.Root.Names = pikepdf.Dictionary(
            EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array(["b.txt", pdf.make_indirect(spec)]))
        )
        out = io.BytesIO()
        pdf.save(out)
    assert [file.name for file in attachments(out, 5)] == ["b.txt"]
    with pytest.raises(AttachmentError, match="over 1 MB"):
        attachment_bytes(out, 0, 1 << 20)
    assert attachment_bytes(out, 0, 16 << 20) == ("b.txt", b"0" * (8 << 20))


def test_a_large_one_and_too_many_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGEST_ATTACHED", 10)
    monkeypatch.setattr(module, "MOST_ATTACHED", 2)
    (tmp_path / "a.pdf").write_bytes(carrying({"a.txt": REPORT}))
    (tmp_path / "b.pdf").write_bytes(carrying({f"{n}.txt": REPORT for n in range(4)}))
    ids = found(tmp_path)
    assert ids["a.pdf/a"] == TOO_LARGE
    assert ids["b.pdf/attachments"].startswith("the PDF carries more than")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 /EmbeddedFile", b"no pdf /EF at all"])
def test_a_broken_pdf_carries_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    assert found(tmp_path) == {"a": ""}


@pytest.mark.parametrize("data, told", [
    (b"<</Type/EmbeddedFile>>", True), (b"<</EF 5 0 R>>", True), (b"<</EF<<", True), (b"/EF", True),
    (b"<</EFX 5 0 R>>", False), (b"/EF1 then /EF_", False), (b"embeddedfile /ef 1", False), (b"", False),
    (b"/EF1 then /EF (", True),
])  # fmt: skip
@pytest.mark.parametrize("before", [0, (1 << 20) - 2, (1 << 20) - 9])
def test_signs_of_files_are_found_wherever_they_lie(data: bytes, told: bool, before: int) -> None:
    """A sign may lie over the end of what is looked through at once."""
    assert may_hold_files(io.BytesIO(b" " * before + data + b" " * 40)) is told
