"""Headers of laid-out tables of several levels: what stands over one column, and what over the headings of some."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.draft import Draft
from extract.dump.layout.columns import place_columns
from extract.dump.layout.tree import Heading, Node, goes_on, header_tree, rows_and_spans
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _draft(text: str) -> Draft:
    lines = text.strip("\n").split("\n")
    (draft,) = table_drafts(source_lines([lines], [lines]))
    return draft


def _paths(draft: Draft) -> list[str]:
    """The texts over each column, from the top down."""
    head = [list(row) for row in draft.rows[: draft.header_rows or 0]]
    for span in draft.spans:
        for r in range(span.row, min(span.row + span.height, len(head))):
            for c in range(span.col, span.col + span.width):
                head[r][c] = draft.rows[span.row][span.col]
    return [" / ".join(dict.fromkeys(filter(None, column))) for column in zip(*head, strict=True)]


THREE_LEVELS = """
                                      Quý I                                     Quý II
TT       Đơn vị          Số vụ                 Số người              Số vụ                 Số người
                   Phát hiện   Xử lý     Vi phạm     Bị phạt   Phát hiện   Xử lý     Vi phạm     Bị phạt
1    Yên Mẫu             15        6          18           9          30       30          47         19
2    Giai Mẫu            17        0          32           5          12        8          24          2
3    Nghĩa Mẫu           35       16          52          30          13        3          19          1
"""
LEAVES = [
    f"{quarter} / {group} / {leaf}"
    for quarter in ("Quý I", "Quý II")
    for group, leaves in (("Số vụ", ("Phát hiện", "Xử lý")), ("Số người", ("Vi phạm", "Bị phạt")))
    for leaf in leaves
]


def test_three_levels_of_headings() -> None:
    """Only two were known: `Số vụ` stood in one column with `Phát hiện`."""
    assert _paths(_draft(THREE_LEVELS)) == ["TT", "Đơn vị", *LEAVES]


def test_figures_at_the_right_of_wide_cells_do_not_move_the_groups() -> None:
    text = """
                                                     Hộ nghèo              Hộ cận nghèo
TT          Xã, phường           Tổng số hộ
                                                 Số hộ        Tỷ lệ (%)   Số hộ        Tỷ lệ (%)
1     Vụ Mẫu                           4.876            52        1,07       283           5,80
2     Quý Mẫu                          2.239           113        5,05        33           1,47
3     Miền Mẫu                         4.404           143        3,25       104           2,36
"""
    groups = [
        f"{group} / {leaf}" for group in ("Hộ nghèo", "Hộ cận nghèo") for leaf in ("Số hộ", "Tỷ lệ (%)")
    ]
    assert _paths(_draft(text)) == ["TT", "Xã, phường", "Tổng số hộ", *groups]


def test_a_heading_over_numbered_answers_spans_them() -> None:
    text = """
                                                 Mức độ đánh giá              Hài lòng
STT         Nội dung câu hỏi
                                    1        2          3       4       5        4+5
 1   Chỗ ngồi đủ và sạch            71       20         61     324     369        693
 2   Trang thiết bị dùng được       65       12         47     338     383        721
 3   Thủ tục được niêm yết          77       11         63     345     349        694
"""
    paths = _paths(_draft(text))
    assert [path.split(" / ")[0] for path in paths[2:7]] == ["Mức độ đánh giá"] * 5


@pytest.mark.parametrize(
    ("text", "on"),
    [("thiếu", True), ("(tạ/ha)", True), ("/ha", True), ("Đúng", False), ("Ước", False), ("1", False)],
)
def test_what_goes_on_with_the_line_over_it(text: str, on: bool) -> None:
    """A range of letters from à to ỹ holds capitals, too: `Đúng` went on with `Kết quả giải quyết`."""
    assert goes_on(text) is on


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_groups_centred_over_their_columns_are_found(sizes: list[int]) -> None:
    """A group of two columns and more has its text in their middle, a lone column in its own."""
    spans = [(10 * c, 10 * c + 6) for c in range(2 + sum(sizes))]
    columns = place_columns(spans)
    headings = [Heading(0.5, 0, 2, "TT"), Heading(0.5, 10, 16, "Đơn vị")]
    expected = [1, 1]
    at = 2
    for g, size in enumerate(sizes):
        middle = (spans[at][0] + spans[at + size - 1][1]) // 2
        if size > 1:
            headings.append(Heading(0.0, middle - 3, middle + 3, f"Nhóm {g}"))
            headings += [Heading(1.0, *spans[c], f"Cột {c}") for c in range(at, at + size)]
        else:
            headings.append(Heading(0.5, *spans[at], f"Cột {at}"))
        expected.append(size)
        at += size
    nodes = header_tree(headings, columns, 2)
    assert [node.last - node.first + 1 for node in nodes] == expected
    rows, spans_ = rows_and_spans(nodes, len(columns))
    assert {len(row) for row in rows} == {len(columns)}
    assert sum(h * w for _, _, h, w in spans_) <= len(rows) * len(columns)


def test_depth_of_a_node() -> None:
    leaf = Node(2, 2, "a")
    assert (leaf.depth, Node(2, 3, "b", 0.0, (leaf, Node(3, 3, "c"))).depth) == (1, 2)
