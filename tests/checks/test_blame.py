"""Whom a relation blames: the evidence one piece at a time, and whole sums that do not add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import check_document
from checks.relation import ONE, ZERO, Figure, Relation, Term, Verdict
from checks.search.blame import (
    Setting,
    Sizes,
    broken_odds,
    guilt,
    misfit,
    reading_odds,
    typing_share,
)
from checks.search.padding import Padding
from checks.search.rounds import Rounds, noughts
from checks.search.slips import left_of, with_mark
from checks.search.solver import Solver
from model.document import Document
from model.flag import CellRef, Flag
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]

HEAD = ["TT", "Đơn vị", "Số hộ", "Số người"]
ROWS = [
    ["1", "Xã An Mẫu", "412", "1.655"],
    ["2", "Xã Bình Mẫu", "388", "1.540"],
    ["3", "Xã Chi Mẫu", "451", "1.790"],
    ["4", "Xã Dung Mẫu", "397", "1.602"],
    ["5", "Xã Em Mẫu", "430", "1.718"],
    ["", "Tổng cộng", "2.078", "8.305"],
]


def figure(printed: str, **more: object) -> Figure:
    amount = Decimal(printed.replace(".", "").replace(",", "."))
    step = ONE.scaleb(min(0, int(amount.as_tuple().exponent)))
    return replace(Figure(amount, Decimal(0), step, printed), **more)  # type: ignore[arg-type]


def changed(row: int, col: int, text: str) -> list[list[str]]:
    grid = [list(line) for line in ROWS]
    grid[row - 1][col] = text
    return [HEAD, *grid]


def inked(table: Table, confidence: float) -> Table:
    rows = tuple(tuple(replace(c, sure=False, confidence=confidence) for c in row) for row in table.rows)
    return replace(table, rows=rows)


def faults(document: Document) -> list[Flag]:
    return [f for f in check_document(document).flags if f.severity != "info"]


@pytest.mark.parametrize(
    ("likelier", "other"),
    [
        (figure("413", confidence=0.95, sure=False), figure("413", confidence=0.999, sure=False)),
        (figure("413", sure=False, confidence=0.6, weak=True), figure("413", sure=False, confidence=0.95)),
        (figure("413", sure=False, confidence=0.9), figure("413")),
    ],
)
def test_who_read_worse_is_likelier_wrong(likelier: Figure, other: Figure) -> None:
    assert reading_odds(likelier) > reading_odds(other)
    assert guilt(likelier, Decimal(415), Setting()) > guilt(other, Decimal(415), Setting())


@pytest.mark.parametrize(
    ("printed", "meant", "rarer"),
    [
        ("1554", "1545", "1524"),  # neighbours exchanged before one wrong digit
        ("1225", "125", "1235"),  # a digit doubled before a wrong one
        ("154", "1544", "151"),  # a digit left out
        ("1541", "1542", "1549"),  # a key beside the right one before another
    ],
)
def test_what_typists_do(printed: str, meant: str, rarer: str) -> None:
    assert typing_share(printed, meant) > typing_share(printed, rarer) > 0


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_share_of_slips_is_a_share(printed: int, meant: int) -> None:
    assert 0.0 <= typing_share(str(printed), str(meant)) <= 1.0


@pytest.mark.parametrize(("printed", "meant"), [("119670", "18501"), ("2311", "194"), ("52", "7")])
def test_a_figure_with_a_digit_more_is_no_slip_of_any_other(printed: str, meant: str) -> None:
    """Any figure of one digit more than was meant was held to be a slip of it."""
    assert typing_share(printed, meant) == 0.0
    assert typing_share(meant + meant[-1], meant) > 0.0


@given(st.integers(10, 10**6), st.integers(10, 10**6), st.sampled_from(["result", "repeat", "given"]))
def test_what_else_would_fail_only_exonerates(printed: int, meant: int, role: str) -> None:
    one = Figure(Decimal(printed), Decimal(0), ONE, str(printed), sure=False, confidence=0.97)
    free = guilt(one, Decimal(meant), Setting(role=role))  # type: ignore[arg-type]
    held = guilt(one, Decimal(meant), Setting(role=role, broken=-5.0, heirs=1))  # type: ignore[arg-type]
    assert held < free


def test_a_term_left_out_or_counted_twice_speaks_for_the_sum() -> None:
    total, terms = figure("1661"), (Decimal(412), Decimal(388), Decimal(451), Decimal(397))
    known = guilt(total, Decimal(2078), Setting("result", Decimal(-417), (*terms, Decimal(417))))
    assert known > guilt(total, Decimal(2078), Setting("result", Decimal(-417), (*terms, Decimal(418))))


def test_a_fraction_is_not_over_its_whole() -> None:
    over, under = (replace(figure("10"), printed=text) for text in ("10/10", "10/100"))
    assert guilt(over, Decimal(13), Setting()) < guilt(under, Decimal(13), Setting())


def test_a_relation_that_may_be_none_exonerates_little() -> None:
    held = Relation("row_sum", "discovered", 0, (Term(1), Term(2)))
    assert broken_odds(held, -6.0) < broken_odds(replace(held, supported=False), -6.0) < 0
    assert broken_odds(held, -0.5) > broken_odds(held, -2.0)


def test_what_is_usual_in_a_row_and_a_column() -> None:
    """A commune ten times as large as its neighbours in one column only is a surprise; in both it is none."""
    amounts = [(412, 1655), (388, 1540), (451, 1790), (3970, 1602), (4300, 17180)]
    figures = [
        figure(str(a), ref=CellRef("t01", r, c)) for r, row in enumerate(amounts) for c, a in enumerate(row)
    ]
    sizes = Sizes(figures)
    assert sizes.surprise(6, figures[6], Decimal(397)) > 1.0
    assert sizes.surprise(0, figures[0], Decimal(4120)) < -1.0
    assert sizes.surprise(8, figures[8], Decimal(430)) < 1.0


@pytest.mark.parametrize(
    ("printed", "wanted", "amount"),
    [("4060", "40.6", "40.60"), ("825", "82.4967", "82.5"), ("4060", "41.2", None), ("52", "52", None)],
)
def test_a_mark_left_out_is_put_where_the_digits_come_to_it(
    printed: str, wanted: str, amount: str | None
) -> None:
    assert with_mark(printed, Decimal(wanted)) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("row", "col", "text", "confidence"),
    [
        (6, 2, "2.087", 0.995),  # the total's own neighbours exchanged
        (6, 2, "1.666", 0.995),  # a commune left out
        (6, 3, "8.315", 0.995),  # a carried digit
        (5, 2, "439", 0.95),  # read less surely: a digit that looks like the right one
        (3, 3, "17.900", 0.995),  # ten times its neighbours: a nought too many
    ],
)
def test_the_figure_that_evidence_points_at_is_flagged(
    table: Build, document: Make, row: int, col: int, text: str, confidence: float
) -> None:
    found = faults(document([inked(table("t01", changed(row, col, text), 1), confidence)]))
    assert [(f.row, f.col) for f in found] == [(row, col)]


def test_what_is_not_much_less_likely_is_named_too(table: Build, document: Make) -> None:
    """388 read for 398 or 397 read for 387: both look alike, and the flag says so."""
    (flag,) = faults(document([inked(table("t01", changed(6, 2, "2.088"), 1), 0.95)]))
    assert "cũng có thể sai ở" in flag.message
    assert flag.cells[0].row != 0


def test_sure_print_blames_the_sum_alone(table: Build, document: Make) -> None:
    """An addend that fits by one digit is as innocent as the others."""
    (flag,) = faults(document([table("t01", changed(6, 2, "2.088"), 1)]))
    assert (flag.row, flag.col) == (6, 2)
    assert "cũng có thể" not in flag.message


def test_a_lost_mark_of_sure_print_is_blamed_itself(table: Build, document: Make) -> None:
    head = ["TT", "Đơn vị", "Công khai", "Tiến độ", "Tổng điểm", "Chỉ số (%)"]
    scores = [(12.5, 18.25), (11.75, 15.5), (14.25, 16.75), (13.5, 19.25), (10.25, 17.5), (12.75, 14.25)]
    rows = [
        [str(n), f"Sở Mẫu {n}", *(f"{x:.2f}".replace(".", ",") for x in (a, b, a + b, 100 * (a + b) / 40))]
        for n, (a, b) in enumerate(scores, 1)
    ]
    rows[2][4] = "3100"
    found = faults(document([table("t01", [head, *rows], 1)]))
    assert [(f.row, f.col) for f in found if f.check != "bound"][:1] == [(3, 4)]


def test_two_totals_exchanged_in_a_short_table_are_told(table: Build, document: Make) -> None:
    """Two of seven rows that do not add up had hidden that the others do."""
    parts = [(12, 31), (45, 28), (37, 19), (22, 46), (51, 13), (18, 27), (33, 40)]
    rows = [[str(n), f"Xã Mẫu {n}", str(a), str(b), str(a + b)] for n, (a, b) in enumerate(parts, 1)]
    rows[2][4], rows[3][4] = rows[3][4], rows[2][4]
    head = ["TT", "Đơn vị", "Trực tiếp", "Trực tuyến", "Tổng cộng"]
    (flag,) = faults(document([table("t01", [head, *rows], 1)]))
    assert {(flag.row, flag.col), *((c.row, c.col) for c in flag.cells)} >= {(3, 4), (4, 4)}
    assert (flag.row, flag.col) in {(3, 4), (4, 4)}


def test_a_sum_of_columns_that_are_mostly_nought_is_none_in_a_long_table(
    table: Build, document: Make
) -> None:
    """`Tổng số` had passed for the sum of two columns that met it in six rows of ten, and the rest were flagged."""
    rows = []
    for n in range(1, 21):
        late = 0 if n % 5 < 3 else 7 * n
        asked = 130 + 37 * n
        rows.append([str(n), f"Xã Mẫu {n}", str(asked + late), str(asked), "0", str(late // 7)])
    head = ["TT", "Đơn vị", "Tổng số", "Đúng hạn", "Trả lại", "Ghi nhận"]
    assert not [f for f in faults(document([table("t01", [head, *rows], 1)])) if f.kind == "row_sum"]


def test_where_an_annex_differs_and_both_tables_add_up_the_annex_is_spoken_of(
    table: Build, document: Make
) -> None:
    parts = [(1204, 310), (988, 415), (2310, 120), (1750, 644), (3412, 98), (1015, 207), (1466, 583)]
    first = [[str(n), f"Xã Mẫu {n}", str(a), str(b), str(a + b)] for n, (a, b) in enumerate(parts, 1)]
    second = [[str(n), f"Xã Mẫu {n}", str(a + b), str(b), str(a)] for n, (a, b) in enumerate(parts, 1)]
    second[2][2], second[2][4] = "323", "203"  # files on another system are left out, in the parts as well
    for rows in (first, second):
        rows.append(["", "Tổng cộng", *(str(sum(int(row[c]) for row in rows)) for c in (2, 3, 4))])
    for row in second:
        row.append(f"{100 * int(row[4]) / int(row[2]):.2f}".replace(".", ","))
    one = table("t01", [["TT", "Đơn vị", "Trực tuyến", "Trực tiếp", "Tổng số hồ sơ tiếp nhận"], *first], 1)
    head = ["TT", "Đơn vị", "Số hồ sơ tiếp nhận", "Chưa số hóa", "Đã số hóa", "Tỷ lệ đã số hóa (%)"]
    other = table("t02", [head, *second], 1)
    crossed = [f for f in faults(document([one, other])) if f.kind == "cross"]
    assert [(f.table_id, f.row, f.col) for f in crossed] == [("t02", 3, 2), ("t02", 8, 2)]


SCORES = ["16,5", "18,6", "7,2", "10", "18", "19,7"]


@pytest.mark.parametrize("confidence", [0.999, 0.99])
def test_a_whole_score_is_not_blamed_for_what_roundings_hardly_come_to(
    table: Build, document: Make, confidence: float
) -> None:
    """The sum is 90,0. A 13 for the 10 would leave .19 to the roundings of six scores."""
    rows = [[str(n), f"Nội dung {n} (điểm)", score] for n, score in enumerate(SCORES, 1)]
    grid = [["TT", "Nội dung", "Kết quả"], *rows, ["", "ĐIỂM TỔNG HỢP", "Đạt 92,81/100 điểm; xếp hạng 8/15"]]
    (flag,) = faults(document([inked(table("t01", grid, 1), confidence)]))
    assert (flag.row, flag.check) == (7, "total/header")


@given(st.integers(1, 12), st.decimals("0", "1", places=2))
def test_what_is_left_over_weighs_more_the_more_roundings_there_are(count: int, share: Decimal) -> None:
    figures = [replace(figure("1,5"), half=Decimal("0.05"))] * (count + 1)
    verdict = Verdict(True, share, ONE, ZERO)

    def weight(parts: int) -> float:
        return misfit(Relation("total", "total", 0, tuple(map(Term, range(1, parts + 1)))), verdict, figures)

    assert 0.0 <= weight(1) <= weight(count)
    assert weight(count) > 0.0 or not share
    whole = [replace(f, half=ZERO) for f in figures]
    assert misfit(Relation("total", "total", 0, (Term(1),)), verdict, whole) == 0.0


@pytest.mark.parametrize(
    ("printed", "amount", "step", "left"),
    [
        ("1", "7.1", "0.1", True),
        ("7", "7.1", "0.1", True),
        ("4", "4.0", "0.1", False),  # a nought that its author left out
        ("1,5", "71.5", "0.1", False),  # its mark is there
        ("1", "71", "1", False),  # no decimals belong there
        ("8", "7.1", "0.1", False),
        ("", "7.1", "0.1", False),
    ],
)
def test_what_ink_leaves_of_a_figure_with_decimals(printed: str, amount: str, step: str, left: bool) -> None:
    assert left_of(printed, Decimal(amount), Decimal(step)) is left


def test_a_share_of_which_one_digit_is_left_is_a_reading(table: Build, document: Make) -> None:
    """`7,1` read `1`, and sure of it: no author writes that."""
    counts = [(56, 4, "1"), (42, 3, "7,1"), (80, 5, "6,3"), (61, 9, "14,8"), (77, 12, "15,6"), (58, 5, "8,6")]
    rows = [[str(n), f"Thôn Mẫu {n}", str(a), str(b), c] for n, (a, b, c) in enumerate(counts, 1)]
    grid = [["TT", "Thôn", "Số hộ", "Hộ nghèo", "Tỷ lệ (%)"], *rows]
    (flag,) = faults(document([inked(table("t01", grid, 1), 0.999)]))
    assert (flag.row, flag.col, flag.kind) == (1, 4, "reading")


ROUND = [figure(f"{n}.500", ref=CellRef("t01", n, 2)) for n in range(10, 18)]


@pytest.mark.parametrize(
    ("printed", "amount", "sign"),
    [
        ("12.502", "12500", 1),  # a price among prices in hundreds
        ("12.500", "12502", -1),
        ("12.500", "13500", 0),
        ("12.502", "12504", 0),
    ],
)
def test_a_figure_less_round_than_its_column_is_the_odd_one(printed: str, amount: str, sign: int) -> None:
    odd = figure(printed, ref=CellRef("t01", 20, 2))
    found = Rounds([*ROUND, odd]).surprise(odd, Decimal(amount))
    assert (found > 0) - (found < 0) == sign


def test_four_round_figures_make_no_habit() -> None:
    odd = figure("12.502", ref=CellRef("t01", 20, 2))
    assert Rounds([*ROUND[:4], odd]).surprise(odd, Decimal(12500)) == 0.0


@given(st.integers(1, 10**6), st.integers(0, 4))
def test_noughts_are_counted_up_to_four(amount: int, more: int) -> None:
    own = len(str(amount)) - len(str(amount).rstrip("0"))
    assert noughts(Decimal(amount * 10**more), ONE) == min(4, own + more)
    assert noughts(Decimal(amount).scaleb(-2), ONE.scaleb(-2)) == min(4, own)


def test_of_old_price_new_price_and_change_the_one_that_is_not_round_is_blamed(
    table: Build, document: Make
) -> None:
    old = [18500, 23000, 185000, 31500, 27000, 64000, 12500]
    new = [19000, 22500, 187000, 31500, 28500, 66000, 13500]
    rows = [
        [str(n), f"Mặt hàng {n}", f"{a}", f"{b}", f"{b - a}"] for n, (a, b) in enumerate(zip(old, new), 1)
    ]
    rows[2][2] = "185002"
    head = ["TT", "Mặt hàng", "Giá kỳ trước (đồng)", "Giá kỳ này (đồng)", "Tăng, giảm (đồng)"]
    (flag,) = faults(document([table("t01", [head, *rows], 1)]))
    assert (flag.row, flag.col, flag.expected) == (3, 2, "185000")


@pytest.mark.parametrize("row", [2, 6])
def test_figures_of_two_columns_in_each_other_s_places_are_told_though_no_column_adds_up(
    table: Build, document: Make, row: int
) -> None:
    """Both totals fail, by as much in opposite ways: the rows are those they count."""
    grid = changed(row, 2, ROWS[row - 1][3])
    grid[row][3] = ROWS[row - 1][2]
    found = faults(document([inked(table("t01", grid, 1), 0.95)]))
    assert {(f.row, f.col) for f in found} <= {(row, 2), (row, 3)} and found


def test_a_mark_left_out_of_a_total_s_yield_is_told_with_the_decimals_it_lacks(
    table: Build, document: Make
) -> None:
    """449 for 44,9 stands for anything within half a tenth, and yields do not grow with their rows."""
    land = [("155,1", "59,0", "915,1"), ("690,2", "48,0", "3313,0"), ("871,4", "41,9", "3651,2"),
            ("144,1", "66,1", "952,5"), ("20,9", "35,2", "73,6"), ("494,9", "35,9", "1776,7")]  # fmt: skip
    rows = [[str(n), f"Xã Mẫu {n}", *row] for n, row in enumerate(land, 1)]
    head = ["TT", "Đơn vị", "Diện tích (ha)", "Năng suất (tạ/ha)", "Sản lượng (tấn)"]
    grid = [head, *rows, ["", "Tổng cộng", "2376,6", "449", "10682,1"]]
    (flag,) = faults(document([table("t01", grid, 1)]))
    assert (flag.row, flag.col, flag.expected) == (7, 3, "44,9")


@pytest.mark.parametrize(
    ("printed", "amount", "odd"),
    [
        ("027", "127", True),  # nobody pads to three digits
        ("02.714", "12714", True),
        ("09", "19", True),  # the column prints 7, 8, 6, 3
        ("027", "37", False),  # as padded as before
        ("27", "127", False),
        ("0,27", "1.27", False),
    ],
)
def test_noughts_before_a_figure_speak_against_it(printed: str, amount: str, odd: bool) -> None:
    bare = [figure(n, ref=CellRef("t01", row, 2)) for row, n in enumerate(["7", "8", "6", "3", "61", "450"])]
    one = figure(printed, ref=CellRef("t01", 20, 2))
    assert (Padding([*bare, one]).surprise(one, Decimal(amount)) > 1.0) == odd


def test_where_counts_are_padded_a_nought_says_nothing() -> None:
    padded = [figure(f"0{n}", ref=CellRef("t01", n, 2)) for n in range(1, 9)]
    assert Padding(padded).surprise(padded[4], Decimal(15)) < 0.1


def test_another_sign_is_a_slip_only_of_the_same_amount() -> None:
    change = figure("232")
    turned, wild = (guilt(change, Decimal(n), Setting(role="given")) for n in (-232, -2818))
    assert turned > wild + 5


def test_digits_of_a_fraction_are_compared_with_their_nought() -> None:
    one = guilt(figure("3,04"), Decimal("0.04"), Setting())
    assert one > guilt(figure("3,04"), Decimal("0.77"), Setting()) + 3


def test_an_author_s_change_that_is_no_number_is_told_by_its_relation(table: Build, document: Make) -> None:
    head = ["TT", "Đơn vị", "Tháng trước (%)", "Tháng này (%)", "Tăng (+)/giảm (-)"]
    shares = [
        ("81,38", "93,31"),
        ("82,72", "94,14"),
        ("94,55", "97,09"),
        ("78,31", "76,54"),
        ("97,54", "98,67"),
    ]
    rows = [
        [
            str(n),
            f"Xã Mẫu {n}",
            a,
            b,
            f"{(float(b.replace(',', '.')) - float(a.replace(',', '.'))) / 100:+.4f}",
        ]
        for n, (a, b) in enumerate(shares, 1)
    ]
    grid = [head, *([*row[:4], row[4].replace(".", ",")] for row in rows)]
    grid[2][4] = "+01142"
    (flag,) = [f for f in faults(document([table("t01", grid, 1)])) if f.check.startswith("delta")]
    assert (flag.row, flag.col, flag.expected) == (2, 4, "+0,1142")


def test_a_mark_left_out_before_a_nought_is_put_back(table: Build, document: Make) -> None:
    """240 for 24,0: what is put back has a decimal though it is a nought."""
    land = [("155,1", "59,0", "915,1"), ("690,2", "48,0", "3313,0"), ("871,4", "41,9", "3651,2"),
            ("144,1", "66,1", "952,5"), ("20,9", "35,2", "73,6"), ("494,9", "35,9", "1776,7")]  # fmt: skip
    rows = [[str(n), f"Xã Mẫu {n}", *row] for n, row in enumerate(land, 1)]
    rows[1][3] = "480"
    head = ["TT", "Đơn vị", "Diện tích (ha)", "Năng suất (tạ/ha)", "Sản lượng (tấn)"]
    (flag,) = [f for f in faults(document([table("t01", [head, *rows], 1)])) if f.kind == "formula"]
    assert (flag.row, flag.col) == (2, 3)
    assert flag.expected in ("48", "48,0")


def test_a_figure_blamed_beyond_doubt_is_no_witness_for_others() -> None:
    """A total far off is told first: a figure added in it is not then free to be wrong for its row's sake."""
    names = {"row": "5.072", "one": "2.304", "other": "2.767", "total": "93.581", "rest": "51.277",
             "parts": "3.011", "parts2": "2.061", "left": "1.540", "right": "1.227"}  # fmt: skip
    figures = [figure(printed) for printed in names.values()]
    n = {name: Term(i) for i, name in enumerate(names)}
    relations = [
        Relation("row_sum", "header", n["row"].figure, (n["one"], n["other"])),  # off by one
        Relation("total", "total", n["row"].figure, (n["parts"], n["parts2"])),
        Relation("total", "total", n["other"].figure, (n["left"], n["right"])),
        Relation("total", "total", n["total"].figure, (n["one"], n["rest"])),  # off by 40.000
    ]
    first = [fault.suspects[0] for fault in Solver(figures, relations).solve()]
    assert first == [n["row"].figure, n["total"].figure]
