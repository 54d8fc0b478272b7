"""Pixels of the worked-on picture and points of the stored page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.raster import turned
from extract.scan.prepare.frame import Frame, turn_matrix
from extract.scan.prepare.skew import level_matrix


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270])
def test_turning_moves_a_mark_where_the_matrix_says(clockwise):
    picture = np.full((60, 100), 255, np.uint8)
    picture[10:14, 70:80] = 0
    stood = turned(picture, clockwise)
    frame = Frame.of_picture(100, 60, 100, 60).after(turn_matrix(100, 60, clockwise))
    ys, xs = np.nonzero(stood == 0)
    box = frame.page_box((xs.min(), ys.min(), xs.max() + 1, ys.max() + 1))
    assert (box.x0, box.y0, box.x1, box.y1) == (70, 10, 80, 14)


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.floats(-4, 4),
    st.floats(0.5, 2.0),
    st.floats(100, 900),
    st.floats(100, 900),
)
def test_points_find_their_way_back_through_turn_lean_and_scale(clockwise, lean, scale, x, y):
    width, height = 1000, 1200
    forward = turn_matrix(width, height, clockwise)
    wide, high = (width, height) if clockwise in (0, 180) else (height, width)
    level, _ = level_matrix(wide, high, lean, scale)
    frame = Frame.of_picture(width, height, 500.0, 600.0).after(forward).after(level, scale)
    turned_point = forward @ np.array([x, y, 1.0])
    end = level @ np.array([*turned_point, 1.0])
    box = frame.page_box((end[0], end[1], end[0], end[1]))
    assert box.x0 == pytest.approx(x / 2, abs=0.02)
    assert box.y0 == pytest.approx(y / 2, abs=0.02)


def test_upright_boxes_keep_the_page_s_scale():
    frame = Frame.of_picture(2480, 3508, 595.2, 841.92)
    box = frame.upright_box((0, 0, 2480, 3508))
    assert (round(box.x1, 1), round(box.y1, 1)) == (595.2, 841.9)
    assert frame.pixels(box) == pytest.approx((0, 0, 2480, 3508))


@given(
    clockwise=st.sampled_from([0, 90, 180, 270]),
    lean=st.floats(-5, 5),
    scale=st.floats(0.5, 2),
    corner=st.tuples(st.floats(0, 900), st.floats(0, 900)),
    size=st.tuples(st.floats(0, 300), st.floats(0, 300)),
)
def test_a_box_on_the_stored_page_lies_round_its_corners(clockwise, lean, scale, corner, size):
    frame = Frame.of_picture(1200, 1500, 595.0, 842.0).after(turn_matrix(1200, 1500, clockwise))
    frame = frame.after(level_matrix(1200, 1500, lean, scale)[0], scale)
    (x0, y0), (x1, y1) = corner, (corner[0] + size[0], corner[1] + size[1])
    points = frame.stored(np.array([[x0, y0], [x1, y0], [x0, y1], [x1, y1]]))
    box = frame.page_box((x0, y0, x1, y1))
    assert [box.x0, box.y0] == pytest.approx(points.min(axis=0), abs=0.0051)
    assert [box.x1, box.y1] == pytest.approx(points.max(axis=0), abs=0.0051)
