"""Requests with parameters that no page of the review makes: told or passed over, never a fault of the server."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from review.app import create_app
from tests.review.desk_client import BASE, ORIGIN, TOKEN, key_of
from tests.review.make_run import make_run

PARAMETERS = (
    "action", "alike", "answer", "at", "back", "blank", "box", "c", "c2", "code", "col", "cols", "doc", "found",
    "gone", "id", "indicator", "kind", "lang", "language", "name", "new", "number", "op", "page", "q", "r", "r2",
    "reason", "row", "rows", "same", "seen", "severity", "state", "subject", "table", "text", "title", "to", "trim",
    "unit", "value", "verdict", "who",
)  # fmt: skip
ODD = {
    "nothing": "",
    "negative": "-1",
    "larger than Python makes numbers of": "9" * 5000,
    "raised": "²",
    "fraction": "0.5",
    "no text": "\x00",
    "half a character": "\ud800",
    "path": "../../etc/passwd",
    "object": '{"a": [1, null]}',
    "edges": "nan,inf,-inf,1e308",
    "long": "a" * 20_000,
}


FORM = {"content-type": "application/x-www-form-urlencoded"}


def routes():
    """Each page's path and method, and the parameters that are named where it is made."""
    source = Path(__file__).parents[2] / "review"
    found = {}
    for file in source.rglob("*.py"):
        text = file.read_text("utf-8")
        for path, more in re.findall(r'Route\(\s*"([^"]+)",([^)]*)\)', text):
            own = tuple(name for name in PARAMETERS if f'"{name}"' in text)
            found[path, "POST" if "POST" in more else "GET"] = own
    return [(*page, found[page]) for page in sorted(found)]


@pytest.fixture
def desk(tmp_path):
    """A browser that is answered what the server answers: a fault is an answer of 500."""
    app = create_app(make_run(tmp_path, texts=1), TOKEN, "Lan")
    found = TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False)
    found.get(f"/?token={TOKEN}")
    return found


def asked(desk, path, method, fields):
    sent = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()})
    if method == "GET":
        return desk.get(f"{path}?{sent}")
    return desk.post(path, content=sent, headers=ORIGIN | FORM)


def test_every_page_is_asked(desk):
    known = {
        (r.path, "POST" if "POST" in r.methods else "GET") for r in desk.app.routes if isinstance(r, Route)
    }
    assert known == {(path, method) for path, method, _ in routes()}
    assert len(known) > 30


@pytest.mark.parametrize(("path", "method", "names"), routes())
def test_odd_parameters_are_no_fault_of_the_server(path, method, names, desk):
    """A page of a number with 5,000 digits ended in an answer of 500."""
    own = {
        "doc": "bao-cao-0000",
        "table": "t01",
        "key": key_of(desk.get("/").text),
        "page": "1",
        "number": "1",
    }
    for kind, odd in ODD.items():
        asked_for = [own | {name: odd} for name in names]
        if len(odd) < 1000 or method == "POST":  # else no browser sends it
            asked_for.append(dict.fromkeys(PARAMETERS, odd))
        for fields in asked_for:
            answer = asked(desk, path, method, fields)
            assert answer.status_code < 500, (kind, names, answer.text)
