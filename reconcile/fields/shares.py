"""A claim in, how much of a group it says something of out: "all but three carried lamps", "one of them was a child"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.fields.vocabulary import word_of_noun
from reconcile.model import Article, Claim, Field, Label, RuleSet, Token, content_id

RULE = "share.of_group"
SHARES = {"all": "all", "most": "most", "half": "half", "few": "few", "one": "one", "none": "none"}
NEARLY_ALL = "nearly_all"
ALONE = frozenset({"all", "most", "none"})
"""Words that stand for a share of a group although no "of" follows."""
PREDICATES = frozenset({"dobj", "attr", "acomp"})
NAMES = frozenset({"ORG", "PERSON", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT"})
LONGEST = 12
"""Words that a phrase may have."""


@dataclass(frozen=True, slots=True)
class _Share:
    label: str
    first: int
    subject: int
    """The token that is the subject of the verb."""
    group: str
    """The noun for the whole, or the empty string where a pronoun or nothing stands for it."""


def extract_shares(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return one field for each share of a group that a claim gives with a verb and what completes it; a bare verb says too little."""
    if rules.get(RULE) is None:
        return []
    return [field for share in _shares(claim.tokens) if (field := _field(claim, article, share)) is not None]


def _field(claim: Claim, article: Article, share: _Share) -> Field | None:
    tokens = claim.tokens
    verb = tokens[share.subject].head
    said = next((i for i in syntax.children(tokens, verb) if tokens[i].dep in PREDICATES and i > verb), None)
    if tokens[verb].pos not in syntax.VERBS or said is None or not share.first < verb < said < share.first + LONGEST:
        return None
    if backdrop.is_supposed(tokens, verb) or syntax.is_negated(tokens, verb) or not word_of_noun(tokens[said]):
        return None
    span = syntax.span_of(tokens, (share.first, said))
    return Field(
        id=content_id(claim.id, RULE, share.label, span.start, span.end),
        kind="status",
        span=span,
        raw=span.of(article.text),
        value=Label(RULE, share.label),
        role=RULE,
        subject=f"{tokens[verb].lemma}_{tokens[said].lemma}",
        scope=(share.group,) if share.group else (),
        act=tokens[verb].lemma,
        background=backdrop.in_background(tokens, verb, article.published),
    )


def _shares(tokens: Sequence[Token]) -> Iterator[_Share]:
    for i, token in enumerate(tokens):
        label = SHARES.get(token.text.lower())
        if label is None or token.entity in NAMES:
            continue
        whole = _whole(tokens, i)
        if token.dep in syntax.SUBJECTS and (whole is not None or label in ALONE):
            group = "" if whole is None else word_of_noun(tokens[whole])
            yield _Share(NEARLY_ALL if _but_few(tokens, i) else label, i, i, group)
        elif token.dep == "det" and label in ALONE and tokens[token.head].dep in syntax.SUBJECTS:
            yield _Share(label, i, token.head, word_of_noun(tokens[token.head]))


def _whole(tokens: Sequence[Token], index: int) -> int | None:
    """Return the noun or pronoun in "one of them", or None."""
    if index + 1 >= len(tokens) or tokens[index + 1].lemma != "of":
        return None
    return next((i for i in syntax.children(tokens, index + 1) if tokens[i].dep == "pobj"), None)


def _but_few(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word is the "all" of "all but three"."""
    following = [token.lemma for token in tokens[index + 1 : index + 2]]
    return following == ["but"] and index + 2 < len(tokens) and tokens[index + 2].pos == "NUM"
