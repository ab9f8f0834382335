"""Labels found in sentences of our own: the right label, its polarity, what it is said of, and what must not be found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconcile.fields.vocabulary import extract_labels
from reconcile.model import Article, BlockKind, Certainty, Claim, Field, Label, Rule, RuleSet, Span, Speaker, Term


def rule(rule_id: str, field: str, **words: list[str]) -> Rule:
    terms = tuple(Term(label, tuple(patterns)) for label, patterns in words.items())
    return Rule(rule_id, field, "", (), terms=terms)


RULES = RuleSet(
    (
        rule(
            "departure",
            "legal_manner",
            mutual=["mutual agreement"],
            png=["persona non grata"],
            asked=["ask .. to leave"],
            expelled=["expel", "expulsion"],
        ),
        rule("vehicle", "object", car=["car bomb", "ram .. car"], truck=["truck", "ram .. truck"]),
        rule("stage", "action", attempted=["attempt|try to"]),
        rule("people", "status", babies=["carry .. baby"]),
        rule("money", "count", many=["many"]),
        rule("certainty", "modality", planned=["plan"]),
        replace(rule("titles", "title", professor=["professor"]), role="person"),
        rule("words.acts", "action", expel=["expel"]),
        rule("damage", "status", destroyed=["destroy"]),
        rule("terms", "modality", conditional=["depend on"]),
    ),
    "test",
)


def read(parser, text: str) -> list[Field]:
    article = Article("a", "a", text, "A")
    tokens = parser.parse([text])[0]
    claim = Claim("c", "a", Span(0, len(text)), text, BlockKind.PARAGRAPH, 0, Speaker("A", "outlet"), Certainty.ASSERTED, "+", tokens)
    fields = extract_labels(claim, article, RULES)
    assert all(field.span.of(text) == field.raw for field in fields)
    return fields


def labels(fields: list[Field]) -> list[tuple[str, bool]]:
    return [(field.value.label, field.value.negated) for field in fields if isinstance(field.value, Label)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys left by mutual agreement.", [("mutual", False)]),
        ("They left by mutual agreement rather than as persona non grata.", [("mutual", False), ("png", True)]),
        ("The consul was not expelled.", [("expelled", True)]),
        ("No consul was expelled.", [("expelled", True)]),
        ("The minister denied that the consul was expelled.", [("expelled", True)]),
        ("The consul was not only expelled but banned.", [("expelled", False)]),
        ("The two attachés were asked to leave.", [("asked", False)]),
        ("The consul left without expulsion.", [("expelled", True)]),
    ],
)
def test_polarity(parser, text, expected):
    assert labels(read(parser, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Officials asked whether the consul was expelled.",
        "The consul would be expelled if he stayed.",
        "Police looked into whether a second car bomb was used.",
        "A second car bomb was found.",
        "He vowed to destroy the bridge.",
        "They were sent on a mission to destroy the bridge.",
        "Members of the Truck Drivers Union met in Oslo.",
        "The firm plans a sale.",
        "Professor Anna Brandt spoke to many people.",
    ],
)
def test_not_found(parser, text):
    assert labels(read(parser, text)) == []


@pytest.mark.parametrize(
    ("text", "subject", "act"),
    [
        ("Norland expelled the consul.", "consul", "expel"),
        ("The consul was expelled.", "consul", "expel"),
        ("The expulsion of the envoys began.", "envoy", "begin"),
        ("Most of the women were carrying babies.", "woman", "carry"),
        ("The gunmen tried to seize the banker.", "seize", "try"),
        ("The offer depends on the sale.", "offer", "depend"),
        ("He was expelled.", "", "expel"),
    ],
)
def test_subject_and_act(parser, text, subject, act):
    (field,) = read(parser, text)
    assert (field.subject, field.act) == (subject, act)


def test_phrase_is_tight(parser):
    (field,) = read(parser, "A bomber rammed a blue car into the gate of the embassy on Monday night.")
    assert field.raw == "rammed a blue car"


def test_background(parser):
    (field,) = read(parser, "Norland expelled the consul last year.")
    assert field.background


def test_names_of_a_condition_are_its_scope(parser):
    (field,) = read(parser, "The offer depends on the purchase of Norwind Ltd.")
    assert "norwind" in field.scope


def test_ids_are_stable(parser):
    text = "Norland expelled the consul."
    assert read(parser, text) == read(parser, text)
