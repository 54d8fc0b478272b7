"""The words of a text layer that can be seen on the page, their figures held against the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.pdf.glance import glance
from extract.pdf.ink import Ink, PageInk, cut_by_edges, half_covered, seen_glyphs
from extract.pdf.overprint import settled
from extract.pdf.placement import Placement
from extract.pdf.specimen import Figure
from extract.pdf.strips import InkInStrips
from extract.pdf.turn import PageTurn
from extract.pdf.verify import Mismatch, NumberReading, digits_of, read_ink, verify
from extract.pdf.words import Glyph, PageGlyphs, SpacedWord, words_of
from extract.raster import turned
from model.geometry import Box, Segment
from model.page import Grid, GridCell, Reading, Word

MOST_HIDDEN = 0.5
"""Share of a page's letters that may be hidden before its text layer is not believed at all."""

_NAMED = 5  # words that a message names; more are counted
_SURE_INK = 1.0  # nats that another reading (of the ink, of a whole figure) costs beside the typed one


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at: its ink, who reads numbers there (None: nobody), and whether every figure is
    compared with it or a sample. `true_fonts` are drawn as the file means them; `doubled` as
    `extract.pdf.fonts.doubled_figures`; `known` figures of fonts were seen to be drawn as they are typed;
    `placement` tells where PDFium draws what. `in_view`: nothing can hide a letter of it
    (`extract.pdf.in_view`), and its ink may be drawn in strips."""

    ink: Ink
    placement: Placement
    read: NumberReading | None = None
    every: bool = False
    true_fonts: frozenset[str] = frozenset()
    doubled: frozenset[Figure] = frozenset()
    known: frozenset[Figure] = frozenset()
    in_view: bool = False


@dataclass(frozen=True, slots=True)
class SeenWords:
    """Words that can be seen, in the frame in which the page is read. `off` are those whose ink shows other
    figures. `losses` and `warnings` as in `model.page.PageContent`. `believed` False: the layer is not what
    is seen, and the page is to be read from its ink. `as_typed` are the figures of fonts that are known by
    now to be drawn as they are typed."""

    words: tuple[SpacedWord, ...]
    off: tuple[Mismatch, ...] = ()
    losses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    believed: bool = True
    as_typed: frozenset[Figure] = frozenset()


def seen_words(
    glyphs: PageGlyphs, segments: Sequence[Segment], turn: PageTurn, look: Look | None
) -> SeenWords:
    """The words of a page's glyphs (on the page as stored), put upright by `turn`; `segments` are upright
    already. Without a look all of them count as seen."""
    if look is None:
        return SeenWords(tuple(words_of(_upright(glyphs.shown, turn), segments)))
    if look.in_view and not turn.degrees and (seen := _at_a_glance(glyphs, segments, turn, look)) is not None:
        return seen
    whole = look.ink if isinstance(look.ink, PageInk) else PageInk(look.ink.pixels, look.ink.scale)
    shown, hidden = seen_glyphs(glyphs.shown, whole, look.true_fonts, look.placement)
    letters = [sum(g.text.isalnum() for g in some) for some in (shown, hidden)]
    if letters[1] > MOST_HIDDEN * (letters[0] + letters[1]):
        told = (f"{letters[1]} characters of its text are hidden",)
        return SeenWords((), (), _hidden_loss(_words(hidden, turn)), told, believed=False)
    lost = [*_words(hidden, turn), *_words(glyphs.white, turn)]
    upright = _upright(shown, turn)
    words = tuple(words_of(upright, segments))
    ink = PageInk(turned(whole.pixels, turn.degrees), whole.scale)
    off: tuple[Mismatch, ...] = ()
    compared = 0
    believed = True
    as_typed: frozenset[Figure] = frozenset()
    if look.read is not None:
        found = settled(words, ink, look.read, lambda word: _drawn_at(word, turn, look))
        words, lost, off = found.words, [*lost, *found.covered], found.open
        own = [spaced.word for spaced in words]
        held = verify(own, ink, look.read, look.every, look.doubled, upright, look.known)
        as_typed = held.as_typed
        held = replace(held, off=tuple(m for m in held.off if not _is_drawn_beside(m, turn, look)))
        off, compared, believed = (*off, *held.off, *held.filled), held.compared, held.is_believed
        known = {m.word for m in off}
        hurt = dict.fromkeys((*half_covered(shown, whole), *cut_by_edges(shown, glyphs.fills)))
        cut = _cut_through(words, _upright(list(hurt), turn), ink, look.read)
        off = (*off, *(m for m in cut if m.word not in known))
    losses = (*_hidden_loss(lost), *_off_loss(off, compared, believed))
    return SeenWords(words, off, losses, _hidden_note(lost), believed, as_typed)


def _at_a_glance(
    glyphs: PageGlyphs, segments: Sequence[Segment], turn: PageTurn, look: Look
) -> SeenWords | None:
    """As `seen_words` of an upright page of which nothing can hide a letter; None where more must be looked
    at than a few of its lines."""
    if glyphs.white or look.read is None or not isinstance(look.ink, InkInStrips):
        return None
    as_typed = glance(glyphs.shown, look.ink, look.read, look.known)
    if as_typed is None:
        return None
    words = words_of(glyphs.shown, segments)
    found = settled(words, look.ink, look.read, lambda word: _drawn_at(word, turn, look))
    losses = (*_hidden_loss(found.covered), *_off_loss(found.open, 0, True))
    return SeenWords(found.words, found.open, losses, _hidden_note(found.covered), as_typed=as_typed)


def _cut_through(
    words: Sequence[SpacedWord], covered: Sequence[Glyph], ink: Ink, read: NumberReading
) -> list[Mismatch]:
    """Words with a figure of which a part is covered, unless their ink surely reads as they were typed."""
    hurt = (s.word for s in words if any(s.word.box.contains_point(*g.box.center) for g in covered))
    found = (Mismatch(word, read_ink(word.box, ink, read)) for word in hurt)
    return [m for m in found if digits_of(m.ink) != digits_of(m.word.text)]


def _words(glyphs: Sequence[Glyph], turn: PageTurn) -> list[Word]:
    return [spaced.word for spaced in words_of(_upright(glyphs, turn))]


def _upright(glyphs: Sequence[Glyph], turn: PageTurn) -> list[Glyph]:
    if not turn.degrees:
        return list(glyphs)
    return [replace(g, box=turn.to_reading(g.box), turn=(g.turn - turn.degrees) % 360) for g in glyphs]


def _drawn_at(word: Word, turn: PageTurn, look: Look) -> Box:
    """Where PDFium draws the word; where its box says, if PDFium does not know it or the page is turned."""
    return word.box if turn.degrees else look.placement.box_of(word.text, word.box) or word.box


def _is_drawn_beside(mismatch: Mismatch, turn: PageTurn, look: Look) -> bool:
    """Whether the word's figures stand in ink where PDFium draws them, a little beside its box."""
    assert look.read is not None
    word = mismatch.word
    box = look.placement.box_of(word.text, turn.to_page(word.box))
    if box is None or turn.degrees:
        return False
    return digits_of(read_ink(box, look.ink, look.read)) == digits_of(word.text)


def _hidden_note(lost: Sequence[Word]) -> tuple[str, ...]:
    return (f"{len(lost)} words of its text are hidden: {_names(lost)}",) if lost else ()


def _hidden_loss(lost: Sequence[Word]) -> tuple[str, ...]:
    figures = [word for word in lost if digits_of(word.text)]
    if not figures:
        return ()
    return (
        f"Trang có {len(figures)} số ghi trong tệp nhưng không nhìn thấy (bị che, bị ẩn hoặc cùng màu giấy):"
        f" {_names(figures)}; các số này không được đọc.",
    )


def _off_loss(off: Sequence[Mismatch], compared: int, believed: bool) -> tuple[str, ...]:
    if not off:
        return ()
    shown = ", ".join(f"{m.word.text} (nhìn thấy {m.ink or 'không rõ'})" for m in off[:_NAMED])
    if believed:
        return (f"Số ghi trong tệp khác số nhìn thấy trên trang ở {len(off)} chỗ: {shown}.",)
    return (
        f"Số ghi trong tệp khác số nhìn thấy trên trang ở {len(off)} trong {compared} chỗ: {shown};"
        " trang được đọc lại từ hình.",
    )


def _names(words: Sequence[Word]) -> str:
    named = ", ".join(word.text for word in words[:_NAMED])
    return named + (", …" if len(words) > _NAMED else "")


def with_ink_doubts(grid: Grid, off: Sequence[Mismatch]) -> Grid:
    """The grid with the cells of such words doubtful; what the ink reads is another reading of theirs."""
    if not off:
        return grid
    return replace(grid, cells=tuple(_with_doubt(cell, off) for cell in grid.cells))


def with_cut_doubts(grid: Grid, words: Sequence[SpacedWord]) -> Grid:
    """The grid with the cells doubtful that hold a part of a figure lying across a rule (a form field laid
    over two cells): the whole figure is another reading of theirs."""
    cut = [spaced for spaced in words if spaced.cut_from]
    return replace(grid, cells=tuple(_with_whole(cell, cut) for cell in grid.cells)) if cut else grid


def _with_whole(cell: GridCell, cut: Sequence[SpacedWord]) -> GridCell:
    own = [s for s in cut if cell.box is not None and cell.box.contains_point(*s.word.box.center)]
    wholes = (cell.text.replace(s.word.text, s.cut_from) for s in own)
    others = tuple(Reading(text, _SURE_INK, "text-layer") for text in dict.fromkeys(wholes))
    return replace(cell, doubtful=True, alternatives=(*others, *cell.alternatives)) if own else cell


def _with_doubt(cell: GridCell, off: Sequence[Mismatch]) -> GridCell:
    box = cell.box
    own = [m for m in off if box is not None and box.contains_point(*m.word.box.center)]
    if not own:
        return cell
    others = tuple(Reading(cell.text.replace(m.word.text, m.ink), _SURE_INK, "numbers") for m in own if m.ink)
    return replace(cell, doubtful=True, engine="ink", alternatives=(*others, *cell.alternatives))
