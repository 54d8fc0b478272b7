"""Who read a text, by the marks that it wrote."""

import pytest

from normalize.diacritics.readers import Readers, marks_written

_WRITTEN = {
    "french": "âââôôêêéàä",
    "german": "äääööü",
    "spanish": "áááóóéúí",
    "italian": "éééààòù",
    "portuguese": "ááôôêêãâó",
}


def _tables(language: str) -> dict[str, dict[str, dict[str, int]]]:
    return {
        "units": {"x": {letter: _WRITTEN[language].count(letter) for letter in _WRITTEN[language]}},
        "words": {},
    }


@pytest.fixture(scope="module")
def readers() -> Readers:
    return Readers(_tables)


@pytest.mark.parametrize(
    ("line", "reader"),
    [
        ("Két qua thuc hién céng tac cai cach hanh chinh", "english"),
        ("Kêt quâ thuc hiên công tâc câi câch hành chinh, phât triên", "french"),
        ("Ket quä thuc hien cöng täc cäi cäch hänh chinh", "german"),
        ("Két quá thuc hién cóng tác cái cách hánh chính", "spanish"),
        ("Két quà thuc hién còng tàc cài càch hành chinh", "italian"),
        ("Kết quả thực hiện công tác cải cách hành chính", "english"),
    ],
)
def test_the_marks_of_a_text_say_who_read_it(readers: Readers, line: str, reader: str) -> None:
    """Marks of a reader of Vietnamese are those that were printed, whatever else it misread."""
    assert readers.of([line], "ocr") == reader


def test_nobody_read_a_text_that_lost_its_marks(readers: Readers) -> None:
    assert readers.of(["Kêt quâ"], "stripped") == "none"


@pytest.mark.parametrize(
    "line",
    [
        "Kêt qua thuc hiên công tac",  # three marks, which two languages have
        "Ket quå thuc hien cöng tåc cåi cåch hånh chinh",  # Swedish
    ],
)
def test_marks_of_no_one_language_are_of_some_western_reader(readers: Readers, line: str) -> None:
    assert readers.of([line], "ocr") == "western"


def test_each_mark_has_its_share_of_those_that_a_reader_writes() -> None:
    tables = {"units": {"ồ": {"ô": 6, "o": 30, "Ô": 2}, "ế": {"ê": 8, "éê": 2}}}
    assert marks_written(tables) == pytest.approx({"ô": 8 / 20, "ê": 10 / 20, "é": 2 / 20})
