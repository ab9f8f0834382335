"""Word patterns of the rules and parsed tokens in, the token ranges that match out.

A pattern is a blank-separated sequence of lower-case lemmas; `a|b` is a choice, `..` skips up to four words. A word matches a token's
lemma or its text; a hyphenated word also matches the parts that the parser makes of it ("explosives - laden").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reconcile.model import RuleSet, Term, Token

GAP = ".."
GAP_LENGTH = 4
"""Words that one `..` skips at most."""
HYPHENS = frozenset("-‐‑–")
STOPS = frozenset({",", ";", ":", "—", "–", "(", ")", "[", "]", "."})
"""A gap does not reach over these: what follows belongs to another phrase."""

Range = tuple[int, int]
Element = tuple[tuple[str, ...], ...] | None
"""The choices at one place of a pattern, each a run of words; None for a gap."""


@dataclass(frozen=True, slots=True)
class Index:
    """A claim's tokens with the places of each lemma and word, so that a pattern looks only where its first word stands."""

    forms: tuple[frozenset[str], ...]
    places: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term of a rule's vocabulary found in a claim's tokens."""

    rule: str
    term: Term
    start: int
    end: int
    pattern: str
    weight: int
    """Words of the pattern, gaps not counted: the more a pattern spells out, the better it knows."""
    exact: bool = False
    """Whether the pattern gives the very words of the text: it knows better than one that only fits their lemmas or offers a choice."""


Entry = tuple[str, Term, str]
Lexicon = Mapping[str, tuple[Entry, ...]]
"""For each word that opens a pattern: the rule, the term and the pattern."""


def find(pattern: str, tokens: Sequence[Token]) -> Iterator[Range]:
    """Yield the token ranges that match, longest first at each place, without overlaps."""
    yield from find_in(pattern, index(tokens))


def index(tokens: Sequence[Token]) -> Index:
    """Return the tokens ready to be searched for many patterns."""
    forms = tuple(frozenset((token.lemma, token.text.lower())) for token in tokens)
    places: dict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(forms):
        for word in words:
            places[word].append(i)
    return Index(forms, {word: tuple(found) for word, found in places.items()})


def find_in(pattern: str, searched: Index) -> Iterator[Range]:
    """Yield the ranges of an index that match a pattern, without overlaps."""
    elements = compile_pattern(pattern)
    if not elements:
        return
    free_from = 0
    for start in sorted({i for word in first_words(pattern) for i in searched.places.get(word, ())}):
        if start < free_from:
            continue
        end = _longest(elements, searched.forms, start)
        if end is not None:
            yield start, end
            free_from = end


@lru_cache(maxsize=8192)
def compile_pattern(pattern: str) -> tuple[Element, ...]:
    """Return the elements of a pattern; gaps at its ends say nothing and are dropped."""
    elements: list[Element] = []
    for part in pattern.lower().split():
        elements.append(None if part == GAP else tuple(_spell(choice) for choice in part.split("|") if choice))
    while elements and not elements[0]:
        elements.pop(0)
    while elements and not elements[-1]:
        elements.pop()
    return tuple(elements)


@lru_cache(maxsize=8192)
def first_words(pattern: str) -> tuple[str, ...]:
    """Return the words with which a match of the pattern can open."""
    elements = compile_pattern(pattern)
    choices = elements[0] if elements else None
    return tuple(sorted({word for choice in choices or () for word in (choice[0], "".join(choice))}))


@lru_cache(maxsize=8192)
def spelled(pattern: str) -> frozenset[str]:
    """Return the words that a pattern spells out."""
    return frozenset(choice for part in pattern.split() if part != GAP for choice in part.split("|"))


def _spell(choice: str) -> tuple[str, ...]:
    """Split a hyphenated word as the parser does: word, hyphen, word."""
    parts = [part for part in choice.split("-") if part]
    return tuple(word for i, part in enumerate(parts) for word in (["-", part] if i else [part])) or (choice,)


def _longest(elements: Sequence[Element], forms: Sequence[frozenset[str]], start: int) -> int | None:
    """Return the furthest end of a match that begins at a token, or None."""
    ends = {start}
    for element in elements:
        ends = {end for place in ends for end in (_skip(forms, place) if element is None else _step(element, forms, place))}
        if not ends:
            return None
    return max(ends)


def _skip(forms: Sequence[frozenset[str]], place: int) -> Iterator[int]:
    """Yield the places that a gap can reach: hyphens are not counted, and punctuation ends it."""
    yield place
    skipped = 0
    while place < len(forms) and not (forms[place] & STOPS - HYPHENS):
        skipped += not forms[place] & HYPHENS
        if skipped > GAP_LENGTH:
            return
        place += 1
        yield place


def _step(choices: tuple[tuple[str, ...], ...], forms: Sequence[frozenset[str]], place: int) -> Iterator[int]:
    for choice in choices:
        if place < len(forms) and "".join(choice) in forms[place]:
            yield place + 1
        elif place + len(choice) <= len(forms) and all(_is_word(word, forms[place + i]) for i, word in enumerate(choice)):
            yield place + len(choice)


def _is_word(word: str, forms: frozenset[str]) -> bool:
    return word in forms or (word == "-" and bool(forms & HYPHENS))


def search(tokens: Sequence[Token], lexicon: Lexicon) -> list[Hit]:
    """Return the terms found, in order of rule and place; inside one rule the fullest match wins and none overlaps another."""
    searched = index(tokens)
    met = sorted(
        {entry for word in searched.places for entry in lexicon.get(word, ())}, key=lambda entry: (entry[0], entry[1].label, entry[2])
    )
    hits = [
        Hit(
            rule,
            term,
            start,
            end,
            pattern,
            weight=sum(element is not None for element in compile_pattern(pattern)),
            exact=pattern.split() == [token.text.lower() for token in tokens[start:end]],
        )
        for rule, term, pattern in met
        for start, end in find_in(pattern, searched)
    ]
    return _without_overlaps(hits)


def _without_overlaps(hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=_knowledge):
        if not any(other.rule == hit.rule and hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.rule, hit.start, hit.end))


def _knowledge(hit: Hit) -> tuple[str, int, int, int, bool, str]:
    """Order the matches of a rule: the one that knows best comes first."""
    return hit.rule, -hit.weight, hit.start - hit.end, hit.start, not hit.exact, hit.term.label


def lexicon_of(entries: Sequence[Entry]) -> Lexicon:
    """Return patterns sorted by the words that open them."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for word in first_words(entry[2]):
            found[word].append(entry)
    return {word: tuple(dict.fromkeys(those)) for word, those in found.items()}


@lru_cache(maxsize=32)
def rule_lexicon(rules: RuleSet, rule_id: str) -> Lexicon:
    """Return the vocabulary of one rule, which may be absent: an extractor of its own reads what it needs of it."""
    rule = rules.get(rule_id)
    return lexicon_of([(rule_id, term, pattern) for term in (rule.terms if rule else ()) for pattern in term.words])
