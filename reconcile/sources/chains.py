"""Claims in, the chain of origins of each out: outlet ← agency or cited medium ← speaker ← document or eyewitness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reconcile import syntax
from reconcile.model import Article, Chain, Claim, Link, Span
from reconcile.sources.credits import Credit
from reconcile.sources.names import same_name, words_of
from reconcile.sources.vocabulary import agency_named, vocabulary

LONGEST_NAME = 10
"""Words that the name of a speaker or a document may have."""
_PREPOSITIONS = frozenset({"in", "on", "via", "through", "from", "by"})


def trace_chains(articles: Sequence[Article], claims: Sequence[Claim], credits: Mapping[str, Sequence[Credit]]) -> tuple[Chain, ...]:
    """Return the chain of each claim that states any origin beyond its outlet, in the order of the claims."""
    by_id = {article.id: article for article in articles}
    chains = (
        Chain(claim.id, claim.article, tuple(_links(claim, by_id[claim.article], credits.get(claim.article, ())))) for claim in claims
    )
    return tuple(chain for chain in chains if len(chain.links) > 1)


def _links(claim: Claim, article: Article, credits: Sequence[Credit]) -> Iterator[Link]:
    yield Link("outlet", article.source, None)
    media = {credit.agency: credit.span for credit in credits if credit.whole}
    for agency, span in media.items():
        yield Link("agency", agency, span)
    for cited in claim.cited:
        agency = agency_named(cited)
        if (agency or cited) not in media:
            media[agency or cited] = None
            yield Link("agency" if agency else "medium", agency or cited, _span_in(claim, cited))
    speaker = _speaker(claim, {*media, *claim.cited}, article.source)
    if speaker is not None:
        yield speaker
    document = _document(claim, speaker)
    if document is not None:
        yield document


def _span_in(claim: Claim, words: str) -> Span | None:
    place = claim.text.find(words)
    return Span(claim.span.start + place, claim.span.start + place + len(words)) if place >= 0 else None


def _speaker(claim: Claim, media: set[str], outlet: str) -> Link | None:
    """Return who speaks, unless that is the medium that is cited or a reporter of the outlet.

    One who publishes pictures or papers speaks through them.
    """
    name, span = claim.speaker.name, claim.speaker.span
    if claim.speaker.kind == "outlet":
        publisher = _publisher(claim)
        if publisher is None:
            return None
        name, span = publisher
    name = _within(claim, name, span)
    if any(name == medium or agency_named(name) == medium for medium in media) or _own(name, outlet):
        return None
    words, known = words_of(name), vocabulary()
    if media and words & known.media and words <= known.media | known.roles:
        return None
    if words & known.witnesses:
        return Link("eyewitness", name, span)
    return Link("document" if words and words <= known.documents | known.roles and words & known.documents else "speaker", name, span)


def _within(claim: Claim, name: str, span: Span | None) -> str:
    """Return a name as it would stand inside a sentence: "Police said" is said by "police"."""
    opens = next((token for token in claim.tokens if span is not None and token.span.start == span.start), None)
    return (
        name[:1].lower() + name[1:]
        if opens is not None and opens.pos in {"NOUN", "ADJ"} and not opens.entity and name[1:2].islower()
        else name
    )


def _own(name: str, outlet: str) -> bool:
    """Return whether a name is that of the outlet, or of somebody whom it calls its own."""
    owner = re.split(r"['’]s ", name)[0]
    return same_name(owner, outlet)


def _publisher(claim: Claim) -> tuple[str, Span] | None:
    """Return who posted or released what the claim tells of: "the ministry posted photographs of the wreck"."""
    tokens = claim.tokens
    for verb, token in enumerate(tokens):
        if token.pos == "VERB" and token.dep == "ROOT" and token.lemma in vocabulary().publishing:
            subject = syntax.subject_of(tokens, verb)
            shown = {tokens[i].lemma for i in syntax.objects_of(tokens, verb)}
            if subject is not None and shown & vocabulary().documents and tokens[subject].pos in {"NOUN", "PROPN"}:
                return _phrase(claim, subject, owned=True)
    return None


def _document(claim: Claim, speaker: Link | None) -> Link | None:
    """Return what a speaker said it in, or showed: a statement, a letter, a film."""
    if speaker is not None and speaker.kind == "document":
        return None
    tokens, known = claim.tokens, vocabulary()
    for i, token in enumerate(tokens):
        if token.lemma not in known.documents or token.pos not in {"NOUN", "PROPN"}:
            continue
        above = tokens[token.head]
        by_speaker = speaker is not None and token.dep == "pobj" and above.lemma in _PREPOSITIONS and tokens[above.head].pos in syntax.VERBS
        shown = speaker is not None and token.dep == "dobj" and above.lemma in known.publishing
        writes = token.dep == "nsubj" and above.dep == "ROOT" and above.lemma in {"say", "show", "state", "read", "find", "report"}
        if by_speaker or shown or writes:
            name, span = _phrase(claim, i, owned=False)
            return Link("document", name, span)
    return None


def _phrase(claim: Claim, head: int, *, owned: bool) -> tuple[str, Span]:
    """Return a noun with the words before it that qualify it, and where they stand; `owned`: with what "of" ties to it."""
    tokens = claim.tokens
    places = [i for i in syntax.subtree(tokens, head) if i <= head and tokens[i].pos not in {"DET", "PUNCT", "PRON"}]
    while places and places != list(range(places[0], places[-1] + 1)):
        places.pop(0)
    tail = head
    for link in syntax.children(tokens, head) if owned else ():
        inner = next((i for i in syntax.children(tokens, link) if tokens[i].dep == "pobj"), None) if tokens[link].lemma == "of" else None
        if inner is not None and link == head + 1:
            tail = max(i for i in syntax.subtree(tokens, inner) if i == inner or tokens[i].dep == "compound")
    span = Span(tokens[places[-LONGEST_NAME:][0] if places else head].span.start, tokens[tail].span.end)
    return " ".join(claim.text[span.start - claim.span.start : span.end - claim.span.start].split()), span


def bodies_of(claims: Sequence[Claim]) -> dict[str, dict[str, frozenset[str]]]:
    """Return the words that each article puts beside the name of a speaker, by article, then by name: for whom a person speaks."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in claims:
        if claim.speaker.kind == "outlet" or claim.speaker.span is None:
            continue
        last = max((i for i, token in enumerate(claim.tokens) if token.span.end <= claim.speaker.span.end), default=None)
        if last is not None and claim.tokens[last].span.overlaps(claim.speaker.span):
            beside = syntax.subtree(claim.tokens, last)
            near = [
                claim.tokens[i].text
                for i in beside
                if abs(i - last) <= 2 * LONGEST_NAME and claim.tokens[i].pos in {"NOUN", "PROPN", "ADJ"}
            ]
            found[claim.article][claim.speaker.name] |= words_of(" ".join(near)) - words_of(claim.speaker.name)
    return {article: {name: frozenset(words) for name, words in names.items()} for article, names in found.items()}
