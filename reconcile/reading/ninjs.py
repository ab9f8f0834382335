"""A news item in ninjs, 1 to 3 (https://iptc.org/standards/ninjs/), in, its document out; keys are read in any case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reconcile.errors import Unreadable
from reconcile.reading.documents import Document, extracted, one_line, whole
from reconcile.reading.markup import fragment_text
from reconcile.reading.metadata import Metadata, later_change, parse_moment

BODIES = frozenset({"bodies", "body_text", "body_html", "body_xhtml"})
MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|span|b|i|a|em|strong)\b[^<>]{0,200}>", re.IGNORECASE)
UNUSABLE = {"canceled": "cancelled", "cancelled": "cancelled", "withheld": "withheld"}
MAIN_ROLES = ("main", "full", "body", "")
"""Roles of the headline or body that is the article's own, best first."""

Item = Mapping[str, Any]


def is_item(record: Item) -> bool:
    """Return whether a JSON object is a news item in ninjs, and not a record with a text of its own."""
    keys = {str(key).lower() for key in record}
    return "text" not in keys and (bool(keys & BODIES) or {"uri", "pubstatus"} <= keys)


def document(path: str, name: str, record: Item) -> Document:
    """Return the document of an item. Raises Unreadable for one without a body, or that its agency withdrew."""
    item = _lowered(record)
    if status := UNUSABLE.get(_text(item.get("pubstatus")).lower()):
        raise Unreadable(f"was {status} by those who sent it; it was left out")
    body = _body(item)
    if not body.strip():
        raise Unreadable("has no body; the article's text belongs under 'bodies'")
    title = one_line(_main(item.get("headlines"))) or one_line(_text(item.get("headline"))) or one_line(_text(item.get("title")))
    first = parse_moment(_text(item.get("contentcreated")) or _text(item.get("firstcreated")))
    version = parse_moment(_text(item.get("versioncreated")) or _text(item.get("contentmodified")))
    head = Metadata(
        title=title,
        source=_source(item),
        url=one_line(_text(item.get("uri"))),
        author=one_line(_text(item.get("by")) or _text(item.get("byline"))),
        language=_text(item.get("language")),
        published=first or version,
        modified=later_change(version, first),
    )
    return extracted(path, name, body, head)


def _lowered(value: Item) -> dict[str, Any]:
    return {str(key).lower(): entry for key, entry in value.items()}


def _text(value: object) -> str:
    return whole(value) if isinstance(value, str) else ""


def _entries(value: object) -> list[dict[str, Any]]:
    return [_lowered(entry) for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _main(value: object) -> str:
    """Return the words of the entry whose role is the main one, else of the first that has any; of one role, plain text before HTML."""
    entries = [entry for entry in _entries(value) if _text(entry.get("value")).strip()]
    entries.sort(key=lambda entry: (_place(_text(entry.get("role")).lower()), _is_marked(entry)))
    if not entries:
        return ""
    return fragment_text(_text(entries[0]["value"])) if _is_marked(entries[0]) else _text(entries[0]["value"])


def _is_marked(entry: Item) -> bool:
    """Return whether an entry is HTML: by what it says of itself, else by its looks."""
    kind = _text(entry.get("contenttype")).lower()
    return "html" in kind if kind else bool(MARKUP.search(_text(entry.get("value"))))


def _place(role: str) -> int:
    return MAIN_ROLES.index(role) if role in MAIN_ROLES else len(MAIN_ROLES)


def _body(item: Item) -> str:
    """Return the main body as plain text: from one that is plain already, else from one in HTML."""
    text = _main(item.get("bodies")) or _text(item.get("body_text"))
    return text if text.strip() else fragment_text(_text(item.get("body_html")) or _text(item.get("body_xhtml")))


def _source(item: Item) -> str:
    """Return who published an item: the source named as publisher, else the first named, else the provider or copyright holder."""
    sources = _entries(item.get("infosources"))
    sources.sort(key=lambda entry: "publisher" not in _text(entry.get("role")).lower())
    names = [one_line(_text(entry.get("name"))) for entry in sources]
    names += [one_line(_text(item.get(key))) for key in ("source", "provider", "copyrightholder")]
    return next((name for name in names if name), "")
