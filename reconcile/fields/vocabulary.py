"""A claim and the rules' vocabularies in, labelled fields out: "asked to leave" is `asked_to_leave` on the scale of departures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reconcile import syntax
from reconcile.fields import backdrop
from reconcile.fields.patterns import Entry, Hit, Lexicon, lexicon_of, search, spelled
from reconcile.model import Article, Claim, Field, Label, RuleSet, Span, Token, content_id

OTHER_EXTRACTORS = frozenset({"count", "date", "time", "place", "organisation", "person_name", "quantity", "money", "age"})
"""Field kinds whose words are read by the modules of their own."""
READ_ELSEWHERE = frozenset({"certainty", "shares.move", "deadline.start"})
"""The rules whose words need more than a match: modality.py, share_moves.py and deadlines.py read them."""
OF_PERSONS = "person"
"""Role of the title rules, whose words say something only of a named person; names.py reads them."""
WORD_LISTS = ("words.", "people.kinds")
"""Rules that only list words for one act, thing or kind of people; the comparison looks into them and nothing is extracted."""
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT"})
DENYING = frozenset({"deny", "refute", "rebut", "disavow", "dispute", "reject"})
REJECTING = frozenset({"reject", "dispute"})
STATEMENTS = frozenset("claim allegation accusation report suggestion idea notion assertion charge story rumour rumor account view".split())
"""Only what is one of these is denied by being rejected: a veto that is rejected was given."""
CUES = (
    ("rather", "than"),
    ("instead", "of"),
    ("without",),
    ("not",),
    ("n't",),
    ("no",),
    ("never",),
    ("nor",),
    ("neither",),
    ("none",),
    ("nobody",),
)
NEGATIONS = frozenset({"not", "n't", "never", "neither"})
CUE_REACH = 3
"""Words that may stand between a negation and what it negates; twice as many after "rather than" and "instead of"."""
HEDGED_NEGATION = frozenset({"only", "just", "merely", "simply", "least", "doubt", "matter", "less", "more", "fewer", "later"})
"""After "not" or "no", these make something else than a denial."""
LEFT = frozenset({"compound", "amod", "nummod", "poss", "det", "quantmod", "advmod", "neg", "aux", "auxpass"})
MAX_WORDS = 12
QUANTIFIERS = frozenset(
    {"most", "all", "many", "some", "several", "half", "majority", "dozen", "score", "hundred", "number", "few", "one", "both", "none"}
)
PRONOUNS = frozenset({"PRP", "PRP$", "DT", "WP", "WDT", "EX", "CD", "WP$"})


def extract_labels(claim: Claim, article: Article, rules: RuleSet) -> list[Field]:
    """Return one field for each term of a vocabulary that the claim uses in its own sense."""
    fields = []
    kinds = {rule.id: rule.field for rule in rules.rules}
    for hit in search(claim.tokens, _lexicon(rules)):
        head = head_of(claim.tokens, hit.start, hit.end)
        if hit.term.decoy or _in_name(claim.tokens, hit) or backdrop.is_supposed(claim.tokens, head) or _is_further(claim.tokens, hit):
            continue
        fields.append(_field(claim, article, hit, head, kinds[hit.rule]))
    return fields


@lru_cache(maxsize=8)
def _lexicon(rules: RuleSet) -> Lexicon:
    entries: list[Entry] = [
        (rule.id, term, pattern)
        for rule in rules.rules
        if rule.field not in OTHER_EXTRACTORS
        and rule.id not in READ_ELSEWHERE
        and rule.role != OF_PERSONS
        and not rule.id.startswith(WORD_LISTS)
        for term in rule.terms
        for pattern in term.words
    ]
    return lexicon_of(entries)


def _field(claim: Claim, article: Article, hit: Hit, head: int, kind: str) -> Field:
    tokens = claim.tokens
    cue = _cue(tokens, hit.start)
    negated = cue is not None or _denies_inside(tokens, hit) or _is_denied(tokens, head, range(hit.start, hit.end))
    span = _phrase(tokens, hit, head, cue)
    label = hit.term.label
    return Field(
        id=content_id(claim.id, kind, hit.rule, label, negated, span.start, span.end),
        kind=kind,
        span=span,
        raw=span.of(article.text),
        value=Label(hit.rule, label, negated),
        role=hit.rule,
        subject=_subject_of(tokens, head, hit, kind),
        scope=_scope(tokens, hit),
        act=_act(tokens, head),
        background=backdrop.in_background(tokens, head, article.published),
    )


def _subject_of(tokens: Sequence[Token], head: int, hit: Hit, kind: str) -> str:
    if kind == "action":
        return said_of(tokens, head) or _deed(tokens, head)
    return said_of(tokens, head, spelled(hit.pattern))


def head_of(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return the token of a range whose head lies outside it; among several the first verb, else the last noun."""
    outside = [i for i in range(start, end) if not start <= tokens[i].head < end or tokens[i].head == i]
    verbs = [i for i in outside if tokens[i].pos == "VERB"]
    nouns = [i for i in outside if tokens[i].pos in syntax.NOUNS]
    return next(iter([*verbs, *nouns[::-1], *outside]), start)


def said_of(tokens: Sequence[Token], head: int, own: frozenset[str] = frozenset()) -> str:
    """Return the lemma of what a label is said of: the thing affected, else the doer, else the owner; "" where none is told.

    Objects among the words of the pattern itself (`own`) are no holders: of "carrying babies" it is the women.
    """
    for place in _holders(tokens, head):
        inside = tokens[place].lemma in own and tokens[place].dep in syntax.OBJECTS
        if not inside and (name := word_of(tokens, place)):
            return name
    return ""


def _holders(tokens: Sequence[Token], head: int) -> Iterator[int]:
    """Yield the tokens that a label may be said of, likeliest first."""
    if tokens[head].dep == "amod":
        yield tokens[head].head
    elif tokens[head].pos in syntax.VERBS:
        yield from _round_verb(tokens, head)
    else:
        yield from _round_noun(tokens, head)


def _round_verb(tokens: Sequence[Token], head: int) -> Iterator[int]:
    """Yield a verb's objects, the act that it leads to ("tried to seize"), what it describes, and its subject."""
    yield from syntax.objects_of(tokens, head)
    yield from (i for i in syntax.children(tokens, head) if tokens[i].dep == "xcomp" and tokens[i].tag == "VB")
    if tokens[head].dep in {"relcl", "acl"}:
        yield tokens[head].head
    yield from _subject(tokens, head)


def _round_noun(tokens: Sequence[Token], head: int) -> Iterator[int]:
    """Yield the owner of a noun or adjective, what it is a part of, and what it is said to be."""
    kin = syntax.children(tokens, head)
    yield from (i for of in kin if tokens[of].lemma == "of" for i in syntax.children(tokens, of) if tokens[i].dep == "pobj")
    yield from (i for i in kin if tokens[i].dep == "poss" or (tokens[i].dep == "acl" and tokens[i].tag == "VB"))
    while tokens[head].dep == "conj" and tokens[head].head != head:
        head = tokens[head].head
    token = tokens[head]
    if token.dep in {"compound", "appos", "acl", "nmod"}:
        yield token.head
    if token.dep in {"attr", "acomp", "oprd"} or token.pos == "ADJ":
        yield from _subject(tokens, token.head)
    elif token.dep == "pobj" and tokens[token.head].lemma == "as":
        yield from syntax.objects_of(tokens, tokens[token.head].head)
    elif token.dep == "pobj" and tokens[token.head].lemma in {"in", "under"}:
        yield from _subject(tokens, tokens[token.head].head)


def _subject(tokens: Sequence[Token], verb: int) -> Iterator[int]:
    """Yield the subject of a verb; a place is none, for it is a dateline more often than an actor."""
    subject = syntax.subject_of(tokens, verb)
    if subject is not None and tokens[subject].entity != "GPE":
        yield subject


def _deed(tokens: Sequence[Token], head: int) -> str:
    """Return the act that a noun names: the kidnapping in "kidnapping attempt" and in "attempted kidnapping"."""
    return next((tokens[i].lemma for i in syntax.children(tokens, head) if tokens[i].dep == "compound"), tokens[head].lemma)


def word_of(tokens: Sequence[Token], index: int) -> str:
    """Return the word for a thing: its lemma, for a relative pronoun that of its antecedent, "" for other pronouns and figures."""
    token = tokens[index]
    if token.tag in {"WDT", "WP"} and tokens[token.head].dep in {"relcl", "acl"}:
        return word_of_noun(tokens[tokens[token.head].head])
    if token.lemma in QUANTIFIERS and (whole := _whole(tokens, index)) is not None:
        return word_of_noun(tokens[whole])
    return word_of_noun(token)


def _whole(tokens: Sequence[Token], index: int) -> int | None:
    """Return the noun in "most of the women", or None."""
    of = next((i for i in syntax.children(tokens, index) if tokens[i].lemma == "of"), None)
    return None if of is None else next((i for i in syntax.children(tokens, of) if tokens[i].dep == "pobj"), None)


def word_of_noun(token: Token) -> str:
    """Return a noun's lemma, or "" for a pronoun or a figure."""
    return "" if token.tag in PRONOUNS or token.pos == "NUM" else token.lemma


def _act(tokens: Sequence[Token], head: int) -> str:
    if tokens[head].pos in syntax.VERBS:
        return tokens[head].lemma
    verb = syntax.governor(tokens, head)
    return tokens[verb].lemma if verb is not None else tokens[head].lemma


def _scope(tokens: Sequence[Token], hit: Hit) -> tuple[str, ...]:
    """Return the names in what a closing preposition governs: "hinges on" NXP is not "hinges on" a vote."""
    last = hit.end - 1
    if tokens[last].lemma not in {"on", "upon", "of"} or not any(tokens[i].dep == "pobj" for i in syntax.children(tokens, last)):
        return ()
    below = (tokens[i] for i in syntax.subtree(tokens, last))
    return tuple(sorted({token.text.lower() for token in below if token.entity in {"ORG", "PERSON", "GPE"} and token.pos == "PROPN"}))


def _in_name(tokens: Sequence[Token], hit: Hit) -> bool:
    """Return whether the head of the match is part of a proper name."""
    head = tokens[head_of(tokens, hit.start, hit.end)]
    return head.entity in NAMES and head.text[:1].isupper()


def _is_further(tokens: Sequence[Token], hit: Hit) -> bool:
    """Return whether the match speaks of another one than the first: "a second car bomb", "another truck"."""
    before = tokens[max(0, hit.start - 2) : hit.start]
    return any(token.lemma in {"second", "another", "third", "other", "similar"} for token in before)


def _cue(tokens: Sequence[Token], start: int) -> int | None:
    """Return where a negation stands that reaches the word at `start`, or None."""
    for cue in CUES:
        reach = CUE_REACH if len(cue) == 1 else 2 * CUE_REACH
        for place in range(max(0, start - reach - len(cue)), start - len(cue) + 1):
            words = tuple(token.text.lower().replace("’", "'") for token in tokens[place : place + len(cue)])
            between = tokens[place + len(cue) : start]
            if words == cue and not any(_breaks(token) for token in between) and not _weakened(tokens, place + len(cue), start):
                return place
    return None


def _denies_inside(tokens: Sequence[Token], hit: Hit) -> bool:
    """Return whether a negation stands where the pattern only skips words: "the suspect is not in custody"."""
    own = spelled(hit.pattern)
    skipped = (token.text.lower().replace("’", "'") for token in tokens[hit.start : hit.end] if token.lemma not in own)
    return any(word in NEGATIONS and word not in own for word in skipped)


def _breaks(token: Token) -> bool:
    """Return whether a negation does not reach past a word."""
    return token.pos in {"PUNCT", "CCONJ"} and token.text not in {'"', "“", "'", "‘", "-"}


def _weakened(tokens: Sequence[Token], after: int, start: int) -> bool:
    return any(token.lemma in HEDGED_NEGATION for token in tokens[after : max(after + 1, start)])


def _is_denied(tokens: Sequence[Token], head: int, own: range) -> bool:
    """Return whether a word stands in what is denied, or has a negated subject or verb; a "not" of the match itself does not count."""
    below = head
    for place in syntax.ancestors(tokens, head):
        if tokens[place].lemma in DENYING and tokens[place].pos == "VERB":
            that = any(tokens[i].lemma == "that" for i in syntax.children(tokens, below))
            if tokens[place].lemma in REJECTING and tokens[below].lemma not in STATEMENTS and not that:
                return False
            return tokens[below].dep in {"dobj", "ccomp", "xcomp", "pcomp", "nsubjpass", "prep"}
        if tokens[below].dep in {"conj", "advcl", "relcl", "parataxis"}:
            return _negated_here(tokens, head, own)
        below = place
    return _negated_here(tokens, head, own)


def _negated_here(tokens: Sequence[Token], head: int, own: range) -> bool:
    verb = head if tokens[head].pos in syntax.VERBS else (tokens[head].head if tokens[head].dep in {"attr", "acomp"} else None)
    if verb is None:
        return False
    kin = [i for i in syntax.children(tokens, verb) if i not in own]
    if any(tokens[i].dep == "neg" and not _weakened(tokens, i + 1, i + 1) for i in kin):
        return True
    subjects = [i for i in kin if tokens[i].dep in syntax.SUBJECTS]
    return any(
        tokens[i].lemma in {"nobody", "none", "no-one"} or any(tokens[j].lemma in {"no", "neither"} for j in syntax.children(tokens, i))
        for i in subjects
    )


def _phrase(tokens: Sequence[Token], hit: Hit, head: int, cue: int | None) -> Span:
    """Return the tight phrase: the match with what belongs to its head, a dozen words at most."""
    start, end = hit.start, hit.end
    while start > 0 and tokens[start - 1].dep in LEFT and start <= tokens[start - 1].head < end:
        start -= 1
    if tokens[head].dep == "compound" and end <= tokens[head].head < end + 3:
        end = tokens[head].head + 1
    elif tokens[head].pos == "VERB":
        end = _to_object(tokens, head, end)
    if cue is not None and end - cue <= MAX_WORDS:
        start = min(start, cue)
    end = min(end, max(hit.end, start + MAX_WORDS))
    return Span(tokens[start].span.start, tokens[end - 1].span.end)


def _to_object(tokens: Sequence[Token], verb: int, end: int) -> int:
    """Return the end of a verb's short object right of the match, or the end of the match."""
    for i in syntax.children(tokens, verb):
        if i >= end and tokens[i].dep in syntax.OBJECTS:
            below = syntax.subtree(tokens, i)
            return below[-1] + 1 if below[0] <= end + 1 and len(below) <= 6 else end
    return end
