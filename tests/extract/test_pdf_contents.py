"""Contents are read as pdfminer reads them, or left to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import KWD, LIT, PSEOF

from extract.pdf.contents import plain_contents


def by_pdfminer(streams):
    """All objects of the streams by pdfminer's own parser."""
    parser, found = PDFContentParser([PDFStream({}, data) for data in streams]), []
    while True:
        try:
            found.append(parser.nextobject()[1])
        except PSEOF:
            return found


def same(one, other):
    """Whether objects are equal and of the same kinds: 1 is not 1.0, and True is neither."""
    return repr(one) == repr(other)


@pytest.mark.parametrize(
    "data",
    [
        b"q 0.1 0 0 -.1 5. +7 cm /F1 12 Tf [(Abc) -120 (d)] TJ ET Q",
        b"BT/F2 9 Tf<0003004B>Tj(x)'1 2(y)\"T* f* W* n EMC",
        b"/Artifact <</Attached [/Bottom]/Type/Pagination/MCID 3>> BDC\r\n0 g 0 0 1 rg",
        rb"(a\(b\)\\ \053\1\n\q\0534) Tj",
        b"<> Tj [] TJ () Tj [true false 1] d0 null",
        b"",
        b"  \r\n ",
        b"1 2 m\n3 4 l\nS",
    ],
)
def test_contents_as_programs_write_them_are_read(data):
    found = plain_contents([data])
    assert found is not None
    assert same(found, by_pdfminer([data]))


@pytest.mark.parametrize(
    "data",
    [
        b"BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q",
        b"0 g % a comment\n1 g",
        b"/A#20B gs",
        b"(open",
        b"(a (nested) string) Tj",
        b"[1 2",
        b"1 2]",
        b"<</A 1",
        b"<</A>> BDC",
        b"<</A 5 0 R>> BDC",
        b"1.2.3 w",
        b"12abc",
        b"--5 w",
        b"<4> Tj",
        b"<41 42> Tj",
        b"<</X <41>>> BDC",
        b"{1 2} x",
        b"0 g \x00 1 g",
        b"\xe9 Tj",
        rb"(\777) Tj",
        b"(a\\\rb) Tj",
    ],
)
def test_anything_else_is_left_to_pdfminer(data):
    assert plain_contents([data]) is None


def test_an_array_may_go_on_in_the_next_stream_and_a_word_may_not():
    assert same(plain_contents([b"[1 2", b"3] TJ 4"]), [[1, 2, 3], KWD(b"TJ"), 4])
    assert plain_contents([b"(one ", b"string) Tj"]) is None
    assert same(plain_contents([b"1", b"2 /N", b"gs"]), [1, 2, LIT("N"), KWD(b"gs")])


def test_contents_without_end_are_left_to_pdfminer():
    assert plain_contents([b"0 g\n" * (5 << 20)]) is None


WORDS = st.sampled_from(
    [b"0", b"-12", b"+3", b"4.5", b"-.25", b"7.", b"Tj", b"TJ", b"T*", b"'", b'"', b"q", b"BDC", b"/F1", b"/a.b-c",
     b"(Abc)", rb"(a\)b)", rb"(\101\n)", b"( \r\n)", b"<0041>", b"<>", b"[", b"]", b"<<", b">>", b"true", b"null",
     b"BI", b"ID", b"EI", b"%", b"#", b"{", b"<4", b"(", b")", b"\\", b"1e5", b"0x", b".", b"-", b"/", b"\x00"]
)  # fmt: skip
GAPS = st.sampled_from([b"", b" ", b"\n", b"\r\n", b"\t"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(st.tuples(WORDS, GAPS), max_size=12), min_size=1, max_size=3))
def test_what_is_read_is_what_pdfminer_reads(pieces):
    streams = [b"".join(word + gap for word, gap in piece) for piece in pieces]
    found = plain_contents(streams)
    assert found is None or same(found, by_pdfminer(streams))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=30), min_size=1, max_size=3))
def test_any_bytes_are_read_as_pdfminer_reads_them_or_not_at_all(streams):
    found = plain_contents(streams)
    assert found is None or same(found, by_pdfminer(streams))
