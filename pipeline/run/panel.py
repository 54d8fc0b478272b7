"""Documents of a run compared with each other, without holding them: figures of one place at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from emit.columns import OBSERVATIONS
from emit.escape import unescape
from emit.readback import observation_of
from emit.rows import DocumentRows
from emit.texts import Row
from model.document import Observation, Source
from model.flag import Flag
from normalize.unicode import fold
from pipeline.coding import dumps, loads
from pipeline.run import twins
from pipeline.run.scratch import Scratch

_COLUMNS = OBSERVATIONS.columns[1:]  # rows carry no doc_id
_PLACE, _INDICATOR, _AS_OF, _VALUE = (
    _COLUMNS.index(name) for name in ("place_code", "indicator", "as_of", "value")
)
_LAST = "\uffff"  # after every place: flags that are raised by more than figures of places


class Panel(Scratch):
    """Observations of many documents on disk, and the flags that comparing them raises. In memory is one
    document, and what the documents say of one place, indicator and day."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "seen (place TEXT, subject TEXT, position INTEGER, nth INTEGER, doc_id TEXT, row TEXT)",
            "flags (doc_id TEXT, place TEXT, position INTEGER, nth INTEGER, flag BLOB)",
            *twins.TABLES,
        )
        self._same: dict[str, str] = {}

    def compare(self, documents: Iterable[tuple[Source, DocumentRows]]) -> None:
        """Take every document's observations and compare those of each place."""
        self._db.execute("BEGIN")
        for position, (source, rows) in enumerate(documents):
            twins.note(self._db, position, source, rows)
            self._db.executemany(
                "INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?)",
                _seen(position, source.doc_id, rows.observations),
            )
        self._db.execute("CREATE INDEX by_subject ON seen (place, subject, position, nth)")
        for (place, position, nth), pairs in self._subjects():
            from checks import check_folder  # not before two documents differ: loading the checks takes 0.2 s

            self._note(check_folder(pairs), place, position, nth)
        self._same, more = twins.find(self._db)
        self._note(more, _LAST, 0, 0)
        self._db.execute("CREATE INDEX by_document ON flags (doc_id)")
        self._db.execute("COMMIT")

    def _note(self, flags: Iterable[tuple[str, Flag]], place: str, position: int, nth: int) -> None:
        """Keep flags by document, and where they stand among its others."""
        self._db.executemany(
            "INSERT INTO flags VALUES (?, ?, ?, ?, ?)",
            ((doc_id, place, position, nth, dumps(flag)) for doc_id, flag in flags),
        )

    def _subjects(self) -> Iterator[tuple[tuple[str, int, int], list[tuple[str, list[Observation]]]]]:
        """What several documents say of one place, indicator and day, where their figures are not all the
        same; with the place, and the position and the row of the first that speaks of it."""
        cursor = self._db.cursor()
        cursor.execute(
            "SELECT place, subject, position, nth, doc_id, row FROM seen"
            " ORDER BY place, subject, position, nth"
        )
        for _, group in groupby(cursor, key=lambda r: (r[0], r[1])):
            found = [
                (place, position, nth, doc_id, json.loads(row))
                for place, _, position, nth, doc_id, row in group
            ]
            if found[0][1] == found[-1][1] or len({row[_VALUE] for *_, row in found}) == 1:
                continue
            pairs = [
                (doc_id, [_observation(row) for *_, row in own])
                for doc_id, own in groupby(found, key=lambda f: f[3])
            ]
            yield found[0][:3], pairs

    def same_as(self, source: Source) -> str:
        """The id of a better source of the same report; '' where there is none."""
        return self._same.get(source.doc_id, "")

    def flags_of(self, source: Source) -> list[Flag]:
        """The flags raised for one document, one a cell."""
        found = self._db.execute(
            "SELECT flag FROM flags WHERE doc_id = ? ORDER BY place, position, nth, rowid", (source.doc_id,)
        )
        flags = (loads(Flag, blob) for (blob,) in found)
        by_cell: dict[tuple[str, int | None, int | None], Flag] = {}
        for flag in flags:
            by_cell.setdefault((flag.table_id, flag.row, flag.col), flag)
        return list(by_cell.values())


def _seen(
    position: int, doc_id: str, observations: Sequence[Row]
) -> Iterator[tuple[str, str, int, int, str, str]]:
    """What a document says of places, by what it says it of."""
    names: dict[str, str] = {}
    for nth, row in enumerate(sorted(observations)):
        if not row[_PLACE] or not row[_AS_OF]:
            continue
        name = row[_INDICATOR]
        if name not in names:
            names[name] = fold(unescape(name))
        packed = json.dumps(row, ensure_ascii=False)
        yield row[_PLACE], f"{names[name]}\x1f{row[_AS_OF]}", position, nth, doc_id, packed


def _observation(row: list[str]) -> Observation:
    return observation_of({name: unescape(text) for name, text in zip(_COLUMNS, row, strict=True)})
