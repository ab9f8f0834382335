"""Origins: copies, agency credits and cited media make an agreement dependent; silence about origins leaves it open."""

from __future__ import annotations

from dataclasses import replace

from stories import Story

from reconcile.model import Speaker
from reconcile.sources import agency_credits, find_ties, independence

WIRE = [
    "A freight train left the rails near Dole on Monday and blocked the line for several hours, the railway said.",
    "Nobody was hurt when the last four wagons tipped over on a bend that had been repaired a week before.",
    "Engineers were sent from Dijon to lift the wagons and to look at the track before the line could open again.",
]


def test_a_near_copy_is_found_and_named(story: Story) -> None:
    a, first = story("a", WIRE)
    b, second = story("b", ["Trains stood still in the Jura.", *WIRE[:2]])
    ties = find_ties([a, b], [*first, *second])
    assert [(copy.articles, copy.near_copy) for copy in ties.copies] == [(("a", "b"), True)]
    assert ties.copies[0].cue in a.text
    verdict, reason, _ = independence([first[1], second[2]], ties)
    assert verdict is False
    assert reason == "no: A and B carry the same text"


def test_independently_written_articles_are_no_copies(story: Story) -> None:
    a, first = story("a", WIRE)
    b, second = story("b", ["Four wagons of a goods train derailed close to Dole.", "The line to Dijon was shut until the evening."])
    assert find_ties([a, b], [*first, *second]).copies == ()


def test_one_cited_medium_behind_two_articles_is_no_confirmation(story: Story) -> None:
    a, first = story("a", ["Two officers were expelled, according to Le Monde."])
    b, second = story("b", ["Le Monde reported that two officers had been sent home."])
    first, second = ([replace(claims[0], cited=("Le Monde",))] for claims in (first, second))
    verdict, reason, origins = independence([*first, *second], find_ties([a, b], [*first, *second]))
    assert verdict is False
    assert reason == "no: A and B rest on Le Monde"
    assert origins[0].articles == ("a", "b")


def test_different_speakers_make_an_agreement_independent(story: Story) -> None:
    a, first = story("a", ["Nine people were hurt, the police said."])
    b, second = story("b", ["The shipping line counted nine injured."])
    first = [replace(first[0], speaker=Speaker("police", "unnamed", first[0].span))]
    second = [replace(second[0], speaker=Speaker("shipping line", "unnamed", second[0].span))]
    verdict, reason, _ = independence([*first, *second], find_ties([a, b], [*first, *second]))
    assert verdict is True
    assert reason == "yes: police, shipping line"


def test_without_a_stated_origin_it_cannot_be_told(story: Story) -> None:
    a, first = story("a", ["Nine people were hurt."])
    b, second = story("b", ["The number of injured is nine."])
    verdict, reason, _ = independence([*first, *second], find_ties([a, b], [*first, *second]))
    assert verdict is None
    assert reason.startswith("cannot be told")


def test_an_agency_is_credited_at_the_edges_not_in_the_middle(story: Story) -> None:
    credited, _ = story("a", ["BERLIN (AP) - A ship struck a bridge."])
    mentioned, _ = story("b", ["x" * 200, "The minister spoke to Reuters about it.", "y" * 200])
    assert list(agency_credits(credited)) == [("AP", "(AP)")]
    assert list(agency_credits(mentioned)) == []


def test_a_shared_quotation_has_one_origin(story: Story) -> None:
    quote = "“we will look at every bolt of this bridge before a single car drives over it again”"
    a, first = story(
        "a",
        [f"The mayor said {quote}.", "Drivers are asked to take the narrow road along the river until the end of June."],
    )
    b, second = story("b", ["Shopkeepers fear for their trade and want a ferry at once.", f"The mayor promised {quote}, but no date."])
    (copy,) = find_ties([a, b], [*first, *second]).copies
    assert (copy.origin, copy.near_copy) == ("one statement", False)
    assert copy.cue in a.text
