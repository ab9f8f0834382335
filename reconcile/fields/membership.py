"""A named person and what the claim calls him in, whether he is the only one of his kind or one of several out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reconcile import syntax
from reconcile.model import Article, Claim, Field, Label, RuleSet, Span, Token, content_id

RULE = "person.one_of"
SOLE, ONE_OF = "sole", "one_of"


def memberships(claim: Claim, article: Article, run: Sequence[int], name: str, heads: Iterable[int], rules: RuleSet) -> Iterator[Field]:
    """Yield a field for "the pilot, Ann Lee", and for "Ann Lee was one of the pilots"; `heads` are the nouns that describe the person."""
    if rules.get(RULE) is None or not run:
        return
    tokens = claim.tokens
    for head in heads:
        if _is_sole(tokens, head):
            first = next(i for i in syntax.children(tokens, head) if tokens[i].lemma == "the")
            yield _field(claim, article, SOLE, name, head, (first, head))
    for one in _ones(tokens, run):
        if (noun := _of_several(tokens, one)) is not None:
            yield _field(claim, article, ONE_OF, name, noun, (one, noun))


def _is_sole(tokens: Sequence[Token], head: int) -> bool:
    """Return whether a noun is one definite person, nothing before it picks out one of several ("the second pilot"), and no name."""
    kin = [i for i in syntax.children(tokens, head) if i < head]
    return tokens[head].tag == "NN" and [tokens[i].lemma for i in kin] == ["the"]


def _ones(tokens: Sequence[Token], run: Sequence[int]) -> Iterator[int]:
    """Yield each "one" that is said to be the person: "X was one", "X, one", "one, X"."""
    last = next((i for i in run if tokens[i].head not in run), run[-1])
    yield from (i for i in syntax.children(tokens, last) if tokens[i].dep == "appos" and tokens[i].lemma == "one")
    top = tokens[last].head if tokens[last].dep == "appos" else last
    if tokens[top].lemma == "one":
        yield top
    verb = tokens[top].head
    if tokens[top].dep == "nsubj" and tokens[verb].lemma == "be":
        yield from (i for i in syntax.children(tokens, verb) if tokens[i].dep == "attr" and tokens[i].lemma == "one")


def _of_several(tokens: Sequence[Token], one: int) -> int | None:
    """Return the plural noun in "one of the pilots", or None: "one of the best pilots" is no such, for there may be any number."""
    for of in syntax.children(tokens, one):
        for noun in syntax.children(tokens, of) if tokens[of].lemma == "of" else ():
            plain = all(tokens[i].lemma == "the" or tokens[i].pos == "NUM" for i in syntax.children(tokens, noun) if i < noun)
            if tokens[noun].tag == "NNS" and plain:
                return noun
    return None


def _field(claim: Claim, article: Article, label: str, name: str, noun: int, ends: tuple[int, int]) -> Field:
    span = Span(claim.tokens[ends[0]].span.start, claim.tokens[ends[1]].span.end)
    return Field(
        id=content_id(claim.id, RULE, label, name, span.start, span.end),
        kind="title",
        span=span,
        raw=span.of(article.text),
        value=Label(RULE, label),
        role=RULE,
        subject=f"{name.lower()} {claim.tokens[noun].lemma}".replace(" ", "_"),
    )
