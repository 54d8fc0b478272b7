import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.lookalikes import from_lookalikes, strokes


@pytest.mark.parametrize(
    ("read", "meant"),
    [("1O5,Sl", "105,51"), ("Z.B4G", "2.846"), ("¡!|", "111"), ("12,5", "12,5"), ("hồ sơ", "hồ 5ơ")],
)
def test_letters_that_stand_for_figures(read: str, meant: str) -> None:
    assert from_lookalikes(read) == meant


@pytest.mark.parametrize(
    ("read", "shape"),
    [("H", "II"), ("IH", "III"), ("l", "I"), ("Vl", "VI"), ("ỊV", "IV"), ("xI", "XI"), ("a", ""), ("12", "")],
)
def test_letters_that_stand_for_strokes(read: str, shape: str) -> None:
    assert strokes(read) == shape


@given(st.text(max_size=10))
def test_length_is_kept_and_figures_stay(text: str) -> None:
    changed = from_lookalikes(text)
    assert len(changed) == len(text)
    assert all(b == a for a, b in zip(text, changed) if a.isdigit())
