"""Names: short forms, initials, accents and diminutives are one name; a clearly other given name is another person."""

from __future__ import annotations

import pytest

from compare.values import BARE, field, relate, scale
from reconcile.compare import compare_values
from reconcile.model import Name, Relation, Term
from reconcile.model import Relation as R


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Bill Marlow", "William Marlow", R.ALIAS),
        ("Ted Marlow", "Edward Marlow", R.ALIAS),
        ("Ted Marlow", "Theodore Marlow", R.ALIAS),
        ("Élodie Brézé", "Elodie Breze", R.ALIAS),
        ("Søren Łuczak", "Soren Luczak", R.ALIAS),
        ("Keller, Otto", "Otto Keller", R.ALIAS),
        ("President Otto Keller", "Keller", R.ALIAS),
        ("Otto P. Keller", "Otto Keller", R.ALIAS),
        ("O. P. Keller", "Otto Paul Keller", R.ALIAS),
        ("Otto Keller Jr.", "Otto Keller", R.ALIAS),
        ("Otto Keller Jr.", "Otto Keller Sr.", R.DISTINCT),
        ("Anna Brandt", "Ana Brandt", R.UNKNOWN),
        ("Mohamed Hadi", "Muhammad Hadi", R.UNKNOWN),
        ("Otto Keller", "Petra Keller", R.DISTINCT),
        ("Otto Keller", "P. Keller", R.DISTINCT),
        ("J Smith", "Smith Jones", R.UNKNOWN),
        ("Bo Bo Tan", "Bo Tan Lin", R.UNKNOWN),
        ("O.", "Otto Keller", R.UNKNOWN),
        ("0", "00", R.UNKNOWN),
        ("President", "Minister", R.UNKNOWN),
        ("", "Otto Keller", R.UNKNOWN),
    ],
)
def test_two_persons(a: str, b: str, expected: Relation) -> None:
    assert relate(Name(a), Name(b), raws=(f"<{a}>", f"<{b}>")) is expected


def test_the_same_words_are_the_same_and_other_words_for_one_name_an_alias() -> None:
    assert relate(Name("Otto Keller"), Name("Otto Keller"), raws=("Keller", "Keller")) is R.SAME
    assert relate(Name("Otto Keller"), Name("Otto Keller"), raws=("Otto Keller", "Mr Keller")) is R.ALIAS


def test_a_form_that_both_were_met_in_makes_them_one() -> None:
    assert relate(Name("Northern Grain Authority", ("the Authority", "NGA")), Name("nga"), kind="organisation") is R.ALIAS


def test_namesakes_are_a_matter_of_persons_only() -> None:
    assert relate(Name("Harbour Bank"), Name("Forest Bank"), kind="organisation") is R.UNKNOWN


def test_what_a_rule_calls_distinct_is_distinct_from_both_sides() -> None:
    rule = scale(Term("Coast Office", distinct=("Coast Guard",)), Term("Coast Guard"))
    assert relate(Name("Coast Office"), Name("Coast Guard"), rule, kind="organisation") is R.DISTINCT


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("U.N.", "United Nations", True),
        ("BfV", "Bureau for Vessels", False),
        ("NGO", "Norland Grain Office", True),
        ("X", "Xenon", False),
    ],
)
def test_acronyms(short: str, long: str, expected: bool) -> None:
    relation, _ = compare_values(field(Name(short), kind="organisation"), field(Name(long), kind="organisation"), BARE)
    assert (relation is R.ALIAS) is expected
