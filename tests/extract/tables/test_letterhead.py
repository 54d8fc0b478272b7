import pytest

from extract.tables.letterhead import is_letterhead, release
from model.page import Grid, GridCell, PageContent, TextLine

HEAD = [
    ["ỦY BAN NHÂN DÂN\nHUYỆN MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
    ["Số: 12/BC-UBND", "Mẫu, ngày 05 tháng 10 năm 2024"],
]
FOOT = [["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"]]


def grid(rows):
    cells = tuple(GridCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Grid(1, "text", len(rows), len(rows[0]), cells)


@pytest.mark.parametrize("rows", [HEAD, FOOT])
def test_blocks_of_a_letter_are_lines(rows):
    page = PageContent(1, 0, 0, "text", (TextLine("trên", 1, 7), grid(rows), TextLine("dưới", 1, 20)))
    lines = release(page).lines
    assert not release(page).grids
    assert lines[0].text == "trên"
    assert lines[1].number == 8
    said = " ".join(line.text for line in lines)
    for row in rows:
        for text in row:
            assert all(part in said for part in text.splitlines()), "not a word is lost"


SIGNED = [["Nơi nhận:\n- Chính phủ;", "CHỦ TỊCH", ""], ["- Lưu: VT.", "— _ -", "78"]]


def test_a_stroke_of_the_signature_read_as_a_figure_makes_no_table():
    assert is_letterhead(grid(SIGNED))
    assert not is_letterhead(grid([*SIGNED, ["", "12", "15"]]))


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Đơn vị", "Số hồ sơ"], ["1", "Xã Mẫu", "12"]],
        [["Nội dung", "Ghi chú"], ["Số: theo công văn", "đã gửi"]],
        [["Nơi nhận hồ sơ", "Bộ phận Một cửa"], ["Thời hạn", "Ba ngày"]],
        [["Căn cứ", "Nghị định số: 30/NĐ-CP"], ["Ngày 5", "ngày 05 tháng 10 năm 2024"], ["Số lượng", "12"]],
    ],
)
def test_tables_stay_tables(rows):
    assert not is_letterhead(grid(rows))
