"""Words of shaded cells put together from several readings."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.blotted import cleaned_pieces, is_blotted, voted
from extract.scan.prepare.cleanings import CLEANINGS
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.sheet import Sheet
from extract.scan.readers.engine import OcrWord

KNOWN = frozenset(
    ["hồ", "sơ", "đã", "giải", "quyết", "đơn", "vị", "tổng", "số", "năng", "suất", "kỳ", "trước", "giá"]
)
WORD = 40.0  # pixels of a word and the blank behind it


def is_word(text: str) -> bool:
    return text.lower() in KNOWN or text.isdigit()


def said(text: str, confidence: float = 0.9, line: int = 0) -> list[OcrWord]:
    """A line of words side by side; `_` is a place without a word."""
    return [
        OcrWord(word, k * WORD, line * 30.0, k * WORD + 34, line * 30.0 + 20, confidence, (0, 0, line))
        for k, word in enumerate(text.split())
        if word != "_"
    ]


def text_of(words: list[OcrWord]) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("readings", "meant"),
    [
        (["Đơn vị", "Đơn vị", "Đơn vị", "Đơn vị"], "Đơn vị"),
        (["Đxn vị", "Đơn vị", "Đơn vỊ", "Đơu vị"], "Đơn vị"),
        (["#v _", "Đơn vị", "Đơn vị", "Đơn vị"], "Đơn vị"),
        (["Đơn vị ˆ", "Đơn vị _", "Đơn vị _", "Đơn vị ~"], "Đơn vị"),
        (["Tổng số tr", "Tổng số _", "Tổng số _", "Tổng số _"], "Tổng số"),
        (["Tổng _", "Tổng số", "Tổng số", "Tổng _"], "Tổng số"),
        (["Tổng (%}.", "Tổng (%}", "Tổng (%)", "Tổng e"], "Tổng (%)"),
        (["Tổng 22", "Tổng _", "Tổng _", "Tổng _"], "Tổng 22"),
    ],
)
def test_words_are_voted_on(readings: list[str], meant: str) -> None:
    assert text_of(voted([said(reading) for reading in readings], is_word)) == meant


def test_figures_that_only_one_cleaning_saw_badly_or_too_wide_are_dirt() -> None:
    (word,) = said("Tổng")
    faint, wide = replace(said("_ 7")[0], confidence=0.1), replace(said("_ 7")[0], x1=WORD + 80)
    for dirt in (faint, wide):
        assert text_of(voted([[word, dirt], [word], [word], [word]], is_word)) == "Tổng"


def test_figures_on_which_readings_differ_are_in_doubt() -> None:
    (_, figure) = voted([said("Tổng 22"), said("Tổng 22"), said("Tổng 27"), said("Tổng 27")], is_word)
    assert figure.text in ("22", "27") and figure.figures == "doubtful"
    assert [text for text, _ in figure.others] == [{"22": "27", "27": "22"}[figure.text]]


def test_lines_stay_lines_whichever_reading_gave_their_words() -> None:
    one = [*said("Năng suất"), *said("kỳ trưởc", line=1)]
    other = [*said("Năng suat"), *said("kỳ trước", line=1)]
    found = voted([one, other, other], is_word)
    assert [(word.text, word.line[-1]) for word in found] == [
        ("Năng", 0),
        ("suất", 0),
        ("kỳ", 1),
        ("trước", 1),
    ]


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=5), st.integers(1, 4))
def test_what_all_readings_say_stands(words: list[str], voters: int) -> None:
    assert text_of(voted([said(" ".join(words))] * voters, is_word)) == " ".join(words)


@pytest.mark.parametrize(
    ("text", "confidence", "blotted"),
    [
        ("Đơn vị", 1.0, False),
        ("Đơn vị", 0.8, True),
        ("Đon vi", 1.0, True),
        ("Đơn (%)", 1.0, False),
        ("125", 0.6, False),
        ("“ ˆ", 0.6, True),
    ],
)
def test_only_words_that_are_in_doubt_are_read_again(text: str, confidence: float, blotted: bool) -> None:
    assert is_blotted(said(text, confidence), is_word) is blotted


@pytest.mark.parametrize("cleaning", CLEANINGS)
def test_every_cleaning_takes_dots_and_leaves_strokes(cleaning) -> None:
    """Bold strokes 6 pixels thick, and dots of 2 pixels over a fifth of the paper, letters 30 pixels high."""
    plain = np.full((120, 300), 255, np.uint8)
    cv2.putText(plain, "HE", (60, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 0, 6)
    spots = (np.random.default_rng(3).random((60, 150)) < 0.05).astype(np.uint8)
    dotted = np.where(cv2.resize(spots, (300, 120), interpolation=cv2.INTER_NEAREST) > 0, 0, plain)
    sheet = Sheet(dotted, Frame.of_picture(300, 120, 72, 28.8), 300, 72, 28.8)
    clean = cleaning(dotted.astype(np.uint8), sheet) < 128
    print_px = cv2.dilate((plain < 128).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert np.count_nonzero(clean & ~print_px) < 0.1 * np.count_nonzero((dotted < 128) & ~print_px)
    assert np.count_nonzero(clean & (plain < 128)) > 0.75 * np.count_nonzero(plain < 128)


def test_pieces_lie_where_the_print_does() -> None:
    picture = np.full((60, 100), 255, np.uint8)
    picture[20:40, 30:60] = 0
    sheet = Sheet(picture, Frame.of_picture(100, 60, 24, 14.4), 300, 24, 14.4)
    for piece in cleaned_pieces(picture, (500, 700), (526, 716, 564, 744), sheet):
        assert (piece.x, piece.y) == (526, 716)
        assert piece.picture.shape == (28, 38)
