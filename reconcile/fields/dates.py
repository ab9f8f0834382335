"""A claim in, its dates out, as intervals of days resolved against the article's own date, never against today's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import dateparser
from edtf import parse_edtf
from edtf.parser.parser_classes import EDTFObject

from reconcile import syntax
from reconcile.fields.timing import timed_field
from reconcile.model import Article, Claim, Field, Moment, RuleSet, Span

MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\b\.?|Feb\b\.?|Mar\b\.?|Apr\b\.?|Jun\b\.?|Jul\b\.?|Aug\b\.?|Sept\b\.?|Sep\b\.?|Oct\b\.?|Nov\b\.?|Dec\b\.?)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PATTERNS = (
    ("iso", re.compile(r"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b")),
    ("range", re.compile(rf"\b{MONTH} {DAY}\s?(?:-|–|to)\s?(?P<last>[0-3]?\d)\b(?:,? {YEAR})?(?!\d)")),
    ("full", re.compile(rf"\b{MONTH} {DAY}\b(?:,? {YEAR})?(?![\d,:.]\d)")),
    ("full", re.compile(rf"(?<![\d.,:-])\b{DAY} (?:of )?{MONTH}(?:,? {YEAR})?\b")),
    ("part", re.compile(rf"\b(?P<part>early|mid|late)[ -]{MONTH}(?: {YEAR})?\b")),
    ("month", re.compile(rf"\b{MONTH},? (?:of )?{YEAR}\b")),
    ("month", re.compile(rf"\b{MONTH} (?P<of_year>last|this|next) year\b")),
    ("season", re.compile(rf"\b(?P<season>spring|summer|autumn|fall|winter) (?:of )?{YEAR}\b")),
    ("years", re.compile(rf"\b(?:between|from) {YEAR} (?:and|to) (?P<until>(?:19|20)\d\d)\b")),
    ("decade", re.compile(r"\b(?:the |mid-)(?:early |mid-|late )?(?P<decade>(?:19|20)\d)0s\b")),
    ("weekend", re.compile(r"\b(?:(?:at|over) the|this|last) weekend\b", re.IGNORECASE)),
    ("month", re.compile(rf"(?<=\b[Ii]n ){MONTH}(?! \d)(?!\w)")),
    ("month", re.compile(rf"(?:(?<=\b[Ss]ince )|(?<=\b[Ll]ast )|(?<=\b[Tt]his )|(?<=\b(?:week|days) of )){MONTH}(?! \d)(?!\w)")),
    ("year", re.compile(rf"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Ff]rom )|(?<=\b[Ll]ate )|(?<=\b[Ee]arly )){YEAR}\b(?![-,]\d)")),
    ("weekday", re.compile(r"(?<!\bBlack )(?<!\bGood )(?<!\bSuper )(?<!\bBloody )\b(?:(?P<next>next|last|this) )?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b(?!['’]s? \w+ (?:Times|Post))(?! (?:Times|Telegraph|Mirror|Mail|Express|Herald|prayers?|Night Live)\b)")),
    ("relative", re.compile(r"\b(?P<relative>yesterday|today|tonight|tomorrow)\b", re.IGNORECASE)),
    ("period", re.compile(r"\b(?<!\bthe )(?P<which>this|last|next|earlier this|later this) (?P<unit>week|month|year)\b(?! of )", re.IGNORECASE)),
    ("ago", re.compile(r"\b(?P<count>\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten) (?P<unit>day|week|month|year)s? (?P<how>ago|earlier|later|before|after)\b", re.IGNORECASE)),
)  # fmt: skip
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""Seasons as EDTF numbers them."""
NUMBERS = {word: i for i, word in enumerate("zero one two three four five six seven eight nine ten".split())} | {"a": 1}
AHEAD = timedelta(days=7)
"""A day and month without a year is taken as the next one when it lies no further ahead of publication than this."""


def extract_dates(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return the dates of a claim; without a date of publication a relative one stays unresolved."""
    told = article.published.date() if article.published else None
    fields = []
    for kind, match in _matches(claim.text):
        span = Span(claim.span.start + match.start(), claim.span.start + match.end())
        if kind in {"month", "year", "weekday"} and _is_name(claim, span):
            continue
        moment = _moment(kind, match, told, article.published_inferred)
        if moment is not None and moment.inferred and "month" in match.groupdict() and _is_ahead(claim, span):
            moment = _moved_on(moment, told)
        if moment is not None:
            fields.append(timed_field(claim, article, rules, "date", span, moment))
    return fields


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the date phrases, earlier patterns first where two overlap."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append((match.start(), match.end()))
                yield kind, match


def _is_name(claim: Claim, span: Span) -> bool:
    """Return whether the parser read the words as somebody's or something's name."""
    return any(token.span.overlaps(span) and token.entity in {"PERSON", "ORG", "GPE", "PRODUCT"} for token in claim.tokens)


def _moment(kind: str, match: re.Match[str], told: date | None, guessed: bool) -> Moment | None:
    if kind == "iso":
        return _edtf(match.group())
    if kind in {"full", "range", "part", "month", "year", "season", "years", "decade"}:
        return _calendar(kind, match, told)
    if told is None or (kind == "ago" and match["how"].lower() != "ago"):
        return Moment(None, None)
    earliest, latest = _relative(kind, match, told)
    return Moment(earliest.isoformat(), latest.isoformat(), guessed)


def _calendar(kind: str, match: re.Match[str], told: date | None) -> Moment | None:
    """Resolve a date that names its month or year; a missing year is inferred from the date of publication."""
    found = match.groupdict()
    if kind in {"year", "season", "years", "decade"}:
        return _edtf(_written(kind, found))
    month = MONTHS.index(found["month"].lower().rstrip(".")[:3]) + 1
    year, inferred = (int(found["year"]), False) if found.get("year") else (_year(month, found.get("day"), told), True)
    if found.get("of_year") and told is not None:
        year, inferred = told.year + {"last": -1, "next": 1}.get(found["of_year"], 0), False
    if year is None:
        return Moment(None, None)
    if kind == "month":
        return _edtf(f"{year:04}-{month:02}", inferred)
    if kind == "part":
        first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 28)}[found["part"]]
        return _edtf(f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{last:02}", inferred)
    day = dateparser.parse(f"{found['day']} {MONTHS[month - 1]} {year}", languages=["en"], settings={"STRICT_PARSING": True})
    if day is None:
        return None
    if kind == "range":
        end = dateparser.parse(f"{found['last']} {MONTHS[month - 1]} {year}", languages=["en"], settings={"STRICT_PARSING": True})
        return _edtf(f"{day.date().isoformat()}/{end.date().isoformat()}", inferred) if end and end > day else None
    return _edtf(day.date().isoformat(), inferred)


def _written(kind: str, found: dict[str, str]) -> str:
    """Return a year, a season, a span of years or a decade as EDTF writes it."""
    if kind == "season":
        return f"{found['year']}-{SEASONS[found['season']]}"
    if kind == "years":
        return f"{found['year']}/{found['until']}"
    return f"{found['decade']}0/{found['decade']}9" if kind == "decade" else found["year"]


def _is_ahead(claim: Claim, span: Span) -> bool:
    """Return whether the verb of a date speaks of what is still to come: "will meet", "is due", "is set for"."""
    tokens = claim.tokens
    inside = next((i for i, token in enumerate(tokens) if token.span.overlaps(span)), None)
    verb = syntax.governor(tokens, inside) if inside is not None else None
    if verb is None:
        return False
    kids = [tokens[i] for i in syntax.children(tokens, verb)]
    coming = any(kid.dep == "aux" and kid.lemma in {"will", "shall", "’ll", "'ll"} for kid in kids)
    planned = tokens[verb].tag == "VBN" and tokens[verb].lemma in {"schedule", "set", "expect", "plan", "slate"}
    return coming or planned or any(kid.lemma in {"due", "set"} and kid.dep in {"acomp", "attr"} for kid in kids)


def _moved_on(moment: Moment, told: date | None) -> Moment:
    """Put a date whose year is only inferred after publication."""
    if told is None or moment.earliest is None or moment.latest is None or date.fromisoformat(moment.latest) >= told:
        return moment
    try:
        days = [date.fromisoformat(day) for day in (moment.earliest, moment.latest)]
        first, last = (day.replace(year=day.year + 1) for day in days)
    except ValueError:
        return moment
    return Moment(first.isoformat(), last.isoformat(), True)


def _edtf(text: str, inferred: bool = False) -> Moment | None:
    """Read an EDTF date (ISO 8601-2) as the first and the last day that it may mean."""
    try:
        parsed: EDTFObject = parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        return Moment(date(*first[:3]).isoformat(), date(*last[:3]).isoformat(), inferred)
    except ValueError:
        return None


def _year(month: int, day: str | None, told: date | None) -> int | None:
    """Return the year that puts a day and month nearest before publication, or a week after it at most."""
    if told is None:
        return None
    try:
        this_year = date(told.year, month, int(day) if day else 1)
    except ValueError:
        return told.year
    return told.year if this_year <= told + AHEAD else told.year - 1


def _relative(kind: str, match: re.Match[str], told: date) -> tuple[date, date]:
    if kind == "weekend":
        saturday = told - timedelta(days=(told.weekday() - 5) % 7)
        return saturday, saturday + timedelta(days=1)
    if kind == "weekday":
        return (_weekday(match, told),) * 2
    if kind == "relative":
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["relative"].lower(), 0)
        return (told + timedelta(days=shift),) * 2
    if kind == "period":
        return _period(match["which"].lower(), match["unit"].lower(), told)
    count = NUMBERS.get(match["count"].lower()) or int(match["count"])
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].lower()]
    middle, slack = told - timedelta(days=min(count * days, 300_000)), timedelta(days=days // 2)
    return middle - slack, middle + slack


def _weekday(match: re.Match[str], told: date) -> date:
    """Return that weekday on or before publication; "next" is the one after it."""
    back = (told.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    if match["next"] == "next":
        return told + timedelta(days=7 - back)
    return told - timedelta(days=back or (7 if match["next"] == "last" else 0))


def _period(which: str, unit: str, told: date) -> tuple[date, date]:
    """Return the week (from Monday), month or year that is meant; "this week" ends on the day of publication."""
    if unit == "week":
        first, last = told - timedelta(days=told.weekday()), told + timedelta(days=6 - told.weekday())
        shift = timedelta(days={"last": -7, "next": 7}.get(which, 0))
        first, last = first + shift, last + shift
    elif unit == "month":
        months = told.year * 12 + told.month - 1 + {"last": -1, "next": 1}.get(which, 0)
        first = date(months // 12, months % 12 + 1, 1)
        last = date((months + 1) // 12, (months + 1) % 12 + 1, 1) - timedelta(days=1)
    else:
        year = told.year + {"last": -1, "next": 1}.get(which, 0)
        first, last = date(year, 1, 1), date(year, 12, 31)
    if which in {"this", "earlier this"}:
        last = min(last, told)
    return first, last
