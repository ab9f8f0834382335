"""A parsed sentence in, how firmly it puts its claim out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reconcile import syntax
from reconcile.model import Certainty, Speaker, Token

ALLEGED = frozenset("allege accuse suspect purport allegedly suspected alleged purported purportedly claim supposedly supposed".split())
POSSIBLE = frozenset(
    "may might could possibly perhaps probably likely unlikely apparently appear seem believe think presume fear unclear unconfirmed "
    "unverified reportedly seemingly potentially possible presumed".split()
)
PLANNED = frozenset("will plan expect intend shall schedule aim propose vow pledge".split())
DENYING = frozenset("deny refute rebut disavow".split())
REPORTING = frozenset("say tell report announce add state write tweet note reveal declare confirm warn insist argue explain admit".split())
UNPROVEN = frozenset({"confirm", "verify", "know", "establish", "prove"})
INNER = frozenset({"ccomp", "xcomp"})


def certainty_of(tokens: Sequence[Token], speaker: Speaker) -> Certainty:
    """Judge the main clause and what it introduces; a hedge in a far subordinate clause does not count."""
    chain = _main_verbs(tokens)
    if not chain:
        return Certainty.REPORTED if speaker.kind != "outlet" else Certainty.ASSERTED
    words = _words_on(tokens, chain)
    if tokens[chain[0]].lemma in DENYING and _speaks(tokens, chain[0]):
        return Certainty.DENIED
    if words & ALLEGED:
        return Certainty.ALLEGED
    if words & POSSIBLE or _conditional(tokens, chain) or _unproven(tokens, chain):
        return Certainty.POSSIBLE
    if words & PLANNED:
        return Certainty.PLANNED
    reported = speaker.kind != "outlet" or any(tokens[i].lemma in REPORTING for i in chain[:1] if len(chain) > 1)
    return Certainty.REPORTED if reported else Certainty.ASSERTED


def polarity_of(tokens: Sequence[Token]) -> Literal["+", "-"]:
    """Return "-" where what the sentence states is negated, not where its speaker merely did not say."""
    chain = _main_verbs(tokens)
    if not chain:
        return "-" if any(token.lemma in {"no", "none", "nobody"} for token in tokens[:1]) else "+"
    verb = chain[-1]
    negated = any(tokens[i].dep == "neg" for i in syntax.children(tokens, verb)) or any(
        tokens[i].lemma in {"never", "nobody", "none", "nothing"} for i in syntax.children(tokens, verb)
    )
    subject = syntax.subject_of(tokens, verb)
    if subject is not None:
        negated = negated or tokens[subject].lemma in {"nobody", "none", "nothing"}
        negated = negated or any(
            tokens[i].lemma in {"no", "neither"} for i in syntax.children(tokens, subject) if tokens[i].dep in {"det", "nummod"}
        )
    return "-" if negated else "+"


def _main_verbs(tokens: Sequence[Token]) -> list[int]:
    """Return the root and the verbs it introduces: said, then is suspected, and so on."""
    root = next((i for i, token in enumerate(tokens) if token.dep == "ROOT"), None)
    if root is None or tokens[root].pos not in syntax.VERBS:
        return []
    chain = [root]
    while len(chain) < 4:
        kids = syntax.children(tokens, chain[-1])
        inner = next((i for i in kids if tokens[i].dep in INNER and tokens[i].pos in syntax.VERBS), None)
        if inner is None or (tokens[chain[-1]].lemma not in REPORTING | ALLEGED | POSSIBLE | {"be"} and tokens[inner].dep == "ccomp"):
            return chain
        chain.append(inner)
    return chain


def _words_on(tokens: Sequence[Token], chain: Sequence[int]) -> set[str]:
    """Return the lemmas of the main verbs and of what directly modifies them."""
    words = {tokens[i].lemma for i in chain}
    for verb in chain:
        for i in syntax.children(tokens, verb):
            if tokens[i].dep in {"aux", "auxpass", "advmod", "acomp", "oprd"}:
                words.add(tokens[i].lemma)
            if tokens[i].dep in {"nsubj", "nsubjpass", "dobj", "attr"}:
                words.update(tokens[j].lemma for j in syntax.children(tokens, i) if tokens[j].dep == "amod" and tokens[j].lemma in ALLEGED)
    if tokens[chain[0]].lemma == "claim" and len(chain) == 1:
        words.discard("claim")
    return words


def _speaks(tokens: Sequence[Token], verb: int) -> bool:
    return syntax.subject_of(tokens, verb) is not None


def _conditional(tokens: Sequence[Token], chain: Sequence[int]) -> bool:
    """Return whether the main clause holds only under an "if"."""
    clauses = [i for verb in chain for i in syntax.children(tokens, verb) if tokens[i].dep == "advcl"]
    return any(tokens[j].dep == "mark" and tokens[j].lemma == "if" for i in clauses for j in syntax.children(tokens, i))


def _unproven(tokens: Sequence[Token], chain: Sequence[int]) -> bool:
    """Return whether the sentence says that something is not confirmed."""
    return any(tokens[verb].lemma in UNPROVEN and any(tokens[i].dep == "neg" for i in syntax.children(tokens, verb)) for verb in chain)
