"""The mentions that decisions on the rows of a column make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gazetteer.changes import History
from gazetteer.column import Decision
from gazetteer.epoch import Calendar
from gazetteer.former import Past
from model.copies import copier
from model.place import AdminUnit, Candidate, PlaceMention

_in_row: Callable[[PlaceMention, int], PlaceMention] = copier(PlaceMention, "row")


class Mentions:
    """Mentions of one column as of `as_of`, for a document of the day `written_on`. Rows of one text and one
    decision, of which long columns have many, differ in their row only."""

    def __init__(
        self, calendar: Calendar, history: History, past: Past, as_of: date, written_on: date
    ) -> None:
        self._calendar, self._history, self._past = calendar, history, past
        self._as_of, self._written_on = as_of, written_on
        self._made: dict[tuple[str, int], tuple[PlaceMention, Decision]] = {}

    def of(self, row: int, col: int, text: str, decision: Decision) -> PlaceMention:
        """The mention of a row; `decision` is told by which one it is, not by what it says."""
        known = self._made.get((text, id(decision)))
        if known is not None:
            return _in_row(known[0], row)
        made = self._mention(row, col, text, decision)
        self._made[text, id(decision)] = made, decision
        return made

    def _mention(self, row: int, col: int, text: str, decision: Decision) -> PlaceMention:
        unit, as_of = decision.unit, self._as_of
        candidates = tuple(Candidate(u, round(score, 4), self._path(u)) for u, score in decision.candidates)
        score = round(decision.score, 4)
        if unit is None:
            return PlaceMention(row, col, text, decision.kind, as_of, score=score, candidates=candidates)
        ended = unit.valid_to is not None and unit.valid_to <= self._written_on
        path = self._path(unit)
        successors, change = self._history.successors(unit)
        return PlaceMention(
            row,
            col,
            text,
            "former" if ended and decision.kind == "exact" else decision.kind,
            as_of,
            unit=unit,
            score=score,
            parent=path[1] if len(path) > 1 else None,
            province=path[-1],
            candidates=candidates,
            successors=successors,
            change=change,
        )

    def _path(self, unit: AdminUnit) -> tuple[AdminUnit, ...]:
        """What a unit lies in on that day, or lay in on its last day."""
        if unit.valid_to is not None and unit.valid_to <= self._as_of:
            return self._past.path(unit)
        return self._calendar.epoch(self._as_of).path(unit)
