"""How firmly a claim is put, and whether it negates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reconcile.model import BlockKind, Claim

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The train hit the bus.", "asserted"),
        ("Officials confirmed the train hit the bus.", "asserted"),
        ("The minister, who may resign, met the king on Monday.", "asserted"),
        ("The judge dismissed the case.", "asserted"),
        ("The court denied him bail.", "asserted"),
        ("He was denied entry to the country.", "asserted"),
        ("Mr. Brandt could not be reached for comment.", "asserted"),
        ("The company did not say how many were hurt.", "asserted"),
        ("The storm claimed 12 lives.", "asserted"),
        ("Police said the train hit the bus.", "reported"),
        ("The train hit the bus, according to police.", "reported"),
        ("The train reportedly hit the bus.", "reported"),
        ("Police said the gunman, who could be armed, had fled.", "reported"),
        ("The group claimed responsibility for the attack.", "asserted"),
        ("Police allege the man stole the car.", "alleged"),
        ("The man allegedly stole the car.", "alleged"),
        ("He was arrested for allegedly stealing a car.", "alleged"),
        ("The suspect is accused of stealing a car.", "alleged"),
        ("Police said he is suspected of stealing a car.", "alleged"),
        ("He was charged with murder.", "alleged"),
        ("He was arrested on suspicion of arson.", "alleged"),
        ("The ministry claimed that the raid succeeded.", "alleged"),
        ("The death toll may rise.", "possible"),
        ("Police said the death toll could rise.", "possible"),
        ("The death toll is likely to rise.", "possible"),
        ("The fire appears to have started in the kitchen.", "possible"),
        ("The men are believed to have fled.", "possible"),
        ("Police believe that the man fled by car.", "possible"),
        ("It is unclear whether the driver survived.", "possible"),
        ("The reports could not be independently verified.", "possible"),
        ("The ministry has not confirmed the deaths.", "possible"),
        ("If the vote fails, the government will fall.", "possible"),
        ("The mayor denied that he took bribes.", "denied"),
        ("The mayor denied any wrongdoing.", "denied"),
        ("The company rejected the claim that it had paid bribes.", "denied"),
        ("The company will open a plant in Ohio.", "planned"),
        ("The company plans to open a plant in Ohio.", "planned"),
        ("The minister is expected to resign.", "planned"),
        ("The leaders are set to meet in Oslo.", "planned"),
        ("The president is to visit Japan next month.", "planned"),
        ("The minister said he would resign in May.", "planned"),
    ],
)
def test_certainty_is_that_of_the_main_proposition(read: Read, sentence: str, certainty: str) -> None:
    (claim,) = read(sentence)
    assert claim.certainty.value == certainty


@pytest.mark.parametrize(
    ("headline", "certainty"),
    [
        ("Minister to visit China in May", "planned"),
        ("Two feared dead after boat sinks", "possible"),
        ("Bank may cut rates, sources say", "possible"),
        ("Mayor denies taking bribes", "denied"),
        ("25 hurt in factory blast: police", "reported"),
    ],
)
def test_headlines_are_judged_as_well(read: Read, headline: str, certainty: str) -> None:
    (claim,) = read((BlockKind.HEADLINE, headline))
    assert claim.certainty.value == certainty


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("The train hit the bus.", "+"),
        ("The train did not hit the bus.", "-"),
        ("No one was hurt.", "-"),
        ("Nobody was hurt.", "-"),
        ("None of the passengers was injured.", "-"),
        ("There were no survivors.", "-"),
        ("Police said no arrests had been made.", "-"),
        ("The train never stopped.", "-"),
        ("The fire killed no one.", "-"),
        ("The deal is not expected to close this year.", "-"),
        ("The police force issued a statement saying that no staff had been hurt.", "-"),
        ("Not only was he late, he was drunk.", "+"),
        ("No fewer than ten people died.", "+"),
        ("He left without a word.", "+"),
        ("The men who did not vote were fined.", "+"),
        ("The mayor denied that he took bribes.", "+"),
    ],
)
def test_polarity_is_that_of_the_main_proposition(read: Read, sentence: str, polarity: str) -> None:
    (claim,) = read(sentence)
    assert claim.polarity == polarity
