"""What editors decided: a log of entries in; what each finding stands at, what is stale, and how often rules were right out."""

from reconcile.decisions.entries import Alias, Entry, Passage, Subject, SubjectSide, new_id, subjects_of
from reconcile.decisions.ledger import Ledger
from reconcile.decisions.overlay import lay_over, standing_of
from reconcile.decisions.tally import RuleTally, tally

__all__ = [
    "Alias",
    "Entry",
    "Ledger",
    "Passage",
    "RuleTally",
    "Subject",
    "SubjectSide",
    "lay_over",
    "new_id",
    "standing_of",
    "subjects_of",
    "tally",
]
