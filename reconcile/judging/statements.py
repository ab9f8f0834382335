"""The claims of one event in, what each article states out: its figures, and whether those who did it fell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from reconcile.model import Claim, Field, Label, Quantity

ATTACKER = r"(?:gunm[ae]n|shooters?|suspects?|attackers?|assailants?|bombers?|killers?|murderers?|perpetrators?)"
FALLEN = re.compile(
    rf"\b(?:him|her)self\b|\bthemselves\b|\bown li(?:fe|ves)\b|\bsuicide\b|\b(?:including|and|plus) (?:the|a|an) (?:\w+ )?{ATTACKER}\b"
    rf"|\b{ATTACKER} (?:(?:is|was|were|are|also|been|has|had|being) )*(?:dead|killed|died|shot)\b|\b(?:dead|killed|slain) {ATTACKER}\b",
    re.IGNORECASE,
)
"""Words for the death of those who did it, who may be counted in or not."""
SPATE = re.compile(
    r"\b(?:spate|series|string|wave|rash) of\b"
    r"|\b(?:separate|several|multiple|other|\d+|two|three|four|five|six|seven|eight|nine|ten|overnight|weekend) "
    r"(?:\w+ )?(?:shootings|stabbings|attacks|crashes|accidents|fires|killings|homicides|murders|incidents)\b|\bviolent weekend\b",
    re.IGNORECASE,
)
"""Words for more than one occasion."""
LEAD = 2
"""Claims at the top of an article that say what all of it is about."""


def stated_values(claims: Sequence[Claim], foreign: Collection[str]) -> dict[tuple[object, ...], frozenset[object]]:
    """Return the figures and labels that each article gives, those of its own event and those of others apart."""
    found: dict[tuple[object, ...], set[object]] = defaultdict(set)
    for claim in claims:
        for field in claim.fields:
            if isinstance(field.value, Quantity | Label):
                found[stated_key(claim, field, foreign)].add(field.value)
    return {key: frozenset(values) for key, values in found.items()}


def stated_key(claim: Claim, field: Field, foreign: Collection[str]) -> tuple[object, ...]:
    """Return what two figures of one article have in common when they are of one sort: the kind, and the role or the things counted."""
    return claim.article, field.kind, field.role or field.subject, claim.id in foreign


def tell_of_fallen(claims: Sequence[Claim]) -> frozenset[str]:
    """Return the articles that say that those who did it are among the dead."""
    return frozenset(claim.article for claim in claims if FALLEN.search(claim.text))


def tell_of_several(claims: Sequence[Claim]) -> frozenset[str]:
    """Return the articles whose first claims are about several occasions."""
    return frozenset(claim.article for claim in claims if claim.order < LEAD and SPATE.search(claim.text))
