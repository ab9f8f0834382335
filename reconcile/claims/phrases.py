"""A parsed sentence and the head of a phrase in, the tightest name of what it names out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reconcile import syntax
from reconcile.claims.words import BODIES, PEOPLE, SINGLE, TITLES
from reconcile.model import Span, Token

LEFT = frozenset({"compound", "amod", "poss", "nmod", "nummod", "case", "punct", "advmod", "quantmod"})
"""Relations of the words before a head that belong to its name."""
LINKS = frozenset({"of", "for", "from"})
"""Prepositions that say of whom somebody speaks."""
CRAFTS = ("er", "or", "ist", "man", "ian", "woman", "ee", "yst")
"""How nouns end for those who do a thing for their living."""


def name_of(tokens: Sequence[Token], head: int) -> Span:
    """Return the tightest name: a person's own where there is one, else the noun phrase without its article."""
    indexes = person_of(tokens, head) or phrase_of(tokens, head)
    first, last = 0, len(indexes)
    while last - first > 1 and (
        (tokens[indexes[first]].pos in {"DET", "PUNCT", "ADP"} and not tokens[indexes[first]].entity)
        or tokens[indexes[first]].lemma in {"a", "an", "the"}
    ):
        first += 1
    if tokens[head].pos == "PROPN" and tokens[head].text[:1].isupper() and head in indexes:
        while (
            first < indexes.index(head) and tokens[indexes[first]].pos in {"NOUN", "ADJ", "PUNCT"} and tokens[indexes[first]].text.islower()
        ):
            first += 1
    while last - first > 1 and tokens[indexes[last - 1]].pos in {"PUNCT", "PART"}:
        last -= 1
    return syntax.span_of(tokens, indexes[first:last])


def phrase_of(tokens: Sequence[Token], head: int) -> list[int]:
    """Return a head with the words before it that qualify it, and the body that "of" or "for" ties to it."""
    first, last = _left(tokens, head), head
    for _ in range(2):
        link = next(
            (i for i in syntax.children(tokens, last) if i == last + 1 and tokens[i].lemma in LINKS and tokens[i].dep == "prep"), None
        )
        inner = next((i for i in syntax.children(tokens, link) if tokens[i].dep == "pobj"), None) if link is not None else None
        if link is None or inner is None or inner - link > 7:
            break
        last = inner
    return list(range(first, last + 1))


def _left(tokens: Sequence[Token], head: int) -> int:
    """Return where the unbroken run of qualifiers before a head begins."""
    first = head
    while first > 0 and head - first < 12:
        above = next(iter(_steps_to(tokens, first - 1, head)), None)
        if above is None or (tokens[first - 1].pos == "DET" and tokens[first - 1].head == head and not tokens[first - 1].entity):
            break
        first -= 1
    while first < head and (tokens[first].dep in {"punct", "case", "advmod"} or tokens[first].pos == "PUNCT"):
        first += 1
    return first


def _steps_to(tokens: Sequence[Token], index: int, head: int) -> list[int]:
    """Return the path from a word up to a head, empty where it passes anything but qualifiers."""
    path = [index]
    for above in syntax.ancestors(tokens, index):
        if tokens[path[-1]].dep not in LEFT | {"det", "cc", "conj", "prep", "pobj"}:
            return []
        if above == head:
            return path if tokens[path[-1]].dep in LEFT | {"det"} else []
        path.append(above)
    return []


def person_of(tokens: Sequence[Token], head: int) -> list[int]:
    """Return the name of the person whom a phrase names, without titles; empty where it names none."""
    for i in (head, *_appositions(tokens, head)):
        known = tokens[i].entity == "PERSON" or (
            i != head and tokens[head].lemma in SINGLE and tokens[i].pos == "PROPN" and tokens[i].lemma not in BODIES
        )
        if known and tokens[i].pos in {"PROPN", "NOUN", "X", "ADJ"} and tokens[i].lemma not in PEOPLE:
            name = [j for j in syntax.entity_at(tokens, i) if j <= i or tokens[j].pos == "PROPN"] or [i]
            return _untitled(tokens, _widened(tokens, _through(tokens, name, i)))
        if (untagged := _unmarked(tokens, i)) and i == head:
            return untagged
    return []


def _through(tokens: Sequence[Token], name: Sequence[int], head: int) -> list[int]:
    """Return a name cut to the run that ends with its head or what directly follows it, possessives left out."""
    last = max((j for j in name if j >= head and all(tokens[k].pos != "PART" for k in range(head, j + 1))), default=head)
    return [j for j in name if j <= last]


def _appositions(tokens: Sequence[Token], head: int) -> list[int]:
    """Return what stands in apposition to a head, or, in "a spokesman for the mayor, Ann Vale", to the end of its phrase."""
    beside = [c for c in syntax.children(tokens, head) if tokens[c].dep == "appos"]
    last = phrase_of(tokens, head)[-1] if tokens[head].lemma in SINGLE else head
    return (
        beside
        if last == head
        else [*beside, *(c for c in syntax.children(tokens, last) if tokens[c].dep == "appos" and tokens[c].entity == "PERSON")]
    )


def _widened(tokens: Sequence[Token], name: Sequence[int]) -> list[int]:
    """Return a name with the proper nouns before it that the parser left out."""
    first = name[0]
    while first > 0 and tokens[first - 1].pos == "PROPN" and not tokens[first - 1].entity and tokens[first - 1].dep == "compound":
        first -= 1
    return [*range(first, name[0]), *name]


def _untitled(tokens: Sequence[Token], name: Sequence[int]) -> list[int]:
    titles = [j for j, i in enumerate(name[:-1]) if tokens[i].text.lower().strip(".") in TITLES | {"the", "a", "an"}]
    return list(name[titles[-1] + 1 :]) if titles else list(name)


def _unmarked(tokens: Sequence[Token], head: int) -> list[int]:
    """Return a person's name that the parser has not marked as one: proper nouns behind a title or an office."""
    if tokens[head].pos != "PROPN" or tokens[head].lemma in PEOPLE | BODIES or tokens[head].entity not in {"", "ORG", "GPE", "NORP"}:
        return []
    first = head
    while first > 0 and tokens[first - 1].pos == "PROPN" and tokens[first - 1].text.lower().strip(".") not in TITLES:
        first -= 1
    titled = (
        first > 0 and tokens[first - 1].text.lower().strip(".") in TITLES | PEOPLE and tokens[first - 1].dep in {"compound", "amod", "nmod"}
    )
    return list(range(first, head + 1)) if titled and head - first < 4 else []


def may_be_person(tokens: Sequence[Token], head: int) -> bool:
    """Return whether "he" or "she" may stand for a phrase: a person, or a proper name without article that is no known body."""
    token = tokens[head]
    if person_of(tokens, head):
        return True
    if token.pos != "PROPN" or token.lemma in BODIES or token.text.isupper() or token.tag == "NNPS":
        return False
    kids = syntax.children(tokens, head)
    craft = any(tokens[i].dep == "appos" and (tokens[i].lemma in PEOPLE or tokens[i].lemma.endswith(CRAFTS)) for i in kids)
    full = any(tokens[i].dep == "compound" and tokens[i].pos == "PROPN" for i in kids)
    return craft or (full and token.entity not in {"ORG", "NORP", "GPE"} and not any(tokens[i].dep in {"det", "poss"} for i in kids))


def kind_of(tokens: Sequence[Token], head: int) -> Literal["named", "unnamed"]:
    """Return whether a phrase names a person or an institution, or speaks of officials, police, witnesses."""
    if person_of(tokens, head):
        return "named"
    token, phrase = tokens[head], phrase_of(tokens, head)
    if token.lemma in PEOPLE:
        official = token.pos == "PROPN" and token.entity == "ORG" and token.text[:1].isupper() and len(syntax.entity_at(tokens, head)) > 1
        return "named" if official else "unnamed"
    if token.lemma in BODIES and not token.text[:1].isupper():
        return "named" if any(tokens[i].dep in {"compound", "amod", "poss", "nmod"} and i < head for i in phrase) else "unnamed"
    proper = token.pos == "PROPN" or token.entity in {"ORG", "PERSON"} or (token.text[:1].isupper() and head > 0 and token.lemma in BODIES)
    return "named" if proper or (token.lemma in BODIES and len(phrase) > 1) else "unnamed"
