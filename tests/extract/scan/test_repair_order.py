"""The one ordered list of repairs: what each says of itself, and that nothing read is lost by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.readings import CellReading
from extract.scan.repairs import order
from extract.scan.repairs.marks import MarkReader
from extract.scan.repairs.order import PAGE_REPAIRS, PageRepair, repaired
from model.page import Reading

TEXTS = st.sampled_from(
    [
        "STT",
        "Tỷ lệ ( )",
        "S0 với",
        "I",
        "H",
        "III",
        "a)",
        "4)",
        "5,2",
        "5.1",
        "Xã Hòa",
        "12",
        "",
    ]
)


def test_every_repair_says_what_it_does_and_what_it_costs():
    assert len({repair.name for repair in PAGE_REPAIRS}) == len(PAGE_REPAIRS)
    for repair in PAGE_REPAIRS:
        assert repair.looks_at and repair.may_change and repair.cost > 0


@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_what_was_read_stays_beside_what_it_became(texts):
    readings = [CellReading(text, 0.7, engine="tesseract") for text in texts]
    for old, new in zip(readings, repaired([(k, 0) for k in range(len(texts))], readings, None), strict=True):
        if new.text != old.text:
            assert new.alternatives[0].text == old.text and new.alternatives[0].cost > 0
        else:
            assert new == old


@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_repairs_made_twice_change_no_more(texts):
    readings = [CellReading(text, 0.7, engine="tesseract") for text in texts]
    places = [(k, 5) for k in range(len(texts))]
    once = repaired(places, readings, None)
    assert [r.text for r in repaired(places, once, None)] == [r.text for r in once]


def test_marks_weighed_word_by_word_are_not_weighed_again_without_the_reader_s_surety():
    marks = MarkReader.load()
    texts = ["thịt lợn mông sấn loại 3"] * 2
    readings = [CellReading(text, 0.99, settled=k == 0) for k, text in enumerate(texts)]
    found = repaired([(0, 2), (1, 2)], readings, marks)
    assert found[0].text == texts[0]
    assert found[1].text != texts[1]  # a reader of marks less sure


def test_a_text_that_two_repairs_changed_keeps_only_what_was_read(monkeypatch):
    def adding(sign):
        return PageRepair(
            sign, "all", "the end", 2.0, lambda _, readings, __: [r.text + sign for r in readings]
        )

    monkeypatch.setattr(order, "PAGE_REPAIRS", (adding("a"), adding("b")))
    (found,) = repaired([(0, 5)], [CellReading("Tỷ lệ ", 0.7, engine="tesseract")], None)
    assert found.text == "Tỷ lệ ab"
    assert found.alternatives == (Reading("Tỷ lệ ", 2.0, "tesseract"),)


@pytest.mark.parametrize(("column", "text"), [(0, "II"), (5, "H")])
def test_only_the_first_columns_number_rows(column, text):
    texts = ["I", "H", "III", "IV"]
    readings = [CellReading(t, 0.7, doubtful=t == "H", engine="tesseract") for t in texts]
    found = repaired([(k, column) for k in range(4)], readings, None)[1]
    assert found.text == text and found.doubtful is (text == "H")
