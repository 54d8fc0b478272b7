"""What is taken for Vietnamese text of packages, and what is left."""

import json
from pathlib import Path

import pytest

from normalize.diacritics.train.package_texts import is_vietnamese, lines_of, sentences_of


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("Bầy sói kéo về quanh ngôi làng nhỏ", True),
        ("The wolves came back to the small village", False),
        ("Mở file config bằng editor trước khi run", False),  # half of it is not translated
        ("Xoá", False),  # one word says nothing of its neighbours
        ("Mo tep tin trong thu muc", False),  # without marks
    ],
)
def test_vietnamese_throughout(line: str, taken: bool) -> None:
    assert is_vietnamese(line) is taken


def test_sentences_are_parted_and_freed_of_markup() -> None:
    text = "<b>Đã ghi</b> %d tập tin vào _thư mục. Hãy đóng cửa sổ này lại!"
    assert sentences_of(text) == ["Đã ghi 1 tập tin vào thư mục.", "Hãy đóng cửa sổ này lại!"]


def test_files_of_a_package(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"x": ["Ngôi làng yên bình", {"y": "A peaceful village"}]}))
    (tmp_path / "b.html").write_text(
        "<p>Người giữ rừng</p><pre>mã nguồn không đọc</pre><p>Ngôi làng yên bình</p>"
    )
    (tmp_path / "c.mo").write_bytes(b"no catalogue")
    assert lines_of(tmp_path) == ["Ngôi làng yên bình", "Người giữ rừng"]
