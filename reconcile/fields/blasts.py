"""A claim and its article in, whether it tells of one explosion or of several out."""

from __future__ import annotations

import re
from functools import lru_cache

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.model import Article, Claim, Field, Label, RuleSet, content_id

RULE = "blast.number"
NOUNS = frozenset({"explosion", "blast"})
SEVERAL = re.compile(
    r"\b(?:(?:second|another|third|other|further|later|secondary) (?:\w+ )?(?:explosion|blast)|(?:explosions|blasts))\b", re.IGNORECASE
)
"""Words that show that an article knows of more than one, so that its "the blast" is one of these."""
ONE_OF_MANY = frozenset({"first", "second", "third", "another", "other", "last", "previous", "earlier", "similar", "later", "nuclear"})
NUMBERS = frozenset({"two", "three", "four", "five", "six", "several", "multiple", "2", "3", "4", "5", "6", "twin"})
PARTS = frozenset({"amod", "compound", "nummod", "det"})


def extract_blasts(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return one field for each explosion, or number of explosions, that a claim tells of."""
    tokens = claim.tokens
    if rules.get(RULE) is None:
        return []
    fields = []
    for i, token in enumerate(tokens):
        if token.lemma not in NOUNS or token.pos != "NOUN" or token.dep in PARTS or backdrop.is_supposed(tokens, i):
            continue
        before = [j for j in syntax.children(tokens, i) if j < i and tokens[j].dep in PARTS]
        label = _label(token.tag, {tokens[j].lemma for j in before}, article.text)
        if label:
            span = syntax.span_of(tokens, (*before, i))
            fields.append(
                Field(
                    id=content_id(claim.id, RULE, label, span.start, span.end),
                    kind="count",
                    span=span,
                    raw=span.of(article.text),
                    value=Label(RULE, label),
                    role=RULE,
                    background=backdrop.in_background(tokens, i, article.published),
                )
            )
    return fields


def _label(tag: str, words: set[str], text: str) -> str:
    """Return "several" for a plural with a number, "one" for a singular in an article that knows of no other, else nothing."""
    if words & ONE_OF_MANY:
        return ""
    if tag == "NNS":
        return "several" if words & NUMBERS else ""
    return "one" if words & {"a", "the", "an", "single", "one"} and not _several(text) else ""


@lru_cache(maxsize=256)
def _several(text: str) -> bool:
    return SEVERAL.search(text) is not None
