"""Documents compared on disk say what comparing them in memory says, in the same order."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from checks import check_folder
from emit.columns import OBSERVATIONS
from emit.escape import unescape
from emit.readback import observation_of
from emit.rows import DocumentRows
from emit.texts import Row
from model.document import Source
from model.flag import Flag
from pipeline.run.panel import Panel

COLUMNS = OBSERVATIONS.columns[1:]
PLACE = COLUMNS.index("place_code")
Pair = tuple[Source, DocumentRows]

rows = st.builds(
    lambda place, name, day, value, table, row, col: dict.fromkeys(COLUMNS, "")
    | {
        "place_code": place, "place_name": f"Xã {place}", "indicator": name, "as_of": day, "value": value,
        "unit": "count", "table_id": table, "row": str(row), "col": str(col),
    },
    st.sampled_from(["", "00001", "00002", "31000"]),
    st.sampled_from(["Tổng số", "tổng số", "Trực tuyến", "'=a"]),
    st.sampled_from(["", "2024-10", "2024-11"]),
    st.sampled_from(["1", "1.0", "2", "12.5", "300"]),
    st.sampled_from(["t01", "t02"]),
    st.integers(0, 3),
    st.integers(0, 3),
)  # fmt: skip


def in_memory(documents: list[Pair]) -> dict[str, list[Flag]]:
    """All figures of a place held together, places in their order, one flag a cell."""
    seen: dict[str, list[tuple[str, list[Row]]]] = {}
    for source, found in documents:
        for place, group in groupby(sorted(found.observations), key=lambda r: r[PLACE]):
            seen.setdefault(place, []).append((source.doc_id, list(group)))
    flags: dict[str, dict[tuple[str, int | None, int | None], Flag]] = {}
    for place in sorted(seen):
        pairs = [
            (doc_id, [observation_of(dict(zip(COLUMNS, map(unescape, row), strict=True))) for row in group])
            for doc_id, group in seen[place]
        ]
        for doc_id, flag in check_folder(pairs):
            flags.setdefault(doc_id, {}).setdefault((flag.table_id, flag.row, flag.col), flag)
    return {doc_id: list(found.values()) for doc_id, found in flags.items()}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(rows, max_size=8), max_size=6))
def test_documents_compared_on_disk_are_as_in_memory(found: list[list[dict[str, str]]]) -> None:
    documents = [
        (
            Source(f"d{n}", f"d{n}.txt", ""),
            DocumentRows("ok", observations=tuple(tuple(row.values()) for row in own)),
        )
        for n, own in enumerate(found)
    ]
    wanted = in_memory(documents)
    with TemporaryDirectory() as folder, Panel(Path(folder) / "panel.sqlite") as panel:
        panel.compare(documents)
        for source, _ in documents:
            assert panel.flags_of(source) == wanted.get(source.doc_id, [])
