"""What two figures count in, whether they count the same out."""

from __future__ import annotations

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
    rule = _rule(PEOPLE, rules)
    one, other = (rule.term(a), rule.term(b)) if rule else (None, None)
    if a == ANYBODY or (rule and other and a in ancestors(other, rule)):
        return Relation.CONTAINS
    if b == ANYBODY or (rule and one and b in ancestors(one, rule)):
        return Relation.WITHIN
    if one and other and (b in one.exclusive or a in other.exclusive):
        return Relation.DISTINCT
    return Relation.UNKNOWN


def _labels(subject: str, rules: RuleSet) -> str:
    """Return the kind of people that a subject names, or the empty string."""
    if not subject:
        return ANYBODY
    words = _kinds(_Held(rules))
    return words.get(subject) or words.get(subject.split()[-1] if subject.split()[0] not in words else subject.split()[0], "")


def _thing(subject: str, rules: RuleSet) -> str:
    rule = _rule(THINGS, rules)
    return next((term.label for term in rule.terms if subject in term.words), "") if rule else ""


def _rule(name: str, rules: RuleSet) -> Rule | None:
    return next((rule for rule in rules.rules if rule.id == name), None)


class _Held:
    """A rule set compared by identity, so that a look-up does not hash every rule."""

    __slots__ = ("rules",)

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    def __hash__(self) -> int:
        return id(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.rules is self.rules


@lru_cache(maxsize=8)
def _kinds(held: _Held) -> dict[str, str]:
    rule = _rule(PEOPLE, held.rules)
    return {word: term.label for term in (rule.terms if rule else ()) for word in term.words}
