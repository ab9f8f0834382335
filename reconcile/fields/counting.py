"""A number in, the count that it states out, with its role, its subject and what narrows it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.fields.figures import figure_field, governing_act, modifiers
from reconcile.fields.number_words import CHANGES, CURRENCY, Number
from reconcile.fields.roles import clause_verb, find_role, spelled_out, title_case
from reconcile.model import Article, Claim, Field, Quantity, RuleSet, Token

MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
NO_COUNT_BEFORE = frozenset(
    "flight highway route boeing airbus no. no number article section chapter room unit level gate group act f1 interstate terminal "
    "war phase volume episode page".split()
)
PERSONS = "people"
NO_VICTIMS = frozenset(
    "shooting stabbing attack incident hospital clinic center centre trauma room wound bullet shot round cut laceration graze scene "
    "time".split()
)
"""What words for harm may stand beside, but is not those who were harmed: "nine shootings", "two hospitals", "three gunshot wounds"."""
OLDEST = 110
HARM = frozenset({"killed", "injured", "shot"})


def read_count(claim: Claim, article: Article, number: Number, rules: RuleSet) -> Field | None:
    """Return a count with its role and subject, or None where the number counts nothing."""
    tokens = claim.tokens
    if not _is_count(tokens, number):
        return None
    noun = _counted(tokens, number)
    role, trigger = find_role(tokens, number, noun, rules)
    if role in HARM and noun is not None and number.high > 0 and tokens[noun].lemma in NO_VICTIMS:
        role, trigger = "", ()
    if noun is not None and trigger and trigger[0] == number.end and noun > trigger[-1] + 1 and title_case(tokens):
        noun = None
    if tokens[number.start].text.lower() == "none" and noun is not None and noun in trigger:
        return None
    if not role and (noun is None or number.high == 0 or _is_whole(tokens, number)):
        return None
    subject = tokens[noun].lemma if noun is not None and noun >= number.end else PERSONS
    if noun is not None and (kind := _compound_head(tokens, noun)) is not None:
        subject = f"{tokens[kind].lemma} {subject}"
    if noun is not None and (tokens[noun].pos == "VERB" or (role and tokens[noun].lemma in spelled_out(rules, role))):
        subject = PERSONS
    last = max(number.end - 1, noun if noun is not None and noun - number.end < 4 else 0)
    anchor = trigger[0] if trigger else number.start
    act = governing_act(tokens, number.start) or tokens[anchor].lemma
    return figure_field(
        claim, "count", number.first, last, Quantity(number.low, number.high, None, number.bound),
        role=role, subject=subject, scope=_scope(tokens, number, noun, role, trigger, rules), act=act,
        background=backdrop.is_come_after(tokens, number.start)
        or is_former(tokens, number)
        or any(backdrop.in_background(tokens, i, article.published) for i in {number.start, anchor}),
    )  # fmt: skip


def is_former(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether a figure is the one that another has taken the place of: "rose to 42 from 38", "up from 38"."""
    start = number.first
    while start > 0 and (tokens[start - 1].text in CURRENCY or tokens[start - 1].lemma in {"the", "a"}):
        start -= 1
    if start == 0 or tokens[start - 1].lemma != "from":
        return False
    return any(token.lemma in CHANGES for token in tokens[max(0, start - 8) : start - 1])


def _is_count(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether a number counts things: not part of a date, a name, an address, and no pronoun "one"."""
    first, token = tokens[number.start], tokens[number.start]
    before = tokens[number.start - 1] if number.start else None
    after = tokens[number.end] if number.end < len(tokens) else None
    single = number.end == number.start + 1
    interval = number.bound == "exact" and number.low < number.high < 1500 and after is not None and after.tag == "NNS" and not after.entity
    if (token.entity in {"DATE", "TIME", "ORDINAL"} and not interval) or (before is not None and before.text.lower().rstrip(".") in MONTHS):
        return False
    if any(beside is not None and beside.text.isdigit() for beside in (before, after)):
        return False
    if before is not None and (
        before.text.lower() in NO_COUNT_BEFORE or (before.text in {"#", ":", "/"} and before.span.end == first.span.start)
    ):
        return False
    if before is not None and before.text == "-" and number.start > 1 and tokens[number.start - 2].pos in {"PROPN", "NOUN", "X"}:
        return False
    if after is not None and after.text.lower() in MONTHS | {":", "/", "am", "pm", "a.m.", "p.m.", "a.m", "p.m"}:
        return False
    if (
        single
        and re.fullmatch(r"(1[5-9]|20)\d\d", token.text)
        and (after is None or tokens[token.head].pos != "NOUN" or token.dep != "nummod")
    ):
        return False
    if (
        token.text.lower() == "one"
        and single
        and (token.dep not in {"nummod", "nsubj", "nsubjpass", "dobj"} or (after is not None and after.text.lower() == "of"))
    ):
        return False
    if single and token.text.isdigit() and _is_apposed_age(tokens, number.start):
        return False
    if token.pos == "PROPN" or (first.entity in {"ORG", "PERSON", "FAC", "PRODUCT", "LAW", "GPE", "EVENT", "WORK_OF_ART"}):
        return False
    return not (
        after is not None
        and after.text == "-"
        and number.end + 1 < len(tokens)
        and tokens[number.end + 1].lemma in {"month", "day", "year", "hour", "time", "storey", "story", "mile", "minute", "way"}
    )


def _is_apposed_age(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a bare number stands behind a person as an age does: "a man, 28, and a woman, 20", "two boys, 15 and 17,"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    closes = following is None or following.text in {",", ";", ".", ")", "-", "–", "—", "and"}
    if at < 2 or not closes or not 0 < int(tokens[at].text) <= OLDEST:
        return False
    before, earlier = tokens[at - 1], tokens[at - 2]
    if before.text in {"and", ","} and earlier.text.isdigit():
        return at > 2 and _is_apposed_age(tokens[: at - 1], at - 2)
    return before.text == "," and earlier.pos == "NOUN" and not earlier.entity


def _counted(tokens: Sequence[Token], number: Number) -> int | None:
    """Return the noun that a number counts, or None where it stands alone."""
    for i in range(number.end - 1, number.start - 1, -1):
        head = tokens[i].head
        if tokens[i].dep in {"nummod", "det", "amod"} and head >= number.end and tokens[head].pos in {"NOUN", "PROPN"}:
            return head if tokens[head].lemma not in DAYS else None
        if tokens[i].dep in {"nummod", "compound", "quantmod"} and head in range(number.start, number.end):
            continue
    inner = tokens[number.end - 1]
    if (
        inner.lemma in {"dozen", "score", "hundred", "thousand", "million", "billion", "trillion"}
        or number.bound == "vague"
        or number.high == 0
    ):
        of = next((i for i in syntax.children(tokens, number.end - 1) if tokens[i].lemma == "of" and i >= number.end), None)
        if of is None and number.end < len(tokens) and tokens[number.end].lemma == "of":
            of = number.end
        if of is not None:
            return next((i for i in syntax.children(tokens, of) if tokens[i].dep == "pobj"), None)
    after = number.end
    while after < len(tokens) and after < number.end + 3 and tokens[after].pos in {"ADJ", "PROPN", "NUM", "NOUN", "VERB", "PUNCT"}:
        if tokens[after].pos == "NOUN" and tokens[after].tag == "NNS" and tokens[after].entity not in {"DATE", "TIME"}:
            return after
        if tokens[after].pos == "PUNCT" and tokens[after].text not in {'"', "“", "'", "-"}:
            break
        after += 1
    return None


def _scope(tokens: Sequence[Token], number: Number, noun: int | None, role: str, trigger: Sequence[int], rules: RuleSet) -> set[str]:
    """Return what narrows a figure: a part of a whole, the degree of harm, words before the noun, the place."""
    scope: set[str] = set()
    if _is_part(tokens, number, noun):
        scope.add("part")
    if {token.lemma for token in tokens[max(0, number.first - 2) : number.first]} & {"another", "additional", "further", "extra"}:
        scope.add("additional")
    if noun is not None and any(token.lemma in {"other", "more"} for token in tokens[number.end : noun]):
        scope.add("additional")
    if trigger and role == "injured" and any(token.lemma in LEFT_OVER for token in tokens[number.end : trigger[0] + 1]):
        scope.add("part")
    if any(token.lemma in {"per", "each", "every"} for token in tokens[number.end : number.end + 14]):
        scope.add("per")
    if noun is not None:
        scope |= modifiers(tokens, noun, skip=[*range(number.start, number.end), *trigger])
    if trigger:
        verb = clause_verb(tokens, trigger[0])
        scope |= {
            DEGREES[token.lemma]
            for j, token in enumerate(tokens)
            if token.lemma in DEGREES
            and verb in {j, clause_verb(tokens, j)}
            and not any(other.pos == "NUM" for other in tokens[max(trigger[0], number.end) : j])
        }
        scope -= spelled_out(rules, role) - set(DEGREES.values())
    if noun is not None and _compound_head(tokens, noun):
        scope -= {tokens[_compound_head(tokens, noun) or 0].lemma}
    anchor = trigger[0] if trigger else (noun if noun is not None else number.start)
    return scope | _places(tokens, anchor)


DEGREES = {
    "serious": "serious", "seriously": "serious", "severe": "serious", "severely": "serious", "badly": "serious", "gravely": "serious",
    "critical": "critical", "critically": "critical", "slight": "slight", "slightly": "slight", "light": "slight", "lightly": "slight",
    "minor": "slight", "non-life-threatening": "slight", "life-threatening": "critical",
}  # fmt: skip
"""Words for how badly somebody is hurt; figures of different degrees are different figures."""


def _compound_head(tokens: Sequence[Token], noun: int) -> int | None:
    """Return the word that says what kind of member, officer or worker a noun means."""
    if tokens[noun].lemma not in GENERIC_HEADS:
        return None
    return next((i for i in syntax.children(tokens, noun) if tokens[i].dep == "compound" and i < noun), None)


LEFT_OVER = frozenset({"still", "remain"})
"""Those who are still in hospital are some of those who were hurt."""
GENERIC_HEADS = frozenset({"member", "officer", "worker", "official", "personnel", "staff", "employee"})


def _is_part(tokens: Sequence[Token], number: Number, noun: int | None) -> bool:
    """Return whether a figure counts some of a larger number: "one of three men", "12, including three children"."""
    before = {token.lemma for token in tokens[max(0, number.first - 2) : number.first]}
    if before & {"include", "including", "among"} or (
        before & {"of"}
        and tokens[number.first - 1].lemma == "of"
        and number.first > 1
        and tokens[number.first - 2].pos in {"NUM", "PRON", "DET"}
    ):
        return True
    after = [token.text.lower() for token in tokens[number.end : number.end + 3]]
    return (
        number.high > 0
        and after[:1] == ["of"]
        and bool(set(after[1:]) & {"the", "them", "those", "our", "his", "their"} or (len(after) > 1 and after[1].isdigit()))
    )


def _is_whole(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether a figure is only what a part is taken of: "one of the three men"."""
    before = [token.lemma for token in tokens[max(0, number.first - 3) : number.first]]
    while before and before[-1] in {"the", "these", "those", "his", "her", "its", "their", "our"}:
        before.pop()
    place = number.first - 1 - (3 - len(before)) if len(before) < 3 else number.first - 1
    return (
        bool(before) and before[-1] == "of" and place > 0 and (tokens[place - 1].pos in {"NUM", "PRON"} or tokens[place - 1].lemma == "one")
    )


def _places(tokens: Sequence[Token], anchor: int) -> set[str]:
    """Return the places that narrow a word: those named in its clause, and those of the noun that its relative clause describes."""
    verb = anchor if tokens[anchor].pos in syntax.VERBS else syntax.governor(tokens, anchor)
    found: set[str] = set()
    for head in (verb, anchor):
        if head is not None:
            found |= _located(tokens, head)
            if tokens[head].dep in {"relcl", "acl"}:
                found |= _located(tokens, tokens[head].head)
    return found


def _located(tokens: Sequence[Token], head: int) -> set[str]:
    """Return the places in the prepositional phrases of a word: "in Kunduz", "in the province of Kunduz"."""
    places = set()
    for i in syntax.children(tokens, head):
        if tokens[i].dep == "prep" and tokens[i].lemma in {"in", "at", "near", "outside", "on", "against", "of"}:
            inner = [
                j for j in syntax.subtree(tokens, i) if not any(tokens[k].dep == "relcl" for k in syntax.ancestors(tokens, j) if k > i)
            ]
            places |= {tokens[j].text.lower() for j in inner if tokens[j].entity in {"GPE", "LOC", "FAC"} and tokens[j].pos == "PROPN"}
    return places


MULTIPLES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}
DEEDS = {
    "homicide": "killed", "murder": "killed", "killing": "killed", "slaying": "killed", "fatality": "killed",
    "stabbing": "injured", "shooting": "shot",
}  # fmt: skip
"""What was done to as many people as the word before says."""
DEADLY = frozenset({"fatal", "deadly"})


def read_multiples(claim: Claim, article: Article) -> list[Field]:
    """Return the counts in words such as "double homicide" and "quadruple shooting"."""
    tokens = claim.tokens
    fields = []
    for i in range(len(tokens) - 1):
        count, role = MULTIPLES.get(tokens[i].text.lower()), DEEDS.get(tokens[i + 1].text.lower())
        if count is None or role is None:
            continue
        role = "killed" if i and tokens[i - 1].text.lower() in DEADLY else role
        background = any(backdrop.in_background(tokens, place, article.published) for place in (i, i + 1))
        value = Quantity(count, count, None, "exact")
        act = tokens[i + 1].lemma
        fields.append(figure_field(claim, "count", i, i + 1, value, role=role, subject=PERSONS, act=act, background=background))
    return fields
