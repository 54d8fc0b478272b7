"""Cells of an .ods that stand alone are read at once; they must come out as those read piece by piece."""

from extract.office.opendocument.sheets import read_ods
from tests.extract.office.make import odf

_LONG = "12345678901234567890123456789012"
_CELLS = (
    ('office:value-type="float" office:value="0.5"', "<text:p>0,50</text:p>"),
    ('office:value-type="float" office:value="7"', "<text:p>007</text:p>"),
    ('office:value-type="float" office:value="007"', "<text:p>007</text:p>"),
    (f'office:value-type="float" office:value="{_LONG}"', f"<text:p>{_LONG}</text:p>"),
    ('office:value-type="float" office:value="1234567"', "<text:p>1.235</text:p>"),
    ('office:value-type="float" office:value="x"', "<text:p>7</text:p>"),
    ('office:value-type="percentage" office:value="12"', "<text:p>12</text:p>"),
    ('office:value-type="date" office:date-value="2024-10-09"', "<text:p>9.10.24</text:p>"),
    ('office:value-type="date"', "<text:p>9.10.24</text:p>"),
    ('office:value-type="string"', "<text:p>Xã A</text:p>"),
    ('office:value-type="string" table:style-name="ruled"', "<text:p>m<text:s/>2</text:p>"),
    ('table:style-name="ruled"', "<text:p/>"),
    ("", "<text:p>a</text:p><text:p>b</text:p>"),
    ("", '<text:p>m<text:span text:style-name="up">2</text:span></text:p>'),
    ("", ""),
    ('table:formula="of:=[.A1]" office:value-type="float" office:value="7"', "<text:p>7</text:p>"),
)


def test_cells_that_stand_alone_are_read_as_those_that_may_be_repeated(tmp_path):
    styles = (
        '<style:style style:name="ruled" style:family="table-cell">'
        '<style:table-cell-properties fo:border="1pt solid"/></style:style>'
    )

    def sheet(name, more):
        cells = "".join(f"<table:table-cell {said}{more}>{held}</table:table-cell>" for said, held in _CELLS)
        rows = f"<table:table-row>{cells}</table:table-row>" * 2
        body = f'<table:table table:name="A"><table:table-column/>{rows}</table:table>'
        (read,) = read_ods(odf(tmp_path / name, "spreadsheet", body, styles))
        return read

    alone, counted = sheet("a.ods", ""), sheet("b.ods", ' table:number-columns-repeated="1"')
    assert alone == counted
    assert len(alone.cells) == 2 * (len(_CELLS) - 1)
