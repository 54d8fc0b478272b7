import pytest

from review.folder import FlagRow
from review.worklist import Filter, counts, following, grouped, select


def flag(number, kind="reading", severity="warning", table="t01", row=1, col=2, doc="d"):
    where = (table, row, col, 1, None)
    return FlagRow(f"f{number}", doc, "00", *where, kind, severity, "", "", "", "", "cell", (), "")


def test_the_table_with_the_gravest_fault_comes_first_and_whole():
    flags = [flag(1, table="t01"), flag(2, "total", "error", "t02"), flag(3, table="t02")]
    assert [f.flag_id for f in select(flags, Filter(), ())] == ["f2", "f3", "f1"]


@pytest.mark.parametrize(("rows", "entries"), [(2, 2), (3, 1), (9, 1)])
def test_cells_of_one_column_and_one_check_are_one_entry(rows, entries):
    (group,) = grouped([flag(r, row=r) for r in range(rows)])
    assert len(group.entries) == entries


def test_whole_tables_are_never_one_entry():
    (group,) = grouped([flag(n, "structure", row=None, col=None) for n in range(4)])
    assert len(group.entries) == 4


def test_counts_follow_the_other_filters():
    flags = [flag(1), flag(2, "total", "error"), flag(3, doc="e"), flag(4, "total", doc="e")]
    found = counts(flags, Filter(kind="total"), {"d#f2"})
    assert found["document"] == {"e": 1}
    assert found["kind"] == {"reading": 2, "total": 1}


@pytest.mark.parametrize(
    ("key", "decided", "postponed", "wanted"),
    [
        ("d#f1", {"d#f1"}, set(), "d#f2"),
        ("d#f3", {"d#f3"}, set(), "d#f1"),
        ("d#f1", {"d#f1", "d#f2"}, set(), "d#f3"),
        ("d#f1", {"d#f1"}, {"d#f2"}, "d#f3"),
        ("d#f3", {"d#f1", "d#f3"}, {"d#f2"}, "d#f2"),
        ("d#f1", {"d#f1", "d#f2", "d#f3"}, set(), ""),
    ],
)
def test_what_comes_next_is_open_and_what_is_put_off_comes_last(key, decided, postponed, wanted):
    flags = [flag(n, row=n) for n in (1, 2, 3)]
    assert following(flags, key, decided, postponed) == wanted
