from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from ferry import make_article, make_claims, make_report
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from reconcile.model import FIELD_KINDS, Clock, Field, Label, Moment, Name, Place, Quantity, Relation, RemovalReason, Report, Span, Verdict
from reconcile.report.json import dump, render_json, schema_text, value_object


@pytest.fixture
def validator() -> Draft202012Validator:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_report_json_follows_its_schema(report, validator):
    validator.validate(json.loads(render_json(report)))


def test_an_empty_report_follows_the_schema(validator):
    validator.validate(json.loads(render_json(make_report([], []))))


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("run",),
        ("articles", 0),
        ("claims", 0),
        ("findings", 0),
        ("findings", 0, "sides", 0),
        ("rejected", 0),
        ("records", 0),
        ("records", 0, "entries", 0),
        ("records", 0, "entries", 0, "versions", 0),
    ],
)
def test_the_schema_knows_no_other_keys(report, validator, path):
    value = json.loads(render_json(report))
    inner = value
    for step in path:
        inner = inner[step]
    inner["extra"] = 1
    with pytest.raises(ValidationError):
        validator.validate(value)


def test_the_schema_names_what_the_model_names():
    defs = json.loads(schema_text())["$defs"]
    assert defs["kind"]["enum"] == list(FIELD_KINDS)
    assert defs["comparison"]["properties"]["relation"]["enum"] == [r.value for r in Relation]
    assert defs["comparison"]["properties"]["verdict"]["enum"] == [v.value for v in Verdict]
    assert defs["removed"]["properties"]["reason"]["enum"] == [r.value for r in RemovalReason]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Quantity(12, float("inf"), None, "at_least"), {"type": "quantity", "low": 12, "high": None, "unit": None, "bound": "at_least"}),
        (Quantity(1.5, 1.5, "USD"), {"type": "quantity", "low": 1.5, "high": 1.5, "unit": "USD", "bound": "exact"}),
        (Moment("2026-03-01", "2026-03-31"), {"type": "moment", "earliest": "2026-03-01", "latest": "2026-03-31", "inferred": False}),
        (Clock(285, 315, "about"), {"type": "clock", "low": 285, "high": 315, "bound": "about"}),
        (Place(("pier", "norhaven")), {"type": "place", "path": ["pier", "norhaven"]}),
        (Name("Odd Lunde", ("Lunde",)), {"type": "name", "name": "Odd Lunde", "forms": ["Lunde"]}),
        (Label("act.stage", "attempted", True), {"type": "label", "rule": "act.stage", "label": "attempted", "negated": True}),
    ],
)
def test_each_value_says_its_type(value, expected, validator):
    assert value_object(value) == expected
    assert list(value_object(value)) == list(expected)
    article = make_article("post", "12 people")
    (claim,) = make_claims(article)
    field = Field("f", "count", Span(0, 2), "12", value)
    validator.validate(json.loads(render_json(make_report([article], [replace(claim, fields=(field,))]))))


def test_every_quote_is_the_exact_substring(report):
    texts = {article.id: article.text for article in report.articles}
    value = json.loads(render_json(report))
    passages = [part for finding in value["findings"] + value["rejected"] for side in finding["sides"] for part in side["evidence"]]
    passages += [c[side] for finding in value["findings"] + value["rejected"] for c in finding["comparisons"] for side in "ab"]
    passages += [part for record in value["records"] for entry in record["entries"] for v in entry["versions"] for part in v["evidence"]]
    assert passages
    for part in passages:
        assert texts[part["article"]][part["start"] : part["end"]] == part["quote"]
    for claim in value["claims"]:
        assert texts[claim["article"]][claim["start"] : claim["end"]] == claim["text"]


def test_comparisons_and_reasons_are_there(report):
    value = json.loads(render_json(report))
    (comparison,) = value["findings"][0]["comparisons"]
    assert list(comparison) == ["rule", "relation", "reason", "verdict", "confidence", "a", "b"]
    assert comparison["a"]["article"] == "post"
    assert comparison["b"]["quote"] == "Six passengers"
    assert value["rejected"][0]["why"] == "one is a time, the other a price"
    assert "why" not in value["findings"][0]
    assert value["problems"][1] == {"path": "in/x.jsonl", "line": 3, "message": "is not JSON"}


def test_a_record_gives_each_entry_with_all_versions_and_their_words(report):
    (record,) = json.loads(render_json(report))["records"]
    assert list(record) == ["event", "entries"]
    assert record["event"] == "E1"
    injured, place, captain = record["entries"]
    assert list(injured) == ["slot", "value", "ages", "versions"]
    assert (injured["slot"], injured["value"], injured["ages"]) == ("injured", "9", [])
    assert [(version["value"], [part["quote"] for part in version["evidence"]]) for version in injured["versions"]] == [
        ("9", ["Nine people"]),
        ("6", ["Six passengers"]),
    ]
    assert (place["value"], captain["value"], captain["ages"]) == ("norhaven", "Odd Lunde", ["51", "15"])


@pytest.mark.parametrize(("key", "value"), [("slot", "weather"), ("versions", []), ("value", 9), ("ages", [51])])
def test_the_schema_knows_what_an_entry_holds(report, validator, key, value):
    found = json.loads(render_json(report))
    found["records"][0]["entries"][0][key] = value
    with pytest.raises(ValidationError):
        validator.validate(found)


def test_the_text_is_deterministic_plain_and_ends_in_a_newline(report):
    article = make_article("post", "Størst “quote”")
    made = make_report([article], make_claims(article), options={"b": Path("x"), "a": {2, 1}})
    text = render_json(made)
    assert text == render_json(replace(made, options={"a": {1, 2}, "b": Path("x")}))
    assert "Størst “quote”" in text
    assert text.endswith("}\n")
    assert json.loads(text)["run"]["options"] == {"a": ["1", "2"], "b": "x"}
    assert render_json(report) == render_json(report)


def test_a_lone_surrogate_survives_as_an_escape():
    article = make_article("post", "broken \ud800 text")
    text = render_json(make_report([article], make_claims(article)))
    text.encode("utf-8")
    assert json.loads(text)["claims"][0]["text"] == "broken \ud800 text"


def test_a_claim_without_an_event_has_null(report: Report):
    claims = tuple(replace(claim, event="") for claim in report.claims)
    assert {claim["event"] for claim in json.loads(render_json(replace(report, claims=claims)))["claims"]} == {None}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_json_is_written_as_the_standard_library_writes_it(value):
    assert dump(value) == json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


@pytest.mark.parametrize("value", [float("nan"), {"a": [float("inf")]}])
def test_what_json_has_no_word_for_is_no_json(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump(value)
