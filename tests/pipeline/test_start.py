"""What a run loads: a folder of text dumps needs neither picture libraries nor the language model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from normalize.diacritics import Repairer
from normalize.diacritics.candidates import Candidates
from normalize.diacritics.channel import Channel
from normalize.diacritics.lm import own_model
from normalize.diacritics.readers import Reader

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ("cv2", "onnxruntime", "PIL", "pypdfium2", "pdfplumber", "pikepdf")

READ = """
import sys
from model.document import Source
from pipeline.document import read_document, warm_up
from pipeline.settings import Settings
warm_up()
read_document(Source("d", "d.txt", sys.argv[1]), Settings())
print(*sorted(sys.modules))
"""


def loaded(code: str, *args: str) -> set[str]:
    """Modules that a fresh process has loaded after `code`."""
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_text_dump_is_read_without_picture_libraries(tmp_path):
    path = tmp_path / "d.txt"
    path.write_text("| Xã | Hồ sơ |\n| --- | --- |\n| An Bình | 12 |\n", "utf-8")
    assert not loaded(READ, str(path)) & {*PICTURES, "lxml"}


def test_a_module_that_lies_beside_the_documents_is_not_run(tmp_path):
    """Workers had begun their search for modules in the current folder."""
    (tmp_path / "d.txt").write_text("| Xã | Hồ sơ |\n| --- | --- |\n| An Bình | 12 |\n", "utf-8")
    for name in ("gc", "model", "numpy", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(f'{__name__} was run')", "utf-8")
    run = [sys.executable, "-P", "-m", "cli", "run", "d.txt", "--out", "out", "--jobs", "1", "-q"]
    done = subprocess.run(
        run,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_run_starts_its_workers_before_it_loads_the_checks():
    assert "checks" not in loaded("import sys, pipeline.run.command; print(*sys.modules)")


@pytest.mark.parametrize("n", [1, 2])
def test_an_order_of_the_model_is_unpacked_once_and_stays(n):
    orders = own_model().orders
    assert list(orders) == [1, 2, 3, 4]
    assert orders[n] is orders[n]
    assert len(orders[n].keys) == len(orders[n].log_p)


def test_an_order_that_the_model_lacks_is_an_error():
    with pytest.raises(KeyError):
        own_model().orders[9]


def test_proper_text_is_told_without_the_tables_of_damaged_words():
    """They take as long to make as a short text to read."""
    made: list[str] = []

    def channel(reader: Reader) -> Channel:
        made.append(reader)
        return plain._candidates.channel(reader)

    plain = Repairer.load()
    repairer = Repairer(plain._model, Candidates(channel, lambda: ()), plain._made_names)
    assert repairer.damage(["Ủy ban nhân dân xã đã tiếp nhận hồ sơ đúng hạn."]) == 0.0
    assert made == [] and "_names" not in vars(repairer)
    assert repairer.damage(["uy ban nhan dan xa da tiep nhan ho so dung han"]) == 1.0
    assert made == ["english"]


def test_a_run_without_mails_loads_nothing_that_reads_them():
    assert not loaded("import sys, pipeline.run.command; print(*sys.modules)") & {"email", "html"}


def test_a_pdf_without_files_inside_is_found_without_what_parses_pdfs(tmp_path):
    """All of the picture libraries had been loaded for it, before any worker was started."""
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n")
    found = "import sys; from pathlib import Path; from pipeline.ingest import find_inputs\n"
    found += "assert len(find_inputs([Path(sys.argv[1])]).sources) == 1; print(*sys.modules)"
    assert not loaded(found, str(tmp_path)) & {*PICTURES, "numpy"}


def test_a_worker_loads_nothing_that_reads_dumps_before_one_comes():
    warm = "import sys; from pipeline.document import warm_up; warm_up(); print(*sys.modules)"
    assert not {name for name in loaded(warm) if name.startswith("extract.dump")}
