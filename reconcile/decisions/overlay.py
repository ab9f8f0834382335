"""A report.json and the log in, the decisions to lay over it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reconcile.decisions.entries import VERDICTS, Entry, Json, Subject, subjects_of
from reconcile.decisions.ledger import Ledger
from reconcile.decisions.matching import Matcher
from reconcile.model import Act, Decision, DismissalReason, Overlay, StaleStanding, Standing, State


def lay_over(report: Json, entries: Iterable[Entry]) -> Overlay:
    """Find for each finding what was decided about it, and keep what no finding answers to as stale."""
    matcher = Matcher(subjects_of(report))
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    lost: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in Ledger(entries).holding():
        assert entry.subject is not None
        names = matcher.find(entry.subject)
        for name in names:
            found[name].append(entry)
        if not names:
            lost[entry.subject.key].append(entry)
    stale = (stale_of(those[0].subject, those) for those in lost.values() if those[0].subject)
    return Overlay({name: standing_of(those) for name, those in found.items()}, tuple(one for one in stale if one))


def stale_of(subject: Subject, entries: Sequence[Entry]) -> StaleStanding | None:
    """Return what was decided about a finding that is gone, or None where nothing holds."""
    standing = standing_of(entries)
    if standing == Standing(State.OPEN):
        return None
    return StaleStanding(subject.point, subject.rule, tuple(side.passages[0].quote for side in subject.sides), standing)


def standing_of(entries: Iterable[Entry]) -> Standing:
    """Return what a finding stands at after the entries about it that hold, in their order."""
    latest: dict[str, Entry] = {}
    assigned, notes = "", []
    for entry in entries:
        if entry.act in VERDICTS:
            latest.pop(entry.editor, None)
            latest[entry.editor] = entry
        elif entry.act is Act.ASSIGN:
            assigned = entry.words
        else:
            notes.append(_decision(entry))
    verdicts = [entry for entry in latest.values() if entry.act is not Act.REOPEN]
    return Standing(_state(verdicts), tuple(map(_decision, verdicts)), assigned, tuple(notes))


def _state(verdicts: Iterable[Entry]) -> State:
    confirmed = {entry.act is Act.CONFIRM for entry in verdicts}
    if len(confirmed) == 2:
        return State.DISPUTED
    return State.OPEN if not confirmed else State.CONFIRMED if confirmed.pop() else State.DISMISSED


def _decision(entry: Entry) -> Decision:
    words = entry.words
    if entry.alias and not words:
        words = f'"{entry.alias.words}" means {entry.alias.label.replace("_", " ")}'
    return Decision(entry.editor, entry.at, entry.act, DismissalReason(entry.reason) if entry.reason else None, words)
