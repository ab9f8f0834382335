"""A saved web page in, its document out: the article without the page around it, its title, outlet, author and dates.

Extraction is trafilatura's, dates are htmldate's; what is done here is to undo what keeps them from the whole of the text: articles
cut into chunks by the advertisements between them, tables that are there for the layout, pages that hold their article twice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement
from rapidfuzz import fuzz
from trafilatura import extract, extract_metadata
from trafilatura.utils import load_html

from reconcile.errors import Unreadable
from reconcile.model import Problem, in_utc
from reconcile.reading.documents import Document, extracted
from reconcile.reading.metadata import Metadata, parse_moment, prettified

LEAST_PROSE = 80
"""Characters that a paragraph of an article's chunk has."""
LAYOUT = 400
"""Characters in one cell from which a table is there for the layout."""
LEAST_REPEATED = 30
"""Characters that a line must have to be dropped where it comes again."""
MOST_ELEMENTS = 150_000
LATEST = "2100-01-01"
"""Date beyond which htmldate takes a date for a mistake; a fixed one, since its own is the day of the run."""
MOMENT = "%Y-%m-%dT%H:%M:%S%z"
PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
FIRST_YEAR = 1995
"""Year before which no page was published."""
LONGEST_DATE = 100
"""Characters of a run of text that may be a written date and little else."""
NUMBER = re.compile(r"\d+")
ALIKE = 85.0
"""Likeness (0 to 100) of a heading to the page's title from which it is the same headline."""
SUFFIX = re.compile(r"\s+[|–—›»·•⋆/:-]+\s+")
"""What stands between a headline and the name of the site in a page's title."""
LONGEST_TITLE = 300


def read(path: str, raw: bytes) -> list[Document | Problem]:
    """Read a saved page. Raises Unreadable."""
    stem = Path(path).stem
    return [page(path, stem, raw)]


def read_at(path: str, name: str, raw: bytes, url: str) -> list[Document | Problem]:
    """Read a page of an archive or of the net, found at `url`. Raises Unreadable."""
    return [page(path, name, raw, url)]


def page(path: str, name: str, raw: bytes, url: str = "") -> Document:
    """Return the article of a page that was found at `url`. Raises Unreadable for a page without one."""
    tree = load_html(raw)
    if tree is None:
        raise Unreadable("is no web page; it was left out, save the article as .txt if it is plain text")
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise Unreadable(f"has more than {MOST_ELEMENTS:,} elements; save the article's text as .txt")
    head = _metadata(tree, url)
    body = _body(tree, head.title)
    if not body.strip():
        raise Unreadable("holds no article that could be told from the page around it; save the article's text as .txt")
    return extracted(path, name, body, head)


def _metadata(tree: HtmlElement, url: str) -> Metadata:
    found = extract_metadata(deepcopy(tree), default_url=url or None, date_config=_dates(original=True))
    stated, modified = _stated(tree) or parse_moment(found.date or ""), _moment(tree, original=False)
    published = stated or modified or _written(tree)
    return Metadata(
        title=_title(tree, found.title or "", found.sitename or found.hostname or ""),
        source=found.sitename or prettified((found.hostname or "").removeprefix("www.").rpartition(".")[0]),
        url=url or found.url or "",
        author=found.author or "",
        language=tree.get("lang") or "",
        published=published,
        inferred=published is not None and not stated and not modified,
        modified=modified if _is_later(modified, stated) else None,
    )


def _is_later(modified: datetime | None, stated: datetime | None) -> bool:
    a, b = in_utc(modified), in_utc(stated)
    return a is not None and b is not None and a > b


def _stated(tree: HtmlElement) -> datetime | None:
    """Return the time of publication that a page states in so many words, with its hour and zone: JSON-LD, Open Graph or microdata."""
    scripts = (script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    values = [value for script in scripts for value in PUBLISHED.findall(script)]
    values += [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "article:published_time"]
    values += [item.get("datetime") or item.get("content") or "" for item in tree.xpath('//*[@itemprop="datePublished"]')]
    return next((moment for value in values if (moment := parse_moment(value)) and moment.year >= FIRST_YEAR), None)


def _moment(tree: HtmlElement, *, original: bool, extensive: bool = False) -> datetime | None:
    return parse_moment(find_date(deepcopy(tree), **_dates(original, extensive)) or "")


def _dates(original: bool, extensive: bool = False) -> dict[str, Any]:
    return {"original_date": original, "extensive_search": extensive, "outputformat": MOMENT, "max_date": LATEST}


def _written(tree: HtmlElement) -> datetime | None:
    """Return the date that htmldate finds in a page's text, if it stands there with its day: a year alone is that of a copyright."""
    date = _moment(tree, original=True, extensive=True)
    if date is None:
        return None
    short = (text for text in tree.itertext() if len(text) <= LONGEST_DATE)
    return date if any({str(date.day), str(date.year)} <= {n.lstrip("0") for n in NUMBER.findall(text)} for text in short) else None


def _title(tree: HtmlElement, title: str, site: str) -> str:
    """Return the headline as it stands on the page: the heading that the page's title holds, else that title without the site."""
    plain = _without_site(" ".join(title.split()), site)
    headings = [words for heading in tree.iter("h1") if 0 < len(words := " ".join(heading.text_content().split())) <= LONGEST_TITLE]
    own = [words for words in dict.fromkeys(headings) if _same(words, title) or _same(words, plain)]
    if own and not _same(own[0], site):
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


def _body(tree: HtmlElement, title: str) -> str:
    _unwrap_layout(tree)
    _join_chunks(tree)
    text = extract(tree, include_comments=False, include_tables=True) or ""
    return "\n".join(_once(text.split("\n"), title))


def _unwrap_layout(tree: HtmlElement) -> None:
    """Turn tables that are there for the layout into plain sections, so that their paragraphs are read as such."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td", "th") if next(cell.iterancestors("table")) is table]
        if any(len(cell.text_content()) >= LAYOUT for cell in cells):
            rows = [row for row in table.iter("tr", "tbody", "thead", "tfoot") if next(row.iterancestors("table")) is table]
            for element in (table, *rows, *cells):
                element.tag = "div"


def _join_chunks(tree: HtmlElement) -> None:
    """Move the parts of an article that stand in several sections of one class into the first of them."""
    chunks: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for section in tree.iter("div", "section"):
        if (name := section.get("class")) and sum(1 for _ in _prose(section)) >= 2:
            chunks[section.tag, name].append(section)
    for first, *others in chunks.values():
        for other in others:
            if first not in other.iterancestors() and other not in first.iterancestors():
                for child in list(other):
                    first.append(child)


def _prose(section: HtmlElement) -> Iterator[HtmlElement]:
    return (child for child in section if child.tag == "p" and len(" ".join(child.text_content().split())) >= LEAST_PROSE)


def _once(lines: Sequence[str], title: str) -> Iterator[str]:
    """Yield the lines without those that come again, the title among them: some pages hold their article twice."""
    seen = {title.casefold()}
    for line in lines:
        plain = " ".join(line.split()).casefold()
        if plain in seen and (len(plain) >= LEAST_REPEATED or plain == title.casefold()):
            continue
        seen.add(plain)
        yield line
