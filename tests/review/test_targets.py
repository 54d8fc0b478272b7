from dataclasses import replace
from decimal import Decimal

import pytest

from model.document import Metadata, Statement
from model.flag import Flag, read_terms
from model.value import Value
from review.folder import DocumentRow, flag_row
from review.targets import Target, siblings, target_of, written
from tests.review.grids import document, table

ROW = DocumentRow("d", "d.pdf", "00", "ok", "", "", "", "", 1, "", 0)


@pytest.mark.parametrize(
    ("field", "read", "typed", "says"),
    [
        ("number", "/BC-UBND", "123", "123/BC-UBND"),
        ("number", "/BC-UBND", "123/BC-UBND", "123/BC-UBND"),
        ("number", "", "45", "45"),
        ("number", "12/QĐ", "15", "15/QĐ"),
        ("day", "2023", "15/11", "2023-11-15"),
        ("month", "2023", "11", "2023-11"),
        ("day", "2023-11", "15", "2023-11-15"),
        ("day", "2023-11", "5", "2023-11-05"),
        ("day", "2023", "15", ""),  # of which month?
        ("day", "2023-11", "31", ""),  # no such day
        ("month", "2023", "13", ""),
        ("day", "2023", "15/11/2024", "2024-11-15"),
        ("day", "2023", "2023-11-15", "2023-11-15"),
        ("day", "2023", "mười lăm", ""),
        ("", "12", " 1  3 ", "1 3"),
    ],
)
def test_what_is_typed_completes_what_was_read(field, read, typed, says):
    assert written(Target(read, field=field), typed) == says


def row(flag, ident="f1"):
    return flag_row(ROW, ident, flag, "")


def test_day_and_month_are_one_line_of_the_letterhead():
    flags = [
        row(Flag("reading", "warning", "", check=f"letterhead/{part}"), part)
        for part in ("number", "day", "month")
    ]
    assert [f.flag_id for f in siblings(flags[1], flags)] == ["month"]
    found = target_of(replace(document(), metadata=Metadata(date="2024")), flags[1])
    assert (found.field, found.text, found.typed) == ("day", "2024", True)


def test_another_cell_of_the_relation_and_no_other():
    grid = table([["Đơn vị", "Số"], ["A", "1"], ["B", "2"], ["Cộng", "4"]])
    flag = row(
        Flag("total", "error", "", "t01", 3, 1, check="total", terms=read_terms("+t01:1:1 +t01:2:1 -t01:3:1"))
    )
    assert target_of(document(grid), flag).text == "4"
    other = target_of(document(grid), flag, "t01:2:1")
    assert (other.text, other.at) == ("2", "t01:2:1")
    assert target_of(document(grid), flag, "t01:1:0").text == "4"  # no term of it
    assert target_of(document(grid), flag, "../x").text == "4"


def test_a_figure_of_the_prose_is_found_where_it_is_the_only_one():
    statement = Statement(1, 2, "Hồ sơ", Value(Decimal(31)), context="Tiếp nhận 31 hồ sơ")
    flag = row(Flag("prose_sum", "warning", "", page=1, found="31", context="Tiếp nhận 31 hồ sơ"))
    assert target_of(replace(document(), statements=(statement,)), flag).number == 0
    twice = replace(document(), statements=(statement, statement))
    assert target_of(twice, flag).statement is None
