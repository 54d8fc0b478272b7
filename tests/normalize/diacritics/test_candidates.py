"""Which words are a letter away."""

from normalize.diacritics.nearby import Nearby


def test_words_a_letter_away() -> None:
    nearby = Nearby(["thu", "thanh", "than", "tinh", "chanh", "hat"])
    assert nearby.of("thau") == ["than", "thu"]
    assert nearby.of("thanb") == ["than", "thanh"]
    assert nearby.of("tah") == []  # `hat` lacks a letter alike, and stands otherwise
    assert nearby.of("thanh") == ["chanh", "than"]
