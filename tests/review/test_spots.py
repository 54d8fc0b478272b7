"""A long text word by word: what is in doubt, what else it may be, what is proposed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.repairs.marks import MarkReader
from model.document import RunningLine
from model.page import Reading
from model.table import Cell, Table
from model.value import Repair
from pipeline.tools import repairer
from review.spots import MOST, Language, is_long, words_of
from review.wording import Wording, aligned
from tests.review.grids import document

TWIN = "Nộp hồ sơ tại bộ phận một cửa của ủy ban nhân dân xã trước ngày làm việc cuối cùng của tháng"


@cache
def language():
    return Language(repairer(), MarkReader.load())


def cell_of(text, alternatives=(), repairs=()):
    return Cell(
        1,
        0,
        text,
        text,
        status="doubtful",
        alternatives=tuple(Reading(t, 1.0, "numbers") for t in alternatives),
        repairs=tuple(Repair("diacritics", old, text, "") for old in repairs),
    )


def words(text, alternatives=(), others=(), repairs=()):
    """The words of a text among `others` of its document."""
    cell = cell_of(text, alternatives, repairs)
    rows = ((Cell(0, 0, "Nội dung", "Nội dung", True),), (cell,))
    lines = tuple(RunningLine(1, None, other, other) for other in others)
    made = replace(document(Table("t01", "", "ruled", 1, rows)), running=lines)
    return words_of(cell, Wording.of(made), language())


def rivals(found):
    return {w.text: w.rivals for w in found if w.rivals}


def proposed(found):
    return "".join(w.put + w.gap if w.put else "" for w in found)


def test_a_figure_that_two_readers_read_differently_is_the_only_doubt():
    text = "Đường liên thôn số 5, đoạn từ cầu đến ngã ba chợ và trường học"
    found = words(text, (text.replace("5,", "6,"),))
    assert list(rivals(found)) == ["5,"]
    assert rivals(found)["5,"][0] == "6,"
    assert set(rivals(found)["5,"]) == {"6,", "3,"}  # and what prints like a 5
    assert proposed(found) == text


def test_a_figure_that_only_one_reader_saw_may_be_none():
    text = "Đường liên thôn 7 đoạn từ cầu đến ngã ba chợ và trường học"
    assert rivals(words(text, (text.replace("7 ", ""),)))["7"][0] == ""


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("16.2020'ND-CP", "16/2020/NĐ-CP"),
        ("072025.11-BTP", "07/2025/TT-BTP"),
        ("07 2025 ND-CP", "07/2025/NĐ-CP"),
        ("02/2020TT-BTP,", "02/2020/TT-BTP,"),
        ("281/2016/QD-UBND.", "281/2016/QĐ-UBND."),
    ],
)
def test_the_symbol_of_an_act_is_formed_as_it_is_written(read, wanted):
    text = f"Căn cứ văn bản số {read} của cơ quan có thẩm quyền về việc này"
    found = words(text)
    assert [w.put for w in found if w.rivals] == [wanted]
    assert proposed(found) == text.replace(read, wanted)


@pytest.mark.parametrize("symbol", ["16/2020/NĐ-CP", "281/2016/TT-BTC,", "5/QĐ-UBND", "31/12/2024"])
def test_a_symbol_that_is_sound_stays(symbol):
    assert rivals(words(f"Căn cứ văn bản số {symbol} của cơ quan có thẩm quyền về việc này")) == {}


def test_the_same_sentence_elsewhere_tells_what_a_word_is():
    garbled = TWIN.replace("hồ sơ", "hò sơ").replace("nhân", "nhản").replace("cuối", "cuòi")
    assert proposed(words(garbled, others=(TWIN,))) == TWIN


def test_other_figures_in_the_same_sentence_are_not_proposed():
    text = TWIN.replace("ngày", "ngày 15")
    found = words(text, others=(TWIN.replace("ngày", "ngày 25"),))
    assert proposed(found) == text


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("(trường hợp 3, 4, 3, Ó, 7, 8) của đối tượng này", "(trường hợp 3, 4, 5, 6, 7, 8) của đối tượng này"),
        ("các trường hợp 9, 10, I1, 13, 14 của đối tượng này", "các trường hợp 9, 10, 11, 13, 14 của đối tượng này"),
        ("ngày 14 tháng ll năm 2016 của Bộ trưởng về việc", "ngày 14 tháng 11 năm 2016 của Bộ trưởng về việc"),
        ("các trường hợp 1, 5, 2, 12, 9, 40 của đối tượng này", "các trường hợp 1, 5, 2, 12, 9, 40 của đối tượng này"),
    ],
)  # fmt: skip
def test_figures_read_as_letters_and_lists_that_count_on(read, wanted):
    assert proposed(words(read)) == wanted


def test_a_list_that_skips_is_left_alone_where_every_figure_was_read_once():
    assert rivals(words("các trường hợp 1, 3, 5, 7, 9 của đối tượng này và khác")) == {}


def test_readers_that_lost_marks_or_tore_words_raise_no_doubt():
    text = "hướng dẫn thi hành một số điều của luật về quản lý công trình"
    assert rivals(words(text, ("huong dẫn thi hanh môt số diều của luât vê quản lý công trình",))) == {}
    assert rivals(words(text, (text.replace("công trình", "=cóng\ntr ình"),))) == {}


def test_words_that_a_reader_ran_together_or_tore_are_one_doubt():
    found = words(
        "một số điều của luật về quảnlý công trình xây dựng này",
        ("một số điều của luật về quản lý công trình xây dựng này",),
    )
    assert rivals(found)["quảnlý"][0] == "quản lý"  # fmt: skip


def test_dashes_of_wide_blanks_go_together_where_a_reader_saw_none_in_one_place():
    text = "Thời gian giải quyết — hồ sơ tại các — cơ quan có thẩm quyền này"
    found = words(text, (text.replace("quyết — hồ", "quyết hồ"),))
    assert proposed(found) == text.replace("— ", "")
    assert proposed(words(text)) == text  # without such a reader they may be print


def test_what_stood_there_before_a_repair_is_a_rival():
    text = "Thôn Lùng Hản, xã Đồi Mẫu, gần trường học và chợ của xã"
    found = words(
        text, repairs=(text.replace("Hản", "Hàn"),), others=("Thôn Lùng Hàn", "Ở Thôn Lùng Hàn có chợ")
    )
    assert "Hàn," in rivals(found)["Hản,"]


def test_strokes_may_be_a_numeral():
    text = "Chi hoạt động số 2 của cả lĩnh vực 1"
    found = words(text, (text[:-2],), others=("Chi của cả lĩnh vực I", "Tổng chi của cả lĩnh vực I"))
    assert "I" in rivals(found)["1"]
    assert "I" in rivals(words(text, (text[:-2],)))["1"]


def test_short_texts_and_figures_are_no_long_texts():
    assert not is_long(cell_of("Xã Suối Mẫu"))
    assert not is_long(cell_of("1 2 3 4 5 6 7 8 9 10"))
    assert is_long(cell_of(TWIN))


WORD = st.text("aăâbcđeêghiIlOo019.,/-ạốÓ'", min_size=1, max_size=8)
TEXT = st.lists(WORD, min_size=1, max_size=14)


@given(TEXT, st.lists(TEXT, max_size=2), st.lists(TEXT, max_size=2))
def test_the_words_are_the_text_and_rivals_are_few_and_other(own, readings, others):
    text = "  ".join(own)
    found = words(text, [" ".join(r) for r in readings], [" ".join(o) for o in others])
    assert "".join(w.text + w.gap for w in found) == text.strip()
    for word in found:
        assert len(word.rivals) <= MOST
        assert word.text not in word.rivals
        assert len(set(word.rivals)) == len(word.rivals)
        assert word.put == word.text or word.put in word.rivals


@pytest.mark.parametrize(
    ("own", "other", "wanted"),
    [
        ("sô 16 ngày", "số 16 ngáy", [((0, 1), "số"), ((2, 3), "ngáy")]),
        ("NĐ-CP ngày", "NĐ- CP ngày", [((0, 1), "NĐ- CP")]),
        ("quảnlý công", "quản lý công", [((0, 1), "quản lý")]),
        ("một hai", "xyz uvw", []),
        ("kèm theo", "thuộc", []),  # had been proposed for it
    ],
)
def test_pieces_are_laid_side_by_side(own, other, wanted):
    found = list(aligned((0, len(own.split())), own.split(), other.split()))
    assert found == wanted
