"""Who says it, and which media are given as the source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reconcile.model import BlockKind, Claim

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("According to the Interior Ministry, 12 people were detained.", "Interior Ministry", "named"),
        ("Twelve people were detained, according to police.", "police", "unnamed"),
        ("Twelve people were detained, according to a statement by the Interior Ministry.", "Interior Ministry", "named"),
        ("The plant was closed, Anna Weber said.", "Anna Weber", "named"),
        ('"We lost everything," said Maria Lopez, a teacher.', "Maria Lopez", "named"),
        ("Ivo Brandt, a local shopkeeper, said the blast broke his windows.", "Ivo Brandt", "named"),
        ("Local police chief Omar Rahimi said the gunman had fled.", "Omar Rahimi", "named"),
        ("Former President Anna Weber tweeted that her cousin was aboard.", "Anna Weber", "named"),
        ("Northside Police Chief Randy Vale said it was over.", "Randy Vale", "named"),
        ("The spokesman, Karl Maier, said that nobody died.", "Karl Maier", "named"),
        ("A spokesperson for Anna Weber, Dan Okoro, said it was over.", "Dan Okoro", "named"),
        ("Another official, deputy police chief Omar Rahimi, said a suspect had been held.", "Omar Rahimi", "named"),
        ("The Northside Police Department announced the arrest on Thursday.", "Northside Police Department", "named"),
        ("All Nordic Airways said the flight was late.", "All Nordic Airways", "named"),
        ("Afghan officials said at least two people had died.", "Afghan officials", "unnamed"),
        ("Police told reporters that three men had fled.", "Police", "unnamed"),
        ("A NATO spokesman said the building was badly damaged.", "NATO spokesman", "unnamed"),
        (
            "A spokesman for the special forces command in Bonn said all was well.",
            "spokesman for the special forces command",
            "unnamed",
        ),
        ("Witnesses reported gunfire near the port.", "Witnesses", "unnamed"),
        ("Anna Weber was quoted as saying that nobody was hurt.", "Anna Weber", "named"),
        ("The minister was quoted by Reuters as saying the talks had failed.", "minister", "unnamed"),
        ("It was announced by the palace that the queen had died.", "palace", "unnamed"),
        ("The police force issued a statement saying that no staff had been hurt.", "police force", "named"),
        ("The embassy's statement said the envoy had left.", "embassy", "unnamed"),
        ("Police allege the man stole the car.", "Police", "unnamed"),
        ("The company denied that it paid bribes.", "company", "unnamed"),
        ("Researchers found that the drug cut deaths by half.", "Researchers", "unnamed"),
        ("Officials were still searching, Enzo Vidal, director of the agency, said during a news conference.", "Enzo Vidal", "named"),
        ("The press secretary, Joe Vale, declined to say more, saying only that nothing had changed.", "Joe Vale", "named"),
    ],
)
def test_the_speaker_is_named_in_the_tightest_words(read: Read, sentence: str, name: str, kind: str) -> None:
    (claim,) = read(sentence)
    assert (claim.speaker.name, claim.speaker.kind) == (name, kind)
    assert claim.speaker.span is not None
    assert claim.speaker.span.of(sentence) == name


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry sank near the port of Doran.",
        "The company did not say how many were hurt.",
        "The airline did not immediately respond to requests for comment.",
        "The mayor declined to say how many were hurt.",
        "Police told residents to leave the area.",
        "The man was arrested after police said he had confessed.",
        "The officer, who said he saw a gun, was suspended.",
        "The court denied him bail.",
        "The ministry posted photographs of the wreck.",
        "Norland claims the island as its own.",
        "The storm claimed 12 lives.",
        "The group claimed responsibility for the attack.",
    ],
)
def test_the_outlet_speaks_where_nobody_is_given(read: Read, sentence: str) -> None:
    (claim,) = read(sentence)
    assert (claim.speaker.name, claim.speaker.kind, claim.speaker.span) == ("The Wire", "outlet", None)


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("25 hurt in factory blast: police", "police"),
        ("Police: 25 hurt in factory blast", "Police"),
        ("Minister resigned over leak, says aide", "aide"),
        ("Bank may cut rates, sources say", "sources"),
        ("Ferry crash: 12 people dead", "The Wire"),
        ("Pension vote: MPs meet again on the deal", "The Wire"),
    ],
)
def test_a_headline_names_its_speaker_in_few_words(read: Read, headline: str, name: str) -> None:
    (claim,) = read((BlockKind.HEADLINE, headline))
    assert claim.speaker.name == name


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("The plant was closed, Anna Weber told AFP on Monday.", ("AFP",)),
        ("News agency dpa reported that two people died.", ("dpa",)),
        ("The newspaper Le Courrier reported that the talks had failed.", ("Le Courrier",)),
        ("The talks failed, according to The Kestrel Times.", ("Kestrel Times",)),
        ("He was shot twice, reports BBC News.", ("BBC News",)),
        ("The bridge fell, reported The Kestrel Times on Monday.", ("Kestrel Times",)),
        ("In an interview with NBC News, the minister said she would run.", ("NBC News",)),
        ("A report by CNN said the deal was done.", ("CNN",)),
        ("Tass quoted the minister as saying the plane had crashed.", ("Tass",)),
        ("“It is bad,” Mr. Vale said on the CNN program “State of Play.”", ("CNN",)),
        ("The shop broke apart, he told Reuters news agency.", ("Reuters",)),
        ("Local media reported that he fled.", ()),
        ("The space agency said the probe had landed.", ()),
        ("The Independent Police Commission said the officer lied.", ()),
        ("Mr Fox said the deal was done.", ()),
    ],
)
def test_media_are_cited_by_name(read: Read, sentence: str, cited: tuple[str, ...]) -> None:
    (claim,) = read(sentence)
    assert claim.cited == cited


def test_a_person_who_tells_a_medium_is_the_speaker(read: Read) -> None:
    (claim,) = read("The plant was closed, Anna Weber told AFP on Monday.")
    assert (claim.speaker.name, claim.cited) == ("Anna Weber", ("AFP",))


def test_a_medium_is_the_speaker_where_no_person_is(read: Read) -> None:
    (claim,) = read("The newspaper Le Courrier reported that the talks had failed.")
    assert (claim.speaker.name, claim.speaker.kind) == ("Le Courrier", "named")


def test_a_short_form_of_a_medium_takes_the_name_given_before(read: Read) -> None:
    claims = read("The talks failed, according to The Kestrel Times.", "He had warned of it, a relative told the Times.")
    assert [claim.cited for claim in claims] == [("Kestrel Times",), ("Kestrel Times",)]


def test_the_newspaper_is_the_one_cited_before(read: Read) -> None:
    claims = read("The talks failed, according to The Kestrel Times. The newspaper said both sides had left.")
    assert [claim.cited for claim in claims] == [("Kestrel Times",), ("Kestrel Times",)]


def speakers(claims: list[Claim]) -> list[str]:
    return [claim.speaker.name for claim in claims]


@pytest.mark.parametrize(
    ("blocks", "names"),
    [
        (["Anna Weber said the port was shut. She said two ships had sunk."], ["Anna Weber", "Anna Weber"]),
        (["A foreign ministry spokesman said it was over.", "“Everybody is safe,” he said."], ["foreign ministry spokesman"] * 2),
        (["Officials said the port was shut. They said two ships had sunk."], ["Officials", "Officials"]),
        (["The Interior Ministry said the port was shut. It said two ships had sunk."], ["Interior Ministry", "Interior Ministry"]),
        (["The Interior Ministry would not say why. It told us only that the port was shut."], ["The Wire", "Interior Ministry"]),
        (["The two sides had agreed on it beforehand, a diplomat in Oslo said."], ["diplomat"]),
        (["He said the port was shut."], ["He"]),
        (["“We lost it all,” Maria Lopez said. “We have nothing left.”"], ["Maria Lopez", "Maria Lopez"]),
        (["“We lost it all. We have nothing left,” Maria Lopez said."], ["Maria Lopez", "Maria Lopez"]),
        (["“We lost it all,” Maria Lopez said.", "“We have nothing left to eat.”"], ["Maria Lopez", "Maria Lopez"]),
        (["“He told me that he was fine,” Maria Lopez said."], ["Maria Lopez"]),
        (["'We lost it all,' Maria Lopez said.", "'We have nothing left to eat.'"], ["Maria Lopez", "Maria Lopez"]),
        (['"It was a fine day,” said Maria Lopez.'], ["Maria Lopez"]),
        (["Maria Lopez said it was over.", "The port opened on Monday."], ["Maria Lopez", "The Wire"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_pronouns_and_quotations_take_the_speaker_before_or_behind(read: Read, blocks: list[str], names: list[str]) -> None:
    assert speakers(read(*blocks)) == names


def test_a_surname_seen_before_is_a_name(read: Read) -> None:
    claims = read("Anna Weber said the port was shut.", "The ships were late, Weber said.")
    assert [(claim.speaker.name, claim.speaker.kind) for claim in claims] == [("Anna Weber", "named"), ("Weber", "named")]


def test_the_span_of_a_pronoun_is_its_own(read: Read) -> None:
    text = "Anna Weber said the port was shut. She said two ships had sunk."
    second = read(text)[1]
    assert second.speaker.span is not None
    assert second.speaker.span.of(text) == "She"
