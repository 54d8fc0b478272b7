"""Words of other registers than the law, brought back from text without marks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from normalize.diacritics import Repairer
from normalize.diacritics.spelling import bare
from normalize.diacritics.train.registers import (
    everyday_lines,
    fill,
    phrases,
    read_templates,
    register_lines,
)


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return Repairer.load()


LINES = [
    "Đàn trâu 268 con, đàn bò 1.104 con, đàn lợn 3.215 con; gia cầm 45.600 con.",
    "Diện tích lúa 412 ha, năng suất 61,5 tạ/ha; khoai lang 12 ha, đậu tương 7,5 ha.",
    "Số ca tay chân miệng 22 ca, thủy đậu 6 ca, không có ca tử vong.",
    "Học lực giỏi 112 em, khá 305 em, trung bình 371 em, yếu 24 em; hạnh kiểm tốt 95%.",
    "Cuộc họp có mặt 12 hộ, 35 khẩu, vắng mặt 3 hộ có lý do.",
    "Thửa đất số 125, tờ bản đồ số 14, diện tích 350 m2, thu hồi 24 m2.",
    "Nguyễn Thị Thu Hà, Trần Quốc Toản, Đặng Thị Kim Oanh, Vũ Đức Thịnh.",
]


@pytest.mark.parametrize("line", LINES)
def test_words_of_other_registers(repairer: Repairer, line: str) -> None:
    assert repairer.repair_lines([bare(line)])[0].text == line


@pytest.mark.parametrize("line", LINES)
def test_proper_lines_are_left_alone(repairer: Repairer, line: str) -> None:
    assert repairer.repair_lines([line])[0].text == line


@pytest.mark.parametrize("unit", ["m2", "m3", "km2", "ha", "kg", "tạ/ha", "kg/ha"])
def test_units_after_figures_are_units(repairer: Repairer, unit: str) -> None:
    repaired = repairer.repair_lines([bare(f"Diện tích thực hiện của thôn là 24 {unit}, đạt kế hoạch đề ra")])
    assert f" 24 {unit}," in repaired[0].text


def test_a_column_of_units_is_of_units(repairer: Repairer) -> None:
    """`ha` alone in its cell became `hạ`, `tan` became `tận`."""
    cells = [
        "Don vi tinh",
        "Dien tich gieo trong",
        "ha",
        "San luong ca nam",
        " tan",
        "Nang suat",
        "ta/ha",
        "ho",
    ]
    repaired = [line.text for line in repairer.repair_lines(cells)]
    assert [repaired[i] for i in (2, 4, 6, 7)] == ["ha", " tấn", "tạ/ha", "hộ"]


@pytest.mark.parametrize("made", [register_lines, everyday_lines])
def test_made_sentences_are_whole_and_always_the_same(made: Callable[[], list[str]]) -> None:
    lines = made()
    assert lines == made()
    assert not any(re.search(r"[<>@]", line) for line in lines)


def test_each_phrase_is_more_than_a_word_and_stands_once() -> None:
    found = phrases()
    assert all(len(phrase.split()) > 1 for phrase in found)
    assert len(set(found)) == len(found)


def test_lists_of_a_second_file_go_on() -> None:
    assert read_templates("@cây: lúa; ngô\n@cây: mía\n")[0] == {"cây": ["lúa", "ngô", "mía"]}


def test_a_template_is_filled_from_its_lists() -> None:
    lists, templates = read_templates("# lời\n@cây: lúa; ngô\nTrồng <cây> <n> ha.\n")
    assert lists == {"cây": ["lúa", "ngô"]}
    assert fill(templates[0], lists, random.Random(1)) in {"Trồng lúa 1 ha.", "Trồng ngô 1 ha."}
