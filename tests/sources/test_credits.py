"""Credit lines: which agency an article is from, in its own words; pictures, mentions and abbreviations credit nobody."""

from __future__ import annotations

import pytest

from reconcile.model import Article, Block, BlockKind, RemovalReason, Removed, Span
from reconcile.sources.credits import agency_credits

BODY = "\nA ship struck a bridge.\n" + "Nobody was hurt, and the river was shut for a day. " * 12


def article(text: str, *, author: str = "", source: str = "Harbour Post", removed: tuple[Removed, ...] = ()) -> Article:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(Span(start, start + len(line)), BlockKind.PARAGRAPH))
        start += len(line) + 1
    return Article(id="a", path="a", text=text, source=source, author=author, blocks=tuple(blocks), removed=removed)


@pytest.mark.parametrize(
    ("head", "tail", "agency", "whole"),
    [
        ("BERLIN (AP) - A ship struck a bridge.", "", "AP", True),
        ("LONDON, March 3 (Reuters) - A ship struck a bridge.", "", "Reuters", True),
        ("(dpa) A ship struck a bridge.", "", "dpa", True),
        ("By Jane Doe, Reuters", "", "Reuters", True),
        ("Associated Press", "", "AP", True),
        ("", "\n— Reuters", "Reuters", True),
        ("", " (AP)", "AP", True),
        ("", "\nPTI", "PTI", True),
        ("", "\nSource: Xinhua", "Xinhua", True),
        ("", "\nCopyright 2019 The Associated Press. All rights reserved.", "AP", True),
        ("", "\nAgence France-Presse contributed to this report.", "AFP", False),
        ("", "\nJohn Doe and the Associated Press contributed to this report.", "AP", False),
        ("", "\nAdditional reporting by Jane Doe of the Press Association", "PA", False),
        ("", "\n(With agency inputs)", "news agencies", False),
        ("KELDBY (Fjordwire) — A ship struck a bridge.", "", "Fjordwire", True),
        ("", "\nwith inputs from Fjord News Agency", "Fjord News Agency", False),
    ],
)
def test_a_credit_names_the_agency_in_its_own_words(head: str, tail: str, agency: str, whole: bool) -> None:
    credited = article(head + BODY + tail)
    (credit,) = agency_credits(credited)
    assert (credit.agency, credit.whole) == (agency, whole)
    assert credit.span is not None
    assert credit.span.of(credited.text) == credit.cue


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("The minister spoke to Reuters about AP.", ""),
        ("", "\nThe minister told Reuters on Friday that the bridge would open."),
        ("A ship struck a bridge (Photo: AP)", ""),
        ("", "\nPhoto by Jane Doe/AP"),
        ("", "\nA ship near the bridge. (Harbour office via AP)"),
        ("The Port Assembly (PA) met on Monday.", ""),
    ],
)
def test_a_mention_a_picture_and_an_abbreviation_credit_nobody(head: str, tail: str) -> None:
    assert agency_credits(article(head + BODY + tail)) == ()


def test_a_line_of_agencies_and_a_list_credit_them_all() -> None:
    line = agency_credits(article(BODY + "\nReuters - Ap - Afp"))
    assert [(credit.agency, credit.whole) for credit in line] == [("AFP", True), ("AP", True), ("Reuters", True)]
    listed = agency_credits(article(BODY + "\nWith reporting by AFP, dpa and Reuters"))
    assert [(credit.agency, credit.whole) for credit in listed] == [("AFP", False), ("Reuters", False), ("dpa", False)]


def test_an_author_may_be_an_agency() -> None:
    (credit,) = agency_credits(article(BODY, author="Jane Doe, Associated Press"))
    assert (credit.agency, credit.cue, credit.span) == ("AP", "Jane Doe, Associated Press", None)


def test_an_outlet_does_not_credit_itself() -> None:
    assert agency_credits(article("KELDBY (Fjordwire) — A ship struck a bridge." + BODY, source="Fjordwire")) == ()


def test_a_credit_may_stand_in_what_was_cut_out_but_not_under_a_picture() -> None:
    text = BODY + BODY + "\nAFP\nRead more about the harbour here."
    span = Span(text.index("AFP"), text.index("AFP") + 3)
    cut = article(text + BODY, removed=(Removed(span, "AFP", RemovalReason.FURNITURE),))
    assert [credit.agency for credit in agency_credits(cut)] == ["AFP"]
    assert agency_credits(article(text + BODY, removed=(Removed(span, "AFP", RemovalReason.CAPTION),))) == ()
