"""Files that only LibreOffice reads: converted where it is, failed with advice where it is not."""

from __future__ import annotations

import pytest

from extract.inputs import open_document
from extract.kinds import kind_of
from extract.office import libreoffice
from extract.office.libreoffice import ConverterMissingError, converted, program
from extract.office.pages import page_of
from extract.office.word.docx import read_docx
from tests.extract.office.test_rtf import rtf
from tests.extract.office.test_word import lines

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def test_without_it_a_doc_fails_with_the_advice(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    (tmp_path / "a.doc").write_bytes(OLE)
    with pytest.raises(ConverterMissingError) as caught, open_document(tmp_path / "a.doc"):
        pass
    assert "LibreOffice" in caught.value.advice and caught.value.exit_code == 11


def test_an_rtf_that_is_called_doc_needs_no_converter(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    path = rtf(tmp_path / "a.rtf", r"than\par").rename(tmp_path / "a.doc")
    assert lines(path) == ["than"]
    kind = kind_of(path)
    assert kind is not None and kind.format == "rtf"


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_what_it_converts_says_the_same(tmp_path):
    path = rtf(tmp_path / "a.rtf", r"\f1 C\'e9ng ho\'b5\par l\'addng\par")
    with converted(path, "docx") as made:
        kept = made
        assert [line.text for line in page_of(read_docx(made)).lines] == lines(path)
    assert not kept.exists()
