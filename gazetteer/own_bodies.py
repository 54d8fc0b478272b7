"""What the bodies of a letterhead are called, as the units they govern are spelt."""

from __future__ import annotations

from gazetteer.epoch import Epoch
from gazetteer.names import TYPE_WORDS, tight
from model.place import AdminUnit, PlaceType
from normalize.unicode import fold

_LONGEST_TYPE = 2  # words


def own_names(epoch: Epoch, issuer: str, parent: str) -> dict[str, str]:
    """The units' names by the names that a scan was read to give the issuer and the body over it, where one
    unit so called but for marks lies in one so called but for marks; {} where none does or several do.

    Of a commune named `Vĩnh Thái` in a district of which only a `Vinh Thái` is known, the mark was read into
    the print; a name alone, without the unit that it lies in, says nothing."""
    own, over = _unit_named(issuer), _unit_named(parent)
    if own is None or over is None:
        return {}
    found = [
        (unit, above)
        for unit in epoch.by_key.get(tight(own[1]), ())
        if unit.type == own[0]
        for above in epoch.path(unit)[1:]
        if above.type == over[0] and tight(above.name) == tight(over[1])
    ]
    return _by_name_read(own[1], over[1], *found[0]) if len(found) == 1 else {}


def _by_name_read(own: str, over: str, unit: AdminUnit, above: AdminUnit) -> dict[str, str]:
    return {read: known for read, known in ((own, unit.name), (over, above.name)) if read != known}


def _unit_named(body: str) -> tuple[PlaceType, str] | None:
    """The type and the name of the unit with which a body's name ends (`Ủy ban nhân dân xã Tân Lập`)."""
    words = body.split()
    for start in range(len(words) - 1, -1, -1):
        for count in range(_LONGEST_TYPE, 0, -1):
            kind = TYPE_WORDS.get(fold(" ".join(words[start : start + count])))
            if kind and start + count < len(words):
                return kind, " ".join(words[start + count :])
    return None
