"""Flags on figures of sentences that were not read surely."""

from decimal import Decimal

import pytest

from model.document import Statement
from model.geometry import Box
from model.page import PageContent, TextLine, Word
from model.value import Value
from pipeline.letters import statement_flags

TEXT = "diện tích 120 ha, sản lượng 43.299,3 tấn."


def line(confidence, doubted="43.299,3", number=4):
    words = tuple(
        Word(text, Box(10.0 * k, 0, 10.0 * k + 9, 10), confidence if text == doubted else 0.99)
        for k, text in enumerate(TEXT.split())
    )
    return TextLine(TEXT, 1, number, Box(0, 0, 90, 10), words, min(0.99, confidence))


def said(amount, number=4):
    return Statement(1, number, "sản lượng", Value(Decimal(amount)), context=TEXT)


def page(source="ocr"):
    return PageContent(1, 595.0, 842.0, source, ())


def test_a_doubtful_figure_of_a_sentence_is_flagged_where_it_stands():
    (flag,) = statement_flags([said("120"), said("43299.3")], [line(0.5)], [page()])
    assert (flag.kind, flag.severity, flag.found, flag.page) == ("reading", "warning", "43.299,3", 1)
    assert flag.box == line(0.5).words[6].box
    assert "43.299,3" in flag.message


@pytest.mark.parametrize(
    ("statement", "read", "source"),
    [
        (said("43299.3"), line(0.9), "ocr"),  # read surely
        (said("120"), line(0.5), "ocr"),  # another word was in doubt
        (said("43299.3", 5), line(0.5), "ocr"),  # another line
        (said("43299.3"), line(0.5), "text"),  # the print itself
    ],
)
def test_sure_figures_have_no_flag(statement, read, source):
    assert statement_flags([statement], [read], [page(source)]) == []
