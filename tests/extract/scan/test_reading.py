"""Whole pages read with Tesseract, where it is installed."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extract.inputs.readers import readers
from extract.raster import Raster, turned
from extract.scan.page import read_scanned_page
from extract.scan.prepare import sheet as prepare
from extract.scan.readers.engine import words_of_tsv
from extract.scan.readers.engines import engine_named
from extract.scan.readings import Readers
from extract.scan.repairs.marks import MarkReader, mark_distance
from model.errors import MissingProgramError


def keep_nothing(step, picture):
    """Pictures of the steps are not wanted."""


@pytest.fixture(scope="module")
def all_readers():
    """Tesseract with the Vietnamese data, the number reader, the marks."""
    try:
        found = readers("auto")
        found.engine.read(np.full((60, 200), 255, np.uint8), "block")
    except (MissingProgramError, OSError) as error:
        pytest.skip(f"needs Tesseract with the vie data: {error}")
    return found


def read(picture, dpi, found):
    height, width = picture.shape[:2]
    raster = Raster(picture, width * 72 / dpi, height * 72 / dpi, dpi, dpi)
    return read_scanned_page(lambda: raster, 1, found, keep_nothing)


def rows_of(page):
    (grid,) = page.grids
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text.replace("\n", " ")
    return tuple(tuple(row) for row in rows)


def test_a_table_page_is_read_whole(table_page, table_texts, all_readers):
    page = read(table_page, 300, all_readers)
    assert rows_of(page) == table_texts
    assert not any(cell.doubtful for cell in page.grids[0].cells)
    assert len(page.lines) == 3 and page.lines[0].text.startswith("Thực hiện kế hoạch")
    assert page.blocks[-1] is page.grids[0]
    assert page.confidence > 0.9


@pytest.mark.parametrize("lies", [90, 180, 270])
def test_it_reads_the_same_however_it_lies(table_page, table_texts, all_readers, lies):
    assert rows_of(read(turned(table_page, lies), 300, all_readers)) == table_texts


def test_a_page_taken_the_wrong_way_up_is_tried_the_other_way(
    table_page, table_texts, all_readers, monkeypatch
):
    seen = prepare.how_it_lies
    monkeypatch.setattr(prepare, "how_it_lies", lambda *page: replace(seen(*page), clockwise=180))
    page = read(table_page, 300, all_readers)
    assert rows_of(page) == table_texts
    assert page.rotation == 0


def test_a_table_without_rules_between_its_rows_is_cut_by_its_print(table_page, edges, all_readers):
    """All figures of a column came out as one cell."""
    page = table_page.copy()
    for y in edges[1][2:-1]:
        page[y - 3 : y + 4, edges[0][0] + 3 : edges[0][-1] - 3] = 255
    for x in edges[0]:
        page[edges[1][0] : edges[1][-1], x - 1 : x + 2] = 0
    figures = [row[2:] for row in rows_of(read(page, 300, all_readers))]
    assert figures == [("Tiếp nhận", "Tỷ lệ"), ("1.250", "97,5"), ("384", "100"), ("2.071", "88,9")]


def test_it_reads_the_same_leaning_at_200_dpi_under_a_seal(table_page, table_texts, leaning, all_readers):
    page = cv2.cvtColor(table_page, cv2.COLOR_GRAY2BGR)
    cv2.circle(page, (1500, 900), 220, (60, 40, 205), 12, cv2.LINE_AA)
    page = np.minimum(page, cv2.cvtColor(table_page, cv2.COLOR_GRAY2BGR))
    small = cv2.resize(leaning(page, 1.1), None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    found = read(small, 200, all_readers)
    figures = [row[2:] for row in rows_of(found)[1:]]
    assert figures == [row[2:] for row in table_texts[1:]]
    assert "colour" in found.steps


def test_without_the_number_reader_figures_are_read_too(table_page, table_texts, all_readers):
    plain = Readers(all_readers.engine, None, all_readers.marks)
    figures = [row[2:] for row in rows_of(read(table_page, 300, plain))[1:]]
    assert figures == [row[2:] for row in table_texts[1:]]


def test_a_blank_page_has_nothing_on_it(all_readers):
    page = read(np.full((3508, 2480), 250, np.uint8), 300, all_readers)
    assert page.blocks == ()


def test_pytesseract_reads_what_tesserocr_reads(table_page, all_readers):
    engine = engine_named("pytesseract")
    try:
        words = engine.read(table_page[280:480], "block")
    except MissingProgramError as error:
        pytest.skip(str(error))
    assert [w.text for w in words][:4] == ["Thực", "hiện", "kế", "hoạch"]


def test_tsv_rows_that_are_no_words_are_passed_over():
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "1\t1\t0\t0\t0\t0\t0\t0\t100\t50\t-1\t",
        "5\t1\t1\t1\t2\t1\t10\t20\t30\t12\t96.5\tXã",
        "5\t1\t1\t1\t2\t2\t50\t20\t9\t12\t-1\t ",
    ]
    (word,) = words_of_tsv("\n".join([head, *rows]))
    assert (word.text, word.x1, word.y1, word.confidence, word.line) == ("Xã", 40, 32, 0.965, (1, 1, 2))


@pytest.fixture(scope="module")
def marks():
    try:
        return MarkReader.load()
    except OSError as error:
        pytest.skip(f"needs the language model: {error}")


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("Tống số hồ sơ", "Tổng số hồ sơ"),
        ("TỐNG CỘNG", "TỔNG CỘNG"),
        ("được sửa đổi, bồ sung một số điều", "được sửa đổi, bổ sung một số điều"),
        ("thẩm quyên giải quyết", "thẩm quyền giải quyết"),
        ("Đã triến khai", "Đã triển khai"),
        ("số lượng hồ sư quá hạn", "số lượng hồ sơ quá hạn"),
        ("(Chỉ tiết tại Phụ lục số II)", "(Chi tiết tại Phụ lục số II)"),
    ],
)
def test_marks_are_settled_by_the_words_around(marks, read_as, meant):
    assert " ".join(marks.settled([read_as.split()])[0]) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Xã Tân Tiến",
        "Hàm Tử",
        "Cống Vị",
        "Xã Bảo Linh",
        "Nhuế Dương",
        "UBND phường 1",
        "12,5% so với 2023",
        "TTHC",
        "",
        "cổng dịch vụ công",
    ],
)
def test_names_codes_and_sound_words_are_left_alone(marks, text):
    words = text.split()
    assert marks.settled([words]) == [words]


@pytest.mark.parametrize(("read_as", "meant"), [("điếm", "điểm"), ("quyên", "quyền"), ("tin", "tin")])
def test_a_usual_slip_costs_less_than_a_rare_one(read_as, meant):
    assert mark_distance(read_as, meant) < mark_distance("da", "đạ")
    assert mark_distance(read_as, "x") > 50
