"""Versions of one article and their claims in, what changed between them out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment

from reconcile.model import Change, Claim, EarlierVersion, Evidence

REWORDED = 60.0
"""Likeness (0 to 100) from which a claim of the newer version is an earlier one put differently."""


def find_changes(versions: Sequence[EarlierVersion], before: Sequence[Claim], after: Sequence[Claim]) -> tuple[EarlierVersion, ...]:
    """Fill in what changed since each earlier version; `before` are the claims of the earlier ones, `after` those of the compared ones."""
    earlier, compared = _by_article(before), _by_article(after)
    return tuple(
        version if version.same_text else replace(version, changes=_changes(earlier[version.earlier.id], compared[version.article]))
        for version in versions
    )


def _by_article(claims: Sequence[Claim]) -> Mapping[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.order):
        found[claim.article].append(claim)
    return found


def _changes(before: Sequence[Claim], after: Sequence[Claim]) -> tuple[Change, ...]:
    """Pair what was reworded, and list what was dropped or added, in the order of the newer text; what was dropped comes last."""
    old, new = _without(before, after), _without(after, before)
    pairs = _reworded(old, new)
    found = [Change(_evidence(old[pairs[i]]) if i in pairs else None, _evidence(claim)) for i, claim in enumerate(new)]
    return (*found, *(Change(_evidence(claim), None) for i, claim in enumerate(old) if i not in pairs.values()))


def _without(claims: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """Return the claims that do not stand in the other version, each as often as it lacks there."""
    there = Counter(_words(claim) for claim in others)
    left = []
    for claim in claims:
        if there[_words(claim)] > 0:
            there[_words(claim)] -= 1
        else:
            left.append(claim)
    return left


def _words(claim: Claim) -> str:
    return " ".join(claim.text.split())


def _reworded(old: Sequence[Claim], new: Sequence[Claim]) -> dict[int, int]:
    """Return for the new claims which old one each puts differently, so that the pairs are most alike in all."""
    if not old or not new:
        return {}
    alike = np.asarray(process.cdist([_words(c) for c in new], [_words(c) for c in old], scorer=fuzz.ratio))
    rows, columns = linear_sum_assignment(-alike)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if alike[i, j] >= REWORDED}


def _evidence(claim: Claim) -> Evidence:
    return Evidence(claim.article, claim.id, claim.span, claim.text)
