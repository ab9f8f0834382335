"""Two names in, their relation out: short forms, initials and spellings are one name; look-alikes that a rule lists are two."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from reconcile.compare.wording import both
from reconcile.model import Field, Name, Relation, Rule

HONORIFICS = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president minister chief captain capt general gen colonel col sgt officer "
    "the of for and".split()
)
SMALL = frozenset({"of", "the", "for", "and", "in"})
"""Words that give no letter to an acronym."""
LONG = 5
"""Letters from which one differing letter is a matter of spelling."""


def compare_names(a: Field, b: Field, rule: Rule) -> tuple[Relation, str]:
    """Compare two names of persons or organisations."""
    first, second = a.value, b.value
    assert isinstance(first, Name) and isinstance(second, Name)
    if _distinct(first.name, second.name, rule):
        return Relation.DISTINCT, f"{both(a, b)} are two different bodies ({first.name}; {second.name})"
    if first.name.lower() == second.name.lower():
        same = " ".join(a.raw.lower().split()) == " ".join(b.raw.lower().split())
        return (Relation.SAME if same else Relation.ALIAS), f"{both(a, b)} name the same"
    known = {form.lower() for form in (first.name, *first.forms)} & {form.lower() for form in (second.name, *second.forms)}
    if known or _short_form(first.name, second.name) or _acronym(first.name, second.name) or _acronym(second.name, first.name):
        return Relation.ALIAS, f"{both(a, b)} are forms of one name"
    if a.kind == "person_name" and _namesakes(first.name, second.name):
        return Relation.DISTINCT, f"{both(a, b)} share a surname and are two people"
    return Relation.UNKNOWN, f"whether {both(a, b)} are one cannot be told"


def _distinct(a: str, b: str, rule: Rule) -> bool:
    return any(term.label == x and y in term.distinct for term in rule.terms for x, y in ((a, b), (b, a)))


def _parts(name: str) -> list[str]:
    return [part for part in name.lower().replace(".", "").replace("-", " ").split() if part not in HONORIFICS]


def _short_form(a: str, b: str) -> bool:
    """Return whether the parts of the shorter name are all in the longer: Neu, M. Neu and Michael Neu."""
    short, long = sorted((_parts(a), _parts(b)), key=len)
    return bool(short) and all(any(_one_part(part, other) for other in long) for part in short)


def _one_part(a: str, b: str) -> bool:
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return min(len(a), len(b)) >= LONG and Levenshtein.distance(a, b, score_cutoff=1) <= 1


def _acronym(short: str, long: str) -> bool:
    letters = short.replace(".", "")
    return (
        letters.isupper()
        and 2 <= len(letters) <= 8
        and letters.lower() == "".join(word[0] for word in long.lower().split() if word not in SMALL)
    )


def _namesakes(a: str, b: str) -> bool:
    first, second = _parts(a), _parts(b)
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    return not any(_one_part(part, other) for part in first[:-1] for other in second[:-1])
