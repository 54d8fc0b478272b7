import csv
import json
import random
from dataclasses import replace
from decimal import Decimal

import pytest

from emit import write_set
from model.document import Outcome, Source
from model.flag import Flag
from model.table import Cell, Column, Table
from model.value import Value
from pipeline.run.audit import Audit, Quality, agrees, answers_of, population, quality_of, write_quality
from tests.review.make_run import document

COLUMNS = (Column(0, ("Đơn vị",), "label"), Column(1, ("Số hồ sơ",), "count", "count"))


def figure_table(figures, statuses=None):
    """A header and a row a figure."""
    head = tuple(
        Cell(0, c, t, t, is_header=True, anchor=(0, c)) for c, t in enumerate(("Đơn vị", "Số hồ sơ"))
    )
    rows = [head]
    for r, figure in enumerate(figures, start=1):
        value = Value(Decimal(figure), unit="count")
        status = statuses[r - 1] if statuses else "read"
        name = f"Đội số {r}"
        cell = Cell(r, 1, str(figure), str(figure), value=value, anchor=(r, 1), status=status)
        rows.append((Cell(r, 0, name, name, anchor=(r, 0)), cell))
    return Table("t01", "Biểu", "ruled", 1, tuple(rows), COLUMNS)


def a_set(folder, figures, flags=(), statuses=None):
    source = Source("bao-cao", "bao-cao.txt", "", "ab" * 32)
    whole = replace(document(source, False), tables=(figure_table(figures, statuses),), flags=tuple(flags))
    write_set([Outcome(source, "ok", whole, pages=1)], folder)
    return folder


def flag(row, col, severity="warning", table="t01"):
    return Flag("reading", severity, "Khó đọc.", table, row, col, check="reading")


def test_only_figures_under_no_flag_are_drawn(tmp_path):
    flags = [flag(1, 1), flag(2, None), flag(4, 1, "info")]
    a_set(tmp_path, [10, 20, 30, 40], flags, ["read", "read", "proved", "read"])
    assert [i.row for i in population(tmp_path, "figures")] == [3, 4]
    assert [i.row for i in population(tmp_path, "proved")] == [3]
    assert list(population(tmp_path, "places")) == []


@pytest.mark.parametrize("place", [(None, 1), (None, None)])
def test_a_flag_on_a_column_or_table_covers_its_figures(tmp_path, place):
    a_set(tmp_path, [10, 20], [flag(*place)])
    assert list(population(tmp_path, "figures")) == []


@pytest.mark.parametrize(
    ("answer", "same"), [("1204", True), ("1.204", True), (" 1 204", True), ("1240", False), ("không", False)]
)
def test_an_answer_agrees_however_it_is_typed(tmp_path, answer, same):
    a_set(tmp_path, [1204])
    (item,) = population(tmp_path, "figures")
    assert agrees(item, answer) is same


def test_an_audit_goes_on_where_it_was_and_a_further_one_draws_others(tmp_path):
    a_set(tmp_path, range(100, 160))
    first = Audit(tmp_path, "figures", 20, 7, "Lan")
    drawn = [i.key for i in first.items]
    for item in first.items[:8]:
        first.judge(item, item.reading, "right")
    again = Audit(tmp_path, "figures", 20, 7, "Lan")
    assert (again.done, [i.key for i in again.items]) == (8, drawn[8:])
    other = Audit(tmp_path, "figures", 20, 8, "Minh")
    assert len(other.items) == 20 and not {i.key for i in other.items} & set(drawn[:8])


def test_answers_are_kept_and_quality_is_told(tmp_path):
    a_set(tmp_path, range(100, 160))
    audit = Audit(tmp_path, "figures", 30, 1, "Lan")
    for n, item in enumerate(list(audit.items)):
        audit.judge(item, "9" if n == 0 else item.reading, ("wrong", "unread", "right")[min(n, 2)])
    quality = write_quality(tmp_path)["figures"]
    assert (quality.read, quality.wrong, quality.unread) == (29, 1, 1)
    assert quality.sentence().startswith("1 of 29 wrong: at most 15.3 % at 95 %")
    told = json.loads((tmp_path / "quality.json").read_text("utf-8"))
    assert told["figures"]["wrong"] == 1 and told["figures"]["by_source"]["text"]["read"] == 29
    with (tmp_path / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["verdict"] for r in rows][:3] == ["wrong", "unread", "right"] and len(rows) == 30
    assert quality_of(answers_of(tmp_path)) == quality


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.2])
def test_the_interval_covers_the_true_rate_of_seeded_errors_95_times_of_100(tmp_path, rate):
    """600 figures, some of them read wrongly; 100 audits of 120 of them with seeds of their own."""
    truth = list(range(1000, 1600))
    chance = random.Random(3)
    wrong = set(chance.sample(range(len(truth)), round(rate * len(truth))))
    a_set(tmp_path, [figure + 7 if n in wrong else figure for n, figure in enumerate(truth)])
    everything = list(population(tmp_path, "figures"))
    covered = below = 0
    for seed in range(100):
        drawn = sorted(everything, key=lambda i, s=seed: i.drawn_by(s))[:120]
        found = sum(not agrees(i, str(truth[i.row - 1])) for i in drawn)
        quality = Quality(120, found, 0)
        covered += quality.interval[0] <= rate <= quality.interval[1]
        below += rate <= quality.upper
    assert covered >= 95 and below >= 95
