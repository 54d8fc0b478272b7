from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pipeline.run.batch import RunOptions, run, status
from pipeline.run.progress import DocumentEvent, JsonLog, Silent
from pipeline.settings import Settings
from pipeline.workers.task import Budget


class Notes(Silent):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[DocumentEvent] = []
        self.pages = 0

    def document(self, event: DocumentEvent) -> None:
        self.events.append(event)

    def page(self) -> None:
        self.pages += 1


def options(**more: object) -> RunOptions:
    given: dict[str, object] = {"reader": "fake_reader", "jobs": 2, "budget": Budget(30, 20, 0)}
    return RunOptions(**(given | more))  # type: ignore[arg-type]


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def rows(out: Path, name: str = "documents") -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and ".extract" not in p.relative_to(folder).parts
    }


def test_every_input_ends_as_read_failed_or_skipped(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="page 1\n", b="fail so what\n", c="locked\n")
    (source / "d.mp3").write_bytes(b"x")
    notes = Notes()
    summary = run([source, tmp_path / "gone"], tmp_path / "out", options(), notes)
    assert (summary.inputs, summary.read, summary.failed, summary.skipped) == (5, 1, 3, 1)
    assert summary.exit_code == 11
    assert {r["doc_id"]: r["status"] for r in rows(tmp_path / "out")} == {
        "a": "ok",
        "b": "failed",
        "c": "failed",
        "d": "skipped",
        "gone": "failed",
    }
    assert len(notes.events) == 5
    assert all(r["error"] for r in rows(tmp_path / "out") if r["status"] != "ok")


def test_an_error_says_what_and_what_to_do_without_paths_of_the_machine(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="locked\n", b=f"fail cannot open {tmp_path}/in/b.txt\n", c="page\n")
    run([source], tmp_path / "out", options())
    locked, other, _ = rows(tmp_path / "out")
    assert locked["error"] == "the file is locked. Remove the password (qpdf --decrypt) and run again."
    assert other["error"].startswith("ValueError: cannot open the file.")


def test_a_crash_costs_its_page_and_is_tried_once_more(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        a="page 1\ncrash\n",
        b=f"page 1\ncrash-once {tmp_path}/flag\n",
        c=f"read-log {tmp_path}/log\nexit\n",
        d="page\n",
    )
    summary = run([source], tmp_path / "out", options())
    assert (summary.read, summary.failed, summary.exit_code) == (4, 0, 11)
    found = {r["doc_id"]: r for r in rows(tmp_path / "out")}
    assert found["a"]["status"] == found["c"]["status"] == "partial"
    assert "page 2" in found["a"]["error"] and "SIGSEGV" in found["a"]["error"]
    assert "page 2" in found["c"]["error"] and "exit status 3" in found["c"]["error"]
    assert found["b"]["status"] == "ok"
    assert len((tmp_path / "log").read_text().split()) == 1, "a page read before the crash is kept"


def statuses(out: Path, name: str) -> list[str]:
    return [p["status"] for p in rows(out, "pages") if p["doc_id"] == name]


def test_a_page_that_fails_costs_itself_not_its_document(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="page 1\nfail bad stream\npage 3\n", b="fail all\nfail of it\n")
    notes = Notes()
    summary = run([source], tmp_path / "out", options(), notes)
    assert (summary.read, summary.failed, summary.exit_code) == (1, 1, 11)
    found = {r["doc_id"]: r for r in rows(tmp_path / "out")}
    assert (found["a"]["status"], found["b"]["status"]) == ("partial", "failed")
    assert found["a"]["error"].startswith("page 2: ValueError: bad stream.")
    assert statuses(tmp_path / "out", "a") == ["text", "failed", "text"]
    assert "no page could be read" in found["b"]["error"]
    assert {e.path for e in notes.events if e.error} == {"a.txt", "b.txt"}
    assert run([source], tmp_path / "out", options()).read_now == 0, "what a page lacks is final"


def test_a_page_over_its_budget_costs_itself(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="page 1\nhang\npage 3\n", b="hang\n", c="page 1\n")
    summary = run([source], tmp_path / "out", options(budget=Budget(30, 1, 0)))
    assert (summary.read, summary.failed, summary.exit_code) == (2, 1, 11)
    assert statuses(tmp_path / "out", "a") == ["text", "failed", "text"]
    found = {r["doc_id"]: r["error"] for r in rows(tmp_path / "out")}
    assert "a page took longer than 1 seconds" in found["a"]
    assert "a page took longer than 1 seconds" in found["b"]


def test_the_budget_of_a_page_ends_with_the_last_page(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="think 1.6\n", b="page 1\nthink 1.6\n", c="page 1\nhang\n")
    summary = run([source], tmp_path / "out", options(budget=Budget(30, 1, 0)))
    assert (summary.read, summary.failed) == (3, 0)
    assert {r["doc_id"]: r["status"] for r in rows(tmp_path / "out")} == {
        "a": "ok",
        "b": "ok",
        "c": "partial",
    }


def test_a_document_over_its_budget_keeps_its_pages_and_is_read_again_under_a_larger_one(
    tmp_path: Path,
) -> None:
    source = write(tmp_path / "in", a="sleep 0.7\n" * 4)
    small, large = options(jobs=1, budget=Budget(1.5, 9, 0)), options(jobs=1, budget=Budget(30, 9, 0))
    assert run([source], tmp_path / "out", small).exit_code == 11
    assert statuses(tmp_path / "out", "a") == ["text", "text", "failed", "failed"]
    notes = Notes()
    assert run([source], tmp_path / "out", small, notes).read_now == 0
    assert notes.events[0].seconds == 0
    assert run([source], tmp_path / "out", large).exit_code == 0


def test_a_slow_taker_of_results_costs_no_document(tmp_path: Path) -> None:
    class Slow(Notes):
        def document(self, event: DocumentEvent) -> None:
            super().document(event)
            if len(self.events) == 1:
                time.sleep(3)

    source = write(tmp_path / "in", **{f"d{n}": f"sleep 0.2\npage {n}\nsleep 0.2\n" for n in range(4)})
    assert run([source], tmp_path / "out", options(budget=Budget(2.5, 1.5, 0)), Slow()).read == 4


def test_memory_is_bounded(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="eat\n", b="page\n")
    summary = run([source], tmp_path / "out", options(jobs=1, budget=Budget(60, 60, 300 << 20)))
    assert summary.read == 1
    assert "300 MB of memory" in rows(tmp_path / "out")[0]["error"]


def test_nothing_is_read_twice(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a=f"read-log {tmp_path}/log\n", b=f"page 2\nread-log {tmp_path}/log\n")
    (source / "copy.txt").write_bytes((source / "a.txt").read_bytes())
    first = run([source], tmp_path / "out", options())
    before = snapshot(tmp_path / "out")
    second = run([source], tmp_path / "out", options())
    assert (first.read, first.read_now, second.read, second.read_now) == (3, 2, 3, 0)
    assert len((tmp_path / "log").read_text().split()) == 2
    assert snapshot(tmp_path / "out") == before
    assert run([source], tmp_path / "out", options(fresh=True)).read_now == 2


def test_other_bytes_or_other_settings_are_read_again(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="page\n", b="page 2\n")
    run([source], tmp_path / "out", options())
    (source / "a.txt").write_text("page other\n")
    assert run([source], tmp_path / "out", options()).read_now == 1
    assert run([source], tmp_path / "out", options(settings=Settings(province="Hà Giang"))).read_now == 2


def test_the_set_is_the_same_whatever_the_number_of_workers(tmp_path: Path) -> None:
    source = write(tmp_path / "in", **{f"d{n}": f"sleep 0.0{n}\n" * (9 - n) for n in range(1, 9)})
    for jobs in (1, 2, 4):
        run([source], tmp_path / f"out{jobs}", options(jobs=jobs))
    assert snapshot(tmp_path / "out1") == snapshot(tmp_path / "out2") == snapshot(tmp_path / "out4")


def test_pages_of_one_document_are_read_by_all_workers_and_in_order(tmp_path: Path) -> None:
    pids = tmp_path / "log"
    source = write(tmp_path / "in", a="\n".join(["sleep 0.15"] * 12 + [f"read-log {pids}"]))
    notes = Notes()
    run([source], tmp_path / "one", options(jobs=1))
    summary = run([source], tmp_path / "two", options(jobs=3), notes)
    assert summary.read == 1
    assert notes.pages == 13
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")
    assert len(pids.read_text().split()) == 2


def test_a_page_that_kills_its_helper_costs_itself(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="\n".join(["sleep 0.2"] * 6 + ["crash"]), b="page\n")
    summary = run([source], tmp_path / "out", options(jobs=3))
    assert (summary.read, summary.failed) == (2, 0)
    assert statuses(tmp_path / "out", "a") == ["text"] * 6 + ["failed"]


def test_the_panel_compares_documents(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        a="value 00985 hồ-sơ 2024-10 12\n",
        b="value 00985 hồ-sơ 2024-10 13\n",
        c="value 00985 hồ-sơ 2024-11 15\n",
    )
    summary = run([source], tmp_path / "out", options())
    flags = rows(tmp_path / "out", "flags")
    assert {(f["doc_id"], f["kind"]) for f in flags} == {("a", "cross_document"), ("b", "cross_document")}
    assert summary.errors + summary.warnings + summary.infos == len(flags)
    assert run([source], tmp_path / "out", options(fail_on="warning")).exit_code in (0, 10)


def test_a_missing_program_ends_with_its_own_code_and_is_tried_again(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="missing\n", b="page\n")
    assert run([source], tmp_path / "out", options()).exit_code == 14
    notes = Notes()
    run([source], tmp_path / "out", options(), notes)
    assert next(e for e in notes.events if e.path == "a.txt").trace


def test_no_input_is_exit_code_12_with_a_whole_set(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run([tmp_path / "in"], tmp_path / "out", options()).exit_code == 12
    assert rows(tmp_path / "out") == []


def test_a_reader_that_cannot_start_is_an_error_not_a_hang(tmp_path: Path) -> None:
    from model.errors import ExtractError

    source = write(tmp_path / "in", a="page\n")
    with pytest.raises(ExtractError, match="no worker can start"):
        run([source], tmp_path / "out", options(reader="no_such_reader"))


def test_two_runs_do_not_write_one_folder(tmp_path: Path) -> None:
    from model.errors import OutputError
    from pipeline.workers.ledger import locked

    source = write(tmp_path / "in", a="page\n")
    with locked(tmp_path / "out"), pytest.raises(OutputError, match="another run"):
        run([source], tmp_path / "out", options())


def test_a_damaged_ledger_is_put_aside(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="page\n")
    run([source], tmp_path / "out", options())
    (tmp_path / "out/.extract/ledger.sqlite").write_bytes(b"this is no database" * 100)
    for side in ("-wal", "-shm"):
        (tmp_path / f"out/.extract/ledger.sqlite{side}").unlink(missing_ok=True)
    assert run([source], tmp_path / "out", options()).read_now == 1


def test_status_tells_how_a_run_ended(tmp_path: Path) -> None:
    source = write(tmp_path / "in", a="page\n", b="locked\n")
    run([source], tmp_path / "out", options())
    found = status(tmp_path / "out")
    assert (found.counts.inputs, found.counts.read, found.counts.failed) == (2, 1, 1)
    assert (found.running, found.ended) == (False, "finished")
    assert found.failures[0][0] == "b.txt"


def test_the_log_is_json_lines(tmp_path: Path) -> None:
    import json

    source = write(tmp_path / "in", a="page\n", b="fail x\n")
    run([source], tmp_path / "out", options(), JsonLog(tmp_path / "log/run.jsonl", clock=lambda: 1.0))
    events = [json.loads(line) for line in (tmp_path / "log/run.jsonl").read_text().splitlines()]
    assert [e["event"] for e in events] == ["began", "document", "document", "writing", "ended"]
    assert "ValueError" in next(e for e in events if e.get("path") == "b.txt")["trace"]


def test_the_bar_shows_documents_pages_pace_and_failures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline.run.progress import Bar, Lines, Several

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    source = write(tmp_path / "in", a="page 1\npage 2\n", b="locked\n")
    said: list[str] = []
    with Bar() as bar:
        run([source], tmp_path / "out", options(), Several(bar, Lines(said.append)))
    shown = capsys.readouterr().err
    assert "2/2" in shown
    assert "2 pages" in shown
    assert "1 failed" in shown
    assert said == ["b.txt: the file is locked. Remove the password (qpdf --decrypt) and run again."]
