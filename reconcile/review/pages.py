"""A finding of the docket in, what its page shows out: the words in their sentences, who gives them, from whom they have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reconcile.decisions import Entry
from reconcile.model import Act, Decision, DismissalReason, Standing, State
from reconcile.report.wording import DISMISSAL_WORDS, listed, opening, shortened, visible
from reconcile.review.docket import KINDS, Docket, Json, kind_of, neighbours

PASSAGES: Final = 3
"""Passages of a version that are shown at once; the others open on demand."""
STATE_WORDS: Final[Mapping[State, str]] = {
    State.OPEN: "open",
    State.CONFIRMED: "confirmed",
    State.DISMISSED: "dismissed",
    State.DISPUTED: "editors disagree",
}
_ENDS = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PassageView:
    """Words of an article inside the sentences around them."""

    outlet: str
    date: str
    speaker: str
    before: str
    """The sentence before."""
    lead: str
    """The sentence up to the words."""
    quote: str
    tail: str
    after: str
    chain: tuple[str, ...]
    """From the outlet back to where its article says that it has the words from; the outlet alone where it does not say."""


@dataclass(frozen=True, slots=True)
class SideView:
    """One version, with everybody who gives it."""

    label: str
    value: str
    passages: tuple[PassageView, ...]
    more: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ReasonView:
    """What a rule said of two values."""

    rule: str
    a: str
    b: str
    relation: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as its page shows it."""

    id: str
    short: str
    point: str
    kind: str
    kind_words: str
    internal: bool
    priority: int
    rule: str
    event: str
    sides: tuple[SideView, ...]
    reasons: tuple[ReasonView, ...]
    settle: str
    accepted: str
    independence: str
    origins: tuple[tuple[str, str], ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What an editor did, for the page."""

    editor: str
    when: str
    what: str
    why: str
    verdict: str
    """confirmed, dismissed or "": how to mark it."""


def finding_view(docket: Docket, name: str) -> FindingView:
    """Gather what the page of a finding shows."""
    finding = docket.findings[name]
    kind = kind_of(finding)
    return FindingView(
        id=name,
        short=docket.short[name],
        point=opening(visible(finding["point"] or finding["message"])),
        kind=kind,
        kind_words=KINDS[kind],
        internal=finding["scope"] == "internal",
        priority=finding["priority"],
        rule=visible(finding["rule"]),
        event=docket.events.get(finding["event"] or "", ""),
        sides=tuple(_side(side, docket) for side in finding["sides"]),
        reasons=tuple(_reasons(finding)),
        settle=visible(finding["settle"]),
        accepted=docket.rows[docket.places[name]].accepted,
        independence=visible(finding["independence"]),
        origins=tuple((visible(o["name"]), listed([_name(docket, article) for article in o["articles"]])) for o in finding["origins"]),
        copies=tuple(_copies(finding, docket)),
    )


def _name(docket: Docket, article: str) -> str:
    return docket.names.get(article, visible(article))


def _side(side: Json, docket: Docket) -> SideView:
    passages = tuple(_passage(evidence, docket) for evidence in side["evidence"])
    return SideView(visible(side["label"]), visible(side["value"]), passages[:PASSAGES], passages[PASSAGES:])


def _passage(evidence: Json, docket: Docket) -> PassageView:
    article = evidence["article"]
    claim = docket.claims.get((article, evidence["claim"]))
    lead, quote, tail = _parted(evidence, claim)
    before, after = neighbours(docket.order.get(article, ()), claim) if claim else ("", "")
    speaker = "" if claim is None or claim["speaker"]["kind"] == "outlet" else visible(claim["speaker"]["name"])
    outlet = _name(docket, article)
    beyond = [visible(link["name"]) for link in claim["chain"][1:]] if claim else []
    return PassageView(
        outlet=outlet,
        date=docket.dates.get(article, ""),
        speaker=speaker,
        before=visible(before),
        lead=lead,
        quote=quote,
        tail=tail,
        after=visible(after),
        chain=(outlet, *beyond),
    )


def _parted(evidence: Json, claim: Json | None) -> tuple[str, str, str]:
    """Part a sentence at the words; where the report's figures do not fit its text, the words stand alone."""
    quote = evidence["quote"]
    if claim is None:
        return "", visible(quote), ""
    start = evidence["start"] - claim["start"]
    text = claim["text"]
    if start < 0 or text[start : start + len(quote)] != quote:
        start = text.find(quote)
    if start < 0:
        return "", visible(quote), ""
    return _shown(text[:start]), visible(quote), _shown(text[start + len(quote) :])


def _shown(text: str) -> str:
    """Make a text visible and keep the blanks at its ends."""
    match = _ENDS.match(text)
    assert match is not None
    return " " * bool(match[1]) + visible(match[2]) + " " * bool(match[3])


def _reasons(finding: Json) -> Iterator[ReasonView]:
    grave = sorted(finding["comparisons"], key=lambda comparison: comparison["verdict"] != finding["severity"])
    for comparison in grave:
        yield ReasonView(
            visible(comparison["rule"]),
            visible(comparison["a"]["quote"]),
            visible(comparison["b"]["quote"]),
            comparison["relation"],
            comparison["verdict"],
            visible(comparison["reason"]),
        )


def _copies(finding: Json, docket: Docket) -> Iterator[str]:
    """Say which of the articles quoted carry one text or rest on one origin."""
    quoted = {evidence["article"] for side in finding["sides"] for evidence in side["evidence"]}
    for copy in docket.report["copies"]:
        both = [_name(docket, article) for article in copy["articles"] if article in quoted]
        if len(both) > 1:
            verb = "carry nearly one text" if copy["near_copy"] else "rest on one origin"
            yield f"{listed(both)} {verb}" + (f": {visible(copy['origin'])}" if copy["origin"] else "")


def said(standing: Standing) -> list[Said]:
    """Return verdicts and notes of a finding in the order in which they were given."""
    return [_said(decision) for decision in sorted((*standing.decisions, *standing.notes), key=lambda decision: decision.at)]


def _said(decision: Decision) -> Said:
    if decision.act is Act.NOTE:
        return Said(visible(decision.editor), when(decision.at), "noted", visible(decision.words), "")
    confirmed = decision.act is Act.CONFIRM
    reason = f": {DISMISSAL_WORDS[decision.reason]}" if decision.reason else ""
    verdict = "confirmed" if confirmed else "dismissed"
    return Said(visible(decision.editor), when(decision.at), verdict + reason, visible(decision.words), verdict)


def when(at: str) -> str:
    """Write a time of the log to the minute."""
    return f"{datetime.fromisoformat(at):%d %b %H:%M} UTC"


def told(entries: Sequence[Entry], *, undone: bool = False, again: bool = False) -> str:
    """Say what a step did, for the line on top of the page: "Dismissed (another event): How many were hurt"."""
    if not entries or entries[0].subject is None:
        return ""
    first = entries[0]
    act = {
        Act.CONFIRM: "Confirmed",
        Act.DISMISS: "Dismissed",
        Act.SAME: "Taken for one thing",
        Act.REOPEN: "Opened again",
        Act.ASSIGN: f"Assigned to {visible(first.words)}" if first.words else "Assigned to nobody",
        Act.NOTE: "Noted",
    }[first.act]
    reason = f" ({DISMISSAL_WORDS[DismissalReason(first.reason)]})" if first.reason and first.act is Act.DISMISS else ""
    what = shortened(visible(first.subject.point if first.subject else ""), 90)
    more = f" and {len(entries) - 1:,} alike" if len(entries) > 1 else ""
    front = "Undone: " if undone else "Done again: " if again else ""
    done = f"{act}{reason}"
    return f"{front}{done[0].lower() + done[1:] if front else done}: {what}{more}"


def heard(entry: Entry) -> str:
    """Say what another editor did, for those who listen."""
    if entry.subject is None:
        return f"{visible(entry.editor)} took a step back" if entry.act is Act.UNDO else f"{visible(entry.editor)} redid a step"
    words = told([entry])
    return f"{visible(entry.editor)}: {words[0].lower() + words[1:]}"
