"""What a release says of itself: the bill of materials and the pinned hashes agree with the lock."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_spec = importlib.util.spec_from_file_location("sbom", ROOT / "scripts" / "sbom.py")
sbom = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(sbom)


@pytest.fixture(scope="module")
def bill():
    return sbom.bill()


def test_every_pinned_library_is_in_the_bill(bill):
    locked = sbom.pins((ROOT / "requirements.lock").read_text("utf-8"))
    assert {c["name"]: c["version"] for c in bill["components"]} == locked
    assert len(locked) > 50


def test_the_bill_is_cyclonedx_and_the_same_each_time(bill):
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    refs = [c["bom-ref"] for c in bill["components"]]
    assert len(refs) == len(set(refs))
    assert all(re.fullmatch(r"pkg:pypi/[a-z0-9-]+@[^@\s]+", ref) for ref in refs)
    assert json.dumps(bill, sort_keys=True) == json.dumps(sbom.bill(), sort_keys=True)


def test_the_bill_names_licenses_and_what_the_program_itself_needs(bill):
    licenses = {c["name"]: c["licenses"] for c in bill["components"] if "licenses" in c}
    assert {"click", "numpy", "pikepdf"} <= licenses.keys()
    (own,) = bill["dependencies"]
    assert any(ref.startswith("pkg:pypi/pdfplumber@") for ref in own["dependsOn"])
    assert not any(ref.startswith("pkg:pypi/pytest@") for ref in own["dependsOn"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a_b==1.0 \\\n    --hash=sha256:" + "0" * 64 + " \\\n    --hash=sha256:" + "1" * 64, {"a-b": ["0" * 64, "1" * 64]}),
        ("# a==1\nb==2 ; python_version < '3'\n", {"b": []}),
        ("", {}),
    ],
)  # fmt: skip
def test_hashes_are_read_by_name(text, found):
    assert sbom.hashes(text) == found


def test_hashes_are_those_of_the_lock():
    path = ROOT / "requirements.hashes"
    if not path.is_file():
        pytest.skip("no hashes are pinned")
    text = path.read_text("utf-8")
    assert sbom.pins(text) == sbom.pins((ROOT / "requirements.lock").read_text("utf-8"))
    assert all(sbom.hashes(text).values())
