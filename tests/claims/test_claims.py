"""Claims: exact spans, who says it, how firmly."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.claims import extract_claims
from reconcile.claims.splitting import split_blocks
from reconcile.model import Article, Block, BlockKind, Certainty, Claim, Span
from reconcile.models.parser import SpacyParser


def article(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Article:
    return Article(id="a", path="a", text=text, source="Daily Wave", blocks=(Block(Span(0, len(text)), kind),))


def only(text: str, parser: SpacyParser) -> Claim:
    (claim,) = extract_claims([article(text)], parser)
    return claim


SPLITS = [
    ("Dr. Weiss came at 5 p.m. on Monday. He left again.", ["Dr. Weiss came at 5 p.m. on Monday.", "He left again."]),
    ("The U.S. Navy sent a ship. It sank.", ["The U.S. Navy sent a ship.", "It sank."]),
    ("The law passed on Feb. 2 in Bern. Nobody spoke.", ["The law passed on Feb. 2 in Bern.", "Nobody spoke."]),
    ("“We saw it,” he said. “It burned.” The police came.", ["“We saw it,” he said.", "“It burned.”", "The police came."]),
    ("The train\nstopped in\n\nthe tunnel. It was dark.", ["The train\nstopped in\n\nthe tunnel.", "It was dark."]),
    ("Mr. J. Smith spoke (briefly. Very briefly.) to us.", ["Mr. J. Smith spoke (briefly. Very briefly.) to us."]),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_sentences_are_split_where_they_end(text: str, expected: list[str]) -> None:
    assert [sentence.span.of(text) for sentence in split_blocks(article(text))] == expected


def test_a_headline_is_a_claim(parser: SpacyParser) -> None:
    (claim,) = extract_claims([article("Ferry strikes pier in Oban", BlockKind.HEADLINE)], parser)
    assert claim.block is BlockKind.HEADLINE


def test_a_name_alone_is_no_claim(parser: SpacyParser) -> None:
    assert extract_claims([article("Northern Star.")], parser) == ()


def test_a_sentence_too_long_to_be_one_is_cut_at_a_blank(parser: SpacyParser) -> None:
    text = "The council met and " * 300 + "rose."
    claims = extract_claims([article(text)], parser)
    assert len(claims) > 2
    assert all(len(claim.text) <= 2_000 and claim.text == claim.span.of(text) for claim in claims)


SPEAKERS = [
    ("Nine people were hurt, police said.", "police", "unnamed"),
    ("According to the Interior Ministry, nine people were hurt.", "Interior Ministry", "named"),
    ("Ana Brandt, the mayor of Oban, said nine people were hurt.", "Ana Brandt", "named"),
    ("“The bridge is safe,” said Ana Brandt.", "Ana Brandt", "named"),
    ("Afghan officials said nine people were hurt.", "Afghan officials", "unnamed"),
    ("Mayor Ana Brandt told Reuters that the bridge is safe.", "Ana Brandt", "named"),
    ("Nine people were hurt when the ferry struck the pier.", "Daily Wave", "outlet"),
    ("Police told residents that the road was shut.", "Police", "unnamed"),
    ("The group claimed responsibility for the attack.", "Daily Wave", "outlet"),
]


@pytest.mark.parametrize(("text", "name", "kind"), SPEAKERS)
def test_who_says_it(text: str, name: str, kind: str, parser: SpacyParser) -> None:
    claim = only(text, parser)
    assert (claim.speaker.name, claim.speaker.kind) == (name, kind)
    if claim.speaker.span:
        assert claim.speaker.span.of(text) == name


def test_a_pronoun_speaks_for_the_last_speaker(parser: SpacyParser) -> None:
    text = "Ana Brandt said the bridge is safe. It will open soon, she said."
    claims = extract_claims([article(text)], parser)
    assert [claim.speaker.name for claim in claims] == ["Ana Brandt", "Ana Brandt"]


def test_a_quotation_goes_on_with_its_speaker(parser: SpacyParser) -> None:
    text = "“The bridge is safe,” Ana Brandt said. “It will open again on Monday.”"
    claims = extract_claims([article(text)], parser)
    assert claims[1].speaker.name == "Ana Brandt"


MEDIA = [
    ("Ana Brandt told Reuters that the bridge is safe.", ("Reuters",)),
    ("Two officers were expelled, according to Le Monde.", ("Monde",)),
    ("The ship was late, news agency dpa reported.", ("dpa",)),
    ("The ship was late, police said.", ()),
]


@pytest.mark.parametrize(("text", "media"), MEDIA)
def test_the_media_that_a_claim_cites(text: str, media: tuple[str, ...], parser: SpacyParser) -> None:
    assert tuple(name.split()[-1] for name in only(text, parser).cited) == media


CERTAINTIES = [
    ("The ferry struck the pier.", Certainty.ASSERTED, "+"),
    ("The ferry struck the pier, police said.", Certainty.REPORTED, "+"),
    ("Police said Brandt is suspected of arson.", Certainty.ALLEGED, "+"),
    ("Brandt allegedly set the fire.", Certainty.ALLEGED, "+"),
    ("The ferry may have struck the pier.", Certainty.POSSIBLE, "+"),
    ("The ferry apparently struck the pier.", Certainty.POSSIBLE, "+"),
    ("The names have not been confirmed.", Certainty.POSSIBLE, "-"),
    ("The company denied that it paid bribes.", Certainty.DENIED, "+"),
    ("The bridge will open on Monday.", Certainty.PLANNED, "+"),
    ("The board rejected the offer.", Certainty.ASSERTED, "+"),
    ("At least one suspect has been arrested.", Certainty.ASSERTED, "+"),
    ("No one was hurt in the crash.", Certainty.ASSERTED, "-"),
    ("Police said the driver was not hurt.", Certainty.REPORTED, "-"),
]


@pytest.mark.parametrize(("text", "certainty", "polarity"), CERTAINTIES)
def test_how_firmly_it_is_put(text: str, certainty: Certainty, polarity: str, parser: SpacyParser) -> None:
    claim = only(text, parser)
    assert (claim.certainty, claim.polarity) == (certainty, polarity)


def test_an_id_survives_a_renamed_file(parser: SpacyParser) -> None:
    text = "The ferry struck the pier."
    other = Article(id="b", path="elsewhere", text=text, source="X", blocks=article(text).blocks)
    assert extract_claims([article(text)], parser)[0].id == extract_claims([other], parser)[0].id


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aAbB .,!?\n\t\"“”'()1é—\u2028"), max_size=200))
def test_any_text_is_cut_into_exact_pieces_that_lose_nothing(text: str) -> None:
    spans = [sentence.span for sentence in split_blocks(article(text))]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
