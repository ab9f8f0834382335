"""The table of attacks: what was tried on the desk, and what it answered."""

from __future__ import annotations

import http.client
import json
import re
import socket
from pathlib import Path
from threading import Thread

import pytest
from desks import FERRY, INJURED, make_desk
from starlette.testclient import TestClient

from reconcile.errors import OutputError
from reconcile.review import Access, listen
from reconcile.review.guard import LARGEST_BODY

DECIDE = f"/finding/{INJURED}/decide"
FORM = {"content-type": "application/x-www-form-urlencoded"}
PAYLOADS = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "'><svg/onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "{{ 7*7 }}{% print(cycler) %}",
    "</title></textarea></style><b hx-get=/x hx-trigger=load>",
)


def nothing_happened(room) -> bool:
    return room.desk._store.last() == 0


# Markup in what the articles say.


def poisoned(words: str) -> dict:
    """Put the words wherever a report has room for any."""
    report = json.loads(json.dumps(FERRY))
    for article in report["articles"]:
        article.update(source=words + article["id"], title=words, author=words, url=words, path=words)
    for claim in report["claims"]:
        claim.update(text=words + claim["text"], cited=[words], chain=[{"kind": "speaker", "name": words, "start": None, "end": None}] * 2)
        claim["speaker"].update(name=words, kind="named")
    for event in report["events"]:
        event.update(label=words)
    for finding in report["findings"]:
        finding.update(
            point=words, message=words, settle=words, rule=words, independence=words, origins=[{"name": words, "articles": [words]}]
        )
        for side in finding["sides"]:
            side.update(label=words, value=words)
            for evidence in side["evidence"]:
                evidence.update(quote=words)
        for comparison in finding["comparisons"]:
            comparison.update(reason=words, rule=words)
    report["copies"] = [{"articles": ["wave", "mail"], "origin": words, "cue": words, "near_copy": False}]
    return report


@pytest.mark.parametrize("words", PAYLOADS)
def test_markup_in_an_article_stays_text(room, tmp_path: Path, words: str) -> None:
    room.desk = make_desk(tmp_path, poisoned(words))
    ada = room.editor(words[:70])
    ada.decide(INJURED, reason="update", words=words)
    ada.decide(INJURED, act="note", words=words)
    for path in (
        "/?show=all",
        f"/?search={words}&rule={words}&event={words}",
        f"/finding/{INJURED}",
        "/live?since=0&show=all",
        "/stale",
        "/name",
    ):
        page = ada.get(path)
        assert not re.search(r"<(script(?! src=)|img|svg|b\b|style)", page), path
        assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', page)), path
        assert not re.search(r'(href|action|src)="(?!/|#)', page), path
        assert "49<" not in page


def test_ids_of_findings_are_no_paths(room, tmp_path: Path) -> None:
    report = json.loads(json.dumps(FERRY))
    for finding, name in zip(report["findings"], ("../../etc/passwd", 'x" onclick="y', "a/b", "?x#y"), strict=True):
        finding["id"] = name
    room.desk = make_desk(tmp_path, report)
    page = room.editor("Ada").get("/?show=all")
    assert 'href="/finding/..%2F..%2Fetc%2Fpasswd?' in page
    assert 'onclick="' not in page


def test_every_answer_is_fenced_in(ada) -> None:
    for path, status in (("/", 200), ("/nowhere", 404), ("/static/desk.js", 200), (f"/finding/{INJURED}", 200), ("/live?since=0", 204)):
        answer = ada.client.get(path)
        assert answer.status_code == status
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
    page = ada.get(f"/finding/{INJURED}")
    assert "<script>" not in page
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"https?://", page), "no outside host"


# Changes that no form of the desk sent.


@pytest.mark.parametrize("token", ["", "0" * 64, "é" * 64])
def test_a_change_without_the_token_of_its_form_is_refused(ada, room, token: str) -> None:
    answer = ada.client.post(DECIDE, data={"csrf": token, "act": "confirm"})
    assert (answer.status_code, nothing_happened(room)) == (403, True)
    assert "nothing was changed" in answer.text


def test_the_token_of_another_s_form_is_refused(ada, ben, room) -> None:
    ada.get(f"/finding/{INJURED}")
    answer = ben.client.post(DECIDE, data={"csrf": ada.csrf, "act": "confirm"})
    assert (answer.status_code, nothing_happened(room)) == (403, True)


def test_without_a_session_no_token_is_good(room) -> None:
    forged = room.access.sign("")
    answer = room.visitor(cookies={"desk_editor": "Ada"}).post(DECIDE, data={"csrf": forged, "act": "confirm"})
    assert (answer.status_code, nothing_happened(room)) == (403, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8765.evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_from_another_site_is_refused_even_with_the_token(ada, room, headers: dict[str, str]) -> None:
    ada.get(f"/finding/{INJURED}")
    answer = ada.client.post(DECIDE, data={"csrf": ada.csrf, "act": "confirm"}, headers=headers)
    assert (answer.status_code, nothing_happened(room)) == (403, True)


def test_looking_never_changes_anything(ada, room) -> None:
    ada.get(f"/finding/{INJURED}")
    for path in (DECIDE, "/undo", "/redo"):
        assert ada.client.get(f"{path}?csrf={ada.csrf}&act=confirm").status_code == 405
    assert nothing_happened(room)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(ada, method: str) -> None:
    assert ada.client.request(method, "/").status_code == 405


# Cookies.


def test_cookies_cannot_be_read_by_a_script_or_sent_by_another_site(room) -> None:
    visitor = room.visitor()
    given = visitor.get("/name").headers["set-cookie"]
    assert re.fullmatch(r"desk_session=[0-9a-f]{32}; HttpOnly; Path=/; SameSite=lax", given)


# Names that are pointed at this machine.


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:8765.evil.example",
        "x@127.0.0.1:8765",
        "",
        "[::1",
        "127.0.0.1:99999",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_host_is_refused(ada, room, host: str, method: str) -> None:
    answer = ada.client.request(method, "/", headers={"host": host})
    assert (answer.status_code, nothing_happened(room)) == (421, True)
    assert "href" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_the_names_of_this_machine_are_let_in(ada, host: str) -> None:
    assert ada.client.get("/", headers={"host": host}).status_code == 200


def test_on_all_addresses_bare_ones_are_let_in_and_names_are_not() -> None:
    access = Access("0.0.0.0", 80, "t" * 20)
    assert access.admits_host("192.168.1.7")
    assert not access.admits_host("desk.evil.example")
    assert Access("desk.paper.example", 80, "t" * 20).admits_host("desk.paper.example")


# The token.


@pytest.fixture
def guarded(room):
    room.access = Access("127.0.0.1", 8765, "s3cret0123456789abcd")
    return room


@pytest.mark.parametrize(
    "path", ["/", f"/finding/{INJURED}", "/static/desk.js", "/live?since=0", "/?token=", "/?token=s3cret", "/?token=%FF", "/nowhere"]
)
def test_without_the_token_nothing_is_shown(guarded, path: str) -> None:
    answer = guarded.visitor().get(path)
    assert answer.status_code == 401
    assert answer.text == "This desk asks for its token: open the whole address that it printed when it started.\n"


def test_without_the_token_nothing_is_changed(guarded) -> None:
    forged = guarded.access.sign("0" * 32)
    visitor = guarded.visitor(cookies={"desk_session": "0" * 32, "desk_editor": "Eve"})
    answer = visitor.post(f"{DECIDE}?token={guarded.access.token}", data={"csrf": forged, "act": "confirm"})
    assert (answer.status_code, nothing_happened(guarded)) == (401, True)


def test_the_token_is_shown_once_and_then_lives_in_a_cookie(guarded) -> None:
    visitor = guarded.visitor()
    answer = visitor.get(f"/?show=all&token={guarded.access.token}&kind=%22%3E%3Cb%3E")
    assert answer.status_code == 200
    assert answer.headers["set-cookie"] == f"desk_token_8765={guarded.access.token}; HttpOnly; Path=/; SameSite=strict"
    assert 'url=/?show=all&amp;kind=%22%3E%3Cb%3E"' in answer.text
    assert guarded.access.token not in answer.text
    assert visitor.get("/").url.path == "/name"


def test_a_redirect_after_the_token_stays_here(guarded) -> None:
    answer = guarded.visitor().get(f"//evil.example/?token={guarded.access.token}")
    assert "evil.example" not in answer.text or 'url=/evil.example/"' in answer.text


# Paths and sizes, over a real socket: a client library would tidy them up.


@pytest.fixture
def port(room) -> int:
    import uvicorn

    opened = listen("127.0.0.1", 0)
    room.access = Access("127.0.0.1", opened.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(room.visitor().app, log_level="error", lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    yield room.access.port
    server.should_exit = True
    thread.join(10)


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    told = answer.status, answer.read().decode("utf-8", "replace")
    connection.close()
    return told


def head(port: int, size: str) -> bytes:
    """Write the head of a change."""
    return f"POST {DECIDE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {FORM['content-type']}\r\n{size}\r\n\r\n".encode()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2f..%2f..%2fetc/passwd",
        "/static/%2e%2e/%2e%2e/model.py",
        "/static//etc/passwd",
        "/static/....//....//etc/passwd",
        "/static/",
        "/../../etc/passwd",
        "/finding/..%2f..%2fetc%2fpasswd",
        "/static/%00",
    ],
)
def test_no_path_leads_out_of_the_desk(port: int, path: str) -> None:
    status, text = ask(port, "GET", path, cookie="desk_editor=Eve")
    assert status == 404
    assert "root:" not in text
    assert "import" not in text


def test_a_large_body_is_refused_before_it_is_read(port: int, room) -> None:
    assert ask(port, "POST", DECIDE, b"x" * (LARGEST_BODY + 1), **{"content-type": FORM["content-type"]})[0] == 413
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head(port, "Content-Length: 99999999999"))
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    assert nothing_happened(room)


def test_a_large_body_in_chunks_is_refused_too(port: int, room) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head(port, "Transfer-Encoding: chunked") + (b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 3)
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    assert nothing_happened(room)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 415),
        (b"csrf=a&csrf=b", FORM["content-type"], 400),
        (b"a=1&" * 100 + b"b=2", FORM["content-type"], 400),
        (b"\xff=\xfe", FORM["content-type"], 400),
        (b"nonsense", FORM["content-type"], 400),
        (b"", FORM["content-type"], 403),
    ],
)
def test_what_is_no_form_is_refused(port: int, room, body: bytes, kind: str, status: int) -> None:
    assert ask(port, "POST", DECIDE, body, **{"content-type": kind})[0] == status
    assert nothing_happened(room)


def test_a_long_address_is_refused(port: int) -> None:
    assert ask(port, "GET", "/?search=" + "x" * 5000)[0] == 414


def test_two_hosts_are_none(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n".encode())
        assert line.recv(12) in {b"HTTP/1.1 421", b"HTTP/1.1 400"}


def test_a_port_that_is_taken_is_told(port: int) -> None:
    with pytest.raises(OutputError, match="take another port with --port"):
        listen("127.0.0.1", port)


def test_no_page_shows_a_path_of_the_disk(ada, tmp_path: Path) -> None:
    report = json.loads(json.dumps(FERRY))
    assert any("txt" in article["path"] for article in report["articles"])
    for path in ("/", "/?show=all", f"/finding/{INJURED}", "/stale", f"/finding/{INJURED}/same"):
        page = ada.get(path)
        assert str(tmp_path) not in page
        assert ".txt" not in page


def test_the_client_of_these_tests_is_a_stranger_to_the_desk(room) -> None:
    """Guards the guard: without headers of its own the client would be refused, and every test above would pass for nothing."""
    assert TestClient(room.visitor().app).get("/").status_code == 421
