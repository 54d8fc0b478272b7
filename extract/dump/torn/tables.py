"""Tables of a dump whose headers it has torn: headings found among the mixed words, each over its columns,
the words as read kept under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.dump.draft import Draft, Span
from extract.dump.lines import SourceLine, is_caption, is_heading, is_rule
from extract.dump.torn.columns import ColumnFacts, facts_of, numbering_in_place
from extract.dump.torn.fit import places_of, word_fit
from extract.dump.torn.phrases import groups_known, phrase, phrases_for
from extract.dump.torn.printed import PrintedWord, TornHeader, torn_header
from extract.dump.torn.search import Heading, Tree, best_tree, tree_like
from model.page import RESTORED, Reading

# Beyond these no header of a report was met; the search would take seconds.
_MOST_LINES, _MOST_WORDS, _WIDEST = 16, 160, 24
# A header is taken for put together when so much of its letters is explained and so many of its columns with
# figures have headings that are known; on torn headers of other reports those below were mostly wrong.
_EXPLAINED, _HEADED = 0.5, 0.7
_EXPLAINED_ALONE, _HEADED_ALONE = 0.6, 0.8
# Lines above a table without a header in which its words may stand, blank ones passed over.
_LINES_ABOVE, _BLANKS_ABOVE = 8, 2
_LONGEST_LINE = 160  # letters, of a header's; a paragraph has more
_GROUPS_SHARE = 0.4  # of the letters of a line above that one heading of a group explains
# How sure a heading is of whose letters all were found, and none.
_FOUND, _GUESSED = 0.9, 0.4
_SURELY = 0.9  # of the letters of all words, explained: no guess
_DOUBTFUL = 0.75  # share of a heading's letters below which its cell must be looked at
_NOTE_HEAD, _SHORT = "Ghi chú", 2
_NOTE = "Tiêu đề bảng in vỡ, lẫn vào nhau; tên cột được ghép lại theo tên thường gặp, số cột và các tổng."
_LEFT = "Dấu và chữ vụn ở tiêu đề không thuộc cột nào: {}."


@dataclass(frozen=True, slots=True)
class _Torn:
    """A table whose header is torn: its place among the drafts, the header's lines and words, its facts."""

    at: int
    lines: tuple[SourceLine, ...]
    marks: tuple[str, ...]
    header: TornHeader
    facts: ColumnFacts
    body: tuple[tuple[str, ...], ...]

    @property
    def formulas(self) -> frozenset[str]:
        return frozenset(mark for mark in self.marks if "=" in mark)


def with_restored_headers(drafts: Sequence[Draft], lines: Sequence[SourceLine]) -> list[Draft]:
    """The tables, those with torn headers with headings put together where enough of them is there; tables of
    one dump with the same formulas in their column numbers have the same headings."""
    torn = [t for i in range(len(drafts)) if (t := _torn(drafts, i, lines))]
    trees = {t.at: best_tree(t.header, t.facts, phrases_for(t.header)) for t in torn}
    trees |= _of_twins(torn, trees)
    out = list(drafts)
    for t in torn:
        tree = trees[t.at]
        if tree and _is_good(tree, t):
            out[t.at] = _restored(drafts[t.at], t, _completed(tree, t))
    return out


def _torn(drafts: Sequence[Draft], at: int, lines: Sequence[SourceLine]) -> _Torn | None:
    """What is known of a table's torn header; None where it has a sound one, or none at all."""
    draft = drafts[at]
    if draft.torn is None and draft.header_rows:
        return None
    body = draft.rows[draft.header_rows or 0 :]
    head = draft.torn.lines if draft.torn else ()
    marks = draft.torn.marks if draft.torn else ()
    first = head[0].number if head else draft.first_line
    known = {n for d in drafts for n in range(d.first_line, d.last_line + 1)}
    above = [line for line in lines if line.number < first and line.number not in known]
    head = (*(_groups_above(above) if head else _header_above(above, first)), *_without_caption(head))
    if not head or not body or draft.n_cols > _WIDEST:
        return None
    header = torn_header([line.text for line in head])
    if len(header.lines) > _MOST_LINES or sum(map(len, header.lines)) > _MOST_WORDS:
        return None
    marks = numbering_in_place(marks, body) if marks else ()
    return _Torn(at, head, marks, header, facts_of(body, marks), body)


def _without_caption(head: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    """The header's lines without the end of a caption above (a bracket that closes and none that opens)."""
    first = next((line for line in head if not line.blank), None)
    if (
        first is not None
        and first.text.count(")") > first.text.count("(")
        and first.text.strip().endswith(")")
    ):
        return tuple(head[head.index(first) + 1 :])
    return tuple(head)


def _groups_above(above: Sequence[SourceLine]) -> list[SourceLine]:
    """Lines right above a header that are headings of groups: the dump set blank lines between."""
    found: list[SourceLine] = []
    for line in reversed(above[-_LINES_ABOVE:]):
        if line.blank:
            continue
        if not _is_of_groups(line.text):
            break
        found.insert(0, line)
    return found


def _is_of_groups(text: str) -> bool:
    """Whether a line is headings of groups, mostly."""
    header = torn_header([text])
    if not header.lines or len(text) > _LONGEST_LINE:
        return False
    found = [
        max((place.found * sum(map(len, p.words)) for place in places_of(p.words, header)), default=0.0)
        for p in phrases_for(header)
        if p.name in groups_known()
    ]
    return max(found, default=0.0) >= _GROUPS_SHARE * sum(len(word.key) for word in header.lines[0])


def _header_above(above: Sequence[SourceLine], first: int) -> list[SourceLine]:
    """The lines above a table that came without a header, down from a caption, a paragraph or a wide gap."""
    found: list[SourceLine] = []
    blanks = 0
    for line in reversed(above[-_LINES_ABOVE:]):
        if first - line.number > len(found) + blanks + 1:
            break
        if line.blank:
            blanks += 1
            if found or blanks > _BLANKS_ABOVE:
                break
            continue
        if is_caption(line) or is_heading(line) or is_rule(line.text) or len(line.text) > _LONGEST_LINE:
            break
        found.insert(0, line)
    return found


def _of_twins(torn: Sequence[_Torn], trees: dict[int, Tree | None]) -> dict[int, Tree | None]:
    """The headings of tables with the same columns: of either's, those that fit both better."""
    out: dict[int, Tree | None] = {}
    for i, one in enumerate(torn):
        for other in torn[i + 1 :]:
            if not one.formulas & other.formulas or abs(one.facts.width - other.facts.width) > 1:
                continue
            pairs = [
                (a, b)
                for a, b in (
                    (trees[one.at], _like(trees[one.at], other)),
                    (_like(trees[other.at], one), trees[other.at]),
                )
                if a and b
            ]
            if pairs:
                best = max(pairs, key=lambda pair: pair[0].score + pair[1].score)
                out |= {one.at: best[0], other.at: best[1]}
    return out


def _like(tree: Tree | None, other: _Torn) -> Tree | None:
    """A tree over another table's words, without a last column that the other has not."""
    if tree is None:
        return None
    kept = tuple(h for h in tree.headings if h.last < other.facts.width)
    return tree_like(replace(tree, headings=kept), other.header, other.facts)


def _is_good(tree: Tree, torn: _Torn) -> bool:
    """Whether enough of the header is explained and enough columns have known headings: under groups that are
    all known, or of a header of one row more."""
    found = sum(h.found * sum(map(len, h.phrase.words)) for h in tree.headings if h.phrase)
    letters = sum(len(word.key) for line in torn.header.lines for word in line if word.is_word)
    columns = [h for h in tree.headings if h.first == h.last and torn.facts.holds[h.first] != "nothing"]
    headed = sum(h.phrase is not None for h in columns)
    named = all(g.phrase is not None and g.phrase.name in groups_known() for g in tree.groups)
    explained, least = (_EXPLAINED, _HEADED) if tree.groups else (_EXPLAINED_ALONE, _HEADED_ALONE)
    return named and found >= explained * letters and headed >= least * len(columns)


def _completed(tree: Tree, torn: _Torn) -> Tree:
    """The tree with what is known to stand under a group put where nothing was found, in its place, and with
    notes over a last column without figures at whose end of a line the print has rests of such a heading."""
    out = list(tree.headings)
    for group in tree.groups:
        places = groups_known().get(group.phrase.name, ()) if group.phrase else ()
        if len(places) != group.last - group.first + 1:
            continue
        for i, heading in enumerate(out):
            alone = heading.first == heading.last and not heading.phrase
            if alone and group.first <= heading.first <= group.last:
                out[i] = replace(heading, phrase=phrase(places[heading.first - group.first][0]))
    last = out[-1]
    if not last.phrase and last.last == last.first and torn.facts.holds[last.first] in ("nothing", "words"):
        note = phrase(_NOTE_HEAD)
        ends = [line[-1] for line in torn.header.lines if line[-1].key]
        if any(word_fit(word, end.key) for end in ends for word in note.words if len(word) > _SHORT):
            out[-1] = replace(last, phrase=note)
    return replace(tree, headings=tuple(out))


def _restored(draft: Draft, torn: _Torn, tree: Tree) -> Draft:
    """The table with its header's rows: the words as read in their cells, what they must be called beside."""
    width = _width(draft, torn, tree)
    words, left = _words_of(tree, torn.header)
    height = 2 if tree.groups else 1
    rows = [[""] * width for _ in range(height)]
    spans, doubtful, surely = list[Span](), set[tuple[int, int]](), dict[tuple[int, int], float]()
    others: dict[tuple[int, int], tuple[Reading, ...]] = {}
    for heading in tree.headings:
        if heading.first >= width:
            continue
        group = any(g.first <= heading.first <= g.last and g is not heading for g in tree.groups)
        at = (int(group), heading.first)
        rows[at[0]][at[1]] = words.get(heading, "")
        span = Span(
            *at, 1 if group or heading.last > heading.first else height, heading.last - heading.first + 1
        )
        spans += [span] if span.height * span.width > 1 else []
        if heading.phrase:
            cost = (1 - heading.found) * sum(map(len, heading.phrase.words))
            others[at] = (Reading(heading.phrase.text, cost, RESTORED),)
        surely[at] = _GUESSED + (_FOUND - _GUESSED) * heading.found
        if heading.found < _DOUBTFUL and torn.facts.holds[heading.first] != "nothing":
            doubtful.add(at)
    if torn.marks:
        rows.append(list(torn.marks[:width]))
    found = _with_header(draft, rows, spans, doubtful, others, surely, torn, left)
    if _is_sure(tree, torn):
        return replace(found, notes=(_NOTE, *found.notes))
    return replace(found, doubts=(_NOTE, *found.doubts))


def _is_sure(tree: Tree, torn: _Torn) -> bool:
    """Whether every heading is there nearly whole, and nearly every word is one's: then it is no guess."""
    letters = sum(len(word.key) for line in torn.header.lines for word in line if word.is_word)
    found = sum(h.found * sum(map(len, h.phrase.words)) for h in tree.headings if h.phrase)
    headed = [h for h in tree.headings if torn.facts.holds[h.first] != "nothing"]
    return found >= _SURELY * letters and all(h.phrase and h.found >= _DOUBTFUL for h in headed)


def _width(draft: Draft, torn: _Torn, tree: Tree) -> int:
    """The table's width without a last column that holds nothing and has no heading."""
    last = draft.n_cols - 1
    empty = all(not row[last].strip() for row in torn.body) and not (torn.marks and torn.marks[last])
    headed = any(h.phrase for h in tree.headings if h.last == last)
    return last if empty and not headed else draft.n_cols


def _with_header(
    draft: Draft,
    rows: Sequence[Sequence[str]],
    spans: Sequence[Span],
    doubtful: set[tuple[int, int]],
    others: dict[tuple[int, int], tuple[Reading, ...]],
    surely: dict[tuple[int, int], float],
    torn: _Torn,
    left: Sequence[str],
) -> Draft:
    width, before = len(rows[0]), draft.header_rows or 0
    moved = len(rows) - before
    body = [s for s in draft.spans if s.row >= before]
    notes = [_LEFT.format("; ".join(f"“{text}”" for text in left))] if left else []
    first = min(line.number for line in torn.lines)
    taken = first if draft.torn is None else max(first, min(draft.first_line, first))
    return replace(
        draft,
        rows=(*map(tuple, rows), *(row[:width] for row in torn.body)),
        first_line=taken,
        pages=(torn.lines[0].page,) * len(rows) + draft.pages[before:],
        header_rows=len(rows),
        spans=(*spans, *(replace(s, row=s.row + moved) for s in body)),
        doubtful=frozenset({*doubtful, *((r + moved, c) for r, c in draft.doubtful if r >= before)}),
        others={**others, **{(r + moved, c): x for (r, c), x in draft.others.items() if r >= before}},
        surely={**surely, **{(r + moved, c): x for (r, c), x in draft.surely.items() if r >= before}},
        notes=(*notes, *draft.notes),
        dropped=(*draft.dropped, *left),
        torn=None,
    )


def _words_of(tree: Tree, header: TornHeader) -> tuple[dict[Heading, str], list[str]]:
    """The words of each heading as read, line by line, with those beside them that no heading takes; and the
    lines of which none takes a word."""
    words: dict[Heading, list[PrintedWord]] = {h: [] for h in tree.headings}
    left: list[str] = []
    for n, line in enumerate(header.lines):
        owners = sorted(
            (start, end, k) for k, h in enumerate(tree.headings) for i, start, end in h.taken if i == n
        )
        if not owners:
            left.append(" ".join(word.text for word in line))
            continue
        at = 0
        for place, (_, end, k) in enumerate(owners):
            last = len(line) if place == len(owners) - 1 else end
            words[tree.headings[k]] += line[at:last]
            at = last
    return {h: " ".join(word.text for word in own) for h, own in words.items()}, left
