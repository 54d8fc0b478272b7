"""Documents of a run compared with each other, without holding them: figures of one place at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from emit.columns import OBSERVATIONS
from emit.escape import unescape
from emit.readback import observation_of
from emit.rows import DocumentRows
from model.document import Observation, Source
from model.flag import Flag
from pipeline.coding import dumps, loads
from pipeline.run import twins
from pipeline.run.scratch import Scratch

_COLUMNS = OBSERVATIONS.columns[1:]  # rows carry no doc_id
_PLACE = _COLUMNS.index("place_code")


class Panel(Scratch):
    """Observations of many documents on disk, and the flags that comparing them raises."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "seen (place TEXT, position INTEGER, doc_id TEXT, rows TEXT)",
            "flags (doc_id TEXT, flag BLOB)",
            *twins.TABLES,
        )
        self._same: dict[str, str] = {}

    def compare(self, documents: Iterable[tuple[Source, DocumentRows]]) -> None:
        """Take every document's observations and compare those of each place."""
        self._db.execute("BEGIN")
        for position, (source, rows) in enumerate(documents):
            twins.note(self._db, position, source, rows)
            for place, found in groupby(sorted(rows.observations), key=lambda r: r[_PLACE]):
                packed = json.dumps(list(found), ensure_ascii=False)
                self._db.execute(
                    "INSERT INTO seen VALUES (?, ?, ?, ?)", (place, position, source.doc_id, packed)
                )
        self._db.execute("CREATE INDEX by_place ON seen (place, position)")
        known: set[tuple[str, str, int | None, int | None]] = set()
        for pairs in self._places():
            from checks import check_folder  # not before two documents meet: loading the checks takes 0.2 s

            self._note(check_folder(pairs), known)
        self._same, more = twins.find(self._db)
        self._note(more, known)
        self._db.execute("CREATE INDEX by_document ON flags (doc_id)")
        self._db.execute("COMMIT")

    def _note(
        self, flags: Iterable[tuple[str, Flag]], known: set[tuple[str, str, int | None, int | None]]
    ) -> None:
        """Keep flags by document, one a cell."""
        for doc_id, flag in flags:
            place = doc_id, flag.table_id, flag.row, flag.col
            if place not in known:
                known.add(place)
                self._db.execute("INSERT INTO flags VALUES (?, ?)", (doc_id, dumps(flag)))

    def _places(self) -> Iterator[list[tuple[str, list[Observation]]]]:
        """Each place that several documents speak of, with what each of them says."""
        cursor = self._db.execute("SELECT place, doc_id, rows FROM seen ORDER BY place, position")
        for _, group in groupby(cursor, key=lambda r: r[0]):
            pairs = [(doc_id, [_observation(r) for r in json.loads(rows)]) for _, doc_id, rows in group]
            if len(pairs) > 1:
                yield pairs

    def same_as(self, source: Source) -> str:
        """The id of a better source of the same report; '' where there is none."""
        return self._same.get(source.doc_id, "")

    def flags_of(self, source: Source) -> list[Flag]:
        """The flags raised for one document."""
        found = self._db.execute("SELECT flag FROM flags WHERE doc_id = ? ORDER BY rowid", (source.doc_id,))
        return [loads(Flag, blob) for (blob,) in found]


def _observation(row: list[str]) -> Observation:
    return observation_of({name: unescape(text) for name, text in zip(_COLUMNS, row, strict=True)})
