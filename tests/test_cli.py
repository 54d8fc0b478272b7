"""The command as a user types it: what it prints, what it writes, how it exits."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

ROOT = Path(__file__).resolve().parents[1]
REPORT = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN ĐỊNH HÓA\tĐộc lập - Tự do - Hạnh phúc
Số: 15/BC-UBND\tĐịnh Hóa, ngày 05 tháng 10 năm 2024

BÁO CÁO
Kết quả tiếp nhận hồ sơ tháng 9 năm 2024

PHỤ LỤC. KẾT QUẢ TIẾP NHẬN HỒ SƠ

STT\tĐơn vị\tTổng số\tTrực tuyến\tTrực tiếp
1\tXã Bảo Cường\t120\t100\t20
2\tXã Bảo Linh\t85\t60\t25
3\tXã Bình Thành\t64\t44\t20
4\tXã Bình Yên\t{odd}\t30\t21
5\tXã Bộc Nhiêu\t77\t52\t25
\tTỔNG SỐ\t397\t286\t111
"""


def run(*arguments, **more):
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False, **more)


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "dung.txt").write_text(REPORT.format(odd=51), "utf-8")
    return folder


def test_a_sound_report_ends_with_0_and_every_file(reports, tmp_path):
    out = tmp_path / "csv"
    answer = run("run", reports, "--out", out, "--jobs", 1)
    assert answer.exit_code == 0, answer.output
    for name in ("documents", "tables", "cells", "places", "statements", "flags", "observations"):
        assert (out / f"{name}.csv").is_file()
    assert (out / "datapackage.json").is_file()
    (document,) = read_csv(out / "documents.csv")
    assert (document["number"], document["date"], document["period"]) == (
        "15/BC-UBND",
        "2024-10-05",
        "2024-09",
    )
    places = [p["name"] for p in read_csv(out / "places.csv")]
    assert places == ["Bảo Cường", "Bảo Linh", "Bình Thành", "Bình Yên", "Bộc Nhiêu"]
    total = next(c for c in read_csv(out / "cells.csv") if c["row_kind"] == "total" and c["col"] == "2")
    assert (total["value"], total["status"]) == ("397", "proved")
    assert not [f for f in read_csv(out / "flags.csv") if f["severity"] == "error"]


def test_a_wrong_figure_is_flagged_with_its_figures(reports, tmp_path):
    (reports / "sai.txt").write_text(REPORT.format(odd=57), "utf-8")
    out = tmp_path / "csv"
    answer = run("run", reports, "--out", out, "--jobs", 1, "--fail-on", "error")
    assert answer.exit_code == 10
    flags = [f for f in read_csv(out / "flags.csv") if f["doc_id"] == "sai" and f["severity"] == "error"]
    assert len(flags) == 1, "one fault, one flag"
    assert (flags[0]["row"], flags[0]["col"], flags[0]["found"], flags[0]["expected"]) == (
        "4",
        "2",
        "57",
        "51",
    )
    assert "57" in flags[0]["message"]


def test_one_bad_file_does_not_stop_the_others(reports, tmp_path):
    (reports / "hong.pdf").write_bytes(b"%PDF-1.7 cut off")
    (reports / "rong.txt").write_bytes(b"")
    (reports / "anh.gif").write_bytes(b"GIF89a")
    out = tmp_path / "csv"
    answer = run("run", reports, "--out", out, "--jobs", 1)
    assert answer.exit_code == 11
    status = {d["path"]: d["status"] for d in read_csv(out / "documents.csv")}
    assert status == {"anh.gif": "skipped", "dung.txt": "ok", "hong.pdf": "failed", "rong.txt": "failed"}
    assert "hong.pdf" in answer.stderr
    assert "rong.txt" in answer.stderr


def test_nothing_to_read(tmp_path):
    (tmp_path / "leer").mkdir()
    assert run("run", tmp_path / "leer", "--out", tmp_path / "csv", "--jobs", 1).exit_code == 12
    assert run("run", tmp_path / "missing", "--out", tmp_path / "csv2", "--jobs", 1).exit_code == 12


def test_an_output_folder_that_cannot_be_written(reports, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = run("run", reports, "--out", tmp_path / "file" / "csv", "--jobs", 1)
    assert answer.exit_code == 12
    assert "cannot be written" in answer.stderr


def test_usage_errors_are_clicks_own():
    assert run("run").exit_code == 2
    assert run("run", ".", "--out", "x", "--format", "pickle").exit_code == 2
    assert run("place", "Hà Nội", "--as-of", "gestern").exit_code == 2


def test_status_and_check(reports, tmp_path):
    out = tmp_path / "csv"
    run("run", reports, "--out", out, "--jobs", 1)
    assert "1 read" in run("status", out).output
    assert run("check", out).exit_code == 0
    assert run("check", tmp_path / "nothing").exit_code == 2
    assert run("status", reports).exit_code == 12


def test_place():
    answer = run("place", "Diem Mac", "--within", "Định Hóa", "--as-of", "2024-10")
    assert answer.exit_code == 0
    assert "Điềm Mặc" in answer.output
    assert "05590" in answer.output
    found = json.loads(
        run("place", "Diem Mac", "--within", "Định Hóa", "--as-of", "2024-10", "--json").output
    )
    assert found[0]["successors"]
    nothing = run("place", "Qqqq Zzzz", "--json")
    assert (json.loads(nothing.stdout), nothing.exit_code) == ([], 1)


def test_a_place_both_ways_and_a_column_of_places(tmp_path):
    assert "Nà Ơt" in run("place", "Xã Phiêng Pằn", "--was").output
    assert "Phiêng Pằn" in run("place", "Xã Nà Ớt", "--now").output
    assert run("place", "Qqqq Zzzz", "--now").exit_code == 1
    names = tmp_path / "names.csv"
    names.write_text("số,tên\n1,Xã Nà Ớt\n2,Xã Chiềng Lương\n3,Tổng cộng\n", "utf-8")
    out = tmp_path / "out.csv"
    given = (
        "place",
        "--file",
        names,
        "--column",
        "tên",
        "--within",
        "Sơn La",
        "--as-of",
        "2025-09",
        "--out",
        out,
    )
    answer = run(*given)
    assert (answer.exit_code, "former" in answer.output) == (0, True)
    rows = out.read_text("utf-8-sig").splitlines()
    assert rows[1].startswith("1,Xã Nà Ớt,04162,Nà Ơt,xã,former")
    assert rows[3] == "3,Tổng cộng,,,,,,,,,"
    assert run("place", "--file", names, "--column", "x", "--out", out).exit_code == 12


def test_repair_of_text_and_of_lines():
    assert run("repair", "Uy ban nhan dan tinh").output.strip() == "Ủy ban nhân dân tỉnh"
    lines = "thu tuc hanh chinh\n\nquyet dinh\n"
    answer = run("repair", input=lines)
    assert answer.output.splitlines()[0] == "thủ tục hành chính"
    assert len(answer.output.splitlines()) == 3


def test_doctor_names_every_program():
    answer = run("doctor")
    assert answer.exit_code in (0, 14)
    assert "tesseract" in answer.output


def test_help_loads_nothing_heavy():
    code = "import sys; sys.argv = ['extract', '--help']\ntry:\n import cli; cli.main()\nexcept SystemExit: pass\n"
    code += "heavy = {'cv2', 'numpy', 'pandas', 'pdfplumber', 'onnxruntime', 'rich'} & set(sys.modules)\nassert not heavy, heavy"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "review" in done.stdout


def test_a_set_somebody_corrected_is_kept_when_the_next_run_writes(reports, tmp_path):
    out = tmp_path / "csv"
    run("run", reports, "--out", out, "--jobs", 1)
    cells = (out / "cells.csv").read_text("utf-8-sig")
    corrected = cells.replace(",397,397,397,", ",397,397,398,")
    assert corrected != cells
    (out / "cells.csv").write_text(corrected, "utf-8-sig")
    answer = run("run", reports, "--out", out, "--jobs", 1)
    assert answer.exit_code == 0
    (kept,) = out.glob("corrected-*")
    assert (kept / "cells.csv").read_text("utf-8-sig") == corrected
    assert kept.name in answer.stderr
    assert (out / "cells.csv").read_text("utf-8-sig") == cells


def test_a_set_nobody_touched_is_not_kept(reports, tmp_path):
    out = tmp_path / "csv"
    for _ in range(2):
        run("run", reports, "--out", out, "--jobs", 1)
    assert not list(out.glob("corrected-*"))


def test_a_second_run_says_which_decisions_no_longer_fit(reports, tmp_path):
    from review.decisions import Choice, DecisionStore, Subject
    from review.folder import RunFolder

    (reports / "sai.txt").write_text(REPORT.format(odd=57), "utf-8")
    out = tmp_path / "csv"
    run("run", reports, "--out", out, "--jobs", 1)
    flag = next(f for f in RunFolder(out).flags.values() if f.severity == "error")
    subject = Subject(flag.key, flag.doc_id, flag.sha256, flag.table_id, flag.row, flag.col)
    DecisionStore(out).record("Lan", [Choice(subject, "accept", old="57", new="51")])
    assert "no longer fits" not in run("run", reports, "--out", out, "--jobs", 1).stderr
    (reports / "sai.txt").write_text(REPORT.format(odd=51), "utf-8")
    again = run("run", reports, "--out", out, "--jobs", 1, "--report")
    assert "no longer fits: sai t01" in again.stderr
    assert len(DecisionStore(out).everything()) == 1
    report = (out / "report.html").read_text("utf-8")
    assert "dung" in report
    assert "<script" not in report
