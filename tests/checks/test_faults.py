"""Faults seeded into made-up tables: who is blamed, what is put right, and that sure print stays."""

from __future__ import annotations

import random
from math import fsum, isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import faults
from benchmarks.fault_kinds import drawn, origins, outcomes
from benchmarks.fault_oracle import Oracle
from benchmarks.fault_tables import covered, document_of, forms, gold_tables, made_up_tables
from checks import check_document
from checks.search.slips import digits_of
from model.table import Table


def run(kind: str, mode: str, trials: int = 40) -> faults.Score:
    """Trials of one kind of fault, in cells that two relations cover where it can stand there."""
    bench = faults.bench_of(list(made_up_tables(4, 11)), 11)
    score, _ = next(faults.seed_faults(bench, kind, mode, trials))
    return score


@pytest.mark.parametrize("kind", ["digit", "mark", "swap"])
def test_misreadings_are_named_and_put_right(kind: str) -> None:
    score = run(kind, "confidences")
    assert score.first >= 0.95 * score.tried
    # Nine in ten misreadings are doubted; both cells of an exchange (in 0.81 of them)
    # must be for them to be put back.
    assert score.right >= (0.65 if kind == "swap" else 0.8) * score.tried
    assert score.wrong == 0


def test_the_culprit_is_named_without_confidences_too() -> None:
    score = run("digit", "alike")
    assert score.first >= 0.95 * score.tried
    assert score.wrong == 0


@pytest.mark.parametrize("kind", ["typed", "added"])
def test_sure_print_is_never_changed(kind: str) -> None:
    score = run(kind, "sure")
    assert score.first >= 0.95 * score.tried
    assert score.right == 0
    assert score.wrong == 0


def test_gold_tables_are_found_where_they_are(tmp_path: Path) -> None:
    assert list(gold_tables(tmp_path)) == []


@pytest.mark.parametrize("form", list(forms(1, 3)), ids=lambda table: table.table_id)
def test_a_form_holds_and_is_covered(form: Table) -> None:
    """The forms of the benchmark have no fault of their own, and relations prove most of their figures."""
    assert not [f for f in check_document(document_of(form)).flags if f.severity != "info"]
    figures = sum(c.value is not None for row in form.body for c in document_of(form).tables[0].cells())
    assert figures
    assert len(covered(form)) >= form.n_rows


AMOUNTS = st.integers(1, 10**7).map(lambda n: f"{n:,}".replace(",", "."))
SCORES = st.integers(100, 10**4).map(lambda n: f"{n / 100:.2f}".replace(".", ","))


@given(st.one_of(AMOUNTS, SCORES), st.sampled_from(["digit", "typed", "added"]), st.integers(0, 99))
def test_a_fault_is_drawn_from_odds_that_can_be_turned_round(text: str, kind: str, seed: int) -> None:
    found = outcomes(text, kind)
    assert isclose(fsum(found.values()), 1.0) or kind == "typed"  # what changes nothing is no fault
    said = drawn(text, kind, random.Random(seed))
    assert said is not None
    assert said != text
    assert digits_of(text).lstrip("0") in {digits_of(t).lstrip("0") for t in origins(said, kind)}


@pytest.mark.parametrize(
    ("text", "bare"), [("97,88", ["9788"]), ("1.250,5", ["12505"]), ("412", []), ("-0,3", ["-03"])]
)
def test_a_lost_mark(text: str, bare: list[str]) -> None:
    assert list(outcomes(text, "mark")) == bare


def test_an_oracle_knows_what_two_relations_tell_and_not_what_one_leaves_open() -> None:
    table = next(iter(made_up_tables(1, 5)))
    oracle, covers = Oracle(table), covered(table)
    texts = {spot: table.rows[spot[0]][spot[1]].text for spot in covers}
    spot = next(s for s, n in covers.items() if n > 1 and texts[s].isdigit() and s[1] == 3)
    said = drawn(texts[spot], "digit", random.Random(1)) or ""
    assert oracle.told({spot: said})
    assert oracle.ceiling(texts, covers, spot, said, "digit") == 1.0
    row = [s for s in covers if s[0] == spot[0] and s[1] in (2, 3, 4)]
    assert 0.0 < oracle.ceiling(texts, row, spot, said, "digit") <= 1.0
    assert not oracle.told({spot: texts[spot]})
