"""A claim in, its certainty out as a field, so that a fact in one article can be compared with an allegation in another."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile import syntax
from reconcile.model import Article, Claim, Field, Label, RuleSet, content_id

RULE = "certainty"
SPEECH = frozenset(
    [
        "say",
        "tell",
        "announce",
        "add",
        "report",
        "confirm",
        "claim",
        "believe",
        "suspect",
        "allege",
        "state",
        "write",
        "warn",
        "think",
        "deny",
        "reveal",
    ]
)
SPEAKING = {"they": {"NNS", "NNPS"}, "we": {"NNS", "NNPS"}, "he": {"NNP"}, "she": {"NNP"}}
"""Subjects that stand for whoever speaks, and the tags of the nouns that they can stand for."""
ACCUSING = frozenset({"accuse", "suspect", "charge"})
"""What somebody is accused of is alleged, whoever accuses: "is accused of stabbing him"."""


def extract_modality(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return the certainty of a claim, with the main verb as its act and that verb's subject, and of each act that it accuses of."""
    predicate = _predicate(claim)
    if predicate is None or rules.get(RULE) is None:
        return []
    accused = [_field(claim, predicate, verb, "alleged") for verb in _accused_of(claim, predicate)]
    return [_field(claim, predicate, predicate, claim.certainty.value), *accused]


def _field(claim: Claim, predicate: int, act: int, label: str) -> Field:
    return Field(
        id=content_id(claim.id, "modality", label, *([] if act == predicate else [act])),
        kind="modality",
        span=claim.span,
        raw=claim.text,
        value=Label(RULE, label),
        role=RULE,
        subject=_about(claim, predicate),
        act=claim.tokens[act].lemma,
    )


def _about(claim: Claim, predicate: int) -> str:
    """Return whom a verb is said of: what it is done to, else who does it; a pronoun stands for the speaker ("scientists say they")."""
    tokens = claim.tokens
    passive = next((i for i in syntax.children(tokens, predicate) if tokens[i].dep == "nsubjpass"), None)
    about = passive if passive is not None else syntax.subject_of(tokens, predicate)
    if about is None:
        return ""
    tags = SPEAKING.get(tokens[about].lemma, set())
    if tags and claim.speaker.span is not None:
        named = [token for token in tokens if claim.speaker.span.covers(token.span) and token.pos in syntax.NOUNS]
        if named and named[-1].tag in tags:
            return named[-1].lemma
    return tokens[about].lemma


def _accused_of(claim: Claim, predicate: int) -> Iterator[int]:
    """Yield the verbs of what a verb accuses of: "is accused of stabbing the guard and robbing the till"."""
    tokens = claim.tokens
    if tokens[predicate].lemma not in ACCUSING:
        return
    for prep in syntax.children(tokens, predicate):
        for verb in syntax.children(tokens, prep) if tokens[prep].dep == "prep" else ():
            if tokens[verb].dep == "pcomp" and tokens[verb].pos == "VERB":
                yield verb
                yield from (i for i in syntax.children(tokens, verb) if tokens[i].dep == "conj" and tokens[i].pos == "VERB")


def _predicate(claim: Claim) -> int | None:
    """Return the verb that states the claim's fact: the root, or what a verb of speech or belief introduces."""
    tokens = claim.tokens
    root = next((i for i, token in enumerate(tokens) if token.dep == "ROOT" and token.pos in syntax.VERBS), None)
    for _ in range(4):
        if root is None or tokens[root].lemma not in SPEECH:
            return root
        inner = next(
            (i for i in syntax.children(tokens, root) if tokens[i].dep in {"ccomp", "xcomp"} and tokens[i].pos in syntax.VERBS), None
        )
        if inner is None:
            return root
        root = inner
    return root
