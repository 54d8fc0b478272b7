import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.unicode import fold, is_another_word, nfc, squeeze, tone_key

VIETNAMESE = st.text(alphabet="aáàảãạăắặâấđĐeêếiíoôốơờuưứyỷ bcTHỦY", max_size=40)


@pytest.mark.parametrize(
    ("text", "key"),
    [("Đắk Rơ Wa", "dak ro wa"), ("  ĐỊNH\u00a0HÓA ", "dinh hoa"), ("Cư M'gar", "cu m'gar"), ("", "")],
)
def test_fold(text, key):
    assert fold(text) == key


@pytest.mark.parametrize(("a", "b"), [("hòa", "hoà"), ("Thủy", "thuỷ"), ("KHỎE", "khoẻ")])
def test_tone_placement_is_compared_not_rewritten(a, b):
    assert tone_key(a) == tone_key(b)
    assert nfc(a) == a


def test_different_tones_stay_different():
    assert tone_key("hóa") != tone_key("hòa")
    assert tone_key("Phượng") != tone_key("Phụng")


@given(VIETNAMESE)
def test_fold_does_not_care_for_the_form(text):
    assert fold(text) == fold(unicodedata.normalize("NFD", text))
    assert tone_key(text) == tone_key(unicodedata.normalize("NFD", text))


@given(st.text(max_size=40))
def test_squeeze_is_idempotent(text):
    assert squeeze(squeeze(text)) == squeeze(text)


@given(st.text())
def test_fold_forgets_all_marks_of_any_text(text):
    lowered = text.lower().replace("đ", "d").replace("ð", "d")
    parts = unicodedata.normalize("NFD", lowered)
    assert fold(text) == squeeze("".join(c for c in parts if not unicodedata.combining(c)))


@pytest.mark.parametrize(
    ("printed", "meant", "another"),
    [("hôn", "hơn", True), ("đất", "đạt", True), ("ký", "kỳ", True), ("đạt", "đạt", False), ("ĐẠT", "đạt", False),
     ("dat", "đạt", False), ("đat", "đạt", False), ("ky", "kỳ", False)],
)  # fmt: skip
def test_a_word_with_another_mark_is_another_and_lost_marks_tell_nothing(printed, meant, another):
    assert is_another_word(printed, meant) is another
