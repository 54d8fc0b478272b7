from model.table import Cell, Table
from pipeline.language import mend_tables


def table(*texts, anchor=None):
    cells = tuple(Cell(0, c, t, t, is_header=True, anchor=anchor or (0, c)) for c, t in enumerate(texts))
    return Table("t01", "", "text", 1, (cells,))


def test_labels_are_repaired_with_a_record():
    (mended,), _ = mend_tables([table("Tong so ho so tiep nhan", "12")], damaged=True)
    cell = mended.rows[0][0]
    assert cell.text == "Tổng số hồ sơ tiếp nhận"
    assert cell.raw == "Tong so ho so tiep nhan"
    assert str(cell.repairs[0]) == "diacritics"
    assert mended.rows[0][1].text == "12"


def test_copies_of_a_spanning_cell_stay_copies():
    (mended,), flags = mend_tables(
        [table("Két qua giai quyét", "Két qua giai quyét", anchor=(0, 0))], damaged=True
    )
    texts = {cell.text for cell in mended.rows[0]}
    assert len(texts) == 1
    assert len(flags) <= 1


def test_sound_documents_are_not_touched():
    sound = table("Tổng số hồ sơ", "Ghi chú")
    assert mend_tables([sound], damaged=False) == ([sound], [])


def test_a_misread_figure_is_no_word_to_mend():
    (mended,), flags = mend_tables([table("g11", "S3.1O8", "Huyen Tu Ky")], damaged=True)
    assert [c.text for c in mended.rows[0]][:2] == ["g11", "S3.1O8"]
    assert not any(f.col in (0, 1) for f in flags)


def test_what_totals_are_called_is_known_and_not_guessed():
    names = ("Tong cong", "CONG", "tong so ", "Cong ty may")
    rows = tuple((Cell(r, 0, "", ""), Cell(r, 1, name, name)) for r, name in enumerate(names))
    (mended,), flags = mend_tables([Table("t01", "", "text", 1, rows)], damaged=True)
    assert [row[1].text for row in mended.rows] == ["Tổng cộng", "CỘNG", "Tổng số", "Công ty may"]
    assert str(mended.rows[0][1].repairs[0]) == "diacritics"
    assert not any(f.row < 3 for f in flags)


def test_days_of_work_are_no_totals():
    """`cong` as a unit behind a name, or as a heading, is what the words around say."""
    cells = (Cell(0, 0, "Phat co", "Phat co"), Cell(0, 1, "cong", "cong"))
    (mended,), _ = mend_tables([Table("t01", "", "text", 1, (cells,))], damaged=True)
    assert mended.rows[0][1].text == "công"
