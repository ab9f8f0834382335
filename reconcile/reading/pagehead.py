"""The tree of a web page in, what the page says of itself out: headline, outlet, address, author, and when it was published and changed.

A time counts as stated where the page gives it as the article's own: in JSON-LD, in its meta elements, or in microdata. Any other date that
htmldate finds is marked as inferred, and one that stands beside other stories, at the foot or in a sentence is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from rapidfuzz import fuzz
from trafilatura import extract_metadata

from reconcile.reading.datelines import written_date
from reconcile.reading.documents import one_line
from reconcile.reading.metadata import Metadata, later_change, parse_moment, prettified

LATEST = "2100-01-01"
"""Date beyond which htmldate takes a date for a mistake; a fixed one, since its own is the day of the run."""
MOMENT = "%Y-%m-%dT%H:%M:%S%z"
FIRST_YEAR = 1995
"""Year before which no page was published."""
ARTICLE = re.compile(r"Article$|Posting$|^Report$|^(?:Web|Item)Page$")
"""Types of schema.org that are the article of a page, or the page."""
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
"""A comma behind the last entry, which JSON does not have and many a page does."""
DATE_META = re.compile(r"date|time|pub|issued|created|modified|updated", re.IGNORECASE)
BESIDE = ("aside", "nav", "footer", "script", "style", "noscript", "template")
"""Elements in which no date is that of the article, unless it is the article's own foot."""
OTHERS = re.compile(r"(?:^|\s)(?:comments?|related|recommend\w*|disqus)(?:[_-]\w+)*(?=\s|$)", re.IGNORECASE)
"""Classes and ids of elements that hold what readers wrote, or other stories."""
OWN = ("article", "main")
NUMBER = re.compile(r"\d+")
SENTENCE = re.compile(r"[.!?;]\s*$|[a-z]{4}[.!?] |©|\(c\)|\bcopyright\b|\bterms\b", re.IGNORECASE)
LONGEST_DATE = 80
"""Characters of a run of text that may be a written date and little else."""
ALIKE = 85.0
"""Likeness (0 to 100) of a heading to the page's title from which it is the same headline."""
SUFFIX = re.compile(r"\s+[|–—›»·•⋆/:-]+\s+")
"""What stands between a headline and the name of the site in a page's title."""
LONGEST_TITLE = 300
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu"})


def page_head(tree: HtmlElement, url: str = "") -> Metadata:
    """Return the metadata of a page that was found at `url`, or at the address that it gives itself."""
    # The date that it finds on the way is not used: a short search costs least.
    found = extract_metadata(deepcopy(tree), default_url=url or None, date_config=_options(extensive=False))
    site = found.sitename or found.hostname or ""
    stated, modified = _stated(tree, "datePublished", "published_time"), _stated(tree, "dateModified", "modified_time")
    published = stated or modified or _meta_moment(tree)
    guess = None if published else _written(tree)
    unnamed = not site or ("." in site and " " not in site)
    return Metadata(
        title=_title(tree, found.title or "", site),
        source=_outlet(found.hostname or site) if unnamed else site,
        source_inferred=unnamed,
        url=url or found.url or "",
        author=found.author or "",
        language=tree.get("lang") or "",
        published=published or guess,
        inferred=guess is not None,
        modified=later_change(modified, stated),
    )


def _outlet(host: str) -> str:
    """Make a name of an address: "www.daily-wave.co.uk" becomes "Daily Wave"."""
    labels = host.removeprefix("www.").split(".")
    labels = labels[:-1] if len(labels) > 1 else labels
    labels = labels[:-1] if len(labels) > 1 and labels[-1] in SECOND_LEVEL else labels
    return prettified(labels[-1]) if labels[-1] else ""


def _stated(tree: HtmlElement, name: str, meta: str) -> datetime | None:
    """Return the time that a page states under a name of schema.org, or in its counterpart in Open Graph."""
    values = [str(item.get(name) or "") for item in sorted(_linked_data(tree), key=_is_page)]
    values += [element.get("content") or "" for element in tree.iter("meta") if (element.get("property") or "").endswith(f"article:{meta}")]
    marked = "//*[@itemprop=$name]" + ("| //time[@pubdate]" if name == "datePublished" else "")
    own = (item for item in tree.xpath(marked, name=name) if not _is_beside(item))
    values += [item.get("datetime") or item.get("content") or "" for item in own]
    return next((moment for value in values if (moment := parse_moment(value)) and moment.year >= FIRST_YEAR), None)


def _linked_data(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Yield the articles and the page that JSON-LD describes at its top, not the ones that it lists or mentions."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads(TRAILING_COMMA.sub("", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        items = data if isinstance(data, list) else [data]
        graphs = [item.get("@graph") for item in items if isinstance(item, dict)]
        for item in [*items, *(entry for graph in graphs if isinstance(graph, list) for entry in graph)]:
            if isinstance(item, dict) and any(ARTICLE.search(kind) for kind in _types(item)):
                yield item


def _types(item: Mapping[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _is_page(item: Mapping[str, Any]) -> bool:
    """Return whether an item is the page around the article, whose times come after those of the article."""
    return all(kind.endswith("Page") for kind in _types(item))


def _is_beside(element: HtmlElement) -> bool:
    return any(_is_other(ancestor) for ancestor in element.iterancestors())


def _is_other(element: HtmlElement) -> bool:
    """Return whether an element holds something else than the article: a page's foot, other stories, comments."""
    if element.tag in BESIDE:
        return not _is_own_foot(element)
    named = OTHERS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    return bool(named) and element.tag not in {"html", "body"} and next(element.iter("h1"), None) is None


def _is_own_foot(element: HtmlElement) -> bool:
    return element.tag == "footer" and any(ancestor.tag in OWN for ancestor in element.iterancestors())


def _meta_moment(tree: HtmlElement) -> datetime | None:
    """Return the date that htmldate finds in the meta elements about dates alone."""
    head = deepcopy(tree)
    for body in list(head.iter("body")):
        body.clear()
    for element in list(head.iter("meta", "script", "link", "title", "style")):
        names = " ".join(element.get(key) or "" for key in ("name", "property", "itemprop", "http-equiv"))
        if element.tag != "meta" or not DATE_META.search(names):
            element.drop_tree()
    return parse_moment(find_date(head, **_options(extensive=False)) or "")


def _written(tree: HtmlElement) -> datetime | None:
    """Return the date that htmldate finds on a page where a line gives it with its day; a year alone is that of a copyright."""
    own = deepcopy(tree)
    for element in [item for item in own.iter(etree.Element) if item.tag in {"meta", "link"} or _is_other(item)]:
        if element.getparent() is not None:
            element.drop_tree()
    for extensive in (False, True):
        date = parse_moment(find_date(deepcopy(own), **_options(extensive=extensive)) or "")
        if date is None or date.year < FIRST_YEAR:
            continue
        if (date.hour, date.minute) != (0, 0):  # an hour comes from markup that is made for times
            return date
        if line := next((line for line in _lines(own) if _gives(line, date)), ""):
            timed = written_date(line)
            return timed if timed and timed.date() == date.date() else date
    return None


def _lines(tree: HtmlElement) -> Iterator[str]:
    yield from tree.itertext()
    yield from (element.get("datetime") or "" for element in tree.iter("time"))


def _gives(line: str, date: datetime) -> bool:
    """Return whether a run of text gives a date and little else: a byline does, a sentence does not."""
    line = one_line(line)
    if len(line) > LONGEST_DATE or SENTENCE.search(line):
        return False
    return {str(date.day), str(date.year)} <= {number.lstrip("0") for number in NUMBER.findall(line)}


def _options(*, extensive: bool) -> dict[str, Any]:
    return {"original_date": True, "extensive_search": extensive, "outputformat": MOMENT, "max_date": LATEST}


def _title(tree: HtmlElement, title: str, site: str) -> str:
    """Return the headline as it stands on the page: the heading that the page's title holds, else that title without the site."""
    stated = [title, *(words for element in tree.iter("title") if (words := one_line(element.text_content())))]
    title = next((words for words in stated if words and not _same(words, site)), title)
    plain = _without_site(one_line(title), site)
    headings = [words for heading in tree.iter("h1") if 0 < len(words := one_line(heading.text_content())) <= LONGEST_TITLE]
    own = [words for words in dict.fromkeys(headings) if (_same(words, title) or _same(words, plain)) and not _same(words, site)]
    if own:
        return own[0]
    others = [words for words in dict.fromkeys(headings) if not _same(words, site) and len(words.split()) >= 3]
    return others[0] if len(others) == 1 else plain


def _same(heading: str, title: str) -> bool:
    a, b = heading.casefold(), title.casefold()
    return bool(b) and ((len(a) >= 12 and a in b) or fuzz.ratio(a, b) >= ALIKE)


def _without_site(title: str, site: str) -> str:
    """Take the name of the site off the end or the front of a page's title."""
    cuts = list(SUFFIX.finditer(title))
    if cuts and _same(title[cuts[-1].end() :], site):
        return title[: cuts[-1].start()]
    if cuts and _same(title[: cuts[0].start()], site):
        return title[cuts[0].end() :]
    return title
