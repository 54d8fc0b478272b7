"""The marks of an issuer's name, which readers of scans put as the commoner word has them."""

from collections import Counter
from datetime import date

import pytest

from model.document import Metadata
from model.page import PageContent
from normalize.unicode import fold
from pipeline.letterhead_names import with_units_names
from pipeline.tools import gazetteer

DAY = date(2005, 7, 14)
READ = Metadata(issuer="Ủy ban nhân dân xã Vĩnh Thái", parent_issuer="UBND huyện Phú Vảng", place="Vĩnh Thái")


def page(source):
    return PageContent(1, 595.0, 842.0, source, ())


def test_the_commune_of_its_district_is_spelt_as_it_is():
    found = with_units_names(READ, [page("ocr")], DAY)
    assert found.issuer == "Ủy ban nhân dân xã Vinh Thái"
    assert (found.parent_issuer, found.place) == ("UBND huyện Phú Vang", "Vinh Thái")


@pytest.mark.parametrize(
    ("source", "parent"),
    [("text-layer", "UBND huyện Phú Vảng"), ("ocr", ""), ("ocr", "UBND huyện Vĩnh Linh")],
)
def test_typed_text_and_names_that_nothing_tells_apart_stay(source, parent):
    read = Metadata(issuer=READ.issuer, parent_issuer=parent, place=READ.place)
    assert with_units_names(read, [page(source)], DAY) == read


def test_a_typed_letter_before_scanned_annexes_stays():
    assert with_units_names(READ, [page("text-layer"), page("ocr")], DAY) == READ


def marked_communes(province):
    known = gazetteer()
    return [
        c.name
        for district in known.children(province, DAY)
        for c in known.children(district, DAY)
        if c.type == "xã" and fold(c.name) != c.name.lower()
    ]


def test_a_name_that_two_units_of_a_province_bear_is_left_as_read():
    tried = Counter()
    for province in gazetteer().children("", DAY):
        for name, times in Counter(map(fold, marked_communes(province))).items():
            read = name.title()
            parent = f"Ủy ban nhân dân {province.type} {province.name}"
            own = gazetteer().own_names(f"Ủy ban nhân dân xã {read}", parent, DAY)
            assert times == 1 or own == {}
            tried[times > 1, bool(own)] += 1
    assert tried[True, False] > 10 and tried[False, True] > 1000
