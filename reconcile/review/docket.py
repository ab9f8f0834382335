"""A report.json that nobody vouches for in, its findings in the order in which editors should see them out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from jsonschema_rs import Draft202012Validator, ValidationError

from reconcile.decisions import Subject, subjects_of
from reconcile.errors import InputError
from reconcile.model import Acceptance, Article
from reconcile.report.explain import load_report
from reconcile.report.json import schema_text
from reconcile.report.wording import KIND_WORDS, acceptance_words, opening, outlet_names, publication, short_ids, shortened, visible

Json = dict[str, Any]

KINDS: Final[Mapping[str, str]] = {
    "contradiction": KIND_WORDS["contradiction"],
    "tension": KIND_WORDS["tension"],
    "accusation": "one article only, grave",
    "update": KIND_WORDS["update"],
    "terminology": KIND_WORDS["terminology"],
    "granularity": KIND_WORDS["granularity"],
    "single": "one article only",
    "agreement": "agreement",
}
"""The kinds of findings in the order of the queue, each in an editor's words."""
ORDER: Final = {kind: place for place, kind in enumerate(KINDS)}
VALUE_LENGTH: Final = 90
"""Characters of a version shown in the queue."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as the queue shows it."""

    id: str
    place: int
    kind: str
    priority: int
    point: str
    values: tuple[str, ...]
    outlets: tuple[str, ...]
    rule: str
    event: str
    internal: bool
    accepted: str
    """Why nobody need look at it, in words: known before, or suppressed with a reason; "" where it counts."""
    searched: str
    """What a search looks through, in small letters."""
    likeness: tuple[str, ...]
    """The same for findings that one decision may answer: of one rule and one kind, with the same words."""


@dataclass(frozen=True, slots=True)
class Docket:
    """A report as the desk needs it."""

    report: Json
    rows: tuple[Row, ...]
    findings: Mapping[str, Json]
    claims: Mapping[tuple[str, str], Json]
    order: Mapping[str, tuple[Json, ...]]
    """The claims of each article, as they stand in it."""
    names: Mapping[str, str]
    """What each article's outlet is called."""
    dates: Mapping[str, str]
    short: Mapping[str, str]
    events: Mapping[str, str]
    subjects: Mapping[str, Subject]
    places: Mapping[str, int]
    """The place of each finding in the rows."""
    alike: Mapping[tuple[str, ...], tuple[str, ...]]
    """The findings of each likeness."""


def load_docket(path: str | Path) -> Docket:
    """Read a report.json, check it against its schema and see that it holds together. Raises InputError with one line."""
    report = load_report(path)
    try:
        Draft202012Validator(json.loads(schema_text())).validate(report)
    except ValidationError as error:
        where = "/".join(map(str, error.instance_path)) or "the whole"
        what = visible(shortened(error.message, 200))
        raise InputError(f"{path}: is not a whole report: {where}: {what}; make it anew with `reconcile report`") from error
    if wrong := next(_loose_ends(report), None):
        raise InputError(f"{path}: is not a whole report: {visible(wrong)}; make it anew with `reconcile report`")
    return _docket(report)


def _loose_ends(report: Json) -> Iterator[str]:
    """Yield what no schema can say: an id given twice, words of an article that is not there."""
    for what in ("articles", "findings"):
        seen: set[str] = set()
        for entry in report[what]:
            if entry["id"] in seen:
                yield f"{what} has the id {entry['id']!r} twice"
            seen.add(entry["id"])
    articles = {article["id"] for article in report["articles"]}
    events = {event["id"] for event in report["events"]}
    for finding in report["findings"]:
        if finding["event"] is not None and finding["event"] not in events:
            yield f"finding {finding['id']!r} is of an event {finding['event']!r} that is not listed"
        for side in finding["sides"]:
            for evidence in side["evidence"]:
                if evidence["article"] not in articles:
                    yield f"finding {finding['id']!r} quotes an article {evidence['article']!r} that is not listed"
    for claim in report["claims"]:
        if claim["article"] not in articles:
            yield f"claim {claim['id']!r} is of an article {claim['article']!r} that is not listed"


def _docket(report: Json) -> Docket:
    articles = [_article(article) for article in report["articles"]]
    names = outlet_names(articles)
    events = {event["id"]: f"{event['id']} {visible(event['label'])}" for event in report["events"]}
    findings = {finding["id"]: finding for finding in report["findings"]}
    ordered = sorted(findings.values(), key=_gravity)
    accepted = {entry["finding"]: visible(acceptance_words(_acceptance(entry))) for entry in report["accepted"]}
    rows = tuple(_row(place, finding, names, accepted.get(finding["id"], "")) for place, finding in enumerate(ordered))
    claims: dict[str, list[Json]] = defaultdict(list)
    for claim in sorted(report["claims"], key=lambda claim: (claim["order"], claim["start"])):
        claims[claim["article"]].append(claim)
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        alike[row.likeness].append(row.id)
    return Docket(
        report=report,
        rows=rows,
        findings=findings,
        claims={(claim["article"], claim["id"]): claim for claim in report["claims"]},
        order={article: tuple(those) for article, those in claims.items()},
        names=names,
        dates={article.id: publication(article) for article in articles},
        short=short_ids(list(findings)),
        events=events,
        subjects=subjects_of(report),
        places={row.id: row.place for row in rows},
        alike={likeness: tuple(those) for likeness, those in alike.items()},
    )


def _article(article: Json) -> Article:
    return Article(
        id=article["id"],
        path="",
        text="",
        source=article["source"],
        published=_time(article["published"]),
        published_inferred=article["published_inferred"],
    )


def _time(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None


def kind_of(finding: Json) -> str:
    """Return which of KINDS a finding is."""
    if finding["outcome"] == "agreement":
        return "agreement"
    if finding["outcome"] == "single_source":
        return "accusation" if finding["priority"] == 1 else "single"
    return finding["severity"] or "tension"


def _gravity(finding: Json) -> tuple[int, int, float, str]:
    return ORDER[kind_of(finding)], finding["priority"], -(finding["confidence"] or 0), finding["id"]


def _acceptance(entry: Json) -> Acceptance:
    return Acceptance(entry["finding"], entry["kind"], entry["reason"], entry["by"] or "", entry["until"] or "")


def _row(place: int, finding: Json, names: Mapping[str, str], accepted: str) -> Row:
    quotes = [[evidence["quote"] for evidence in side["evidence"]] for side in finding["sides"]]
    outlets = tuple(dict.fromkeys(names[evidence["article"]] for side in finding["sides"] for evidence in side["evidence"]))
    point = opening(visible(finding["point"] or finding["message"]))
    return Row(
        id=finding["id"],
        place=place,
        kind=kind_of(finding),
        priority=finding["priority"],
        point=shortened(point, 160),
        values=tuple(shortened(visible(those[0]), VALUE_LENGTH) for those in quotes),
        outlets=outlets,
        rule=visible(finding["rule"]),
        event=finding["event"] or "",
        internal=finding["scope"] == "internal",
        accepted=accepted,
        searched=" ".join([point, finding["rule"], *outlets, *(quote for those in quotes for quote in those)]).lower(),
        likeness=(finding["rule"], kind_of(finding), *sorted({_even(those[0]) for those in quotes})),
    )


def _even(words: str) -> str:
    return " ".join(words.lower().split())


def neighbours(claims: Sequence[Json], claim: Json) -> tuple[str, str]:
    """Return the sentence before a claim and the one after it, "" at the ends."""
    place = next((i for i, other in enumerate(claims) if other["id"] == claim["id"]), None)
    if place is None:
        return "", ""
    before = claims[place - 1]["text"] if place else ""
    return before, claims[place + 1]["text"] if place + 1 < len(claims) else ""
