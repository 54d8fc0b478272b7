"""Two tables without rules beside each other, told by their headers or captions."""

from extract.tables.halves import halves_part
from extract.tables.printed import printed_lines
from tests.extract.tables.test_borderless import EM, read, run

XS = ((60.0, 180.0, 220.0), (260.0, 380.0, 420.0))  # labels' left, figures' right borders
HEADS = ("Chỉ tiêu", "Quý I", "Quý II")
BUSINESS = [
    ("Mới lập", "583", "528"),
    ("Giải thể", "89", "78"),
    ("Tạm ngừng", "136", "17"),
    ("Trở lại", "18", "96"),
]
CIVIL = [
    ("Khai sinh", "973", "146"),
    ("Khai tử", "427", "189"),
    ("Kết hôn", "88", "19"),
    ("Giám hộ", "6", "4"),
]


def half(side, heads, rows, top=120.0):
    label, first, second = XS[side]
    words = (
        run(heads[0], label, top) + run(heads[1], first, top, "right") + run(heads[2], second, top, "right")
    )
    for i, (name, a, b) in enumerate(rows, 1):
        y = top + 16 * i
        words += run(name, label, y) + run(a, first, y, "right") + run(b, second, y, "right")
    return words


def captions(left="Đăng ký", right="Hộ tịch", top=100.0):
    return run(left, 140, top, "center") + run(right, 340, top, "center")


def parted(words):
    lines = printed_lines(words, EM)
    return [x for i in range(len(lines)) if (x := halves_part(lines, i, EM)) is not None]


def test_two_headers_that_begin_alike_are_two_tables():
    """They were one table of six columns, and half of the figures had no name in front."""
    first, second = read(half(0, HEADS, BUSINESS) + half(1, HEADS, CIVIL))
    assert first == [list(HEADS), *map(list, BUSINESS)]
    assert second == [list(HEADS), *map(list, CIVIL)]


def test_two_captions_over_the_middles_are_two_tables():
    words = half(0, HEADS, BUSINESS) + half(1, ("Việc", "Xã", "Huyện"), CIVIL)
    assert not parted(words)
    assert len(parted(captions() + words)) == 1


def test_headings_over_some_columns_are_no_captions():
    """`Hồ sơ` over the figures, `Dự án` over others: the names stand beside both."""
    words = half(0, ("Tên xã", "Nhận", "Trả"), BUSINESS) + half(1, ("Dự án", "Vốn", "Chi"), CIVIL)
    over = run("Hồ sơ", 200, 100, "center") + run("Vốn", 400, 100, "center")
    assert not parted(over + words)


def test_figures_in_both_halves_of_a_table_are_no_two_tables():
    """Two years beside each other, the names once."""
    words = half(0, HEADS, BUSINESS)
    for i, row in enumerate([("Chỉ tiêu", "Quý I", "Quý II"), *CIVIL]):
        for text, x in zip(row[1:], XS[1][1:]):
            words += run(text, x, 120 + 16 * i, "right")
    assert not parted(words)


def test_two_rows_are_too_few_to_tell():
    assert not parted(half(0, HEADS, BUSINESS[:2]) + half(1, HEADS, CIVIL[:2]))
