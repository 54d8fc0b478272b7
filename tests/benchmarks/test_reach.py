"""Functions that an input enters are told from those that none does."""

from __future__ import annotations

from pathlib import Path

from benchmarks.reach import Place, entered, functions, reached, report


def test_what_is_entered_is_noted_and_nothing_after() -> None:
    def inner() -> None: ...

    def outer() -> None:
        inner()

    codes: set = set()
    with entered(codes):
        outer()
    assert {outer.__code__, inner.__code__} <= codes
    codes.clear()
    outer()
    assert not codes


def test_a_text_reaches_the_room_of_dumps_and_not_that_of_scans(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Số: 12/BC-UBND\n\nSTT | Xã | Số hộ\n1 | Lam | 12\n2 | Hồng | 7\n", "utf-8")
    files = {name for name, _ in reached(file, 60)}
    assert any(name.startswith("extract/dump/") for name in files)
    assert not any(name.startswith("extract/scan/prepare/") for name in files)
    known = {(p.file, p.line) for p in functions()}
    assert len({place for place in reached(file, 60) if place in known}) > 100


def test_a_file_that_cannot_be_read_still_tells(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.4 nothing")
    assert any(name.startswith("extract/") for name, _ in reached(file, 60))


def test_the_report_tells_none_from_one() -> None:
    places = [Place("a.py", 1, "f", 5), Place("a.py", 9, "g", 7), Place("b.py", 1, "h", 2)]
    told = report(places, {("a.py", 1): {"x.txt"}, ("b.py", 1): {"x.txt", "y.txt"}})
    assert told.splitlines() == [
        "lines of functions: 2 reached by two documents or more, 5 by one alone, 7 by none",
        "none     7 a.py g",
        "x.txt     5 a.py f",
    ]
