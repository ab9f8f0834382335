"""Subjects of decisions and the findings of a report in, which belongs to which out.

A decision holds for a finding of the same rule that has as many versions, each of which shares a passage with a version decided upon: so it
survives a new run, a renamed file, an article that joins a version or leaves it. It does not hold where a version was added or lost, since
the editor has not seen that, nor for an agreement of which only one article is left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from reconcile.decisions.entries import Passage, Subject

AGREEING: Final = 2
"""Passages that an agreement must share: one alone agrees with nothing."""

Mark = tuple[str, str, int, str]


class Matcher:
    """The subjects of a report, ready to be asked which of them a decision is about."""

    def __init__(self, subjects: Mapping[str, Subject]) -> None:
        self._subjects: dict[str, Subject] = {}
        self._places: defaultdict[Mark, list[tuple[str, int]]] = defaultdict(list)
        self._found: dict[str, tuple[str, ...]] = {}
        for name, subject in subjects.items():
            self.add(name, subject)

    def add(self, name: str, subject: Subject) -> None:
        """Take in a subject under a name of its own."""
        self._subjects[name] = subject
        self._found.clear()
        for place, side in enumerate(subject.sides):
            for passage in side.passages:
                self._places[_mark(subject, passage)].append((name, place))

    def find(self, subject: Subject) -> tuple[str, ...]:
        """Return the names of the subjects that a decision on this one holds for."""
        key = subject.key
        if key not in self._found:
            self._found[key] = tuple(sorted(self._holding(subject)))
        return self._found[key]

    def _holding(self, subject: Subject) -> Iterator[str]:
        shared = [self._shared(subject, place) for place in range(len(subject.sides))]
        for name in {name for name, _ in shared[0]}:
            if self._fits(name, subject, shared):
                yield name

    def _shared(self, subject: Subject, side: int) -> Counter[tuple[str, int]]:
        """Count the passages that a version decided upon has in common with each version of each finding."""
        return Counter(place for passage in set(subject.sides[side].passages) for place in self._places.get(_mark(subject, passage), ()))

    def _fits(self, name: str, subject: Subject, shared: list[Counter[tuple[str, int]]]) -> bool:
        other = self._subjects[name]
        if other.outcome != subject.outcome or len(other.sides) != len(subject.sides):
            return False
        if len(other.sides) == 1:
            needed = AGREEING if subject.outcome == "agreement" else 1
            return shared[0][name, 0] >= min(needed, len(set(subject.sides[0].passages)))
        best = [max(range(len(other.sides)), key=lambda place: counts[name, place]) for counts in shared]
        return len(set(best)) == len(best) and all(counts[name, place] for counts, place in zip(shared, best, strict=True))


def _mark(subject: Subject, passage: Passage) -> Mark:
    return f"{subject.rule}\x1f{subject.field}", passage.sentence, passage.start, passage.quote
