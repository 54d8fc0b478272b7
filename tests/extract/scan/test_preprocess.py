"""Each step of making a page readable: what it mends, and that it leaves a good page alone."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageDraw

from extract.raster import Raster, turned
from extract.scan.prepare.cleanup import edge_mask, speckled, specks, without_specks
from extract.scan.prepare.colour import coloured_part, smaller, without_colour
from extract.scan.prepare.components import count_parts, labelled, parts_of
from extract.scan.prepare.ink import (
    even_paper,
    halved,
    ink_mask,
    ink_threshold,
    ink_tone,
    measure_paper,
    of_two_tones,
    paper_tone,
    tones,
)
from extract.scan.prepare.orientation import (
    how_it_lies,
    letter_height,
    small_print,
    way_of_words,
    ways_of_lines,
)
from extract.scan.prepare.rules import find_rules
from extract.scan.prepare.sheet import greyed, prepare, size_factor
from extract.scan.prepare.skew import best_lean, ink_points
from extract.scan.prepare.wipe import without_rules
from extract.scan.readings import Readers


def ink_of(picture):
    return ink_mask(picture, ink_threshold(picture))


@pytest.mark.parametrize("degrees", [-2.3, -0.7, -0.15, 0.0, 0.4, 1.6])
def test_lean_is_measured_to_a_tenth_of_a_degree(table_page, leaning, degrees):
    small = small_print(ink_of(leaning(table_page, degrees)), 300)
    assert best_lean(*ink_points(small))[0] == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("lies", [0, 90, 180, 270])
def test_a_page_is_set_upright_from_its_print_alone(table_page, no_engine, lies):
    page = turned(table_page, lies)
    lie = how_it_lies(small_print(ink_of(page), 300), page, Readers(no_engine, None))
    assert lie.clockwise == (360 - lies) % 360 and lie.sure
    assert no_engine.asked == 0


def test_a_blank_page_is_not_turned(no_engine):
    page = np.full((1000, 700), 255, np.uint8)
    assert how_it_lies(ink_of(page), page, Readers(no_engine, None)).clockwise == 0


def test_black_print_stays_under_a_red_seal(table_page):
    page = cv2.cvtColor(table_page, cv2.COLOR_GRAY2BGR)
    seal = page.copy()
    cv2.circle(seal, (900, 860), 200, (60, 40, 205), 14, cv2.LINE_AA)
    stamped = np.minimum(page, seal)
    bleached, coloured = without_colour(stamped)
    assert coloured
    print_before, print_after = table_page < 100, bleached < 128
    assert np.count_nonzero(print_before & ~print_after) < 0.01 * np.count_nonzero(print_before)
    assert np.count_nonzero(print_after & (table_page > 200)) < 0.01 * np.count_nonzero(print_before)


def test_a_grey_page_has_no_coloured_ink(table_page):
    for page in (table_page, cv2.cvtColor(table_page, cv2.COLOR_GRAY2BGR)):
        grey, coloured = without_colour(page)
        assert not coloured and np.array_equal(grey, table_page)


def test_a_shadow_is_lifted_and_even_paper_is_left(table_page):
    shadow = np.linspace(0.6, 1.0, table_page.shape[1])[None, :]
    shaded = (table_page * shadow).astype(np.uint8)
    paper = measure_paper(shaded)
    assert paper.uneven and not measure_paper(table_page).uneven
    even = even_paper(shaded, paper)
    assert np.percentile(even[::5, ::5], 5) > 240 or np.median(even) == 255
    assert np.median(even[:, :200]) > 245


@pytest.mark.parametrize(
    ("what", "spoil"),
    [
        ("sound", lambda page: page),
        ("faint", lambda page: np.where(page < 128, 170, 255).astype(np.uint8)),
        (
            "broken",
            lambda page: np.where(np.arange(page.shape[1])[None, :] % 90 < 10, 255, page).astype(np.uint8),
        ),
    ],
)
def test_rules_are_found(table_page, edges, what, spoil):
    page = table_page.copy()
    lines = page[edges[1][0] - 4 : edges[1][-1] + 5]
    page[edges[1][0] - 4 : edges[1][-1] + 5] = spoil(lines)
    found = find_rules(page, 300, 200.0)
    across = sorted(r.y0 for r in found.lines if r.horizontal and r.length > 600)
    for y in edges[1]:
        assert any(abs(r - y) < 5 for r in across), (what, y)
    along = [r for r in found.lines if not r.horizontal]
    for x in edges[0]:
        assert any(abs(r.x0 - x) < 5 for r in along), (what, x)


def test_words_are_no_rules(table_page, edges):
    page = table_page.copy()
    page[edges[1][0] - 10 :] = 255
    assert find_rules(page, 300, 200.0).lines == ()


def test_stems_of_letters_do_not_lengthen_a_rule(font):
    """A header over two columns fell in two: the `h` above the rule between them was taken for its end."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (1200, 600), 255)
    draw = ImageDraw.Draw(image)
    draw.text((330, 120), "Hồ sơ tiếp nhận hhhh nhận", font=font, fill=0)
    draw.line((560, 190, 560, 500), fill=0, width=3)
    page = np.asarray(image, np.uint8)
    standing = [r for r in find_rules(page, 300, 200.0).lines if not r.horizontal]
    assert len(standing) == 1 and standing[0].y0 >= 180


def test_rules_go_and_print_that_touches_them_stays(table_page, edges):
    page = table_page.copy()
    y = edges[1][2]
    cv2.line(page, (600, y - 40), (600, y + 40), 0, 5)  # a stroke across the rule
    ink = ink_of(page)
    clean = without_rules(page, ink, find_rules(page, 300, 200.0), 255)
    assert (clean[y - 40 : y + 40, 600] < 128).all()
    assert (clean[y - 1 : y + 2, 700:1000] > 200).all()
    text = page[edges[1][0] + 6 : edges[1][1] - 6, edges[0][1] + 6 : edges[0][2] - 6]
    kept = clean[edges[1][0] + 6 : edges[1][1] - 6, edges[0][1] + 6 : edges[0][2] - 6]
    assert np.array_equal(text < 128, kept < 128)


def test_specks_go_and_dots_and_commas_stay(table_page):
    rng = np.random.default_rng(3)
    page = table_page.copy()
    for _ in range(400):
        y, x = rng.integers(1200, 3400), rng.integers(100, 2300)
        page[y : y + 2, x : x + 2] = 60
    ink = ink_of(page)
    assert speckled(ink, 30.0) and not speckled(ink_of(table_page), 30.0)
    found, alone = specks(ink, 30.0)
    assert alone > 300
    clean = without_specks(page, found, 255)
    assert np.count_nonzero(clean[1200:] < 128) < 40
    before, after = np.count_nonzero(table_page < 128), np.count_nonzero(clean < 128)
    assert abs(before - after) < 0.003 * before


@pytest.mark.parametrize(
    ("gap", "at_foot", "kept"),
    [(14, True, True), (7, True, False), (14, False, False), (40, True, False)],
    ids=["a point", "digits that stand close", "dust between their heads", "between two words"],
)
def test_what_a_copy_left_of_a_point_is_no_speck(gap, at_foot, kept):
    """The points of 1.836,5 and 2.667,5 went with the dust of a photocopy."""
    ink = np.zeros((120, 200), np.uint8)
    ink[40:70, 40:58] = ink[40:70, 58 + gap : 76 + gap] = 255
    y = 67 if at_foot else 42
    middle = 58 + gap // 2
    ink[y : y + 3, middle - 1 : middle + 2] = 255
    found, _ = specks(ink, 30.0)
    assert (found == []) == kept


def test_dark_edges_are_found_and_print_is_not(table_page):
    assert edge_mask(ink_of(table_page), table_page.shape) is None
    page = table_page.copy()
    page[:, :40] = 20
    for ink in (ink_of(page), ink_mask(halved(page), ink_threshold(page))):
        mask = edge_mask(ink, page.shape)
        assert mask is not None and mask.shape == page.shape
        assert (mask[100:3400, :36] > 0).all()
        assert not mask[:, 200:].any()


def test_a_rule_that_a_cut_margin_left_at_the_edge_is_no_dark_edge():
    """A bound book lost its outer rule: its lying rules ran into the picture's side, and went as shadows."""
    page = np.full((1754, 1240), 255, np.uint8)
    for y in (400, 500, 600):
        cv2.line(page, (300, y), (1239, y - 12), 0, 3)
    assert edge_mask(ink_of(page), page.shape) is None


@pytest.mark.parametrize(("letter", "factor"), [(0, 1.0), (30, 1.0), (10, 1.6), (16, 1.25), (128, 0.5)])
def test_small_print_is_enlarged_and_huge_print_reduced(letter, factor):
    assert size_factor(letter) == pytest.approx(factor)


def test_a_good_page_is_changed_by_nothing_but_its_rules(table_page, no_engine):
    steps = []
    sheet = greyed(Raster(table_page, 595.2, 841.92, 300.0, 300.0))
    prepared = prepare(sheet, Readers(no_engine, None), lambda step, picture: steps.append(step))
    assert prepared.sheet.steps == ("rules",)
    assert steps == ["grey", "even", "level", "ruleless", "clean"]
    assert no_engine.asked == 0


def test_a_page_on_its_side_that_leans_is_named_so(table_page, leaning, no_engine):
    page = turned(leaning(table_page, 0.8), 90)
    prepared = prepare(
        greyed(Raster(page, 841.92, 595.2, 300.0, 300.0)),
        Readers(no_engine, None),
        lambda step, picture: None,
    )
    assert prepared.sheet.rotation == 270
    assert prepared.sheet.lean == pytest.approx(0.8, abs=0.1)
    assert prepared.sheet.steps[0] == "turn 270"


def test_a_page_given_to_be_read_is_not_painted_in(table_page, no_engine):
    before = table_page.copy()
    prepare(
        greyed(Raster(table_page, 595.2, 841.92, 300.0, 300.0)), Readers(no_engine, None), lambda s, p: None
    )
    assert np.array_equal(before, table_page)


def test_the_other_way_of_lines_leans_the_other_way(table_page, leaning):
    small = small_print(ink_of(leaning(table_page, 1.2)), 300)
    likely, other = ways_of_lines(small)
    assert (likely.turn, other.turn) == (0, 90)
    assert likely.lean == pytest.approx(1.2, abs=0.1)
    on_its_side, _ = ways_of_lines(turned(small, 270))
    assert on_its_side.turn == 90 and on_its_side.lean == pytest.approx(likely.lean, abs=0.05)
    assert on_its_side.sharpness == pytest.approx(likely.sharpness, rel=0.05)


@pytest.mark.parametrize("dpi", [150, 200, 300, 400])
def test_small_print_keeps_its_letters_at_any_resolution(table_page, dpi):
    scale = dpi / 300
    size = (round(table_page.shape[1] * scale), round(table_page.shape[0] * scale))
    page = cv2.resize(table_page, size, interpolation=cv2.INTER_AREA)
    small = small_print(ink_of(page), dpi)
    assert small.shape == pytest.approx((1286, 909), abs=2)
    assert letter_height(small) == pytest.approx(letter_height(small_print(ink_of(table_page), 300)), abs=1)


@pytest.mark.parametrize("share", [0.01, 0.3])
def test_parts_are_those_of_any_labelling(share):
    """Labels of 16 bits run over from 65,536 on: noise must be labelled with more."""
    mask = np.where(np.random.default_rng(5).random((2000, 2500)) < share, 255, 0).astype(np.uint8)
    plain = cv2.connectedComponentsWithStats(mask, connectivity=8)[2][1:]
    assert sorted(map(tuple, parts_of(mask))) == sorted(map(tuple, plain))


@given(
    arrays(np.uint8, st.tuples(st.integers(0, 24), st.integers(1, 24)), elements=st.sampled_from([0, 255])),
    st.sets(st.integers(0, 23)),
)
def test_parts_come_as_one_labelling_gives_them(mask, blank):
    """Blank rows part a mask into bands; neither the parts nor their order may change."""
    mask[[row for row in blank if row < len(mask)]] = 0
    whole = labelled(mask)[1][1:] if len(mask) else np.zeros((0, 5), np.int32)
    beside = np.zeros((len(mask), 9_000 // max(1, len(mask))), np.uint8)
    for page in (mask, np.hstack([mask, beside])):  # small ones are labelled whole
        assert np.array_equal(parts_of(page), whole)
        assert count_parts(page) == len(whole)


def test_labels_are_wide_where_there_are_many_parts():
    mask = np.zeros((1200, 1200), np.uint8)
    mask[::4, ::4] = 255
    labels, stats = labelled(mask)
    assert labels.dtype == np.int32 and len(stats) == 90_001
    mask[::2] = 0
    mask[::8, ::8] = 255
    labels, stats = labelled(mask)
    assert labels.dtype == np.uint16 and len(stats) == 22_501


def test_tones_tell_paper_ink_and_their_border(table_page):
    page = np.where(table_page < 128, 40, 220).astype(np.uint8)
    histogram = tones(page)
    threshold = ink_threshold(page)
    assert paper_tone(histogram) == 220 and ink_tone(histogram, threshold) == 40
    assert 40 < threshold < 220
    assert ink_tone(tones(np.full((90, 90), 255, np.uint8)), 128) == 0


def test_only_a_page_without_greys_is_of_two_tones(table_page):
    assert of_two_tones(tones(np.where(table_page < 128, 0, 255).astype(np.uint8)))
    assert not of_two_tones(tones(cv2.GaussianBlur(table_page, (3, 3), 0)))


def test_even_paper_is_told_without_smoothing_and_a_blot_is_smoothed_away(table_page):
    blotted = table_page.copy()
    blotted[1800:1860, 300:2200] = 90  # too large for its neighbourhood, too small to be the paper's tone
    assert not measure_paper(blotted).uneven


def test_all_of_a_seal_lies_within_the_coloured_part(table_page):
    page = cv2.cvtColor(table_page, cv2.COLOR_GRAY2BGR)
    cv2.circle(page, (900, 860), 200, (60, 40, 205), 4, cv2.LINE_AA)
    rows, columns = coloured_part(page, smaller(page))
    assert rows.start <= 658 and rows.stop >= 1063 and columns.start <= 698 and columns.stop >= 1103
    assert rows.stop - rows.start < 500 and columns.stop - columns.start < 500


def test_a_rule_within_a_frame_is_a_rule_of_its_own():
    page = np.full((1200, 1600), 255, np.uint8)
    cv2.rectangle(page, (200, 200), (1400, 1000), 0, 3)
    cv2.line(page, (400, 600), (1200, 600), 0, 3)
    across = sorted(round(r.y0) for r in find_rules(page, 300, 200.0).lines if r.horizontal)
    assert across == pytest.approx([200, 600, 1000], abs=3)


@pytest.mark.parametrize("lies", [0, 90, 180, 270])
def test_a_list_of_names_and_codes_is_not_read_sideways(font, lies):
    """Its columns make a sharper profile than its rows, and a surplus of ink like that of text above them."""
    page = Image.new("L", (2480, 3508), 255)
    draw = ImageDraw.Draw(page)
    names = ("Tân Hòa", "Phú Lộc", "Vĩnh Long", "An Bình", "Thanh Sơn", "Mỹ Đông", "Bình Minh")
    for row in range(33):
        y = 312 + 84 * row
        texts = (f"{row + 31}.", f"Xã {names[row % 7]}", ("I", "II", "III")[row * 5 % 3])
        for x, text in zip((320, 500, 1870), texts, strict=True):
            draw.text((x, y), text, font=font, fill=0)
    for x in (300, 480, 1850, 2180):
        draw.line((x, 300, x, 300 + 84 * 33), fill=0, width=3)
    for row in range(34):
        draw.line((300, 300 + 84 * row, 2180, 300 + 84 * row), fill=0, width=3)
    small = turned(small_print(ink_of(np.asarray(page, np.uint8)), 300), lies)
    assert way_of_words(small, count_parts(small), letter_height(small)) == lies % 180


def test_the_dots_that_lead_to_blanks_are_no_letters():
    """A form of dotted lines had dots for its usual letter: its print passed for three times as large, and the
    stems of its letters for rules."""
    mask = np.zeros((900, 1400), np.uint8)
    for line in range(8):
        y = 60 + 100 * line
        for k in range(9):
            cv2.rectangle(mask, (40 + 30 * k, y), (54 + 30 * k, y + 24), 255, 3)
        for k in range(60):
            cv2.circle(mask, (340 + 17 * k, y + 22), 3, 255, -1)
    assert letter_height(mask) == pytest.approx(26, abs=3)
    assert letter_height(mask[:, 330:]) == pytest.approx(7, abs=1)  # nothing but dots
