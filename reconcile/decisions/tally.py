"""The log in; how often the findings of each rule were confirmed or dismissed, and why, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reconcile.decisions.entries import Entry
from reconcile.decisions.ledger import Ledger
from reconcile.decisions.matching import Matcher
from reconcile.decisions.overlay import standing_of
from reconcile.model import DismissalReason, Standing, State


@dataclass(frozen=True, slots=True)
class RuleTally:
    """What editors made of the findings of one rule."""

    rule: str
    confirmed: int
    dismissed: int
    disputed: int
    reasons: Mapping[DismissalReason, int]
    """How many findings were dismissed for each reason; one finding may have several."""

    @property
    def decided(self) -> int:
        """Return how many findings of the rule were decided."""
        return self.confirmed + self.dismissed + self.disputed


def tally(entries: Iterable[Entry]) -> tuple[RuleTally, ...]:
    """Count each finding once, in however many reports it was met; the rule most often dismissed comes first."""
    standings: defaultdict[str, list[Standing]] = defaultdict(list)
    for about in _findings(Ledger(entries).holding()):
        if about[0].subject and (standing := standing_of(about)).state is not State.OPEN:
            standings[about[0].subject.rule].append(standing)
    rows = [_row(rule, those) for rule, those in standings.items()]
    return tuple(sorted(rows, key=lambda row: (-row.dismissed, -row.disputed, row.rule)))


def _findings(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    """Put together the entries about one finding, which may have grown from one report to the next."""
    matcher, groups = Matcher({}), dict[str, list[Entry]]()
    for entry in entries:
        if entry.subject is None:
            continue
        name = next(iter(matcher.find(entry.subject)), entry.subject.key)
        if name not in groups:
            groups[name] = []
            matcher.add(name, entry.subject)
        groups[name].append(entry)
    return groups.values()


def _row(rule: str, standings: list[Standing]) -> RuleTally:
    states = Counter(standing.state for standing in standings)
    reasons = Counter(
        reason for standing in standings for reason in {decision.reason for decision in standing.decisions if decision.reason}
    )
    ordered = {reason: reasons[reason] for reason in sorted(reasons, key=lambda reason: (-reasons[reason], reason))}
    return RuleTally(rule, states[State.CONFIRMED], states[State.DISMISSED], states[State.DISPUTED], ordered)
