"""The command line as an archivist uses it: dates, names, languages, which files are read."""

import io

import pytest
from PIL import Image

from emit.frames import indicator_table
from model.errors import NothingReadError
from normalize.dates import printed_day
from pipeline.run.said import language
from pipeline.settings import ranges_of, told_ranges
from tests.test_cli import REPORT, read_csv, reports, run  # noqa: F401


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("31/10/2024", "2024-10-31"),
        ("1.9.2024", "2024-09-01"),
        ("10/2024", "2024-10"),
        ("2024-10-31", "2024-10-31"),
        ("2024", "2024"),
        ("gestern", "gestern"),
    ],
)
def test_days_as_people_write_them(typed, iso):
    assert printed_day(typed) == iso


def test_a_day_of_vietnam_is_taken(reports, tmp_path):  # noqa: F811
    assert run("place", "Điềm Mặc", "--within", "Định Hóa", "--as-of", "31/10/2024").exit_code == 0
    assert run("place", "Điềm Mặc", "--as-of", "31/13/2024").exit_code == 2


def test_a_province_that_nobody_knows_is_refused_with_the_nearest(reports, tmp_path):  # noqa: F811
    answer = run("run", reports, "--out", tmp_path / "csv", "--province", "Thái Nguyen Moi")
    assert answer.exit_code == 2
    assert "Thái Nguyên" in answer.output
    assert not (tmp_path / "csv").exists()


@pytest.mark.parametrize(
    "name", ["Thái Nguyên", "thai nguyen", "tỉnh Thái Nguyên", "Hà Giang", "TP. Hồ Chí Minh"]
)
def test_provinces_of_today_and_before_are_known(reports, tmp_path, name):  # noqa: F811
    assert run("run", reports, "--out", tmp_path / "csv", "--province", name, "--dry-run").exit_code == 0


def test_an_unknown_place_ends_with_1_in_the_language_asked_for():
    answer = run("place", "Xyzzy Qwrt", "--lang", "vi")
    assert answer.exit_code == 1
    assert "không có đơn vị hành chính nào" in answer.output


@pytest.mark.parametrize(
    ("given", "environ", "lang"),
    [
        ("vi", {}, "vi"),
        ("en", {"LANG": "vi_VN.UTF-8"}, "en"),
        ("", {"LANG": "vi_VN.UTF-8"}, "vi"),
        ("", {"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, "en"),
        ("", {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_locales(given, environ, lang):
    assert language(given, environ) == lang


def test_the_end_of_a_run_is_told_in_vietnamese(reports, tmp_path):  # noqa: F811
    answer = run("run", reports, "--out", tmp_path / "csv", "--jobs", 1, "--lang", "vi")
    assert "1 tệp: đã đọc 1" in answer.output
    assert "văn bản" in run("check", tmp_path / "csv", "--lang", "vi").output


def test_a_dry_run_says_what_is_called_pdf_and_is_none(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    Image.new("L", (60, 60), 255).save(folder / "anh.pdf", "TIFF")
    answer = run("run", folder, "--out", tmp_path / "csv", "--dry-run", "--lang", "vi")
    assert answer.exit_code == 12
    assert "anh.pdf: không phải PDF mà là ảnh TIFF" in answer.output
    (folder / "bc.txt").write_text("1\tA\t2\n", "utf-8")
    answer = run("run", folder, "--out", tmp_path / "csv", "--dry-run", "--lang", "vi")
    assert answer.exit_code == 0
    assert "bc.txt (văn bản thô)" in answer.output
    assert "sẽ đọc 1 tệp, bỏ qua 0, không đọc được 1" in answer.output


def test_a_dry_run_names_every_file_and_why_and_writes_nothing(reports, tmp_path):  # noqa: F811
    (reports / "anh.gif").write_bytes(b"GIF89a")
    (reports / ".an.txt").write_text("x", "utf-8")
    (reports / "ban-nhap.txt").write_text("x", "utf-8")
    answer = run("run", reports, "--out", tmp_path / "csv", "--exclude", "ban-*", "--dry-run")
    lines = {line.split()[1].rstrip(":"): line for line in answer.output.splitlines()}
    assert answer.exit_code == 0
    assert lines["dung.txt"].startswith("read")
    assert "--exclude" in lines["ban-nhap.txt"]
    assert "hidden" in lines[".an.txt"]
    assert "not a kind of file" in lines["anh.gif"]
    assert not (tmp_path / "csv").exists()


def test_only_what_is_asked_for_is_read_and_the_rest_is_told(reports, tmp_path):  # noqa: F811
    (reports / "thang-9").mkdir()
    (reports / "thang-9" / "khac.txt").write_text(REPORT.format(odd=51), "utf-8")
    run("run", reports, "--out", tmp_path / "csv", "--jobs", 1, "--include", "thang-9/*")
    status = {d["path"]: (d["status"], d["error"]) for d in read_csv(tmp_path / "csv" / "documents.csv")}
    assert status["thang-9/khac.txt"] == ("ok", "")
    assert status["dung.txt"] == ("skipped", "left out by --include")


def test_a_hidden_file_is_read_where_it_is_named(reports, tmp_path):  # noqa: F811
    hidden = reports / ".an.txt"
    hidden.write_text(REPORT.format(odd=51), "utf-8")
    assert run("run", hidden, "--out", tmp_path / "csv", "--jobs", 1).exit_code == 0


def test_files_with_the_same_bytes_are_said(reports, tmp_path):  # noqa: F811
    (reports / "ban-sao.txt").write_bytes((reports / "dung.txt").read_bytes())
    answer = run("run", reports, "--out", tmp_path / "csv", "--jobs", 1)
    assert "dung.txt is the same as ban-sao.txt" in answer.output


def pages_of(*shades):
    out = io.BytesIO()
    first, *rest = (Image.new("L", (300, 400), shade) for shade in shades)
    first.save(out, "TIFF", save_all=True, append_images=rest)
    return out.getvalue()


def test_only_the_pages_asked_for_are_read(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "anh.tif").write_bytes(pages_of(255, 254, 253, 252))
    answer = run("run", tmp_path / "in", "--out", tmp_path / "csv", "--jobs", 1, "--pages", "2,4-")
    assert answer.exit_code == 0, answer.output
    assert [p["page"] for p in read_csv(tmp_path / "csv" / "pages.csv")] == ["2", "4"]
    answer = run("run", tmp_path / "in", "--out", tmp_path / "csv", "--jobs", 1, "--pages", "9")
    assert answer.exit_code == 12
    assert "none of the pages 9 is there; it has 4" in answer.output


@pytest.mark.parametrize("text", ["1", "1-3", "1-3,7", "5-"])
def test_ranges_of_pages_are_told_as_typed(text):
    assert told_ranges(ranges_of(text)) == text


@pytest.mark.parametrize("text", ["", "0", "3-1", "a", "1-b", "-3"])
def test_what_is_no_range_is_refused(text):
    with pytest.raises(ValueError):
        ranges_of(text)


def test_a_picture_called_a_pdf_is_called_a_picture(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "anh.pdf").write_bytes(pages_of(255))
    answer = run("run", tmp_path / "in", "--out", tmp_path / "csv", "--jobs", 1)
    assert answer.exit_code == 12
    (document,) = read_csv(tmp_path / "csv" / "documents.csv")
    assert "no PDF, but a TIFF picture" in document["error"]


def test_an_indicator_is_found_by_its_name_alone(reports, tmp_path):  # noqa: F811
    run("run", reports, "--out", tmp_path / "csv", "--jobs", 1)
    by_name = indicator_table(tmp_path / "csv", "TỔNG SỐ")
    assert list(by_name.columns) == ["2024-09"] and len(by_name) == 5
    with pytest.raises(NothingReadError) as refused:
        indicator_table(tmp_path / "csv", "số dân")
    assert "trực tuyến" in refused.value.advice
