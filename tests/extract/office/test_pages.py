"""A text body as a page: what stands where."""

from extract.office.content import OfficeTable, Paragraph, Run, TableCell, TextBody
from extract.office.pages import page_of
from extract.tables.stitch import stitch


def said(text):
    return Paragraph((Run(text),))


def table(rows, ruled=True):
    cells = tuple(
        TableCell(r, c, 1, 1, blocks if isinstance(blocks, tuple) else (said(blocks),), ruled)
        for r, row in enumerate(rows)
        for c, blocks in enumerate(row)
    )
    return OfficeTable(len(rows), len(rows[0]), cells)


HEAD = ["Chỉ tiêu", "Tháng 8", "Tháng 9"]
LEFT = table([HEAD, ["Thành lập mới", "12", "15"], ["Giải thể", "3", "4"]])
RIGHT = table([HEAD, ["Khai sinh", "40", "38"], ["Khai tử", "9", "11"]])


def test_tables_side_by_side_under_the_same_header_are_two_each_with_its_caption():
    """The second was taken for the first's continuation: neither a line nor a page stood between them."""
    one_row = table([[(said("Biểu 1. Doanh nghiệp"), LEFT), (said("Biểu 2. Hộ tịch"), RIGHT)]], ruled=False)
    two_rows = table([["Biểu 1. Doanh nghiệp", "Biểu 2. Hộ tịch"], [(LEFT,), (RIGHT,)]], ruled=False)
    for layout in (one_row, two_rows):
        found = stitch([page_of(TextBody((layout,)))])
        assert [(t.title, t.n_rows) for t in found] == [("Biểu 1. Doanh nghiệp", 3), ("Biểu 2. Hộ tịch", 3)]


def test_a_letterhead_beside_a_table_stays_lines():
    layout = table([["Ủy ban nhân dân", "Cộng hòa"], ["Số: 5", "Độc lập"]], ruled=False)
    page = page_of(TextBody((layout, LEFT)))
    assert len(page.lines) == 2 and len(page.grids) == 1
