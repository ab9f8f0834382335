"""What two figures count in, whether they count the same out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reconcile.compare.labels import ancestors
from reconcile.model import Relation, Rule, RuleSet

PEOPLE = "people.kinds"
"""Id of the rule that says which kinds of people include which."""
THINGS = "words.things"
"""Id of the rule that lists different words for one thing."""
ANYBODY = "people"


def subjects_relation(a: str, b: str, rules: RuleSet) -> Relation:
    """Return how what one figure counts stands to what another counts, by head lemma; an empty one counts people of any kind."""
    if a == b:
        return Relation.SAME
    first, second = _labels(a, rules), _labels(b, rules)
    if first and second:
        return _by_kind(first, second, rules)
    if not first and not second and (thing := _thing(a, rules)) and thing == _thing(b, rules):
        return Relation.SAME
    return Relation.UNKNOWN


def _by_kind(a: str, b: str, rules: RuleSet) -> Relation:
    if a == b:
        return Relation.SAME
    rule = rules.get(PEOPLE)
    one, other = (rule.term(a), rule.term(b)) if rule else (None, None)
    above_a, above_b = (ancestors(term, rule) if rule and term else [] for term in (one, other))
    if a == ANYBODY or a in above_b:
        return Relation.CONTAINS
    if b == ANYBODY or b in above_a:
        return Relation.WITHIN
    if rule and (_excludes(rule, (a, *above_a), (b, *above_b)) or _excludes(rule, (b, *above_b), (a, *above_a))):
        return Relation.DISTINCT
    return Relation.UNKNOWN


def _excludes(rule: Rule, kinds: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether one of the kinds excludes one of the others; a kind inherits what its parents exclude."""
    terms = (rule.term(kind) for kind in kinds)
    return any(other in term.exclusive for term in terms if term for other in others)


def _labels(subject: str, rules: RuleSet) -> str:
    """Return the kind of people that a subject names, by its whole, its first or its last word, or the empty string."""
    words = subject.split()
    if not words:
        return ANYBODY
    kinds = _kinds(rules)
    tried = (form for part in (" ".join(words), words[0], words[-1]) for form in _singulars(part))
    return next((kinds[form] for form in tried if form in kinds), "")


def _singulars(word: str) -> tuple[str, ...]:
    """Return a word and what it may be the plural of."""
    if word.endswith("men"):
        return word, word.removesuffix("men") + "man"
    if word.endswith("children"):
        return word, word.removesuffix("ren")
    if word.endswith("ies"):
        return word, word.removesuffix("ies") + "y"
    return (word, word.removesuffix("s")) if word.endswith("s") and not word.endswith("ss") else (word,)


def _thing(subject: str, rules: RuleSet) -> str:
    rule = rules.get(THINGS)
    return next((term.label for term in rule.terms if subject in term.words), "") if rule else ""


@lru_cache(maxsize=8)
def _kinds(rules: RuleSet) -> dict[str, str]:
    rule = rules.get(PEOPLE)
    return {word: term.label for term in (rule.terms if rule else ()) for word in term.words}
