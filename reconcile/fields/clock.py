"""A claim in, its times of day out, as intervals of minutes after midnight."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconcile.fields.timing import timed_field
from reconcile.model import Article, Claim, Clock, Field, RuleSet, Span

ABOUT = r"(?P<about>(?:about|around|at about|at around|approximately|roughly|shortly (?:after|before)|just (?:after|before)|some time after)\s)?"
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
AFAR = r"(?!(?:\s?(?:to|-|–)\s?\d\d:\d\d)?\s?\(?(?:GMT|UTC|ET|EST|EDT|PT|PST)\b)"
"""A time in a named zone may be another place's than the event's, so it is not taken for the local one."""
HALF = r"(?P<half>[ap]\.m\.|[ap]\.?m\b)" + AFAR
RANGE = re.compile(
    rf"\b(?P<first>1[0-2]|0?[1-9])(?:[:.](?P<first_minute>[0-5]\d))?(?:\s?[-–]\s?|\s(?:to|and)\s)"
    rf"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?{HALF}",
    re.IGNORECASE,
)
TWELVE = re.compile(rf"(?<![\d:.])\b{ABOUT}(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?{HALF}", re.IGNORECASE)
CLOCKED = re.compile(
    rf"\b{ABOUT}(?P<hour>1[0-2]|[1-9])(?::(?P<minute>[0-5]\d))?(?:\s?o['’]clock)? (?P<half>in the (?:morning|afternoon|evening)|at night)\b"
)
"""An hour whose half of the day is told in words: "10 o'clock in the evening", "2 in the morning"."""
TWENTY_FOUR = re.compile(
    rf"(?<![\d:.])\b{ABOUT}(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b"
    r"(?!\s?[ap]\.?m|[:.]\d|%)" + AFAR,
    re.IGNORECASE,
)
TOLD = re.compile(r"\b(?:at|by|until|till|from|since|around|about|before|after|between|to)\s$", re.IGNORECASE)
"""A time like "9:30" is one only after such a word: verses, scores and running times look the same."""
HOUR_OFF = re.compile(
    r"\b(?:about )?(?P<count>an hour|half an hour|two hours) (?P<side>before|after) (?P<named>noon|midday|midnight)\b", re.IGNORECASE
)
NAMED = re.compile(rf"\b{ABOUT}(?P<named>noon|midday|midnight)\b", re.IGNORECASE)
PART = re.compile(
    rf"\b(?P<stress>late |early )?(?:(?:on )?{WEEKDAY} |in the (?:early |late )?|this |that )(?P<part>morning|afternoon|evening|night)\b"
    rf"|\b(?P<edge>late|early) (?:on )?{WEEKDAY}\b(?! (?:morning|afternoon|evening|night))"
    r"|\b(?P<over>overnight|tonight)\b"
    r"|\b(?P<small>in the (?:early|small) hours)\b"
    r"|\b(?P<sun>(?:at|before|around) (?:dawn|daybreak|sunrise|dusk|sunset))\b"
)
NAMES = {"noon": 720, "midday": 720, "midnight": 1440}
PARTS = {"morning": (300, 720), "afternoon": (720, 1080), "evening": (1020, 1320), "night": (1140, 1439)}
EDGES = {"early": (0, 540), "late": (1140, 1439)}
SUN = {"dawn": (240, 480), "daybreak": (240, 480), "sunrise": (270, 510), "dusk": (960, 1320), "sunset": (960, 1290)}
WITHIN_DAY = 1439


def extract_times(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return the times of day of a claim; a part of the day is a time only beside a day."""
    taken: list[tuple[int, int]] = []
    fields = []
    for start, end, clock in _times(claim.text):
        if any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        span = Span(claim.span.start + start, claim.span.start + end)
        if not any(token.span.overlaps(span) and token.entity in {"ORG", "WORK_OF_ART", "PERSON"} for token in claim.tokens):
            fields.append(timed_field(claim, article, rules, "time", span, clock))
    return fields


def _times(text: str) -> Iterator[tuple[int, int, Clock]]:
    for match in RANGE.finditer(text):
        last = _minute(match["hour"], match["minute"], match["half"])
        first = _minute(match["first"], match["first_minute"], match["half"])
        if first < last:
            yield match.start(), match.end(), Clock(first, last, "vague")
    for pattern in (TWELVE, CLOCKED):
        for match in pattern.finditer(text):
            yield (
                match.start(),
                match.end(),
                _clock(_minute(match["hour"], match["minute"], match["half"]), match["about"], match["minute"]),
            )
    for match in TWENTY_FOUR.finditer(text):
        if int(match["hour"]) > 12 or match["about"] or TOLD.search(text[max(0, match.start() - 9) : match.start()]):
            yield match.start(), match.end(), _clock(int(match["hour"]) * 60 + int(match["minute"]), match["about"], match["minute"])
    for match in HOUR_OFF.finditer(text):
        minutes = {"an hour": 60, "half an hour": 30, "two hours": 120}[match["count"].lower()]
        named = NAMES[match["named"].lower()]
        middle = (named + (minutes if match["side"].lower() == "after" else -minutes)) % (WITHIN_DAY + 1)
        yield match.start(), match.end(), Clock(max(0, middle - 15), min(WITHIN_DAY, middle + 15), "about")
    for match in NAMED.finditer(text):
        yield match.start(), match.end(), _clock(NAMES[match["named"].lower()], match["about"], None)
    for match in PART.finditer(text):
        yield match.start(), match.end(), _part(match)


def _minute(hour: str, minute: str | None, half: str) -> int:
    """Return the minute of the day; `half` is "a.m." or "p.m." or the words that say which half it is."""
    later = (
        half.lower().startswith("p") or half in {"in the afternoon", "in the evening"} or (half == "at night" and int(hour) in range(6, 12))
    )
    return (int(hour) % 12 + (12 if later else 0)) * 60 + int(minute or 0)


def _clock(minute: int, about: str | None, exact: str | None) -> Clock:
    """Widen a time by the words before it: ten minutes either way for "about", five when it gives minutes."""
    words = (about or "").lower()
    if "after" in words:
        minute %= WITHIN_DAY + 1
        return Clock(min(minute, WITHIN_DAY), min(minute + 30, WITHIN_DAY), "vague")
    if "before" in words:
        return Clock(max(minute - 30, 0), min(minute, WITHIN_DAY), "vague")
    slack = 0 if not words else 5 if exact else 10
    return Clock(max(min(minute, WITHIN_DAY) - slack, 0), min(minute + slack, WITHIN_DAY), "about" if words else "exact")


def _part(match: re.Match[str]) -> Clock:
    if match["small"]:
        return Clock(0, 360, "vague")
    if match["sun"]:
        before, word = match["sun"].split()
        low, high = SUN[word]
        return Clock(max(0, low - 180), high, "vague") if before == "before" else Clock(low, high, "vague")
    if match["over"]:
        return Clock(*(EDGES["early"] if match["over"] == "overnight" else PARTS["night"]), "vague")
    if match["edge"]:
        return Clock(*EDGES[match["edge"].lower()], "vague")
    low, high = PARTS[match["part"]]
    return Clock(low, high, "vague")
