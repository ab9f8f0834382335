"""Claims that stand in one article: what hangs on each, and figures that no other article gives."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from stories import make_story

from reconcile.fields import extract_fields
from reconcile.judging.ground import Ground
from reconcile.judging.single_source import find_single_source
from reconcile.model import Event, Finding, RuleSet
from reconcile.models.parser import SpacyParser
from reconcile.rules import load_rules


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


def alone(parser: SpacyParser, rules: RuleSet, a: Sequence[str], b: Sequence[str], likeness: float = 0.0) -> list[Finding]:
    """Return what stands alone in two articles of which every two claims are equally alike."""
    told = [make_story(parser, name, sentences) for name, sentences in (("a", a), ("b", b))]
    articles = [article for article, _ in told]
    claims = extract_fields([claim for _, own in told for claim in own], articles, rules)
    ground = Ground({article.id: article for article in articles}, {}, lambda x, y: likeness, rules, None, frozenset())
    return find_single_source(Event("E1", "", ("a", "b"), ()), claims, ground)


def test_an_accusation_of_a_named_person_weighs_most(parser: SpacyParser, rules: RuleSet) -> None:
    (found,) = alone(parser, rules, ["Mirel Tovane was charged with fraud on Monday."], ["The harbour is shut."])
    assert found.priority == 1
    assert found.point.startswith("a named person accused, a legal term")


def test_a_claim_that_another_article_tells_as_well_does_not_stand_alone(parser: SpacyParser, rules: RuleSet) -> None:
    a, b = ["Mirel Tovane was charged with fraud on Monday."], ["Tovane was charged with fraud."]
    assert alone(parser, rules, a, b, likeness=0.9) == []


def test_a_figure_that_no_other_article_gives_stands_alone_in_a_sentence_that_others_tell(parser: SpacyParser, rules: RuleSet) -> None:
    a, b = ["The ferry struck the pier and 12 people were hurt."], ["The ferry struck the pier on Monday."]
    (found,) = alone(parser, rules, a, b, likeness=0.9)
    assert (found.point, found.priority) == ("a figure that no other article gives", 2)
    assert found.sides[0].evidence[0].article == "a"


def test_another_figure_in_its_place_is_no_figure_that_stands_alone(parser: SpacyParser, rules: RuleSet) -> None:
    a, b = ["The ferry struck the pier and 12 people were hurt."], ["The ferry struck the pier and nine people were hurt."]
    assert alone(parser, rules, a, b, likeness=0.9) == []


def test_what_nothing_hangs_on_is_not_listed(parser: SpacyParser, rules: RuleSet) -> None:
    assert alone(parser, rules, ["The sea was calm."], ["The harbour is shut."]) == []
