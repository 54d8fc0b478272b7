"""Tables of indicators, whose rows are counted as sections are, in dumps a cell a line."""

from extract.dump.heads_between import parted_at_heads
from extract.dump.levels import counted_in_levels, counted_row_by_row
from extract.dump.lines import source_lines
from tests.extract.dump.test_heads_between import BOOKS, FEES


def lines_of(texts):
    return source_lines([texts], [texts])


ROWS = [
    ("I", "Công khai thủ tục (điểm)", "15,5", "7,7", "-7,8"),
    ("1.1", "Hồ sơ được đồng bộ (%)", "48,9", "81,6", "32,7"),
    ("1.2", "Thủ tục được công khai (%)", "61,2", "70,4", "9,2"),
    ("II", "Tiến độ giải quyết (điểm)", "10,1", "5,2", "-4,9"),
    ("2.1", "Hồ sơ giải quyết đúng hạn (%)", "51,8", "49,1", "-2,7"),
    ("a)", "Hồ sơ quá hạn của xã (%)", "11,8", "40,3", "28,5"),
    ("III", "Dịch vụ công trực tuyến (điểm)", "20,0", "8,5", "-11,5"),
]


def test_numbers_before_their_names_are_written_row_by_row():
    by_rows = lines_of([cell for row in ROWS for cell in row])
    by_columns = lines_of([row[at] for at in range(5) for row in ROWS])
    assert counted_in_levels(by_rows) and counted_row_by_row(by_rows)
    assert counted_in_levels(by_columns) and not counted_row_by_row(by_columns)


def test_a_section_below_a_subtotal_opens_no_table_where_rows_are_counted_in_levels():
    numbers = iter(("1.1", "1.2", "1.3", "2.1", "2.2", "2.3"))
    plain = (FEES + BOOKS).split("\n")
    counted = [
        text for line in plain for text in ([next(numbers), line] if line.startswith("Vé ") else [line])
    ]
    assert len(parted_at_heads(lines_of(plain))) == 2
    assert len(parted_at_heads(lines_of(counted))) == 1
