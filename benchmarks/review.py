"""How fast the review page answers on a folder of 500 documents and 5,000 flags.

    python -m benchmarks.review [--documents 500] [--flags 10]

Makes the folder by itself, then prints the server's time for the first page, a search, a flag, the next flag
after a decision, and a picture: medians over several requests, in milliseconds.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from emit import write_set
from model.document import Document, Outcome, Source
from review.app import create_app
from tests.review.make_run import document

TOKEN, BASE = "m" * 43, "http://127.0.0.1:8000"


def outcomes(count: int, flags: int) -> Iterator[Outcome]:
    """Documents of one table each, with `flags` flags told apart by their row."""
    for n in range(count):
        source = Source(
            f"lo-{n // 50:02d}/bao-cao-{n:04d}", f"lo-{n // 50:02d}/bao-cao-{n:04d}.txt", "", f"{n:064x}"
        )
        yield Outcome(source, "ok", with_flags(document(source, picture=False), flags), pages=1)


def with_flags(made: Document, flags: int) -> Document:
    total = made.flags[0]
    more = [
        replace(total, row=1 + n % 4, found=str(76 + n), message=f"{total.message} ({n})")
        for n in range(flags)
    ]
    return replace(made, flags=tuple(more))


def median_ms(call: Callable[[], object], times: int = 15) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--flags", type=int, default=10)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder, "run")
        write_set(outcomes(args.documents, args.flags), run)
        began = time.perf_counter()
        browser = TestClient(create_app(run, TOKEN, "bench"), base_url=BASE)
        print(f"{args.documents} documents, {args.documents * args.flags} flags")
        print(f"opening the folder        {1000 * (time.perf_counter() - began):8.0f} ms")
        browser.get(f"/?token={TOKEN}")
        page = browser.get("/").text
        print(f"first page                {median_ms(lambda: browser.get('/')):8.0f} ms")
        print(f"search                    {median_ms(lambda: browser.get('/?q=tong+cong')):8.0f} ms")
        keys = iter(re.findall(r"/flag\?key=[^\"]+", page.replace("&amp;", "&")))
        print(f"a flag                    {median_ms(lambda: browser.get(next(keys))):8.0f} ms")
        print(f"decide and the next flag  {median_ms(lambda: decide(browser, next(keys))):8.0f} ms")


def decide(browser: TestClient, address: str) -> None:
    page = browser.get(address).text
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.split('id="decide"')[1]))
    fields = {k: v.replace("&amp;", "&").replace("&#34;", '"') for k, v in fields.items()}
    answer = browser.post("/decide", data=fields | {"action": "keep"}, headers={"origin": BASE})
    assert answer.status_code == 200, answer.text


if __name__ == "__main__":
    main()
