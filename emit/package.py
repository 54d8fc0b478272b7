"""datapackage.json: what the CSV files are, so that a program can check them (Frictionless Data Package).

https://specs.frictionlessdata.io/data-package/ and its Table Schema.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emit.columns import BY_NAME, FILES, Field, FileSchema


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type}
    if field.type == "number":
        described["decimalChar"] = "."
    if field.type == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if field.description:
        described["description"] = field.description
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.enum:
        constraints["enum"] = list(field.enum)
    if constraints:
        described["constraints"] = constraints
    return described


def _schema(schema: FileSchema) -> dict[str, Any]:
    described: dict[str, Any] = {"fields": [_field(f) for f in schema.fields], "missingValues": [""]}
    if schema.key:
        described["primaryKey"] = list(schema.key)
    if schema.parent and set(schema.parent_key) <= set(BY_NAME[schema.parent].key):
        described["foreignKeys"] = [
            {
                "fields": list(schema.parent_key),
                "reference": {"resource": schema.parent, "fields": list(schema.parent_key)},
            }
        ]
    return described


MADE = "extract"
"""The property of the package that says what made the set: the program's version, its settings, and whether
every input is in it (`complete`)."""


def made_of(package: Path) -> dict[str, Any]:
    """What an existing datapackage.json says of how its set was made; nothing where there is none."""
    try:
        found = json.loads(package.read_text("utf-8")).get(MADE, {})
    except (OSError, ValueError, AttributeError):
        return {}
    return found if isinstance(found, dict) else {}


def _bytes_of(path: Path) -> dict[str, Any]:
    """The hash and size of a file of the set, by which anybody can tell that it is the one written."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"hash": f"sha256:{digest}", "bytes": path.stat().st_size}


def data_package(bom: bool, folder: Path, made: Mapping[str, Any]) -> str:
    """The text of datapackage.json for the finished files in `folder`. `bom` says whether they begin with a
    byte order mark, `made` what made them."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "extract",
        "title": "Tables, figures and flags read from administrative reports",
        "resources": [
            {
                "name": schema.name,
                "path": schema.file,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                **_bytes_of(folder / schema.file),
                "encoding": "utf-8-sig" if bom else "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
                "schema": _schema(schema),
            }
            for schema in FILES
        ],
    }
    if made:
        package[MADE] = dict(made)
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
