import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.plots import Series, _ticks, by_place, legend, line_plot, share_bar
from tests.review.desk_client import client
from tests.review.make_run import HOSTILE, make_run


def test_the_overview_tells_what_is_left_by_document_and_kind(tmp_path):
    page = client(make_run(tmp_path)).get("/overview").text
    assert page.count("/scan?doc=") == 1  # text files have no pages
    assert '<progress max="3" value="3"' in page


def test_a_page_shows_its_cells_by_status(tmp_path):
    browser = client(make_run(tmp_path))
    page = browser.get("/scan?doc=anh&page=1").text
    assert "s-wrong" in page and "s-read" in page
    assert browser.get("/scan?doc=bao-cao-0000").status_code == 404  # a text file has no pages


def test_a_plot_has_a_line_a_place_and_escapes_their_names():
    series = [
        Series(HOSTILE, (("2024-01", Decimal(3)), ("2024-02", Decimal(5)))),
        Series("Xã B & C", (("2024-02", Decimal(-1)),)),
    ]
    drawn = ElementTree.fromstring(str(line_plot(series, 'Số "hồ sơ"')))
    assert len([e for e in drawn.iter() if e.tag == "polyline"]) == 2
    assert len([e for e in drawn.iter() if e.tag == "circle"]) == 3
    assert legend(series) == [("c0", HOSTILE), ("c1", "Xã B & C")]


def test_nothing_to_draw_draws_nothing():
    assert line_plot([], "x") == line_plot([Series("Xã A", ())], "x") == ""


@pytest.mark.parametrize("parts", [[("proved", 3), ("read", 1)], [("proved", 0), ("read", 0)]])
def test_the_pieces_of_a_bar_fill_it(parts):
    drawn = ElementTree.fromstring(str(share_bar(parts, "3 / 4")))
    total = sum(float(e.get("width")) for e in drawn)
    assert total == pytest.approx(100 if sum(n for _, n in parts) else 0)


def test_an_indicator_is_told_by_place_in_order_of_time():
    rows = [
        {"place_name": "Xã A", "indicator": "Hồ sơ", "as_of": day, "value": value}
        for day, value in (("2024-02", "5"), ("2024-01", "3"), ("", "9"))
    ]
    assert by_place(rows, "Hồ sơ") == [Series("Xã A", (("2024-01", Decimal(3)), ("2024-02", Decimal(5))))]


def test_an_indicator_is_drawn_by_the_calendar_with_round_numbers_beside_it():
    series = [
        Series(
            "Xã Mẫu", (("2024-01", Decimal("12")), ("2024-02", Decimal("595")), ("2024-12", Decimal("88")))
        ),
        Series("Xã <b>", (("2024-Q3", Decimal("7")),)),
    ]
    plot = str(line_plot(series, "Số hồ sơ"))
    points = re.search(r'points="([^"]+)"', plot)[1].split()
    january, february, december = (float(p.split(",")[0]) for p in points)
    assert (february - january) * 5 < december - february
    assert re.findall(r'text-anchor="end">([\d ]+)<', plot) == ["0", "200", "400", "600"]
    assert re.findall(r'y="250"[^>]*>([^<]+)<', plot) == ["01/2024", "Q3/2024", "12/2024"]
    assert "Xã &lt;b&gt;, Q3/2024: 7" in plot


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((0.0, 595.0), [0, 200, 400, 600]),
        ((-3.0, 7.0), [-5, -2.5, 0, 2.5, 5, 7.5]),
        ((0.0, 0.0), [0, 1]),
        ((0.0, 52.0), [0, 20, 40, 60]),
        ((0.0, 1e9), [0, 2.5e8, 5e8, 7.5e8, 1e9]),
    ],
)
def test_ticks_are_round_and_hold_what_is_drawn(values, ticks):
    assert _ticks(*values) == ticks


@given(st.floats(-1e12, 0), st.floats(0, 1e12))
def test_ticks_reach_over_all_values(low, high):
    ticks = _ticks(low, high)
    assert ticks[0] <= low and ticks[-1] >= high
    assert 2 <= len(ticks) <= 8
