"""The long texts of documents word by word, worked out once and ahead of the reviewer."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property

from extract.scan.repairs.marks import MarkReader
from model.document import Document
from model.table import Cell
from pipeline.tools import repairer
from review.spots import Language, Word, is_long, words_of
from review.wording import Wording

_KEPT_WORDINGS = 2  # documents whose texts are kept
_KEPT_TEXTS = 64

_Words = Future[tuple[Word, ...]]


class Texts:
    """Thread-safe: one thread works out what is asked for, in order."""

    def __init__(self) -> None:
        self._wordings: OrderedDict[int, tuple[Document, Wording]] = OrderedDict()
        self._known: OrderedDict[tuple[int, str], tuple[Document, _Words]] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="texts")

    def words(self, document: Document, cell: Cell | None) -> tuple[Word, ...]:
        """The words of a cell's text; () where it is no long one."""
        return self.asked(document, cell).result() if cell is not None and is_long(cell) else ()

    def ahead(self, document: Document, cell: Cell | None) -> None:
        """Begin with a text that will be asked for."""
        if cell is not None and is_long(cell):
            self.asked(document, cell)

    def asked(self, document: Document, cell: Cell) -> _Words:
        """The words of a cell's text, worked out by and by."""
        key = (id(document), cell.text)  # the document is kept beside it: no other has its id meanwhile
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (document, self._worker.submit(self._work_out, document, cell))
            while len(self._known) > _KEPT_TEXTS:
                self._known.popitem(last=False)
        return known[1]

    @cached_property
    def _language(self) -> Language:
        return Language(repairer(), MarkReader.load())

    def _work_out(self, document: Document, cell: Cell) -> tuple[Word, ...]:
        return words_of(cell, self._wording(document), self._language)

    def _wording(self, document: Document) -> Wording:
        known = self._wordings.get(id(document))
        if known is None:
            known = self._wordings[id(document)] = (document, Wording.of(document))
            while len(self._wordings) > _KEPT_WORDINGS:
                self._wordings.popitem(last=False)
        return known[1]
