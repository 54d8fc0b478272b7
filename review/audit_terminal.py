"""An audit on the terminal, where there is no browser: each place is named and its picture laid in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.run.audit import Audit, Item, Verdict, agrees
from review.audit_view import picture_of, question, source_lines
from review.desk import Desk
from review.words import Language, words

UNREAD, STOP = "?", "q"


def audit_on_terminal(
    desk: Desk,
    audit: Audit,
    picture: Path,
    ask: Callable[[str], str],
    say: Callable[[str], object],
    language: Language = "vi",
) -> None:
    """Ask for every cell that is left; `q` stops, and what was answered is kept.

    `picture` is the file in which the place is shown, written anew for each cell; `ask` shows a prompt and
    returns what was typed.
    """
    w = words(language)
    say(w["audit_terminal"].format(n=len(audit.items), unread=UNREAD, stop=STOP, picture=picture))
    while audit.items:
        item = audit.items[0]
        say(f"\n[{audit.done + 1}] {item.doc_id}, {question(item, language)}")
        _show(desk, item, picture, say)
        answer = ask(w["audit_as_printed"]).strip()
        if answer == STOP:
            return
        if answer:
            audit.judge(item, answer, _verdict(item, answer, ask, say, w))


def _show(desk: Desk, item: Item, picture: Path, say: Callable[[str], object]) -> None:
    data = picture_of(desk, item)
    if data is not None:
        aside = picture.with_suffix(".new")
        aside.write_bytes(data)
        aside.replace(picture)
        return
    for line in source_lines(desk, item):
        say(f"  | {line}")


def _verdict(
    item: Item, answer: str, ask: Callable[[str], str], say: Callable[[str], object], w: Mapping[str, str]
) -> Verdict:
    """Who was right. Where the two differ the person looks again: slips of the fingers are no fault of the
    set."""
    if answer == UNREAD:
        return "unread"
    if agrees(item, answer):
        return "right"
    say("  " + w["audit_look_again"].format(answer=answer, reading=item.reading))
    again = ""
    while again not in ("m", "p", UNREAD):
        again = ask(w["audit_who"]).strip().lower()
    return {"m": "wrong", "p": "right", UNREAD: "unread"}[again]  # type: ignore[return-value]
