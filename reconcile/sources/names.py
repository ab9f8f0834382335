"""Names of origins: which of them say who it is, and which may be one."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from reconcile.sources.vocabulary import vocabulary

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s\b")
_SMALL = frozenset({"of", "the", "for", "and", "de", "la", "le"})


@lru_cache(maxsize=65536)
def words_of(name: str) -> frozenset[str]:
    """Return the words of a name in lower case, without possessive endings."""
    return frozenset(word.lower() for word in _WORD.findall(_POSSESSIVE.sub("", name)))


@lru_cache(maxsize=65536)
def core_of(name: str) -> frozenset[str]:
    """Return the words of a name that say who it is: without what the speaker does, and empty where it names nobody.

    Common nouns name nobody ("astrophysicists"), but for bodies of which a story has one ("police").
    """
    _, of, owned = name.replace("’", "'").partition("'s ")
    if of and (core := core_of(owned)) - vocabulary().bodies:
        return core
    known = vocabulary()
    words = words_of(name)
    if name in known.agencies:
        return words
    core = words - known.roles - known.witnesses - (known.documents & _written_small(name))
    proper = {word.lower() for word in _WORD.findall(_POSSESSIVE.sub("", name)) if not word.islower()}
    known_office = words & known.state and words - known.roles
    return core if core & (proper | known.bodies) or known_office else frozenset()


def one_origin(a: str, b: str, beside_a: Collection[str] = (), beside_b: Collection[str] = ()) -> bool:
    """Return whether two names are one origin: one holds all of the other, or names the body for which the other speaks.

    A document is one origin only with what has all of its words.
    """
    first, second = core_of(a), core_of(b)
    if same_name(a, b):
        return True
    if not first or not second:
        return False
    if _initials(a) in second or _initials(b) in first:
        return True
    if (_written_small(a) | _written_small(b)) & vocabulary().documents:
        return False
    return first <= second | {*beside_b} or second <= first | {*beside_a}


def _written_small(name: str) -> frozenset[str]:
    """Return the words of a name without a capital: a "post" is a document, the "Post" is a paper."""
    return frozenset(word for word in _WORD.findall(name) if word.islower())


def same_name(a: str, b: str) -> bool:
    """Return whether two names are one but for articles, titles, and the way that an address writes it."""
    return bool(core_of(a) or core_of(b)) and (core_of(a) == core_of(b) or _run_together(a) == _run_together(b))


def search_words(name: str) -> frozenset[str]:
    """Return the words of which two names that are one origin have one in common."""
    return core_of(name) | {_initials(name), _run_together(name)}


def one_desk(a: Collection[str], b: Collection[str]) -> bool:
    """Return whether two origins, given by the words of their names and of what stands beside them, may speak for one state."""
    known = vocabulary()
    offices = [known.state.intersection(words) for words in (a, b)]
    mouths = [known.mouthpieces.intersection(words) and not (known.bodies - known.state).intersection(words) for words in (a, b)]
    return bool((offices[0] and (offices[1] or mouths[1])) or (mouths[0] and offices[1]))


def _initials(name: str) -> str:
    """Return what a name of several words would be as an acronym, in lower case."""
    words = [word for word in _WORD.findall(_POSSESSIVE.sub("", name)) if word[:1].isupper()]
    return "".join(word[0] for word in words).lower() if len(words) > 2 else "-"


@lru_cache(maxsize=65536)
def _run_together(name: str) -> str:
    """Return a name as an address on the web writes it: "Harbour Post" and "harbourpost.com" are one."""
    bare = re.sub(r"^www\.|\.(?:com|org|net|info|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2})$", "", name.lower())
    return re.sub(r"^the(?=\W)|\W+", "", bare)


def fullest(names: Collection[str]) -> str:
    """Return the name to call an origin by: the fullest of those that are proper names, else the shortest."""
    proper = [name for name in names if all(word[:1].isupper() or word in _SMALL for word in _WORD.findall(_POSSESSIVE.sub("", name)))]
    if proper:
        return min(proper, key=lambda name: (-len(core_of(name)), len(name), name))
    return min(names, key=lambda name: (len(core_of(name)), len(name), name))
