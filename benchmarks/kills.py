"""Decisions under kills: two browsers decide while the server is killed again and again.

    python -m benchmarks.kills [--kills 50] [--seed 1]

Each round a browser presses a key at a flag, or reloads first, and at a moment drawn by chance within a
second the server is killed and started again at its port; then the other browser goes on. What a browser
was told is decided (its page shows the next flag) must stand in the record, no flag may be decided twice by
one key, and after each restart the two go on at different flags. Printed: kills, reloads, decisions that were
told, how many of them are lost (the answer wanted is 0), rows that stand there twice, how often both got the
same flag. Ends with 1 where one is lost or the same.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.desk import Server, chromium
from benchmarks.review import make_folder

_MOMENT = 0.6  # seconds after the key within which the server is killed
_SOON_MS = 4000


def key_of(url: str) -> str:
    """The flag that an address shows; '' for none."""
    return parse_qs(urlsplit(url).query).get("key", [""])[0]


class Reviewer:
    """A browser with a name, and the flags that it was told are decided."""

    def __init__(self, driver: Any, program: str, server: Server, name: str, chance: random.Random) -> None:
        self._browser = driver.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        context = self._browser.new_context(viewport={"width": 1366, "height": 768})
        context.add_cookies([
            {"name": f"extract_review_{server.port}", "value": "s" * 43, "url": server.address},
            {"name": "reviewer", "value": name, "url": server.address},
        ])  # fmt: skip
        self.page, self.server, self.chance = context.new_page(), server, chance
        self.told: list[str] = []
        self.reloads = 0
        self.page.goto(f"{server.address}/")
        self.page.keyboard.press("j")
        self.page.wait_for_url("**/flag?*", timeout=20_000)

    def decide(self, kill: threading.Timer | None) -> None:
        """Press a key; what the page says then is what it was told."""
        page = self.page
        page.locator("#decide").wait_for(timeout=20_000)
        if self.chance.random() < 0.3:
            page.reload()
            self.reloads += 1
            page.locator("#decide").wait_for(timeout=20_000)
        was, key = page.url, key_of(page.url)
        if kill is not None:
            kill.start()
        page.keyboard.press(self.chance.choice("krd"))
        try:
            page.wait_for_url(lambda url: url != was, timeout=_SOON_MS)
            self.told.append(key)
        except Exception as error:  # the server died first: the page stays, and says so
            if "Timeout" not in str(error):
                raise

    def go_on(self) -> None:
        """Take up the work at the server that was started again."""
        self.page.goto(f"{self.server.address}/")
        self.page.locator("[data-key=j]").wait_for(timeout=20_000)
        self.page.keyboard.press("j")
        self.page.wait_for_url("**/flag?*", timeout=20_000)

    def close(self) -> None:
        self._browser.close()


def under_kills(run: Path, program: str, kills: int, seed: int) -> tuple[list[str], int, int, int]:
    """The flags that two browsers were told are decided, how often the server was killed, pages reloaded, and
    how often both were led to the same flag."""
    from playwright.sync_api import sync_playwright

    chance = random.Random(seed)
    server, killed, same = Server(run), 0, 0
    try:
        with sync_playwright() as driver:
            people = [Reviewer(driver, program, server, name, chance) for name in ("Lan", "Minh")]
            while killed < kills:
                for person in people:
                    timer = threading.Timer(chance.uniform(0.0, _MOMENT), server.kill)
                    person.decide(timer)
                    timer.join()
                    killed += 1
                    server.start()
                    for other in people:
                        other.go_on()
                    same += len({key_of(other.page.url) for other in people}) < len(people)
            for person in people:
                person.decide(None)
            told = [key for person in people for key in person.told]
            reloads = sum(person.reloads for person in people)
            for person in people:
                person.close()
    finally:
        server.kill()
    return told, killed, reloads, same


def record_of(run: Path) -> list[str]:
    """The flags of the record, a row each, in its order."""
    with sqlite3.connect(run / "review.sqlite") as db:
        return [
            row[0] for row in db.execute("SELECT flag_id FROM decision WHERE action != 'undo' ORDER BY id")
        ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    program = chromium()
    if program is None:
        sys.stderr.write("Chromium is not installed\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        run = make_folder(Path(folder), 20, 10, 8)
        told, killed, reloads, same = under_kills(run, program, args.kills, args.seed)
        kept = record_of(run)
    lost = [key for key in told if key not in kept]
    twice = len(kept) - len(set(kept))
    print(
        f"{killed} kills, {reloads} reloads, two browsers: {len(told)} decisions told, {len(lost)} lost;"
        f" {len(kept)} in the record, {twice} flags twice; {same} times both got the same"
    )
    return 1 if lost or same else 0


if __name__ == "__main__":
    sys.exit(main())
