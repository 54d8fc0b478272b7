from __future__ import annotations

import pytest

from pipeline.run.interim import Interim


def written(run_s: float, document_s: float) -> list[tuple[float, float]]:
    """When the set is written in a run, and what that costs: a millisecond a document."""
    now, documents = 0.0, 0
    found: list[tuple[float, float]] = []

    def write() -> None:
        nonlocal now
        found.append((now, 0.001 * documents))
        now += 0.001 * documents

    interim = Interim(write, lambda: now)
    while now < run_s:
        now += document_s
        documents += 1
        interim.document_done()
    return found


@pytest.mark.parametrize("document_s", [0.02, 0.1, 0.3, 1.5])
def test_no_tenth_of_a_run_but_the_first_is_slower_by_more_than_a_tenth(document_s: float) -> None:
    """In a run of quick documents half of a tenth went into writing the set."""
    for run_s in (60.0, 300.0, 800.0):
        found = written(run_s, document_s)
        for tenth in range(1, 10):
            begin, end = tenth * run_s / 10, (tenth + 1) * run_s / 10
            assert sum(cost for at, cost in found if begin <= at < end) <= 0.12 * run_s / 10


def test_the_first_rows_come_soon_and_of_scans_often() -> None:
    times = [at for at, _ in written(600, 1.5)]
    assert times[0] < 4
    assert len(times) > 10
    assert written(600, 0.02)[0][0] < 3


def test_in_a_long_run_the_set_is_never_much_older_than_a_quarter_of_an_hour() -> None:
    found = written(20_000, 0.02)
    times = [at for at, _ in found]
    assert all(later - at < max(1000, 12 * cost) for (at, cost), later in zip(found, times[1:], strict=False))
    assert len(times) >= 5
    assert sum(cost for _, cost in found) < 0.11 * 20_000


def test_the_set_is_not_written_twice_where_the_last_document_is_done() -> None:
    """A run of one document that took longer than two seconds wrote its set twice, one after the other."""
    now, found = 0.0, []
    interim = Interim(lambda: found.append(now), lambda: now, waiting=lambda: len(found) + now < 10)
    now = 5.0
    interim.document_done()
    assert found == [5.0]
    now = 12.0
    interim.document_done()
    assert found == [5.0]
