"""Two sentences in, the runs of words out that stand in one of them only; case and punctuation do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

_WORD: Final = re.compile(r"\w+(?:['’.,:-]\w+)*")
LONGEST: Final = 2_000
"""Words of a sentence that are compared; the comparison takes the square of them."""

Run = tuple[int, int]


def differing(a: str, b: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the runs of each text whose words the other lacks at that place; nothing where either is too long to compare."""
    first, second = list(_WORD.finditer(a)), list(_WORD.finditer(b))
    if max(len(first), len(second)) > LONGEST:
        return (), ()
    matcher = SequenceMatcher(None, [word.group().casefold() for word in first], [word.group().casefold() for word in second], False)
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        tuple(_runs(first, [(code[1], code[2]) for code in codes])),
        tuple(_runs(second, [(code[3], code[4]) for code in codes])),
    )


def _runs(words: Sequence[re.Match[str]], places: Sequence[Run]) -> Iterator[Run]:
    for start, end in places:
        if end > start:
            yield words[start].start(), words[end - 1].end()


def marked(text: str, runs: Sequence[Run], before: str, after: str) -> str:
    """Return the text with every run between two marks."""
    pieces, at = [], 0
    for start, end in runs:
        pieces += [text[at:start], before, text[start:end], after]
        at = end
    return "".join([*pieces, text[at:]])
