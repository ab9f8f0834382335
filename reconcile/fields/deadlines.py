"""A claim in, the days from which it lets a time run out: "within a year of the announcement", "12 months after the signing"."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile import syntax
from reconcile.fields.number_words import find_numbers
from reconcile.fields.patterns import rule_lexicon, search
from reconcile.model import Article, Claim, Field, Label, RuleSet, Token, content_id

RULE = "deadline.start"
DAYS = {"day": 1, "week": 7, "month": 30, "year": 360}
"""Days of each unit as contracts count them: twelve months are a year."""
RUNS_FROM = frozenset({"after", "of", "from", "following"})
OPENING = frozenset({"a", "an", "the"})
REACH = 4
"""Tokens after the preposition in which the day must be named."""


def extract_deadlines(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return one field for each length of time that the claim lets run from a day that the rule knows; it holds under "if" as well."""
    tokens = claim.tokens
    hits = search(tokens, rule_lexicon(rules, RULE))
    lengths = {number.end: (number.first, number.low) for number in find_numbers(tokens) if number.low == number.high}
    fields = []
    for i, token in enumerate(tokens[:-1]):
        if token.lemma not in DAYS or tokens[i + 1].lemma not in RUNS_FROM:
            continue
        first, many = lengths.get(i) or ((i - 1, 1.0) if i and tokens[i - 1].text.lower() in OPENING else (i, 0.0))
        hit = next((hit for hit in hits if i + 2 <= hit.start <= i + 1 + REACH), None)
        if many and hit is not None and not _ago(tokens, i):
            span = syntax.span_of(tokens, (first, hit.end - 1))
            fields.append(
                Field(
                    id=content_id(claim.id, RULE, hit.term.label, span.start, span.end),
                    kind="object",
                    span=span,
                    raw=span.of(article.text),
                    value=Label(RULE, hit.term.label),
                    role=RULE,
                    subject=f"{many * DAYS[token.lemma]:g}_days",
                )
            )
    return fields


def _ago(tokens: Sequence[Token], unit: int) -> bool:
    """Return whether the time is one that has passed: the verb that governs it is a past tense without "if"."""
    verb = syntax.governor(tokens, unit)
    if verb is None or tokens[verb].tag != "VBD":
        return False
    return not any(tokens[i].dep in {"mark", "aux", "neg"} for i in syntax.children(tokens, verb))
