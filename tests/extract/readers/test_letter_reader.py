"""The letter reader: its signs, its strips, its weights, and the prints it is taught on."""

import hashlib
import shutil

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from extract.scan.readers.letters import network as letters
from extract.scan.readers.letters.alphabet import BLANK, N_CLASSES, SIGNS, decode, encode, plain
from extract.scan.readers.letters.network import LetterNetwork
from extract.scan.readers.letters.prepare import HEIGHT, STEP, prepare, tone_at
from extract.scan.readers.letters.train.copies import coarse, copied, photographed
from extract.scan.readers.letters.train.texts import Texts
from extract.scan.readers.line_reader import LineReader
from extract.scan.repairs.marks import MarkReader
from model.errors import MissingProgramError
from tests.fonts import serif

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def test_every_letter_of_vietnamese_has_a_class_of_its_own():
    assert set(LETTERS + LETTERS.upper()) <= set(SIGNS)
    assert len(set(SIGNS)) == len(SIGNS) == N_CLASSES - 1
    assert BLANK not in encode(LETTERS)


@given(st.text(max_size=30))
def test_what_is_plain_can_be_spelled_and_read_back(text):
    once = plain(text)
    assert decode(encode(once)) == once == plain(once)


@pytest.mark.parametrize(
    ("printed", "own"),
    [("2015–2020", "2015-2020"), ("“a”  b", "“a” b"), ('"a', "”a"), ("e\u0302\u0301", "ế")],
)
def test_signs_that_look_alike_are_one(printed, own):
    assert plain(printed) == own


@given(st.integers(2, 200), st.integers(2, 900), st.integers(0, 255))
def test_a_strip_has_one_height_and_at_least_a_few_steps(height, width, tone):
    strip = prepare(np.full((height, width), tone, np.uint8))
    assert strip.shape[0] == HEIGHT and strip.shape[1] >= 8 * STEP and strip.dtype == np.uint8


@given(
    st.lists(st.integers(0, 255), min_size=1, max_size=300),
    st.sampled_from((2, 90)),
)
def test_tones_are_told_as_numpy_tells_percentiles(tones, percent):
    pixels = np.array(tones, np.uint8)
    counts = np.cumsum(np.bincount(pixels, minlength=256))
    assert tone_at(counts, percent) == pytest.approx(float(np.percentile(pixels, percent)), abs=1e-9)


def page(text, size=30):
    """A line of print, dark on light."""
    font = serif(text.replace(" ", ""), size)
    image = Image.new("L", (int(font.getlength(text)) + 40, 2 * size), 255)
    ImageDraw.Draw(image).text((20, size // 3), text, font=font, fill=0)
    return np.asarray(image, np.uint8)


@pytest.mark.parametrize("wear", [copied, photographed, coarse])
def test_worn_print_is_still_a_picture_of_the_same_piece(wear):
    rng = np.random.default_rng(3)
    for _ in range(20):
        worn, scale = wear(page("Tổng số hồ sơ"), 30, rng)
        assert worn.dtype == np.uint8 and 0 < scale <= 1.1
        assert worn.shape[0] == pytest.approx(60 * scale, abs=1)


def test_copies_of_a_line_are_read():
    """Print copied twice, of which Tesseract's network loses marks and figures."""
    text = "Số hồ sơ trễ hạn 1.063 trong tháng 9"
    reader = LineReader(LetterNetwork.load(), MarkReader.load().is_word)
    grey = cv2.GaussianBlur(page(text, 26), (0, 0), 0.8)
    rng = np.random.default_rng(1)
    for cut in (168, 150):
        grey = cv2.GaussianBlur(grey, (0, 0), 0.8)
        grey = np.where(grey + rng.normal(0, 13, grey.shape) > cut, 255, 0).astype(np.uint8)
    (words,) = reader.read([grey])
    assert " ".join(word.text for word in words) == text


def test_lines_drawn_for_training_are_plain_and_of_many_kinds():
    texts = Texts(["Ủy ban nhân dân xã tiếp nhận 12 hồ sơ – đúng hạn", "đạt 97,5% kế hoạch"], ["Hòa Bình"])
    drawn = [texts.draw(np.random.default_rng(k)) for k in range(300)]
    assert all(text == plain(text) and 0 < len(text) <= 64 for text in drawn)
    assert len(set(drawn)) > 200
    assert any("Hòa Bình" in text for text in drawn) and any("QĐ" in text for text in drawn)


def test_weights_that_are_damaged_or_gone_are_not_used(tmp_path):
    there, copy = letters.WEIGHTS, tmp_path / "letters.onnx"
    assert hashlib.sha256(there.read_bytes()).hexdigest() in there.with_suffix(".sha256").read_text()
    with pytest.raises(MissingProgramError, match="missing"):
        LetterNetwork.load(copy)
    shutil.copy(there.with_suffix(".sha256"), tmp_path)
    copy.write_bytes(there.read_bytes()[:-1])
    with pytest.raises(MissingProgramError, match="damaged"):
        LetterNetwork.load(copy)
