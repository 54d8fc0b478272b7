"""Pages shown in the review are drawn within a budget, whatever the file does to whoever draws it."""

import os
import signal
import time
from pathlib import Path

import pytest
from PIL import Image

from model.errors import DocumentError
from review import renderer
from review.renderer import DrawingError, Renderer


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "a.png"
    Image.new("L", (300, 400), 200).save(path, dpi=(100, 100))
    return path


@pytest.fixture
def drawing():
    made = Renderer()
    yield made
    made.close()


def test_a_page_comes_back_as_it_is_drawn_here(picture, drawing):
    here, there = renderer.drawn(picture, 0), drawing.page(picture, 0)
    assert there.pixels.tolist() == here.pixels.tolist()
    assert (there.width, there.height) == (here.width, here.height)


def test_one_child_draws_page_after_page(picture, drawing):
    drawing.page(picture, 0)
    first = drawing._child.pid
    drawing.page(picture, 0)
    assert drawing._child.pid == first


@pytest.mark.parametrize("name", ["gone.png", "text.txt", "broken.pdf"])
def test_what_cannot_be_drawn_is_said_and_the_child_lives_on(name, tmp_path, picture, drawing):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(DocumentError):
        drawing.page(tmp_path / name, 0)
    assert drawing.page(picture, 0).pixels.shape == (400, 300)


def test_a_page_that_hangs_costs_its_child_and_no_more(picture, drawing):
    """A file of 48 kB hung the review, and the report with it."""
    drawing.page(picture, 0)
    os.kill(drawing._child.pid, signal.SIGSTOP)  # what a file that is drawn for ever looks like
    drawing._budget_s = 0.5
    before = time.monotonic()
    with pytest.raises(DrawingError):
        drawing.page(picture, 0)
    assert time.monotonic() - before < 10
    drawing._budget_s = 60.0
    assert drawing.page(picture, 0).pixels.shape == (400, 300)


def test_a_page_that_crashes_its_child_is_said(picture, drawing, monkeypatch):
    monkeypatch.setattr(renderer, "_ENTRY", "import os, sys; sys.stdin.buffer.read(9); os.abort()")
    with pytest.raises(DrawingError):
        drawing.page(picture, 0)
    monkeypatch.undo()
    assert drawing.page(picture, 0).pixels.shape == (400, 300)


@pytest.mark.parametrize("said", ["b'x' * 99", "b'\\xff' * 99", "b'\\0\\0\\0\\2[]' + b'\\0' * 4"])
def test_nonsense_is_not_believed(said, picture, drawing, monkeypatch):
    entry = f"import sys, time; sys.stdin.buffer.read(9); sys.stdout.buffer.write({said}); sys.stdout.flush(); time.sleep(9)"
    monkeypatch.setattr(renderer, "_ENTRY", entry)
    drawing._budget_s = 3.0
    with pytest.raises(DrawingError):
        drawing.page(picture, 0)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
def test_the_child_ends_with_its_renderer(picture):
    made = Renderer()
    made.page(picture, 0)
    pid = made._child.pid
    made.close()
    assert not Path(f"/proc/{pid}").exists()
