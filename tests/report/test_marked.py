from __future__ import annotations

from dataclasses import replace

from ferry import make_article
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Block, BlockKind, RemovalReason, Removed, Span
from reconcile.report.marked import Marked, Paragraph, Piece, Reference, mark_article
from reconcile.report.wording import visible_part

NOTE = Reference(1, "abc", "tension")


def flat(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece if isinstance(piece, str) else flat(piece.pieces) for piece in pieces)


def marks(pieces: tuple[Piece, ...]) -> list[Marked]:
    found = []
    for piece in pieces:
        if not isinstance(piece, str):
            found += [piece, *marks(piece.pieces)]
    return found


def outline(paragraph: Paragraph) -> str:
    """Write each mark as its anchor's span and its text in brackets, with a note where its findings are named."""

    def shown(pieces: tuple[Piece, ...]) -> str:
        return "".join(
            piece if isinstance(piece, str) else f"{piece.anchor.rpartition('/')[2]}[{shown(piece.pieces)}]{'*' * len(piece.notes)}"
            for piece in pieces
        )

    return shown(paragraph.pieces)


def test_a_span_inside_another_is_nested_in_it():
    article = make_article("post", "Nine people were hurt.")
    (paragraph,) = mark_article(article, "post", {Span(0, 22): (), Span(0, 11): (NOTE,), Span(5, 11): (NOTE,)})
    assert outline(paragraph) == "0-22[0-11[Nine 5-11[people]*]* were hurt.]"


def test_a_span_that_crosses_another_goes_on_behind_it_without_a_second_anchor():
    article = make_article("post", "one two three")
    (paragraph,) = mark_article(article, "post", {Span(0, 7): (NOTE,), Span(4, 13): (NOTE,)})
    assert outline(paragraph) == "0-7[one 4-13[two]]*[ three]*"


def test_a_span_over_two_paragraphs_stands_in_both():
    article = make_article("post", "one\ntwo")
    first, second = mark_article(article, "post", {Span(0, 7): (NOTE,)})
    assert (outline(first), outline(second)) == ("0-7[one ]", "[two]*")


def test_blocks_keep_their_kind_and_their_line_ends_are_blanks():
    text = "Ferry strikes pier\nNine people\nwere hurt.\n- Two boats"
    blocks = (Block(Span(0, 18), BlockKind.HEADLINE), Block(Span(19, 41), BlockKind.PARAGRAPH), Block(Span(44, 53), BlockKind.BULLET))
    made = mark_article(make_article("post", text, blocks=blocks), "post", {})
    assert [(one.kind, flat(one.pieces)) for one in made] == [
        ("headline", "Ferry strikes pier"),
        ("paragraph", "Nine people were hurt."),
        ("bullet", "Two boats"),
    ]


def test_what_was_left_out_is_one_run_with_its_reasons():
    text = "Share\nPrint\nNine people were hurt."
    removed = (Removed(Span(0, 5), "Share", RemovalReason.FURNITURE), Removed(Span(6, 11), "Print", RemovalReason.RELATED))
    first, second = mark_article(make_article("post", text, removed=removed), "post", {})
    assert (first.kind, first.reasons, flat(first.pieces)) == (
        "removed",
        (RemovalReason.FURNITURE, RemovalReason.RELATED),
        "Share Print ",
    )
    assert (second.kind, second.reasons) == ("paragraph", ())


def test_what_would_act_unseen_is_shown():
    (paragraph,) = mark_article(make_article("post", "a\u202eb  c"), "post", {Span(0, 3): ()})
    assert flat(paragraph.pieces) == "a⟨U+202E⟩b c"


TEXTS = st.text(alphabet="ab \n.\u202e", min_size=1, max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_no_text_is_lost_or_doubled_whatever_the_spans(text, pairs):
    spans = {Span(min(a, b, len(text)), min(max(a, b), len(text))): (NOTE,) for a, b in pairs}
    article = make_article("post", text)
    made = mark_article(article, "post", spans)
    letters = "".join(flat(paragraph.pieces) for paragraph in made)
    kept = "".join(line for line in text.splitlines(keepends=True))
    words = [char for char in visible_part(kept) if char in "ab"]
    assert [char for char in letters if char in "ab"] == words
    found = [mark for paragraph in made for mark in marks(paragraph.pieces)]
    anchors = [mark.anchor for mark in found if mark.anchor]
    assert len(anchors) == len(set(anchors))
    for span in spans:
        if "a" in span.of(text) or "b" in span.of(text):
            assert f"post/{span.start}-{span.end}" in anchors
    assert sum(len(mark.notes) for mark in found) <= len(spans)


def test_the_text_is_the_same_whatever_is_marked():
    article = replace(make_article("post", "Nine people were hurt.\nSix died."), title="x")
    bare = [flat(one.pieces) for one in mark_article(article, "post", {})]
    assert [flat(one.pieces) for one in mark_article(article, "post", {Span(3, 30): (NOTE,), Span(5, 24): ()})] == bare
