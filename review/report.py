"""`report.html`: a run for those who only look, in one file that needs no server."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from emit.csvset import refuse_links
from emit.readset import read_outcomes
from model.errors import DocumentError
from pipeline.run.audit import kept_quality
from review.desk import Desk
from review.folder import FlagRow
from review.words import words
from review.worklist import order

FILE = "report.html"
_MOST_CROPS = 200  # pictures in one report: about 20 MB; further flags are listed without
_STATUSES = ("proved", "read", "repaired", "doubtful")


@dataclass(frozen=True, slots=True)
class Bar:
    """A document's figures by status, as widths of a bar in percent."""

    doc_id: str
    figures: int
    widths: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """A flag of the report with its crop as a data URL, '' where there is none."""

    flag: FlagRow
    picture: str


def write_report(folder: Path) -> Path:
    """Write `report.html` into a finished run folder. Raises NothingReadError, OutputError, OSError."""
    refuse_links(folder)
    desk = Desk(folder, "")
    flags = sorted(desk.folder.flags.values(), key=order)
    page = desk.render(
        "report.html",
        {
            "w": words("vi"),
            "documents": list(desk.folder.documents.values()),
            "by_kind": Counter(f.kind for f in flags).most_common(),
            "by_severity": Counter(f.severity for f in flags),
            "bars": _bars(folder),
            "quality": kept_quality(folder),
            "flags": [ShownFlag(f, _crop(desk, f) if n < _MOST_CROPS else "") for n, f in enumerate(flags)],
            "statuses": _STATUSES,
            "style": (Path(__file__).parent / "static" / "report.css").read_text("utf-8"),
        },
    )
    aside = folder / f"{FILE}.new"
    aside.write_text(page, "utf-8")
    return aside.replace(folder / FILE)


def _bars(folder: Path) -> list[Bar]:
    bars = []
    for outcome in read_outcomes(folder):
        if outcome.document is None:
            continue
        statuses: Counter[str] = Counter(
            cell.status
            for table in outcome.document.tables
            for row in table.body
            for cell in row
            if cell.value is not None and cell.value.unit != "ordinal"
        )
        total = statuses.total()
        if total:
            widths = tuple((s, round(100 * statuses[s] / total, 2), statuses[s]) for s in _STATUSES)
            bars.append(Bar(outcome.source.doc_id, total, widths))
    return bars


def _crop(desk: Desk, flag: FlagRow) -> str:
    if not desk.has_picture(flag):
        return ""
    try:
        data = desk.picture(flag)
    except (OSError, DocumentError):
        return ""
    return "data:image/png;base64," + base64.b64encode(data).decode("ascii")
