"""Which strokes of a page are rules."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.prepare.rule_lines import RuleLine, Rules
from extract.scan.prepare.rules import find_rules, is_rule_stroke, known_share
from extract.scan.prepare.stacked_letters import stems_beside
from extract.scan.prepare.streaks import with_streaks_marked
from extract.scan.prepare.strokes import Stroke
from extract.scan.prepare.wipe import without_rules


def page(*strokes, size=(1200, 900)):
    """A 300 dpi page with a table of two columns and two rows, and other strokes (x0, y0, x1, y1)."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for x in (100, 260, 1100):
        draw.line((x, 100, x, 700), fill=0, width=4)
    for y in (100, 400, 700):
        draw.line((100, y, 1100, y), fill=0, width=4)
    for stroke in strokes:
        draw.line(stroke, fill=0, width=7)
    return np.asarray(image, np.uint8)


def lying(picture):
    rules = find_rules(picture, 300.0, 255.0)
    return sorted(round(rule.y0) for rule in rules.lines if rule.horizontal)


def test_bars_of_bold_capitals_in_a_cell_are_no_rule():
    assert len(lying(page((145, 250, 215, 250)))) == 3


@pytest.mark.parametrize(
    "stroke",
    [
        (260, 250, 1100, 250),  # a rule through the second column
        (100, 250, 260, 250),  # a rule through the first one, short as it is
        (260, 250, 420, 250),  # one that stops: it meets a standing rule
        (145, 800, 215, 800),  # outside the table: a line of its own
    ],
)
def test_what_meets_a_rule_or_stands_alone_is_one(stroke):
    assert len(lying(page(stroke))) == 4


def test_a_piece_of_a_broken_rule_is_kept_where_the_rule_goes_on():
    assert len(lying(page((145, 250, 215, 250), (330, 250, 1100, 250)))) == 5


def standing(picture):
    rules = find_rules(picture, 300.0, 255.0)
    return sorted(round(rule.x0) for rule in rules.lines if not rule.horizontal and rule.border)


def with_figures(picture, x, rows, gap):
    """Right-aligned stems of figures in every row, `gap` pixels from the standing rule at `x`."""
    picture = picture.copy()
    for y in rows:
        for stem in range(4):
            right = x - gap - 14 * stem
            picture[y : y + 28, right - 5 : right] = 0
    return picture


@pytest.mark.parametrize("gap", [8, 12, 16])
def test_a_standing_rule_outlives_figures_set_close_to_it(gap):
    picture = with_figures(page((700, 100, 700, 700)), 700, range(110, 680, 40), gap)
    assert standing(picture) == standing(page((700, 100, 700, 700)))


def shaded(picture, box, seed):
    """The picture with a dithered shade over `box`: dots that cover half of the paper."""
    x0, y0, x1, y1 = box
    dots = np.random.default_rng(seed).random((y1 - y0, x1 - x0)) < 0.5
    part = picture[y0:y1, x0:x1]
    picture = picture.copy()
    picture[y0:y1, x0:x1] = np.minimum(part, np.where(dots, 120, 250).astype(np.uint8))
    return picture


@pytest.mark.parametrize("seed", range(3))
def test_a_dithered_header_neither_hides_its_rules_nor_makes_any(seed):
    plain = page((260, 250, 1100, 250), (700, 250, 700, 700))
    found = find_rules(shaded(plain, (100, 100, 1100, 400), seed), 300.0, 255.0)
    assert len([r for r in found.lines if r.horizontal]) == 4
    assert len([r for r in found.lines if not r.horizontal]) == 4


def dotted(picture, y, x0, x1, dot, gap):
    picture = picture.copy()
    for x in range(x0, x1, dot + gap):
        picture[y : y + dot, x : x + dot] = 0
    return picture


@pytest.mark.parametrize(("dot", "gap"), [(2, 2), (2, 4), (3, 3), (4, 4)])
@pytest.mark.parametrize("y", [250, 251])
def test_a_dotted_rule_that_meets_others_is_one(dot, gap, y):
    rules = find_rules(dotted(page(), y, 100, 1100, dot, gap), 300.0, 255.0)
    lying = [r for r in rules.lines if r.horizontal and abs(r.y0 - y) < 6]
    assert sum(r.length for r in lying) > 900


def test_a_dotted_rule_in_pieces_is_found_whole():
    picture = page().copy()
    for x0, x1 in ((100, 250), (270, 600), (650, 760), (810, 1100)):
        picture = dotted(picture, 250, x0, x1, 2, 4)
    lying = [r for r in find_rules(picture, 300.0, 255.0).lines if r.horizontal and abs(r.y0 - 250) < 6]
    assert min(r.x0 for r in lying) < 110 and max(r.x1 for r in lying) > 1090


def test_a_dotted_rule_that_marks_below_letters_crowd_is_one():
    """Every other row rule of a list in 9 point print was lost: the dots below its letters lie so near."""
    picture = dotted(page(), 250, 100, 1100, 2, 5)
    for x in range(120, 1080, 34):
        picture[240:246, x : x + 6] = 0
    rules = find_rules(picture, 300.0, 255.0)
    assert sum(r.length for r in rules.lines if r.horizontal and abs(r.y0 - 250) < 6) > 900


def test_letters_further_on_in_line_with_a_dotted_rule_are_none():
    """Under a table with dotted rules stems of a title and of the next table's figures were rules, too."""
    picture = np.full((1800, 1200), 255, np.uint8)
    picture[:900] = page()
    for y in range(102, 700, 6):
        picture[y : y + 2, 500:502] = 0
    picture[900:960, 499:503] = 60
    picture[900:960:8, 503:530] = picture[901:960:8, 503:530] = picture[902:960:8, 503:530] = 60
    rules = [r for r in find_rules(picture, 300.0, 255.0).lines if not r.horizontal and abs(r.x0 - 501) < 6]
    assert rules and max(r.y1 for r in rules) < 720


@pytest.mark.parametrize(("x0", "x1"), [(300, 1000), (400, 1095)])
def test_a_leader_of_dots_is_no_rule(x0, x1):
    assert len(lying(dotted(page(), 250, x0, x1, 3, 9))) == 3


def test_dotted_rules_are_wiped_from_between_the_print():
    picture = dotted(page(), 250, 100, 1100, 2, 4)
    ink = np.where(picture < 128, 255, 0).astype(np.uint8)
    clean = without_rules(picture, ink, find_rules(picture, 300.0, 255.0), 255)
    assert not (clean[245:258, 300:1000] < 128).any()


def test_a_rule_that_rounding_put_past_the_edge_of_the_picture_wipes_nothing():
    """Found on a smaller picture whose last row reaches beyond the larger one: no zone of it could be drawn."""
    picture = page().copy()
    height, width = picture.shape
    mask = np.full((1, width // 2), 255, np.uint8)
    beyond = RuleLine(0, height, width, height, 2.0, True, 0, height // 2, mask)
    ink = np.where(picture < 128, 255, 0).astype(np.uint8)
    assert (without_rules(picture, ink, Rules((beyond,), 2.0), 255) == picture).all()


def test_the_stem_of_a_capital_does_not_carry_a_rule_over_a_merged_cell():
    """A bold T of a group's name, spread over all columns, stood in line with the rule above and below it."""
    picture = page((100, 290, 1100, 290), (100, 370, 1100, 370)).copy()
    picture[295:366, 250:275] = 255
    picture[314:346, 258:263] = 0
    picture[314:319, 245:276] = 0
    picture[314:346, 272:277] = picture[314:346, 244:249] = 0
    inked = [r for r in find_rules(picture, 300.0, 255.0).lines if not r.horizontal and abs(r.x0 - 261) < 5]
    assert not any(r.y0 < 330 < r.y1 for r in inked)


@pytest.mark.parametrize(
    ("stem", "cut"),
    [
        ((22, 58), True),  # from 22 to 58 pixels below the rule over a row of 90
        ((2, 70), False),  # it touches the rule above
        ((14, 84), False),  # hardly broken
    ],
)
def test_the_stem_of_a_letter_does_not_carry_a_rule_over_a_heading(stem, cut):
    """`Điều tra, tổng hợp, phân tích` over all columns was cut to `pl` and `h tl%`."""
    picture = page((100, 290, 1100, 290), (100, 380, 1100, 380)).copy()
    picture[294:377, 250:272] = 255
    picture[290 + stem[0] : 290 + stem[1], 257:264] = 0
    inked = [r for r in find_rules(picture, 300.0, 255.0).lines if not r.horizontal and abs(r.x0 - 261) < 5]
    assert any(r.y0 < 335 < r.y1 for r in inked) is not cut


@pytest.mark.parametrize(("blank", "is_rule"), [(0, True), (2, False)])
def test_a_line_of_bold_letters_is_no_thick_rule(blank, is_rule):
    """The small letters of `phân tích thông tin` were a rule, seven pixels thick, and were wiped."""
    dark = np.zeros((40, 400), np.uint8)
    for x in range(50, 350, 4):
        dark[18:24, x : x + 4 - blank] = 255
        dark[18, x : x + 4] = 255
    mask = np.full((6, 300), 255, np.uint8)
    stroke = Stroke(mask, 50, 18)
    assert is_rule_stroke(stroke, dark, dark) is is_rule


def rows_of_strokes(first, last):
    """A table of low rows, with a stroke in each at the same place, from `first` to `last` pixels below the rule
    above it."""
    rows = range(160, 700, 60)
    picture = page(*((100, y, 1100, y) for y in rows)).copy()
    for y in rows[1:-1]:
        picture[y + first : y + last, 700:704] = 40
    return picture


def test_capitals_over_each_other_row_by_row_are_no_rule():
    """The last letter of six labels (`lĩnh vực I`) became a column, and was gone."""
    assert not any(abs(x - 702) < 8 for x in standing(rows_of_strokes(14, 48)))


def test_a_rule_that_breaks_within_its_rows_is_one():
    assert any(abs(x - 702) < 8 for x in standing(rows_of_strokes(-22, 24)))


@pytest.mark.parametrize("seed", range(3))
def test_a_short_rule_that_begins_under_a_merged_header_is_found_in_a_shade(seed):
    plain = page((260, 180, 1100, 180), (260, 250, 1100, 250), (600, 180, 600, 250))
    found = find_rules(shaded(plain, (100, 100, 1100, 400), seed), 300.0, 255.0)
    assert any(abs(r.x0 - 600) < 6 for r in found.lines if not r.horizontal)


def test_a_streak_leans_otherwise_than_the_rules():
    picture = page((500, 100, 500, 700), (800, 100, 800, 700))
    assert standing(page((500, 100, 500, 700), (800, 100, 800, 700), (640, 60, 652, 860))) == standing(
        picture
    )


@pytest.mark.parametrize("pieces", [((60, 890),), ((60, 300), (420, 890)), ((330, 600),)])
def test_a_streak_runs_out_of_the_table_or_hangs_in_it(pieces):
    table = [(500, 100, 500, 700), (800, 100, 800, 700)]
    streaks = [(640, top, 640, bottom) for top, bottom in pieces]
    assert standing(page(*table, *streaks)) == standing(page(*table))


def test_a_border_that_a_streak_runs_into_stays_one():
    table = [(500, 100, 500, 700), (800, 100, 800, 700)]
    streak = [(501, 730, 501, 800), (501, 815, 501, 890)]
    assert 500 in {round(x / 2) * 2 for x in standing(page(*table, *streak))}


@pytest.mark.parametrize(
    ("above", "border"),
    [([(20, 46), (52, 80)], True), ([(2, 80)], False)],
    ids=["bars of capitals", "a streak"],
)
def test_capitals_of_a_heading_in_line_with_a_broken_border_make_no_streak_of_it(above, border):
    """The bars of a heading's `TT` stood over a border that the rows of sections broke."""
    lying = [stroke(100, y, 900, y) for y in (100, 300, 330, 600)]
    others = [stroke(x, 100, x, 600) for x in (100, 300, 700, 900)]
    broken = [stroke(500, top, 500, bottom) for top, bottom in (*above, (100, 300), (330, 600))]
    marked = with_streaks_marked([*others, *broken], lying, 1.0)
    assert [r.border for r in marked if r.x0 == 500 and r.y0 >= 100] == [border] * 2


def stroke(x0, y0, x1, y1):
    """A rule a pixel thick, at 150 dpi."""
    mask = np.ones((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    return RuleLine(x0, y0, x1, y1, 1.0, y0 == y1, x0, y0, mask)


def test_rules_of_a_table_that_the_page_cuts_are_no_streaks():
    picture = page((500, 100, 500, 850), (260, 100, 260, 850), (100, 100, 100, 850), (1100, 100, 1100, 850))
    assert {round(x / 10) for x in standing(picture)} == {10, 26, 50, 110}


def test_the_edge_of_the_sheet_is_no_rule():
    assert len(lying(page((0, 888, 1199, 884)))) == 3


def test_a_border_that_fades_before_the_foot_of_the_last_row_goes_to_it():
    """Two of eight borders ended at the rule above a low last row, and three of its cells were one."""
    picture = page((100, 640, 1100, 640)).copy()
    picture[100:686, 600:604] = 60
    ends = [r.y1 for r in find_rules(picture, 300.0, 255.0).lines if not r.horizontal and abs(r.x0 - 602) < 6]
    assert max(ends) > 680


def test_a_bracket_in_line_with_a_rule_is_no_part_of_it():
    """`Tăng (giảm)` over two columns: the bracket stood where the rule between them begins, and parted it."""
    picture = page((260, 170, 1100, 170), (700, 170, 700, 700)).copy()
    picture[120:168, 698:703] = 0
    found = find_rules(picture, 300.0, 255.0).lines
    assert not any(abs(r.x0 - 700) < 5 and r.y0 < 150 for r in found if not r.horizontal)


def test_rows_that_the_page_cuts_keep_their_rules():
    rules = [(x, 100, x, 745) for x in (100, 260, 500, 700, 1100)]
    found = [r for r in find_rules(page(*rules), 300.0, 255.0).lines if not r.horizontal]
    assert all(r.y1 > 735 for r in found)


@pytest.mark.parametrize("width", [2, 5, 9])
def test_a_rule_of_the_page_s_back_is_none(width):
    picture = page((500, 100, 500, 700), (800, 100, 800, 700))
    back = np.full(picture.shape, 255, np.uint8)
    back[100:704, 180 : 180 + width] = 0
    through = 255 - (255 - cv2.GaussianBlur(back, (0, 0), 2.2).astype(np.float32)) * 0.22
    assert standing(np.minimum(picture, through.astype(np.uint8))) == standing(picture)


@pytest.mark.parametrize(
    ("sure", "share"),
    [
        ([], 0.0),
        ([(100.0, 550.0, 200.0)], 0.9),  # a rule that was found: what stands above it in its line is print
        ([(100.0, 280.0, 202.0), (350.0, 600.0, 198.0)], 0.76),
        ([(100.0, 550.0, 260.0)], 0.0),  # another line
        ([(-400.0, 1200.0, 200.0)], 1.0),
    ],
)
def test_a_dotted_rule_that_was_found_as_a_whole_one_is_known(sure, share):
    """A fine rule was found twice, and as a dotted one it went on through the letters over it: the merged heading
    was cut in two."""

    def rule(first, last, at):
        return RuleLine(at, first, at, last, 2.0, False, 0, 0, np.ones((1, 1), np.uint8))

    known = known_share(rule(50.0, 550.0, 200.0), [rule(*ends) for ends in sure], 6.0)
    assert known == pytest.approx(share)


@pytest.mark.parametrize(
    ("off", "stands"),
    [(4, True), (12, False), (20, False), (30, False), (60, True)],  # pixels beside the column's own specks
)
def test_stems_of_first_letters_beside_a_dotted_column_are_no_rule(off, stands):
    """The stems of `UBND xã` in each row made a second rule beside the column's, which cut the letters off."""
    column = RuleLine(500.0, 100.0, 500.0, 900.0, 4.0, False, 50, 250, np.ones((5, 400), np.uint8))
    stems = RuleLine(
        500.0 + off, 300.0, 500.0 + off, 800.0, 4.0, False, 150, 250, np.ones((3, 250), np.uint8)
    )
    assert stems_beside(stems, [column], 2.0) is not stands
    assert not stems_beside(stems, [], 2.0)


def standing_at(*lines):
    """Standing rules (x, from, to), as found."""
    mask = np.ones((1, 1), np.uint8)
    return [RuleLine(x, y0, x, y1, 3, False, 0, 0, mask) for x, y0, y1 in lines]


def crossing(*heights):
    mask = np.ones((1, 1), np.uint8)
    return [RuleLine(100, y, 1100, y, 3, True, 0, 0, mask) for y in heights]


@pytest.mark.parametrize(
    ("lines", "borders"),
    [
        ([(200, 340, 480), (400, 340, 480), (600, 340, 480)], 3),  # the header's upper rule was lost
        ([(200, 300, 480), (400, 340, 480), (600, 350, 500)], 0),  # two that end together, by chance
        ([(200, 340, 480)], 0),
    ],
)
def test_lines_that_begin_together_within_a_header_are_no_streaks(lines, borders):
    """On a faint fax the rules between a header's columns began under an upper rule that was gone, and were
    all taken for streaks: nine columns became three."""
    whole = [(x, 400, 1400) for x in (100, 500, 800, 1100)]
    found = with_streaks_marked(standing_at(*whole, *lines), crossing(400, 900, 1400), 1.0)
    assert sum(rule.border for rule in found if rule.length < 500) == borders


def test_rests_of_a_rule_that_broke_are_taken_out():
    """Pieces of a faint rule too short to be rules were read as dashes, and no white ran down a column."""
    picture = page().copy()
    for x in (300, 500, 700, 900):
        picture[249:252, x : x + 90] = 0
    picture[249:252, 628:684] = 0
    picture[600:603, 620:675] = 0  # alone: a dash
    rules = find_rules(picture, 300.0, 255.0)
    left = without_rules(picture, np.where(picture < 128, 255, 0).astype(np.uint8), rules, 255)
    assert (left[249:252, 300:990] > 200).all()
    assert (left[600:603, 630:665] < 100).all()


def test_letters_of_a_tall_cell_are_no_rests_of_the_rules_beside_it():
    """Its lines stood in line with the rules between the rows beside it; their strokes were taken out, and the
    cell was cut there."""
    picture = page().copy()
    for x in (300, 500, 900):
        picture[249:252, x : x + 90] = 0
    picture[249:252, 628:684] = 0
    for x in (628, 652, 676):
        picture[226:252, x : x + 8] = 0  # letters on feet
    rules = find_rules(picture, 300.0, 255.0)
    left = without_rules(picture, np.where(picture < 128, 255, 0).astype(np.uint8), rules, 255)
    assert (left[249:252, 638:650] < 100).all()


def test_a_titles_letters_in_line_with_the_border_of_columns_carry_it_no_further():
    picture = page().copy()
    for y in (300, 500, 700, 900):
        picture[y : y + 90, 449:452] = 0
    picture[210:240, 449:452] = 0  # an I of the title over the table
    rules = find_rules(picture, 300.0, 255.0)
    standing = [rule for rule in rules.lines if not rule.horizontal and abs(rule.x0 - 450) < 5]
    assert standing and min(rule.y0 for rule in standing) > 290
