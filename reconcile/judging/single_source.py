"""The claims of one event in, those of weight out that have no like in another article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from reconcile.judging.agreements import AGREED
from reconcile.judging.evidence import evidence_of
from reconcile.judging.figures import NUMERIC
from reconcile.judging.ground import Ground
from reconcile.model import BlockKind, Certainty, Claim, Event, Field, Finding, Outcome, Quantity, Side, Value, content_id

ALONE = AGREED
"""A claim less like every claim of the other articles than two claims that agree stands alone."""
FIGURES = NUMERIC | {"time"}
"""Kinds of value that may stand alone in a claim whose rest others tell as well."""
ACCUSED, LEGAL, NUMBER, FIGURE, ALLEGED, DENIED, HEADLINE, PERSON, WORD = (
    "a named person accused", "a legal term", "a number", "a figure that no other article gives", "an allegation", "a denial",
    "a headline", "a named person", "one source's word",
)  # fmt: skip
GRAVE = frozenset({LEGAL, FIGURE, ALLEGED, DENIED, HEADLINE})
"""Reasons for which a claim should be looked at; a number beside a named person is another."""


def find_single_source(event: Event, claims: Sequence[Claim], ground: Ground) -> list[Finding]:
    """List the claims that carry weight and have no like in another article, or a figure that has none; an event told once has none."""
    if len({claim.article for claim in claims}) < 2:
        return []
    givers: dict[tuple[str, Value], set[str]] = defaultdict(set)
    for claim in claims:
        for field in claim.fields:
            givers[field.kind, field.value].add(claim.article)
    found = []
    for claim in claims:
        alike = [
            other
            for other in claims
            if other.article != claim.article and (ground.likeness(claim.id, other.id) >= ALONE or ground.one_cluster(claim, other))
        ]
        figures = [figure for figure in claim.fields if figure.kind in FIGURES and _sole(figure, givers, alike)] if alike else []
        reasons = [FIGURE] if figures else [] if alike else _weight(claim)
        if reasons:
            found.append(_single(event, claim, reasons))
    return found


def _sole(figure: Field, givers: Mapping[tuple[str, Value], Collection[str]], alike: Sequence[Claim]) -> bool:
    """Return whether no other article gives a figure, and those that tell the rest of its claim give none of its kind instead."""
    if figure.background or (isinstance(figure.value, Quantity) and figure.value.high <= 1):
        return False
    return len(givers[figure.kind, figure.value]) == 1 and not any(field.kind == figure.kind for other in alike for field in other.fields)


def _weight(claim: Claim) -> list[str]:
    """Return what hangs on a claim, the gravest first: an accusation against a named person, a legal term, a number and so on."""
    kinds = {field.kind for field in claim.fields if not (isinstance(field.value, Quantity) and field.value.high == 0)}
    return [
        *([ACCUSED] if "person_name" in kinds and (claim.certainty is Certainty.ALLEGED or "legal_manner" in kinds) else []),
        *([LEGAL] if "legal_manner" in kinds else []),
        *([NUMBER] if kinds & {"count", "money", "quantity"} else []),
        *([ALLEGED] if claim.certainty is Certainty.ALLEGED else []),
        *([DENIED] if claim.certainty is Certainty.DENIED else []),
        *([HEADLINE] if claim.block in {BlockKind.HEADLINE, BlockKind.SUBHEAD} else []),
        *([PERSON] if "person_name" in kinds else []),
        *([WORD] if claim.speaker.kind != "outlet" or claim.cited else []),
    ]


def _single(event: Event, claim: Claim, reasons: Sequence[str]) -> Finding:
    text = " ".join(claim.text.split())
    return Finding(
        id=content_id("single", claim.id),
        outcome=Outcome.SINGLE_SOURCE,
        scope="cross",
        event=event.id,
        field="action",
        severity=None,
        priority=1 if ACCUSED in reasons else 2 if GRAVE.intersection(reasons) or {NUMBER, PERSON} <= {*reasons} else 3,
        confidence=1.0,
        rule="single_source",
        point=", ".join(reasons),
        message=text,
        settle="",
        sides=(Side("A", text, (evidence_of(claim.span, claim.text, claim),)),),
    )
