"""Networks of lines run by onnxruntime, our own and Tesseract's: data read, answers, confidences."""

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from extract.scan.readers.letters.network import LetterNetwork
from extract.scan.readers.likely_path import LikelyPath
from extract.scan.readers.line_network.network import TesseractNetwork
from extract.scan.readers.line_network.traineddata import UnknownNetworkError, read_network
from extract.scan.readers.line_reader import LineReader
from extract.scan.readers.tessdata import data_folder
from extract.scan.repairs.marks import MarkReader
from tests.fonts import serif


@pytest.fixture(scope="module", params=[LetterNetwork, TesseractNetwork])
def reader(request):
    network = request.param.load()
    assert network is not None, "the installed Vietnamese data is of a build that is not known"
    return LineReader(network, MarkReader.load().is_word)


@pytest.fixture(scope="module")
def font():
    return serif("ĂÂĐÊÔƠƯỊỘỮẶẽỹợ", 46)


def line(font, text):
    image = Image.new("L", (int(font.getlength(text)) + 16, 60), 255)
    ImageDraw.Draw(image).text((8, 2), text, font=font, fill=0)
    return np.asarray(image, np.uint8).copy()


TEXTS = (
    "Số hồ sơ tiếp nhận trong tháng",
    "Xã Hòa Bình",
    "ỦY BAN NHÂN DÂN HUYỆN",
    "Đã giải quyết trước hạn 1.784 hồ sơ, đạt 97,88%",
    "Quyết định số 766/QĐ-TTg ngày 23/6/2022",
)


def test_printed_lines_are_read_as_they_are_printed(reader, font):
    found = reader.read([line(font, text) for text in TEXTS])
    assert [" ".join(word.text for word in words) for words in found] == list(TEXTS)
    assert all(word.confidence > 0.8 for words in found for word in words)


def test_a_line_reads_the_same_alone_and_among_others(reader, font):
    pictures = [line(font, text) for text in TEXTS]
    together = reader.read(pictures)
    for picture, words in zip(pictures, together, strict=True):
        (alone,) = reader.read([picture])
        assert [w.text for w in alone] == [w.text for w in words]
        assert [w.confidence for w in alone] == pytest.approx([w.confidence for w in words], abs=1e-3)


def test_words_begin_where_the_blanks_before_them_are(reader, font):
    text = "Xã Hòa Bình"
    picture = line(font, text)
    (words,) = reader.read([picture])
    for word, start in zip(words[1:], ("Xã", "Xã Hòa"), strict=True):
        at = word.begins * picture.shape[1]
        assert abs(at - (8 + font.getlength(start) + 6)) < 20


def test_blank_paper_and_a_sliver_read_as_nothing_or_little(reader):
    found = reader.read([np.full((60, 200), 255, np.uint8), np.full((5, 1), 255, np.uint8)])
    assert all(len(" ".join(w.text for w in words)) <= 2 for words in found)


def test_no_lines_no_words(reader):
    assert reader.read([]) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 90), st.integers(2, 400), st.integers(0, 2**31))
def test_any_picture_gives_confidences_between_nought_and_one(reader, height, width, seed):
    picture = np.random.default_rng(seed).integers(0, 256, (height, width)).astype(np.uint8)
    (words,) = reader.read([picture])
    for word in words:
        assert word.text and " " not in word.text
        assert 0 <= word.confidence <= 1 and 0 <= word.begins <= 1
        assert all(text != word.text for text, _ in word.others)


def test_a_letter_that_another_one_might_be_is_not_sure():
    blank = 0
    sure = np.array([[0.01, 0.98, 0.01], [0.5, 0.49, 0.01], [0.01, 0.01, 0.98]], np.float32)
    path = LikelyPath(sure, blank)
    # What lies between two letters need not be told apart.
    assert path.sureness(path.letters(0, 3)) > 0.95
    unsure = sure.copy()
    unsure[0] = [0.01, 0.55, 0.44]
    path = LikelyPath(unsure, blank)
    assert path.sureness(path.letters(0, 3)) < 0.6


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(0, 2**31))
def test_a_word_is_as_sure_amid_its_line_as_alone(classes, seed):
    """A line's path is looked at once; what stands before and after a word must not tell of it."""
    blank, space = 0, 4
    draw = np.random.default_rng(seed)
    word = draw.random((len(classes), 5)).astype(np.float32)
    word[:, space] = 0
    word[np.arange(len(classes)), classes] = 2
    edge = np.zeros((2, 5), np.float32)
    edge[:, space] = 1
    line = np.concatenate([draw.permutation(word), edge, word, edge, draw.permutation(word)])
    start, end = len(word) + 2, 2 * len(word) + 2
    alone, amid = LikelyPath(word, blank), LikelyPath(line, blank)
    own, within = alone.letters(0, len(word)), amid.letters(start, end)
    assert amid.printed(within) == alone.printed(own)
    assert [within.steps.start - start, within.steps.stop - start] == [own.steps.start, own.steps.stop]
    if alone.printed(own):
        assert amid.sureness(within) == alone.sureness(own)


def test_a_known_word_stands_before_a_slightly_likelier_unknown_one(font):
    network = TesseractNetwork.load()
    plain = LineReader(network, lambda text: True)
    picky = LineReader(network, lambda text: text in ("Hòa",))
    picture = line(font, "Hòa")
    assert [w.text for w in plain.read([picture])[0]] == [w.text for w in picky.read([picture])[0]] == ["Hòa"]


def data() -> Path:
    return Path(data_folder("vie")) / "vie.traineddata"


def test_the_installed_data_holds_the_letters_of_vietnamese():
    network = read_network(data())
    assert network.blank < len(network.signs) == len(network.output)
    assert not set("aăâbcdđeêghiklmnoôơpqrstuưvxyĂÂĐÊÔƠƯặểỗự0123456789 ") - set(network.signs)


def test_what_the_data_cannot_write_is_told():
    network = read_network(data())
    assert all(letter not in network.signs for letter in network.unwritten())
    without = replace(network, signs=tuple("" if s in "ằĐ" else s for s in network.signs))
    assert {"ằ", "Đ"} <= set(without.unwritten())


@pytest.mark.parametrize("keep", [0, 3, 40, 200, 5_000, 100_000])
def test_damaged_data_is_refused_not_believed(tmp_path, keep):
    file = tmp_path / "vie.traineddata"
    file.write_bytes(data().read_bytes()[:keep])
    with pytest.raises(UnknownNetworkError):
        read_network(file)


def test_data_of_another_program_is_refused(tmp_path):
    file = tmp_path / "vie.traineddata"
    file.write_bytes(struct.pack("<i", 2_000_000_000) + b"PK" * 50)
    with pytest.raises(UnknownNetworkError):
        read_network(file)


def test_data_of_an_unknown_build_gives_no_network(tmp_path, monkeypatch):
    (tmp_path / "vie.traineddata").write_bytes(b"\0" * 400)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert TesseractNetwork.load() is None
