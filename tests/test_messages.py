"""Every sentence of the command line is there in both languages, and reaches who asked for it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from extract.kinds import _SIGNATURES, KINDS
from model.errors import ExtractError
from pipeline.doctor import _LIBRARIES
from pipeline.run.help import HELP, METAVARS, in_vietnamese
from pipeline.run.said import _SAID, _templates, in_language, told_in
from pipeline.run.vietnamese import VIETNAMESE
from tests.test_cli import reports, run  # noqa: F401

ROOT = Path(__file__).parents[1]
PACKAGES = ("extract", "normalize", "gazetteer", "checks", "emit", "pipeline", "review", "model")
REFUSALS = {"UsageError", "fail"}
# What a system or a library says is passed on as it is.
OTHERS = {"{}: {}", "no-such-thing"}


def errors():
    """The names of all errors of the program."""
    names = {"ExtractError"}
    tree = ast.parse((ROOT / "model/errors.py").read_text("utf-8"))
    names |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    return names


def template(node, constants):
    """A sentence of the code with `{}` where values stand; None for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    return None


def sentences():
    """Every sentence with which an error is raised, or that is an error's advice, with where it stands."""
    named, found = errors(), {}
    files = [ROOT / "cli.py", *(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))]
    for path in sorted(files):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            node.targets[0].id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        }
        for node in ast.walk(tree):
            given = []
            if isinstance(node, ast.ClassDef) and node.name in named:
                given = [
                    s.value for s in node.body if isinstance(s, ast.Assign) and s.targets[0].id == "advice"
                ]
            elif isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given = node.args[:2] if name in named | REFUSALS else []
            for part in given:
                text = template(part, constants)
                if text and re.search("[A-Za-z]{3}", text):
                    found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def test_every_error_and_advice_has_its_vietnamese():
    missing = {
        text: where for text, where in sentences().items() if text not in VIETNAMESE and text not in OTHERS
    }
    assert missing == {}


def test_the_collection_finds_what_it_should():
    found = sentences()
    assert len(found) > 120
    assert "{}: another run is writing here" in found
    assert "Make room on the disk." in found


@pytest.mark.parametrize("text", sorted({name for _, name in _SIGNATURES} | {kind.name for kind in KINDS}))
def test_kinds_of_files_are_named_in_vietnamese(text):
    own = {"PDF", "Word", "Excel", "Excel 97-2003", "Word 97-2003", "RTF"}  # called so in Vietnamese, too
    assert text in own or text in VIETNAMESE


@pytest.mark.parametrize("text", [use for _, _, use in _LIBRARIES if not use.startswith("--")])
def test_what_the_doctor_says_of_libraries_is_there(text):
    assert in_language("vi", text) != text


@pytest.mark.parametrize("key", _SAID)
def test_both_languages_name_the_same_values(key):
    vietnamese, english = _SAID[key]
    assert set(re.findall(r"\{(\w+)\}", vietnamese)) == set(re.findall(r"\{(\w+)\}", english))


@pytest.mark.parametrize("english", VIETNAMESE)
def test_a_translation_uses_every_value_once(english):
    values = english.count("{}")
    assert sorted(re.findall(r"\{(\d)\}", VIETNAMESE[english])) == [str(n) for n in range(values)]


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("a.pdf: cannot be written (No space left)", "a.pdf: không ghi được (No space left)"),
        ("cells.csv, row 7: this cell stands in row 9 too", "cells.csv, dòng 7: ô này còn đứng ở dòng 9"),
        ("the file is empty. The file has no bytes; copy it again from its source.",
         "tệp rỗng. Tệp rỗng; hãy chép lại từ nguồn."),
        ("took longer than 600 seconds. Raise --timeout, or split the document.",
         "mất hơn 600 giây. Hãy tăng --timeout, hoặc tách văn bản."),
        ("a.txt: ok, 3 pages, 1.2 s", "a.txt: xong, 3 trang, 1.2 giây"),
        ("0 of 300 wrong: at most 1.0 % at 95 %", "sai 0 trên 300: nhiều nhất 1.0 % với độ tin cậy 95 %"),
        ("something else entirely", "something else entirely"),
    ],
)  # fmt: skip
def test_sentences_with_their_values(english, vietnamese):
    assert in_language("vi", english) == vietnamese
    assert in_language("en", english) == english


def test_an_error_is_told_with_its_advice():
    error = ExtractError("/x: only 3 MB are free", "Make room on the disk.")
    assert told_in("vi", error) == "/x: chỉ còn trống 3 MB Hãy dọn chỗ trên đĩa."
    assert told_in("en", error) == "/x: only 3 MB are free Make room on the disk."


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (("run", "--lang", "vi"), "thiếu"),
        (("run", "x", "--out", "y", "--nonsense", "--lang=vi"), "không có tùy chọn"),
        (("check", "/no/such/folder", "--lang", "vi"), "không có thư mục"),
        (("place", "--lang", "vi"), "Hãy cho một địa danh"),
        (("audit", "--size", "x", "--lang", "vi", "/"), "không phải là số nguyên"),
        (("run", "x", "--out", "y", "--pages", "x", "--lang", "vi"), "không phải là dãy trang"),
    ],
)
def test_a_wrong_call_is_refused_in_vietnamese(call, says):
    answer = run(*call)
    assert answer.exit_code == 2
    assert says in answer.output
    assert "Error" not in answer.output and "Usage" not in answer.output


def test_the_locale_decides_where_nobody_asks(monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert "không có lần đọc nào đã xong" in run("review", tmp_path).output
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "no finished run here" in run("review", tmp_path).output


def test_the_doctor_speaks_vietnamese():
    answer = run("doctor", "--lang", "vi")
    assert "cách khắc phục" in answer.output and "how to mend it" not in answer.output


def test_every_command_that_speaks_takes_the_language():
    from cli import main

    for name, command in main.commands.items():
        options = {p.name for p in command.params}
        assert "lang" in options, name
    assert isinstance(main, click.Group) and _templates()


def helps():
    """Every command with its path, and every text of its help."""
    from cli import main

    for name, command in [("", main), *main.commands.items()]:
        yield name, " ".join((command.help or "").split())
        for param in command.params:
            if isinstance(param, click.Option):
                yield f"{name} {param.opts[0]}", param.help or ""


@pytest.mark.parametrize(("where", "text"), list(helps()))
def test_every_text_of_help_has_its_vietnamese(where, text):
    assert text in HELP, where


def test_no_vietnamese_of_a_help_is_left_without_its_english():
    click_own = {"Show this message and exit.", "Show the version and exit."}
    assert set(HELP) - {text for _, text in helps()} == click_own - {text for _, text in helps()}


def commands():
    from cli import main

    return ["", *main.commands]


@pytest.mark.parametrize("name", commands())
@pytest.mark.parametrize("asked", ["before", "after", "locale"])
def test_help_is_in_the_language_asked_for(name, asked, monkeypatch):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8" if asked == "locale" else "C.UTF-8")
    words = [name] if name else []
    call = {
        "before": ["--lang", "vi", *words, "--help"],
        "after": [*words, "--help", "--lang=vi"],
        "locale": [*words, "-h"],
    }[asked]
    told = run(*call).output
    assert told.startswith("Cách dùng: ") and "Tùy chọn:" in told
    assert not re.search("Usage|Options|Commands|default|required|TEXT|INTEGER|DIRECTORY|FOLDER|Show", told)


@pytest.mark.parametrize("name", commands())
def test_help_stays_english_where_nobody_asks(name, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    told = run(*([name] if name else []), "--help").output
    assert told.startswith("Usage:") and "Cách dùng" not in told
    assert "Cách dùng" not in run("--lang", "en", *([name] if name else []), "--help").output


def test_english_is_asked_for_in_a_vietnamese_locale(monkeypatch):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert run("run", "--lang", "en", "--help").output.startswith("Usage:")


def test_the_language_of_the_call_is_that_of_its_command(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "không có lần đọc nào đã xong" in run("--lang", "vi", "review", tmp_path).output
    assert "no finished run here" in run("--lang", "vi", "review", tmp_path, "--lang", "en").output


@pytest.mark.parametrize("english", METAVARS)
def test_what_stands_for_a_value_is_put_into_vietnamese(english):
    assert in_vietnamese(f"-x {english}") == f"-x {METAVARS[english]}"


def test_a_wrong_day_is_refused_in_the_language_of_the_call(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "không phải là ngày" in run("--lang", "vi", "place", "x", "--as-of", "y").output
    assert "is no date" in run("place", "x", "--as-of", "y").output


def test_places_are_listed_in_the_language_of_the_call():
    listed = run("place", "Chiềng Mai", "--lang", "vi").output
    assert "đơn vị" in listed and "within" not in listed
    became = run("place", "Chiềng Ban", "--now", "--lang", "vi").output
    assert "sáp nhập" in became and "merged" not in became
