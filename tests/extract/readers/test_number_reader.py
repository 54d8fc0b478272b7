from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from extract.scan.readers.numbers import reader as module
from extract.scan.readers.numbers.reader import Calibration, NumberReader, log_odds
from model.errors import MissingProgramError
from tests.extract.readers.number_prints import framed, printed

pytest.importorskip("onnxruntime", reason="the number reader runs on onnxruntime")

NUMBERS = [
    "0", "7", "05", "42", "193", "3.744", "1.250.000", "97,88%", "100%", "99.17", "-5,1", "+3,8", "1784/1784",
    "12,9/18", "30/9/2024", "(5)", "5=6+7", "(9)=(8)/(6)", "0,2026", "-", "x", "1.1",
]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> NumberReader:
    return NumberReader.load()


@pytest.mark.parametrize("text", NUMBERS)
def test_clean_print_is_read(reader: NumberReader, text: str) -> None:
    reading = reader.read([printed(text)])[0]
    assert not reading.rejected
    assert reading.text.replace(" ", "") == text


def test_a_cell_with_its_rules_is_read(reader: NumberReader) -> None:
    assert [r.text for r in reader.read([framed(printed(t)) for t in ("3.744", "82,44%", "0")])] == [
        "3.744", "82,44%", "0",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Không", "Đạt yêu cầu", "Tăng 4,8 điểm", "Xã Bình Minh", "05 hồ sơ"])
def test_text_is_not_read_as_a_number(reader: NumberReader, text: str) -> None:
    reading = reader.read([printed(text)])[0]
    assert reading.rejected or reading.confidence < 0.9


def test_an_empty_cell_reads_as_nothing(reader: NumberReader) -> None:
    reading = reader.read([np.full((50, 120), 255, np.uint8)])[0]
    assert (reading.text, reading.rejected) == ("", False)


def test_two_lines_are_read_as_two(reader: NumberReader) -> None:
    assert reader.read([printed("1.554\n82,4%")])[0].text == "1.554\n82,4%"


def test_the_batch_does_not_change_a_reading(reader: NumberReader) -> None:
    crops = [printed(t, size) for t in NUMBERS for size in (22, 40)]
    together = reader.read(crops)
    assert [r.text for r in together] == [reader.read([c])[0].text for c in crops]
    assert [r.text for r in reader.read(crops[::-1])] == [r.text for r in together][::-1]


def test_alternatives_cost_more_and_are_other_texts(reader: NumberReader) -> None:
    for reading in reader.read([printed(t, 18) for t in NUMBERS]):
        costs = [other.cost for other in reading.alternatives]
        assert costs == sorted(costs)
        assert all(
            cost >= 0 and other.engine == "numbers" for cost, other in zip(costs, reading.alternatives)
        )
        assert reading.text not in {other.text for other in reading.alternatives}


def test_odd_crops_do_no_harm(reader: NumberReader) -> None:
    odd = [np.zeros((0, 5), np.uint8), np.zeros((1, 1), np.uint8), np.zeros((400, 3), np.uint8)]
    odd += [
        np.full((9, 3000), 255, np.uint8),
        np.random.default_rng(1).integers(0, 256, (60, 90)).astype(np.uint8),
    ]
    assert len(reader.read(odd)) == len(odd)
    assert reader.read([]) == []


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(Path(module.__file__).with_name("data"), folder)
    weights = bytearray((folder / "numbers.onnx").read_bytes())
    weights[1000] ^= 1
    (folder / "numbers.onnx").write_bytes(weights)
    with pytest.raises(MissingProgramError, match="damaged"):
        NumberReader.load(folder)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingProgramError, match="missing"):
        NumberReader.load(tmp_path)


def test_calibration_never_falls_with_the_chance() -> None:
    calibration = Calibration(1.0, (-2.0, 0.0, 3.0), (0.1, 0.4, 0.99))
    given = [calibration.confidence(c) for c in np.linspace(0, 1, 50)]
    assert given == sorted(given)
    assert log_odds(0.5) == 0
    assert Calibration().confidence(0.3) == 0.3
