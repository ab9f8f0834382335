import json
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from reconcile.errors import Unreadable
from reconcile.reading.documents import make_article
from reconcile.reading.page import page, read, read_at

TITLE = "Ferry runs aground off the harbour of Velm"
PROSE = (
    "The ferry Tern ran aground on a sandbank near the harbour of Velm early on Tuesday, the coast guard said, with 84 people on board.",
    "Nobody was hurt, but the passengers had to wait for five hours until two lifeboats from Portneuf could come alongside, she added.",
    "The captain told the harbour master that a buoy had drifted from its place during the storm, and that the channel was not marked.",
    "The owner of the ferry, Grane Lines, said it would pay back all fares and put its older ship on the crossing until the weekend.",
    "Divers were to look at the hull at low tide on Wednesday, and the mayor of Velm asked the ministry for a new light on the sandbank.",
    "It is the third ship in two years to strike the bank, which has moved 200 metres to the south since the breakwater was built.",
)
ADVERT = '<div class="advert"><a href="/shop">Buy new boots today</a></div>'


def paragraphs(prose=PROSE):
    return "".join(f"<p>{text}</p>" for text in prose)


def html(body=None, head="", title=f"{TITLE} | Harbour Post", heading=f"<h1>{TITLE}</h1>", foot=""):
    body = f"<article>{heading}{paragraphs()}</article>" if body is None else body
    links = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sport", "weather"))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><ul>{links}</ul></nav><main>{body}</main><footer>{foot}</footer></body></html>"
    ).encode()


def linked(**entries):
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **entries}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def graph(**entries):
    data = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Harbour Post"}, {"@type": "NewsArticle", **entries}]}
    return f'<script type="application/ld+json">{json.dumps(data, indent=2)}</script>'


def graphed(**properties):
    return "".join(f'<meta property="article:{name}" content="{value}">' for name, value in properties.items())


def head_of(raw, url=""):
    return page("story.html", "story", raw, url).head


def text_of(raw):
    return page("story.html", "story", raw).text


def test_an_article_is_read_whole_and_without_the_page_around_it():
    document = page("story.html", "story", html(foot="<p>Grane Media. All rights reserved.</p>"))
    assert document.text.split("\n")[0] == TITLE
    assert [text for text in PROSE if text not in document.text] == []
    assert "Weather" not in document.text
    assert document.titled and document.extracted


def test_a_page_is_called_after_its_file():
    (document,) = read("folder/07_harbour-post.html", html())
    assert (document.name, document.path) == ("07_harbour-post", "folder/07_harbour-post.html")


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        f"{TITLE} | Harbour Post",
        f"{TITLE} - Harbour Post",
        f"Harbour Post – {TITLE}",
        f"{TITLE} | News | Harbour Post",
        "Ferry runs aground | Harbour Post",
    ],
)
def test_the_title_is_the_heading_without_the_name_of_the_site(title):
    assert head_of(html(head='<meta property="og:site_name" content="Harbour Post">', title=title)).title == TITLE


def test_a_title_without_a_heading_on_the_page_loses_the_name_of_the_site():
    head = head_of(html(head='<meta property="og:site_name" content="Harbour Post">', heading=""))
    assert (head.title, head.source) == (TITLE, "Harbour Post")


def test_the_name_of_the_site_in_a_heading_is_not_the_title():
    heading = f"<h1>Harbour Post</h1><h2>{TITLE}</h2>"
    assert head_of(html(head='<meta property="og:site_name" content="Harbour Post">', heading=heading)).title == TITLE


def test_a_dash_within_a_headline_is_kept():
    title = "Velm to Portneuf - ferry back after a week"
    raw = html(head='<meta property="og:site_name" content="Harbour Post">', title=f"{title} - Harbour Post", heading="")
    assert head_of(raw).title == title


def test_the_outlet_is_named_after_its_address_where_the_page_does_not_say():
    head = head_of(html(title=TITLE), "https://www.daily-wave.example/ferry")
    assert (head.source, head.source_inferred) == ("Daily Wave", True)
    assert not head_of(html(head='<meta property="og:site_name" content="Harbour Post">')).source_inferred


@pytest.mark.parametrize("mark", ['<link rel="canonical" href="{}">', '<meta property="og:url" content="{}">'])
def test_the_address_is_the_one_that_the_page_gives(mark):
    assert head_of(html(head=mark.format("https://post.example/news/ferry"))).url == "https://post.example/news/ferry"


def test_the_address_that_a_page_was_found_at_counts_over_its_own():
    (document,) = read_at("a.warc#1", "a-1", html(head='<link rel="canonical" href="https://post.example/"/>'), "https://post.example/f")
    assert document.head.url == "https://post.example/f"


@pytest.mark.parametrize(
    "mark",
    [
        linked(datePublished="2024-03-05T06:30:00+02:00", dateModified="2024-03-05T18:15:00+02:00"),
        graph(datePublished="2024-03-05T06:30:00+02:00", dateModified="2024-03-05T18:15:00+02:00"),
        graphed(published_time="2024-03-05T06:30:00+02:00", modified_time="2024-03-05T18:15:00+02:00"),
        '<meta itemprop="datePublished" content="2024-03-05T06:30:00+02:00">'
        '<meta itemprop="dateModified" content="2024-03-05T18:15:00+02:00">',
    ],
    ids=["json-ld", "json-ld-graph", "open-graph", "microdata"],
)
def test_published_and_modified_are_told_apart_with_their_hour_and_zone(mark):
    head = head_of(html(head=mark))
    zone = timezone(timedelta(hours=2))
    assert head.published == datetime(2024, 3, 5, 6, 30, tzinfo=zone)
    assert head.published.utcoffset() == timedelta(hours=2)
    assert head.modified == datetime(2024, 3, 5, 18, 15, tzinfo=zone)
    assert not head.inferred


def test_microdata_in_the_body_states_the_time():
    body = (
        f'<article itemscope itemtype="https://schema.org/NewsArticle"><h1>{TITLE}</h1>'
        f'<time itemprop="datePublished" datetime="2024-03-05T06:30:00Z">5 March</time>'
        f'<time itemprop="dateModified" datetime="2024-03-06T07:00:00Z">6 March</time>{paragraphs()}</article>'
    )
    head = head_of(html(body))
    assert (head.published, head.inferred) == (datetime(2024, 3, 5, 6, 30, tzinfo=UTC), False)
    assert head.modified == datetime(2024, 3, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "mark",
    [
        linked(datePublished="2024-03-05T06:30:00Z"),
        linked(datePublished="2024-03-05T06:30:00Z", dateModified="2024-03-05T06:30:00Z"),
        graphed(published_time="2024-03-05T06:30:00Z", modified_time="2024-03-05T08:30:00+02:00"),
    ],
    ids=["not-said", "the-same", "the-same-in-another-zone"],
)
def test_a_page_that_was_not_changed_has_no_time_of_change(mark):
    head = head_of(html(head=mark))
    assert head.published == datetime(2024, 3, 5, 6, 30, tzinfo=UTC)
    assert head.modified is None


def test_a_change_alone_stands_for_the_publication():
    head = head_of(html(head=graphed(modified_time="2024-03-05T18:15:00+02:00")))
    assert head.published == datetime(2024, 3, 5, 16, 15, tzinfo=UTC)
    assert head.modified is None


def test_a_date_stated_without_an_hour_is_that_day():
    assert head_of(html(head=linked(datePublished="2024-03-05"))).published.date().isoformat() == "2024-03-05"


@pytest.mark.parametrize(
    "foot",
    ["", "<p>© 2019 Harbour Post</p>", "<p>Copyright 2003-2024 Grane Media. All rights reserved.</p>", "<p>&copy; 1998–2023</p>"],
)
def test_a_page_without_a_date_gets_none(foot):
    head = head_of(html(foot=foot))
    assert (head.published, head.modified, head.inferred) == (None, None, False)


def test_a_year_in_the_story_is_no_date():
    story = (*PROSE, "The breakwater was built in 2019 and cost 14 million, twice as much as the council had planned in 2012, he said.")
    assert head_of(html(f"<article><h1>{TITLE}</h1>{paragraphs(story)}</article>")).published is None


@pytest.mark.parametrize("date", ["5 March 2024", "March 5, 2024", "Tuesday, March 5, 2024", "2024-03-05"])
def test_a_date_in_the_byline_is_marked_as_inferred(date):
    body = f'<article><h1>{TITLE}</h1><p class="byline">By Ada Holm, {date}</p>{paragraphs()}</article>'
    head = head_of(html(body, foot="<p>© 2019 Harbour Post</p>"))
    assert head.published is not None
    assert (head.published.date().isoformat(), head.inferred, head.modified) == ("2024-03-05", True, None)


def test_an_inferred_date_stays_inferred_in_the_article():
    body = f'<article><h1>{TITLE}</h1><p class="byline">By Ada Holm, 5 March 2024</p>{paragraphs()}</article>'
    assert make_article(page("story.html", "story", html(body))).published_inferred


STORY = f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"
RELATED = (
    '<aside class="related"><h3>More</h3><ul><li><a href="/pier">Storm breaks the pier</a>'
    '<time datetime="2024-06-01T10:00:00Z">1 June 2024</time></li></ul></aside>'
)


def listed(date):
    other = {"@type": "NewsArticle", "headline": "Storm breaks the pier", "url": "https://post.example/pier", "datePublished": date}
    return f'<script type="application/ld+json">{json.dumps({"@type": "ItemList", "itemListElement": [other]})}</script>'


def test_the_date_of_another_story_beside_the_article_is_no_time_of_change():
    head = head_of(html(STORY + RELATED, head=linked(datePublished="2024-03-05T06:30:00Z")))
    assert (head.published, head.modified) == (datetime(2024, 3, 5, 6, 30, tzinfo=UTC), None)


def test_the_date_of_another_story_beside_the_article_is_not_its_stated_date():
    head = head_of(html(STORY + RELATED))
    assert head.published is None or head.inferred


def test_the_date_of_a_comment_is_not_that_of_the_article():
    said = '<div class="comment"><time datetime="2024-04-01T10:00:00Z">1 April 2024</time><p>So sad, all of it.</p></div>'
    assert head_of(html(f'{STORY}<section class="comments">{said}</section>')).published is None


def test_linked_data_with_a_comma_too_many_is_read():
    data = '{"@type": "NewsArticle", "datePublished": "2024-03-05T06:30:00Z", "keywords": ["a", "b",],}'
    assert head_of(html(head=f'<script type="application/ld+json">{data}</script>')).published == datetime(2024, 3, 5, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("words", ["Updated: 5 March 2024, 18:15", "5 March 2024 18:15"])
def test_a_written_date_keeps_its_hour(words):
    head = head_of(html(f'<article><h1>{TITLE}</h1><p class="byline">{words}</p>{paragraphs()}</article>'))
    assert (head.published, head.inferred) == (datetime(2024, 3, 5, 18, 15), True)


def test_a_time_that_is_marked_as_that_of_publication_is_stated():
    body = f'<article><h1>{TITLE}</h1><time pubdate datetime="2024-03-05T06:30:00Z">5 March</time>{paragraphs()}</article>'
    assert (head_of(html(body)).published, head_of(html(body)).inferred) == (datetime(2024, 3, 5, 6, 30, tzinfo=UTC), False)


def test_the_date_of_another_story_in_a_list_is_not_that_of_the_article():
    head = head_of(html(STORY, head=listed("2022-01-01T00:00:00Z") + linked(datePublished="2024-03-05T06:30:00Z")))
    assert (head.published, head.modified) == (datetime(2024, 3, 5, 6, 30, tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ('<meta property="og:image" content="https://img.post.example/2022/01/05/pier.jpg">', ""),
        ("", '<script>var build = "2021-09-09T10:00:00Z";</script>'),
        ("", "<p>© 1 Media 2024</p>"),
        ("", "<p>© 2019 Harbour Post</p><p>Terms as of 12 May 2020</p>"),
    ],
    ids=["picture", "script", "copyright-with-a-number", "terms"],
)
def test_a_date_of_something_else_on_the_page_is_not_that_of_the_article(head, foot):
    assert head_of(html(head=head, foot=foot)).published is None


def test_the_date_of_an_event_in_a_short_sentence_is_not_that_of_the_article():
    story = (*PROSE, "The bank was last surveyed on 14 May 2021.")
    assert head_of(html(f"<article><h1>{TITLE}</h1>{paragraphs(story)}</article>")).published is None


@pytest.mark.parametrize("written", ["2024-03-05T06:30:00.000Z", "2024-03-05T08:30:00+0200", "Tue, 05 Mar 2024 06:30:00 +0000"])
def test_the_ways_to_write_one_moment_are_read_alike(written):
    assert head_of(html(head=linked(datePublished=written))).published == datetime(2024, 3, 5, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("date", ["1970-01-01T00:00:00Z", "soon", "2024-13-45"])
def test_a_date_that_cannot_be_is_passed_over(date):
    assert head_of(html(head=linked(datePublished=date))).published is None


def test_the_author_is_read():
    assert head_of(html(head=linked(author={"@type": "Person", "name": "Ada Holm"}))).author == "Ada Holm"


@pytest.mark.parametrize("name", ["chunk", "text chunk"])
def test_an_article_in_chunks_between_advertisements_is_read_whole(name):
    chunks = [f'<div class="{name}">{paragraphs(PROSE[i : i + 2])}</div>' for i in range(0, len(PROSE), 2)]
    document = page("story.html", "story", html(f"<div><h1>{TITLE}</h1>{ADVERT.join(chunks)}</div>"))
    places = [document.text.find(text) for text in PROSE]
    assert -1 not in places
    assert all(a < b for a, b in pairwise(places))
    assert "boots" not in document.text


def test_an_article_in_a_table_that_is_there_for_the_layout_is_read():
    body = (
        '<table><tr><td width="120"><a href="/news">News</a><br><a href="/sport">Sport</a></td>'
        f"<td><h1>{TITLE}</h1>{paragraphs()}</td></tr></table>"
    )
    text = text_of(html(body))
    assert [sentence for sentence in PROSE if sentence not in text] == []
    assert "|" not in text


def test_a_table_of_figures_is_kept():
    rows = "".join(f"<tr><td>{ship}</td><td>{count}</td></tr>" for ship, count in (("Tern", "84 aboard"), ("Petrel", "31 aboard")))
    text = text_of(html(f"<article><h1>{TITLE}</h1>{paragraphs()}<table>{rows}</table></article>"))
    assert "Petrel" in text and "31 aboard" in text


def test_a_page_that_holds_its_article_twice_gives_it_once():
    copy = f'<article class="{{}}"><h1>{TITLE}</h1>{paragraphs()}</article>'
    text = text_of(html(copy.format("wide") + copy.format("narrow")))
    assert [text.count(sentence) for sentence in PROSE] == [1] * len(PROSE)
    assert text.count(TITLE) == 1


def test_the_comments_of_readers_are_no_part_of_the_article():
    said = "I was on that ferry and nobody told us anything for hours on end, which I find quite shocking."
    comments = f'<section id="comments" class="comments"><h2>Comments</h2><div class="comment"><p>{said}</p></div></section>'
    assert said not in text_of(html(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>{comments}"))


@pytest.mark.parametrize(
    "raw",
    [
        b"<html><head><title>Velm</title></head><body></body></html>",
        b"<html><body><script>var text = 'The ferry ran aground on Tuesday.';</script></body></html>",
        b"\x00\x01\x02\x03",
        b"<>",
    ],
    ids=["empty", "script", "binary", "scrap"],
)
def test_a_page_without_an_article_is_unreadable(raw):
    with pytest.raises(Unreadable) as error:
        page("story.html", "story", raw)
    assert "\n" not in str(error.value)
    assert "save the article" in str(error.value)


def test_a_page_of_too_many_elements_is_unreadable():
    with pytest.raises(Unreadable, match="elements"):
        page("story.html", "story", html("<b>x</b>" * 160_000))


@pytest.mark.parametrize(
    ("charset", "word"),
    [("windows-1252", "“Grönland” – 5 €"), ("iso-8859-1", "Grönland"), ("utf-8", "“Grönland” – 5 €")],
)
def test_a_page_is_read_in_the_charset_that_it_states(charset, word):
    body = (
        f"<article><h1>{TITLE}</h1>{paragraphs((*PROSE, f'The ferry had come from the port of {word}, the coast guard said on Tuesday.'))}"
    )
    raw = html(body + "</article>").decode().replace('charset="utf-8"', f'charset="{charset}"').encode(charset)
    assert word in text_of(raw)
