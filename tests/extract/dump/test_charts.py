"""Charts of ranked units whose bars were printed as text: tables, and their axes none."""

from __future__ import annotations

import pytest

from extract.dump.charts.axes import with_axes
from extract.dump.charts.items import items_of
from extract.dump.charts.tables import charts
from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, source_lines
from extract.dump.pages import read_text
from extract.dump.read import table_drafts
from model.page import TextLine
from normalize.captions import names_chart
from normalize.numbers import parse_number

CAPTION = "Biểu đồ 2. Điểm chỉ số phục vụ người dân của các đơn vị\n"
AXIS = "0 20 40 60 80 100\n"
HEAD = ("Xếp hạng", "Đơn vị", "Điểm", "Tăng/giảm điểm")
BODY = [
    ("1", "UBND phường Tân An", "98,5", "▲1,2"),
    ("2", "UBND xã Hòa Lợi", "97,1", "▼0,4"),
    ("3", "Sở Y tế", "96,8", "▲2,0"),
    ("4", "UBND xã Phú Thọ", "95,0", "▲0,3"),
]


def lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def drafts(text: str) -> list[Draft]:
    return table_drafts(lines(text))


def written(form: str, end: str = "\n") -> str:
    """The entries, each in a form: `{r}` rank, `{n}` name, `{s}` score, `{d}` change."""
    return "".join(form.format(r=r, n=n, s=s, d=d, f=d[1:]) + end for r, n, s, d in BODY)


@pytest.mark.parametrize(
    "text",
    [
        written("{r}. {n} {s} {d}"),
        written("{r}) {n} {s}{d}"),
        written("{r} {n} {s} ({d})"),
        written("{n} {r} {s}{d}"),
        written("{s} {d} {r}. {n}"),
        written("{s}\n{d}\n{r}\n{n}"),
        written("{r}\n{n}\n{s}\n{d}"),
        written("{r}. {n} {s}\n{d}"),
        written("{r}.\n\n{n}\n\n{s}\n\n{d}\n"),
        written("{r}. {n}: {s} điểm ({d} điểm)"),
        written("{r}. {n} {s} {d}", end="        "),
        written("{r}. {n}") + written("{s}") + written("{d}"),
        written("{s} {d}") + AXIS + written("{r}. {n}"),
        written("{n}") + written("{r}") + written("{s}{d}"),
        written("{n}\n\n{r}\n\n{s}{d}\n"),
    ],
)
@pytest.mark.parametrize("axis", ["", AXIS, AXIS.replace(" ", "\n"), "■ Điểm tháng 9   ▲ Tăng   ▼ Giảm\n"])
def test_a_chart_is_a_ranked_table_however_its_parts_are_written(text: str, axis: str) -> None:
    """Such lines stood in no table, or with the figures of the axis in its last rows."""
    (found,) = drafts(f"{CAPTION}{text.rstrip()}\n{axis}")
    assert found.rows == (HEAD, *BODY)
    assert found.title == CAPTION.strip() and found.header_rows == 1 and not found.doubts


def test_signs_rises_and_falls_are_changes_under_a_chart_s_caption_only() -> None:
    signed = written("{r}. {n} {s} {d}").replace("▲", "+").replace("▼", "-")
    (found,) = drafts(CAPTION + signed)
    assert [row[3] for row in found.rows[1:]] == ["+1,2", "-0,4", "+2,0", "+0,3"]
    assert not any(draft.rows[0] == HEAD for draft in drafts(signed))


def test_a_fall_glued_to_its_score_is_none_of_a_range() -> None:
    signed = written("{r}. {n} {s}{d}").replace("▲", "+").replace("▼", "-")
    (found,) = drafts(CAPTION + signed)
    assert found.rows[2][2:] == ("97,1", "-0,4")
    assert not drafts(CAPTION + signed.replace("+", "-"))  # all may be ranges


def test_a_tick_beside_the_source_is_no_entry() -> None:
    """A tick behind the last bar and the words of the source were taken for a row, and the ranks lost."""
    ticks = "0\n\n25 50 75 100\n\nNguồn: Văn phòng.\n\n0\n\n25 50 75 100\n"
    (found,) = drafts(CAPTION + written("{r}. {n}\n\n{s} {d}\n") + ticks)
    assert found.rows == (HEAD, *BODY) and not found.doubts


def test_labels_that_were_written_elsewhere_make_a_chart_doubtful() -> None:
    text = "".join(f"{n}. Sở {'ABCDEFGH'[n - 1]} {99 - n},5 ▲1,{n}\n" for n in range(1, 9))
    (entry,) = drafts(CAPTION + text.replace(" ▲1,8", "") + "Nguồn: Sở.\n▲1,8\n")
    assert "▲1,8" in entry.doubts[0] and entry.rows[-1] == ("8", "Sở H", "91,5", "")
    (row,) = drafts(CAPTION + text.replace("4. Sở D 95,5 ▲1,4\n", "4. Sở D\n") + "95,5 ▲1,4\n")
    assert len(row.rows) == 8 and any("hạng 4" in doubt for doubt in row.doubts)
    assert any("95,5, ▲1,4" in doubt for doubt in row.doubts)


def test_both_halves_of_a_ranking_side_by_side_are_one_in_order_of_ranks() -> None:
    second = [(str(4 + n), f"Xã Số {n}", f"{90 - n},5", "▼1,0") for n in range(1, 5)]
    rows = [" ".join((a[0] + ".", *a[1:], "      ", b[0] + ".", *b[1:])) for a, b in zip(BODY, second)]
    (found,) = drafts(CAPTION + "\n".join(rows) + "\n" + AXIS)
    assert found.rows == (HEAD, *BODY, *second)


def test_two_rankings_side_by_side_have_columns_of_their_own() -> None:
    other = [(str(n), f"Xã Phú {'ABCD'[n - 1]}", f"{90 - n},5", "▼1,0") for n in range(1, 5)]
    rows = [" ".join((a[0] + ".", *a[1:], "      ", b[0] + ".", *b[1:])) for a, b in zip(BODY, other)]
    (found,) = drafts(CAPTION + "\n".join(rows) + "\n" + AXIS + AXIS)
    assert found.rows == ((*HEAD, *HEAD), *((*a, *b) for a, b in zip(BODY, other)))


def test_entries_without_a_change_or_with_none_and_like_ranks_belong_to_it() -> None:
    text = "1. Sở A 98 ▲1\n2. Sở B 97 =\n2. Sở C 97\n4. Sở D 95 ▼2\n5. Sở E 90 không đổi\n"
    (found,) = drafts(CAPTION + text + AXIS)
    assert [row[0] for row in found.rows[1:]] == ["1", "2", "2", "4", "5"]
    assert [row[3] for row in found.rows[1:]] == ["▲1", "=", "", "▼2", "không đổi"]


def test_bars_without_changes_are_a_chart_under_its_caption_where_they_follow_the_ranks() -> None:
    text = written("{r}. {n} {s}")
    (found,) = drafts(CAPTION + text + AXIS)
    assert found.rows == (HEAD[:3], *(row[:3] for row in BODY))
    others = drafts(CAPTION + text.replace("98,5", "12,5").replace("95,0", "99,0"))
    assert all(draft.rows[0] != HEAD[:3] for draft in others)


def test_a_rank_that_was_misread_is_in_doubt_and_takes_no_other_away() -> None:
    (found,) = drafts(CAPTION + written("{r}. {n} {s} {d}").replace("2.", "z.") + AXIS)
    assert [row[0] for row in found.rows] == ["Xếp hạng", "1", "", "3", "4"]
    assert found.doubtful == {(2, 0)} and not found.doubts


def test_names_of_two_lines_and_numbered_ones_are_names() -> None:
    text = "1. Ban Quản lý các khu\ncông nghiệp 98,5 ▲1,2\n2. Phường 5 97,1 ▼0,4\n3. Sở Y tế 90,1 ▲0,4\n"
    (found,) = drafts("Hình 1. Kết quả\n" + text)
    assert [row[1] for row in found.rows[1:]] == ["Ban Quản lý các khu công nghiệp", "Phường 5", "Sở Y tế"]


def test_a_chart_goes_by_its_caption_below_or_its_capitals_above() -> None:
    text = written("{r}. {n} {s} {d}")
    (below,) = drafts("Cụ thể:\n" + text + AXIS + "Hình 3. Tỷ lệ hồ sơ đúng hạn\n")
    assert below.title == "Hình 3. Tỷ lệ hồ sơ đúng hạn"
    assert below.rows[0] == ("Xếp hạng", "Đơn vị", "Tỷ lệ (%)", "Tăng/giảm (%)")
    (above,) = drafts("XẾP HẠNG CÁC SỞ, BAN, NGÀNH\nTháng 9 năm 2025\n" + AXIS + text)
    assert above.title == "XẾP HẠNG CÁC SỞ, BAN, NGÀNH Tháng 9 năm 2025"


def test_rows_under_headings_of_columns_stay_those_of_a_table() -> None:
    """The table's own headings stand over its columns; its figures with arrows had run into the names."""
    (found,) = drafts("Bảng 2. Kết quả\nSTT Đơn vị Điểm Tăng/giảm\n" + written("{r} {n} {s} {d}"))
    assert found.rows == (("STT", "Đơn vị", "Điểm", "Tăng/giảm"), *BODY)


@pytest.mark.parametrize(
    "text",
    [
        written("{r}. {n} {s} 95,1 {d}"),  # two scores
        "1. Thu đạt 98,5 tỷ, tăng 1,2 tỷ.\n2. Chi 97,1 tỷ, giảm 0,4 tỷ.\n3. Xuất khẩu 96,8 tỷ, tăng 2,0%.\n",
        "1. Sở A 98,5 ▲1,2\n5. Sở B 97,1 ▼0,4\n9. Sở C 96,8 ▲2,0\n",  # no ranking
        written("{r}. {n}") + written("{s}") + "▲1,2\n▼0,4\n",  # a change is lost: nothing tells whose
    ],
)
def test_what_is_no_chart_is_left_alone(text: str) -> None:
    assert not any("Xếp hạng" in draft.rows[0] for draft in drafts(CAPTION + text))


def test_parts_on_lines_of_their_own_that_no_rank_holds_together_are_in_doubt() -> None:
    text = written("{r}\n{n}\n{s}\n{d}").replace("96,8", "99,9").replace("98,5", "12,0")
    (found,) = drafts(CAPTION + text)
    assert found.doubts


def test_the_figures_of_an_axis_stay_lines_and_are_in_no_table() -> None:
    (page,) = read_text(CAPTION + AXIS.replace(" ", "\n") + written("{r}\n{n}\n{s}\n{d}") + AXIS)
    shown = [block.text for block in page.blocks if isinstance(block, TextLine)]
    assert shown == [CAPTION.strip(), *AXIS.split(), AXIS.strip()]
    (grid,) = page.grids
    assert grid.n_rows == 5


def test_figures_in_even_steps_are_an_axis() -> None:
    def axis(text: str) -> str:
        items = with_axes(items_of(lines(text), lambda _: False))
        return " ".join(item.text for item in items if item.kind == "T")

    assert axis("0 20 40\n7 8 10\n") == "0 20 40"
    assert axis("98\n97\n95\n0\n25\n50\n75\n100\n") == "0 25 50 75 100"
    assert axis("100\n50\n0\nchữ\n1.000\n500\n0\n") == "100 50 0 1.000 500 0"
    assert axis("20 20 20\nXã 20 40 60\n") == ""
    assert axis("1\n2\n3\n4\n5\n") == ""  # ranks


@pytest.mark.parametrize(
    ("text", "amount"), [("▲1,2", "1.2"), ("△ 1,2", "1.2"), ("↑1,2%", "1.2"), ("▽1,2", "-1.2"), ("▼ 3", "-3")]
)
def test_arrows_are_signs(text: str, amount: str) -> None:
    value = parse_number(text)
    assert value is not None and str(value.amount) == amount


def test_what_names_a_chart() -> None:
    assert all(
        map(names_chart, ("bieu do 1. diem", "bieu do ket qua", "hinh 3: diem", "do thi so 2 - ty le"))
    )
    assert not any(
        map(names_chart, ("hinh thuc nop", "bieu 2. diem", "hinh 3 cho thay", "bieu do cho thay a."))
    )


def test_rows_with_more_figures_than_a_bar_has_are_of_a_table() -> None:
    """Numbered routes under a caption passed for bars: their lengths were told, twelve figures a row were not."""
    rows = "\n".join(
        f"0{n}\nTuyến {name}\n{n}4.5 5h30 5/6 13,937 13,580 97.4 264,171 90,708"
        for n, name in enumerate(("An", "Bình", "Cao", "Dũng"), start=1)
    )
    text = f"Biểu đồ 1. Các tuyến\n{rows}\n"
    assert not charts(lines(text)).drafts
