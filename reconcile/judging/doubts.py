"""Two values that differ in, the reason out why the difference need be no disagreement, or nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import permutations

from reconcile import syntax
from reconcile.judging.acts import LIGHT, VERY_NEAR
from reconcile.judging.ages import age_doubt
from reconcile.judging.denials import denial_doubt
from reconcile.judging.figures import only_one, says_both
from reconcile.judging.firmness import CERTAINTY, firmness_doubt
from reconcile.judging.ground import Entry, Ground, under_head
from reconcile.judging.tolls import toll_doubt
from reconcile.model import Claim, Label, Moment, Quantity

DONE = frozenset({"status", "action", "legal_manner"})
"""Kinds of label that tell what somebody did."""
WEEKS = timedelta(days=14)
"""Time between two reports after which a figure without a role may simply have changed."""
OPENS = 4
"""Characters that may stand before the date that a line of a list of days begins with."""
OCCASION = re.compile(
    r"\b(meeting|summit|visit|trip|speech|interview|rally|debate|hearing|briefing|phone call|conference|dinner|ceremony|election|vote)s?"
    r" (?:on )?$",
    re.IGNORECASE,
)
"""Words for an occasion that a date right behind them may be of."""
SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
SEASON_SLACK = timedelta(days=31)
"""Days by which a date may lie outside the three months of a season and still be said to be in it."""
RELATIVE = re.compile(r"\s+(?:later|earlier|before|after)\b", re.IGNORECASE)
"""Words by which a time is counted from another."""
SINCE = re.compile(r"\bsince\b", re.IGNORECASE)


def find_doubt(a: Entry, b: Entry, ground: Ground) -> str:
    """Return why two values that differ may both be right, or the empty string."""
    if a.rule.field == "count" and a.rule.role:
        return toll_doubt(a, b, ground)
    if a.rule.field == "age":
        return age_doubt(a, b, ground)
    if a.rule.field in {"count", "money", "quantity"}:
        return _loose_doubt(a, b, ground)
    if a.rule.field == "date" and a.claim.article == b.claim.article:
        return _parallel_doubt(a, b)
    if a.rule.field == "date" and any(SEASON.search(entry.field.raw) for entry in (a, b)) and _days_apart(a, b) <= SEASON_SLACK:
        return "a season has no fixed first and last day"
    if a.rule.field == "date" and any(_is_of_noun(entry) for entry in (a, b)):
        return "the date may be that of something else in its sentence"
    if a.rule.field == "place":
        return _several_doubt(a, b, ground)
    if isinstance(a.field.value, Label) and a.rule.id != CERTAINTY and (reason := denial_doubt(a, b, ground)):
        return reason
    if _denied_elsewhere(a, b, ground):
        return "one article says the one of this and denies the other of that"
    if a.rule.field in DONE and _doers_differ(a, b):
        return "they are done by different bodies"
    if a.rule.id == CERTAINTY:
        return firmness_doubt(a, b)
    return ""


def _is_of_noun(entry: Entry) -> bool:
    """Return whether a date follows straight on a word for another occasion than the act: "defended it after a meeting last week"."""
    before = entry.claim.text[: entry.field.span.start - entry.claim.span.start]
    found = OCCASION.search(before)
    return found is not None and found[1].lower() != entry.field.act


def _days_apart(a: Entry, b: Entry) -> timedelta:
    """Return the time between two dates; none where one of them has no days."""
    values = [entry.field.value for entry in (a, b)]
    spans = [value.days for value in values if isinstance(value, Moment) and value.days]
    return max((y[0] - x[1] for x, y in permutations(spans, 2)), default=timedelta(0)) if len(spans) > 1 else timedelta(0)


def _loose_doubt(a: Entry, b: Entry, ground: Ground) -> str:
    """Figures without a role: of one time, of one reckoning, and by one hand."""
    times = [ground.articles[entry.claim.article].instant for entry in (a, b)]
    if times[0] and times[1] and abs(times[0] - times[1]) > WEEKS:
        return "the reports lie weeks apart"
    if (SINCE.search(a.claim.text) is None) != (SINCE.search(b.claim.text) is None) and a.rule.field == "count":
        return "one is counted up since a day, the other is not"
    within = a.claim.article == b.claim.article
    if (not within and (ground.knows(a, b) or ground.knows(b, a))) or (within and not under_head(a.claim, b.claim)):
        return "one article gives both figures"
    if a.rule.field == "money" and _agents_differ(a, b):
        return "they are of different givers"
    if a.rule.field == "count" and (_adds_to(a, b) or _adds_to(b, a)):
        return "one is a part of the other"
    if a.rule.field != "money" and _doers_swapped(a, b):
        return "they are done by different people"
    if any(RELATIVE.match(_after(entry)) for entry in (a, b)) and ground.likeness(a.claim.id, b.claim.id) < VERY_NEAR:
        return "they need not be counted from one moment"
    return ""


def _adds_to(part: Entry, whole: Entry) -> bool:
    """Return whether a figure and another of its sentence, joined by "and", come to the figure of the other claim."""
    first, total = part.field.value, whole.field.value
    if not (isinstance(first, Quantity) and isinstance(total, Quantity)):
        return False
    others = (field.value for field in part.claim.fields if field.kind == "count" and not field.span.overlaps(part.field.span))
    return any(isinstance(other, Quantity) and other.low > 0 and first.low + other.low == total.low for other in others)


def _after(entry: Entry) -> str:
    return entry.claim.text[entry.field.span.end - entry.claim.span.start :]


def _doers_swapped(a: Entry, b: Entry) -> bool:
    """Return whether two figures are of one act by two doers, each of whom both claims speak of."""
    first, second = _agent(a), _agent(b)
    both = _words(a.claim) & _words(b.claim)
    return bool(first and second) and first != second and {first, second} <= both


def _several_doubt(a: Entry, b: Entry, ground: Ground) -> str:
    """Places: told by two articles, and each the only one of its claim."""
    if a.claim.article == b.claim.article or says_both(a, b) or not all(only_one(entry, ground) for entry in (a, b)):
        return "the act may have had more than one place"
    return ""


def _agents_differ(a: Entry, b: Entry) -> bool:
    """Return whether two sums have different nouns for who does the one act that both tell of."""
    first, second = _agent(a), _agent(b)
    if not (first and second) or a.field.act != b.field.act:
        return False
    return not any(name in _words(entry.claim) for name, entry in ((first, b), (second, a)))


def _agent(entry: Entry) -> str:
    tokens = entry.claim.tokens
    verbs = [i for i, token in enumerate(tokens) if token.lemma == entry.field.act and token.pos == "VERB"]
    subjects = [i for i, token in enumerate(tokens) if token.dep == "nsubj" and token.head in verbs]
    meant = (tokens[i].head if tokens[i].tag in {"WDT", "WP"} else i for i in subjects)
    nouns = (tokens[tokens[i].head] if tokens[i].dep == "relcl" else tokens[i] for i in meant)
    found = (token.text for token in nouns if token.pos in {"NOUN", "PROPN"})
    return next((name for name in found if name.lower() != entry.field.subject), "")


def _denied_elsewhere(a: Entry, b: Entry, ground: Ground) -> bool:
    """Return whether one article denies a label in a claim that is not near the one that states it."""
    labels = [entry.field.value for entry in (a, b) if isinstance(entry.field.value, Label)]
    denied = len(labels) == 2 and labels[0].negated != labels[1].negated
    return denied and a.claim.article == b.claim.article and not ground.near(a.claim, b.claim)


def _doers_differ(a: Entry, b: Entry) -> bool:
    """Return whether two labels are of what different bodies or people did, by name: the House passed it narrowly, the Senate clearly."""
    first, second = _named_doers(a), _named_doers(b)
    return bool(first and second) and not first & second


def _named_doers(entry: Entry) -> set[str]:
    """Return the names of bodies in the subject of the verb of a label; a country goes by many names, its capital's among them."""
    tokens, span = entry.claim.tokens, entry.field.span
    verbs = [i for i, token in enumerate(tokens) if token.pos == "VERB" and (token.span.overlaps(span) or token.lemma == entry.field.act)]
    subjects = {subject for verb in verbs if (subject := syntax.subject_of(tokens, verb)) is not None and tokens[subject].dep == "nsubj"}
    return {tokens[j].text.lower() for i in subjects for j in syntax.subtree(tokens, i) if tokens[j].entity == "ORG"}


def _words(claim: Claim) -> set[str]:
    return {token.text for token in claim.tokens}


def _parallel_doubt(a: Entry, b: Entry) -> str:
    """Two dates in one article are of one thing only where its sentences say the same of the same."""
    if not a.field.subject or a.field.subject != b.field.subject or a.field.act in LIGHT:
        return "they are said of different things"
    if all(entry.field.span.start - entry.claim.span.start < OPENS for entry in (a, b)):
        return "the two sentences are items of a list"
    first, second = ({field.value for field in entry.claim.fields if field.kind == "count"} for entry in (a, b))
    return "the two sentences are items of a list" if first and second and not first & second else ""
