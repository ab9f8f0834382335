"""Tokens in, a yes or no out: whether the clause round a word speaks of another time than the news, or only supposes what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from reconcile import syntax
from reconcile.model import Token

PAST_TIME = re.compile(
    r"\b(?:last|previous|past)\s(?:month|year|decade|century|summer|winter|spring|autumn|fall|season)\b"
    r"|\bearlier (?:this (?:month|year)|in the year)\b"
    r"|\bhad (?:already|once|earlier)\b"
    r"|\b(?:previously|formerly|in the past|in recent (?:years|months|weeks))\b"
    r"|\b(?:years?|months?|weeks?|decades?) (?:ago|earlier|before|previously)\b"
    r"|\b(?:since|back in|in|of|from) (?P<year>(?:19|20)\d\d)\b"
    r"|\bin (?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b(?! \d{1,2}\b)",
    re.IGNORECASE,
)
SUPPOSING = frozenset({"if", "whether", "unless", "lest"})
AWAITING = frozenset({"until", "till"})
"""Before a verb in the present, these open what has not come yet; before one in the past, what came."""
SUPPOSED = frozenset({"would", "could", "might", "should"})
WISHES = frozenset(
    "vow pledge promise threaten want hope plan intend seek try attempt refuse decline fail agree commit demand urge call "
    "offer wish aim prepare vote consider propose mission likely unlikely able ready willing".split()
)
"""Under one of these a deed is not yet done."""
EVIDENCE = frozenset({"indication", "sign", "proof", "suggestion"})
"""Where there is none of these, nothing is said to have been."""
CLAUSE = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "conj", "ROOT", "csubj", "pcomp", "parataxis"})
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def in_background(tokens: Sequence[Token], index: int, published: datetime | None = None) -> bool:
    """Return whether a time well before the news is given in the clause of a token, or hangs on the noun that it belongs to."""
    if not tokens:
        return False
    base = tokens[0].span.start
    text = _text(tokens)
    own = _clause(tokens, index)
    for match in PAST_TIME.finditer(text):
        if _is_old(match, published):
            place = next((i for i, token in enumerate(tokens) if token.span.end > base + match.start()), None)
            if place is not None and _speaks_of(tokens, place, index, own):
                return True
    return False


def is_come_after(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word stands in what the news comes after: "a week after 35 diplomats were sent home"."""
    return any(
        tokens[i].lemma == "after"
        and i > 0
        and tokens[i - 1].lemma in {"day", "week", "month", "year", "decade"}
        and _under(tokens, index, i)
        for i in range(index)
    )


def _under(tokens: Sequence[Token], index: int, mark: int) -> bool:
    """Return whether a word is in the phrase or clause that a preposition or conjunction opens."""
    above = [index, *syntax.ancestors(tokens, index)]
    return mark in above or (tokens[mark].dep == "mark" and tokens[mark].head in above)


def is_supposed(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a token stands in a clause that asks or supposes: under "whether", "if" or a conditional verb."""
    return (
        _is_wished(tokens, index)
        or _lacks_evidence(tokens, index)
        or any(_supposes(tokens, place) for place in _up(tokens, index) if tokens[place].pos in syntax.VERBS)
    )


def _lacks_evidence(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a token stands under "no indication that", "no evidence of"."""
    return any(
        tokens[place].lemma in EVIDENCE and any(tokens[i].lemma == "no" for i in syntax.children(tokens, place))
        for place in syntax.ancestors(tokens, index)
    )


def _is_wished(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a verb is what somebody wants or means to do: "vowed to destroy", "a mission to destroy", "committed to rescuing"."""
    while tokens[index].dep == "conj" and tokens[index].head != index:
        index = tokens[index].head
    head = tokens[index].head
    if tokens[index].pos not in syntax.VERBS or head == index:
        return False
    if tokens[index].dep == "pcomp" and tokens[head].lemma == "to":
        return tokens[tokens[head].head].lemma in WISHES
    if tokens[index].dep == "pcomp" and tokens[head].lemma in {"into", "of"}:
        return _is_wished(tokens, tokens[head].head)
    infinitive = any(tokens[i].lemma == "to" and tokens[i].dep == "aux" for i in syntax.children(tokens, index))
    return infinitive and (tokens[head].lemma in WISHES or tokens[index].dep in {"acl", "relcl"})


def _supposes(tokens: Sequence[Token], verb: int) -> bool:
    kin = [tokens[i] for i in syntax.children(tokens, verb)]
    if any(token.dep == "mark" and token.lemma in AWAITING for token in kin):
        return not any(token.tag == "VBD" for token in (tokens[verb], *kin))
    return any(
        (token.dep == "mark" and token.lemma in SUPPOSING) or (token.dep in {"aux", "auxpass"} and token.text.lower() in SUPPOSED)
        for token in kin
    )


def _text(tokens: Sequence[Token]) -> str:
    """Return the tokens as text with their own offsets, counted from the first token."""
    base = tokens[0].span.start
    pieces: list[str] = []
    end = base
    for token in tokens:
        pieces.append(" " * (token.span.start - end) + token.text)
        end = token.span.end
    return "".join(pieces)


def _is_old(match: re.Match[str], published: datetime | None) -> bool:
    year, month = match["year"], match["month"]
    if year is not None:
        return published is None or int(year) < published.year
    if month is not None:
        return published is not None and month[0].isupper() and MONTHS[published.month - 1] != month.lower()
    return True


def _clause(tokens: Sequence[Token], index: int) -> int:
    """Return the token that heads the clause of a token."""
    return next((i for i in (index, *syntax.ancestors(tokens, index)) if tokens[i].pos in syntax.VERBS or tokens[i].dep == "ROOT"), index)


def _speaks_of(tokens: Sequence[Token], time: int, index: int, own: int) -> bool:
    """Return whether a time expression belongs to the clause of a token or to the noun phrase round it."""
    for place in _up(tokens, time):
        if place in {own, index}:
            return True
        if tokens[place].pos in syntax.VERBS:
            return place in set(_up(tokens, index)) and tokens[place].dep in CLAUSE and _reaches(tokens, index, place)
    return False


def _reaches(tokens: Sequence[Token], index: int, verb: int) -> bool:
    """Return whether only nouns and relative clauses lie between a token and a verb above it."""
    return all(tokens[i].dep not in {"ccomp", "parataxis"} for i in _up(tokens, index) if i > verb or i == index)


def _up(tokens: Sequence[Token], index: int) -> Iterator[int]:
    yield index
    yield from syntax.ancestors(tokens, index)
