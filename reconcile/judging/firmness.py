"""Two claims of one fact in, whether the one states what the other only gives a source for, alleges or denies out."""

from __future__ import annotations

import re

from reconcile.judging.acts import LIGHT, VERY_NEAR, told_twice
from reconcile.judging.ground import Entry, Ground
from reconcile.model import BlockKind, Claim, Label, Quantity

CERTAINTY = "certainty"
"""The rule that weighs how firmly one thing is said."""
STATED, SOURCED = "asserted", "reported"
NEARLY_VERBATIM = 0.78
"""Likeness from which one claim may be the other without its source."""
SOURCE_DROPPED = "one gives its source, the other states it as its own knowledge"
HEDGED = re.compile(
    r"\b(?:allegedly|reportedly|apparently|purportedly|supposedly|claim(?:s|ed)?|accuse[sd]?|alleges?)\b"
    r"|\b(?:is|are|was|were|be|been) (?:suspected|accused|believed|alleged|said|thought|reported)\b",
    re.IGNORECASE,
)
"""Words that put a whole statement in doubt; a "charge" or an "allegation" is a thing that a firm statement may be about."""
QUOTED = re.compile("[\"“”«»]|(?<!\\w)['‘]")
"""Signs that a claim is part of a quotation, whose speaker may stand in another sentence."""


def one_statement(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether two claims say one thing with different firmness: two articles, one act, nearly the same words."""
    if not told_twice(a, b, ground) or a.field.act in LIGHT:
        return False
    likeness = ground.likeness(a.claim.id, b.claim.id)
    labels = {entry.field.value.label: entry.claim for entry in (a, b) if isinstance(entry.field.value, Label)}
    if labels.keys() == {STATED, SOURCED}:
        return (likeness >= NEARLY_VERBATIM or (likeness >= VERY_NEAR and _one_figure(a.claim, b.claim))) and _drops_source(
            labels[STATED], labels[SOURCED]
        )
    return likeness >= VERY_NEAR


def _one_figure(a: Claim, b: Claim) -> bool:
    """Return whether two claims give one figure, the same of the same."""
    first, second = ({(f.kind, f.role or f.subject, f.value) for f in claim.fields if isinstance(f.value, Quantity)} for claim in (a, b))
    return bool(first & second)


def _drops_source(stated: Claim, sourced: Claim) -> bool:
    """Return whether a claim leaves out who says it: it is no headline, no quotation, and has no word of the other's source."""
    named = sourced.speaker.name.split()[-1:]
    if stated.block is BlockKind.HEADLINE or QUOTED.search(stated.text):
        return False
    return not any(name.lower() in stated.text.lower() for name in named)


def firmness_doubt(a: Entry, b: Entry) -> str:
    """Return why an allegation need not be of what the other claim states, or the empty string."""
    alleged = [entry.claim for entry in (a, b) if isinstance(entry.field.value, Label) and entry.field.value.label == "alleged"]
    if alleged and not any(HEDGED.search(claim.text) for claim in alleged):
        return "what is alleged is not what both tell of"
    return ""


def firmness_reason(a: Entry, b: Entry, reason: str) -> str:
    """Return the reason in words where one claim only leaves out the source of the other; else the reason given."""
    labels = {entry.field.value.label for entry in (a, b) if isinstance(entry.field.value, Label)}
    return SOURCE_DROPPED if a.rule.id == CERTAINTY and labels == {STATED, SOURCED} else reason
