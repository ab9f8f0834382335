from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from ferry import agreement, conflict, evidence, make_article, make_claims, make_report, single
from markdown_it import MarkdownIt

from reconcile.model import RemovalReason, Removed, Report, Severity, Side, Span
from reconcile.report.markdown import code, escape, render_markdown

SECTIONS = [
    "Bottom line", "What was compared", "Decide before publication", "Wording", "Developing figures", "Timeline", "What agrees",
    "One article only", "Looked like conflicts, are not", "Left out", "Who says what", "Claims referred to above",
]  # fmt: skip


def section(page: str, title: str) -> str:
    return page.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("|")][2:]


def many(n: int, severity: Severity = Severity.CONTRADICTION) -> Report:
    """Make a report of two articles with n conflicts of one severity."""
    texts = ["\n".join(f"On day {i} there were {i + shift} boats in bay {i}." for i in range(n)) for shift in (100, 500)]
    a, b = make_article("post", texts[0]), make_article("wave", texts[1])
    pa, pb = make_claims(a), make_claims(b)
    found = tuple(
        conflict((x, y), (f"{i + 100} boats", f"{i + 500} boats"), severity, point=f"Boats in bay {i}", values=(i + 100, i + 500))
        for i, (x, y) in enumerate(zip(pa, pb, strict=True))
    )
    return make_report([a, b], [*pa, *pb], findings=found)


def test_the_sections_stand_in_the_order_of_the_design(report):
    page = render_markdown(report)
    assert re.findall(r"^## (.*)$", page, re.M) == SECTIONS
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    assert "\n\n\n" not in page


def test_the_sections_stand_even_when_all_are_empty():
    page = render_markdown(make_report([], []))
    assert re.findall(r"^## (.*)$", page, re.M) == [title for title in SECTIONS if title not in {"Timeline", "Who says what"}]
    assert "No article could be read." in page


def test_the_timeline_tells_each_report_in_the_order_of_the_hours(report):
    first, second = rows(section(render_markdown(report), "Timeline"))
    assert first.startswith("| 2026-03-04 09:00 UTC | *Post*") and '"Nine people" [31–42](#c3)' in first
    assert second.startswith("| 2026-03-04 11:40 UTC | *Wave*") and "How many people were injured" in second


def test_a_note_of_correction_stands_in_the_timeline(report):
    post = next(article for article in report.articles if article.id == "post")
    noted = replace(post, text=post.text.replace("Share this story", "Correction: the ferry is the *Nora*."), removed=())
    articles = tuple(noted if article is post else article for article in report.articles)
    text = section(render_markdown(replace(report, articles=articles)), "Timeline")
    assert '"Correction: the ferry is the \\*Nora\\*." \\[185–221\\]' in text and "a note of correction" in text


def test_a_long_timeline_is_cut_and_counted(report):
    finding = report.findings[0]
    wave = next(article for article in report.articles if article.id == "wave")
    more = [replace(wave, id=f"wave{i}", source=f"Wave {i}") for i in range(20)]
    claim = next(claim for claim in report.claims if claim.article == "wave" and claim.order == 0)
    claims = (*report.claims, *(replace(claim, article=article.id) for article in more))
    (own,) = finding.sides[1].evidence
    sides = (finding.sides[0], replace(finding.sides[1], evidence=(own, *(replace(own, article=article.id) for article in more))))
    long = replace(report, articles=(*report.articles, *more), claims=claims, findings=(replace(finding, sides=sides),))
    text = section(render_markdown(long), "Timeline")
    assert len(rows(text)) == 15 and "And seven more reports." in text


def test_who_says_what_is_shown_where_it_fits_a_page(report):
    text = section(render_markdown(report), "Who says what")
    assert "| `37865e` |" in text and "| ● A      | ○ B      | ·        |" in text
    two = replace(report, events=tuple(replace(event, articles=event.articles[:2]) for event in report.events))
    assert "## Who says what" not in render_markdown(two)


def test_the_bottom_line_counts_in_sentences(report):
    text = section(render_markdown(report), "Bottom line")
    assert "Three articles were compared, about one event." in text
    assert "There is one flat contradiction between articles." in text
    assert "The only agreement is not independent (Wave and Mail rest on Daily Wave)." in text
    assert 'without a second source: *Post*: "The captain, Odd Lunde, is accused of drinking." [137–184]' in text
    assert "Left out of the comparison: one passage outside the news text" in text


@pytest.mark.parametrize(
    ("severities", "internal", "expected"),
    [
        ([], 0, "Nothing that was compared conflicts."),
        (["granularity"], 0, "Nothing that was compared conflicts; one point differs in wording, precision or time only."),
        (["tension"], 0, "There is no flat contradiction, but one point is at odds."),
        (["tension", "tension"], 0, "There is no flat contradiction, but two points are at odds."),
        (["contradiction"], 0, "There is one flat contradiction between articles."),
        (["contradiction", "contradiction"], 1, "There is one flat contradiction between articles and one inside a single article."),
        (["contradiction"], 1, "There is one flat contradiction inside a single article."),
        (["contradiction"] * 2 + ["tension"], 0, "There are two flat contradictions between articles; one further point is at odds."),
    ],
)
def test_conflicts_are_counted_with_the_right_verb(severities, internal, expected):
    made = many(max(1, len(severities)))
    found = [replace(f, severity=Severity(s)) for f, s in zip(made.findings, severities, strict=False)]
    found = [replace(f, scope="internal") if i < internal else f for i, f in enumerate(found)]
    assert expected in section(render_markdown(replace(made, findings=tuple(found))), "Bottom line")


def test_no_conflict_sends_the_reader_to_what_was_not_checked(report):
    text = section(render_markdown(replace(report, findings=())), "Bottom line")
    assert "what was not checked stands at the end" in text


def test_no_shared_event_is_a_result():
    a, b = make_article("post", "A ferry sank."), make_article("wave", "A bank closed.")
    page = render_markdown(make_report([a, b], [*make_claims(a, "E1"), *make_claims(b, "E2")]))
    assert "Two articles were read, and they share no event: nothing was compared between articles." in page
    assert page.count("nothing: one article only") == 2


def test_one_article_says_so():
    article = make_article("post", "A ferry sank.")
    page = render_markdown(make_report([article], make_claims(article)))
    assert "Only one article was read, *Post*: it was checked against itself alone." in page


def test_a_conflict_row_holds_both_versions_verbatim_with_spans(report):
    (row,) = rows(section(render_markdown(report), "Decide before publication"))
    assert '*Post* (citing police): "Nine people" [31–42](#c3)' in row
    assert '*Wave* (citing the company): "Six passengers" [0–14](#c6)' in row
    assert "cannot both be true: 9 and 6 share no value" in row
    assert "the hospital's count, with the hour" in row
    assert "`casualties.injured`" in row


def test_contradictions_come_before_tensions():
    made = many(3)
    found = [replace(made.findings[0], severity=Severity.TENSION), *made.findings[1:]]
    cells = rows(section(render_markdown(replace(made, findings=tuple(found))), "Decide before publication"))
    assert ["at odds" in cell for cell in cells] == [False, False, True]


def test_ten_rows_are_to_be_decided_and_the_rest_are_one_line_each():
    text = section(render_markdown(many(14)), "Decide before publication")
    first, second = text.split("### Second line\n")
    assert len(rows(first)) == 10
    assert len([line for line in second.splitlines() if line.startswith("- ")]) == 4


def test_further_versions_are_stacked_and_counted():
    articles = [make_article(f"p{i}", f"There were {i + 10} boats.") for i in range(6)]
    claims = [make_claims(article)[0] for article in articles]
    base = conflict((claims[0], claims[1]), ("10 boats", "11 boats"))
    sides = tuple(Side("ABCDEF"[i], f"{i + 10} boats", (evidence(claim, f"{i + 10} boats"),)) for i, claim in enumerate(claims))
    (row,) = rows(
        section(render_markdown(make_report(articles, claims, findings=(replace(base, sides=sides),))), "Decide before publication")
    )
    assert '**B** *P1*: "11 boats"' in row
    assert "<br>**C** " in row
    assert "and two more versions" in row


def test_a_version_of_many_outlets_shows_three_and_counts_the_rest():
    articles = [make_article(f"p{i}", "There were 9 boats.") for i in range(5)] + [make_article("q", "There were 6 boats.")]
    claims = [make_claims(article)[0] for article in articles]
    base = conflict((claims[0], claims[5]), ("9 boats", "6 boats"))
    sides = (Side("A", "9 boats", tuple(evidence(c, "9 boats") for c in claims[:5])), base.sides[1])
    (row,) = rows(
        section(render_markdown(make_report(articles, claims, findings=(replace(base, sides=sides),))), "Decide before publication")
    )
    assert row.count('"9 boats"') == 3
    assert "and two more passages" in row


@pytest.mark.parametrize(
    ("severity", "title", "words"),
    [
        (Severity.TERMINOLOGY, "Wording", "Different word"),
        (Severity.GRANULARITY, "Wording", "Different precision"),
        (Severity.UPDATE, "Developing figures", "Later figure"),
    ],
)
def test_milder_differences_have_their_own_sections(severity, title, words):
    page = render_markdown(many(1, severity))
    assert f"{words}: 100 and 500 share no value." in section(page, title)
    assert "No contradiction and no tension was found." in section(page, "Decide before publication")


def test_developing_figures_run_from_early_to_late(report):
    late_first = conflict((report.claims[5], report.claims[2]), ("Six passengers", "Nine people"), Severity.UPDATE, values=(6, 9))
    text = section(render_markdown(replace(report, findings=(late_first,))), "Developing figures")
    early, late = text.split(" → ")
    assert '*Post* (citing police, 2026-03-04 09:00 UTC): "Nine people" [31–42](#c3)' in early
    assert '*Wave* (citing the company, 2026-03-04 11:40 UTC): "Six passengers"' in late


def test_agreements_are_limited_to_the_weightiest_and_counted():
    texts = ["\n".join(f"Boat {i} sank." for i in range(15))] * 2
    a, b = make_article("post", texts[0]), make_article("wave", texts[1])
    pa, pb = make_claims(a), make_claims(b)
    made = make_report([a, b], [*pa, *pb], findings=tuple(agreement((x, y)) for x, y in zip(pa, pb, strict=True)))
    text = section(render_markdown(made), "What agrees")
    assert len(rows(text)) == 12
    assert "And three more agreements in report.json." in text
    assert "cannot be told" in text


def test_single_source_claims_are_limited_weightiest_first():
    article = make_article("post", "\n".join(f"Boat {i} sank." for i in range(12)))
    claims = make_claims(article)
    found = tuple(single(claim, 1 if i == 11 else 2) for i, claim in enumerate(claims))
    lines = [
        line for line in section(render_markdown(make_report([article], claims, findings=found)), "One article only").splitlines() if line
    ]
    assert len(lines) == 11
    assert "Boat 11" in lines[0]
    assert lines[-1] == "- And two more claims in report.json."


def test_near_misses_carry_the_reason(report):
    text = section(render_markdown(report), "Looked like conflicts, are not")
    assert '"6" [130–131](#c4) and *Wave*: "2 million"' in text
    assert "One is a time, the other a price." in text


def test_a_name_that_no_source_states_is_told(report):
    articles = tuple(replace(article, source_inferred=article.id != "mail") for article in report.articles)
    page = render_markdown(replace(report, articles=articles))
    assert "- No source is stated for *Post* and *Wave*; the name was taken from the text, the address or the file." in page
    assert "No source is stated" not in render_markdown(report)


def test_left_out_lists_passages_problems_and_what_was_not_checked(report):
    text = section(render_markdown(report), "Left out")
    assert "*Post*: one piece of page furniture (16 of 201 characters)." in text
    assert "Not used: in/x.jsonl:3: is not JSON." in text
    assert "Seven of nine claims hold no value" in text
    assert "*Mail* carries no date of publication" in text


def test_embedded_articles_are_named_in_the_bottom_line(report):
    part = Removed(Span(0, 4), report.articles[0].text[:4], RemovalReason.EMBEDDED_ARTICLE)
    made = replace(report, articles=(replace(report.articles[0], removed=(part,)), *report.articles[1:]))
    assert "one passage of a second article" in section(render_markdown(made), "Bottom line")


def test_every_link_leads_to_a_claim_and_every_claim_is_referred_to(report):
    page = render_markdown(report)
    body, listing = page.split("## Claims referred to above")
    assert set(re.findall(r"\(#(c\d+)\)", body)) == set(re.findall(r'<a id="(c\d+)">', listing))
    assert 'id="c9"' not in listing


def test_a_long_sentence_has_a_gap_in_the_table_and_stands_whole_in_the_claim_list():
    words = "The harbour master said " + "again and again " * 30 + "that it was late."
    a, b = make_article("post", words), make_article("wave", words)
    pa, pb = make_claims(a), make_claims(b)
    page = render_markdown(make_report([a, b], [*pa, *pb], findings=(agreement((pa[0], pb[0])),)))
    assert " … " in section(page, "What agrees")
    assert words not in section(page, "What agrees")
    assert page.count(words) == 2


def test_a_phrase_is_never_shortened():
    phrase = "nine " + "very " * 60 + "small boats"
    a, b = make_article("post", f"There were {phrase}."), make_article("wave", "There were six boats.")
    pa, pb = make_claims(a), make_claims(b)
    page = render_markdown(make_report([a, b], [*pa, *pb], findings=(conflict((pa[0], pb[0]), (phrase, "six boats")),)))
    assert phrase in section(page, "Decide before publication")


ATTACKS = [
    "a | b | c",
    "line\nbreak",
    "`code` ``` fence",
    "<script>alert(1)</script>",
    "<!-- hidden",
    "[link](javascript:alert(1))",
    "![image](http://x)",
    "**bold** _it_ ~~gone~~",
    "back\\slash \\| pipe",
    "&lt;b&gt; &amp; &#x202e;",
    "rtl \u202e\u2066 end",
    "esc \x1b[31m\x07",
    "# heading",
    "{{ 7 * 7 }} {% raw %}",
    "$x$ and $$y$$",
    "surrogate \ud800",
    "quote \" and '",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_an_article_acts_as_markup(attack):
    text = f"It was {attack} there."
    a = replace(make_article("post", text), source=f"Post {attack}", title=attack, published=datetime(2026, 3, 4))
    b = make_article("wave", "There were six boats.", published=datetime(2026, 3, 5))
    c = make_article("mail", "Boats were seen.")
    pa = [replace(make_claims(replace(a, text=text.replace("\n", " ")))[0], span=Span(0, len(text)), text=text)]
    pb, pc = make_claims(b), make_claims(c)
    found = (
        replace(conflict((pa[0], pb[0]), (attack, "six boats"), point=attack), settle=attack),
        single(pa[0]),
        agreement((pa[0], pb[0])),
    )
    rejected = (replace(found[0], id="r" * 12, why=attack),)
    page = render_markdown(make_report([a, b, c], [*pa, *pb, *pc], findings=found, rejected=rejected))
    page.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", page)
    (row,) = rows(section(page, "Decide before publication"))
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 8
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(page)
    assert not re.search(r"<(script|img|h1>heading|del|s>|pre|!--)", html)
    assert set(re.findall(r'href="([^"]*)"', html)) <= {"#c1", "#c2"}
    assert html.count("<h2>") == len(SECTIONS)
    assert html.count("<code>") == page.count("`") / 2 - page.count("\\`") / 2
    shown = re.sub(r"\s+", " ", attack)
    if shown.isprintable():
        plain = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        assert f'"{shown}"' in plain


def test_escape_and_code_keep_to_one_line():
    assert escape("a|b\nc") == "a\\|b c"
    assert code("a`b|c") == "`a'b¦c`"


def test_the_page_never_says_who_is_right(report):
    page = render_markdown(report).lower()
    assert not re.search(
        r"\b(is right|is wrong|is correct|is true|probably|more reliable)\b", page.replace("whether what the articles agree on is true", "")
    )


def test_the_same_report_gives_the_same_page(report):
    assert render_markdown(report) == render_markdown(report)


def test_five_articles_make_at_most_two_pages_before_the_claim_list():
    body = render_markdown(many(60)).split("## Claims referred to above")[0]
    assert len(body.splitlines()) < 120
