"""A parsed sentence in, how firmly it puts its claim and whether it negates it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from reconcile import syntax
from reconcile.claims.words import CLAIMED, DENIALS, DOCUMENTS, OPINION, SAYING, WITHHELD
from reconcile.model import Certainty, Speaker, Token

ALLEGING = frozenset("allege accuse suspect purport".split())
ALLEGED = frozenset("allegedly purportedly supposedly".split())
DOUBTED = frozenset("alleged purported supposed".split())
HEDGES = frozenset("possibly perhaps probably likely apparently seemingly potentially presumably maybe conceivably".split())
GUESSES = frozenset("appear seem believe think presume fear assume".split())
OPEN = frozenset("likely unlikely possible probable unclear unconfirmed unverified uncertain unknown conceivable".split())
MODALS = frozenset({"may", "might", "could", "can"})
UNPROVEN = frozenset("confirm verify know establish prove determine substantiate corroborate".split())
FUTURE = frozenset({"will", "shall", "'ll", "wo", "would"})
INTENDING = frozenset("plan expect intend schedule aim propose vow pledge promise prepare hope set slate threaten".split())
"""Verbs that with an infinitive speak of what has not happened yet."""
AHEAD = frozenset({"due", "about", "set", "ready", "poised"})
DENYING = frozenset({"deny", "disavow"})
BASELESS = frozenset("false untrue baseless unfounded groundless fabricated fake".split())
OBJECTS = ("dobj", "dative", "iobj", "oprd", "ccomp", "xcomp", "npadvmod")
RELAYED = frozenset("say report tell".split())
NEGATORS = frozenset("never nobody none nothing neither nowhere".split())
NOT_NEGATING = frozenset("only doubt few fewer less more later surprise matter".split())
"""Words that take the sting out of a "no" or "not" before them: "not only", "no doubt", "no fewer than"."""
LINKING = SAYING | ALLEGING | GUESSES | {"be", "find", "show", "mean", "hope", "learn", "emerge", "hear", "feel", "become"}
"""Verbs whose clause is what the sentence is about."""
DEEPEST = 5


def certainty_of(tokens: Sequence[Token], speaker: Speaker) -> Certainty:
    """Judge the main clause and what it introduces; a hedge in a far subordinate clause does not count."""
    chain = main_chain(tokens)
    if not chain:
        return Certainty.ASSERTED if speaker.kind == "outlet" else Certainty.REPORTED
    if any(_denies(tokens, verb) for verb in chain[:2]):
        return Certainty.DENIED
    if any(_alleges(tokens, verb) for verb in chain):
        return Certainty.ALLEGED
    if any(_hedges(tokens, verb) for verb in chain) or _conditional(tokens, chain):
        return Certainty.POSSIBLE
    if any(_plans(tokens, verb) for verb in chain):
        return Certainty.PLANNED
    return Certainty.REPORTED if _reports(tokens, chain, speaker) else Certainty.ASSERTED


def polarity_of(tokens: Sequence[Token]) -> Literal["+", "-"]:
    """Return "-" where what the sentence states is negated, not where its speaker merely did not say."""
    chain = main_chain(tokens)
    if not chain:
        return "-" if any(token.lemma in {"no", "none", "nobody"} for token in tokens[:1]) else "+"
    if _has(tokens, chain[0], "mark"):
        return "+"  # the parser took a subordinate clause for the sentence: what it negates is not the claim
    framing = [verb for verb in chain[:-1] if tokens[verb].lemma not in SAYING - OPINION]
    return "-" if any(_negated(tokens, verb) for verb in (*framing, chain[-1])) else "+"


def main_chain(tokens: Sequence[Token]) -> list[int]:
    """Return the root and the verbs that it introduces: said, then is suspected, then to have fled."""
    root = next((i for i, token in enumerate(tokens) if token.dep == "ROOT"), None)
    if root is None:
        return []
    chain = [root]
    while len(chain) < DEEPEST:
        inner = _introduced(tokens, chain[-1])
        if inner is None or inner in chain:
            break
        chain.append(inner)
    return chain


def _introduced(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the head of the clause that a verb of speech or thought introduces."""
    lemma = tokens[verb].lemma
    if lemma in SAYING and _has(tokens, verb, "neg"):
        return None
    for i in syntax.children(tokens, verb):
        if tokens[i].dep == "ccomp" and (lemma in LINKING or i < verb):
            return None if _asks(tokens, i) else i
        if tokens[i].dep == "xcomp" and tokens[i].pos in syntax.VERBS and lemma in LINKING | INTENDING | {"quote"}:
            return i
        if tokens[i].dep == "dobj" and tokens[i].lemma in DOCUMENTS and (said := _written(tokens, i)) is not None:
            return said
        if tokens[i].dep == "prep" and tokens[i].lemma == "as" and lemma in {"quote", "cite"}:
            return next((j for j in syntax.children(tokens, i) if tokens[j].dep == "pcomp"), None)
    return None


def _written(tokens: Sequence[Token], document: int) -> int | None:
    """Return what a statement says in "issued a statement saying that"."""
    saying = next((i for i in syntax.children(tokens, document) if tokens[i].dep == "acl" and tokens[i].lemma in SAYING), None)
    return None if saying is None else next((i for i in syntax.children(tokens, saying) if tokens[i].dep == "ccomp"), None)


def _asks(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a clause is a question: what is not said cannot be the claim."""
    return any(tokens[i].dep == "mark" and tokens[i].lemma in {"whether", "if"} for i in syntax.children(tokens, verb))


def _has(tokens: Sequence[Token], index: int, *deps: str) -> bool:
    return any(tokens[i].dep in deps for i in syntax.children(tokens, index))


def _lemmas(tokens: Sequence[Token], index: int, *deps: str) -> set[str]:
    return {tokens[i].lemma for i in syntax.children(tokens, index) if tokens[i].dep in deps}


def _denies(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb disputes that something is so; who is denied bail is merely refused it."""
    lemma = tokens[verb].lemma
    things = _lemmas(tokens, verb, "dobj", "dative")
    if tokens[verb].pos not in syntax.VERBS or _has(tokens, verb, "neg"):
        return False
    if lemma in DENYING:
        if _has(tokens, verb, "auxpass", "nsubjpass"):
            return bool(_lemmas(tokens, verb, "nsubjpass") & CLAIMED)
        return not _lemmas(tokens, verb, *OBJECTS) & WITHHELD
    if lemma in DENIALS:
        return (
            bool(things & CLAIMED) or _has(tokens, verb, "ccomp") or bool(_lemmas(tokens, verb, "nsubjpass") & (CLAIMED - {"it", "this"}))
        )
    about = _lemmas(tokens, verb, "nsubj") & CLAIMED
    return bool(about and _lemmas(tokens, verb, "acomp", "oprd") & BASELESS)


def _alleges(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb, or a word on it, says that something is alleged, or that somebody is accused of it."""
    token = tokens[verb]
    if token.lemma == "allege" or (
        token.pos in syntax.VERBS
        and (
            token.lemma in ALLEGING or (token.lemma == "claim" and _has(tokens, verb, "ccomp", "xcomp") and not _has(tokens, verb, "dobj"))
        )
    ):
        return True
    if token.lemma == "charge" and token.pos in syntax.VERBS and "with" in _lemmas(tokens, verb, "prep"):
        return True
    if _lemmas(tokens, verb, "advmod") & ALLEGED or any(_lemmas(tokens, i, "advmod") & ALLEGED for i in _attached(tokens, verb)):
        return True
    return any(_suspicion(tokens, i) for i in syntax.children(tokens, verb)) or any(
        _doubted(tokens, i) for i in syntax.children(tokens, verb) if tokens[i].dep in {"nsubj", "nsubjpass", "dobj", "attr"}
    )


def _attached(tokens: Sequence[Token], verb: int) -> Iterator[int]:
    """Yield the verbs without a time of their own that hang on a verb: "arrested for allegedly stealing"."""
    for i in syntax.children(tokens, verb):
        if tokens[i].dep == "prep":
            yield from (j for j in syntax.children(tokens, i) if tokens[j].dep == "pcomp")
        elif tokens[i].dep == "xcomp":
            yield i


def _suspicion(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a phrase is "on suspicion of" or "on charges of"."""
    return tokens[index].dep == "prep" and any(
        tokens[i].lemma in {"suspicion", "accusation", "allegation"} or (tokens[i].lemma == "charge" and tokens[index].lemma == "on")
        for i in syntax.children(tokens, index)
    )


def _doubted(tokens: Sequence[Token], noun: int) -> bool:
    """Return whether a noun is an alleged one, or who did it a suspected one."""
    adjectives = {tokens[i].text.lower() for i in syntax.children(tokens, noun) if tokens[i].dep in {"amod", "advmod"}}
    return bool(adjectives & (DOUBTED | ALLEGED)) or (tokens[noun].dep == "nsubj" and "suspected" in adjectives)


def _hedges(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb is under "may", "apparently", "is believed to", "it is unclear" or "is not confirmed"."""
    kids = syntax.children(tokens, verb)
    if any(tokens[i].dep == "aux" and tokens[i].lemma in MODALS - {"can"} for i in kids) and not _unable(tokens, verb):
        return True
    if _lemmas(tokens, verb, "advmod", "acomp", "oprd", "attr") & (HEDGES | OPEN):
        return not any(tokens[i].lemma in {"most", "very"} and tokens[i].head == verb for i in kids)
    if tokens[verb].lemma in GUESSES and tokens[verb].pos in syntax.VERBS and _guesses(tokens, verb):
        return True
    unproven = tokens[verb].lemma in UNPROVEN and (_has(tokens, verb, "neg") or _pending(tokens, verb))
    if tokens[verb].lemma == "know":
        unproven = unproven and _has(tokens, verb, "auxpass")
    return unproven or ("clear" in _lemmas(tokens, verb, "acomp") and _has(tokens, verb, "neg"))


def _guesses(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb puts something forth as a guess; "I think" is an opinion, and one may simply appear."""
    if tokens[verb].lemma in {"appear", "seem"}:
        return _has(tokens, verb, "xcomp", "oprd", "acomp")
    return _has(tokens, verb, "ccomp", "xcomp", "oprd") and not _lemmas(tokens, verb, "nsubj") & {"i", "we"}


def _unable(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether "could" tells of the past: "could not be reached", "could see smoke"."""
    could = "could" in {tokens[i].text.lower() for i in syntax.children(tokens, verb) if tokens[i].dep == "aux"}
    senses = tokens[verb].lemma in {"see", "hear", "feel", "smell"}
    return could and (senses or (_has(tokens, verb, "neg") and tokens[verb].lemma not in UNPROVEN))


def _pending(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb is "yet to be" done, or somebody "unable to" do it."""
    above = tokens[verb].head
    return tokens[verb].dep == "xcomp" and (tokens[above].lemma in {"unable", "yet"} or bool(_lemmas(tokens, above, "advmod") & {"yet"}))


def _conditional(tokens: Sequence[Token], chain: Sequence[int]) -> bool:
    """Return whether the main clause holds only under an "if"."""
    clauses = [i for verb in chain for i in syntax.children(tokens, verb) if tokens[i].dep == "advcl"]
    return any(tokens[j].dep == "mark" and tokens[j].lemma in {"if", "unless"} for i in clauses for j in syntax.children(tokens, i))


def _plans(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb speaks of what is to come: "will", "plans to", "is set to", "Minister to visit"."""
    kids = syntax.children(tokens, verb)
    if any(tokens[i].dep == "aux" and tokens[i].lemma in FUTURE for i in kids):
        perfect = any(tokens[i].dep == "aux" and tokens[i].lemma == "have" for i in kids)
        return not perfect and not (tokens[verb].lemma in SAYING and _has(tokens, verb, "neg"))
    to = [i for i in kids if tokens[i].dep == "xcomp" and any(tokens[j].tag == "TO" for j in syntax.children(tokens, i))]
    if tokens[verb].lemma in INTENDING and tokens[verb].pos in syntax.VERBS and to:
        return True
    if tokens[verb].lemma == "go" and tokens[verb].tag == "VBG" and to:
        return True
    if tokens[verb].lemma == "be" and (to or bool(_lemmas(tokens, verb, "acomp") & AHEAD and _infinitive_below(tokens, verb))):
        return (not _has(tokens, verb, "attr") and not _has(tokens, verb, "acomp")) or bool(_lemmas(tokens, verb, "acomp") & AHEAD)
    return (
        tokens[verb].dep == "ROOT"
        and tokens[verb].tag == "VB"
        and any(tokens[i].tag == "TO" for i in kids)
        and _has(tokens, verb, "nsubj", "nsubjpass")
    )


def _infinitive_below(tokens: Sequence[Token], verb: int) -> bool:
    return any(
        tokens[j].dep in {"xcomp", "pcomp"}
        for i in syntax.children(tokens, verb)
        if tokens[i].lemma in AHEAD
        for j in syntax.children(tokens, i)
    )


def _reports(tokens: Sequence[Token], chain: Sequence[int], speaker: Speaker) -> bool:
    """Return whether a sentence is on somebody's word; what somebody confirms stands as a fact."""
    if tokens[chain[0]].lemma == "confirm":
        return False
    if speaker.kind != "outlet":
        return True
    words = {lemma for verb in chain for lemma in _lemmas(tokens, verb, "advmod")}
    relayed = any(
        tokens[verb].lemma in RELAYED and not _has(tokens, verb, "neg") and _has(tokens, verb, "ccomp", "xcomp", "oprd")
        for verb in chain[:1]
    )
    return "reportedly" in words or relayed


def _negated(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb is negated, on itself or by a subject or object such as "no one" and "no casualties"."""
    for i in syntax.children(tokens, verb):
        token = tokens[i]
        if token.dep == "neg" and not _weakened(tokens, i):
            return True
        if token.dep in {"nsubj", "nsubjpass", "dobj", "attr", "advmod", "preconj"} and token.lemma in NEGATORS:
            return True
        if token.dep in {"nsubj", "nsubjpass", "dobj", "attr", "acomp", "expl"} and _none_of(tokens, i):
            return True
    return False


def _none_of(tokens: Sequence[Token], noun: int) -> bool:
    """Return whether a noun is under "no": "no casualties", "no one"."""
    return any(
        (tokens[i].lemma in {"no", "neither", "zero"} and tokens[i].dep in {"det", "neg", "nummod", "preconj", "advmod"})
        and not _weakened(tokens, i)
        for i in syntax.children(tokens, noun)
    )


def _weakened(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].lemma in NOT_NEGATING
