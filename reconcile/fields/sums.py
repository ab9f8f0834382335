"""Counts of one sentence in, what they come to together out: "10 foreigners and two locals", "a man and two women"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby

from reconcile.fields.counting import PERSONS
from reconcile.model import Claim, Field, Quantity, Span, content_id

JOINED = re.compile(r"\b(?:and|while|plus|with)\b|,")
LISTED = re.compile(r",? (?:and )?")
LONGEST = 70
"""Characters that may lie between two parts of a sum."""
ANYBODY = frozenset({"people", "person", "victim", "individual"})
"""Those counted as one of these may be the very ones that another figure counts."""
FURTHER = "other"
APART = frozenset({"part", "per"})
"""A figure of one of these scopes is no part of a sum."""


def add_sums(claim: Claim, fields: Sequence[Field], people: Collection[str]) -> list[Field]:
    """Return a count for each run of exact counts of one role that a sentence joins; a single person counts one beside another count.

    There is no sum where people are counted among the parts of whom the sentence does not say what befell them.

    `people` are the words for people.
    """
    listed = _in_lists(claim, fields, people)
    parts = sorted((field for field in listed if _adds(field)), key=lambda field: (field.role, field.span))
    unknown = [field for field in listed if field.kind == "count" and not field.role and field.subject in people]
    sums = []
    for _, same_role in groupby(parts, key=lambda field: field.role):
        for run in _runs(claim, list(same_role)):
            if len(run) > 1 and not any(run[0].span.end <= field.span.start < run[-1].span.start for field in unknown):
                sums.append(_sum(claim, run))
    return sums


def _in_lists(claim: Claim, fields: Sequence[Field], people: Collection[str]) -> list[Field]:
    """Give a count of people without a role that of the count right behind it: the adults in "2 adults, 2 children killed"."""
    ordered = sorted(fields, key=lambda field: (field.span, field.id))
    for i in range(len(ordered) - 2, -1, -1):
        field, following = ordered[i : i + 2]
        between = claim.text[field.span.end - claim.span.start : following.span.start - claim.span.start]
        lacks = field.kind == "count" and not field.role and field.subject in people
        if lacks and following.kind == "count" and following.role and LISTED.fullmatch(between):
            ordered[i] = replace(field, role=following.role, scope=following.scope, act=following.act, background=following.background)
    return ordered


def _adds(field: Field) -> bool:
    if field.kind == "target":
        return bool(field.role) and field.raw.split()[0].lower() in {"a", "an", "one", "another"}
    exact = isinstance(field.value, Quantity) and field.value.bound == "exact" and field.value.low == field.value.high
    return field.kind == "count" and bool(field.role) and exact and not APART & set(field.scope)


def _runs(claim: Claim, parts: Sequence[Field]) -> list[list[Field]]:
    """Cut the parts where the words between them do not join them, or where two count the same; of two at one place the first stays."""
    runs: list[list[Field]] = []
    for part in parts:
        if runs and part.span.overlaps(runs[-1][-1].span):
            if part.kind == "count" and runs[-1][-1].kind == "target":
                runs[-1][-1] = part
        elif runs and _joins(claim, runs[-1][-1], part) and all(_differ(part, other) for other in runs[-1]):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _joins(claim: Claim, a: Field, b: Field) -> bool:
    between = claim.text[a.span.end - claim.span.start : b.span.start - claim.span.start]
    return len(between) <= LONGEST and JOINED.search(between) is not None


def _differ(a: Field, b: Field) -> bool:
    """Return whether two parts count different people: other words for them, neither of them for any people, or another degree of harm."""
    if set(a.scope) ^ set(b.scope):
        return True
    if a.kind == b.kind == "target":
        return a.raw.lower() != b.raw.lower()
    words = {a.subject, b.subject}
    return len(words) == 2 and (FURTHER in words or not words & ANYBODY)


def _sum(claim: Claim, parts: Sequence[Field]) -> Field:
    first, last = parts[0], parts[-1]
    total = sum(part.value.low if isinstance(part.value, Quantity) else 1.0 for part in parts)
    span = Span(first.span.start, last.span.end)
    return Field(
        id=content_id(claim.id, "count", first.role, "sum", span.start, span.end, total),
        kind="count",
        span=span,
        raw=claim.text[span.start - claim.span.start : span.end - claim.span.start],
        value=Quantity(total, total, None, "exact"),
        role=first.role,
        subject=PERSONS,
        scope=(),
        act=first.act,
        background=any(part.background for part in parts),
    )
