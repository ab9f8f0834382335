"""Lines in; those that say nothing new marked out: series of picture texts, captions, copies of an earlier sentence.

A copy is only a copy when it brings no figure, name, denial or other word of weight: two versions of one sentence may be a finding.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from reconcile.model import RemovalReason
from reconcile.reading.lines import Line, cut, sentences
from reconcile.reading.patterns import (
    BARE_CREDIT,
    CAPTION_SOURCE,
    DESCRIPTION,
    LEADING_SOURCE,
    LONGEST_FURNITURE,
    TRAILING_SOURCE,
    VERB,
    WIDGET,
    numbers_and_names,
)

SAME = 90.0
"""Similarity (0 to 100) from which a sentence repeats an earlier one."""
SHINGLE = 3
"""Words in a row that two sentences must share to be compared at all."""
CANDIDATES = 4
"""Earlier sentences that a sentence is compared with; keeps the search linear."""
SHORTEST = 6
"""Words that a sentence must have to count as a copy."""
NEWS = 2
"""Figures and names of its own from which a caption is worth keeping."""
PROSE = 12
"""Words from which a paragraph in front of a picture's credit is one of the article's own."""
STEM = 4
"""Letters by which two forms of one word are known: a longer word with another stem says something else ("injured", "killed")."""
SERIES = 3
"""Lines that make a series."""
OPENING = 4
"""Words that the lines of a series open with, at the least."""
TOKEN = re.compile(r"[^\W_]+(?:['.,:-][^\W_]+)*")

STOP = re.compile(r"[.!?][\"”’')]*$")
MARKER = re.compile(r"(?:Pictured|Above|Below|Left|Right)\b[,:]?\s{0,4}")
PICTURED = re.compile(r"[.!?] (?:Pictured|Above|Below|Left|Right)[,:] |\b(?:is|are) pictured\b")

Cuts = list[tuple[int, int, RemovalReason]]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without possessive endings."""
    return [word.removesuffix("'s") for word in TOKEN.findall(text.lower().replace("’", "'"))]


def mark_series(lines: Sequence[Line]) -> None:
    """Mark lines in a row that open with one title, as the pictures of a slideshow do; in a page of nothing else, only the title goes."""
    kept = [line for line in lines if line.reason is None]
    series = [(group, size) for group in _groups(kept) if (size := _title_length(group))]
    members = {id(line) for group, _ in series for line in group}
    prose = sum(len(line.text.split()) >= 12 for line in kept if id(line) not in members)
    for group, _ in series:
        for line in group:
            if prose >= 3:
                line.reason = RemovalReason.RELATED


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines with one opening."""
    run: list[Line] = []
    for line in lines:
        opening = line.text.split()[:OPENING]
        if run and (len(opening) < OPENING or run[0].text.split()[:OPENING] != opening):
            if len(run) >= SERIES:
                yield run
            run = []
        if len(opening) == OPENING:
            run.append(line)
    if len(run) >= SERIES:
        yield run


def _title_length(group: Sequence[Line]) -> int:
    """Return how many words the common title of a group has, 0 where the common words are the opening of sentences."""
    split = [line.text.split()[:40] for line in group]
    length = next((i for i, column in enumerate(zip(*split, strict=False)) if len(set(column)) > 1), min(map(len, split)))
    followers = [line[length] for line in split if len(line) > length]
    titled = split[0][0][:1].isupper() and not any(word.endswith((":", ",")) for word in split[0][1:length])
    if split[0][0].endswith(":") and split[0][0].isupper():
        return 0
    return length if titled and all(word[:1].isupper() or word[:1] in "“\"'‘" for word in followers) else 0


def cut_captions(lines: Sequence[Line], title: str) -> list[Line]:
    """Cut the sources and descriptions of pictures, and the captions that hold nothing that the article does not say as well."""
    marked = {i: found for i, line in enumerate(lines) if line.reason is None and (found := _caption(line))}
    if not marked:
        return list(lines)
    said = Counter(words(title))
    for line in lines:
        if line.reason is None:
            said.update(words(line.text))
    parted: list[Line] = []
    for i, line in enumerate(lines):
        parted += _without_picture(line, *marked[i], said) if i in marked else [line]
    return parted


def _caption(line: Line) -> tuple[int, int] | None:
    """Return where the words of a caption begin and end in its line, or None where nothing marks it as a caption."""
    text = line.text
    if len(text) > LONGEST_FURNITURE:
        return None
    start, end = 0, len(text)
    if mark := CAPTION_SOURCE.match(text) or WIDGET.match(text) or (None if STOP.search(text) else LEADING_SOURCE.match(text)):
        start = mark.end()
    if credit := TRAILING_SOURCE.search(text, start):
        end = credit.start()
    marked = (start, end) != (0, len(text)) or DESCRIPTION.match(text) or PICTURED.search(text)
    return (start, end) if marked else None


def _without_picture(line: Line, start: int, end: int, said: Mapping[str, int]) -> list[Line]:
    """Keep the sentences of a caption that bring figures and names of their own, and full prose that a credit was put behind."""
    reason = RemovalReason.CAPTION
    if WIDGET.match(line.text):
        return cut(line, [(0, len(line.text), reason)])
    body = Line(line.span, line.text[start:end])
    cuts: Cuts = [(0, start, reason)] if start else []
    if not _is_prose(body.text, line.text[end:]):
        own = Counter(words(line.text))
        for first, last in sentences(body):
            sentence = body.text[first:last]
            marker = MARKER.match(sentence)
            if not _is_news(sentence, own, said):
                cuts.append((start + first, start + last, reason))
            elif marker:
                cuts.append((start + first, start + first + marker.end(), reason))
    if end < len(line.text):
        cuts.append((end, len(line.text), reason))
    return cut(line, _merged(cuts))


def _is_prose(body: str, credit: str) -> bool:
    """Return whether a line is a paragraph of its own, with a picture's credit behind it."""
    glued = not credit[:1].isspace() and credit[:1] not in "(["
    return (
        len(body.split()) >= PROSE and bool(STOP.search(body)) and not glued and not DESCRIPTION.match(body) and not PICTURED.search(body)
    )


def _is_news(sentence: str, own: Mapping[str, int], said: Mapping[str, int]) -> bool:
    """Return whether a caption says something that stands nowhere else."""
    if len(sentence.split()) < SHORTEST or not VERB.search(sentence) or BARE_CREDIT.match(sentence):
        return False
    new = {word for name in numbers_and_names(sentence) for word in words(name) if said[word] <= own[word]}
    return len(new) >= NEWS


def _merged(cuts: Cuts) -> Cuts:
    """Join cuts that touch."""
    joined: Cuts = []
    for first, last, reason in cuts:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]), reason)
        else:
            joined.append((first, last, reason))
    return joined


def mark_repeated_title(lines: Sequence[Line], title: str, headline: Line | None) -> None:
    """Mark later lines that repeat the headline word for word or nearly."""
    plain = " ".join(words(title))
    for line in lines:
        if line.reason is None and line is not headline and plain and len(line.text) <= 2 * len(title) + 20:
            text = " ".join(words(line.text))
            same = fuzz.ratio(text, plain) >= SAME and not _adds(line.text, title)
            if same and (text == plain or not line.text.endswith(".")):
                line.reason = RemovalReason.DUPLICATE


def cut_copies(lines: Sequence[Line], headline: Line | None) -> list[Line]:
    """Cut the sentences that repeat an earlier one and add nothing to it."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    seen: list[str] = []
    parted: list[Line] = []
    for line in lines:
        if line.reason is not None or line is headline:
            parted.append(line)
            continue
        found: list[tuple[int, int, bool]] = []
        for first, last in sentences(line):
            sentence = line.text[first:last].strip()
            copy = _is_copy(sentence, seen, index)
            found.append((first, last, copy))
            if not copy:
                _remember(sentence, seen, index)
        parted += _cut_copies(line, found)
    return parted


def _cut_copies(line: Line, found: Sequence[tuple[int, int, bool]]) -> list[Line]:
    """Cut copies out of a line, together with a scrap of a few words behind them."""
    cuts: Cuts = [(first, last, RemovalReason.DUPLICATE) for first, last, copy in found if copy]
    if not cuts:
        return [line]
    if not all(copy for *_, copy in found) and STOP.search(line.text):
        return [line]  # a sentence said again in the middle of a paragraph does no harm; a hole in the paragraph may
    scraps = [line.text[first:last] for first, last, copy in found if not copy]
    if all(len(scrap.split()) < SHORTEST and not any(char.isdigit() for char in scrap) for scrap in scraps):
        cuts = [(0, len(line.text), RemovalReason.DUPLICATE)]
    return cut(line, _merged(cuts))


def _shingles(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[i : i + SHINGLE]) for i in range(min(len(tokens) - SHINGLE + 1, 60))]


def _remember(sentence: str, seen: list[str], index: dict[tuple[str, ...], list[int]]) -> None:
    tokens = words(sentence)
    if len(tokens) < SHORTEST:
        return
    for shingle in _shingles(tokens):
        if len(index[shingle]) < 2 * CANDIDATES:
            index[shingle].append(len(seen))
    seen.append(sentence[:LONGEST_FURNITURE])


def _is_copy(sentence: str, seen: Sequence[str], index: Mapping[tuple[str, ...], list[int]]) -> bool:
    tokens = words(sentence)
    if len(tokens) < SHORTEST or len(sentence) > LONGEST_FURNITURE:
        return False
    shared = Counter(i for shingle in _shingles(tokens) for i in index.get(shingle, ()))
    return any(_repeats(sentence, seen[i]) for i, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES])


def _repeats(later: str, earlier: str) -> bool:
    a, b = " ".join(words(later)), " ".join(words(earlier))
    if _adds(later, earlier):
        return False
    if fuzz.ratio(a, b, score_cutoff=SAME) >= SAME:
        return True
    return len(a.split()) >= 10 and len(a) < len(b) and fuzz.partial_ratio(a, b, score_cutoff=SAME + 4) > 0


def _adds(later: str, earlier: str) -> bool:
    """Return whether a sentence has a figure, a name, a denial or a word of weight that the earlier one lacks."""
    known = set(words(earlier))
    stems = {word[:STEM] for word in known}
    weighty = (word for word in words(later) if len(word) > STEM and not word.endswith("ly"))
    return any(word[:STEM] not in stems for word in weighty) or any(
        word not in known for name in numbers_and_names(later) for word in words(name)
    )
