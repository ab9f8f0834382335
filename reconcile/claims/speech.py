"""A parsed sentence in, the heads of the phrases that name who says it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reconcile import syntax
from reconcile.claims.words import (
    BODIES,
    CLAIMED,
    DENIALS,
    DOCUMENT_VERBS,
    DOCUMENTS,
    FINDING,
    NAMING,
    OPINION,
    PEOPLE,
    SAYING,
    SCHOLARS,
    WITHHELD,
    WRITING,
)
from reconcile.model import Token

Quoted = Callable[[int], bool]
"""Whether the token at an index stands in quotation marks."""

NOBODY = frozenset("that this which who whom what there i we you one nobody none it".split())
"""Subjects that name no speaker; "it" counts where a speaker went before."""
REFUSED = frozenset("not n't never no".split())
LATE = 10
"""Words that may follow "X said" at the end of a sentence: "during a news conference on Monday"."""
SAID = frozenset("ask say add tell report confirm announce write tweet note explain state claim".split())


def sources(tokens: Sequence[Token], quoted: Quoted) -> list[int]:
    """Return the heads of all that is given as the source of a sentence, the one that frames the whole of it first."""
    found = [(0, i) for i in according_to(tokens) if not quoted(i)]
    for verb, token in enumerate(tokens):
        if token.lemma in SAYING | DOCUMENT_VERBS | FINDING and _is_verb(tokens, verb) and not quoted(verb):
            speaker = _speaker_of(tokens, verb)
            if speaker is not None and not quoted(speaker):
                found.append((1 + _depth(tokens, verb), speaker))
    return list(dict.fromkeys(speaker for _, speaker in sorted(found)))


def label_source(tokens: Sequence[Token]) -> int | None:
    """Return the head of the label of a headline: "25 hurt: police", "Police: 25 hurt"."""
    colons = [i for i, token in enumerate(tokens) if token.text == ":"]
    if len(colons) != 1:
        return None
    before, after = range(colons[0]), range(colons[0] + 1, len(tokens))
    for side, other in ((after, before), (before, after)):
        label = [i for i in side if tokens[i].pos != "PUNCT"]
        if 0 < len(label) <= 5 and len(other) >= 2 and (head := _label_head(tokens, label)) is not None:
            return head
    return None


def _label_head(tokens: Sequence[Token], label: Sequence[int]) -> int | None:
    """Return the head of a label that can be nothing but a speaker."""
    if any(tokens[i].pos in syntax.VERBS or tokens[i].pos in {"NUM", "ADV", "SCONJ"} for i in label):
        return None
    last = label[-1]
    if tokens[last].lemma in {
        "police",
        "official",
        "report",
        "source",
        "witness",
        "authority",
        "spokesman",
        "spokeswoman",
        "minister",
        "study",
    }:
        return last
    person = all(tokens[i].entity == "PERSON" for i in label)
    body = tokens[last].lemma in BODIES and (tokens[last].text[:1].isupper() or len(label) > 1)
    return (
        last if person or (body and tokens[last].lemma in {"ministry", "department", "government", "army", "military", "embassy"}) else None
    )


def according_to(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield whom "according to" names, and whom a document of theirs speaks for."""
    for i in range(len(tokens) - 2):
        if tokens[i].text.lower() == "according" and tokens[i + 1].text.lower() == "to":
            named = _object(tokens, i + 1)
            if named is not None:
                yield author(tokens, named)


def author(tokens: Sequence[Token], head: int) -> int:
    """Step from "a statement by the ministry" or "the ministry's statement" to the ministry."""
    if tokens[head].lemma not in DOCUMENTS:
        return head
    for link in syntax.children(tokens, head):
        inner = _object(tokens, link) if tokens[link].lemma in {"by", "from", "of"} else None
        if inner is not None and (tokens[link].lemma != "of" or tokens[inner].entity in {"ORG", "PERSON"}):
            return inner
        if tokens[link].dep == "poss" and tokens[link].pos in {"PROPN", "NOUN"} and tokens[link].entity not in {"DATE", "TIME"}:
            return link
        if tokens[link].dep == "acl" and tokens[link].tag == "VBN":
            agent = _agent(tokens, link)
            if agent is not None:
                return agent
    return head


def _object(tokens: Sequence[Token], preposition: int) -> int | None:
    return next((i for i in syntax.children(tokens, preposition) if tokens[i].dep == "pobj"), None)


def _agent(tokens: Sequence[Token], verb: int) -> int | None:
    """Return whom "by" names after a passive."""
    for link in syntax.children(tokens, verb):
        if tokens[link].dep == "agent" or (tokens[link].dep == "prep" and tokens[link].lemma == "by"):
            return _object(tokens, link)
    return None


def _depth(tokens: Sequence[Token], index: int) -> int:
    return sum(1 for _ in syntax.ancestors(tokens, index)) - 1 if tokens[index].head != index else 0


def _speaker_of(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the head of the speaker of one verb of saying, or None where the verb attributes nothing."""
    if _refused(tokens, verb):
        return None
    closing = _closes_sentence(tokens, verb)
    if _passive(tokens, verb):
        return _quoted_as(tokens, verb) if tokens[verb].lemma in {"quote", "cite"} else _passive_agent(tokens, verb)
    if tokens[verb].lemma in {"quote", "cite"} and any(tokens[i].lemma == "as" for i in syntax.children(tokens, verb)):
        return next((i for i in syntax.children(tokens, verb) if tokens[i].dep == "dobj"), None)
    if tokens[verb].tag == "VBG":
        return _of_participle(tokens, verb)
    if not _finite(tokens, verb) or not (closing or _in_main_clause(tokens, verb)):
        return None
    own = any(tokens[i].dep in syntax.SUBJECTS for i in syntax.children(tokens, verb))
    behind = None if own else _behind(tokens, verb)
    if behind is not None:
        return behind
    subject = syntax.subject_of(tokens, verb)
    if subject is None or tokens[subject].pos not in syntax.NOUNS:
        subject = None
        if closing and verb > 0 and tokens[verb - 1].pos in {"NOUN", "PROPN"} and tokens[verb].lemma in SAID:
            subject = verb - 1
    if subject is None or tokens[subject].lemma in NOBODY - {"it"}:
        return None
    return author(tokens, subject) if closing or _introduces(tokens, verb, subject) else None


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word is a verb, or the root with a subject that the tagger took for a noun."""
    return tokens[index].pos in syntax.VERBS or (
        tokens[index].dep == "ROOT" and any(tokens[i].dep == "nsubj" for i in syntax.children(tokens, index))
    )


def _refused(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether somebody did not say it."""
    kids = syntax.children(tokens, verb)
    return any(
        tokens[i].dep == "neg" or tokens[i].text.lower() in REFUSED for i in kids if tokens[i].dep in {"neg", "advmod", "det", "preconj"}
    )


def _passive(tokens: Sequence[Token], verb: int) -> bool:
    return any(tokens[i].dep in {"auxpass", "nsubjpass"} for i in syntax.children(tokens, verb))


def _passive_agent(tokens: Sequence[Token], verb: int) -> int | None:
    """Return who said it in "was announced by the ministry"; what a thing is described as by somebody is no claim of theirs."""
    if not _in_main_clause(tokens, verb) or tokens[verb].lemma in NAMING | OPINION | {"post", "write"}:
        return None
    agent = _agent(tokens, verb)
    return agent if agent is not None and tokens[agent].pos in {"NOUN", "PROPN"} else None


def _quoted_as(tokens: Sequence[Token], verb: int) -> int | None:
    """Return who was quoted in "was quoted as saying"."""
    if not any(tokens[i].lemma == "as" for i in syntax.children(tokens, verb)):
        return None
    subject = syntax.subject_of(tokens, verb)
    return subject if subject is not None and tokens[subject].lemma not in NOBODY else None


def _of_participle(tokens: Sequence[Token], verb: int) -> int | None:
    """Return who speaks in "issued a statement saying that" and in ", adding that"."""
    above = tokens[verb].head
    if not any(tokens[i].dep == "ccomp" for i in syntax.children(tokens, verb)):
        return None
    if tokens[verb].dep == "acl" and tokens[above].lemma in DOCUMENTS:
        writer = author(tokens, above)
        governor = syntax.governor(tokens, above)
        if writer != above or governor is None or _passive(tokens, governor) or tokens[above].dep not in syntax.OBJECTS:
            return writer
        subject = syntax.subject_of(tokens, governor)
        return subject if subject is not None and tokens[subject].lemma not in NOBODY else writer
    if tokens[verb].dep in {"advcl", "conj"} and tokens[above].pos in syntax.VERBS and _in_main_clause(tokens, above):
        if tokens[above].dep in {"ccomp", "xcomp"} and tokens[verb - 1].text == ",":
            above = next((i for i in syntax.ancestors(tokens, above) if tokens[i].dep == "ROOT"), above)
        subject = syntax.subject_of(tokens, above)
        if subject is None or tokens[subject].lemma in NOBODY or tokens[subject].entity in {"GPE", "DATE"} or _passive(tokens, above):
            return None
        return subject if tokens[subject].entity or tokens[subject].lemma in PEOPLE | BODIES | {"he", "she", "they"} else None
    return None


def _finite(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb is said to have happened: no infinitive, no future, no wish."""
    helpers = {tokens[i].lemma for i in syntax.children(tokens, verb) if tokens[i].dep in {"aux", "auxpass"}}
    if helpers & {"to", "will", "would", "shall", "should", "may", "might", "could", "must", "wo"}:
        above = tokens[verb].head
        return tokens[verb].dep == "xcomp" and tokens[above].lemma in {"go", "continue"} and "to" in helpers
    return tokens[verb].tag in {"VBD", "VBZ", "VBP", "NN"} or "have" in helpers or tokens[verb].dep in {"ROOT", "parataxis", "ccomp"}


def _in_main_clause(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether what a verb frames is the sentence, and not the past of one of its nouns or a circumstance."""
    for i in (verb, *syntax.ancestors(tokens, verb)):
        dep = tokens[i].dep
        if dep in {"relcl", "acl", "pcomp", "csubj", "appos", "pobj"}:
            return False
        if dep == "advcl" and not any(tokens[j].lemma == "as" for j in syntax.children(tokens, i) if tokens[j].dep in {"mark", "advmod"}):
            return False
    return True


def _closes_sentence(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a sentence ends with ", X said" and no more than when or where."""
    if tokens[verb].lemma not in SAID or len(tokens) - verb > LATE + 1 or verb < 4:
        return False
    if any(tokens[i].pos == "VERB" or tokens[i].text in {",", ":"} for i in range(verb + 1, len(tokens) - 1)):
        return False
    subject = syntax.subject_of(tokens, verb)
    if subject is None or subject > verb:
        return False
    first = subject
    while first > 0 and verb - first < 25 and not _breaks(tokens, first - 1):
        first -= 1
    return first > 0 and _breaks(tokens, first - 1) and not any(tokens[i].tag in {"WDT", "WP", "IN"} for i in range(first, first + 1))


def _breaks(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].text in {",", "”", '"', "''", "’", ",”", "—", "–"}


def _behind(tokens: Sequence[Token], verb: int) -> int | None:
    """Return a speaker behind the verb that the parser took for its object: "…, reported The Tribune"."""
    if verb == 0 or not (tokens[verb - 1].pos == "PUNCT" or _breaks(tokens, verb - 1)):
        return None
    for i in syntax.children(tokens, verb):
        if i > verb and tokens[i].dep in {"dobj", "attr", "npadvmod", "dep", "oprd", "appos", "ccomp"} and i - verb <= 8:
            named = tokens[i].pos == "PROPN" or tokens[i].entity in {"ORG", "PERSON"} or tokens[i].lemma in PEOPLE | {"ministry"}
            return i if named and tokens[i].pos in syntax.NOUNS else None
    return None


def _is_infinitive(tokens: Sequence[Token], verb: int) -> bool:
    return any(tokens[i].tag == "TO" for i in syntax.children(tokens, verb))


def _can_speak(tokens: Sequence[Token], subject: int) -> bool:
    token = tokens[subject]
    return token.pos in {"PROPN", "PRON"} or token.lemma in PEOPLE | BODIES | SCHOLARS


def _introduces(tokens: Sequence[Token], verb: int, subject: int) -> bool:
    """Return whether a verb of saying has something that is said."""
    lemma, kids = tokens[verb].lemma, syntax.children(tokens, verb)
    clause = any(tokens[i].dep == "ccomp" for i in kids) or tokens[verb].dep == "parataxis"
    marks = any(tokens[i].text in {'"', "“", "”", "''", "``", "‘"} for i in range(len(tokens)))
    things = {tokens[i].lemma for i in kids if tokens[i].dep in syntax.OBJECTS}
    if tokens[subject].lemma in DOCUMENTS:
        return (clause or marks) and lemma in DOCUMENT_VERBS
    if lemma in FINDING:
        return clause and tokens[subject].lemma in SCHOLARS
    if lemma not in SAYING or lemma == "ask":
        return lemma == "ask" and marks and clause
    if lemma == "deny" and {tokens[i].lemma for i in kids} & WITHHELD:
        return False
    if lemma in NAMING:
        return clause or any(tokens[i].dep == "oprd" or (tokens[i].dep == "prep" and tokens[i].lemma == "as") for i in kids)
    if lemma in DENIALS:
        return clause or bool(things & CLAIMED)
    if lemma in OPINION:
        return clause and (lemma not in {"suggest", "indicate"} or _can_speak(tokens, subject))
    if lemma in WRITING:
        return clause or marks
    if lemma == "tell":
        return clause or marks or not any(tokens[i].dep == "xcomp" and _is_infinitive(tokens, i) for i in kids)
    if lemma in {"promise", "vow", "pledge"}:
        return clause or any(tokens[i].dep == "xcomp" for i in kids)
    if lemma == "continue":
        return tokens[verb].dep == "parataxis"
    if lemma == "claim":
        return (clause or marks) and not things
    return True
