"""Claims in, the same claims with their typed values out: one extractor per kind of value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reconcile.fields.blasts import extract_blasts
from reconcile.fields.clock import extract_times
from reconcile.fields.dates import extract_dates
from reconcile.fields.deadlines import extract_deadlines
from reconcile.fields.forces import extract_forces
from reconcile.fields.modality import extract_modality
from reconcile.fields.names import extract_names
from reconcile.fields.numbers import extract_numbers
from reconcile.fields.places import extract_places
from reconcile.fields.quotations import extract_quotations
from reconcile.fields.share_moves import extract_share_moves
from reconcile.fields.shares import extract_shares
from reconcile.fields.vocabulary import extract_labels
from reconcile.model import Article, Claim, Field, RuleSet

Extractor = Callable[[Claim, Article, RuleSet], list[Field]]

EXTRACTORS: dict[str, Extractor] = {
    "numbers": extract_numbers,
    "dates": extract_dates,
    "times": extract_times,
    "places": extract_places,
    "names": extract_names,
    "vocabulary": extract_labels,
    "modality": extract_modality,
    "quotations": extract_quotations,
    "shares": extract_shares,
    "blasts": extract_blasts,
    "forces": extract_forces,
    "deadlines": extract_deadlines,
    "share moves": extract_share_moves,
}


def extract_fields(claims: Sequence[Claim], articles: Sequence[Article], rules: RuleSet) -> tuple[Claim, ...]:
    """Return the claims with all values that the extractors find, in order of their place in the text."""
    by_id = {article.id: article for article in articles}
    return tuple(replace(claim, fields=_fields(claim, by_id[claim.article], rules)) for claim in claims)


def _fields(claim: Claim, article: Article, rules: RuleSet) -> tuple[Field, ...]:
    found = {field.id: field for extract in EXTRACTORS.values() for field in extract(claim, article, rules)}
    return tuple(sorted(found.values(), key=lambda field: (field.span, field.kind, field.role, field.id)))
