"""Two language models asked as one, and what the capitals of the print change in that."""

from __future__ import annotations

import numpy as np
import pytest

from normalize.diacritics import Repairer
from normalize.diacritics.lm import LanguageModel, everyday_model, own_model
from normalize.diacritics.mixture import Mixture
from normalize.diacritics.spelling import SPECIALS, bare
from normalize.diacritics.train.count_everyday import vocabulary_of
from normalize.diacritics.train.count_ngrams import leveled, smooth, token_stream

LAW = ["kiểm tra tại xã.", "kiểm tra tại huyện.", "báo cáo của xã."] * 5
HOME = ["tài tứ giai nhân.", "xã có lợn.", "con lợn."] * 5
LAW_WORDS = [*SPECIALS, "kiểm", "tra", "tại", "xã", "huyện", "báo", "cáo", "của"]
WORDS = [*LAW_WORDS, "tài", "tứ", "giai", "nhân", "có", "lợn", "con"]


def _model(lines: list[str], words: list[str]) -> LanguageModel:
    stream = token_stream(lines, {word: number for number, word in enumerate(words)})
    return LanguageModel(words, smooth(leveled(stream, 3), len(words)))


@pytest.fixture(scope="module")
def mixture() -> Mixture:
    return Mixture(_model(LAW, LAW_WORDS), _model(HOME, WORDS), 0.5)


def _p(mixture: Mixture, before: str, named: bool = False) -> np.ndarray:
    size = len(mixture.vocabulary)
    contexts = np.full(size, mixture.vocabulary.index(before), dtype=np.uint64)
    found = mixture.log_p(contexts, np.arange(size, dtype=np.uint64), np.full(size, named))
    return np.exp(found)


@pytest.mark.parametrize("before", ["tra", "xã", "tài", "<brk>"])
@pytest.mark.parametrize("named", [False, True])
def test_words_after_a_context_share_one(mixture: Mixture, before: str, named: bool) -> None:
    assert float(_p(mixture, before, named).sum()) == pytest.approx(1.0, abs=0.15)


def test_a_word_that_the_law_lacks_may_stand(mixture: Mixture) -> None:
    assert _p(mixture, "con")[mixture.vocabulary.index("lợn")] > 0.1


def test_a_pair_says_nothing_where_a_name_begins(mixture: Mixture) -> None:
    within, named = (_p(mixture, "tài", flag)[mixture.vocabulary.index("tứ")] for flag in (False, True))
    assert named < within / 5


def test_the_law_s_numbers_of_words_are_the_everyday_ones() -> None:
    """One number a word: the packed n-grams of both models are asked with it."""
    law = own_model().vocabulary
    assert everyday_model().vocabulary[: len(law)] == law


def test_the_vocabulary_takes_written_syllables_dictionaries_and_marked_parts_of_names() -> None:
    words = vocabulary_of(
        ["<unk>", "xã"], ["Lợn xã."] * 4 + ["Trâu."], [("dịch", "tễ")], ["Chư Krêy", "Ia Grai"]
    )
    assert words == ["<unk>", "xã", "dịch", "lợn", "tễ", "trâu", "chư", "krêy"]


@pytest.mark.parametrize(
    "line",
    [
        "Kiểm tra tại Tứ Kỳ và Gia Lộc",
        "Bà con che bạt quanh chuồng, đốt trấu sưởi cho trâu bò",
        "Thuê máy cày, máy gặt làm đất, gặt lúa",
        "Chợ phiên họp ngày mồng 5, mồng 10",
        "Trẻ dưới 1 tuổi được tiêm đủ mũi, uống vitamin A",
    ],
)
def test_everyday_lines_come_back(line: str) -> None:
    assert Repairer.load().repair_lines([bare(line)])[0].text == line
