"""The names of a letterhead's places, put right by the units that bear them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gazetteer.names import tight
from model.document import Metadata
from model.page import PageContent
from pipeline.tools import gazetteer


def with_units_names(metadata: Metadata, pages: Sequence[PageContent], day: date) -> Metadata:
    """The metadata with the marks of its issuer's place as the gazetteer has them: readers of scans put the
    commoner word for a name (`Vĩnh Thái` for `Vinh Thái`). A letterhead that was typed keeps what it says,
    though scans follow it."""
    if not any(page.source == "ocr" for page in pages[:1]):
        return metadata
    found = gazetteer().own_names(metadata.issuer, metadata.parent_issuer, day)
    if not found:
        return metadata
    places = {tight(read): known for read, known in found.items()}
    return replace(
        metadata,
        issuer=_ending(metadata.issuer, found),
        parent_issuer=_ending(metadata.parent_issuer, found),
        place=places.get(tight(metadata.place), metadata.place),
    )


def _ending(body: str, names: dict[str, str]) -> str:
    for read, known in names.items():
        if body.endswith(read):
            return body.removesuffix(read) + known
    return body
