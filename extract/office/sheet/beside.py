"""What stands on a sheet of an .xlsx beside its cells: texts, which are read; charts, pictures and embedded
objects, which are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.office.package import Package
from extract.office.relations import inner_text, related
from extract.office.unread import told
from extract.office.word.drawings import unread

_OBJECTS = frozenset({"oleObject", "package"})


@dataclass(frozen=True, slots=True)
class Beside:
    """The texts of a sheet's drawings, then those of its comments; what is told of the rest, as a fact and as
    a loss."""

    texts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def beside_cells(package: Package, part: str, sheet: str) -> Beside:
    """What stands beside the cells of the sheet of that name, whose part it is."""
    texts: list[str] = []
    seen: Counter[str] = Counter()
    for kind, target in related(package, part):
        seen["objects"] += kind in _OBJECTS
        if kind not in ("drawing", "comments") or not target:
            continue
        root = package.tree(target)
        texts += _texts(root, "txBody" if kind == "drawing" else "text")
        if kind == "drawing" and root is not None:
            seen.update(found for anchor in root if (found := unread(anchor)))
            drawn = sum(_is_of_cells(package, chart) for chart in _charts(package, target))
            seen.update(drawn=min(drawn, seen["charts"]))
            seen["charts"] -= seen["drawn"]
    return Beside(tuple(texts), *told(seen, f"Trang tính “{sheet}”"))


def _texts(root: Any, wanted: str) -> Iterator[str]:
    for element in root.iter() if root is not None else ():
        if _name(element) == wanted and (text := inner_text(element).strip()):
            yield text


def _charts(package: Package, drawing: str) -> Iterator[str]:
    return (target for kind, target in related(package, drawing) if kind == "chart" and target)


def _is_of_cells(package: Package, chart: str) -> bool:
    """Whether all that a chart draws stands in cells of its own workbook, which are read."""
    root = package.tree(chart)
    drawn = [e for e in root.iter() if _name(e) in ("numRef", "numLit")] if root is not None else []
    ranges = ["".join(e.itertext()) for ref in drawn for e in ref if _name(e) == "f"]
    return bool(drawn) and len(ranges) == len(drawn) and not any("[" in told for told in ranges)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
