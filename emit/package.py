"""datapackage.json: what the CSV files are, so that a program can check them (Frictionless Data Package).

https://specs.frictionlessdata.io/data-package/ and its Table Schema.
"""

from __future__ import annotations

import json
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


def data_package(bom: bool) -> str:
    """The text of datapackage.json. `bom` says whether the CSV files begin with a byte order mark."""
    package = {
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
                "encoding": "utf-8-sig" if bom else "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
                "schema": _schema(schema),
            }
            for schema in FILES
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
