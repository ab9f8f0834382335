"""Places: lines and columns that lead to the very words, and addresses in which no name can act."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ferry import make_article, make_report
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Span
from reconcile.report.places import Lines, find_places, uri_of

TEXT = st.text(alphabet=st.sampled_from("ab \n\r𝒳é\u2028"), min_size=1, max_size=60)


@given(TEXT, st.data())
def test_line_and_column_lead_to_the_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    region = Lines(text).region(Span(start, end))
    lines = text.split("\n")
    back = lambda line, column: sum(len(one) + 1 for one in lines[: line - 1]) + column - 1  # noqa: E731
    assert (back(region.line, region.column), back(region.end_line, region.end_column)) == (start, end)
    assert region.column <= len(lines[region.line - 1]) + 1


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("seeds/a b.txt", "seeds/a%20b.txt"),
        ("/in/é.txt", "file:///in/%C3%A9.txt"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("a?b#c\n.txt", "a%3Fb%23c%0A.txt"),
        ("bad\udcff.txt", "bad%FF.txt"),
        ("odd\ud800", "odd%ED%A0%80"),
    ],
)
def test_a_path_is_a_harmless_address(path: str, uri: str) -> None:
    assert uri_of(path) == uri


def test_an_extracted_text_lies_beside_the_report_and_a_record_is_a_part_of_its_file() -> None:
    article = make_article("post", "A ferry sank.")
    page, record = replace(article, extracted=True, path="a.html"), replace(article, path="a.jsonl")
    assert find_places(make_report([page], []))["post"].uri.startswith("texts/post-")
    assert find_places(make_report([record], []))["post"].uri == "a.jsonl#post"
    assert find_places(make_report([article], []))["post"].uri == "post.txt"
