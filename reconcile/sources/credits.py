"""An article in, the agencies that its byline, dateline, sign-off or credit line names out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reconcile.model import Article, RemovalReason, Span
from reconcile.sources.vocabulary import agency_named, vocabulary

HEAD, TAIL = 260, 320
"""Characters at the beginning and at the end of a text in which a credit may stand."""
LONGEST = 400
"""Characters of a removed passage in which a credit may stand."""
UNNAMED = "news agencies"
"""How the report names agencies that a credit does not name."""

_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}(?:, [A-Z][\w. ]{1,25}){0,2}"
_DATELINE = r"[A-ZÀ-Þ][^()\n]{2,50} "
_OTHER = r"(?:[A-Z][\w&'-]+ ){1,4}(?:News Agency|Newswire|Wire Service|Press Agency|News Service)"
_PERSON = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency that an article credits."""

    agency: str
    cue: str
    """The exact words that say so."""
    span: Span | None
    """Where they stand in the text; None where they stand in the name of the author."""
    whole: bool
    """Whether the article as a whole is the agency's, and not only parts of it."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool, str], ...]:
    """Return the forms of a credit, whether each is for the whole article, and the zone it stands in ("head", "tail" or "any")."""
    names = f"(?P<agency>{vocabulary().any_agency}|{_OTHER})"
    known = f"(?P<agency>{vocabulary().any_agency})"
    forms = (
        (rf"^(?:{_DATELINE})?\({known}\)\s*(?:[-–—:]|$)", True, "head"),
        (rf"^\({known}\)", True, "head"),
        (rf"^{_PLACE} \((?P<agency>[A-Z][\w.&-]+(?: [A-Z][\w.&-]+){{0,2}})\)\s*[-–—:]", True, "head"),
        (rf"^\W*(?i:by)\W+(?:{_PERSON}(?:,| of| for|\s*[/|-])?\s+)?(?:the )?{names}(?! \w)", True, "head"),
        (rf"^{_PERSON}(?: and {_PERSON})?\s*[,|/]\s*{names}\s*$", True, "head"),
        (rf"^\W*{names}\W*$", True, "any"),
        (rf"(?:[-–—]\s*|\(){names}\)?\W*\Z", True, "tail"),
        (rf"(?:[Cc]opyright|©|\([Cc]\))[^.\n]{{0,24}}?\b{names}\b", True, "any"),
        (rf"^\W*(?i:source|via|agency)\s*:\s*(?:the )?{names}", True, "any"),
        (rf"\b{names}(?:,? and [^.\n]{{2,60}}?)? (?:\w+ )?contributed\b", False, "any"),
        (rf"\b(?i:contributed by|with (?:\w+ )?(?:inputs?|reporting|material|files?|information|content|reports?) (?:from|by|of)|"
         rf"(?:additional|further) reporting (?:by|from)) (?:the )?(?:{_PERSON} (?:of|for) (?:the )?)?{names}\b", False, "any"),
        (rf"\b(?i:with) {names} (?i:inputs?|reports?)\b", False, "any"),
    )  # fmt: skip
    return tuple((re.compile(form, re.MULTILINE), whole, zone) for form, whole, zone in forms)


_UNNAMED = re.compile(
    r"\b(?i:with (?:\w+ )?(?:inputs?|reports?) from (?:news |wire )?(?:agencies|wires|wire services)"
    r"|with (?:news |wire )?agency (?:inputs?|reports?))\b"
    r"|^\W*(?:News )?(?:Agencies|AGENCIES)\W*$|\(Agencies\)",
    re.MULTILINE,
)
_LINE = re.compile(r"^.{3,60}$", re.MULTILINE)
_PICTURE = re.compile(r"(?i:photo\w*|pictures?|images?|getty|video|file|handout|via|screengrab)[^.\n]{0,30}$|/\s*$")


def agency_credits(article: Article) -> tuple[Credit, ...]:
    """Return the agencies that an article credits for its words, each once, the plainest credit of each; credits of pictures are none."""
    found: dict[str, Credit] = {}
    for credit in [*_in_author(article), *_in_text(article)]:
        known = found.get(credit.agency)
        if known is None or (credit.whole and not known.whole):
            found[credit.agency] = credit
    return tuple(found[name] for name in sorted(found))


def _in_author(article: Article) -> Iterator[Credit]:
    for part in re.split(r"\s*(?:[,;/|&]|\band\b|\bof\b|\bfor\b)\s*", article.author):
        agency = agency_named(part.strip()) or agency_named(part.strip().removesuffix(" Staff").removeprefix("By "))
        if agency:
            yield Credit(agency, article.author, None, whole=True)


def _in_text(article: Article) -> Iterator[Credit]:
    for start, end, zones in _zones(article):
        zone = article.text[start:end]
        for pattern, whole, where in _patterns():
            for match in pattern.finditer(zone) if where in zones else ():
                written = match.group("agency")
                agency = agency_named(written) or written
                if agency.casefold() != article.source.casefold() and not _PICTURE.search(
                    zone[: match.start("agency")].rpartition("\n")[2]
                ):
                    yield Credit(agency, match.group(), Span(start + match.start(), start + match.end()), whole)
                    yield from _beside(match, zone, start, whole)
        yield from _lines(zone, start)
        for match in _UNNAMED.finditer(zone):
            yield Credit(UNNAMED, match.group(), Span(start + match.start(), start + match.end()), whole=False)


def _beside(match: re.Match[str], zone: str, start: int, whole: bool) -> Iterator[Credit]:
    """Yield the agencies that a credit lists behind the first: "with inputs from Reuters and AFP"."""
    end = match.end("agency")
    while further := _further().match(zone, end):
        end = further.end()
        yield Credit(agency_named(further.group("agency")), zone[match.start() : end], Span(start + match.start(), start + end), whole)


@cache
def _further() -> re.Pattern[str]:
    return re.compile(rf"(?:,? and |, | & |/)(?:the )?(?P<agency>{vocabulary().any_agency})\b")


def _lines(zone: str, start: int) -> Iterator[Credit]:
    """Yield the agencies of a line of nothing but agencies: "Reuters - Ap - Afp"."""
    for line in _LINE.finditer(zone):
        parts = [part for part in re.split(r"\W*(?:[-–—/,&|]| and )\W*", line.group().strip()) if part]
        agencies = [agency_named(part) or agency_named(part.upper()) for part in parts]
        if len(parts) > 1 and all(agencies):
            for agency in agencies:
                yield Credit(agency, line.group(), Span(start + line.start(), start + line.end()), whole=True)


def _zones(article: Article) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield where credits may stand: the head and the tail of the text, and what was cut out of it as furniture."""
    first = min((block.span.start for block in article.blocks), default=0)
    last = max((block.span.end for block in article.blocks), default=len(article.text))
    yield 0, min(first + HEAD, len(article.text)), frozenset({"head", "any"})
    yield max(0, last - TAIL), last, frozenset({"tail", "any"})
    yield max(0, len(article.text) - TAIL), len(article.text), frozenset({"tail", "any"})
    for removed in article.removed:
        if removed.reason is RemovalReason.FURNITURE and len(removed.quote) < LONGEST:
            yield removed.span.start, removed.span.end, frozenset({"head", "tail", "any"})
