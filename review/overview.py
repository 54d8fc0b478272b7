"""A folder's health at a glance: what is proved, what is left to see, how fast it goes, how good it is."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emit.escape import unescape
from pipeline.run.audit import kept_quality
from review.decisions import ON_FLAGS, Decision
from review.desk import Desk
from review.page import desk_of, page, user_of, whole_number
from review.people import differing
from review.plots import by_place, legend, line_plot, share_bar

_SHOWN = 200  # documents with a bar of their own
_PAUSE = timedelta(minutes=5)  # a longer gap between two decisions is a pause, and is not counted
_CELLS = 4000  # marks of a page that are still drawn at once


def overview_routes() -> list[Route]:
    """The routes of the overview, and of a page with its cells by status."""
    return [Route("/overview", show_overview), Route("/scan", show_scan)]


def show_overview(request: Request) -> Response:
    """Numbers and plots of the folder."""
    desk = desk_of(request)
    decided, flags = desk.current.decided(), desk.current.flags()
    left = Counter(f.doc_id for f in flags.values() if f.key not in decided)
    documents = []
    for d in desk.folder.documents.values():
        proved = round(float(d.proved or 0) * d.figures)
        doubted = min(left[d.doc_id], d.figures - proved)
        parts = [("proved", proved), ("read", d.figures - proved - doubted), ("wrong", doubted)]
        bar = share_bar(parts, f"{proved} / {d.figures}") if d.figures else ""
        documents.append((d, proved, left[d.doc_id], bar))
    documents.sort(key=lambda row: (-row[2], row[0].doc_id))
    kinds = Counter(f.kind for f in flags.values() if f.key not in decided)
    found = desk.readings()
    seconds = [r for r in found if r.second is not None]
    marks = {
        r.first.subject.doc_id: desk.folder.document(r.first.subject.doc_id).decimal_mark for r in seconds
    }
    shown: dict[str, Any] = {
        "documents": documents[:_SHOWN],
        "more": max(0, len(documents) - _SHOWN),
        "figures": sum(d.figures for d in desk.folder.documents.values()),
        "proved": sum(row[1] for row in documents),
        "kinds": kinds.most_common(),
        "most": max(kinds.values(), default=1),
        "pace": pace([d for d in desk.store.everything() if d.action in ON_FLAGS]),
        "left": left.total(),
        "seconds": len(seconds),
        "waiting": len(found) - len(seconds),
        "twice": desk.twice,
        "differ": len(differing(found, marks)),
        "quality": kept_quality(desk.folder.path),
        "given": desk.store.assigned(),
        "reviewers": sorted({user_of(request), *(d.who for d in desk.store.everything())}),
        "pictured": {d.doc_id for d, *_ in documents[:_SHOWN] if desk.has_pages(d.doc_id)},
        **_indicators(desk, request.query_params.get("indicator", "")),
    }
    return page(request, "overview.html", **shown)


def pace(decisions: Sequence[Decision]) -> float:
    """Decisions an hour, pauses left out, a batch as one; 0 where there are too few to say."""
    first = {d.together or str(d.id): d for d in reversed(decisions)}
    moments = [datetime.fromisoformat(d.made_at) for d in reversed(first.values())]
    gaps = [b - a for a, b in pairwise(moments) if b - a <= _PAUSE]
    spent = sum(gaps, timedelta())
    return len(gaps) / (spent / timedelta(hours=1)) if spent else 0.0


def _indicators(desk: Desk, wanted: str) -> dict[str, Any]:
    """The indicators that some place has at two points in time, and the plot of one."""
    with (desk.folder.path / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{k: unescape(v) for k, v in row.items() if k} for row in csv.DictReader(file)]
    times: dict[str, set[str]] = {}
    for row in rows:
        times.setdefault(row["indicator"], set()).add(row["as_of"])
    names = sorted(name for name, seen in times.items() if len(seen - {""}) > 1)
    indicator = wanted if wanted in names else next(iter(names), "")
    series = by_place(rows, indicator) if indicator else []
    return {
        "indicators": names,
        "indicator": indicator,
        "plot": line_plot(series, indicator),
        "legend": legend(series),
        "places": len(series),
    }


def show_scan(request: Request) -> Response:
    """A page with the cells of its tables coloured by how sure they are."""
    desk, query = desk_of(request), request.query_params
    doc_id, number = query.get("doc", ""), whole_number(query.get("page", "1"))
    if doc_id not in desk.folder.documents or number is None or not desk.has_pages(doc_id):
        return PlainTextResponse("No such page.", 404)
    document = desk.current.document(doc_id)
    decided = desk.current.decided()
    wrong = {
        (f.table_id, f.row, f.col)
        for f in desk.current.flags().values()
        if f.doc_id == doc_id and f.key not in decided
    }
    marks = [
        {
            "page": c.page,
            "box": [round(v, 1) for v in (c.box.x0, c.box.y0, c.box.x1, c.box.y1)],
            "kind": "s-wrong" if (t.table_id, c.row, c.col) in wrong else f"s-{c.status}",
        }
        for t in document.tables
        for c in t.cells()
        if c.box and c.anchor in ((-1, -1), (c.row, c.col)) and not c.is_header and c.text.strip()
    ]
    return page(
        request,
        "scan.html",
        doc_id=doc_id,
        number=number,
        pages=document.pages,
        marks=marks[:_CELLS],
        turns={p.page: p.rotation for p in document.page_records},
        tables=document.tables,
    )
