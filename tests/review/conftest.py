"""A desk in this process, and editors who talk to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from desks import make_desk
from starlette.testclient import TestClient

from reconcile.review import Access, AliasFolder, Desk, make_app


@dataclass
class Editor:
    """Somebody with a browser of their own."""

    client: TestClient
    page: str = ""

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (answer.status_code, answer.text[:500])
        self.page = answer.text
        return self.page

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.page)
        assert found, "the page has no form"
        return found[1]

    def post(self, path: str, status: int = 200, **fields: str) -> str:
        answer = self.client.post(path, data={"csrf": self.csrf, **fields})
        assert answer.status_code == status, (answer.status_code, answer.text[:500])
        self.page = answer.text
        return self.page

    def decide(self, finding: str, query: str = "", status: int = 200, **fields: str) -> str:
        self.get(f"/finding/{finding}")
        return self.post(f"/finding/{finding}/decide{query}", status, **fields)

    @property
    def words(self) -> str:
        """Return what the page says, without its marks."""
        text = unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page)))
        return re.sub(r" ([:.])", r"\1", text)


@dataclass
class Room:
    """A desk and everybody at it."""

    desk: Desk
    aliases: AliasFolder
    access: Access

    def visitor(self, **more: Any) -> TestClient:
        app = make_app(self.desk, self.aliases, self.access)
        return TestClient(app, base_url=f"http://127.0.0.1:{self.access.port}", raise_server_exceptions=False, **more)

    def editor(self, name: str) -> Editor:
        editor = Editor(self.visitor())
        editor.get("/")
        editor.post("/name", name=name, next="/")
        return editor


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(make_desk(tmp_path), AliasFolder(tmp_path / "desk-rules"), Access())


@pytest.fixture
def ada(room: Room) -> Editor:
    return room.editor("Ada")


@pytest.fixture
def ben(room: Room) -> Editor:
    return room.editor("Ben")
