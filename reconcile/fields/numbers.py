"""A claim in, its figures out: counts with their role and subject, percentages and measures, money, ages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from text_to_num import text2num

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.fields.patterns import Entry, Held, Hit, Lexicon, lexicon_of, search, spelled
from reconcile.model import Article, Claim, Field, Quantity, RuleSet, Span, Token, content_id

Bound = Literal["exact", "at_least", "at_most", "about", "vague"]

DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
GLUED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(m|mn|bn|billion|million|trillion|k|km|kg|mph|ft|cm|mm|yo|%|s)?", re.IGNORECASE)
SMALL = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety".split()
)
MAGNITUDES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "mn": 1e6, "bn": 1e9, "k": 1e3}
VAGUE = {
    "tens": (20, 99), "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2e3, 9999), "millions": (2e6, 9.99e8),
    "billions": (2e9, 9.99e11), "trillions": (2e12, 9.99e14), "multiple": (2, math.inf), "numerous": (5, math.inf),
}  # fmt: skip
INEXACT = {"several": (3, 10), "few": (3, 10), "couple": (2, 3)}
"""Small words that a magnitude may follow: "several hundred", "a few dozen"; "few" and "couple" count only after "a"."""
NOBODY = frozenset({"nobody", "none"})
RANGES = frozenset("-‐‑–—")
CHANGES = frozenset(
    "rise fall increase decrease climb drop jump grow cut raise reduce lower slash revise surge soar plunge sink slide slip dip swell "
    "expand shrink double triple widen narrow change go move boost lift up down".split()
)
"""After one of these, "from 38 to 42" is a step from one figure to another and no range."""
SCORES = frozenset("vote win victory defeat loss lead draw record margin decision ruling majority score majority".split())
LOWER = (
    ("at", "least"),
    ("more", "than"),
    ("over",),
    ("no", "fewer", "than"),
    ("no", "less", "than"),
    ("as", "many", "as"),
    ("upwards", "of"),
)
UPPER = (("up", "to"), ("at", "most"), ("fewer", "than"), ("less", "than"), ("under",), ("no", "more", "than"), ("below",))
ABOUT = (
    ("about",), ("around",), ("some",), ("roughly",), ("approximately",), ("nearly",), ("almost",), ("an", "estimated"), ("estimated",),
    ("close", "to"), ("circa",), ("just", "over"), ("just", "under"),
)  # fmt: skip
PORTIONED = frozenset({"dozen", "hundred", "thousand", "million", "billion", "trillion"})
PORTIONS = (
    (("half", "a"), 0.5), (("a", "half"), 0.5), (("a", "quarter", "of", "a"), 0.25), (("a",), 1.0), (("half",), 0.5),
)  # fmt: skip
CURRENCY = {"$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "c$": "CAD", "a$": "AUD", "₹": "INR", "₽": "RUB"}
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
MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
NO_COUNT_BEFORE = frozenset(
    "flight highway route boeing airbus no. no number article section chapter room unit level gate group act f1 interstate terminal".split()
)
RAISES = frozenset("raise lower increase cut boost reduce lift sweeten revise hike".split())
"""In "raised its offer to $121 billion", the amount measures the object of one of these."""
PERSONS = "people"
PERSON_NOUNS = frozenset(
    "man woman boy girl suspect victim teenager teen student driver passenger father mother son daughter brother sister husband wife "
    "gunman attacker resident actor actress singer player officer soldier pilot doctor nurse teacher lawyer lawmaker politician "
    "president minister mayor senator journalist author".split()
)
BARE_DEPS = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "pobj", "conj", "ROOT", "appos", "dep", "npadvmod", "nummod", "oprd"})
PART_CUES = frozenset({"including", "include", "among", "of", "comprise"})
FIRST = {"original": "first", "initial": "first", "first": "first", "previous": "first", "earlier": "first", "unsolicited": "first"}
"""Modifiers that pick out the first of several offers, figures or attempts, told under one name."""
PLAIN_MODIFIERS = frozenset("other new more own such further many few same whole total entire least late early percent".split())
UNSAID = "?"
"""Subject of an amount of which the sentence does not say what it measures: it meets no other."""
RESTRICTIVE = 100
"""Distance of a clause that picks out whom a figure counts: in "21 girls abducted in May were freed", 21 were freed."""
INTRANSITIVE_OK = frozenset(
    {"die", "perish", "survive", "escape", "flee", "drown", "vanish", "suffer", "sustain", "remain", "be", "go", "hurt", "miss"}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A run of tokens that is one number, with the words that bound it."""

    first: int
    """Index of the first token of the phrase, bounding words among them."""
    start: int
    """Index of the first token of the number itself."""
    end: int
    """Index after its last token."""
    low: float
    high: float
    bound: Bound


def extract_numbers(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return the figures of a claim; numbers in dates, names and numbers of things ("Flight 370") are none."""
    tokens = claim.tokens
    fields: list[Field] = []
    for number in find_numbers(tokens):
        field = (
            _money(claim, article, number)
            or _age(claim, number)
            or _percent(claim, article, number)
            or _measure(claim, article, number)
            or _count(claim, article, number, rules)
        )
        if field is not None:
            fields.append(field)
    return [*fields, *_sums(claim, fields)]


def find_numbers(tokens: Sequence[Token]) -> Iterator[Number]:
    """Yield the numbers of a parse in order."""
    i = 0
    while i < len(tokens):
        number, i = _number_at(tokens, i)
        if number is not None:
            yield number


def _number_at(tokens: Sequence[Token], i: int) -> tuple[Number | None, int]:
    """Return the number that begins at a token, if any, and the index from which to look for the next."""
    vague = _nobody(tokens, i) or _inexact(tokens, i) or (_vague(tokens, i) if tokens[i].text.lower() in VAGUE else None)
    if vague is not None:
        return vague, vague.end
    if ends := re.fullmatch(r"(\d{1,9})[‐‑–—-](\d{1,9})", tokens[i].text):
        scores = float(ends[2]) <= float(ends[1]) or any(token.lemma in SCORES for token in tokens[i + 1 : i + 3])
        return (None if scores else _range(tokens, i, i + 1, float(ends[1]), float(ends[2]))), i + 1
    value, end = _value(tokens, i)
    if value is None:
        return None, i + 1
    joint = tokens[end].text.lower() if end < len(tokens) else ""
    second = end + 2 if end + 1 < len(tokens) and tokens[end + 1].text in CURRENCY else end + 1
    upper, last = _value(tokens, second) if joint and second < len(tokens) else (None, end)
    if upper is not None and joint in RANGES | {"to", "and"}:
        value *= _shared_scale(tokens, value, second, last)
        if joint in RANGES:
            scores = upper <= value or any(token.lemma in SCORES for token in tokens[last : last + 2])
            return (None if scores else _range(tokens, i, last, value, upper)), last
        if _is_range(tokens, i, joint, value, upper):
            return _range(tokens, i, last, value, upper), last
        value, end = _value(tokens, i)
    number = _bounded(tokens, i, end, value or 0.0)
    return number, number.end


def _shared_scale(tokens: Sequence[Token], low: float, second: int, last: int) -> float:
    """Return the magnitude that stands once for both ends of a range: "10 to 20 million"."""
    word = tokens[last - 1].text.lower()
    return MAGNITUDES[word] if last - second > 1 and word in MAGNITUDES and low < 1000 else 1.0


def _is_range(tokens: Sequence[Token], i: int, joint: str, low: float, high: float) -> bool:
    """Return whether two numbers joined by a word are the ends of a range: "between 10 and 20", "10 to 20"."""
    before = tokens[i - 1].text.lower() if i else ""
    if joint == "and":
        return before == "between" and high > low
    return high > low and not any(token.lemma in CHANGES for token in tokens[max(0, i - 6) : i])


def _range(tokens: Sequence[Token], i: int, end: int, low: float, high: float) -> Number:
    first = i - 1 if i and tokens[i - 1].text.lower() in {"between", "from"} else i
    return Number(first, i, end, low, high, "exact")


def _nobody(tokens: Sequence[Token], i: int) -> Number | None:
    """Return zero for "nobody", "none" and "no one"."""
    word = tokens[i].text.lower()
    two = i + 1 < len(tokens) and word == "no" and tokens[i + 1].text.lower() == "one"
    if not two and word not in NOBODY:
        return None
    return Number(i, i, i + 1 + two, 0.0, 0.0, "exact")


def _inexact(tokens: Sequence[Token], i: int) -> Number | None:
    """Return the interval of "several hundred", "a few", "a couple of"; a couple that nothing is counted by is two people."""
    word = tokens[i].text.lower()
    at = i + 1 if word == "a" and i + 1 < len(tokens) else i
    name = tokens[at].text.lower()
    if name not in INEXACT or (name != "several") != (at > i):
        return None
    low, high = INEXACT[name]
    end = at + 1
    following = tokens[end].text.lower() if end < len(tokens) else ""
    if following in MAGNITUDES or following == "dozen":
        scale = 12 if following == "dozen" else MAGNITUDES[following]
        return Number(i, at, end + 1, low * scale, high * scale, "vague")
    if name == "couple" and following != "of" and (end >= len(tokens) or tokens[end].tag != "NNS"):
        return None
    return Number(i, at, end, float(low), float(high), "vague")


def _vague(tokens: Sequence[Token], i: int) -> Number:
    low, high = VAGUE[tokens[i].text.lower()]
    end = i + 1
    following = [token.text.lower() for token in tokens[end : end + 2]]
    if following[:1] == ["of"] and following[-1].removesuffix("s") in MAGNITUDES:
        scale = MAGNITUDES[following[-1].removesuffix("s")]
        low, high, end = low * scale, (high + 1) * scale - 1, end + 2
    first, _ = _bound_before(tokens, i)
    return Number(first, i, end, float(low), float(high), "vague")


def _value(tokens: Sequence[Token], i: int) -> tuple[float | None, int]:
    """Return the number that begins at a token, and the index after it."""
    text = tokens[i].text.lower()
    glued = GLUED.fullmatch(text)
    if glued and (text[0].isdigit()):
        value = float(glued[1].replace(",", ""))
        suffix = (glued[2] or "").lower()
        if suffix in MAGNITUDES:
            return value * MAGNITUDES[suffix], i + 1
        if suffix:
            return (None, i + 1) if suffix == "s" else (value, i + 1)
        return _scaled(tokens, value, i + 1)
    if text in SMALL or (text in MAGNITUDES and text in {"hundred", "thousand", "million", "billion", "trillion"}):
        return _spelled(tokens, i)
    if (portion := _portion(tokens, i)) is not None:
        return portion
    if text in {"no", "zero"} and i + 1 < len(tokens) and tokens[i].dep in {"det", "nummod"} and tokens[tokens[i].head].pos in {"NOUN"}:
        return 0.0, i + 1
    return None, i + 1


def _portion(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """Read "a dozen", "a hundred", "half a million", "a quarter of a million", with the index after it."""
    words = [token.text.lower() for token in tokens[i : i + 5]]
    for opening, factor in PORTIONS:
        if tuple(words[: len(opening)]) == opening and len(words) > len(opening) and words[len(opening)] in PORTIONED:
            unit = words[len(opening)]
            return factor * (12.0 if unit == "dozen" else MAGNITUDES[unit]), i + len(opening) + 1
    return None


def _scaled(tokens: Sequence[Token], value: float, end: int) -> tuple[float, int]:
    while end < len(tokens):
        word = tokens[end].text.lower()
        if word == "-" and end + 1 < len(tokens) and tokens[end + 1].text.lower() in MAGNITUDES:
            end += 1
            continue
        if word == "dozen":
            return value * 12, end + 1
        if word not in MAGNITUDES or (word == "m" and value > 999):
            break
        value, end = value * MAGNITUDES[word], end + 1
    return value, end


def _spelled(tokens: Sequence[Token], i: int) -> tuple[float | None, int]:
    words: list[str] = []
    end = i
    while end < len(tokens):
        word = tokens[end].text.lower()
        if word in SMALL or word in MAGNITUDES:
            words.append(word)
        elif not (word in {"-", "and"} and words and end + 1 < len(tokens) and _joins(words[-1], word, tokens[end + 1].text.lower())):
            break
        elif word == "and":
            words.append(word)
        end += 1
    if end < len(tokens) and tokens[end].text.lower() == "dozen" and len(words) == 1:
        return 12.0 * _read(words), end + 1
    value = _read(words)
    return (value if value >= 0 else None), end


def _joins(before: str, joint: str, after: str) -> bool:
    if joint == "-":
        return (before.endswith("ty") and after in SMALL) or (after in MAGNITUDES and before in SMALL)
    return before in MAGNITUDES and after in SMALL


def _read(words: Sequence[str]) -> float:
    text = " ".join(words)
    if text in MAGNITUDES:
        return MAGNITUDES[text]
    try:
        return float(text2num(text, "en"))
    except (ValueError, KeyError):
        return -1.0


def _bounded(tokens: Sequence[Token], start: int, end: int, value: float) -> Number:
    first, bound = _bound_before(tokens, start)
    following = [token.text.lower() for token in tokens[end : end + 2]]
    if following in (["or", "more"], ["or", "so"]):
        bound, end = ("at_least" if following[1] == "more" else "about"), end + 2
    if bound == "at_least":
        over = " ".join(token.text.lower() for token in tokens[first:start])
        exclusive = over.startswith(("more", "over", "upwards"))
        low = value + 1 if exclusive and value.is_integer() and value < 1000 else value
        return Number(first, start, end, low if not exclusive else value, math.inf, "at_least")
    if bound == "at_most":
        return Number(first, start, end, 0.0, value, "at_most")
    if bound == "about":
        return Number(first, start, end, value * 0.9, value * 1.1, "about")
    return Number(first, start, end, value, value, "exact")


def _bound_before(tokens: Sequence[Token], start: int) -> tuple[int, Bound]:
    """Return the index from which words bound a number, and how they do."""
    at = start
    while at > 0 and tokens[at - 1].text.lower() in {"$", "£", "€", "us$", "the", "a", "an"}:
        at -= 1
    for cues, bound in ((UPPER, "at_most"), (LOWER, "at_least"), (ABOUT, "about")):
        for cue in cues:
            words = tuple(token.text.lower() for token in tokens[max(0, at - len(cue)) : at])
            if words == cue:
                return at - len(cue), bound  # type: ignore[return-value]
    return start, "exact"


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].span.start, tokens[last].span.end)


def _field(claim: Claim, kind: str, first: int, last: int, value: Quantity, **rest: object) -> Field:
    span = _span(claim.tokens, first, last)
    raw = claim.text[span.start - claim.span.start : span.end - claim.span.start]
    role = str(rest.get("role", ""))
    return Field(
        id=content_id(claim.id, kind, role, span.start, span.end, value),
        kind=kind,
        span=span,
        raw=raw,
        value=value,
        role=role,
        subject=str(rest.get("subject", "")),
        scope=tuple(sorted(set(rest.get("scope", ())))),  # type: ignore[call-overload]
        act=str(rest.get("act", "")),
        background=bool(rest.get("background", False)),
    )


def _money(claim: Claim, article: Article, number: Number) -> Field | None:
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
        scope |= _modifiers(tokens, head, skip=range(first, last + 1)) | _owners(tokens, head)
        last = max(last, head) if head - last <= 5 else last
    if _is_former(tokens, number):
        scope.add("first")
    act = _act(tokens, number.start)
    background = backdrop.in_background(tokens, number.start, article.published)
    value = Quantity(number.low, number.high, unit, number.bound)
    return _field(claim, "money", first, last, value, subject=subject, scope=scope, act=act, background=background)


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


def _modifiers(tokens: Sequence[Token], head: int, skip: Sequence[int] = ()) -> set[str]:
    """Return the words that narrow a noun, first offers and the like under one name."""
    words = set()
    for i in syntax.children(tokens, head):
        token = tokens[i]
        if i in skip or token.dep not in {"amod", "compound"} or token.pos not in {"ADJ", "NOUN", "PROPN", "VERB"}:
            continue
        if token.lemma not in PLAIN_MODIFIERS and token.text.isalpha():
            words.add(FIRST.get(token.lemma, token.lemma))
    return words


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


def _act(tokens: Sequence[Token], index: int) -> str:
    verb = syntax.governor(tokens, index)
    return tokens[verb].lemma if verb is not None else ""


def _age(claim: Claim, number: Number) -> Field | None:
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
    return _field(claim, "age", start, last, Quantity(number.low, number.high, "year"), subject=subject)


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


def _percent(claim: Claim, article: Article, number: Number) -> Field | None:
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
    scope = _modifiers(tokens, about) if about is not None else set()
    value = Quantity(number.low, number.high, "%", number.bound)
    return _field(
        claim, "quantity", number.first, last, value,
        subject=tokens[about].lemma if about is not None else "", scope=scope, act=_act(tokens, number.start),
        background=_is_former(tokens, number) or backdrop.in_background(tokens, number.start, article.published),
    )  # fmt: skip


def _measure(claim: Claim, article: Article, number: Number) -> Field | None:
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
    return _field(
        claim, "quantity", number.first, place, value, subject=tokens[subject].lemma if subject is not None else "",
        act=_act(tokens, number.start), background=backdrop.in_background(tokens, number.start, article.published),
    )  # fmt: skip


def _count(claim: Claim, article: Article, number: Number, rules: RuleSet) -> Field | None:
    tokens = claim.tokens
    if not _is_count(tokens, number):
        return None
    noun = _counted(tokens, number)
    role, trigger = _role(tokens, number, noun, rules)
    if noun is not None and trigger and trigger[0] == number.end and noun > trigger[-1] + 1 and _title_case(tokens):
        noun = None
    if tokens[number.start].text.lower() == "none" and noun is not None and noun in trigger:
        return None
    if not role and (noun is None or number.high == 0 or _is_whole(tokens, number)):
        return None
    subject = tokens[noun].lemma if noun is not None and noun >= number.end else PERSONS
    if noun is not None and (kind := _compound_head(tokens, noun)) is not None:
        subject = f"{tokens[kind].lemma} {subject}"
    if noun is not None and (tokens[noun].pos == "VERB" or (role and tokens[noun].lemma in _spelled_out(Held(rules), role))):
        subject = PERSONS
    last = max(number.end - 1, noun if noun is not None and noun - number.end < 4 else 0)
    anchor = trigger[0] if trigger else number.start
    act = _act(tokens, number.start) or tokens[anchor].lemma
    return _field(
        claim, "count", number.first, last, Quantity(number.low, number.high, None, number.bound),
        role=role, subject=subject, scope=_scope(tokens, number, noun, role, trigger, rules), act=act,
        background=_is_earlier(tokens, number.start)
        or _is_former(tokens, number)
        or any(backdrop.in_background(tokens, i, article.published) for i in {number.start, anchor}),
    )  # fmt: skip


def _is_former(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether a figure is the one that another has taken the place of: "rose to 42 from 38", "up from 38"."""
    start = number.first
    while start > 0 and (tokens[start - 1].text in CURRENCY or tokens[start - 1].lemma in {"the", "a"}):
        start -= 1
    if start == 0 or tokens[start - 1].lemma != "from":
        return False
    return any(token.lemma in CHANGES for token in tokens[max(0, start - 8) : start - 1])


def _is_earlier(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word stands in what the news comes after: "a week after 35 diplomats were sent home"."""
    return any(
        tokens[i].lemma == "after"
        and i > 0
        and tokens[i - 1].lemma in {"day", "week", "month", "year", "decade"}
        and _under(tokens, index, i)
        for i in range(index)
    )


def _under(tokens: Sequence[Token], index: int, mark: int) -> bool:
    """Return whether a word is in the phrase or clause that a preposition or conjunction opens."""
    above = [index, *syntax.ancestors(tokens, index)]
    return mark in above or (tokens[mark].dep == "mark" and tokens[mark].head in above)


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
    if before is not None and (before.text.lower() in NO_COUNT_BEFORE or before.text in {"#", ":", "/"}):
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
    if token.text.lower() == "one" and single and (token.dep != "nummod" or (after is not None and after.text.lower() == "of")):
        return False
    if token.pos == "PROPN" or (first.entity in {"ORG", "PERSON", "FAC", "PRODUCT", "LAW", "GPE", "EVENT", "WORK_OF_ART"}):
        return False
    return not (
        after is not None
        and after.text == "-"
        and number.end + 1 < len(tokens)
        and tokens[number.end + 1].lemma in {"month", "day", "year", "hour", "time", "storey", "story", "mile", "minute", "way"}
    )


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


def _role(tokens: Sequence[Token], number: Number, noun: int | None, rules: RuleSet) -> tuple[str, tuple[int, ...]]:
    """Return the role that a rule's words give a figure, and the tokens of those words."""
    bearing: list[tuple[int, str, tuple[int, ...]]] = []
    for hit in search(tokens, _lexicon(Held(rules))):
        if backdrop.is_supposed(tokens, hit.start):
            continue
        distance = _bears_on(tokens, hit, number, noun, hit.rule in _agents(Held(rules)))
        if distance is not None:
            bearing.append((distance, _roles(Held(rules))[hit.rule], tuple(range(hit.start, hit.end))))
    if not bearing or (_title_case(tokens) and min(bearing)[0] > 0 and len({role for _, role, _ in bearing}) > 1):
        return "", ()
    _, role, trigger = min(bearing)
    return role, trigger


def _title_case(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence is a headline With Capitals, which the parser reads badly."""
    words = [token for token in tokens if token.text.isalpha() and len(token.text) > 3]
    return len(words) > 3 and sum(token.text[0].isupper() for token in words) >= 0.8 * len(words)


@lru_cache(maxsize=8)
def _lexicon(held: Held) -> Lexicon:
    entries: list[Entry] = [
        (rule.id, term, pattern)
        for rule in held.rules.rules
        if rule.field == "count" and rule.role
        for term in rule.terms
        for pattern in term.words
    ]
    return lexicon_of(entries)


@lru_cache(maxsize=8)
def _agents(held: Held) -> frozenset[str]:
    return frozenset(rule.id for rule in held.rules.rules if rule.counts == "agent")


@lru_cache(maxsize=8)
def _roles(held: Held) -> dict[str, str]:
    return {rule.id: rule.role for rule in held.rules.rules if rule.field == "count"}


def _bears_on(tokens: Sequence[Token], hit: Hit, number: Number, noun: int | None, agent: bool) -> int | None:
    """Return how far a trigger stands from the figure that it gives its role to, or None when it does not bear on it."""
    figure = noun if noun is not None else _free(tokens, number)
    span = range(hit.start, hit.end)
    if figure in span or number.start in span or (noun is None and hit.start == number.end):
        return 0
    heads = {figure, *([number.start] if noun is None else [])}
    for i in span:
        token = tokens[i]
        if (
            not agent
            and token.head in heads
            and token.dep in {"amod", "acl", "relcl", "compound", "prep", "advmod", "conj", "dep"}
            and token.lemma != "by"
        ):
            if token.dep in {"acl", "relcl"} and not _patient_gap(tokens, i):
                continue
            if token.dep == "conj" and token.pos not in syntax.VERBS:
                continue
            return 1 + abs(i - number.start)
        predicate = token.pos in syntax.VERBS or (token.tag in {"VBN", "VBD", "JJ"} and token.dep in {"acomp", "ROOT", "ccomp", "oprd"})
        if predicate and _takes_part(tokens, i, span, figure, agent):
            return 2 + abs(i - number.start)
        if token.dep in {"oprd", "acomp", "amod", "advcl"} and figure in syntax.objects_of(tokens, token.head) and token.pos == "ADJ":
            return 2 + abs(i - number.start)
        if token.pos == "NOUN" and _toll(tokens, i, number):
            return 3 + abs(i - number.start)
        if token.lemma in {"aboard", "board"} and _same_clause(tokens, i, figure):
            return 4 + abs(i - number.start)
    return None


def _takes_part(tokens: Sequence[Token], verb: int, phrase: range, figure: int, agent: bool) -> bool:
    """Return whether a figure counts those who do what a trigger's verb says, or those to whom it is done, as the rule asks."""
    if agent:
        return _is_agent(tokens, verb, figure)
    return _is_patient(tokens, verb, figure) or _is_phrase_subject(tokens, verb, phrase, figure)


def _free(tokens: Sequence[Token], number: Number) -> int:
    """Return the token by which a number without a noun hangs in the sentence."""
    for i in range(number.start, number.end):
        if tokens[i].head not in range(number.first, number.end):
            return i
    return number.start


def _patient_gap(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether the noun that a relative clause or participle hangs on is what the verb is done to."""
    if tokens[verb].dep == "acl":
        return tokens[verb].tag == "VBN" or tokens[verb].lemma in INTRANSITIVE_OK
    passive = any(tokens[i].dep in {"auxpass", "nsubjpass"} for i in syntax.children(tokens, verb))
    return passive or tokens[verb].lemma in INTRANSITIVE_OK


def _is_patient(tokens: Sequence[Token], verb: int, figure: int) -> bool:
    """Return whether a figure is what a verb is done to, or the subject of a verb that takes no object."""
    group = _conjuncts(tokens, figure) | _quantified(tokens, figure)
    kids = syntax.children(tokens, verb)
    objects = [i for i in kids if tokens[i].dep in {"dobj", "nsubjpass", "dative", "oprd", "obj"}]
    if any(i in group for i in objects):
        return True
    if any(tokens[i].dep == "prep" and tokens[i].lemma == "between" and i == tokens[figure].head for i in kids):
        return not objects and any(tokens[i].dep == "auxpass" for i in kids)
    subjects = [i for i in kids if tokens[i].dep == "nsubj"]
    if not subjects:
        up = tokens[verb].head
        if tokens[verb].dep in {"acomp", "xcomp", "conj", "advcl", "oprd", "attr"} and up != verb:
            subjects = [i for i in syntax.children(tokens, up) if tokens[i].dep in syntax.SUBJECTS]
    if any(i in group for i in subjects):
        has_object = any(tokens[i].dep == "dobj" for i in kids)
        adjectival = tokens[verb].dep in {"acomp", "oprd"} or tokens[verb].tag == "VBN"
        return (
            adjectival
            or tokens[verb].lemma in INTRANSITIVE_OK
            or (
                not has_object
                and tokens[verb].tag in {"VBD", "VBN"}
                and tokens[verb].lemma not in {"kill", "arrest", "expel", "attack", "shoot"}
                and _headline(tokens, verb)
            )
        )
    return False


def _is_phrase_subject(tokens: Sequence[Token], verb: int, phrase: range, figure: int) -> bool:
    """Return whether a figure is the subject of a verb that the phrase completes with its object: "lost their lives"."""
    complete = any(tokens[i].dep == "dobj" and tokens[i].head == verb for i in phrase)
    return complete and syntax.subject_of(tokens, verb) in _conjuncts(tokens, figure) | _quantified(tokens, figure)


def _is_agent(tokens: Sequence[Token], verb: int, figure: int) -> bool:
    """Return whether a figure is who does what a verb says."""
    group = _conjuncts(tokens, figure) | _quantified(tokens, figure)
    if any(tokens[i].dep == "agent" and set(syntax.children(tokens, i)) & group for i in syntax.children(tokens, verb)):
        return True
    passive = any(tokens[i].dep == "nsubjpass" for i in syntax.children(tokens, verb))
    if not passive and tokens[verb].dep == "relcl" and tokens[verb].head in group:
        return any(tokens[i].dep == "nsubj" and tokens[i].lemma in {"who", "that", "which"} for i in syntax.children(tokens, verb))
    return not passive and syntax.subject_of(tokens, verb) in group


def _headline(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a bare past tense is a passive without its auxiliary, as headlines write it: "25 hurt"."""
    return not any(tokens[i].dep in {"aux", "auxpass"} for i in syntax.children(tokens, verb))


def _conjuncts(tokens: Sequence[Token], index: int) -> set[int]:
    """Return a token with those it is joined to by "and", upwards."""
    group = {index}
    while tokens[index].dep in {"conj", "appos"} and tokens[index].head != index:
        index = tokens[index].head
        group.add(index)
    return group


def _quantified(tokens: Sequence[Token], index: int) -> set[int]:
    """Return the quantity word that a noun hangs on: "dozens" for the people in "dozens of people"."""
    above = tokens[index].head
    if tokens[index].dep == "pobj" and tokens[above].lemma == "of" and _is_measure_word(tokens[tokens[above].head]):
        return {tokens[above].head}
    return set()


def _is_measure_word(token: Token) -> bool:
    word = token.text.lower()
    return word == "quarter" or word in VAGUE or word in NOBODY or word in PORTIONED or word in INEXACT


def _toll(tokens: Sequence[Token], noun: int, number: Number) -> bool:
    """Return whether a number is the toll that a noun names: "the death toll rose to six"."""
    verb = syntax.governor(tokens, noun)
    reach = [i for i in syntax.ancestors(tokens, number.start) if tokens[i].pos in syntax.VERBS][:1]
    if tokens[noun].lemma not in {"toll", "death", "number", "count", "fatality", "casualty", "figure"}:
        return False
    if any(tokens[i].lemma == "of" and tokens[i].head == noun for i in syntax.ancestors(tokens, number.start)):
        return tokens[noun].lemma == "toll"
    return verb is not None and reach == [verb] and tokens[noun].dep in syntax.SUBJECTS


def _same_clause(tokens: Sequence[Token], a: int, b: int) -> bool:
    return syntax.governor(tokens, a) == syntax.governor(tokens, b)


def _scope(tokens: Sequence[Token], number: Number, noun: int | None, role: str, trigger: Sequence[int], rules: RuleSet) -> set[str]:
    """Return what narrows a figure: a part of a whole, the degree of harm, words before the noun, the place."""
    scope: set[str] = set()
    if _is_part(tokens, number, noun):
        scope.add("part")
    if {token.lemma for token in tokens[max(0, number.first - 2) : number.first]} & {"another", "additional", "further", "extra"}:
        scope.add("additional")
    if noun is not None and any(token.lemma in {"other", "more"} for token in tokens[number.end : noun]):
        scope.add("additional")
    if any(token.lemma in {"per", "each", "every"} for token in tokens[number.end : number.end + 14]):
        scope.add("per")
    if noun is not None:
        scope |= _modifiers(tokens, noun, skip=[*range(number.start, number.end), *trigger])
    if trigger:
        verb = _clause_verb(tokens, trigger[0])
        scope |= {
            DEGREES[token.lemma]
            for j, token in enumerate(tokens)
            if token.lemma in DEGREES
            and verb in {j, _clause_verb(tokens, j)}
            and not any(other.pos == "NUM" for other in tokens[max(trigger[0], number.end) : j])
        }
        scope -= _spelled_out(Held(rules), role)
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


def _clause_verb(tokens: Sequence[Token], index: int) -> int | None:
    return index if tokens[index].pos in syntax.VERBS else syntax.governor(tokens, index)


def _compound_head(tokens: Sequence[Token], noun: int) -> int | None:
    """Return the word that says what kind of member, officer or worker a noun means."""
    if tokens[noun].lemma not in GENERIC_HEADS:
        return None
    return next((i for i in syntax.children(tokens, noun) if tokens[i].dep == "compound" and i < noun), None)


GENERIC_HEADS = frozenset({"member", "officer", "worker", "official", "personnel", "staff", "employee"})


@lru_cache(maxsize=64)
def _spelled_out(held: Held, role: str) -> frozenset[str]:
    """Return all words by which the rules know a role."""
    terms = [term for rule in held.rules.rules if rule.field == "count" and rule.role == role for term in rule.terms]
    return frozenset(word for term in terms for pattern in term.words for word in spelled(pattern))


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


def _sums(claim: Claim, fields: Sequence[Field]) -> list[Field]:
    """Add the sum of counts that one sentence joins: "10 foreigners and two locals", "four seriously, 20 slightly hurt"."""
    counts = [
        field
        for field in fields
        if field.kind == "count"
        and field.role
        and isinstance(field.value, Quantity)
        and field.value.bound == "exact"
        and "part" not in field.scope
    ]
    sums = []
    for role in sorted({field.role for field in counts}):
        parts = [field for field in counts if field.role == role]
        if len(parts) != 2 or (parts[0].subject == parts[1].subject and not (set(parts[0].scope) ^ set(parts[1].scope))):
            continue
        first, second = sorted(parts, key=lambda field: field.span)
        between = claim.text[first.span.end - claim.span.start : second.span.start - claim.span.start]
        if len(between) > 70 or not re.search(r"\b(?:and|while|plus|with)\b|,", between):
            continue
        total = sum(field.value.low for field in parts if isinstance(field.value, Quantity))
        span = Span(first.span.start, second.span.end)
        value = Quantity(total, total, None, "exact")
        raw = claim.text[span.start - claim.span.start : span.end - claim.span.start]
        sums.append(
            Field(
                content_id(claim.id, "count", role, "sum", span.start, span.end, total),
                "count",
                span,
                raw,
                value,
                role,
                PERSONS,
                (),
                first.act,
                first.background,
            )
        )
    return sums
