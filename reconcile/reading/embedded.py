"""Lines in; a second article that a scraper glued to the end of the first marked out.

It must look foreign by every sign at once: a title after page furniture, then prose that shares next to no names and no topic
words with what stands before. A long article that turns to another side of its story is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reconcile.model import RemovalReason
from reconcile.reading.datelines import is_dateline
from reconcile.reading.lines import Line
from reconcile.reading.patterns import CREDIT, is_title
from reconcile.reading.repeats import words

LONGEST_TITLE = 160
PROSE = 12
"""Words that a line of prose has."""
LEAST_BEFORE, LEAST_AFTER = 3, 2
"""Lines of prose before and after the second title."""
SHARED = 0.12
"""Part of the second article's names, or of its repeated words, that the first may have as well."""
LEAST_NAMES = 3
CAPITAL = re.compile(r"\b[A-Z][\w’'-]{2,}")
COMMON = frozenset(
    "the and but for with that this from they their there these those when while where what which who how why has"
    " have had was were are been his her him she its our you your not all one two three new more most some such than"
    " then also after before about over under into out off said says say could would should may might will can last"
    " first year years week day days month time people many other others only just even still now monday tuesday"
    " wednesday thursday friday saturday sunday january february march april june july august september october"
    " november december".split()
)


def mark_embedded(lines: Sequence[Line], headline: Line | None) -> None:
    """Mark everything from the title of a foreign article on; what stands before the headline is no part of the first one."""
    own = lines[next((i for i, line in enumerate(lines) if line is headline), 0) :]
    kept = [(i, line) for i, line in enumerate(own) if line.reason is None and line is not headline]
    prose = [i for i, line in kept if len(line.text.split()) >= PROSE]
    candidates = [i for i, line in kept if is_title(line.text, LONGEST_TITLE) and _set_off(own, i)]
    for i in candidates[:20]:
        before, after = [j for j in prose if j < i], [j for j in prose if j > i]
        if len(before) >= LEAST_BEFORE and len(after) >= LEAST_AFTER and _is_foreign(own, i, headline):
            for line in own[i:]:
                line.reason = line.reason or RemovalReason.EMBEDDED_ARTICLE
            return


def _set_off(lines: Sequence[Line], i: int) -> bool:
    """Return whether page furniture stands before a title, or a dateline or a byline behind it."""
    before = lines[i - 1].reason in {RemovalReason.FURNITURE, RemovalReason.RELATED} if i else False
    behind = i + 1 < len(lines) and (is_dateline(lines[i + 1].text) or bool(CREDIT.match(lines[i + 1].text)))
    return before or behind


def _is_foreign(lines: Sequence[Line], i: int, headline: Line | None) -> bool:
    first = " . ".join(line.text for line in lines[:i] if line.reason is None or line is headline)
    second = " . ".join(line.text for line in lines[i:] if line.reason is None)
    known = Counter(words(first))
    names = {word for name in CAPITAL.findall(second) for word in words(name)} - COMMON
    lower = set(re.findall(r"\b[a-z][\w’'-]{2,}", second))
    names -= lower
    topics = {word for word, count in Counter(words(second)).items() if count >= 2 and len(word) >= 5} - COMMON
    main = {word for word, count in known.items() if count >= 3 and len(word) >= 5} - COMMON
    return (
        len(names) >= LEAST_NAMES
        and sum(word in known for word in names) <= SHARED * len(names)
        and sum(word in known for word in topics) <= SHARED * max(len(topics), 1)
        and not main & set(words(second))
    )
