"""Letters without their marks, looked up one by one, are those of the decomposed word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.repairs.marks import horned
from normalize.diacritics.spelling import bare


@pytest.mark.parametrize(
    ("word", "plain", "with_horns"),
    [
        ("Đường", "Duong", "Dʊʊng"),
        ("HUYỆN", "HUYEN", "HUYEN"),
        ("ươ", "uo", "ʊʊ"),
        ("a\u0301o", "ao", "ao"),
        ("kg/m²", "kg/m²", "kg/m²"),
        ("", "", ""),
    ],
)
def test_marks_are_taken_off(word, plain, with_horns):
    assert bare(word) == plain
    assert horned(word) == with_horns


@given(st.text())
def test_a_bare_text_is_the_decomposed_one_without_its_marks(text):
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    assert bare(text) == "".join(c for c in parts if not unicodedata.combining(c))
