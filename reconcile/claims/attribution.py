"""Parsed sentences of one article in, who says each and which media it cites out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reconcile import syntax
from reconcile.claims.media import cited_media, is_agency, is_medium, medium_span
from reconcile.claims.phrases import CRAFTS, kind_of, may_be_person, name_of, person_of
from reconcile.claims.quoting import is_quoted, quotations, wholly_quoted
from reconcile.claims.speech import label_source, sources
from reconcile.claims.splitting import Sentence
from reconcile.claims.words import BODIES, DOCUMENTS, PEOPLE, SINGLE
from reconcile.model import Article, BlockKind, Span, Speaker, Token

LONGEST_NAME = 90
"""Characters that the name of a speaker may have."""
HEADINGS = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.BULLET})
STALE = 3
"""Sentences after which "they" or "it" no longer stands for a speaker."""
PERSONAL = frozenset({"he", "she"})
PRONOUNS = PERSONAL | {"they", "it"}

Parsed = tuple[Sentence, Sequence[Token]]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a sentence, and the media that it gives as its source."""

    speaker: Speaker
    cited: tuple[str, ...] = ()


@dataclass(slots=True)
class _Memory:
    """Whom the pronouns of the next sentence may stand for, and the media cited so far."""

    person: Speaker | None = None
    named: Speaker | None = None
    group: Speaker | None = None
    body: Speaker | None = None
    group_at: int = -STALE
    body_at: int = -STALE
    now: int = 0
    people: dict[str, str] = field(default_factory=dict)
    media: list[str] = field(default_factory=list)


def attribute(article: Article, parsed: Sequence[Parsed]) -> list[Voice]:
    """Return the voice of each sentence of an article: named, unnamed, or the outlet itself."""
    outlet = Speaker(article.source, "outlet")
    quoted = quotations(article)
    memory = _Memory()
    spoken: list[Speaker | None] = []
    cited: list[tuple[str, ...]] = []
    for sentence, tokens in parsed:
        memory.now += 1
        heads = _heads(sentence, tokens, quoted)
        spoken.append(_speaker(article, tokens, heads, memory))
        cited.append(_media(tokens, heads, memory))
    voices = _carried(article, parsed, spoken, quoted)
    return [Voice(speaker or outlet, media) for speaker, media in zip(voices, cited, strict=True)]


def _heads(sentence: Sentence, tokens: Sequence[Token], quoted: Sequence[Span]) -> list[int]:
    heads = sources(tokens, lambda i: is_quoted(tokens[i].span.start, quoted))
    label = label_source(tokens) if sentence.block in HEADINGS and not heads else None
    return heads if label is None else [label]


def _speaker(article: Article, tokens: Sequence[Token], heads: Sequence[int], memory: _Memory) -> Speaker | None:
    """Return who says a sentence; a medium only where no person speaks to it."""
    people = [head for head in heads if not is_medium(tokens, head)]
    for head in people or heads:
        word = tokens[head].text.lower()
        speaker = _resolved(word, tokens[head].span, memory) if word in PRONOUNS else _named(article, tokens, head, memory)
        if speaker is not None:
            _remember(tokens, head, speaker, memory)
            return speaker
    _remember_subject(article, tokens, memory)
    return None


def _named(article: Article, tokens: Sequence[Token], head: int, memory: _Memory) -> Speaker | None:
    span = medium_span(tokens, head) if is_medium(tokens, head) else name_of(tokens, head)
    name = " ".join(span.of(article.text).split())
    if not name or len(name) > LONGEST_NAME or not any(char.isalpha() for char in name):
        return None
    known = name.rsplit(" ", 1)[-1] in memory.people and tokens[head].text[:1].isupper()
    proper = is_medium(tokens, head) and (name[:1].isupper() or is_agency(name)) and tokens[head].tag != "NNS"
    return Speaker(name, "named" if known or proper else kind_of(tokens, head), span)


def _resolved(pronoun: str, span: Span, memory: _Memory) -> Speaker | None:
    """Return whom a pronoun stands for; "it" without an antecedent is nobody."""
    group = memory.group if memory.now - memory.group_at <= STALE else None
    body = memory.body if memory.now - memory.body_at <= STALE else None
    before = (memory.person or memory.named) if pronoun in PERSONAL else (group or body) if pronoun == "they" else body
    if before is not None:
        return Speaker(before.name, before.kind, span)
    return None if pronoun == "it" else Speaker(pronoun.capitalize(), "unnamed", span)


def _remember(tokens: Sequence[Token], head: int, speaker: Speaker, memory: _Memory) -> None:
    token = tokens[head]
    if token.text.lower() in PRONOUNS:
        return
    if speaker.kind == "named" and token.lemma not in BODIES:
        memory.named = speaker
    if speaker.kind == "named" and may_be_person(tokens, head):
        memory.person = speaker
        memory.people[speaker.name.rsplit(" ", 1)[-1]] = speaker.name
    elif (token.lemma not in DOCUMENTS and token.tag in {"NNS", "NNPS"}) or token.lemma in {"police", "family", "people"}:
        memory.group, memory.group_at = speaker, memory.now
    elif token.lemma in SINGLE:
        memory.person = speaker
    elif token.lemma in BODIES | DOCUMENTS or token.entity == "ORG" or token.pos == "PROPN":
        memory.body, memory.body_at = speaker, memory.now
        memory.group = None


def _remember_subject(article: Article, tokens: Sequence[Token], memory: _Memory) -> None:
    """Take whom a sentence is about as the next "he", "they" or "it"."""
    root = next((i for i, token in enumerate(tokens) if token.dep == "ROOT"), None)
    subject = syntax.subject_of(tokens, root) if root is not None else None
    token = tokens[subject] if subject is not None else None
    if subject is None or token is None:
        return
    if person_of(tokens, subject):
        speaker = _named(article, tokens, subject, memory)
        if speaker is not None:
            _remember(tokens, subject, speaker, memory)
    elif token.tag == "NNS" and (token.lemma in PEOPLE or token.lemma.endswith(CRAFTS)):
        memory.group, memory.group_at = _named(article, tokens, subject, memory), memory.now
    elif token.lemma in BODIES or token.entity == "ORG":
        memory.body, memory.body_at = _named(article, tokens, subject, memory), memory.now
    elif memory.person is None:
        mentioned = next((i for i in range(len(tokens)) if _introduced(tokens, i)), None)
        memory.person = _named(article, tokens, mentioned, memory) if mentioned is not None else None


def _introduced(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a sentence brings up a person, if not as its subject: "for Mr. Vale, the deal was a risk"."""
    token, above = tokens[index], tokens[tokens[index].head]
    return token.entity == "PERSON" and (
        token.dep in syntax.SUBJECTS | {"poss"} or (token.dep == "pobj" and above.lemma in {"for", "of", "by"})
    )


def _media(tokens: Sequence[Token], heads: Sequence[int], memory: _Memory) -> tuple[str, ...]:
    """Return the media cited, a short form or "the newspaper" by the name given before."""
    names: list[str] = []
    for short in cited_media(tokens, heads):
        words = short.split()
        name = next((full for full in reversed(memory.media) if _contains(full.split(), words)), short)
        if name:
            names.append(name)
            if name not in memory.media:
                memory.media.append(name)
    return tuple(dict.fromkeys(names))


def _contains(full: Sequence[str], short: Sequence[str]) -> bool:
    return len(full) > len(short) and full[len(full) - len(short) :] == short if short else True


def _carried(article: Article, parsed: Sequence[Parsed], spoken: Sequence[Speaker | None], quoted: Sequence[Span]) -> list[Speaker | None]:
    """Give sentences that are all quotation to the speaker before them, else to the next one of their paragraph."""
    voices = list(spoken)
    for i, (sentence, _) in enumerate(parsed):
        if voices[i] is None and wholly_quoted(sentence.span, article.text, quoted):
            voices[i] = _before(parsed, voices, i, same=True) or _after(parsed, spoken, i) or _before(parsed, voices, i, same=False)
    return voices


def _before(parsed: Sequence[Parsed], voices: Sequence[Speaker | None], i: int, *, same: bool) -> Speaker | None:
    """Return the speaker of the sentence before, in the same paragraph or in the one before it."""
    if i == 0 or not 0 <= parsed[i][0].place - parsed[i - 1][0].place <= (0 if same else 1):
        return None
    return voices[i - 1] if parsed[i - 1][0].block == parsed[i][0].block else None


def _after(parsed: Sequence[Parsed], spoken: Sequence[Speaker | None], i: int) -> Speaker | None:
    """Return the first speaker in the rest of the paragraph."""
    for j in range(i + 1, min(i + 6, len(parsed))):
        if parsed[j][0].place != parsed[i][0].place:
            return None
        if spoken[j] is not None:
            return spoken[j]
    return None
