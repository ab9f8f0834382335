"""A claim and its article in, the people, their titles and the organisations out, under the fullest name that the article gives them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.fields.membership import memberships
from reconcile.fields.patterns import Entry, Hit, Lexicon, lexicon_of, search
from reconcile.fields.places import is_place
from reconcile.fields.vocabulary import OF_PERSONS, head_of, word_of
from reconcile.model import Article, Claim, Field, Label, Name, RuleSet, Token, content_id

HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady president former ex-president minister prime "
    "chancellor king queen prince princess pope rabbi imam father sister bishop judge justice senator sen. rep. gov. governor "
    "mayor general gen. colonel col. major maj. captain capt. lt. lt lieutenant sergeant sgt. sgt officer detective inspector "
    "sheriff chief director chairman ceo coach spokesman spokeswoman secretary ambassador premier researcher actor actress "
    "singer the".split()
)
NOT_PEOPLE = frozenset(
    "bridge river street road avenue university airport hotel airlines airways air ministry police department council "
    "committee bank group inc ltd party church temple school college hospital court house tower mosque island park lake "
    "mountain valley county province city town square station centre center institute foundation agency office association "
    "company corp news times post union club stadium museum ship flight act bill law day week photographer observatory".split()
)
OPENERS = frozenset(
    "but and the a an in on at for if when while after before as so yet since by from to with he she it they we i his her "
    "their its this that these those there where who what why how said says photo image according also meanwhile however "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
NAME_WORD = r"(?:[A-Z]\.|[A-Z][\w'’-]{1,30})"
CAPITALS = re.compile(rf"{NAME_WORD}(?: (?:(?:de|la|el|al|bin|ben|del|da|di|du|van|von|der|den) )?{NAME_WORD}){{1,4}}")
WORD = r"(?:[A-Z][\w'’&-]{1,30}|of|for|the|and|on|de|du|des|la|le|in)"
ACRONYM = re.compile(rf"({WORD}(?: {WORD}){{1,8}}) ?\(([A-Z][A-Za-z]{{1,9}})\)")
BODY_SIGNS = (
    "Inc Ltd Corp Co PLC plc NV AG SE SA Group group shares? stock shareholders? stockholders? employees CEO board customers "
    "militants? fighters? leaders? insurgents? gunm[ae]n"
)
FIRM = re.compile(rf"\b([A-Z]\w{{1,30}}(?: [A-Z]\w{{1,30}}){{0,2}})(?:'s|’s)? (?:{'|'.join(BODY_SIGNS.split())})\b")
"""What stands before one of these is a company or a group, whatever the parser makes of it elsewhere."""
JOINING = frozenset({"of", "for", "the", "and", "on", "de", "du", "des", "la", "le", "in"})
TITLE_WORDS = 12
ADDRESSES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady"})
"""Forms of address, which say nothing of an office."""
PASSING = frozenset(
    {"former", "ex", "then", "late", "ex-president", "ex-minister", "acting", "interim", "incoming", "designate", "nominee"}
)
"""Titles with one of these are held beside, before or after another one."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a person beside the name: the tokens of the phrase, and its head noun."""

    tokens: tuple[int, ...]
    head: int


def extract_names(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return the people of a claim, their titles, and the organisations."""
    return [*_people(claim, article, rules), *_organisations(claim, article, rules)]


def _people(claim: Claim, article: Article, rules: RuleSet) -> Iterator[Field]:
    full_names = _full_names(article.text)
    for run in _person_runs(claim.tokens, article.text):
        name_tokens = _name_tokens(claim.tokens, run)
        name = _full_name(claim.tokens, name_tokens, full_names)
        if not name or (len(name_tokens) == 1 and is_place(claim.tokens[name_tokens[0]].text, article, rules)):
            continue
        descriptions = _descriptions(claim.tokens, run, name_tokens)
        titles = [title for described in descriptions for title in _titles(claim, article, name, described, rules)]
        yield _person(claim, article, name_tokens, name, _role(claim.tokens, descriptions, titles))
        yield from {title.value: title for title in reversed(titles)}.values()
        yield from memberships(claim, article, name_tokens, name, [described.head for described in descriptions], rules)


def _person_runs(tokens: Sequence[Token], text: str) -> Iterator[list[int]]:
    """Yield the names of people; a lone family name counts whatever the parser takes it for, and a lone company's name never."""
    for run in syntax.entities(tokens, "PERSON", "ORG"):
        words = [tokens[i].text for i in run if tokens[i].tag != "POS"]
        if " ".join(words) in _firms(text):
            continue
        if tokens[run[0]].entity == "PERSON" or (len(words) == 1 and words[0] in _described_people(text)):
            yield run


@lru_cache(maxsize=256)
def _described_people(text: str) -> frozenset[str]:
    """Return the family names of those whom the article calls by a title, an age or an office beside the full name."""
    return frozenset(last for last, full in _full_names(text).items() if _is_described(full, text))


def _is_described(full: str, text: str) -> bool:
    place = text.find(full)
    before = text[max(0, place - 30) : place].split()
    after = text[place + len(full) : place + len(full) + 40]
    titled = bool(before) and before[-1].lower() in HONORIFICS - {"the"}
    offices = {word.strip(",.").lower() for word in after.split()[1:4]} & HONORIFICS
    return titled or (after.startswith(",") and (bool(offices) or after[2:4].isdigit()))


@lru_cache(maxsize=256)
def _firms(text: str) -> frozenset[str]:
    return frozenset(match[1] for match in FIRM.finditer(text))


def _name_tokens(tokens: Sequence[Token], run: Sequence[int]) -> list[int]:
    """Return a person's name without honorifics in front and the genitive behind."""
    kept = [i for i in run if tokens[i].tag != "POS" and tokens[i].text not in {",", '"', "“", "”"}]
    while kept and (tokens[kept[0]].text.lower() in HONORIFICS or not tokens[kept[0]].text[:1].isupper()):
        kept.pop(0)
    return kept


def _full_name(tokens: Sequence[Token], run: Sequence[int], full_names: Mapping[str, str]) -> str:
    """Return the fullest name, or "" where the run is no person's name."""
    words = [tokens[i].text for i in run]
    if not words or any(word.lower() in NOT_PEOPLE or any(letter.isdigit() for letter in word) for word in words):
        return ""
    if len(words) == 1 and words[0].isupper():
        return ""
    if len(words) > 1:
        return " ".join(words).replace(" - ", "-").replace(" .", ".")
    if full := full_names.get(words[0]):
        return full
    return words[0] if run[0] > 0 and tokens[run[0] - 1].text.lower() in HONORIFICS - {"the"} else ""


@lru_cache(maxsize=256)
def _full_names(text: str) -> Mapping[str, str]:
    """Return for each family name the full name that ends in it, where the article has but one."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for match in CAPITALS.finditer(text):
        words = match[0].removesuffix("'s").removesuffix("’s").split()
        while words and (words[0].lower() in HONORIFICS or words[0].lower() in OPENERS):
            words.pop(0)
        if 2 <= len(words) <= 4 and not any(word.lower() in NOT_PEOPLE for word in words):
            found[words[-1]][" ".join(words)] += 1
    return {last: full for last, names in found.items() if (full := _only(names))}


def _only(names: Counter[str]) -> str:
    """Return the one name of several forms, the shortest that ends all of them; "" where there are two people."""
    shortest = min(names, key=lambda name: (len(name), name))
    return shortest if all(name.endswith(shortest) for name in names) else ""


def _role(tokens: Sequence[Token], descriptions: Sequence[Description], titles: Sequence[Field]) -> str:
    """Return what a person is in a word or two: the title as the rules call it, else the head noun of the first description."""
    labels = [title.value.label.replace("_", " ") for title in titles if isinstance(title.value, Label)]
    words = (tokens[described.head].lemma for described in descriptions)
    return labels[0] if labels else next((word for word in words if word.rstrip(".") not in ADDRESSES), "")


def _person(claim: Claim, article: Article, run: Sequence[int], name: str, role: str) -> Field:
    tokens = claim.tokens
    span = syntax.span_of(tokens, run)
    raw = span.of(article.text)
    form = " ".join(raw.split())
    verb = syntax.governor(tokens, run[-1])
    return Field(
        id=content_id(claim.id, "person_name", name, span.start, span.end),
        kind="person_name",
        span=span,
        raw=raw,
        value=Name(name, () if form == name else (form,)),
        role=role,
        subject=role,
        act="" if verb is None else tokens[verb].lemma,
        background=backdrop.in_background(tokens, run[-1], article.published),
    )


def _descriptions(tokens: Sequence[Token], run: Sequence[int], name: Sequence[int]) -> list[Description]:
    """Return the phrases that say what a person is: before the name, after a comma, or as what somebody identified them."""
    found = (_before(tokens, name), _after(tokens, run), _beside(tokens, name))
    return [described for described in found if described is not None]


def _before(tokens: Sequence[Token], name: Sequence[int]) -> Description | None:
    """Read "local police chief Sayed Sadat" and "Mr Neu": nouns that stand right before the name."""
    first = name[0]
    while first > 0 and name[0] - first < TITLE_WORDS and _is_title_word(tokens, first - 1):
        first -= 1
    nouns = [i for i in range(first, name[0]) if tokens[i].pos in {"NOUN", "PROPN"} and tokens[i].tag not in {"POS"}]
    if not nouns or nouns[-1] != name[0] - 1 or tokens[nouns[-1]].entity in {"GPE", "NORP", "LOC"}:
        return None
    return Description(tuple(range(first, name[0])), nouns[-1])


def _is_title_word(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.text in {"-", "‑"}:
        return True
    titled = token.text.lower() in (HONORIFICS | PASSING) - {"the", "then", "late"}
    named = token.entity in {"DATE", "CARDINAL", "TIME", "FAC", "PERSON"}
    return titled or (token.pos in {"NOUN", "ADJ", "PROPN"} and not named and token.dep not in {"dobj", "pobj", "npadvmod"})


def _after(tokens: Sequence[Token], run: Sequence[int]) -> Description | None:
    """Read "Enio Cubillo, the director of civil aviation,": a noun phrase between commas."""
    comma = run[-1] + 1
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return None
    start = comma + 1
    while start < len(tokens) and start - comma <= 3 and (tokens[start].pos in {"NUM", "PUNCT"} or tokens[start].text.isdigit()):
        start += 1
    head = next((i for i in range(start, min(start + 8, len(tokens))) if tokens[i].dep == "appos" and tokens[i].head in run), None)
    if head is None or not (tokens[head].pos == "NOUN" or tokens[head].text.lower() in HONORIFICS):
        return None
    words = list(_appositive(tokens, start, head))
    while words and words[-1] > head and tokens[words[-1]].pos in {"DET", "CCONJ", "ADP", "PUNCT", "PRON"}:
        words.pop()
    return Description(tuple(words), head) if words else None


def _appositive(tokens: Sequence[Token], start: int, head: int) -> Iterator[int]:
    """Yield the words of an apposition up to its next comma, without the article."""
    for i in range(start, min(start + TITLE_WORDS, len(tokens))):
        if i > head and (tokens[i].text in {",", ";", "—", "–"} or tokens[i].tag in {"WP", "WDT", "VBD", "VBZ"}):
            return
        if not (i == start and tokens[i].pos == "DET"):
            yield i


def _beside(tokens: Sequence[Token], name: Sequence[int]) -> Description | None:
    """Read "the pilot, Gareth Morgan," and "identified the pilot as Juan Retana"."""
    last = next((i for i in name if tokens[i].head not in name), name[-1])
    head = tokens[last].head
    if tokens[last].dep == "appos" and tokens[head].pos == "NOUN":
        return Description(tuple(_noun_phrase(tokens, head)), head)
    if tokens[last].dep == "pobj" and tokens[head].lemma == "as":
        for i in syntax.objects_of(tokens, tokens[head].head):
            if tokens[i].pos == "NOUN":
                return Description(tuple(_noun_phrase(tokens, i)), i)
    return None


def _noun_phrase(tokens: Sequence[Token], head: int) -> Iterator[int]:
    first = head
    while first > 0 and tokens[first - 1].dep in {"compound", "amod", "nmod"} and first <= tokens[first - 1].head <= head:
        first -= 1
    while first > 1 and tokens[first - 1].text in {"-", "‑"} and tokens[first - 2].span.end == tokens[first - 1].span.start:
        first -= 2
    yield from range(first, head + 1)


def _titles(claim: Claim, article: Article, name: str, described: Description, rules: RuleSet) -> Iterator[Field]:
    """Yield the ranks and offices that a description gives a person, as the rules name them."""
    phrase = [claim.tokens[i] for i in described.tokens]
    span = syntax.span_of(claim.tokens, described.tokens)
    passing = any(token.text.lower() in PASSING for token in phrase)
    for hit in search(phrase, _titles_lexicon(rules)):
        if not _is_rank(phrase, hit):
            continue
        yield Field(
            id=content_id(claim.id, "title", name, hit.term.label, span.start, span.end),
            kind="title",
            span=span,
            raw=span.of(article.text),
            value=Label(hit.rule, hit.term.label),
            role=OF_PERSONS,
            subject=name.lower(),
            act="",
            background=passing,
        )


def _is_rank(phrase: Sequence[Token], hit: Hit) -> bool:
    """Return whether a rank is the person's own: no "president's spokesman" is president, and no "major provider" a major."""
    last, after = phrase[hit.end - 1], phrase[hit.end : hit.end + 1]
    owned = any(token.pos in {"NOUN", "PROPN"} or token.tag == "POS" for token in after)
    return last.pos in {"NOUN", "PROPN"} and not owned and not any(token.pos == "ADP" for token in phrase[: hit.start])


@lru_cache(maxsize=8)
def _titles_lexicon(rules: RuleSet) -> Lexicon:
    return _lexicon(rules, "title", OF_PERSONS)


@lru_cache(maxsize=8)
def _bodies_lexicon(rules: RuleSet) -> Lexicon:
    return _lexicon(rules, "organisation", "")


def _lexicon(rules: RuleSet, kind: str, role: str) -> Lexicon:
    entries: list[Entry] = [
        (rule.id, term, pattern)
        for rule in rules.rules
        if rule.field == kind and (not role or rule.role == role)
        for term in rule.terms
        for pattern in term.words or (term.label,)
    ]
    return lexicon_of(entries)


def _organisations(claim: Claim, article: Article, rules: RuleSet) -> Iterator[Field]:
    """Yield the bodies that the rules know, by any of their names, then the others that the parser saw."""
    tokens = claim.tokens
    taken: set[int] = set()
    for hit in _widest(search(tokens, _bodies_lexicon(rules))):
        taken.update(range(hit.start, hit.end))
        whole = _with_acronym(tokens, hit.end)
        taken.update(range(hit.end, whole))
        yield _body(claim, article, range(hit.start, hit.end), hit.term.label)
    acronyms = _acronyms(article.text)
    for run in _body_runs(tokens, article.text):
        kept = [i for i in run if tokens[i].tag != "POS" and not (i == run[0] and tokens[i].pos == "DET")]
        if not kept or taken & set(kept) or not any(tokens[i].text[:1].isupper() for i in kept):
            continue
        if len(kept) == 1 and tokens[kept[0]].text in _full_names(article.text).keys() - _firms(article.text):
            continue  # a family name, or the end of a longer name: not a body of its own
        form = " ".join(syntax.span_of(tokens, kept).of(article.text).split())
        if form in acronyms or not is_place(form, article, rules):
            yield _body(claim, article, kept, acronyms.get(form, form))


def _body_runs(tokens: Sequence[Token], text: str) -> Iterator[list[int]]:
    """Yield the names of organisations, those among them that the parser takes for people."""
    for run in syntax.entities(tokens, "ORG", "PERSON"):
        words = " ".join(tokens[i].text for i in run if tokens[i].tag != "POS")
        if tokens[run[0]].entity == "ORG" or words in _firms(text):
            yield run


def _widest(hits: Sequence[Hit]) -> list[Hit]:
    """Keep one of several rules' matches at a place."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, hit.rule)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _with_acronym(tokens: Sequence[Token], end: int) -> int:
    """Return the end of a name with the acronym in brackets behind it."""
    bracketed = end + 2 < len(tokens) and tokens[end].text == "(" and tokens[end + 1].text.isupper() and tokens[end + 2].text == ")"
    return end + 3 if bracketed else end


def _body(claim: Claim, article: Article, run: Sequence[int], name: str) -> Field:
    tokens = claim.tokens
    span = syntax.span_of(tokens, run)
    raw = span.of(article.text)
    form = " ".join(raw.split())
    head = head_of(tokens, run[0], run[-1] + 1)
    verb = syntax.governor(tokens, head)
    return Field(
        id=content_id(claim.id, "organisation", name, span.start, span.end),
        kind="organisation",
        span=span,
        raw=raw,
        value=Name(name, () if form == name else (form,)),
        role="",
        subject=_holder(tokens, head),
        act="" if verb is None else tokens[verb].lemma,
        background=backdrop.in_background(tokens, head, article.published),
    )


def _holder(tokens: Sequence[Token], head: int) -> str:
    """Return what belongs to an organisation: the "officers" of a ministry, a ministry's "spokesman"; "" where it acts itself."""
    token = tokens[head]
    if token.dep in {"compound", "poss", "nmod", "amod"} and token.head != head:
        return word_of(tokens, token.head)
    if token.dep == "pobj" and tokens[token.head].lemma in {"of", "for", "from", "at", "with"}:
        above = tokens[token.head].head
        return word_of(tokens, above) if tokens[above].pos in syntax.NOUNS else ""
    return ""


@lru_cache(maxsize=256)
def _acronyms(text: str) -> Mapping[str, str]:
    """Return the acronyms that the article explains: "General Directorate for Internal Security (DGSI)"."""
    found: dict[str, str] = {}
    for match in ACRONYM.finditer(text):
        words = match[1].split()
        full = _spelled_out(words, match[2])
        if full:
            found.setdefault(match[2], full)
    return found


def _spelled_out(words: Sequence[str], acronym: str) -> str:
    """Return the last words whose initials make the acronym, small words counted or not."""
    for start in range(len(words) - 1, -1, -1):
        tail = words[start:]
        if tail[0].lower() in JOINING:
            continue
        every = "".join(word[0] for word in tail).upper()
        telling = "".join(word[0] for word in tail if word.lower() not in JOINING).upper()
        if acronym.upper() in {every, telling}:
            return " ".join(tail)
    return ""
