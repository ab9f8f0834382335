"""Sentences that look like furniture or copies and are news: each was once lost."""

import pytest

from reconcile.reading.cleaning import clean_text
from reconcile.reading.metadata import front_matter

BEFORE = "Police in the harbour town of Velm arrested nine people on Tuesday after a fire at a warehouse, the mayor said."
AFTER = "Nobody was hurt, but four families had to leave their homes for the night, the town hall added."


def kept(text):
    return [block.span.of(text) for block in clean_text(text)[0]]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell 3 percent on Monday.",
        "Close friends said he was ill.",
        "Promoted to general in 2015, he led the army.",
        "Copyright law experts criticised the ruling.",
        "Cookie makers recalled 12,000 boxes.",
        "Published in 2015, the study counted 30 cases.",
        "The agency was unable to confirm the reports.",
        "Reuters reported that 12 people died",
        "Recommended doses were exceeded, officials said.",
        "Video shows the car hitting two people.",
        "Two killed, 14 hurt",
        "TWO KILLED IN FERRY FIRE",
        "He wrote:",
        "Six died.",
        "Search teams found four bodies.",
        "Home prices rose 4 percent.",
        "Live fire killed three soldiers.",
        "Comments by the minister angered the neighbours.",
        "Topics: the two sides agreed to a truce and a swap of 40 prisoners.",
    ],
)
def test_a_sentence_that_opens_like_furniture_is_kept(line):
    assert line in kept("\n".join([BEFORE, line, AFTER]))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("were killed", "were injured"),
        ("were killed", "were not killed"),
        ("by a storm were killed", "by a rocket were killed"),
    ],
)
def test_a_sentence_that_differs_in_one_word_of_weight_is_no_copy(first, second):
    sentences = [f"Three people hit {words} near the northern harbour on Monday night, the coast guard said." for words in (first, second)]
    assert set(sentences) <= set(kept("\n".join([BEFORE, sentences[0], AFTER, sentences[1]])))


def test_prose_between_two_rules_is_no_front_matter():
    assert front_matter("---\nThe council met on Monday.\n---\nIt voted for the plan.\n").end == 0
    assert front_matter("---\ntitle: The plan: a vote\n---\nIt voted.\n").title == "The plan: a vote"
