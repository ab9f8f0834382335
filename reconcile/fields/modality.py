"""A claim in, its certainty out as a field, so that a fact in one article can be compared with an allegation in another."""

from __future__ import annotations

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


def extract_modality(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return the certainty of a claim, with the main verb as its act and that verb's subject."""
    predicate = _predicate(claim)
    if predicate is None or rules.get(RULE) is None:
        return []
    subject = syntax.subject_of(claim.tokens, predicate)
    passive = next((i for i in syntax.children(claim.tokens, predicate) if claim.tokens[i].dep == "nsubjpass"), None)
    about = passive if passive is not None else subject
    return [
        Field(
            id=content_id(claim.id, "modality", claim.certainty),
            kind="modality",
            span=claim.span,
            raw=claim.text,
            value=Label(RULE, claim.certainty.value),
            role=RULE,
            subject=claim.tokens[about].lemma if about is not None else "",
            act=claim.tokens[predicate].lemma,
        )
    ]


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
