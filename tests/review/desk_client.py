"""A browser without a screen at the review desk, and what tests read of its pages."""

import csv
import re

from starlette.testclient import TestClient

from review.app import create_app

TOKEN = "t" * 43
BASE = "http://127.0.0.1:8000"
ORIGIN = {"origin": BASE}


def client(run, user="Lan"):
    """A browser that opened the first address."""
    found = TestClient(create_app(run, TOKEN, user), base_url=BASE)
    assert found.get(f"/?token={TOKEN}").status_code == 200
    return found


def key_of(page, kind="total", doc="bao-cao-0000"):
    """The key of the first flag of a document in the list."""
    keys = re.findall(r"/flag\?key=([^&\"]+)", page)
    return next(k for k in keys if k.startswith(doc))


def form(page, **more):
    """The hidden fields of the decision form, with further ones."""
    part = page.split('id="decide"')[1].split("</form>")[0]
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', part))
    return {k: v.replace("&#34;", '"').replace("&amp;", "&") for k, v in fields.items()} | more


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
