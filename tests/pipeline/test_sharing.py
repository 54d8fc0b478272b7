"""What the workers of a cluster are told to do, without a cluster: the workers are played here."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.document import Outcome, Source
from pipeline.cluster.sharing import Answer, Order, Sharing, packed, unpacked
from pipeline.coding import CodingError
from pipeline.workers.ledger import Result
from pipeline.workers.task import PART, Done, Task


class Keeper:
    """Pages in memory; counts what is kept twice."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, int], bytes] = {}
        self.twice = 0

    def put_page(self, key: str, number: int, content: bytes) -> None:
        self.twice += (key, number) in self.pages
        self.pages[key, number] = content

    def put_pages(self, key: str, pages: Mapping[int, bytes]) -> None:
        for number, content in pages.items():
            self.put_page(key, number, content)

    def get_page(self, key: str, number: int) -> bytes | None:
        return self.pages.get((key, number))

    def page_numbers(self, key: str) -> set[int]:
        return {n for k, n in self.pages if k == key}


def paged(name: str) -> Task:
    return Task(Source(name, f"{name}.pdf", f"/nowhere/{name}.pdf"), name)


def small(folder: Path, count: int) -> list[Task]:
    found = []
    for n in range(count):
        (folder / f"{n}.txt").write_text("x")
        found.append(Task(Source(str(n), f"{n}.txt", str(folder / f"{n}.txt")), str(n)))
    return found


def ended(task: Task, status: str = "ok", pages: int = 1, seconds: float = 0.0) -> Done:
    outcome = Outcome(task.source, status, error="" if status == "ok" else f"{status} it is", pages=pages)  # type: ignore[arg-type]
    return Done(task, replace(Result.of(outcome), status=status, seconds=seconds))


class Workers:
    """Workers that read documents of so many pages (`lengths`), of which some (`bad`) fail; each page takes
    a second."""

    def __init__(self, lengths: Mapping[str, int], bad: Mapping[str, set[int]]) -> None:
        self.lengths, self.bad = lengths, bad
        self.read: list[tuple[str, int]] = []

    def obey(self, order: Order) -> Answer:
        done, pages = [], {}
        for task in order.tasks:
            number = self.lengths[task.key]
            part = task.part is not None and not set(range(number)) <= set(task.part)
            failed, seconds = None, task.spent
            for n in task.part if part and task.part is not None else range(number):
                if n in order.kept:
                    continue
                seconds += 1
                self.read.append((task.key, n))
                if n in self.bad.get(task.key, ()):
                    failed = n
                    break
                if part:
                    pages[n] = f"{task.key} {n}".encode()
            result = ended(task, PART if part else "ok", number, seconds)
            if failed is not None:
                result = ended(task, f"failed at {failed}", number, seconds)
            done.append(result)
        return Answer(tuple(done), pages)


def play(sharing: Sharing, workers: Workers, draw: random.Random, hands: int) -> Iterator[Done]:
    in_work: list[Order] = []
    while True:
        while len(in_work) < hands and (order := sharing.next_order()) is not None:
            in_work.append(order)
        if not in_work:
            return
        order = in_work.pop(draw.randrange(len(in_work)))
        yield from sharing.take(order, workers.obey(order))


@given(
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=5),
    kept=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 39))),
    bad=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 39)), max_size=4),
    hands=st.integers(1, 9),
    seed=st.integers(0, 99),
)
def test_every_document_ends_once_and_as_one_worker_would_end_it(
    lengths: list[int], kept: set[tuple[int, int]], bad: set[tuple[int, int]], hands: int, seed: int
) -> None:
    of = {str(n): length for n, length in enumerate(lengths)}
    failing = {key: {p for d, p in bad if str(d) == key and (d, p) not in kept} for key in of}
    keeper = Keeper()
    for document, page in kept:
        if page < of.get(str(document), 0):
            keeper.pages[str(document), page] = b"from an earlier run"
    before = set(keeper.pages)
    workers = Workers(of, failing)
    heard: list[Task] = []
    sharing = Sharing(iter([paged(key) for key in of]), keeper, 1e9, heard.append)
    found = list(play(sharing, workers, random.Random(seed), hands))
    assert sorted(d.task.key for d in found) == sorted(of)
    for done in found:
        first_bad = min((p for p in failing[done.task.key] if p < of[done.task.key]), default=None)
        expected = "ok" if first_bad is None else f"failed at {first_bad}"
        assert (done.result.status, done.result.pages) == (expected, of[done.task.key])
        assert done.task.part is None or done.result.status != PART
    assert not before.intersection(workers.read), "a page kept by an earlier run was read again"
    assert keeper.twice == 0
    for done in found:
        told = sum(task.key == done.task.key for task in heard)
        read = sum(key == done.task.key for key, _ in workers.read)
        assert told == read if done.result.status == "ok" else told <= read
    if not any(failing.values()):
        assert len(workers.read) == len(set(workers.read)), "a page was read twice"


def test_where_a_page_fails_no_more_are_handed_out_and_one_worker_finds_the_first_that_does() -> None:
    workers = Workers({"a": 40}, {"a": {6, 21}})
    sharing = Sharing(iter([paged("a")]), Keeper(), 600.0)
    first = sharing.next_order()
    assert first is not None
    list(sharing.take(first, workers.obey(first)))
    parts = [order for order in (sharing.next_order() for _ in range(5)) if order is not None]
    assert [order.tasks[0].part for order in parts[::4]] == [(4, 5, 6, 7), (20, 21, 22, 23)]
    for order in reversed(parts):
        assert list(sharing.take(order, workers.obey(order))) == []
        assert order is parts[0] or sharing.next_order() is None
    last = sharing.next_order()
    assert last is not None
    assert last.tasks[0].part is None
    assert set(last.kept) == {0, 1, 2, 3, 4, 5, *range(8, 21)}
    (done,) = sharing.take(last, workers.obey(last))
    assert (done.result.status, done.result.pages) == ("failed at 6", 40)


def test_pages_kept_by_an_earlier_run_are_not_handed_out() -> None:
    keeper = Keeper()
    keeper.pages = {("a", n): b"kept" for n in range(5, 30)}
    workers = Workers({"a": 32}, {})
    sharing = Sharing(iter([paged("a")]), keeper, 600.0)
    parts = []
    while (order := sharing.next_order()) is not None:
        parts.append(order.tasks[0].part)
        done = list(sharing.take(order, workers.obey(order)))
    assert parts == [(0, 1, 2, 3), (4, 30, 31), None]
    assert done[0].result.status == "ok"


def test_a_documents_budget_is_of_work_whoever_does_it() -> None:
    """Over it, no more pages are handed out: one worker puts the document together from those kept, and is
    told that nothing is left to spend."""
    workers = Workers({"a": 40}, {})
    sharing = Sharing(iter([paged("a")]), Keeper(), 30.0)
    orders = []
    while (order := sharing.next_order()) is not None:
        orders.append(order)
        list(sharing.take(order, workers.obey(order)))
    (last,) = (o for o in orders if o.tasks[0].part is None)
    assert last is orders[-1]
    assert last.tasks[0].spent > 30.0
    assert 0 < len(last.kept) < 40


def test_small_documents_go_together_when_they_turn_out_quick(tmp_path: Path) -> None:
    tasks = small(tmp_path, 60)
    sharing = Sharing(iter([*tasks, paged("large")]), Keeper(), 600.0)
    together = []
    while (order := sharing.next_order()) is not None and order.tasks[0].key != "large":
        together.append(len(order.tasks))
        list(sharing.take(order, Answer(tuple(ended(t, seconds=0.03) for t in order.tasks))))
    assert together[0] == 1
    assert 4 <= max(together) <= 8
    assert sum(together) == 60
    assert order is not None
    assert order.tasks[0].part == (0, 1, 2, 3)


def test_small_documents_that_are_slow_go_one_by_one(tmp_path: Path) -> None:
    sharing = Sharing(iter(small(tmp_path, 20)), Keeper(), 600.0)
    while (order := sharing.next_order()) is not None:
        assert len(order.tasks) == 1
        list(sharing.take(order, Answer((ended(order.tasks[0], seconds=2.0),))))


def test_who_was_with_a_document_that_kills_machines_is_read_alone(tmp_path: Path) -> None:
    tasks = small(tmp_path, 3)
    sharing = Sharing(iter(()), Keeper(), 600.0)
    assert list(sharing.lost(Order(tuple(tasks)))) == []
    orders = [sharing.next_order() for _ in range(3)]
    assert [order.tasks for order in orders if order is not None] == [(t,) for t in tasks]
    (done,) = sharing.lost(Order((tasks[1],)))
    assert (done.result.status, done.result.final) == ("failed", False)
    assert "several machines" in done.result.error


def test_pages_that_come_after_their_document_has_ended_are_dropped() -> None:
    keeper, workers = Keeper(), Workers({"a": 12}, {})
    sharing = Sharing(iter([paged("a")]), keeper, 600.0)
    first = sharing.next_order()
    assert first is not None
    list(sharing.take(first, workers.obey(first)))
    second, third = sharing.next_order(), sharing.next_order()
    assert second is not None
    assert third is not None
    assert len(list(sharing.lost(second))) == 1
    before = dict(keeper.pages)
    assert list(sharing.take(third, workers.obey(third))) == []
    assert keeper.pages == before
    assert sharing.next_order() is None


def test_an_answer_travels_as_data_and_nothing_else_is_taken_for_one() -> None:
    task = Task(Source("a", "a.pdf", "a.pdf", "0" * 64), "key", part=(0, 3), spent=1.5)
    answer = Answer((ended(task), ended(replace(task, part=None), seconds=0.1)), {3: b"\x00page", 0: b"x"})
    assert unpacked(packed(answer)) == answer
    for nonsense in (b"", b"[]", pickle.dumps(answer), b"[[],[[0]]]"):
        with pytest.raises(CodingError):
            unpacked(nonsense)
