"""Questions about a claim's parse: pure functions over tokens, shared by the stages that read sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reconcile.model import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "obj", "dative", "attr", "oprd"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
VERBS = frozenset({"VERB", "AUX"})
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})


def children(tokens: Sequence[Token], index: int) -> list[int]:
    """Return the indexes of the tokens that hang directly on a token, in order."""
    return [i for i, token in enumerate(tokens) if token.head == index and i != index]


def ancestors(tokens: Sequence[Token], index: int) -> Iterator[int]:
    """Yield the heads of a token, nearest first; a malformed tree ends the walk instead of looping."""
    seen = {index}
    while (head := tokens[index].head) not in seen:
        yield head
        seen.add(head)
        index = head


def subtree(tokens: Sequence[Token], index: int) -> list[int]:
    """Return the indexes of a token and all that hangs on it, in order."""
    return sorted(i for i in range(len(tokens)) if i == index or index in ancestors(tokens, i))


def span_of(tokens: Sequence[Token], indexes: Sequence[int]) -> Span:
    """Return the smallest run of text that holds the tokens; `indexes` must not be empty."""
    return Span(min(tokens[i].span.start for i in indexes), max(tokens[i].span.end for i in indexes))


def governor(tokens: Sequence[Token], index: int) -> int | None:
    """Return the nearest verb above a token, or None."""
    return next((i for i in ancestors(tokens, index) if tokens[i].pos in VERBS), None)


def subject_of(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the subject of a verb, or of the verb it is conjoined with or complements, or None."""
    for index in (verb, *ancestors(tokens, verb)):
        found = next((i for i in children(tokens, index) if tokens[i].dep in SUBJECTS), None)
        if found is not None:
            return found
        if tokens[index].dep not in {"conj", "xcomp", "aux", "auxpass"}:
            return None
    return None


def objects_of(tokens: Sequence[Token], verb: int) -> list[int]:
    """Return the objects of a verb, a passive subject among them."""
    return [i for i in children(tokens, verb) if tokens[i].dep in OBJECTS or tokens[i].dep == "nsubjpass"]


def content_lemmas(tokens: Sequence[Token], light: Collection[str]) -> Iterator[str]:
    """Yield the lemmas that carry meaning, those in `light` left out."""
    yield from (token.lemma for token in tokens if token.pos in CONTENT and token.lemma not in light and len(token.lemma) > 1)


def is_negated(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word is under a negation: its own, or that of the verb that governs it."""
    places = [index]
    verb = index if tokens[index].pos in VERBS else governor(tokens, index)
    if verb is not None:
        places.append(verb)
    return any(
        tokens[i].dep == "neg" or tokens[i].lemma in {"no", "not", "never", "neither", "without"}
        for place in places
        for i in children(tokens, place)
    )


def entity_at(tokens: Sequence[Token], index: int) -> list[int]:
    """Return the indexes of the named entity that a token belongs to, or an empty list."""
    if not tokens[index].entity:
        return []
    first = index
    while first > 0 and not tokens[first].entity_start and tokens[first - 1].entity == tokens[index].entity:
        first -= 1
    last = index
    while last + 1 < len(tokens) and tokens[last + 1].entity == tokens[index].entity and not tokens[last + 1].entity_start:
        last += 1
    return list(range(first, last + 1))


def entities(tokens: Sequence[Token], *labels: str) -> list[list[int]]:
    """Return the named entities with one of the labels (all of them, when none is given), each as token indexes."""
    return [entity_at(tokens, i) for i, token in enumerate(tokens) if token.entity_start and (not labels or token.entity in labels)]
