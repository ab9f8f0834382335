"""A claim in, the nations whose forces it says fought, or were helped, out: those of one, or of several together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.model import Article, Claim, Field, Label, RuleSet, Token, content_id

RULE = "forces.nations"
FORCES = frozenset({"force", "troop", "troops", "soldier", "police", "commando", "army", "military", "personnel", "policeman", "marine"})
FOUGHT = frozenset({"fight", "battle", "clash", "repel", "engage", "skirmish", "retake", "recapture"})
HELPED = frozenset({"support", "aid", "assist", "help", "back", "reinforce"})
CALLED = frozenset({"support", "strike", "airstrike", "reinforcement", "backup"})
NATIONAL = frozenset({"NORP", "GPE"})
AGAINST = frozenset({"with", "against", "by", "alongside"})


def extract_forces(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return one field for each group of forces, named by nation, that the claim says fought or were helped."""
    if rules.get(RULE) is None:
        return []
    tokens = claim.tokens
    fields = []
    for i, token in enumerate(tokens):
        nations = sorted(_nations(tokens, i)) if token.lemma in FORCES and token.pos in syntax.NOUNS else []
        part = _part(tokens, i) if nations else ""
        if not part or backdrop.is_supposed(tokens, i):
            continue
        label = "joint" if len({tokens[n].text.lower() for n in nations}) > 1 else "alone"
        span = syntax.span_of(tokens, (min(nations), i))
        fields.append(
            Field(
                id=content_id(claim.id, RULE, label, part, span.start, span.end),
                kind="actor",
                span=span,
                raw=span.of(article.text),
                value=Label(RULE, label),
                role=RULE,
                subject=part,
                scope=tuple(sorted({tokens[n].text.lower() for n in nations})),
                background=backdrop.in_background(tokens, i, article.published),
            )
        )
    return fields


def _nations(tokens: Sequence[Token], head: int) -> Iterator[int]:
    """Yield the words for nations before a noun, those joined by "and" among them: "Afghan and German security forces"."""
    for i in syntax.children(tokens, head):
        if i < head and tokens[i].dep in {"amod", "compound", "nmod"} and tokens[i].entity in NATIONAL:
            yield i
            yield from (j for j in syntax.subtree(tokens, i) if j != i and j < head and tokens[j].entity in NATIONAL)


def _part(tokens: Sequence[Token], head: int) -> str:
    """Return what the forces did or had done: "fought", "helped", or nothing that is known."""
    top = head
    while tokens[top].dep in {"conj", "compound"} and tokens[top].head != top and tokens[tokens[top].head].pos in syntax.NOUNS:
        top = tokens[top].head
    above = tokens[top].head
    if tokens[top].dep == "pobj":
        verb = tokens[above].head
        if tokens[above].lemma in AGAINST and tokens[verb].lemma in FOUGHT:
            return "fought"
        return "helped" if tokens[above].lemma == "of" and tokens[verb].lemma == "support" else ""
    if tokens[top].dep in {"nsubj", "dobj"}:
        verbs = [above, *(i for i in syntax.children(tokens, above) if tokens[i].dep == "conj" and tokens[i].pos == "VERB")]
        if tokens[top].dep == "nsubj" and any(tokens[v].lemma in FOUGHT for v in verbs):
            return "fought"
        if tokens[top].dep == "dobj" and tokens[above].lemma in HELPED:
            return "helped"
        if (
            tokens[top].dep == "nsubj"
            and tokens[above].lemma == "call"
            and any(tokens[i].lemma in CALLED for i in syntax.subtree(tokens, above))
        ):
            return "helped"
    return ""
