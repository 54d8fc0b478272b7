"""Who may come in, and what a hostile document, page or request gets."""

import hashlib
import stat

import pytest
from starlette.testclient import TestClient

from review.app import create_app
from review.evidence import ChangedFileError, Evidence
from review.security import COOKIE
from review.serve import doorstep
from tests.review.desk_client import BASE, ORIGIN, TOKEN, client, form, key_of
from tests.review.make_run import HOSTILE, make_run


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path)


def test_a_hostile_document_is_shown_as_text(tmp_path):
    browser = client(make_run(tmp_path, texts=1, hostile=True))
    listing = browser.get("/").text
    assert "<b>đậm" not in listing
    key = key_of(listing, doc="x%E1%BA%A5u")
    assert HOSTILE not in browser.get(f"/flag?key={key}").text


def test_without_the_token_nothing_is_shown(run):
    stranger = TestClient(create_app(run, TOKEN, "Lan"), base_url=BASE)
    for path in ("/", "/flag?key=x", "/image?key=x", "/static/review.css"):
        assert stranger.get(path).status_code == 403
    assert stranger.get("/?token=wrong").status_code == 403


def test_the_token_becomes_a_cookie_that_scripts_cannot_read(run):
    browser = TestClient(create_app(run, TOKEN, "Lan"), base_url=BASE)
    answer = browser.get(f"/?token={TOKEN}", follow_redirects=False)
    assert answer.status_code == 303
    assert TOKEN not in answer.headers["location"]
    cookie = answer.headers["set-cookie"]
    assert COOKIE in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_the_token_is_good_for_one_use(run):
    """Whoever saw the address later could walk in."""
    app = create_app(run, TOKEN, "Lan")
    first, second = (TestClient(app, base_url=BASE) for _ in range(2))
    assert first.get(f"/?token={TOKEN}").status_code == 200
    assert second.get(f"/?token={TOKEN}").status_code == 403
    assert first.get(f"/?token={TOKEN}").status_code == 200  # the same browser, reloading
    assert TOKEN not in {cookie.value for cookie in first.cookies.jar}


def test_asking_for_the_headers_alone_spends_no_token(run):
    browser = TestClient(create_app(run, TOKEN, "Lan"), base_url=BASE)
    browser.head(f"/?token={TOKEN}")
    assert browser.get(f"/?token={TOKEN}").status_code == 200


def test_several_reviews_stand_side_by_side(run):
    """The cookie of the second review put the first one's reviewer out."""
    apps = {port: create_app(run, TOKEN, "Lan") for port in (8001, 8002)}
    jar: dict[str, str] = {}
    for port, app in apps.items():
        browser = TestClient(app, base_url=f"http://127.0.0.1:{port}", cookies=jar)
        assert browser.get(f"/?token={TOKEN}").status_code == 200
        jar = {cookie.name: cookie.value for cookie in browser.cookies.jar}
    for port, app in apps.items():
        browser = TestClient(app, base_url=f"http://127.0.0.1:{port}", cookies=jar)
        assert browser.get("/").status_code == 200


def test_the_page_that_leads_a_browser_in_is_its_owners_alone():
    with doorstep("http://127.0.0.1:9/?token=a&b=1") as page:
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
        assert 'url=http://127.0.0.1:9/?token=a&amp;b=1"' in page.read_text("utf-8")
    assert not page.exists()


def test_a_source_that_is_another_file_now_is_not_shown_as_evidence(tmp_path):
    """A page of a file that was put in its place stood beside the flag."""
    path = tmp_path / "a.png"
    path.write_bytes(b"read")
    read = hashlib.sha256(b"read").hexdigest()
    evidence = Evidence()
    assert evidence.checked(path, read) == path
    path.write_bytes(b"other")
    with pytest.raises(ChangedFileError):
        evidence.checked(path, read)
    path.unlink()
    with pytest.raises(OSError):
        evidence.checked(path, read)


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, {"origin": "null"}])
def test_a_write_from_another_page_is_refused(run, headers):
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    assert browser.post("/decide", data=form(page, action="keep"), headers=headers).status_code == 403
    assert "0 / 6" in browser.get("/").text


def test_another_host_name_is_refused(run):
    assert client(run).get("/", headers={"host": "evil.example"}).status_code == 421


def test_answers_carry_a_strict_policy(run):
    policy = client(run).get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("key", ["../../etc/passwd", "anh#../../x", "", "a" * 5000])
def test_no_path_of_a_request_reaches_the_file_system(run, key):
    browser = client(run)
    assert browser.get("/image", params={"key": key}).status_code == 404
    assert browser.get("/flag", params={"key": key}).status_code == 404


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"])
def test_static_files_are_only_static_files(run, path):
    assert client(run).get(path).status_code == 404


@pytest.mark.parametrize("back", ["//evil.example", "http://evil.example", "/\\evil.example"])
def test_the_language_switch_leads_nowhere_else(run, back):
    browser = client(run)
    answer = browser.post(
        "/language", data={"to": "en", "back": back}, headers=ORIGIN, follow_redirects=False
    )
    assert answer.headers["location"] == "/"
