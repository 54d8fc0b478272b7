"""What a solved list lacks, what it names twice, and its rows that are the document's own authority."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.clues import WHOLE_SHARE
from gazetteer.column import Decision
from gazetteer.epoch import Epoch
from gazetteer.names import Written
from model.place import AdminUnit
from normalize.unicode import tone_key

_FEWEST = 3  # members found from which the others are missing


def missing_of(epoch: Epoch, solved: Sequence[Decision]) -> list[AdminUnit]:
    """Members not listed, where nearly all members of one unit are."""
    listed = {d.unit.code: d.unit for d in solved if d.unit}
    out: list[AdminUnit] = []
    for parent in sorted({u.parent_code for u in listed.values()}):
        members = epoch.children.get(parent, ())
        found = [u for u in members if u.code in listed]
        if len(found) >= max(_FEWEST, WHOLE_SHARE * len(members)):
            out += [u for u in members if u.code not in listed]
    return out


def repeated_in(rows: Sequence[Written], solved: Sequence[Decision]) -> list[AdminUnit]:
    """Units whose very name stands in two rows of one list."""
    first: dict[str, int] = {}
    out = []
    for i, written in enumerate(rows):
        key = tone_key(written.raw)
        if key in first:
            unit = solved[first[key]].unit or solved[i].unit
            if unit is None and solved[i].candidates:
                unit = solved[i].candidates[0][0]
            if unit:
                out.append(unit)
        first.setdefault(key, i)
    return out


def own_rows(epoch: Epoch, codes: Sequence[str], written: Sequence[Written]) -> dict[int, Decision]:
    """The rows that are an authority without a name (`Phường`): the document's unit (`codes`, it first), or
    one it lies in, that is of its type."""
    unit = epoch.units.get(codes[0]) if codes else None
    around = {u.type: u for u in reversed(epoch.path(unit))} if unit else {}
    return {
        i: Decision("exact", own, 1.0, ((own, 1.0),))
        for i, w in enumerate(written)
        if w.meaning == "own" and w.type and (own := around.get(w.type))
    }
