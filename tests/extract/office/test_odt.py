"""OpenDocument texts: lists, tables, notes."""

from __future__ import annotations

import pytest

from extract.office.opendocument.styles import points
from extract.office.opendocument.text import read_odt
from tests.extract.office.make import odf
from tests.extract.office.test_word import lines, page, rows

STYLES = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '</text:list-style><style:style style:name="V" style:family="paragraph"><style:text-properties '
    'fo:font-family=".VnTime"/></style:style><style:style style:name="B" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>'
)


def cell(text: str, props: str = "") -> str:
    return f'<table:table-cell table:style-name="B" {props}><text:p>{text}</text:p></table:table-cell>'


def test_lists_have_the_numbers_that_are_printed(tmp_path):
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    inner = "<text:list>" + item.format("con") + item.format("con") + "</text:list>"
    body = f'<text:list text:style-name="L">{item.format("Một")}<text:list-item><text:p>Hai</text:p>{inner}</text:list-item></text:list>'
    assert lines(odf(tmp_path / "a.odt", "text", body, STYLES)) == ["1. Một", "2. Hai", "a) con", "b) con"]


def test_a_list_without_a_name_is_continued_by_none(tmp_path):
    """Lists that have no id counted on with each other: row numbers of a table began with 5."""
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"

    def listed(attributes, *texts):
        return (
            f'<text:list text:style-name="{attributes}>{"".join(item.format(t) for t in texts)}</text:list>'
        )

    styles = STYLES + STYLES[: STYLES.index("<style:style")].replace('"L"', '"M"')
    body = (
        listed('L"', "a", "b")
        + listed('M" xml:id="m"', "c")
        + listed('M" text:continue-numbering="true"', "d")
        + listed('L"', "e")
        + listed('M" text:continue-list="m"', "f")
    )
    found = lines(odf(tmp_path / "a.odt", "text", body, styles))
    assert found == ["1. a", "2. b", "1. c", "2. d", "1. e", "3. f"]


def test_a_level_that_names_another_and_one_that_is_passed_over(tmp_path):
    """The number above was that of the level passed over: `a.1.` for 2.1."""
    loext = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    forms = [("1", "%1%."), ("a", "%2%)"), ("1", "%1%.%3%.")]
    levels = "".join(
        f'<text:list-level-style-number text:level="{n}" {loext} loext:num-list-format="{shown}" '
        f'style:num-format="{form}" style:num-suffix="." text:display-levels="{min(n, 2)}"/>'
        for n, (form, shown) in enumerate(forms, 1)
    )
    styles = f'<text:list-style style:name="L">{levels}</text:list-style>'
    deep = "<text:list><text:list-item><text:list><text:list-item><text:p>sâu</text:p></text:list-item></text:list></text:list-item></text:list>"
    next_to = "<text:list><text:list-item><text:p>bên</text:p></text:list-item></text:list>"
    body = (
        '<text:list text:style-name="L"><text:list-item><text:p>Một</text:p></text:list-item>'
        f"<text:list-item><text:p>Hai</text:p>{deep}{next_to}</text:list-item></text:list>"
    )
    assert lines(odf(tmp_path / "a.odt", "text", body, styles)) == ["1. Một", "2. Hai", "2.1. sâu", "a) bên"]


def test_tables_spans_and_repeated_cells(tmp_path):
    covered = "<table:covered-table-cell/>"
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("STT", 'table:number-rows-spanned="2"') + cell("Hồ sơ", 'table:number-columns-spanned="2"') + covered
        + "</table:table-row></table:table-header-rows><table:table-row>" + covered + cell("Nhận") + cell("Trả")
        + "</table:table-row><table:table-row>" + cell("1") + cell("5", 'table:number-columns-repeated="2"')
        + "</table:table-row></table:table>"
    )  # fmt: skip
    grid = page(odf(tmp_path / "a.odt", "text", body, STYLES)).grids[0]
    assert rows(grid) == [["STT", "Hồ sơ", "Hồ sơ"], ["STT", "Nhận", "Trả"], ["1", "5", "5"]]
    assert grid.kind == "ruled"


def test_fonts_blanks_notes_and_changes(tmp_path):
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>ghi chú</text:p></text:note-body></text:note>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>đã bỏ</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        f'<text:p text:style-name="V">Céng<text:s text:c="2"/>hoµ{note}</text:p>'
    )
    assert lines(odf(tmp_path / "a.odt", "text", body, STYLES)) == ["Cộng  hoà¹", "¹ ghi chú"]


def test_a_table_in_a_cell_has_columns_of_its_own_width(tmp_path):
    """A table of two columns inside a cell had been taken for more rows of the table around it."""
    styles = "".join(
        f'<style:style style:name="{n}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}"/></style:style>'
        for n, width in (("W", "5.08cm"), ("N", "0.5in"))
    )

    def table(column, *texts):
        cells = "".join(f"<table:table-cell>{text}</table:table-cell>" for text in texts)
        return (
            f'<table:table><table:table-column table:style-name="{column}" table:number-columns-repeated="2"/>'
            f"<table:table-row>{cells}</table:table-row></table:table>"
        )

    inner = table("N", "<text:p>ca sáng</text:p>", "<text:p>18,5</text:p>")
    path = odf(tmp_path / "a.odt", "text", table("W", "<text:p>Bãi</text:p>", inner), styles)
    (block,) = read_odt(path).blocks
    assert block.edges == pytest.approx((0.0, 144.0, 288.0))
    assert block.cells[1].blocks[0].edges == pytest.approx((0.0, 36.0, 72.0))


@pytest.mark.parametrize(
    ("length", "found"),
    [("1in", 72.0), ("12pt", 12.0), ("2.54cm", 72.0), ("", 0.0), ("5", 0.0), ("-1cm", 0.0)],
)
def test_lengths_are_points(length, found):
    assert points(length) == pytest.approx(found)


def test_a_table_in_a_shape_as_libreoffice_writes_it(tmp_path):
    """A table in a text box of Word became elements of LibreOffice's own: its figures were lost, unsaid."""
    loext = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    made = [["Loại", "Số lượng"], ["Máy in", "56.938"]]
    cells = [
        "".join(f"<loext:table-cell><text:p>{text}</text:p></loext:table-cell>" for text in row)
        for row in made
    ]
    inner = "".join(f"<loext:table-row>{row}</loext:table-row>" for row in cells)
    body = f"<text:p>Có:<draw:custom-shape {loext}><loext:table>{inner}</loext:table></draw:custom-shape></text:p>"
    (grid,) = page(odf(tmp_path / "a.odt", "text", body, STYLES)).grids
    assert rows(grid) == made


@pytest.mark.parametrize(
    "hidden",
    [
        '<text:p>thấy<text:span text:style-name="H">999</text:span></text:p>',
        '<text:p>thấy</text:p><text:p text:style-name="P">999</text:p>',
        '<text:p>thấy</text:p><text:section text:display="none"><text:p>999</text:p></text:section>',
    ],
)
def test_hidden_text_is_left_out_and_told(hidden, tmp_path):
    """It ran into the figure it stood behind, as if it were printed."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties text:display="none"/>'
        "</style:style>"
        for name, family in (("H", "text"), ("P", "paragraph"))
    )
    found = page(odf(tmp_path / "a.odt", "text", hidden, styles))
    assert [line.text for line in found.lines] == ["thấy"]
    assert any("chữ ẩn" in note for note in found.notes)
