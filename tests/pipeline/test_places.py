from dataclasses import replace
from datetime import date

import pytest

from model.document import Metadata
from model.flag import Flag
from model.table import Cell, Column, Table
from pipeline import places
from pipeline.places import resolve_places, without_named
from pipeline.settings import Settings
from pipeline.tools import gazetteer

DAY = date(2024, 10, 31)
ISSUER = Metadata(issuer="Ủy ban nhân dân huyện Định Hóa", place="Định Hóa", date="2024-10-31")
COMMUNES = [
    "Xã Bảo Cường",
    "Xã Bảo Linh",
    "Xã Bình Thành",
    "Xã Bình Yên",
    "Xã Bộc Nhiêu",
    "Xã Điềm Mặc",
    "Xã Định Biên",
]


def table(names, sure=False, raws=None):
    raws = raws or names
    header = (
        Cell(0, 0, "STT", "STT", True, anchor=(0, 0)),
        Cell(0, 1, "Đơn vị", "Đơn vị", True, anchor=(0, 1)),
    )
    body = [
        (
            Cell(r, 0, str(r), str(r), anchor=(r, 0), sure=sure),
            Cell(r, 1, raw, name, anchor=(r, 1), sure=sure),
        )
        for r, (name, raw) in enumerate(zip(names, raws), start=1)
    ]
    columns = (Column(0, ("STT",), "ordinal"), Column(1, ("Đơn vị",), "label"))
    kinds = ("header",) + ("body",) * len(body)
    return Table("t01", "", "ruled", 1, (header, *body), columns, kinds)


def resolve(*args, **more):
    return resolve_places([table(*args, **more)], ISSUER, [], DAY, Settings())


def test_a_place_column_is_named_and_its_slips_are_written_right():
    resolved = resolve([*COMMUNES[:5], "Xã Điem Mặc", COMMUNES[6]])
    ((_, mentions),) = resolved.mentions
    assert [m.unit.name for m in mentions][5] == "Điềm Mặc"
    cell = resolved.tables[0].rows[6][1]
    assert (cell.text, cell.raw) == ("Xã Điềm Mặc", "Xã Điem Mặc")
    assert str(cell.repairs[0]).startswith("place:")
    assert resolved.tables[0].columns[1].role == "place"


def test_words_run_together_are_still_places():
    resolved = resolve([*COMMUNES[:5], "XãĐiềm Mặc", COMMUNES[6]])
    ((_, mentions),) = resolved.mentions
    assert mentions[5].unit.name == "Điềm Mặc"


def test_a_name_that_a_language_model_spoiled_is_found_as_it_was_read():
    raws = [*COMMUNES[:5], "Xa Diem Mac", COMMUNES[6]]
    resolved = resolve([*COMMUNES[:5], "Xả Điểm Mạch", COMMUNES[6]], raws=raws)
    ((_, mentions),) = resolved.mentions
    assert mentions[5].unit.name == "Điềm Mặc"


def test_people_in_a_list_of_places_are_not_unknown_places():
    resolved = resolve([*COMMUNES, "Hoàng Thị Mẫu", "Trần Văn Thử"])
    assert not [f for f in resolved.flags if f.kind == "spelling"]


def test_a_commune_nobody_knows_is_flagged():
    resolved = resolve([*COMMUNES, "Xã Không Có Thật"])
    (flag,) = [f for f in resolved.flags if f.kind == "spelling"]
    assert "Xã Không Có Thật" in flag.message
    assert flag.row == 8


def test_a_column_of_indicators_is_no_place_column():
    resolved = resolve(["Hồ sơ tiếp nhận", "Hồ sơ đã giải quyết", "Tỷ lệ đúng hạn", "Điểm tổng hợp"])
    assert not resolved.mentions
    assert resolved.tables[0].columns[1].role == "label"


def test_a_type_word_that_lost_its_marks_is_written_right_too():
    resolved = resolve([*COMMUNES[:5], "Xa Điềm Mặc", "Xá Định Biên"])
    assert [row[1].text for row in resolved.tables[0].rows[6:]] == ["Xã Điềm Mặc", "Xã Định Biên"]


def test_a_sure_exact_name_is_left_as_printed():
    names = ["XÃ BẢO CƯỜNG", *COMMUNES[1:]]
    resolved = resolve(names, sure=True)
    assert resolved.tables[0].rows[1][1].text == "XÃ BẢO CƯỜNG"


def test_a_doubt_about_a_name_is_settled_by_the_gazetteer():
    resolved = resolve(COMMUNES)
    doubts = [Flag("spelling", "info", "?", "t01", row, 1) for row in (1, 99)]
    assert without_named(doubts, resolved) == doubts[1:]


def test_the_communes_are_the_places_and_the_district_beside_them_tells_where():
    """With both columns full of units the district's was taken, and its communes got no codes."""
    rows = [
        ("Huyện Định Hóa", "Xã Tân Thịnh"),
        ("Huyện Định Hóa", "Xã Bình Yên"),
        ("Huyện Phú Lương", "Xã Yên Đổ"),
    ]
    body = [
        (Cell(r, 0, district, district, anchor=(r, 0)), Cell(r, 1, commune, commune, anchor=(r, 1)))
        for r, (district, commune) in enumerate(rows, start=1)
    ]
    header = (Cell(0, 0, "Huyện", "Huyện", True, anchor=(0, 0)), Cell(0, 1, "Xã", "Xã", True, anchor=(0, 1)))
    columns = (Column(0, ("Huyện",), "label"), Column(1, ("Xã",), "label"))
    both = Table("t01", "", "ruled", 1, (header, *body), columns, ("header", "body", "body", "body"))
    issuer = Metadata(issuer="Ủy ban nhân dân tỉnh Thái Nguyên", place="Thái Nguyên", date="2024-10-31")
    ((_, mentions),) = resolve_places([both], issuer, [], DAY, Settings()).mentions
    assert [(m.unit.name, m.parent.name) for m in mentions] == [
        ("Tân Thịnh", "Định Hóa"),
        ("Bình Yên", "Định Hóa"),
        ("Yên Đổ", "Phú Lương"),
    ]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Nhãn hiệu, nhà sản xuất", ["Hòa Phát", "Bỉm Sơn", "Thái Nguyên", "Nghi Sơn"]),
        ("Tên đường phố", ["Nguyễn Trãi", "Lê Lợi", "Quang Trung", "Hai Bà Trưng"]),
        ("Họ và tên chủ hộ", ["Hoàng Diệu", "Phan Đình Phùng", "Lý Thường Kiệt", "Lê Lợi"]),
    ],
)
def test_makers_streets_and_persons_that_bear_names_of_places_are_none(head, names):
    """Each street of a list of prices of land was flagged, for it might be several wards."""
    others = table(names)
    columns = (others.columns[0], Column(1, (head,), "label"))
    resolved = resolve_places([replace(others, columns=columns)], ISSUER, [], DAY, Settings())
    assert not resolved.mentions and not resolved.flags


@pytest.mark.parametrize(("named", "found"), [(1300, True), (700, False), (20, False), (0, False)])
def test_a_long_column_names_units_when_most_of_it_does(named: int, found: bool) -> None:
    """Of a long column some texts are looked at first; only where few of them name units is that enough."""
    units = list(dict.fromkeys(u.name for u in gazetteer().units(date(2024, 6, 1)) if " " in u.name))
    texts = [f"Xã {name}" for name in units[:named]] + [f"việc thứ {n}" for n in range(2000 - named)]
    assert (places._place_share(texts) > 0.5) is found


@pytest.mark.parametrize(("sure", "kind"), [(False, "repaired"), (True, "ambiguous")])
def test_print_that_is_the_very_name_of_a_unit_elsewhere_is_no_slip(sure: bool, kind: str) -> None:
    """A list of a Word file had `Xã Tân Hòa` made `Xã Tân Hợp`, which the district has."""
    names = [*COMMUNES[:2], "Xã Bình Thạnh", *COMMUNES[3:]]
    resolved = resolve(names, sure=sure)
    ((_, mentions),) = resolved.mentions
    assert mentions[2].kind == kind
    assert resolved.tables[0].rows[3][1].text == ("Xã Bình Thạnh" if sure else "Xã Bình Thành")


MIXED = ["Bảo Cường", "Bảo Linh", "Trạm Gốc Đa", "Bình Yên", "Bộc Nhiêu", "Điểm Mặc", "Bến Đò", "Định Bien"]


@pytest.mark.parametrize(("sure", "name"), [(False, "Điềm Mặc"), (True, "Điểm Mặc")])
def test_among_other_names_print_nearly_like_a_unit_keeps_its_own(sure: bool, name: str) -> None:
    """Of stations in a PDF `Bến Trại` was made `Bến Tre`, the province, without a word."""
    resolved = resolve(MIXED, sure=sure)
    assert resolved.tables[0].rows[6][1].text == name
    assert any(flag.row == 6 for flag in resolved.flags) is sure
