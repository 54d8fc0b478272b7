"""Which families of relations there are: one function each, from a table (or the document) to relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from checks.distinct import Distinct
from checks.equations import Alike, Equations
from checks.families import (
    annexes,
    answers,
    balances,
    claims,
    codes,
    dates,
    deltas,
    excess,
    extremes,
    flows,
    formulas,
    hidden_wholes,
    indices,
    margins,
    means,
    opposites,
    ordinals,
    papers,
    periods,
    products,
    prose,
    ranks,
    rates,
    row_balances,
    running,
    shares,
    spoken_changes,
    spoken_rates,
    spoken_rows,
    spoken_shares,
    spoken_totals,
    superlatives,
    texts,
    total_shares,
    totals,
    unnamed_sums,
)
from checks.figures import Book
from checks.relation import Relation
from checks.view import Sheet
from model.document import Document
from model.flag import CellRef, Flag

TABLE_RELATIONS: dict[str, Callable[[Book, Sheet], Iterator[Relation | Alike]]] = {
    "columns": margins.find,
    "opposites": opposites.find,
    "products": products.find,
    "indices": indices.find,
    "answers": answers.find,
    "balances": balances.find,
    "row balances": row_balances.find,
    "extremes": extremes.find,
    "totals": totals.find,
    "sums without a name": unnamed_sums.find,
    "deltas": deltas.find,
    "shares": shares.find,
    "shares of totals": total_shares.find,
    "shares of a whole elsewhere": hidden_wholes.find,
    "rates": rates.find,
    "running": running.find,
    "texts": texts.find,
    "ordinals": ordinals.find,
    "flows": flows.find,
    "codes": codes.find,
    "formulas": formulas.find,
    "spoken changes": spoken_changes.find,
    "spoken rows": spoken_rows.find,
    "means": means.find,
}
DOCUMENT_RELATIONS: dict[str, Callable[[Book], Iterator[Relation]]] = {
    "annexes": annexes.find,
    "prose": prose.find,
    "prose flows": flows.find_prose,
    "claims": claims.find,
    "spoken totals": spoken_totals.find,
    "spoken rates": spoken_rates.find,
    "spoken shares": spoken_shares.find,
}
TABLE_FLAGS: dict[str, Callable[[Book, Sheet], Iterator[Flag]]] = {"ranks": ranks.find, "excess": excess.find}
BOOK_FLAGS: dict[str, Callable[[Book, Set[CellRef]], Iterator[Flag]]] = {"superlatives": superlatives.find}
DOCUMENT_FLAGS: dict[str, Callable[[Document], Iterator[Flag]]] = {
    "dates": dates.find,
    "papers": papers.find,
    "periods": periods.find,
}


def relations_of(book: Book) -> Equations:
    """Every relation of a document, each once."""
    found: list[Relation | Alike] = []
    distinct = Distinct(len(book.figures))
    for laid in _all_of(book):
        if isinstance(laid, Alike):
            found.append(distinct.new_of(laid))
        elif distinct.is_new(laid):
            found.append(laid)
    return Equations(found)


def _all_of(book: Book) -> Iterator[Relation | Alike]:
    for sheet in book.sheets:
        for family in TABLE_RELATIONS.values():
            yield from family(book, sheet)
    for whole in DOCUMENT_RELATIONS.values():
        yield from whole(book)
