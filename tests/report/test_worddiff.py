"""Words that only one of two sentences has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reconcile.report.worddiff import LONGEST, differing, marked

TEXT = st.text(alphabet=st.sampled_from("ab c.,'é😀"), max_size=40)


def test_the_words_that_differ_are_marked_and_no_others() -> None:
    a, b = "Nine people were hurt, police said.", "Six people were hurt, said police."
    left, right = differing(a, b)
    assert marked(a, left, "[", "]") == "[Nine] people were hurt, police [said]."
    assert marked(b, right, "[", "]") == "[Six] people were hurt, [said] police."


def test_case_and_punctuation_do_not_count() -> None:
    assert differing("The ferry sank.", "“the ferry” sank") == ((), ())


def test_sentences_of_very_many_words_are_left_alone() -> None:
    assert differing("a " * (LONGEST + 1), "b") == ((), ())


@given(TEXT, TEXT)
def test_marks_take_nothing_away(a: str, b: str) -> None:
    left, right = differing(a, b)
    assert marked(a, left, "\x01", "\x02").replace("\x01", "").replace("\x02", "") == a
    assert marked(b, right, "\x01", "\x02").replace("\x01", "").replace("\x02", "") == b
    assert all(0 <= start < end <= len(a) for start, end in left)


@given(TEXT)
def test_a_text_does_not_differ_from_itself(a: str) -> None:
    assert differing(a, a) == ((), ())
