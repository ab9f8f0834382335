from datetime import datetime

import pytest

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading import feeds
from reconcile.reading.documents import Document, make_article

SHORT = "A fire broke out in the old mill of Velm."
LONG = "<p>A fire broke out in the old mill of Velm on Monday night.</p><p>Two firefighters were hurt, the mayor said.</p>"
PLAIN = "A fire broke out in the old mill of Velm on Monday night.\n\nTwo firefighters were hurt, the mayor said."


def rss(*items, channel="<title>Harbour Post</title><language>en-GB</language>"):
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    entries = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {names}><channel>{channel}{entries}</channel></rss>'.encode()


def atom(*entries, head="<title>Harbour Post</title>"):
    items = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">{head}{items}</feed>'.encode()


def only(raw, path="folder/post.xml"):
    (document,) = feeds.read(path, raw)
    assert isinstance(document, Document)
    return document


def test_an_entry_of_rss_is_read_with_all_that_it_says():
    document = only(
        rss(
            f"<title>Fire in Velm</title><link>https://post.example/fire</link><description>{SHORT}</description>"
            "<pubDate>Tue, 05 Mar 2024 08:30:00 +0200</pubDate><dc:creator>Ada Holm</dc:creator>"
        )
    )
    head = document.head
    assert document.text == f"Fire in Velm\n\n{SHORT}"
    assert (head.title, head.source, head.url, head.author) == ("Fire in Velm", "Harbour Post", "https://post.example/fire", "Ada Holm")
    assert (head.published, head.modified, head.language) == (datetime(2024, 3, 5, 6, 30), None, "en-GB")
    assert document.titled and document.extracted
    assert not head.inferred


def test_an_entry_of_atom_is_read_with_all_that_it_says():
    document = only(
        atom(
            '<title>Fire in Velm</title><link rel="alternate" href="https://post.example/fire"/><id>urn:x:1</id>'
            f"<author><name>Ada Holm</name></author><summary>{SHORT}</summary>"
            "<published>2024-03-05T08:30:00+02:00</published><updated>2024-03-05T12:00:00Z</updated>"
        )
    )
    head = document.head
    assert document.text == f"Fire in Velm\n\n{SHORT}"
    assert (head.title, head.source, head.url, head.author) == ("Fire in Velm", "Harbour Post", "https://post.example/fire", "Ada Holm")
    assert (head.published, head.modified) == (datetime(2024, 3, 5, 6, 30), datetime(2024, 3, 5, 12))


def test_the_language_of_an_atom_feed_is_known():
    assert only(atom(f"<title>Fire in Velm</title><summary>{SHORT}</summary>")).head.language == "en"


def test_the_content_counts_over_the_summary():
    item = f"<title>Fire in Velm</title><description>{SHORT}</description><content:encoded><![CDATA[{LONG}]]></content:encoded>"
    assert only(rss(item)).text == f"Fire in Velm\n\n{PLAIN}"


def test_the_content_counts_over_a_longer_summary():
    summary = SHORT + " Read more on our site about what happened and who was there, and sign up to our letter." * 3
    item = f"<title>Fire in Velm</title><description>{summary}</description><content:encoded><![CDATA[{LONG}]]></content:encoded>"
    assert PLAIN in only(rss(item)).text


def test_the_content_of_atom_counts_over_its_summary():
    content = LONG.replace("<", "&lt;")
    assert only(atom(f'<title>Fire</title><summary>{SHORT}</summary><content type="html">{content}</content>')).text == f"Fire\n\n{PLAIN}"


def test_content_in_xhtml_is_read():
    content = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</div></content>'
    assert only(atom(f"<title>Fire</title>{content}")).text == f"Fire\n\n{PLAIN}"


def test_markup_in_a_title_and_a_summary_is_read_as_words():
    item = f"<title>Fire &amp;amp; smoke in &lt;b&gt;Velm&lt;/b&gt;</title><description>{LONG.replace('<', '&lt;')}</description>"
    assert only(rss(item)).text == f"Fire & smoke in Velm\n\n{PLAIN}"


@pytest.mark.parametrize("body", ["", "<description></description>", "<description>&lt;p&gt;&lt;/p&gt;</description>"])
def test_an_entry_with_nothing_but_a_title_is_its_title(body):
    assert only(rss(f"<title>Two hurt in a mill fire in Velm.</title>{body}")).text == "Two hurt in a mill fire in Velm."


def test_an_entry_with_nothing_in_it_is_a_problem_and_the_rest_is_read():
    found = feeds.read("post.xml", rss("<link>https://post.example/1</link>", f"<description>{SHORT}</description>"))
    assert isinstance(found[0], Problem) and found[0].path == "post.xml#1"
    assert (found[1].path, found[1].name, found[1].text) == ("post.xml#2", "post-2", SHORT)


def test_an_entry_that_was_taken_from_another_outlet_names_it():
    item = f'<title>Fire</title><description>{SHORT}</description><source url="https://wave.example/rss">Daily Wave</source>'
    assert only(rss(item)).head.source == "Daily Wave"
    entry = f"<title>Fire</title><summary>{SHORT}</summary><source><title>Daily Wave</title><id>urn:w</id></source>"
    assert only(atom(entry)).head.source == "Daily Wave"


def test_a_feed_without_a_name_is_called_after_its_file():
    article = make_article(only(rss(f"<description>{SHORT}</description>", channel="")))
    assert (article.source, article.source_inferred) == ("Post", True)
    assert not make_article(only(rss(f"<description>{SHORT}</description>"))).source_inferred


def test_an_entry_without_a_date_gets_none():
    assert only(rss(f"<title>Fire</title><description>{SHORT}</description>", channel="<title>P</title>")).head.published is None


@pytest.mark.parametrize("date", ["soon", "99 Foo 2024", ""])
def test_a_date_that_cannot_be_read_is_none(date):
    assert only(rss(f"<description>{SHORT}</description><pubDate>{date}</pubDate>")).head.published is None


def test_an_atom_entry_that_was_only_updated_is_of_that_date():
    head = only(atom(f"<title>Fire</title><summary>{SHORT}</summary><updated>2024-03-05T12:00:00Z</updated>")).head
    assert (head.published, head.modified) == (datetime(2024, 3, 5, 12), None)


def test_an_update_before_the_publication_is_none():
    dates = "<published>2024-03-05T12:00:00Z</published><updated>2024-03-05T11:59:00Z</updated>"
    assert only(atom(f"<title>Fire</title><summary>{SHORT}</summary>{dates}")).head.modified is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding):
    text = '<?xml version="1.0"?><!DOCTYPE rss [<!entity a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><item>'
    text += "<title>&b;</title></item></channel></rss>"
    with pytest.raises(Unreadable, match="entities"):
        feeds.read("post.xml", text.encode(encoding))


def test_entities_are_refused_however_far_down_they_are_defined():
    padding = f"<!-- {'x' * 120_000} -->"
    raw = f'<?xml version="1.0"?>{padding}<!DOCTYPE rss [<!ENTITY b "ha">]><rss version="2.0"><channel><item><title>&b;</title></item>'
    with pytest.raises(Unreadable, match="entities"):
        feeds.read("post.xml", f"{raw}</channel></rss>".encode())


def test_a_file_outside_is_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is tern")
    raw = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY b SYSTEM "{secret.as_uri()}">]><rss version="2.0"><channel><item>'
    with pytest.raises(Unreadable):
        feeds.read("post.xml", f"{raw}<title>&b;</title></item></channel></rss>".encode())


@pytest.mark.parametrize("raw", [b"<note><to>Ada</to></note>", b"not xml", rss(), atom()], ids=["xml", "text", "rss", "atom"])
def test_what_is_no_feed_with_entries_is_unreadable(raw):
    with pytest.raises(Unreadable, match="no RSS or Atom feed"):
        feeds.read("post.xml", raw)


def test_only_so_many_entries_are_read_and_that_is_told(monkeypatch):
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    found = feeds.read("post.xml", rss(*[f"<description>{SHORT} {n}</description>" for n in range(4)]))
    assert [type(item) for item in found] == [Document, Document, Problem]
    assert "4 entries" in found[2].message


def test_a_feed_that_is_broken_at_its_end_gives_what_came_before():
    raw = rss(f"<title>Fire in Velm</title><description>{SHORT}</description>")
    assert only(raw[: raw.index(b"</channel>")]).head.title == "Fire in Velm"


def test_scripts_in_an_entry_are_no_words():
    item = f"<title>Fire</title><content:encoded><![CDATA[{LONG}<script>track('Velm')</script>]]></content:encoded>"
    assert only(rss(item)).text == f"Fire\n\n{PLAIN}"
