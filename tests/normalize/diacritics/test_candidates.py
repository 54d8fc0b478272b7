"""Who read a text, and which words are a letter away."""

import pytest

from normalize.diacritics.candidates import reader_of
from normalize.diacritics.nearby import Nearby


@pytest.mark.parametrize(
    ("line", "reader"),
    [
        ("Két qua thuc hién céng tac cai cach hanh chinh", "english"),
        ("Kêt quâ thuc hiên công tâc câi câch hành chinh", "western"),
        ("Kết quả thực hiện công tác cải cách hành chính", "english"),
    ],
)
def test_the_marks_of_a_text_say_who_read_it(line: str, reader: str) -> None:
    """Marks of a reader of Vietnamese are those that were printed, whatever else it misread."""
    assert reader_of([line], "ocr") == reader


def test_nobody_read_a_text_that_lost_its_marks() -> None:
    assert reader_of(["Kêt quâ"], "stripped") == "none"


def test_words_a_letter_away() -> None:
    nearby = Nearby(["thu", "thanh", "than", "tinh", "chanh", "hat"])
    assert nearby.of("thau") == ["than", "thu"]
    assert nearby.of("thanb") == ["than", "thanh"]
    assert nearby.of("tah") == []  # `hat` lacks a letter alike, and stands otherwise
    assert nearby.of("thanh") == ["chanh", "than"]
