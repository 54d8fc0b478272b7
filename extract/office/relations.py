"""Relationships between the parts of an Open Packaging file (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, Literal, overload

from extract.office.package import Package


@overload
def related(package: Package, part: str) -> Iterator[tuple[str, str]]: ...
@overload
def related(package: Package, part: str, with_ids: Literal[True]) -> Iterator[tuple[str, str, str]]: ...
def related(package: Package, part: str, with_ids: bool = False) -> Iterator[tuple[str, ...]]:
    """Kind (`styles`, `header`, ...) and target of each relationship of a part ('' for the package's own),
    and its id when asked for. The target is a part's name, '' for one outside the package: nothing is
    fetched."""
    folder, name = posixpath.split(part)
    root = package.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    for element in root if root is not None else ():
        kind = (element.get("Type") or "").rpartition("/")[2]
        target = element.get("Target") or ""
        outside = element.get("TargetMode") == "External"
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found = "" if outside else posixpath.normpath(inside)
        yield (kind, found, element.get("Id") or "") if with_ids else (kind, found)


def inner_text(element: Any) -> str:
    """The text of all `t` elements below one, paragraphs (`p`) on lines of their own."""
    out: list[str] = []
    for inner in element.iter():
        name = str(inner.tag).rpartition("}")[2]
        if name == "p" and out:
            out.append("\n")
        elif name == "t":
            out.append(inner.text or "")
    return "".join(out)
