"""A number in, the money, percentage, measure or age that it states out, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel import Locale

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.fields.counting import is_former
from reconcile.fields.figures import figure_field, governing_act, modifiers
from reconcile.fields.number_words import CURRENCY, Number
from reconcile.model import Article, Claim, Field, Quantity, Token

CURRENCY_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "rouble": "RUB", "ruble": "RUB", "rupee": "INR",
    "franc": "CHF", "cent": "USD", "pence": "GBP", "penny": "GBP", "krona": "SEK", "peso": "MXN", "naira": "NGN", "rand": "ZAR",
    "rupiah": "IDR", "baht": "THB", "shekel": "ILS", "lira": "TRY", "hryvnia": "UAH", "zloty": "PLN", "forint": "HUF", "renminbi": "CNY",
}  # fmt: skip
HUNDREDTHS = frozenset({"cent", "pence", "penny"})
SELF_NAMED = {"u.s.": "us", "american": "us"}
"""Words before "dollar" that stand for the one which the names of currencies use."""
UNITS = {
    "kilometre": "km", "kilometer": "km", "km": "km", "mile": "mile", "metre": "m", "meter": "m", "foot": "foot", "ft": "foot",
    "yard": "yard", "inch": "inch", "cm": "cm", "ton": "ton", "tonne": "tonne", "kilogram": "kg", "kg": "kg", "hectare": "hectare",
    "acre": "acre", "litre": "litre", "mph": "mph", "degree": "degree", "knot": "knot", "hour": "hour", "minute": "minute",
    "second": "second", "day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "century": "century",
    "light": "light-year", "night": "night", "megawatt": "MW", "kilowatt": "kW", "gigawatt": "GW", "volt": "volt", "barrel": "barrel",
    "gallon": "gallon", "ounce": "ounce", "gram": "gram", "milligram": "milligram", "millimeter": "mm", "millimetre": "mm",
    "centimeter": "cm", "centimetre": "cm", "kph": "km/h", "lb": "pound", "lbs": "pound", "celsius": "degree", "fahrenheit": "degree",
}  # fmt: skip
POWERS = {"square": "square", "cubic": "cubic", "sq": "square", "nautical": "nautical"}
SPEEDS = {"mile": "mph", "km": "km/h"}
WEIGHED = frozenset("weigh heavy weight lift gain lose".split())
FRACTION = re.compile(r"halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?")
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
UNSAID = "?"
"""Subject of an age of which its sentence does not say whose it is."""
AGE_REACH = 4
"""Tokens that "26-year-old" goes on for behind its number."""
HOURS = frozenset({"second", "minute", "hour"})
AWAY = frozenset({"ago", "old"})
BESIDE = frozenset({"earlier", "later", "before", "after"})
"""After one of these, days and longer times tell a date; hours tell how long it took."""
DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
RAISES = frozenset("raise lower increase cut boost reduce lift sweeten revise hike".split())
"""In "raised its offer to $121 billion", the amount measures the object of one of these."""
PERSON_NOUNS = frozenset(
    "man woman boy girl suspect victim teenager teen student driver passenger father mother son daughter brother sister husband wife "
    "gunman attacker resident actor actress singer player officer soldier pilot doctor nurse teacher lawyer lawmaker politician "
    "president minister mayor senator journalist author".split()
)
AGED = re.compile(r"-?(year|month|week|day)s?-?old")
AFTER_AGE = frozenset({",", ".", ")", ";", "of", "--", "—", "–", "-", ":", "was", "is", "has", "had"})
"""What may follow an age that stands after a name."""
DECADE = re.compile(r"(early-|mid-|late-|)([1-9]0)s")
THIRDS = {"": (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}
UNSAID = "?"
"""Subject of an amount of which the sentence does not say what it measures: it meets no other."""


def read_money(claim: Claim, article: Article, number: Number) -> Field | None:
    """Return a sum of money with the thing that it measures, or None where the number is no sum."""
    tokens = claim.tokens
    sign = tokens[number.start - 1].text.lower() if number.start else ""
    end = number.end + 1 if number.bound == "vague" and number.end < len(tokens) and tokens[number.end].lemma == "of" else number.end
    unit, end = _currency(tokens, end)
    word = tokens[end].lemma if end < len(tokens) else ""
    unit = CURRENCY.get(sign) or unit
    if unit is None or (sign not in CURRENCY and _is_weight(tokens, number, end)):
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
    share = 100 if word in HUNDREDTHS and sign not in CURRENCY else 1
    value = Quantity(number.low / share, number.high / share, unit, number.bound)
    return figure_field(claim, "money", first, last, value, subject=subject, scope=scope, act=act, background=background)


def _currency(tokens: Sequence[Token], end: int) -> tuple[str | None, int]:
    """Return the currency that the words after a number name, and the index of the last of them: "euros", "Egyptian pounds"."""
    if end >= len(tokens):
        return None, end
    for length in (3, 2):
        words = [SELF_NAMED.get(token.text.lower(), token.text.lower()) for token in tokens[end : end + length - 1]]
        named = " ".join([*words, *(token.lemma for token in tokens[end + length - 1 : end + length])])
        if named in _currencies():
            return _currencies()[named], end + length - 1
    return CURRENCY_WORDS.get(tokens[end].lemma), end


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    """Return the codes of all currencies by their names: "egyptian pound"."""
    return {name.lower(): code for code, name in sorted(Locale("en").currencies.items())}


def _is_weight(tokens: Sequence[Token], number: Number, end: int) -> bool:
    """Return whether pounds are a weight: "a 400-pound man", "weighs 90 pounds", "five pounds of flour"."""
    place = end + 1 if end < len(tokens) and tokens[end].text == "-" else end
    if place >= len(tokens) or tokens[place].lemma != "pound":
        return False
    following = tokens[place + 1].lemma if place + 1 < len(tokens) else ""
    near = {token.lemma for token in tokens[max(0, number.first - 4) : number.first]}
    return place > end or following in {"of", "heavier", "lighter", "overweight"} or bool(near & WEIGHED)


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
    """Return an age with the person who is that old, or None."""
    tokens, start, end = claim.tokens, number.start, number.end
    if not 0 <= number.low <= number.high <= 120 or number.bound not in {"exact", "about"}:
        return None
    if "no" in {token.text.lower() for token in tokens[start:end]}:
        return None
    if start > 1 and tokens[start - 1].text == "-" and tokens[start - 1].span.end == tokens[start].span.start:
        return None
    old = AGED.match("".join(token.text.lower() for token in tokens[end : end + 4]))
    person = _person_before(tokens, start, end)
    apposed = person is not None and (end >= len(tokens) or tokens[end].text.lower() in AFTER_AGE)
    if not (old or apposed or _is_aged(tokens, number) or _is_years(tokens, number)):
        return None
    last = end - 1
    if old:
        last = next((i for i in range(end, min(end + 5, len(tokens))) if tokens[i].text.lower().endswith("old")), last)
    subject = person if person is not None else _described(tokens, start)
    value = Quantity(number.low, number.high, old[1] if old else "year", number.bound)
    return figure_field(claim, "age", start, last, value, subject=subject)


def read_decades(claim: Claim) -> Iterator[Field]:
    """Yield ages that are told by their decade: "a man in his early 30s"."""
    tokens = claim.tokens
    for i, token in enumerate(tokens):
        match = DECADE.fullmatch(token.text)
        before = [word.text.lower() for word in tokens[max(0, i - 3) : i]]
        if match is None or not {"his", "her", "their"} & set(before):
            continue
        part = match[1] or next((word for word in before[-2:] if word in THIRDS), "")
        first, last = THIRDS[part.rstrip("-")]
        decade = int(match[2])
        yield figure_field(claim, "age", i, i, Quantity(decade + first, decade + last, "year", "vague"), subject=_described(tokens, i))


def _is_aged(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether the words before a number say that it is an age: "aged 12", "at the age of 12", "turned 38", "and at 45, he"."""
    start, end = number.start, number.end
    before = [token.lemma for token in tokens[max(0, start - 2) : start]]
    following = tokens[end] if end < len(tokens) else None
    if any(token.text.lower() == "ages" for token in tokens[max(0, start - 2) : start]):
        return False  # "people between the ages of 25 and 64"
    if before[-1:] in (["aged"], ["age"]) or before == ["age", "of"]:
        return True
    if end != start + 1 or not tokens[start].text.isdigit() or number.low < 10:
        return False
    ends = following is None or following.pos not in {"NOUN", "PROPN", "ADJ", "NUM", "SYM"} or following.entity == "DATE"
    if before[-1:] == ["turn"]:
        return ends and following is not None and following.text not in {"%", "-", "percent"}
    return before[-1:] == ["at"] and following is not None and following.text == "," and (start < 2 or before[0] in {"and", ",", "now"})


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


def _person_before(tokens: Sequence[Token], start: int, end: int) -> str | None:
    """Return the name of the person in front of ", 67"; one name alone will do where a comma follows as well."""
    if start < 2 or tokens[start - 1].text not in {",", "("} or tokens[start - 2].pos != "PROPN":
        return None
    first = start - 2
    while first > 0 and tokens[first - 1].pos == "PROPN":
        first -= 1
    entity = tokens[start - 2].entity
    enclosed = tokens[start].text.isdigit() and int(tokens[start].text) >= 10 and end < len(tokens) and tokens[end].text == ","
    if entity == "DATE" or (entity != "PERSON" and start - 1 - first < 2 and not (enclosed and entity in {"", "ORG"})):
        return None
    return " ".join(token.text for token in tokens[first : start - 1]).lower()


def _described(tokens: Sequence[Token], start: int) -> str:
    """Return the person whom an age describes: "a 26-year-old dissident, Ling Huazhan"; of "a jogger met a 26-year-old" it is not said."""
    if (
        (be := tokens[start].head) != start
        and tokens[be].lemma in {"be", "turn"}
        and (subject := syntax.subject_of(tokens, be)) is not None
    ):
        name = syntax.entity_at(tokens, subject) or [subject]
        return " ".join(tokens[i].text for i in name).lower()
    compound = start + 1 < len(tokens) and tokens[start + 1].text == "-"
    if start > 1 and tokens[start - 1].text == "," and not compound:
        return tokens[start - 2].lemma
    nouns = [
        i for i in syntax.ancestors(tokens, start) if tokens[i].pos in {"NOUN", "PROPN"} and tokens[i].lemma not in {"year", "old", "age"}
    ]
    for i in nouns:
        for child in [i, *syntax.children(tokens, i)]:
            if tokens[child].entity == "PERSON":
                return " ".join(tokens[j].text for j in syntax.entity_at(tokens, child)).lower()
    verb = syntax.governor(tokens, start)
    subject = syntax.subject_of(tokens, verb) if verb is not None and not nouns else None
    if compound and subject is not None and not start <= subject <= start + AGE_REACH:
        return UNSAID
    return tokens[nouns[0]].lemma if nouns else tokens[subject].lemma if subject is not None else ""


def read_percent(claim: Claim, article: Article, number: Number) -> Field | None:
    """Return a percentage with what rose, fell or makes it up, or None."""
    tokens, end = claim.tokens, number.end
    words = [token.text.lower() for token in tokens[end : end + 2]]
    points = words in (["percentage", "points"], ["percentage", "point"])
    if words[:1] not in (["%"], ["percent"], ["pct"]) and words != ["per", "cent"] and not points:
        return None
    last = end + (1 if words == ["per", "cent"] or points else 0)
    verb = syntax.governor(tokens, number.start)
    subject = syntax.subject_of(tokens, verb) if verb is not None else None
    of = last + 1 if last + 1 < len(tokens) and tokens[last + 1].lemma == "of" else None
    heads = [*syntax.ancestors(tokens, number.start)] if of is None else syntax.children(tokens, of)
    head = next((i for i in heads if tokens[i].pos == "NOUN" and i > last), None)
    about = head if head is not None else subject
    scope = modifiers(tokens, about) if about is not None else set()
    value = Quantity(number.low, number.high, "percentage point" if points else "%", number.bound)
    return figure_field(
        claim, "quantity", number.first, last, value,
        subject=tokens[about].lemma if about is not None else "", scope=scope, act=governing_act(tokens, number.start),
        background=is_former(tokens, number) or backdrop.in_background(tokens, number.start, article.published),
    )  # fmt: skip


def read_measure(claim: Claim, article: Article, number: Number) -> Field | None:
    """Return a length, weight, duration or other measure, or None."""
    tokens = claim.tokens
    unit, place = _unit(tokens, number)
    if unit is None:
        return None
    if unit == "light-year" and "year" not in {token.lemma for token in tokens[place : place + 3]}:
        return None
    following = {token.lemma for token in tokens[place + 1 : place + 4]}
    if unit in DURATIONS and following & (AWAY if unit in HOURS else AWAY | BESIDE):
        return None
    verb = syntax.governor(tokens, number.start)
    subject = syntax.subject_of(tokens, verb) if verb is not None else None
    value = Quantity(number.low, number.high, unit, number.bound)
    return figure_field(
        claim, "quantity", number.first, place, value, subject=tokens[subject].lemma if subject is not None else "",
        act=governing_act(tokens, number.start), background=backdrop.in_background(tokens, number.start, article.published),
    )  # fmt: skip


def _unit(tokens: Sequence[Token], number: Number) -> tuple[str | None, int]:
    """Return the unit that follows a number, and the index of its last word: "miles", "square miles", "miles an hour"."""
    end = number.end
    skipped = end < len(tokens) and (tokens[end].text == "-" or (number.bound == "vague" and tokens[end].lemma == "of"))
    place = end + skipped
    if place < len(tokens) and _is_weight(tokens, number, end):
        return "pound", place
    power = POWERS.get(tokens[place].text.lower()) if place < len(tokens) else None
    place += (power is not None) + (power is not None and place + 1 < len(tokens) and tokens[place + 1].text == "-")
    unit = UNITS.get(tokens[place].lemma) if place < len(tokens) else None
    if unit is None or power is not None:
        return (f"{power} {unit}" if unit else None), place
    rate = [token.text.lower() for token in tokens[place + 1 : place + 3]]
    if unit in SPEEDS and rate in (["an", "hour"], ["per", "hour"]):
        return SPEEDS[unit], place + 2
    return unit, place


def is_label(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether a number names a thing and counts none: a calibre, a block of a street, a model, a fraction, a time ago."""
    start, end = number.start, number.end
    hyphen = end < len(tokens) and tokens[end].text in {"-", "–"}
    following = tokens[end + hyphen] if end + hyphen < len(tokens) else None
    word = following.text.lower() if following is not None else ""
    if word in {"caliber", "calibre", "gauge"} or (word == "block" and (number.low >= 100 or number.low == 0)):
        return True
    if hyphen and FRACTION.fullmatch(word):
        return True
    beyond = {token.lemma for token in tokens[end + hyphen + 1 : end + hyphen + 4]}
    if following is not None and following.lemma in DURATIONS and beyond & AWAY:
        return True
    before = tokens[start - 1] if start else None
    return (
        before is not None
        and end == start + 1
        and tokens[start].text.isdigit()
        and before.pos == "PROPN"
        and before.entity not in {"PERSON", "GPE", "LOC", "NORP", "DATE", "TIME"}
        and before.text.lower() not in WEEKDAYS
        and before.text[:1].isupper()
        and following is not None
        and following.pos == "NOUN"
        and not following.text.istitle()
    )
