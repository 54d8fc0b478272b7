"""Figures written in blocks side by side: rows and columns by the blocks' heights."""

from __future__ import annotations

from extract.dump.columnar.labels import Item
from extract.dump.columnar.parts import Part, in_pairs, part_in_pairs
from extract.dump.columnar.runs import counted, runs_of
from extract.dump.columnar.slab_labels import band_labels
from extract.dump.columnar.slab_table import slab_table
from extract.dump.columnar.tables import columnar_drafts
from extract.dump.lines import SourceLine, source_lines
from extract.dump.tokens import tokenize

COUNTS = ((112, 96, 85.7), (87, 54, 62.1), (203, 151, 74.4), (45, 44, 97.8), (310, 207, 66.8))


def lines_of(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return list(source_lines(pages, pages))


def items_of(text: str) -> list[Item]:
    items: list[Item] = []
    block = 0
    for line in lines_of(text):
        if line.blank:
            block += 1
        else:
            items.append(Item(line, tuple(tokenize(line.text)), block))
    return items


def block(*texts: object) -> str:
    return "\n".join(map(str, texts)) + "\n\n"


def banded(heights: tuple[int, ...], columns: list[list[str]]) -> str:
    """Blocks of words and of each column, band after band."""
    text, row = "", 0
    for height in heights:
        text += block(*(f"Xã Thanh {chr(65 + row + k)}" for k in range(height)))
        for column in columns:
            text += block(*column[row : row + height])
        row += height
    return text


def columns(*, blank_grouped: bool = False) -> list[list[str]]:
    first = [f"{a + 1} {b + 100},5" if blank_grouped else str(a) for a, b, _ in COUNTS]
    return [first, [str(b) for _, b, _ in COUNTS], [f"{c:.1f}".replace(".", ",") for *_, c in COUNTS]]


def rows_of(text: str) -> tuple[tuple[str, ...], ...] | None:
    found = slab_table(items_of(text), None)
    return found.figures.rows if found else None


def test_bands_of_blocks_without_row_numbers_are_rows_and_columns() -> None:
    """Nothing numbered the rows: blocks of three, three, three and of two tell five rows of three columns."""
    own = columns()
    found = slab_table(items_of(banded((3, 2), own)), None)
    assert found is not None and found.figures.rows == tuple(zip(*own, strict=True))
    assert found.firm


def test_a_block_of_several_columns_stands_in_its_band() -> None:
    own = columns()
    pairs = [text for row in zip(own[1], own[2], strict=True) for text in row]
    text = block(*(f"Xã Thanh {chr(65 + k)}" for k in range(5))) + block(*own[0]) + block(*pairs)
    assert rows_of(text) == tuple(zip(*own, strict=True))


def test_a_dash_that_its_block_lost_is_an_empty_cell_of_its_band() -> None:
    """A reader takes a dash that ends a line for a hyphen, unless it ends its block: the column was one short."""
    own = columns()
    text = block(*(f"Xã Thanh {chr(65 + k)}" for k in range(5)))
    text += block(*own[0]) + block(*own[2]) + block(*own[1][1:])
    rows = rows_of(text)
    assert rows is not None and [row[2] for row in rows] == ["", *own[1][1:]]


def test_figures_whose_groups_blanks_part_are_one_each() -> None:
    own = columns(blank_grouped=True)
    assert rows_of(banded((3, 2), own)) == tuple(zip(*own, strict=True))


def test_years_over_a_column_are_none_of_its_figures() -> None:
    items = items_of(block("2023", 11, 12, 13))
    assert [run.texts for run in runs_of(items, [])] == [("2023",), ("11", "12", "13")]


def test_a_torn_figure_of_a_run_is_whole() -> None:
    items = items_of(block("11,5", "49.050,", "12,5", "2"))
    assert [run.texts for run in runs_of(items, [])] == [("11,5", "49.050,2", "12,5")]


def test_row_numbers_stand_beside_words() -> None:
    """Ranks that count on by chance have no words beside them."""
    text = block(1, 2) + block("Xã An", "Xã Bình") + block(40, 50) + block(3) + block(60)
    text += block(3) + block("Xã Cam") + block(70)
    items = items_of(text)
    found = counted(items)
    assert [items[i].tokens[0].text for i in found] == ["1", "2", "3"]
    assert found[-1] > items.index(next(i for i in items if i.tokens[0].text == "60"))


def test_labels_of_bands_are_those_right_before_their_figures() -> None:
    own = columns()
    items = items_of(block("Tên đơn vị", "hành chính") + banded((3, 2), own))
    table = slab_table(items, None)
    assert table is not None
    labels = band_labels(items, table)
    assert labels is not None
    assert labels.texts == tuple(f"Xã Thanh {chr(65 + k)}" for k in range(5))


def test_counts_over_their_shares_are_two_rows() -> None:
    counts = [[20, 61, 324, 369], [12, 47, 338, 383], [11, 63, 345, 349]]
    shares = [[f"{100 * n / 900:.2f}%" for n in row] for row in counts]
    text = ""
    for k, (row, share) in enumerate(zip(counts, shares, strict=True)):
        text += block(f"Tiêu chí {chr(65 + k)}") + "".join(block(n) for n in [*row, *share])
    found = slab_table(items_of(text), None)
    assert found is not None
    both = tuple(tuple(map(str, part)) for own in zip(counts, shares, strict=True) for part in own)
    assert in_pairs(found.figures.rows, found.shares) == both
    heads = ("", *("",) * found.figures.width)
    whole = Part(("1", "2", "3"), ("A", "B", "C"), found.figures, heads, 1, 9, 1, False)
    part = part_in_pairs(whole, found.shares)
    assert part.figures.rows == both
    assert part.numbers == ("1", "", "2", "", "3", "") and part.labels == ("A", "", "B", "", "C", "")


def test_numbers_of_columns_over_one_made_of_them_are_no_figures() -> None:
    """`3`, `4`, `5` over `4+5`, a block each, were the first figures of the first row."""
    items = items_of(block(3) + block(4) + block(5) + block("4+5") + block(71) + block(20, 61))
    assert [run.texts for run in runs_of(items, [])] == [("71",), ("20", "61")]


def test_a_dump_of_bands_comes_out_as_a_doubtful_table_with_labels() -> None:
    own = columns()
    (draft,) = columnar_drafts(lines_of(block("Tên đơn vị", "hành chính") + banded((3, 2), own)))
    body = draft.rows[draft.header_rows or 0 :]
    assert [row[1] for row in body] == [f"Xã Thanh {chr(65 + k)}" for k in range(5)]
    assert [row[2:] for row in body] == list(zip(*own, strict=True))
    assert draft.doubts


def test_rows_of_figures_under_their_names_are_no_blocks() -> None:
    names = ("Thôn Một", "Thôn Hai", "Thôn Ba", "Thôn Bốn", "Thôn Năm", "Thôn Sáu")
    rows = (f"{name}\n{112 + k} {54 + k} {58} {31 + k} {81} {12 + k}" for k, name in enumerate(names))
    assert not columnar_drafts(lines_of("\n".join(rows)))
