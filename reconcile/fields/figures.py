"""What the readers of figures share: a number and its words in, a field out."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile import syntax
from reconcile.model import Claim, Field, Quantity, Span, Token, content_id

FIRST = {"original": "first", "initial": "first", "first": "first", "previous": "first", "earlier": "first", "unsolicited": "first"}
"""Modifiers that pick out the first of several offers, figures or attempts, told under one name."""
PLAIN_MODIFIERS = frozenset("other new more own such further many few same whole total entire least late early percent".split())


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].span.start, tokens[last].span.end)


def figure_field(claim: Claim, kind: str, first: int, last: int, value: Quantity, **rest: object) -> Field:
    """Make a field of the tokens from `first` to `last`, both included; `rest` holds role, subject, scope, act and background."""
    span = _span(claim.tokens, first, last)
    raw = claim.text[span.start - claim.span.start : span.end - claim.span.start]
    role = str(rest.get("role", ""))
    return Field(
        id=content_id(claim.id, kind, role, span.start, span.end, value),
        kind=kind,
        span=span,
        raw=raw,
        value=value,
        role=role,
        subject=str(rest.get("subject", "")),
        scope=tuple(sorted(set(rest.get("scope", ())))),  # type: ignore[call-overload]
        act=str(rest.get("act", "")),
        background=bool(rest.get("background", False)),
    )


def modifiers(tokens: Sequence[Token], head: int, skip: Sequence[int] = ()) -> set[str]:
    """Return the words that narrow a noun, first offers and the like under one name."""
    words = set()
    for i in syntax.children(tokens, head):
        token = tokens[i]
        if i in skip or token.dep not in {"amod", "compound"} or token.pos not in {"ADJ", "NOUN", "PROPN", "VERB"}:
            continue
        if token.lemma not in PLAIN_MODIFIERS and token.text.isalpha():
            words.add(FIRST.get(token.lemma, token.lemma))
    return words


def governing_act(tokens: Sequence[Token], index: int) -> str:
    """Return the lemma of the verb that governs a token, or the empty string."""
    verb = syntax.governor(tokens, index)
    return tokens[verb].lemma if verb is not None else ""
