"""What sentences say of the order of rows: `cao nhất là xã An Mẫu (95,2%)`, `xã Bình Mẫu xếp thứ 3`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from decimal import Decimal

from checks.families.annexes import PREFIX
from checks.figures import Book
from checks.view import Sheet
from model.flag import CellRef, Flag
from normalize.numbers import parse_number
from normalize.prose.figures import find_figures, plain_key
from normalize.prose.sentences import Sentence, sentences

_MOST = re.compile(r"\b(?P<word>cao|lon|nhieu|thap|nho|it) nhat\b")
_WORDS = {
    "cao": "cao",
    "lon": "lớn",
    "nhieu": "nhiều",
    "thap": "thấp",
    "nho": "nhỏ",
    "it": "ít",
}
_LEAST = frozenset(("thap", "nho", "it"))
_RANKED = re.compile(
    r"\b(?:xep|dung)(?: (?:thu|hang|vi|tri|o))+\s*(?:thu )?(?P<place>\d{1,3})(?:\s*/\s*\d+)?(?!\d|[.,]\d)"
)
_LEADS = re.compile(
    r"^(?:[\s:,(]|\b(?:la|thuoc ve|o|tai|gom|voi|trong|tren|toan|tinh|huyen|xa|phuong|thi tran|thi xa"
    r"|thanh pho|ubnd|don vi|dia phuong)\b)*"
)
_ENDS = re.compile(r"[;.](?=\s|$)")
_WORD = re.compile(r"[a-z]{2,}")
_EMPTY = frozenset(("so", "ty", "ti", "le", "tong", "luong", "cac", "cua", "trong", "nam", "dat"))
_FEWEST = 3  # rows that have an order
_SHORTEST = 3  # letters of a name
_LESS_IS_BETTER = re.compile(r"\b(?:qua han|tre han|no|ton dong|vi pham|tai nan|ngheo|that nghiep|hao phi)\b")
_FROM_LEAST = re.compile(r"\btu thap (?:den|len) cao\b|\bthap nhat\b")


def find(book: Book, flagged: Set[CellRef]) -> Iterator[Flag]:
    """Flags of rows that are called the first or last, or of a place, and are not; no sentence is held to
    figures that flags stand on."""
    lines = [line for line in book.document.lines if line.text.strip()]
    if not book.sheets or not any(_speaks(plain_key(line.text)) for line in lines):
        return
    for sentence in sentences([(line.text, line.page, line.number) for line in lines]):
        key = plain_key(sentence.text)
        if _speaks(key):
            yield from _superlatives(book, sentence, key, flagged)
            yield from _places(book, sentence, key, flagged)


def _speaks(key: str) -> bool:
    return bool(_MOST.search(key) or _RANKED.search(key))


def _superlatives(book: Book, sentence: Sentence, key: str, flagged: Set[CellRef]) -> Iterator[Flag]:
    found = list(_MOST.finditer(key))
    for i, match in enumerate(found):
        until = _end(key, match.end(), found[i + 1].start() if i + 1 < len(found) else len(key))
        since = max((m.end() for m in _ENDS.finditer(key, 0, match.start())), default=0)
        since = max(since, found[i - 1].end() if i else 0)
        for sheet in book.sheets:
            row = _named_row(sheet, key[match.end() : until])
            if row is None:
                continue
            col = _column(book, sheet, row, sentence.text[match.end() : until], key[since : match.start()])
            if col is None:
                continue
            rows = _peers(book, sheet, row, col, flagged)
            least = match["word"] in _LEAST
            if len(rows) >= _FEWEST and row in rows:
                best, amount = _first(book, sheet, rows, col, least)
                if _amount(book, sheet, row, col) != amount:
                    yield _flag(sheet, sentence, row, col, best, match["word"])
            break


def _end(key: str, start: int, limit: int) -> int:
    match = _ENDS.search(key, start, limit)
    return match.start() if match else limit


def _named_row(sheet: Sheet, after: str) -> int | None:
    """The row whose name stands right behind the words, without the kind of its unit; None where none does or
    two do."""
    lead = _LEADS.match(after)
    rest = after[lead.end() :] if lead else after
    fits = [
        (len(name), row)
        for row in sheet.body
        if len(name := _name(sheet, row)) >= _SHORTEST and re.match(rf"{re.escape(name)}(?![a-z0-9])", rest)
    ]
    longest = max(fits, default=(0, -1))
    return longest[1] if sum(size == longest[0] for size, _ in fits) == 1 else None


def _name(sheet: Sheet, row: int) -> str:
    return PREFIX.sub("", sheet.names[row], count=1).strip(" .:-")


def _column(book: Book, sheet: Sheet, row: int, after: str, before: str) -> int | None:
    """The column that a sentence speaks of: the one whose figure of the row it tells, else the one whose name
    it carries."""
    told = find_figures(after, book.mark)
    amounts = [f.value.amount for f in told[:1]]
    holding = [c for c in sheet.numeric if (n := sheet.at[row][c]) is not None and book.amounts[n] in amounts]
    words = frozenset(_WORD.findall(before))
    named = [c for c in sheet.numeric if (own := _telling(sheet.leaf(c))) and own <= words]
    if told:
        both = [c for c in holding if c in named]
        return both[0] if len(both) == 1 else holding[0] if len(holding) == 1 else None
    return named[0] if len(named) == 1 else None


def _telling(key: str) -> frozenset[str]:
    return frozenset(w for w in _WORD.findall(key) if w not in _EMPTY)


def _peers(book: Book, sheet: Sheet, row: int, col: int, flagged: Set[CellRef]) -> list[int]:
    """The rows of one level with a figure in a column, but for those whose figure is in question."""
    return [
        r
        for r in sheet.body
        if sheet.kinds[r] != "total"
        and sheet.levels[r] == sheet.levels[row]
        and sheet.at[r][col] is not None
        and CellRef(sheet.table.table_id, r, col) not in flagged
    ]


def _amount(book: Book, sheet: Sheet, row: int, col: int) -> Decimal:
    n = sheet.at[row][col]
    assert n is not None
    return book.amounts[n]


def _first(book: Book, sheet: Sheet, rows: list[int], col: int, least: bool) -> tuple[int, Decimal]:
    """The row with the highest (`least`: lowest) figure of a column, and that figure."""
    pick = min if least else max
    row = pick(rows, key=lambda r: _amount(book, sheet, r, col))
    return row, _amount(book, sheet, row, col)


def _places(book: Book, sentence: Sentence, key: str, flagged: Set[CellRef]) -> Iterator[Flag]:
    """`xã Bình Mẫu xếp thứ 3 về tỷ lệ giải ngân`, against the column of ranks or the column named."""
    for match in _RANKED.finditer(key):
        since = max((m.end() for m in _ENDS.finditer(key, 0, match.start())), default=0)
        until = _end(key, match.end(), len(key))
        value = parse_number(match["place"])
        for sheet in book.sheets:
            rows = [r for r in sheet.body if _stands(_name(sheet, r), key[since : match.start()])]
            if len(rows) != 1 or value is None:
                continue
            place, col = _place_of(book, sheet, rows[0], key[since:until], flagged)
            if col is None:
                continue
            if place and value.amount not in place:
                yield _misplaced(sheet, sentence, rows[0], match["place"], place[0])
            break


def _stands(name: str, text: str) -> bool:
    return len(name) >= _SHORTEST and bool(re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text))


def _place_of(
    book: Book, sheet: Sheet, row: int, words: str, flagged: Set[CellRef]
) -> tuple[list[int], int | None]:
    """The places that a row may be said to hold, the likelier first, and the column that tells them."""
    ranks = [
        c
        for c in range(sheet.table.n_cols)
        if sheet.column(c).role == "rank" and sheet.at[row][c] is not None
    ]
    if len(ranks) == 1:
        if CellRef(sheet.table.table_id, row, ranks[0]) in flagged:
            return [], ranks[0]
        return [int(_amount(book, sheet, row, ranks[0]))], ranks[0]
    told = frozenset(_WORD.findall(words))
    named = [c for c in sheet.numeric if (own := _telling(sheet.leaf(c))) and own <= told]
    if len(named) != 1 or sheet.at[row][named[0]] is None:
        return [], None
    peers = _peers(book, sheet, row, named[0], flagged)
    amounts = [_amount(book, sheet, r, named[0]) for r in peers]
    held = _amount(book, sheet, row, named[0])
    falling, rising = 1 + sum(a > held for a in amounts), 1 + sum(a < held for a in amounts)
    if _FROM_LEAST.search(words):
        places = [rising]
    else:
        places = [falling, rising] if _LESS_IS_BETTER.search(sheet.leaf(named[0])) else [falling]
    return (places if row in peers and len(peers) >= _FEWEST else []), named[0]


def _flag(sheet: Sheet, sentence: Sentence, row: int, col: int, best: int, word: str) -> Flag:
    printed, other = sheet.cell(row, col).text.strip(), sheet.cell(best, col).text.strip()
    table = sheet.table.table_id
    return Flag(
        "rank",
        "warning",
        f"Câu ghi {sheet.label(row)} ({printed}) {_WORDS[word]} nhất, nhưng trong bảng là"
        f" {sheet.label(best)} ({other}).",
        page=sentence.lines[0][1],
        found=sheet.label(row),
        expected=sheet.label(best),
        context=sentence.text,
        check="rank/prose",
        cells=(CellRef(table, row, col), CellRef(table, best, col)),
    )


def _misplaced(sheet: Sheet, sentence: Sentence, row: int, said: str, place: int) -> Flag:
    return Flag(
        "rank",
        "warning",
        f"Câu ghi {sheet.label(row)} xếp thứ {said}, nhưng theo bảng là thứ {place}.",
        page=sentence.lines[0][1],
        found=said,
        expected=str(place),
        context=sentence.text,
        check="rank/prose",
    )
