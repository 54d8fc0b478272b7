"""Rows of figures alone, rows that stand in no table, and figures among the words of a column."""

from __future__ import annotations

from extract.dump.bare_rows import bare_drafts
from extract.dump.draft import Draft
from extract.dump.figures_among import with_columns_doubted
from extract.dump.leftover import with_leftover
from extract.dump.lines import SourceLine, source_lines
from extract.dump.pages import read_text
from extract.dump.read import table_drafts
from extract.tables.stitch import stitch

DEPTHS = [(2, 3, 4, 7), (4, 5, 5, 10), (6, 6, 8, 14), (8, 7, 9, 16), (10, 5, 8, 13), (12, 8, 9, 17)]


def _lines(text: str) -> list[SourceLine]:
    pages = [text.split("\n")]
    return source_lines(pages, pages)


def _ranged(torn: bool) -> str:
    rows = []
    for low, *hits in DEPTHS:
        left, right = f"{low},00 - {low},45", " ".join(map(str, hits))
        again = " ".join(str(hit + 1) for hit in hits)
        if torn:
            rows += [f"{low},00 - {low},00 -", f"{right} {again}", f"{low},45 {low},45"]
        else:
            rows.append(f"{left} {right} {left} {again}")
    return (
        "Hố khoan 1 Hố khoan 2\nĐộ sâu Số búa Độ sâu Số búa\n(m) Lần Lần Tổng (m) Lần Lần Tổng\n"
        + "\n".join(rows)
    )


def test_rows_of_ranges_and_figures_are_no_row_of_a_hundred_columns() -> None:
    """Lines without a word were run together into two rows of two hundred columns."""
    below = _ranged(torn=True).split("\n")
    for k in range(3, len(below), 3):  # the row below its ranges, as the file has them
        below[k + 1 : k + 3] = below[k + 2], below[k + 1]
    for text in (_ranged(torn=False), _ranged(torn=True), "\n".join(below)):
        left, right = table_drafts(_lines(text))
        assert left.rows[-1] == ("12,00 - 12,45", "8", "9", "17")
        assert right.rows[-1] == ("12,00 - 12,45", "9", "10", "18")
        assert left.doubts and right.doubts
        assert len(stitch(read_text(text))) == 2  # as wide as each other, they were joined


def test_halves_whose_numbers_count_on_are_two_tables() -> None:
    rows = [f"{k} {1000 + k} {1020 + k} 24 {k + 5} {1500 + k} {1520 + k} 23" for k in range(1, 6)]
    left, right = bare_drafts(_lines("\n".join(["Phòng Từ Đến Số Phòng Từ Đến Số", *rows])))
    assert [row[0] for row in (*left.rows, *right.rows) if row[0].isdigit()] == [str(k) for k in range(1, 11)]


def test_rows_beside_one_with_a_name_are_left_to_others() -> None:
    rows = "\n".join(f"{k} 12 14 16" for k in range(21, 27))
    assert not bare_drafts(_lines(f"Tên Cũ Mới Còn\nTổng cộng 60 70 80\n{rows}\n"))


def test_rows_of_a_name_and_an_amount_stand_in_a_table() -> None:
    """A table of two columns under no title was running text, and its figures stood nowhere."""
    text = (
        "Khoản chi Số tiền (triệu đồng)\nTiền công 335,19\nĐiện, nước 51,50\nSửa chữa 116,09\nCộng 502,78\n"
    )
    (table,) = table_drafts(_lines(text))
    assert [row[-1] for row in table.rows[table.header_rows or 0 :]] == [
        "335,19",
        "51,50",
        "116,09",
        "502,78",
    ]


def test_rows_with_figures_between_words_stand_in_a_flagged_table() -> None:
    days = "\n".join(f"1{k}/4 Nhà văn hóa xã {k}0{k} 1.{k}02 Bệnh viện tỉnh - Khoa {k}" for k in range(2, 7))
    (table,) = with_leftover([], _lines(f"Ngày Nơi Số đơn vị Lũy kế Nơi nhận\n{days}\n"))
    assert table.doubts
    assert table.rows[1] == ("12/4 Nhà văn hóa xã", "202", "1.202", "Bệnh viện tỉnh - Khoa 2")


def test_sentences_and_letterheads_are_no_rows() -> None:
    text = (
        "Tổng thu của huyện là 1.204,5\nso với năm trước tăng 204,5\nvà bằng kế hoạch của tỉnh 99,5.\n"
        "Số: 415/BC-UBND\nKính gửi: Sở Tài chính\nNăm nay 2024\nNăm trước 2023\nNăm kia 2022\n"
    )
    assert with_leftover([], _lines(text)) == []


def test_amounts_right_below_a_table_are_its_last_rows() -> None:
    table = Draft((("Tên", "Dài", "Giá"), ("Lớp 1", "12,3", "8,86")), 1, 2, (1, 1), header_rows=1)
    lines = [line for line in _lines("\n\nCộng ma sát 72,99\nSức kháng mũi 14,81\n") if not line.blank]
    (whole,) = with_leftover([table], lines)
    assert whole.rows[-2:] == (("Cộng ma sát", "", "72,99"), ("Sức kháng mũi", "", "14,81"))
    assert whole.doubts and whole.last_line == 4


def _draft(rows: list[tuple[str, ...]]) -> Draft:
    return Draft(tuple(rows), 1, len(rows), (1,) * len(rows), header_rows=0)


def test_a_figure_among_the_words_of_every_row_is_doubted() -> None:
    """A column of heights went into the words beside it: no cell held the figures, no flag told of them."""
    rows = [(str(k), f"Trạm {k} Xã Lộc", f"Dây co {36 + k} Bên thuê") for k in range(5)]
    assert with_columns_doubted(_draft(rows)).doubts
    dated = [(name, label, f"Dây co Bên thuê 0{k}/2022") for k, (name, label, _) in enumerate(rows, 1)]
    assert not with_columns_doubted(_draft(dated)).doubts


def test_groups_of_one_figure_in_two_columns_are_doubted() -> None:
    rows = [
        ("Điều về tỉnh", "881", "288"),
        ("Bán", "298", "500"),
        ("Trợ cấp", "135", "036"),
        ("Tồn", "95", "238"),
    ]
    assert with_columns_doubted(_draft(rows)).doubts
    assert not with_columns_doubted(_draft([(a, b, c.replace("036", "136")) for a, b, c in rows])).doubts
