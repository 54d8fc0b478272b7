"""What a release is made of, as a CycloneDX 1.5 bill of materials: the pinned libraries with their licenses
and, where requirements.hashes names them, the hashes of their files. The same inputs give the same bytes.

`python scripts/sbom.py [FILE]` writes it (standard output by default).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def pins(text: str) -> dict[str, str]:
    """Names (as PyPI normalizes them) and versions of a file of requirements."""
    found = (_PIN.match(line.strip()) for line in text.splitlines())
    return {normalized(match[1]): match[2] for match in found if match}


def hashes(text: str) -> dict[str, list[str]]:
    """The SHA-256 of each file of each requirement, sorted."""
    out: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if match := _PIN.match(line.strip()):
            name = normalized(match[1])
        if name:
            out.setdefault(name, []).extend(_HASH.findall(line))
    return {name: sorted(found) for name, found in out.items()}


def normalized(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def license_of(name: str) -> str:
    """The license that an installed package states; empty where it states none or is not installed."""
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    stated = found.get("License-Expression") or found.get("License") or ""
    trove = [c.rpartition(" :: ")[2] for c in found.get_all("Classifier") or () if c.startswith("License ::")]
    first = stated.strip().splitlines()[0] if stated.strip() else ""
    return first if first and len(first) < 60 else "; ".join(trove) or first[:60]


def component(name: str, version: str, files: list[str]) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    out: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    if stated := license_of(name):
        out["licenses"] = [{"license": {"name": stated}}]
    if files:
        listed = [{"type": "distribution", "url": f"https://pypi.org/project/{name}/{version}/",
                   "hashes": [{"alg": "SHA-256", "content": one} for one in files]}]  # fmt: skip
        out["externalReferences"] = listed
    return out


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The bill of materials of the project at `root`."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    locked = pins((root / "requirements.lock").read_text("utf-8"))
    hashed = root / "requirements.hashes"
    files = hashes(hashed.read_text("utf-8")) if hashed.is_file() else {}
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    components = [component(name, version, files.get(name, [])) for name, version in sorted(locked.items())]
    wanted = {normalized(re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0]) for line in project["dependencies"]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": own, "name": project["name"],
                          "version": project["version"], "purl": own,
                          "licenses": [{"license": {"id": project["license"]}}]}
        },
        "components": components,
        "dependencies": [
            {"ref": own, "dependsOn": [c["bom-ref"] for c in components if c["name"] in wanted]}
        ],
    }  # fmt: skip


def main() -> None:
    text = json.dumps(bill(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, "utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
