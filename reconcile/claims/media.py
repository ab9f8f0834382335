"""A parsed sentence in, the media and agencies that it gives as its source out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconcile import syntax
from reconcile.claims.phrases import phrase_of
from reconcile.claims.words import AGENCIES, LOOSE, MEDIUM, TITLES_OF_PAPERS
from reconcile.model import Span, Token

REPORTING = frozenset({"report"})
ARTICLE = frozenset({"interview", "report", "article", "story", "piece", "dispatch", "broadcast", "footage"})


def cited_media(tokens: Sequence[Token], sources: Sequence[int]) -> list[str]:
    """Return the names of media among the sources of a sentence and among those that were told it; "" for one left unnamed."""
    heads = [*_with_owners(tokens, iter(sources)), *_told(tokens), *_credited(tokens)]
    media = [(_medium(tokens, head), head) for head in dict.fromkeys(heads) if is_medium(tokens, head)]
    return list(dict.fromkeys(name for name, head in media if name or _the_one(tokens, head)))


def _the_one(tokens: Sequence[Token], head: int) -> bool:
    """Return whether an unnamed medium is one already spoken of: "the newspaper", not "local media"."""
    return tokens[head].tag == "NN" and any(tokens[i].text.lower() == "the" for i in syntax.children(tokens, head))


def is_medium(tokens: Sequence[Token], head: int) -> bool:
    """Return whether a phrase names, or stands for, a newspaper, a broadcaster or a news agency."""
    token = tokens[head]
    if token.pos not in {"PROPN", "NOUN", "X", "ADJ"} or (
        token.entity == "PERSON"
        and not (is_agency(token.text) and (token.text.isupper() or token.text in {"Reuters", "Xinhua", "Bloomberg"}))
    ):
        return False
    words = [tokens[i].text for i in _whole(tokens, head)]
    lower = [word.lower() for word in words]
    agency = any(is_agency(word) for word in words)
    last = token.text
    if is_agency(last) or (last in TITLES_WITH_CAPITAL and _is_title(words, last)):
        return True
    news = (
        agency
        or any(word in {"news", "press", "presse", "media"} for word in lower[:-1])
        or any(w in TITLES_WITH_CAPITAL for w in words[:-1])
    )
    if token.lemma in MEDIUM - LOOSE or (token.lemma in LOOSE and news):
        return True
    if news and last in {"Agentur", "Agency", "Association", "Trust", "Service"}:
        return True
    return agency and token.lemma in {"news", "service", "report", "programme", "program", "show"}


TITLES_WITH_CAPITAL = frozenset(word.capitalize() for word in TITLES_OF_PAPERS)


def is_agency(word: str) -> bool:
    """Return whether a word is the name of an agency or a broadcaster."""
    return word.lower() in AGENCIES and (word.isupper() or word == "dpa" or (len(word) > 3 and word[:1].isupper()))


def _is_title(words: Sequence[str], last: str) -> bool:
    """Return whether a word that may mean much else ends, with a capital, the title of a paper."""
    return words[-1] == last and (
        last in {"Times", "Post", "Guardian", "Telegraph", "Tribune", "Herald", "Bild", "Newsweek", "Spiegel"} or len(words) > 1
    )


def _whole(tokens: Sequence[Token], head: int) -> list[int]:
    """Return the tokens of a medium's name, with the apposition that names it."""
    entity = [i for i in syntax.entity_at(tokens, head) if tokens[i].pos not in {"DET", "PART", "PUNCT"} and i <= head]
    beside = [
        c for c in syntax.children(tokens, head) if tokens[c].dep in {"appos", "compound", "amod", "nmod", "poss"} and abs(c - head) <= 4
    ]
    span = {head, *entity, *(i for i in phrase_of(tokens, head) if i <= head), *beside}
    return sorted(i for i in span if tokens[i].pos not in {"DET", "PART", "PUNCT"} and tokens[i].dep != "case")


def medium_span(tokens: Sequence[Token], head: int) -> Span:
    """Return where a medium is named, else where it is spoken of."""
    return syntax.span_of(tokens, _named(tokens, head) or [i for i in _whole(tokens, head) if tokens[i].dep != "appos"])


def _medium(tokens: Sequence[Token], head: int) -> str:
    return " ".join(tokens[i].text for i in _named(tokens, head))


def _named(tokens: Sequence[Token], head: int) -> list[int]:
    """Return the tokens of a medium's proper name, none where it has no name."""
    appos = next((c for c in syntax.children(tokens, head) if tokens[c].dep == "appos" and tokens[c].pos == "PROPN"), None)
    generic = tokens[head].lemma in MEDIUM or tokens[head].lemma == "agency"
    if appos is not None and generic and tokens[head].pos != "PROPN":
        return [i for i in _whole(tokens, appos) if tokens[i].pos == "PROPN"]
    proper = [
        i
        for i in _whole(tokens, head)
        if (tokens[i].pos in {"PROPN", "X"} or is_agency(tokens[i].text)) and tokens[i].dep not in {"poss", "appos"}
    ]
    return [i for i in proper if i == head or all(j in proper for j in range(i, head))] or proper


def _objects(tokens: Sequence[Token], preposition: int) -> Iterator[int]:
    yield from (c for c in syntax.children(tokens, preposition) if tokens[c].dep == "pobj")


def _told(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield whom something was told: "told AFP", "in an interview with NBC News", "said on CNN"."""
    for i, token in enumerate(tokens):
        if token.lemma == "tell" and token.pos in syntax.VERBS:
            yield from (
                c
                for c in syntax.children(tokens, i)
                if tokens[c].dep in {"dobj", "dative", "iobj", "ccomp", "dep"} and c - i in range(1, 7)
            )
        if token.lemma in {"interview", "confirm", "say", "speak", "tell", "talk", "comment"}:
            for link in syntax.children(tokens, i):
                if tokens[link].lemma in {"with", "to", "on"} and tokens[link].dep in {"prep", "dative"}:
                    yield from _with_owners(tokens, _objects(tokens, link))


def _with_owners(tokens: Sequence[Token], heads: Iterator[int]) -> Iterator[int]:
    """Yield phrases, and whose they are: "to the BBC's Turkish service"."""
    for head in heads:
        yield head
        yield from (c for c in syntax.children(tokens, head) if tokens[c].dep == "poss")


def _credited(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield who is quoted otherwise: "citing Le Monde", "quoted by TASS", "a report in the Post", "Reuters' report"."""
    for i, token in enumerate(tokens):
        if token.lemma in {"quote", "cite"} and token.pos in syntax.VERBS and token.tag != "VBN":
            yield from (c for c in syntax.children(tokens, i) if tokens[c].dep == "nsubj")
        if token.lemma in {"cite", "quote"} and token.tag == "VBG":
            yield from (c for c in syntax.children(tokens, i) if tokens[c].dep == "dobj")
        if token.lemma in {"quote", "cite", "report", "publish", "obtain", "see", "interview", "air", "broadcast"} and token.tag == "VBN":
            for link in syntax.children(tokens, i):
                if tokens[link].lemma == "by":
                    yield from _objects(tokens, link)
        if token.lemma in ARTICLE and token.pos == "NOUN":
            for link in syntax.children(tokens, i):
                if tokens[link].lemma in {"by", "in", "from", "on"}:
                    yield from _objects(tokens, link)
                if tokens[link].dep == "poss":
                    yield link
