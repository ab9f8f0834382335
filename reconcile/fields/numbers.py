"""A claim in, its figures out: counts with their role and subject, percentages and measures, money, ages."""

from __future__ import annotations

from reconcile.fields.amounts import read_age, read_measure, read_money, read_percent
from reconcile.fields.counting import add_sums, read_count
from reconcile.fields.number_words import find_numbers
from reconcile.model import Article, Claim, Field, RuleSet


def extract_numbers(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return the figures of a claim; numbers in dates, names and numbers of things ("Flight 370") are none."""
    tokens = claim.tokens
    fields: list[Field] = []
    for number in find_numbers(tokens):
        field = (
            read_money(claim, article, number)
            or read_age(claim, number)
            or read_percent(claim, article, number)
            or read_measure(claim, article, number)
            or read_count(claim, article, number, rules)
        )
        if field is not None:
            fields.append(field)
    return [*fields, *add_sums(claim, fields)]
