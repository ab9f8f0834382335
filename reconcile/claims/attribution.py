"""Parsed sentences of one article in, the speaker of each out: "according to", "X said", "police told Y", quoted speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from reconcile import syntax
from reconcile.model import Article, Span, Speaker, Token

SAYING = frozenset(
    "say tell announce add confirm deny report state write tweet claim warn insist argue explain note reveal declare admit allege "
    "estimate stress acknowledge recall believe suspect testify maintain assert complain describe promise vow quote post reply "
    "respond concede".split()
)
NOUNS_OF_SAYING = frozenset(
    {"statement", "release", "report", "interview", "tweet", "post", "document", "letter", "memo", "affidavit", "complaint"}
)
NEEDS_CONTENT = frozenset("report describe post write quote believe suspect claim promise vow estimate confirm recall note declare".split())
"""Verbs that are verbs of saying only where they introduce a clause."""
UNNAMED = frozenset(
    "official source police policeman authority spokesman spokeswoman spokesperson witness resident neighbour neighbor relative doctor "
    "investigator prosecutor lawyer expert analyst scientist researcher critic diplomat minister officer soldier aide person people man "
    "woman they some many other reporter outlet medium media company government military army rescuer firefighter survivor family".split()
)
"""Heads of phrases that name nobody."""
MEDIA = frozenset(
    "reuters afp ap dpa tass xinhua ansa efe kyodo upi pa bbc cnn nbc abc cbs npr fox bloomberg guardian telegraph monde figaro spiegel "
    "bild times post journal tribune herald gazette chronicle newspaper daily magazine broadcaster agency television tv radio mediapart "
    "politico axios aljazeera jazeera sky zdf ard kommersant interfax ria nikkei pais huffpost observer independent economist".split()
)
QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»"}
PRONOUNS = frozenset({"he", "she"})
LONGEST_NAME = 90
"""Characters that the name of a speaker may have."""

Parsed = tuple[Span, Sequence[Token]]


def attribute(article: Article, sentences: Sequence[Parsed]) -> list[Speaker]:
    """Return the speaker of each sentence of an article: named, unnamed, or the outlet itself."""
    outlet = Speaker(article.source, "outlet")
    found: list[Speaker | None] = []
    last_named: Speaker | None = None
    for _, tokens in sentences:
        speaker = _speaker(article, tokens)
        if speaker is not None and speaker.name.lower() in PRONOUNS:
            speaker = (
                Speaker(last_named.name, last_named.kind, speaker.span) if last_named else Speaker(speaker.name, "unnamed", speaker.span)
            )
        if speaker is not None and speaker.kind == "named":
            last_named = speaker
        found.append(speaker)
    return [speaker or _quoted(article, sentences, found, i) or outlet for i, speaker in enumerate(found)]


def cited_media(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the media and agencies that a sentence gives as its source, as written, without an article."""
    named: list[str] = []
    for index in (*_told(tokens), *_according_to(tokens), *_sayers(tokens)):
        if _is_medium(tokens, index):
            named.append(_medium(tokens, index))
    return tuple(dict.fromkeys(named))


def _speaker(article: Article, tokens: Sequence[Token]) -> Speaker | None:
    """Return who says a sentence, media left out where a person speaks to them."""
    heads = [*_according_to(tokens), *_sayers(tokens)]
    people = [index for index in heads if not _is_medium(tokens, index)]
    for index in people or heads:
        span = _name(tokens, index)
        name = " ".join(span.of(article.text).split())
        if name and len(name) <= LONGEST_NAME:
            return Speaker(name, _kind(tokens, index), span)
    return None


def _sayers(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the subjects of verbs of saying, those that govern what is said."""
    for i, token in enumerate(tokens):
        if token.pos not in syntax.VERBS or token.lemma not in SAYING:
            continue
        if token.lemma in NEEDS_CONTENT and not _has_content(tokens, i):
            continue
        subject = syntax.subject_of(tokens, i)
        passive = any(tokens[child].dep == "auxpass" for child in syntax.children(tokens, i))
        agent = next((child for child in syntax.children(tokens, i) if tokens[child].dep == "agent"), None)
        if passive:
            subject = next((c for c in syntax.children(tokens, agent) if tokens[c].dep == "pobj"), None) if agent is not None else None
        if (
            subject is not None
            and tokens[subject].pos in syntax.NOUNS
            and tokens[subject].lemma not in {"it", "that", "this", "which", "who", "what"}
        ):
            yield _source_of(tokens, subject)


def _has_content(tokens: Sequence[Token], verb: int) -> bool:
    """Return whether a verb that may also mean something else is used of words: it has a clause, or stands inside one as a tag."""
    introduces = any(tokens[i].dep in {"ccomp", "parataxis"} for i in syntax.children(tokens, verb))
    return introduces or tokens[verb].dep == "parataxis"


def _source_of(tokens: Sequence[Token], subject: int) -> int:
    """Step from "a statement by the ministry" to the ministry."""
    if tokens[subject].lemma not in NOUNS_OF_SAYING:
        return subject
    for prep in syntax.children(tokens, subject):
        if tokens[prep].lemma in {"by", "from", "of"}:
            inner = next((i for i in syntax.children(tokens, prep) if tokens[i].dep == "pobj"), None)
            if inner is not None:
                return inner
    return subject


def _according_to(tokens: Sequence[Token]) -> Iterator[int]:
    for i in range(len(tokens) - 2):
        if tokens[i].text.lower() == "according" and tokens[i + 1].text.lower() == "to":
            named = next((c for c in syntax.children(tokens, i + 1) if tokens[c].dep == "pobj"), None)
            if named is not None:
                yield _source_of(tokens, named)


def _told(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield whom something was told: "told AFP", "in an interview with NBC News"."""
    for i, token in enumerate(tokens):
        if token.lemma == "tell":
            yield from (c for c in syntax.children(tokens, i) if tokens[c].dep in {"dobj", "dative"})
            for prep in syntax.children(tokens, i):
                if tokens[prep].dep in {"prep", "dative"} and tokens[prep].lemma in {"to"}:
                    yield from (c for c in syntax.children(tokens, prep) if tokens[c].dep == "pobj")
        if token.lemma in {"interview", "confirm", "say", "speak"}:
            for prep in syntax.children(tokens, i):
                if tokens[prep].lemma in {"with", "to"} and tokens[prep].dep in {"prep", "dative"}:
                    yield from (c for c in syntax.children(tokens, prep) if tokens[c].dep == "pobj")


def _phrase(tokens: Sequence[Token], index: int) -> list[int]:
    """Return the tokens of the noun phrase before and at its head, and a place or body after "of" or "in"."""
    keep = {index}
    for child in syntax.children(tokens, index):
        if tokens[child].dep in {"compound", "amod", "poss", "nmod", "nummod"} and child < index:
            keep.update(syntax.subtree(tokens, child))
        elif tokens[child].dep == "prep" and tokens[child].lemma in {"of", "for"} and child == index + 1:
            inner = syntax.subtree(tokens, child)
            if len(inner) <= 5:
                keep.update(inner)
    first, last = min(keep), max(keep)
    return list(range(first, last + 1))


def _name(tokens: Sequence[Token], index: int) -> Span:
    """Return the tightest name of a speaker: a person's own name where there is one, else the noun phrase."""
    person = _person(tokens, index)
    indexes = person or _phrase(tokens, index)
    while len(indexes) > 1 and (tokens[indexes[0]].pos in {"DET", "PUNCT", "ADP"} or tokens[indexes[0]].lemma in {"a", "an", "the"}):
        indexes = indexes[1:]
    while len(indexes) > 1 and tokens[indexes[-1]].pos in {"PUNCT", "PART"}:
        indexes = indexes[:-1]
    return syntax.span_of(tokens, indexes)


def _person(tokens: Sequence[Token], index: int) -> list[int]:
    for i in (index, *(c for c in syntax.children(tokens, index) if tokens[c].dep == "appos")):
        if tokens[i].entity == "PERSON":
            return [j for j in syntax.entity_at(tokens, i) if tokens[j].pos != "PART"]
    return []


def _kind(tokens: Sequence[Token], index: int) -> Literal["named", "unnamed"]:
    if _person(tokens, index):
        return "named"
    phrase = _phrase(tokens, index)
    if tokens[index].lemma in UNNAMED and not any(tokens[i].entity == "ORG" for i in phrase):
        return "unnamed"
    proper = any(tokens[i].pos == "PROPN" or tokens[i].entity in {"ORG", "PERSON"} for i in phrase)
    return "named" if proper or tokens[index].lemma in {"ministry", "department", "embassy"} else "unnamed"


def _is_medium(tokens: Sequence[Token], index: int) -> bool:
    words = {tokens[i].text.lower() for i in _name_range(tokens, index)}
    return bool(words & MEDIA) and tokens[index].pos in {"PROPN", "NOUN", "X"} and tokens[index].entity not in {"PERSON", "GPE"}


def _name_range(tokens: Sequence[Token], index: int) -> list[int]:
    entity = syntax.entity_at(tokens, index)
    return entity or _phrase(tokens, index)


def _medium(tokens: Sequence[Token], index: int) -> str:
    indexes = _name_range(tokens, index)
    words = [tokens[i].text for i in indexes if tokens[i].pos not in {"DET", "PART", "PUNCT"}]
    proper = [tokens[i].text for i in indexes if tokens[i].pos == "PROPN"]
    return " ".join(proper or words)


def _quoted(article: Article, sentences: Sequence[Parsed], found: Sequence[Speaker | None], index: int) -> Speaker | None:
    """Give a sentence that is all quotation to the speaker of a neighbour in the same paragraph: the one before, else the next."""
    text = sentences[index][0].of(article.text)
    if not _inside_quote(article, sentences, index) and not _wholly_quoted(text):
        return None
    for other in (index - 1, index + 1, index - 2):
        if 0 <= other < len(found) and _adjacent(article, sentences, index, other):
            speaker = found[other]
            if speaker is not None and speaker.span is not None:
                return speaker
    return None


def _wholly_quoted(text: str) -> bool:
    return text[:1] in QUOTES and (text.rstrip(".,")[-1:] in QUOTES.values() or QUOTES[text[:1]] not in text[1:])


def _inside_quote(article: Article, sentences: Sequence[Parsed], index: int) -> bool:
    """Return whether a quotation that an earlier sentence of the paragraph opened is still open."""
    start = article.text.rfind("\n", 0, sentences[index][0].start) + 1
    before = article.text[start : sentences[index][0].start]
    return before.count("“") > before.count("”") or (before.count('"') % 2 == 1)


def _adjacent(article: Article, sentences: Sequence[Parsed], a: int, b: int) -> bool:
    first, second = sorted((sentences[a][0], sentences[b][0]))
    between = article.text[first.end : second.start]
    return len(between) < 400 and len(re.findall(r"\n", between)) <= 1
