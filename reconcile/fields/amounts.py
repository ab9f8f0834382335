"""A number in, the money, percentage, measure or age that it states out, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.fields.counting import is_former
from reconcile.fields.figures import figure_field, governing_act, modifiers
from reconcile.fields.number_words import CURRENCY, Number
from reconcile.model import Article, Claim, Field, Quantity, Token

CURRENCY_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "rouble": "RUB", "ruble": "RUB", "rupee": "INR",
    "franc": "CHF", "cent": "USD cent", "krona": "SEK", "peso": "MXN", "naira": "NGN", "rand": "ZAR",
}  # fmt: skip
UNITS = {
    "kilometre": "km", "kilometer": "km", "km": "km", "mile": "mile", "metre": "m", "meter": "m", "foot": "foot", "ft": "foot",
    "yard": "yard", "inch": "inch", "cm": "cm", "ton": "ton", "tonne": "tonne", "kilogram": "kg", "kg": "kg", "hectare": "hectare",
    "acre": "acre", "litre": "litre", "mph": "mph", "degree": "degree", "knot": "knot", "hour": "hour", "minute": "minute",
    "second": "second", "day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "century": "century",
    "light": "light-year", "night": "night", "megawatt": "MW",
}  # fmt: skip
RAISES = frozenset("raise lower increase cut boost reduce lift sweeten revise hike".split())
"""In "raised its offer to $121 billion", the amount measures the object of one of these."""
PERSON_NOUNS = frozenset(
    "man woman boy girl suspect victim teenager teen student driver passenger father mother son daughter brother sister husband wife "
    "gunman attacker resident actor actress singer player officer soldier pilot doctor nurse teacher lawyer lawmaker politician "
    "president minister mayor senator journalist author".split()
)
UNSAID = "?"
"""Subject of an amount of which the sentence does not say what it measures: it meets no other."""


def read_money(claim: Claim, article: Article, number: Number) -> Field | None:
    """Return a sum of money with the thing that it measures, or None where the number is no sum."""
    tokens = claim.tokens
    sign = tokens[number.start - 1].text.lower() if number.start else ""
    end = number.end + 1 if number.bound == "vague" and number.end < len(tokens) and tokens[number.end].lemma == "of" else number.end
    word = tokens[end].lemma if end < len(tokens) else ""
    unit = CURRENCY.get(sign) or CURRENCY_WORDS.get(word)
    if unit is None:
        return None
    first = min(number.first, number.start - 1) if sign in CURRENCY else number.first
    last = end if word in CURRENCY_WORDS else number.end - 1
    scope: set[str] = set()
    if _per_share(tokens, number.end):
        unit += "/share"
    head = _measured(tokens, number.start, end)
    subject = tokens[head].lemma if head is not None else UNSAID
    if head is not None:
        scope |= modifiers(tokens, head, skip=range(first, last + 1)) | _owners(tokens, head)
        last = max(last, head) if head - last <= 5 else last
    if is_former(tokens, number):
        scope.add("first")
    act = governing_act(tokens, number.start)
    background = backdrop.in_background(tokens, number.start, article.published)
    value = Quantity(number.low, number.high, unit, number.bound)
    return figure_field(claim, "money", first, last, value, subject=subject, scope=scope, act=act, background=background)


def _per_share(tokens: Sequence[Token], end: int) -> bool:
    following = [token.text.lower() for token in tokens[end : end + 5]]
    return "share" in following and bool({"a", "per"} & set(following[: following.index("share")]))


def _measured(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Return the noun that an amount measures: "a $103 billion offer", "an offer of $82", "the fine was $3 million"."""
    worded = end < len(tokens) and tokens[end].lemma in CURRENCY_WORDS
    inside = range(max(0, start - 1), end + worded)
    head = start
    for _ in range(6):
        up = tokens[head].head
        if up == head:
            break
        head = up
        if head in inside or tokens[head].entity in {"DATE", "TIME"}:
            continue
        if tokens[head].pos in {"NOUN"} and tokens[head].lemma not in CURRENCY_WORDS and tokens[head].lemma != "share":
            return head
        if tokens[head].pos == "PROPN":
            return None
        if tokens[head].pos in syntax.VERBS:
            if tokens[head].lemma in RAISES:
                return next((i for i in syntax.children(tokens, head) if tokens[i].dep == "dobj" and tokens[i].pos == "NOUN"), None)
            subject = next((i for i in syntax.children(tokens, head) if tokens[i].dep in syntax.SUBJECTS), None)
            return (
                subject
                if subject is not None and tokens[head].lemma in {"be", "total", "reach", "hit"} and tokens[subject].pos == "NOUN"
                else None
            )
    return None


def _owners(tokens: Sequence[Token], head: int) -> set[str]:
    """Return the names that an amount concerns: what it is for, whose it is."""
    verb = syntax.governor(tokens, head)
    inside = {*syntax.subtree(tokens, head)}
    found = set()
    for i, token in enumerate(tokens):
        if token.pos != "PROPN" or i <= head or token.dep not in {"pobj", "dobj", "poss"}:
            continue
        near = i in inside or (tokens[token.head].lemma in {"for", "of"} and i - head <= 10 and verb in [*syntax.ancestors(tokens, i)])
        if near:
            name = [tokens[j].text.lower() for j in syntax.entity_at(tokens, i)] or [token.text.lower()]
            found.add(name[0])
    return found


def read_age(claim: Claim, number: Number) -> Field | None:
    """Return an age in years with the person who is that old, or None."""
    tokens, start, end = claim.tokens, number.start, number.end
    if not 0 <= number.low <= number.high <= 120 or number.bound != "exact" or "no" in {token.text.lower() for token in tokens[start:end]}:
        return None
    following = "".join(token.text.lower() for token in tokens[end : end + 4])
    old = following.startswith(("-year-old", "-years-old", "yearsold", "yearold"))
    aged = start > 0 and tokens[start - 1].lemma in {"aged", "age"}
    person = _person_before(tokens, start)
    apposed = (person is not None and end < len(tokens) and tokens[end].text in {",", ".", ")", ";"}) or (
        person is not None and end < len(tokens) and tokens[end].text.lower() == "of"
    )
    if not (old or aged or apposed or _is_years(tokens, number)):
        return None
    last = end - 1
    if old:
        last = next((i for i in range(end, min(end + 5, len(tokens))) if tokens[i].text.lower().endswith("old")), last)
    subject = person if person is not None else _described(tokens, start)
    return figure_field(claim, "age", start, last, Quantity(number.low, number.high, "year"), subject=subject)


def _is_years(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether a bare number is somebody's years: "The man, 44, was charged", "She was 67."."""
    start, end = number.start, number.end
    following = tokens[end].text if end < len(tokens) else "."
    if end != start + 1 or not tokens[start].text.isdigit() or start < 2:
        return False
    if tokens[start - 1].text == "," and following == ",":
        return tokens[start - 2].lemma in PERSON_NOUNS
    be = tokens[start].head
    subject = syntax.subject_of(tokens, be)
    stands = tokens[start].dep == "attr" and tokens[be].lemma == "be" and following in {".", ",", ";", "when", "and"}
    return stands and subject is not None and (tokens[subject].lemma in {"he", "she"} or tokens[subject].entity == "PERSON")


def _person_before(tokens: Sequence[Token], start: int) -> str | None:
    """Return the name of the person in front of ", 67"."""
    if start < 2 or tokens[start - 1].text not in {",", "("} or tokens[start - 2].pos != "PROPN":
        return None
    first = start - 2
    while first > 0 and tokens[first - 1].pos == "PROPN":
        first -= 1
    if tokens[start - 2].entity == "DATE" or (tokens[start - 2].entity != "PERSON" and start - 1 - first < 2):
        return None
    return " ".join(token.text for token in tokens[first : start - 1]).lower()


def _described(tokens: Sequence[Token], start: int) -> str:
    """Return the person whom an age describes: "a 26-year-old dissident, Ling Huazhan"."""
    if (be := tokens[start].head) != start and tokens[be].lemma == "be" and (subject := syntax.subject_of(tokens, be)) is not None:
        name = syntax.entity_at(tokens, subject) or [subject]
        return " ".join(tokens[i].text for i in name).lower()
    if start > 1 and tokens[start - 1].text == ",":
        return tokens[start - 2].lemma
    nouns = [i for i in syntax.ancestors(tokens, start) if tokens[i].pos in {"NOUN", "PROPN"} and tokens[i].lemma not in {"year", "old"}]
    for i in nouns:
        for child in [i, *syntax.children(tokens, i)]:
            if tokens[child].entity == "PERSON":
                return " ".join(tokens[j].text for j in syntax.entity_at(tokens, child)).lower()
    return tokens[nouns[0]].lemma if nouns else ""


def read_percent(claim: Claim, article: Article, number: Number) -> Field | None:
    """Return a percentage with what rose, fell or makes it up, or None."""
    tokens, end = claim.tokens, number.end
    words = [token.text.lower() for token in tokens[end : end + 2]]
    if words[:1] not in (["%"], ["percent"], ["pct"]) and words != ["per", "cent"]:
        return None
    last = end + (1 if words == ["per", "cent"] else 0)
    verb = syntax.governor(tokens, number.start)
    subject = syntax.subject_of(tokens, verb) if verb is not None else None
    of = last + 1 if last + 1 < len(tokens) and tokens[last + 1].lemma == "of" else None
    heads = [*syntax.ancestors(tokens, number.start)] if of is None else syntax.children(tokens, of)
    head = next((i for i in heads if tokens[i].pos == "NOUN" and i > last), None)
    about = head if head is not None else subject
    scope = modifiers(tokens, about) if about is not None else set()
    value = Quantity(number.low, number.high, "%", number.bound)
    return figure_field(
        claim, "quantity", number.first, last, value,
        subject=tokens[about].lemma if about is not None else "", scope=scope, act=governing_act(tokens, number.start),
        background=is_former(tokens, number) or backdrop.in_background(tokens, number.start, article.published),
    )  # fmt: skip


def read_measure(claim: Claim, article: Article, number: Number) -> Field | None:
    """Return a length, weight, duration or other measure, or None."""
    tokens, end = claim.tokens, number.end
    place = end + 1 if end < len(tokens) and tokens[end].text == "-" else end
    if place >= len(tokens) or (unit := UNITS.get(tokens[place].lemma)) is None:
        return None
    if unit == "light-year" and "year" not in {token.lemma for token in tokens[place : place + 3]}:
        return None
    if unit in {"hour", "minute", "day", "week", "month", "year"} and any(
        t.lemma in {"ago", "earlier", "later", "before", "old", "after"} for t in tokens[place + 1 : place + 4]
    ):
        return None
    verb = syntax.governor(tokens, number.start)
    subject = syntax.subject_of(tokens, verb) if verb is not None else None
    value = Quantity(number.low, number.high, unit, number.bound)
    return figure_field(
        claim, "quantity", number.first, place, value, subject=tokens[subject].lemma if subject is not None else "",
        act=governing_act(tokens, number.start), background=backdrop.in_background(tokens, number.start, article.published),
    )  # fmt: skip
