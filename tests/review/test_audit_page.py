import re

import pytest

from pipeline.run.audit import Audit, answers_of, quality_of
from review.audit_terminal import audit_on_terminal
from review.desk import Desk
from tests.review.desk_client import ORIGIN, client
from tests.review.make_run import make_run


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path, texts=0)


def ident(page):
    return re.search(r'name="id" value="(\w+)"', page)[1]


def truth(run):
    return {i.drawn_by(0): i.reading for i in Audit(run, "figures", 300, 0, "").items}


def send(browser, **fields):
    return browser.post("/audit/answer", data=fields, headers=ORIGIN)


def test_the_reading_is_not_shown_before_the_answer(run):
    browser, known = client(run), truth(run)
    page = browser.get("/audit").text
    main = page.split('<main id="main" tabindex="-1">')[1]
    assert known[ident(page)] not in re.sub(r'name="id" value="\w+"|id=\w+', "", main)
    picture = browser.get(f"/audit/image?id={ident(page)}")
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")


def test_an_audit_to_its_end(run):
    browser, known = client(run), truth(run)
    page = browser.get("/audit").text
    page = send(browser, id=ident(page), answer=known[ident(page)]).text
    first = ident(page)
    asked = send(browser, id=first, answer="999").text  # another reading: both are shown, nothing is written
    assert "999" in asked and known[first] in asked and len(answers_of(run)) == 1
    page = send(browser, id=first, answer="999", verdict="wrong").text
    page = send(browser, id=ident(page), answer="", verdict="unread").text
    assert "1" in page and "97.5" in page  # 1 of 2 wrong: at most 97.5 %
    found = quality_of(answers_of(run))
    assert (found.read, found.wrong, found.unread) == (2, 1, 1)
    assert (run / "quality.json").is_file()


def test_an_answer_sent_twice_counts_once(run):
    browser, known = client(run), truth(run)
    first = ident(browser.get("/audit").text)
    for _ in range(3):
        send(browser, id=first, answer=known[first])
    assert len(answers_of(run)) == 1


def test_on_the_terminal(run, tmp_path):
    audit = Audit(run, "figures", 300, 0, "Lan")
    readings = [i.reading for i in audit.items]
    typed = iter([readings[0], "999", "what", "m", "q"])
    said = []
    audit_on_terminal(
        Desk(run, "Lan"), audit, tmp_path / "place.png", lambda _: next(typed), said.append, "en"
    )
    assert [a.verdict for a in answers_of(run)] == ["right", "wrong"]
    assert (tmp_path / "place.png").read_bytes().startswith(b"\x89PNG")
    before = "\n".join(said).split("look again")[0]
    shown = re.sub(r"/\S+|column \d+|row \d+|\[\d+\]|\d+ to read", "", before)  # paths hold numbers, too
    assert readings[0] not in shown.split(", the program")[0]


def test_on_the_terminal_in_vietnamese(run, tmp_path):
    audit = Audit(run, "figures", 300, 0, "Lan")
    asked, said, typed = [], [], iter(["999", "m", "q"])

    def ask(prompt):
        asked.append(prompt)
        return next(typed)

    audit_on_terminal(Desk(run, "Lan"), audit, tmp_path / "place.png", ask, said.append, "vi")
    told = "\n".join([*asked, *said])
    assert "trên giấy in" in told and "hãy nhìn lại" in told and "phải đọc" in told
    assert not re.search(r"\b(read|look|page|row|column|mine|stop)\b", told.replace(str(tmp_path), ""))
