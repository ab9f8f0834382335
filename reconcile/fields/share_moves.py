"""A claim in, which way it says that the shares of a company went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.fields.patterns import Hit, rule_lexicon, search
from reconcile.fields.vocabulary import head_of
from reconcile.model import Article, Claim, Field, Label, RuleSet, Token, content_id

RULE = "shares.move"
STOCK = frozenset({"share", "stock"})
PERCENT = frozenset({"%", "percent", "pct"})
STILL = "flat"
"""A company that is "little changed" is so on the exchange; one that fell did so there only by percent."""
LEGAL_FORMS = frozenset({"inc", "inc.", "corp", "corp.", "ltd", "ltd.", "plc", "co", "co.", "ag", "sa", "nv", "group", "limited"})
AFTER = 4
"""Tokens after the verb in which its percentage must begin."""


def extract_share_moves(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return one field for each company of which the claim says which way its shares went."""
    tokens = claim.tokens
    fields = []
    for hit in search(tokens, rule_lexicon(rules, RULE)):
        head = head_of(tokens, hit.start, hit.end)
        if backdrop.is_supposed(tokens, head) or syntax.is_negated(tokens, head):
            continue
        fields += [_field(claim, article, hit, owner) for owner in _companies(tokens, hit, head)]
    return fields


def _companies(tokens: Sequence[Token], hit: Hit, head: int) -> Iterator[int]:
    """Yield the names of those whose shares moved: the owners of the subject, or the companies that are the subject."""
    subject = syntax.subject_of(tokens, head)
    if subject is None or subject > hit.start:
        return
    if tokens[subject].lemma in STOCK:
        yield from (i for i in syntax.children(tokens, subject) if tokens[i].dep in {"compound", "poss"} and _is_name(tokens[i]))
    elif _is_name(tokens[subject]) and (hit.term.label == STILL or _by_percent(tokens, hit.end)):
        joined = (i for i in syntax.children(tokens, subject) if tokens[i].dep == "conj" and _is_name(tokens[i]))
        yield from (subject, *joined)


def _is_name(token: Token) -> bool:
    return token.pos == "PROPN" and token.entity not in {"GPE", "DATE", "NORP"}


def _by_percent(tokens: Sequence[Token], end: int) -> bool:
    """Return whether a percentage follows that is of nothing else: "fell 3 percent", not "lost 3 percent of its customers"."""
    place = _percent(tokens, end)
    after = tokens[place + 1] if place is not None and place + 1 < len(tokens) else None
    return place is not None and (after is None or (after.lemma != "of" and after.pos != "NOUN"))


def _percent(tokens: Sequence[Token], end: int) -> int | None:
    return next((i for i in range(end, min(end + AFTER, len(tokens))) if tokens[i].text.lower() in PERCENT), None)


def _field(claim: Claim, article: Article, hit: Hit, owner: int) -> Field:
    tokens = claim.tokens
    run = syntax.entity_at(tokens, owner) or [owner]
    name = " ".join(tokens[i].text.lower() for i in run if tokens[i].text.lower() not in LEGAL_FORMS and tokens[i].tag != "POS")
    last = _percent(tokens, hit.end)
    span = syntax.span_of(tokens, (min(owner, hit.start), hit.end - 1 if last is None else last))
    return Field(
        id=content_id(claim.id, RULE, hit.term.label, name, span.start, span.end),
        kind="action",
        span=span,
        raw=span.of(article.text),
        value=Label(RULE, hit.term.label),
        role=RULE,
        subject=name.replace(" ", "_"),
        act=tokens[hit.start].lemma,
        background=backdrop.in_background(tokens, hit.start, article.published),
    )
