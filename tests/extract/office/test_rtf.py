"""RTF: characters, fonts, tables, what stands aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.office.rtf.reader import read_rtf
from model.errors import DamagedFileError
from tests.extract.office.test_word import lines, page, rows

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}"
    r"{\f1\fswiss\fcharset0{\*\panose 020b}.VnTime;}{\f2 VNI-Times;}{\f3\fcharset163 Arial;}{\f4\fcharset162 .VnTimeH Tur;}}"
)


def rtf(path: Path, body: str) -> Path:
    path.write_bytes((HEAD + body + "}").encode("latin-1"))
    return path


CASES = [
    (r"\f1 C\'e9ng ho\'b5 x\'b7 h\'e9i\par", ["Cộng hoà xã hội"]),
    (r"\f4 C\'e9ng ho\'b5\par", ["CỘNG HOÀ"]),
    (r"\f2 Co\'e4ng ho\'f8a\par", ["Cộng hòa"]),
    (r"\f3 c\'e1i \'fe\'eci\par", ["cái ₫́i"]),
    (
        r"\f2 So\'e1: 99, nga\'f8y 14 tha\'f9ng 5 na\'eam 2008; ph\'f6\'f4\'f9c\par",
        ["Số: 99, ngày 14 tháng 5 năm 2008; phước"],
    ),
    (r"\f0 \u272?\'f3ng \u7845?\par", ["Đóng ấ"]),
    (r"\uc2 \u7845 xx\uc1 sau\par", ["ấsau"]),
    (r"mot{\v an}\par", ["mot"]),
    (r"cu{\deleted 12} moi\par", ["cu moi"]),
    (r"{\listtext\pard 1.\tab}Muc\par", ["1.        Muc"]),
    (r"a\line b\par\pard c", ["a", "b", "c"]),
    (r"{\field{\*\fldinst PAGE}{\fldrslt 5}} trang\par", ["5 trang"]),
    (r"{\*\generator Riched20;}{\info{\title Ten}}than\par", ["than"]),
    (r"x{\super 2}\par", ["x²"]),
    (r"\{ngoac\}\par", ["{ngoac}"]),
    (r"{\pict\wmetafile8 0102ff}sau\par", ["sau"]),
    (r"{\bin5 }}}}}sau\par", ["sau"]),
]


@pytest.mark.parametrize(("body", "shown"), CASES)
def test_text(tmp_path, body, shown):
    assert lines(rtf(tmp_path / "a.rtf", body)) == shown


ROW = r"\trowd\trleft0\clvmgf\clbrdrt\brdrs\cellx1000\cellx2000\cellx3000"


def test_a_table_with_cells_merged_down_and_across(tmp_path):
    body = (
        r"\trowd\clvmgf\clbrdrt\brdrs\cellx1000\clbrdrt\brdrs\cellx3000\intbl STT\cell Ho so\cell\row"
        r"\trowd\clvmrg\cellx1000\clbrdrt\brdrs\cellx2000\clbrdrt\brdrs\cellx3010\intbl\cell Nhan\cell Tra\cell\row"
        r"\trowd\cellx1000\cellx2000\cellx3000\intbl 1\cell 5\cell 6\cell\row\pard sau\par"
    )
    found = page(rtf(tmp_path / "a.rtf", body))
    assert rows(found.grids[0]) == [["STT", "Ho so", "Ho so"], ["STT", "Nhan", "Tra"], ["1", "5", "6"]]
    assert [line.text for line in found.lines] == ["sau"]


def test_a_table_in_a_cell(tmp_path):
    inner = (
        r"\pard\intbl\itap2 x\nestcell 1\nestcell{\*\nesttableprops\trowd\clbrdrt\brdrs\cellx500\cellx900\nestrow}"
        r"\pard\intbl\itap2 y\nestcell 2\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
    )
    body = (
        r"\trowd\clbrdrt\brdrs\cellx1000\cellx2000\pard\intbl A\cell B\cell\row"
        r"\trowd\cellx1000\cellx2000" + inner + r"\pard\intbl ngoai\cell 9\cell\row\pard"
    )
    grids = page(rtf(tmp_path / "a.rtf", body)).grids
    assert [rows(g) for g in grids] == [[["A", "B"], ["ngoai", "9"]], [["x", "1"], ["y", "2"]]]


def test_notes_headers_and_boxes_stand_apart(tmp_path):
    body = (
        r"{\header\pard Mau so 2\par}{\footer\pard 3\par}than{\footnote\pard\chftn ghi chu\par}\par"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard trong khung\par}}{\shprslt bo}}sau\par"
    )
    assert lines(rtf(tmp_path / "a.rtf", body)) == ["Mau so 2", "than¹", "sau", "trong khung", "¹ ghi chu"]


def test_what_is_no_rtf_says_so(tmp_path):
    (tmp_path / "a.rtf").write_bytes(b"hello")
    with pytest.raises(DamagedFileError):
        read_rtf(tmp_path / "a.rtf")


@given(st.lists(st.sampled_from([
    "{", "}", r"\par ", r"\cell ", r"\row ", r"\trowd ", r"\intbl ", r"\itap3 ", r"\nestcell ", r"\nestrow ",
    r"\cellx-5 ", r"\cellx99999999 ", r"\u-1?", r"\'ff", "a", r"\f77 ", r"\footnote ", r"\pard ", r"\*", r"\clvmrg ",
    r"\fonttbl ", r"\bin3 ", r"\uc99 ",
]), max_size=40))  # fmt: skip
def test_no_order_of_words_breaks_the_reader(tmp_path_factory, words):
    path = rtf(tmp_path_factory.mktemp("rtf") / "a.rtf", "".join(words))
    assert page(path).number == 1


def test_a_footnote_that_is_starred_is_one(tmp_path):
    """LibreOffice writes `{\\*\\footnote ...}`: its notes were left out."""
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1 chu thich{\super \chftn{\*\footnote \chftn\pard het ngay 25}} o cuoi\par}")
    body = read_rtf(path)
    assert [note.text.split(maxsplit=1)[1] for note in body.notes] == ["het ngay 25"]
    assert "o cuoi" in body.blocks[0].text
