"""Kill -9 at fifty random points: whatever was acknowledged is in the log, and the log is whole."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep
from urllib.parse import urlencode

from desks import many_findings, report_file

from reconcile.decisions.store import Store
from reconcile.report.json import report_object
from reconcile.review import Access

ROUNDS = 50
SECRET = b"s" * 32
SESSION = "0" * 32

# Loads everything once and forks a server for each line that it is sent, so that fifty starts cost no fifty imports.
NURSERY = """
import json, os, sys
from pathlib import Path
from reconcile.review import Access, AliasFolder, Desk, listen, load_docket, make_app, serve
from reconcile.decisions.store import Store
folder = Path(sys.argv[1])
docket = load_docket(folder / "report.json")
print("loaded", flush=True)
for line in sys.stdin:
    opened = listen("127.0.0.1", 0)
    port = opened.getsockname()[1]
    child = os.fork()
    if child == 0:
        desk = Desk(docket, Store(folder / "decisions.sqlite"))
        serve(make_app(desk, AliasFolder(folder / "rules"), Access("127.0.0.1", port, "", sys.argv[2].encode())), opened)
        os._exit(0)
    opened.close()
    print(json.dumps([child, port]), flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@contextmanager
def nursery(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", NURSERY, str(folder), SECRET.decode()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "loaded\n"
        yield running
        running.stdin.close()


def post_until_it_dies(port: int, who: str, findings: list[str], acknowledged: list[str]) -> None:
    """Write notes, one after the other, and keep the words of each that the server said it had saved."""
    csrf = Access("127.0.0.1", port, "", SECRET).sign(SESSION)
    headers = {"content-type": "application/x-www-form-urlencoded", "cookie": f"desk_session={SESSION}; desk_editor={who}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        for i, finding in enumerate(findings):
            words = f"{port}-{who}-{i}"
            connection.request("POST", f"/finding/{finding}/decide", urlencode({"csrf": csrf, "act": "note", "words": words}), headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 303
            acknowledged.append(words)
    except (OSError, http.client.HTTPException):
        return


def test_what_was_acknowledged_outlives_the_server(tmp_path: Path) -> None:
    report_file(tmp_path, report_object(many_findings(400)))
    findings = [f"{i:012x}" for i in range(400)]
    chance, acknowledged, rounds_with_some = random.Random(9), list[str](), 0
    with nursery(tmp_path) as running:
        for _ in range(ROUNDS):
            running.stdin.write("go\n")
            running.stdin.flush()
            child, port = json.loads(running.stdout.readline())
            before = len(acknowledged)
            editors = [Thread(target=post_until_it_dies, args=(port, who, findings, acknowledged)) for who in ("Ada", "Ben")]
            for editor in editors:
                editor.start()
            while len(acknowledged) == before and all(editor.is_alive() for editor in editors):
                sleep(0.001)
            sleep(chance.random() * 0.06)
            os.kill(child, signal.SIGKILL)
            assert int(running.stdout.readline()) == signal.SIGKILL
            for editor in editors:
                editor.join()
            rounds_with_some += len(acknowledged) > before
    with Store(tmp_path / "decisions.sqlite") as store:
        kept = {entry.words for entry in store.entries()}
    assert rounds_with_some == ROUNDS
    assert len(acknowledged) > ROUNDS
    assert set(acknowledged) <= kept
    assert len(kept) - len(acknowledged) <= 2 * ROUNDS, "at most what was on its way when the server died"
    with sqlite3.connect(tmp_path / "decisions.sqlite") as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
