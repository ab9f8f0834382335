"""Two claims with what the models said of them in, the reasons why they were or were not taken for one fact out, in plain text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from tabulate import tabulate

from reconcile.model import Claim, Judged, PairExplanation
from reconcile.report.wording import counted, visible

STRONGEST: Final = 12
"""Features listed; the rest is summed up."""
BORROWED: Final = "names borrowed"
"""The feature that tells of names taken over from an earlier sentence."""


def render_pair(pair: PairExplanation, sources: Mapping[str, str]) -> str:
    """Explain a pair, feature by feature."""
    return "\n".join(_lines(pair, sources)) + "\n"


def _lines(pair: PairExplanation, sources: Mapping[str, str]) -> Iterator[str]:
    for claim in (pair.a, pair.b):
        yield _claim(claim, sources)
    yield ""
    yield _verdict(pair)
    yield from ("", "One event?", *_judged(pair.one_event, "The two articles were never compared: no index brought them together."))
    yield from ("", "One fact?", *_judged(pair.one_fact, "Not asked: the two claims belong to different events."))
    yield from ("", f"How closely the words agree: {pair.likeness:.2f} of 1")


def _claim(claim: Claim, sources: Mapping[str, str]) -> str:
    place = f"{sources.get(claim.article) or claim.article} [{claim.span.start}–{claim.span.end}]"
    return f'{visible(place)}: "{visible(claim.text)}"'


def _verdict(pair: PairExplanation) -> str:
    if pair.a.event != pair.b.event:
        return f"The two claims belong to different events ({pair.a.event}, {pair.b.event}) and were never set against each other."
    if pair.clustered:
        return "The two claims were taken for one fact."
    return "The two claims were not taken for one fact; single values in them may still have been compared."


def _likely(probability: float) -> str:
    if probability > 0.99:
        return "More than 99% likely"
    return "Less than 1% likely" if probability < 0.01 else f"{probability:.0%} likely"


def _judged(judged: Judged | None, otherwise: str) -> Iterator[str]:
    if judged is None:
        yield otherwise
        return
    yield f"{_likely(judged.probability)}. For (+) and against (−), in log-odds; before any feature {judged.start:+.2f}:"
    told = [part for part in judged.parts if part[2]]
    rows = [(name, "not known" if math.isnan(value) else f"{value:.3g}", f"{added:+.2f}") for name, value, added in told[:STRONGEST]]
    if rest := told[STRONGEST:]:
        rows.append((f"{counted(len(rest), 'other feature')}", "", f"{sum(added for _, _, added in rest):+.2f}"))
    if any(name == BORROWED and value for name, value, _ in judged.parts):
        yield "A pronoun or a noun such as “the officials” was taken to mean the names before it, by a small rule: less sure."
    yield tabulate(
        rows, headers=("feature", "value", "adds"), tablefmt="simple", disable_numparse=True, colalign=("left", "right", "right")
    )
