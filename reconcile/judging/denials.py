"""Two labels in, one of which excludes or denies the other, the reason out why both may hold, or nothing."""

from __future__ import annotations

from reconcile import syntax
from reconcile.compare import compare_values
from reconcile.judging.acts import VERY_NEAR
from reconcile.judging.ground import Entry, Ground, under_head
from reconcile.judging.times import days_doubt
from reconcile.model import Label, Relation, Verdict

AT_ONCE = frozenset({Relation.NEGATES, Relation.EXCLUSIVE})
"""Relations of labels that cannot both hold of one thing."""
NEXT = 2
"""Claims within which one article sets a thing against its contrary."""


def denial_doubt(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why two labels that exclude each other may both hold, or the empty string."""
    relation, _ = compare_values(a.field, b.field, a.rule)
    verdict = next((level.then for level in a.rule.levels if relation in level.when), Verdict.NOTHING)
    if relation not in AT_ONCE or verdict is Verdict.UPDATE:
        return ""
    if _is_contrast(a, b):
        return "one article sets the one against the other"
    if a.rule.meet == "cluster" and not under_head(a.claim, b.claim) and (ground.knows(a, b) or ground.knows(b, a)):
        return "one article tells of both"
    if relation is Relation.NEGATES:
        return _narrowed(a, b, ground)
    return days_doubt(a, b)


def _is_contrast(a: Entry, b: Entry) -> bool:
    """Return whether one article tells both within a few sentences: it knows both, and says how they stand to each other."""
    first, second = a.claim, b.claim
    return first.article == second.article and abs(first.order - second.order) <= NEXT and not under_head(first, second)


def _narrowed(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why what is denied need not be what is stated."""
    close = a.rule.meet == "key" or ground.one_cluster(a.claim, b.claim) or under_head(a.claim, b.claim)
    if not close and ground.likeness(a.claim.id, b.claim.id) < VERY_NEAR:
        return "the claims are not alike enough for a denial of one to be a denial of the other"
    denied, stated = (a, b) if isinstance(a.field.value, Label) and a.field.value.negated else (b, a)
    of = _complements(denied)
    words = {token.lemma.lower() for token in stated.claim.tokens}
    return "it is denied of something that the other does not speak of" if of and not of & words else ""


def _complements(entry: Entry) -> set[str]:
    """Return the nouns that a label's verb governs by a preposition: the "fraud" in "was not charged with fraud"."""
    tokens, span = entry.claim.tokens, entry.field.span
    verbs = [i for i, token in enumerate(tokens) if token.pos in syntax.VERBS and token.span.overlaps(span)]
    marks = [i for verb in verbs for i in syntax.children(tokens, verb) if tokens[i].dep == "prep" and i > verb]
    nouns = [i for mark in marks for i in syntax.children(tokens, mark) if tokens[i].dep == "pobj"]
    return {tokens[i].lemma.lower() for i in nouns if tokens[i].pos in syntax.NOUNS and tokens[i].entity not in {"DATE", "TIME"}}
