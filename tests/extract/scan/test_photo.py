"""Photos: the sheet is found, set square and made flat, the desk gives nothing, boxes lie on the ink."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.inputs.readers import readers
from extract.raster import Raster
from extract.scan.page import read_scanned_page
from extract.scan.prepare.bend import may_be_bent, mesh_of
from extract.scan.prepare.components import parts_of
from extract.scan.prepare.flat import flattened, seen_ratio, sheet_ratio
from extract.scan.prepare.frame import Frame, Mesh, Perspective
from extract.scan.prepare.ink import ink_mask
from extract.scan.prepare.orientation import letter_height
from extract.scan.prepare.outline import lies_on_something, sheet_outline
from extract.scan.prepare.print_size import dpi_of_sheet, is_plausible
from extract.scan.prepare.sheet import greyed, prepare
from extract.scan.readers.engine import Engine
from extract.scan.readings import Readers
from model.errors import MissingProgramError
from tests.extract.scan.photos import ASLANT, CUT_OFF, TURNED, photo_of

BROWN, DARK, GREEN, PALE = (62, 88, 120), (38, 36, 34), (70, 130, 60), (168, 176, 182)


def keep_nothing(step, picture):
    """Pictures of the steps are not wanted."""


@pytest.mark.parametrize(
    ("desk", "corners", "shadow"),
    [
        (BROWN, ASLANT, 0.0),
        (BROWN, ASLANT, 0.45),
        (DARK, TURNED, 0.2),
        (GREEN, ASLANT, 0.3),
        (PALE, TURNED, 0.0),
    ],
)
def test_the_sheet_is_found_on_its_desk(table_page, desk, corners, shadow):
    photo = photo_of(table_page, desk, corners, shadow=shadow)
    found = sheet_outline(photo.pixels)
    assert found is not None
    assert np.abs(found - photo.corners).max() < 40  # about a hundredth of the sheet


def test_a_sheet_cut_off_by_the_picture_is_found_by_its_other_sides(table_page):
    photo = photo_of(table_page, BROWN, CUT_OFF)
    found = sheet_outline(photo.pixels)
    assert found is not None
    assert np.abs(found[:2] - photo.corners[:2]).max() < 40


@pytest.mark.parametrize("edge", [0, 12, 60])
def test_a_scan_is_no_photo(table_page, edge):
    """Nor is one with the shadow of a copier's lid along a side."""
    page = table_page.copy()
    page[:, :edge] = 20
    assert sheet_outline(page) is None
    assert edge > 30 or not lies_on_something(page)


def test_shaded_headers_under_a_copier_s_shadow_are_no_sheet():
    """A page fed aslant, dark along a side and grey from a lid that stood open: the foot of a shaded header made
    a sheet's top and the next header its foot, or the other way round, and the page came out mirrored."""
    page = np.full((2800, 2000), 245, np.uint8)
    for y in (700, 2200):
        cv2.line(page, (60, y + 35), (1990, y - 35), 170, 160)
    page[:, :300] = np.minimum(page[:, :300], np.linspace(110, 245, 300).astype(np.uint8))
    page[:, :45] = 30
    assert lies_on_something(page)
    assert sheet_outline(page) is None


def test_a_desk_without_a_sheet_has_none():
    rng = np.random.default_rng(3)
    desk = np.clip(np.array(BROWN) + rng.normal(0, 12, (1500, 2000, 1)), 0, 255).astype(np.uint8)
    assert sheet_outline(desk) is None
    assert sheet_outline(np.zeros((400, 300), np.uint8)) is None


@pytest.mark.parametrize(("ratio", "tilt"), [(1.0, 25), (1.6, 30), (0.6, 20)])
def test_the_lens_tells_the_sheet_s_ratio(ratio, tilt):
    """A rectangle tilted about two axes, seen from straight above its middle."""
    corners = np.array([[-ratio, -1, 0], [ratio, -1, 0], [ratio, 1, 0], [-ratio, 1, 0]], np.float64)
    turn, _ = cv2.Rodrigues(np.radians([tilt, 0.6 * tilt, 0.0]))
    at = corners @ turn.T + [0, 0, 6]
    seen = at[:, :2] / at[:, 2:] * 3000 + [1500, 2000]
    assert seen_ratio(seen, 3000, 4000) == pytest.approx(ratio, rel=0.02)


def test_sides_near_those_of_paper_are_those_of_paper():
    seen = np.array([[0, 0], [1000, 20], [990, 1390], [5, 1400]], np.float64)
    assert sheet_ratio(seen, 1100, 1500) == pytest.approx(1 / np.sqrt(2))
    assert sheet_ratio(seen * [1.6, 1.0], 1700, 1500) == pytest.approx(1.14, abs=0.02)


def test_a_flat_sheet_is_white_and_square(table_page):
    photo = photo_of(table_page, BROWN, ASLANT, shadow=0.4, light=(0.6, 0.85, 1.0))
    flat = flattened(photo.pixels, photo.corners)
    assert flat.pixels.shape[0] / flat.pixels.shape[1] == pytest.approx(np.sqrt(2), abs=0.01)
    inner = flat.pixels[60:-60, 60:-60]
    assert np.percentile(inner.max(axis=2) - inner.min(axis=2), 99) < 40  # the lamp's yellow is gone
    assert np.median(inner) > 240
    assert flat.dpi == pytest.approx(flat.pixels.shape[0] / 11.69, rel=0.01)


@given(
    st.lists(st.floats(-0.04, 0.04), min_size=8, max_size=8),
    st.floats(0.1, 0.9),
    st.floats(0.1, 0.9),
)
@settings(max_examples=50, deadline=None)
def test_points_find_their_way_back_through_perspective_and_bend(moves, across, down):
    width, height = 1000.0, 1400.0
    square = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = (square + np.array(moves, np.float32).reshape(4, 2) * 1000).astype(np.float32)
    to_seen = cv2.getPerspectiveTransform(square, seen).astype(np.float64)
    moved = np.zeros((60, 40, 2), np.float32)
    moved[..., 1] = 5 * np.sin(np.linspace(0, np.pi, 40))[None, :]
    mesh = Mesh(moved, 40.0)
    frame = Frame.of_picture(2000, 2800, 500.0, 700.0).without(Perspective(to_seen)).without(mesh)
    point = np.array([[across * width, down * height]])
    flat = mesh.back(point)
    seen_point = to_seen @ np.array([*flat[0], 1.0])
    expected = seen_point[:2] / seen_point[2] * 0.25
    box = frame.page_box((point[0, 0], point[0, 1], point[0, 0], point[0, 1]))
    assert (box.x0, box.y0) == pytest.approx(tuple(expected), abs=0.02)


def test_a_mesh_moves_pixels_as_it_moves_points():
    rng = np.random.default_rng(5)
    mesh = Mesh(rng.normal(0, 3, (9, 7, 2)).astype(np.float32), 16.0)
    moved = mesh.rows(20, 40, 90)
    points = np.array([[5.0, 21.0], [60.0, 33.0], [89.0, 39.0]])
    for (x, y), back in zip(points, mesh.back(points), strict=True):
        assert moved[int(y) - 20, int(x)] == pytest.approx(back - [x, y], abs=0.15)


def small_page(page, bow):
    """The ink of a page at 110 dpi whose lines rise by `bow` pixels (at 300 dpi) in their middle."""
    y, x = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float32)
    bent = cv2.remap(page, x, y + np.float32(bow) * np.sin(np.pi * x / page.shape[1]), cv2.INTER_LINEAR)
    small = cv2.resize(bent, None, fx=110 / 300, fy=110 / 300, interpolation=cv2.INTER_AREA)
    return ink_mask(np.asarray(small, np.uint8), 170)


def test_a_flat_page_has_no_mesh(table_page):
    ink = small_page(table_page, 0)
    assert mesh_of(ink, letter_height(ink)) is None
    assert mesh_of(np.zeros_like(ink), 10.0) is None and not may_be_bent(
        np.zeros_like(ink), parts_of(np.zeros_like(ink)), 0.0, 10.0
    )


@pytest.mark.parametrize("bow", [-60, 40, 80])
def test_a_bent_page_is_made_straight(table_page, bow):
    ink = small_page(table_page, bow)
    mesh = mesh_of(ink, letter_height(ink))
    assert mesh is not None
    rule = np.column_stack([np.linspace(330, 1890, 30), np.full(30, 700.0)])
    bent = rule - np.column_stack([np.zeros(30), bow * np.sin(np.pi * rule[:, 0] / table_page.shape[1])])
    flat = bent.copy() * (110 / 300)
    for _ in range(20):  # the point that the mesh leads to the bent one
        flat += bent * (110 / 300) - mesh.back(flat)
    assert np.ptp(flat[:, 1]) * 300 / 110 < 0.12 * abs(bow) + 4


@pytest.mark.parametrize(
    ("width", "height", "letter", "dpi"),
    [
        (2480, 3508, 29.0, 300),  # A4
        (3508, 2480, 29.0, 300),  # A4 across
        (3508, 4961, 29.0, 300),  # A3
        (1748, 2480, 29.0, 300),  # A5
        (1600, 900, 13.0, 136),  # a screenshot: its letters tell
        (2480, 3508, 0.0, 300),  # a page without a letter
    ],
)
def test_the_print_tells_the_resolution(width, height, letter, dpi):
    assert dpi_of_sheet(width, height, letter) == pytest.approx(dpi, rel=0.02)


def test_print_of_a_report_is_plausible_and_a_hand_high_one_is_not():
    assert is_plausible(300, 29.0) and is_plausible(100, 9.5) and is_plausible(300, 0.0)
    assert not is_plausible(72, 29.0) and not is_plausible(600, 15.0)


def test_a_figure_keeps_its_ones_on_a_picture_without_resolution(table_page, no_engine):
    """Taken for A4, a part of a page was enlarged until the strokes of its ones were rules."""
    part = np.ascontiguousarray(table_page[280:900, 300:1960])
    cv2.putText(part, "111", (1300, 560), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 4)
    raster = Raster(part, part.shape[1] * 0.5, part.shape[0] * 0.5, part.shape[1] / 11.69, 0, False)
    prepared = prepare(greyed(raster), Readers(no_engine, None), keep_nothing)
    assert prepared.sheet.dpi == pytest.approx(300, rel=0.25)
    standing = [r for r in prepared.rules.lines if not r.horizontal and r.length < 60]
    assert not standing


@pytest.fixture(scope="module")
def all_readers():
    try:
        found = readers("auto")
        engine: Engine = found.engine
        engine.read(np.full((60, 200), 255, np.uint8), "block")
    except (MissingProgramError, OSError) as error:
        pytest.skip(f"needs Tesseract with the vie data: {error}")
    return found


@pytest.mark.parametrize(("corners", "bow"), [(ASLANT, 0.0), (TURNED, 40.0)])
def test_a_photo_is_read_like_a_scan_and_its_boxes_lie_on_the_ink(
    table_page, table_texts, edges, all_readers, corners, bow
):
    photo = photo_of(table_page, BROWN, corners, bow=bow, shadow=0.3)
    page = read_scanned_page(lambda: photo.raster, 1, all_readers, keep_nothing)
    (grid,) = page.grids  # and none of the desk
    texts = [["" for _ in range(grid.n_cols)] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        texts[cell.row][cell.col] = cell.text.replace("\n", " ")
        middle = photo.seen(
            (edges[0][cell.col] + edges[0][cell.col + 1]) / 2,
            (edges[1][cell.row] + edges[1][cell.row + 1]) / 2,
        )
        assert cell.box.center == pytest.approx((middle[0] * 0.25, middle[1] * 0.25), abs=3.0)
    assert tuple(tuple(row) for row in texts) == table_texts
    assert len(page.lines) == 3


def test_a_desk_a_drawing_and_a_blur_have_no_tables_and_no_lines(table_page, all_readers):
    rng = np.random.default_rng(11)
    grain = cv2.GaussianBlur(rng.normal(0, 1, (900, 1200)).astype(np.float32), (0, 0), 3) * 120
    desk = np.clip(np.array(BROWN) + grain[..., None], 0, 255).astype(np.uint8)
    drawing = np.full((1600, 1200), 250, np.uint8)
    for _ in range(40):
        x, y, a, b = (int(v) for v in rng.integers(60, 1100, 4))
        cv2.line(drawing, (x, y), (a, b), 30, 3, cv2.LINE_AA)
        cv2.ellipse(drawing, (x, b), (20 + a // 8, 20 + y // 8), 30.0, 0, 360, 60, 2, cv2.LINE_AA)
    blur = cv2.GaussianBlur(photo_of(table_page, BROWN, ASLANT).pixels, (0, 0), 13)
    for picture in (desk, drawing, np.asarray(blur, np.uint8)):
        height, width = picture.shape[:2]
        raster = Raster(picture, width * 0.4, height * 0.4, 180.0, 180.0, dpi_is_known=False)
        page = read_scanned_page(lambda raster=raster: raster, 1, all_readers, keep_nothing)
        assert not page.blocks and page.confidence < 0.2


def test_a_page_number_alone_is_print(all_readers, font):
    page = np.full((3508, 2480), 255, np.uint8)
    cv2.putText(page, "12", (1200, 3300), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 0, 4)
    raster = Raster(page, 595.0, 842.0, 300.0, 300.0)
    assert read_scanned_page(lambda: raster, 1, all_readers, keep_nothing).confidence > 0.2
