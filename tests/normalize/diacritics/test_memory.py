"""What a text and its capitals say of a word, and what the model is credited with beside its corpus."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.diacritics import Repairer
from normalize.diacritics.case import CaseCosts
from normalize.diacritics.lm import BITS
from normalize.diacritics.memory import Memory
from normalize.diacritics.spelling import SPECIALS, bare
from normalize.diacritics.train.collect_collocations import collect
from normalize.diacritics.train.credit import capital_shares, credited, credits
from normalize.diacritics.train.registers import written_parts

WORDS = [*SPECIALS, "lớn", "lợn", "xã"]
BIG, PIG, COMMUNE = 4, 5, 6
UNIGRAM = [-9.0, -9.0, -9.0, -9.0, math.log(0.009), math.log(0.001), math.log(0.02)]


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return Repairer.load()


def test_words_read_surely_elsewhere_are_raised_and_those_like_them_lowered() -> None:
    raised = Memory(WORDS, UNIGRAM).recall({PIG: 6})
    assert raised[PIG] > 1.0
    assert raised[BIG] < 0.0
    assert COMMUNE not in raised  # no other word has its letters


def test_a_text_without_sure_readings_raises_nothing() -> None:
    assert Memory(WORDS, UNIGRAM).recall({}) == {}


@given(st.integers(0, 500), st.integers(0, 500))
def test_memory_goes_no_farther_than_it_may_and_follows_the_greater_number(big: int, pig: int) -> None:
    raised = Memory(WORDS, UNIGRAM).recall({BIG: big, PIG: pig})
    assert all(abs(more) <= 3.0 for more in raised.values())
    more_pigs = Memory(WORDS, UNIGRAM).recall({BIG: big, PIG: pig + 1})
    assert more_pigs[PIG] >= raised[PIG]


def test_a_word_of_the_text_is_known_where_its_own_context_says_little(repairer: Repairer) -> None:
    """`con lợn` in every other line; `tam cho lon` alone was `tạm cho lớn`."""
    lines = ["Tiêu hủy 47 con lợn nái, 20 con lợn thịt của 3 hộ nuôi lợn."] * 4 + [
        "Số lợn ấy bán cho hộ khác."
    ]
    assert repairer.repair_lines([bare(line) for line in lines])[-1].text == lines[-1]


def test_the_case_of_a_print_speaks_for_names() -> None:
    costs = CaseCosts.of(np.array([1, 1, 1, 1, 2, 200, 60], dtype=np.uint8))
    assert costs is not None
    capital, small = costs.costs("Lon"), costs.costs("lon")
    assert capital is not None and capital[PIG] > capital[BIG]
    assert small is not None and small[BIG] > small[PIG]
    assert costs.costs("UBND") is None and costs.costs("1a") is None
    assert CaseCosts.of(np.zeros(0, dtype=np.uint8)) is None


def test_foreign_words_do_not_spoil_the_word_before_them(repairer: Repairer) -> None:
    """`xã` before a syllable that the model lacks was `xa`."""
    assert repairer.repair_lines(["UBND xa Zzuoq Wrang da bao cao ket qua thuc hien"])[0].text.startswith(
        "UBND xã "
    )


def test_a_d_read_as_a_sign_at_the_end_of_a_sentence_is_a_word(repairer: Repairer) -> None:
    """`@at.` was taken for an address."""
    line = "Chuyén nhwong quyén sir dung @at va tai san gan lién voi @at."
    assert repairer.repair_lines([line])[0].text.endswith("đất và tài sản gắn liền với đất.")


def test_places_of_other_peoples_are_known_syllable_by_syllable(repairer: Repairer) -> None:
    line = "UBND xã Ia Krêl báo cáo kết quả thực hiện nhiệm vụ tháng 9"
    assert repairer.repair_lines([bare(line)])[0].text == line


def test_collocations_are_pairs_of_syllables() -> None:
    features = ["   7: T[-1,0].lower=dịch tễ", "   8: T[-2,0]=đã xảy", "   9: T[0,1]=1 xã", "  10: T[0]=hoà"]
    found = collect(["thậm chí", "xe đạp điện", "acid", "hoà bình"], features)
    assert found == {
        ("dịch", "tễ"): 3, ("hòa", "bình"): 5, ("thậm", "chí"): 5, ("xe", "đạp"): 5, ("đạp", "điện"): 5,
    }  # fmt: skip


def test_credits_count_pairs_and_their_words() -> None:
    ids = {word: number for number, word in enumerate(WORDS)}
    words, pairs = credits(ids, ["lợn xã"], {("lợn", "lớn"): 5.0, ("lợn", "voi"): 5.0}, ["Lớn Xã"])
    assert set(pairs) == {(PIG << BITS) | BIG, (PIG << BITS) | COMMUNE}
    assert words[PIG] > words[COMMUNE] > words[BIG] > 0


def test_a_credited_level_keeps_what_was_counted() -> None:
    level = (np.array([3, 9], dtype=np.uint64), np.array([2, 1]), np.array([4, 1]))
    keys, counts, seen = credited(level, {9: 3.0, 5: 2.0})
    assert keys.tolist() == [3, 5, 9]
    assert counts.tolist() == [2.0, 2.0, 4.0]
    assert seen.tolist() == [4.0, 2.0, 4.0]


def test_capitals_are_counted_within_sentences_only() -> None:
    lines = ["Xã Lợn có lợn lớn. Xã ấy có lợn lớn", "XÃ LỢN"]
    shares = capital_shares(lines * 50, WORDS, ["Lớn"], [])
    assert shares[COMMUNE] < 10 < shares[PIG] < 130
    assert 50 < shares[BIG] < 150


def test_what_templates_say_themselves_has_no_slots() -> None:
    assert not any("<" in part or ">" in part for part in written_parts())
