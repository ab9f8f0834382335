"""All extractors together: a claim's fields come in order of place, with stable ids and exact words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.fields import EXTRACTORS, extract_fields
from reconcile.model import FIELD_KINDS, Article, BlockKind, Certainty, Claim, Span, Speaker
from reconcile.rules import load_rules

SENTENCE = "Ana Brandt, 67, said on Tuesday that 12 people were killed and 30 injured at 5:10 a.m. in Ohio."
RULES = load_rules()


def make(parser, text: str, name: str = "a") -> tuple[Article, Claim]:
    article = Article(name, name, text, "A")
    tokens = parser.parse([text])[0]
    return article, Claim(
        f"claim-{name}", name, Span(0, len(text)), text, BlockKind.PARAGRAPH, 0, Speaker("A", "outlet"), Certainty.ASSERTED, "+", tokens
    )


def test_fields_stand_in_order_of_place_with_their_exact_words(parser):
    article, claim = make(parser, SENTENCE)
    (read,) = extract_fields([claim], [article], RULES)
    keys = [(field.span, field.kind, field.role) for field in read.fields]
    assert keys == sorted(keys)
    assert {"age", "date", "count", "time"} <= {field.kind for field in read.fields} <= set(FIELD_KINDS)
    assert all(field.span.of(article.text) == field.raw for field in read.fields)


def test_ids_are_unique_and_the_same_in_every_run(parser):
    article, claim = make(parser, SENTENCE)
    once, again = (extract_fields([claim], [article], RULES)[0].fields for _ in range(2))
    assert once == again
    assert len({field.id for field in once}) == len(once)


def test_each_claim_is_read_with_its_own_article(parser):
    first, one = make(parser, "Two men were arrested.", "one")
    second, two = make(parser, "Five men were arrested.", "two")
    read = extract_fields([two, one], [first, second], RULES)
    assert [claim.id for claim in read] == [two.id, one.id]
    assert [claim.fields[0].raw for claim in read] == ["Five men", "Two men"]


def test_an_empty_claim_has_no_figures(parser):
    article, claim = make(parser, "")
    (read,) = extract_fields([replace(claim, tokens=())], [article], RULES)
    assert [field for field in read.fields if field.kind in {"count", "date", "time"}] == []


def test_the_table_holds_every_extractor():
    assert {"numbers", "dates", "times", "places", "names", "vocabulary"} <= set(EXTRACTORS)


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_without_error(parser, text):
    article, claim = make(parser, text)
    (read,) = extract_fields([claim], [article], RULES)
    assert all(field.span.of(article.text) == field.raw for field in read.fields)
