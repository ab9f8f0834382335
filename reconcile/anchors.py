"""A claim's words in, anchors out: the names and rare numbers that tie a story to one event. Shared by the stages that ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reconcile import syntax
from reconcile.model import Token

ANCHORS = ("PERSON", "ORG", "FAC", "LOC", "GPE", "NORP", "EVENT", "PRODUCT")
"""Kinds of name (OntoNotes labels) that can be anchors."""
CALENDAR = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
DEMONYMS = {
    "french": "france", "frenchman": "france", "dutch": "netherlands", "the netherlands": "netherlands", "swiss": "switzerland",
    "british": "britain", "britons": "britain", "uk": "britain", "united kingdom": "britain", "greek": "greece", "danish": "denmark",
    "spanish": "spain", "polish": "poland", "thai": "thailand", "filipino": "philippines", "iraqi": "iraq", "israeli": "israel",
    "us": "america", "u.s.": "america", "united states": "america", "american": "america", "americans": "america",
    "belgian": "belgium", "norwegian": "norway", "irish": "ireland", "turkish": "turkey", "welsh": "wales",
}  # fmt: skip
"""Adjectives that share too little with the name of their country to be found by their stem."""
LEGAL_FORMS = frozenset("inc ltd corp co plc llc ag sa nv gmbh company corporation group".split())


def claim_anchors(tokens: Sequence[Token]) -> Counter[str]:
    """Return the anchors of a claim by name, with how often each stands there."""
    return Counter(anchor for anchor, _, _ in find_anchors(tokens))


def find_anchors(tokens: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """Yield each anchor of a claim with the words that gave it and the kind of name the parser took it for.

    The kind is no part of the anchor: the parser takes a town for a person too often for that.
    """
    for indexes in syntax.entities(tokens, *ANCHORS):
        kept = [i for i in indexes if tokens[i].pos not in {"DET", "PUNCT", "PART", "ADP"}]
        kept = [i for i in kept if tokens[i].text.lower() not in CALENDAR and not tokens[i].text.isdigit()]
        if kept:
            words = [tokens[i].text for i in kept]
            if len(words) > 1 and words[-1].lower().rstrip(".") in LEGAL_FORMS:
                words.pop()
            person = tokens[indexes[0]].entity == "PERSON" and len(words) > 1
            yield (words[-1].lower() if person else stem(" ".join(words).lower())), " ".join(words), tokens[indexes[0]].entity
    for token in tokens:
        if _rare_number(token):
            yield token.text.replace(",", ""), token.text, "NUMBER"


def stem(name: str) -> str:
    """Cut a country and its adjective down to what they share: germany and german, russia and russians."""
    if name in DEMONYMS:
        return DEMONYMS[name]
    for ending in ("anistan", "istanis", "istani", "istan", "ians", "ian", "any", "ans", "an", "ese", "ish", "ia", "a", "s"):
        if name.endswith(ending) and len(name) - len(ending) >= 4:
            return name[: -len(ending)]
    return name


def _rare_number(token: Token) -> bool:
    digits = token.text.replace(",", "")
    return digits.isdigit() and len(digits) >= 3 and not re.fullmatch(r"(19|20)\d\d", digits)
