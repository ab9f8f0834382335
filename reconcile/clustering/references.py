"""Claims of one article in, the names that their pronouns and definite nouns most likely stand for out."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile import syntax
from reconcile.anchors import claim_anchors
from reconcile.model import Claim, Token

PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them"})
POINTERS = frozenset({"the", "this", "that", "these", "those", "both"})
REACH = 3
"""Claims back within which the name must stand."""


def borrowed_names(claims: Sequence[Claim]) -> list[frozenset[str]]:
    """Return for each claim the anchors of the nearest earlier claim that has any, where its own subject names nobody.

    A small rule, and often wrong: what rests on it is marked as less sure. `claims` are those of one article, in order.
    """
    names = [frozenset(claim_anchors(claim.tokens)) for claim in claims]
    return [_nearest(names, place) if _points_back(claim.tokens) else frozenset() for place, claim in enumerate(claims)]


def _nearest(names: Sequence[frozenset[str]], place: int) -> frozenset[str]:
    """Return the anchors nearest before a claim, but for those that it names itself."""
    earlier = (names[i] for i in range(place - 1, max(-1, place - 1 - REACH), -1))
    return next((found - names[place] for found in earlier if found), frozenset())


def _points_back(tokens: Sequence[Token]) -> bool:
    """Return whether a subject of the claim is a pronoun or a definite noun without a name: "he", "the two officials"."""
    return any(_refers(tokens, i) for i, token in enumerate(tokens) if token.dep in syntax.SUBJECTS)


def _refers(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].pos == "PRON":
        return tokens[index].text.lower() in PRONOUNS
    phrase = syntax.subtree(tokens, index)
    named = any(tokens[i].pos == "PROPN" or tokens[i].entity in {"PERSON", "ORG", "GPE"} for i in phrase)
    return tokens[index].pos == "NOUN" and not named and any(tokens[i].text.lower() in POINTERS for i in syntax.children(tokens, index))
