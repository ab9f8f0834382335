"""A text in, the runs worth reading and the runs left out, each with its reason, out.

Everything here is a pattern of pages in general, never of one outlet. In doubt a line is kept: a claim lost cannot be found again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from reconcile.model import Block, BlockKind, RemovalReason, Removed, Span

SAME_LINE = 92
"""Similarity (0 to 100) from which a line repeats an earlier one."""
LOOK_BACK = 400
"""Lines that are searched for an earlier copy."""
HEADLINE = 160
"""Characters that a headline or a subhead may have."""
PROSE = 12
"""Words from which a line with a picture credit at its end is a sentence worth keeping without it."""
COMMON_PREFIX = 3
"""Words that lines of one picture series open with."""

END = re.compile(r"[.!?…:;][\"”’')\]]*$")
WORD = re.compile(r"[^\W\d_]+")
FURNITURE = re.compile(
    r"^\W*(?:leave a (?:reply|comment)|post a comment|your email address will not be published|required fields are marked|name \*|email \*"
    r"|website\b.{0,3}$|save my name|comments? (?:are closed|\(\d+\))|\d+ comments?$|reply$|log ?in\b.{0,40}$|sign (?:in|up|up now)\b.{0,60}$"
    r"|subscribe\b.{0,80}$|register\b.{0,40}$|newsletter\b|sign up (?:for|to) |get (?:the|our) .{0,60}(?:newsletter|inbox)|please verify"
    r"|invalid email|thank you for subscribing|(?:share|tweet|print|email|e-mail|facebook|twitter|whatsapp|linkedin|pinterest|copy link)\b.{0,40}$"
    r"|follow (?:us|@|.{2,60} on (?:twitter|facebook|instagram))|(?:read or )?share this\b|if you (?:like|enjoyed|liked) this|like us on"
    r"|join (?:the conversation|us)|support (?:us|our)\b|become a member|donate\b|advertisement\b|advert\b|sponsored\b|promoted\b"
    r"|continue reading\b|story continues|scroll down|watch (?:video|now|the video)|play video|loading\b|copyright\b|©|\(c\) \d{4}"
    r"|all rights reserved|this material may not be|terms of (?:use|service)|privacy policy|cookie|close$|menu$|search$|home$|news$|world$"
    r"|video$|photos?$|gallery$|sport$|opinion$|more$|top stories$|latest$|skip to\b|back to top|we pay for your|do you have a (?:story|tip)"
    r"|(?:send|email) us\b|contact (?:us|the)\b.{0,60}$|celebrating \d+ years|(?:story|article) highlights$|key points$|in this article$"
    r"|topics?:|tags?:|filed under|categories:|keywords:|CLOSE [A-Z])",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"^\W*(?:(?:read (?:more|also|next)|also read|see also|more on this|more from|recommended|you may also like|most (?:read|popular|viewed)"
    r"|don[’']t miss|trending|in pictures)\b|related (?:stories|articles|links|topics|content)\b|(?:related|watch|listen|more|explainer):)",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"^\W*(?:image (?:copyright|caption|source)|photo(?:graph)?(?: by|:| credit)|picture:|pictured\b|getty images|(?:ap|afp|reuters|epa) photo"
    r"|media caption|caption:|enlarge this image|toggle caption|screengrab|file (?:photo|picture|image)|this (?:photo|image|picture)\b.{0,90}\bshows"
    r"|illustration:|credit:|photographer:|courtesy of)\b|\(file photo\)\W*$|\bPhotographer: "
    r"|^(?:AP:Associated Press|Reuters|Getty Images|Getty|AFP|EPA|PA|Rex|Alamy) (?=[A-Z])(?!News|Photo)(?:\w+ ){2}"
    r"|^\W*\((?:photo|picture|image|file|credit)[^)]{0,120}\)\W*$|/\s?Agence France-?presse\W*$"
    r"|\((?:[^()]{2,60}/(?:AP|AFP|Getty(?: Images)?|Reuters|EPA|PA)|(?:AP|AFP|Getty|Reuters|EPA|PA)(?: Photo)?/[^()]{2,60}|file (?:photo|picture))\)\W*$",
    re.IGNORECASE,
)
PICTURED = re.compile(r"(?:^|[.!?]\s)(?:Pictured|Above|Below|Left|Right)\b[,:]")
TRAILING_CREDIT = re.compile(
    r"\s*(?:\((?:photo|picture|image|credit)s?:[^()]{0,120}\)|\bREUTERS/[A-Z][\w.]*(?: [A-Z][\w.]*){0,3})\W*$",
    re.IGNORECASE,
)
LEADING_CREDIT = re.compile(
    r"^(?:\((?:CNN|Reuters|AP|AFP|dpa|UPI|PA|Bloomberg|Xinhua)(?: Business| Money)?\)\s?(?:[-–—]{1,2}\s?)?|story highlights (?=[A-Z]))",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"^\W*(?:by (?:[A-Z][\w.’'-]+ ?){2,4}(?:(?:,|and|in|for) (?:[A-Z][\w.’'-]+ ?){1,4}){0,3}|(?:author:|reporting by|editing by|additional reporting by|writing by|edited by|compiled by|with assistance (?:by|from))\b:?\s.{2,120}"
    r"|(?:reuters|ap|afp|dpa|bloomberg|xinhua|pa|ansa|efe|tass|upi|(?:the )?associated press|agence france-?presse)"
    r"(?:\s?[-–/,&+:]\s?(?:ap|afp|reuters|dpa|pa|bloomberg|xinhua|associated press))*"
    r"|[a-z]{2,4}(?:/[a-z]{2,4}){0,4} \((?:[A-Za-z]{2,12}(?:, )?){1,5}\)|(?:by )?staff (?:reporter|writer)s?|with (?:agencies|agency reports))\W*$",
    re.IGNORECASE,
)
POST = re.compile(
    r"^\W*(?:(?:—|--|–) ?[^@\n]{1,60}\(@\w+\)|posted by .{2,80} on |pic\.twitter\.com|https?://\S+\s*$|www\.\S+\s*$|@\w+\s*$)"
    r"|\(@\w+\) \w+ \d{1,2}, \d{4}\s*$|\bPosted by [^\n]{2,80} on \w+, \d|https://t\.co/\S+",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"^\W*(?:(?:published|updated|posted|last (?:updated|modified)|first published|date)\b.{0,60}\d.{0,20}"
    r"|(?:\w+day,? )?(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}?,? ?\d{0,4}"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d.{0,12})?|\d{1,2} \w+ \d{4}.{0,24}|\d{4}-\d\d-\d\d.{0,20})\W*$",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(r"^\W*(?:source|from|outlet|publisher|via)\s?:.{2,80}$", re.IGNORECASE)
OPEN_END = re.compile(r"(?:\b(?:the|a|an|of|in|to|and|for|by|with|from|that|at|on|or|as|is|was|were|are|be|may|will|who)|[,–—-])$")
"""Ends of lines that cannot be ends of sentences."""
BULLET = re.compile(r"^\s{0,8}(?:[-*•·▪‣–]|\d{1,2}[.)])\s+")
BRACKETED = re.compile(r"^\s*\[[^\]]{3,160}\]\s*$")
GLUED = re.compile(
    r"\b(?:please verify you[’']re not a robot|continue reading the main story|an error has occurred\. please try again)", re.IGNORECASE
)
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|may|might|can|could|must|says?|said|not|no|than|after|as|over|to"
    r"|\w{3,}(?:ed|es|ts|ns|ks|rs|ls)|\w{3,}ing)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """A line that is not blank, while it is being sorted."""

    span: Span
    text: str
    reason: RemovalReason | None = None


def clean_text(text: str, title: str = "", start: int = 0) -> tuple[tuple[Block, ...], tuple[Removed, ...]]:
    """Sort a text into blocks and removed runs, reading from `start`; `title` is the headline where it is known already.

    A headline block is only looked for when no title is given.
    """
    lines = list(_lines(text, start))
    for line in lines:
        line.reason = line.reason or _furniture(line.text)
    _cut_after_comments(lines)
    _drop_series(lines)
    headline = None if title else _headline(lines)
    _drop_repeats(lines, title or (headline.text if headline else ""), headline)
    _cut_embedded(lines, headline)
    blocks = tuple(_blocks(text, lines, headline))
    removed = tuple(Removed(line.span, line.span.of(text), line.reason) for line in lines if line.reason)
    return blocks, removed


def _lines(text: str, start: int) -> Iterator[Line]:
    at = start
    for piece in text[start:].splitlines(keepends=True):
        stripped = piece.strip()
        if stripped:
            first = at + (len(piece) - len(piece.lstrip()))
            yield from _parted(Line(Span(first, first + len(stripped)), stripped))
        at += len(piece)


def _parted(line: Line) -> Iterator[Line]:
    """Part an agency's mark or a picture credit from the prose that it is glued to."""
    start, end = 0, len(line.text)
    if mark := LEADING_CREDIT.match(line.text):
        start = mark.end()
    if (credit := TRAILING_CREDIT.search(line.text, start)) and len(line.text[start : credit.start()].split()) >= PROSE:
        end = credit.start()
    for first, last, reason in ((0, start, RemovalReason.FURNITURE), (start, end, None), (end, len(line.text), RemovalReason.CAPTION)):
        piece = line.text[first:last]
        if piece.strip():
            begin = line.span.start + first + len(piece) - len(piece.lstrip())
            yield Line(Span(begin, begin + len(piece.strip())), piece.strip(), reason)


def _furniture(line: str) -> RemovalReason | None:
    """Return why a single line is no prose, or None."""
    words = len(WORD.findall(line))
    if (RELATED.match(line) and (words <= 25 or line.lower().startswith("related"))) or BRACKETED.match(line):
        return RemovalReason.RELATED
    if (CAPTION.search(line) or PICTURED.search(line)) and words <= 60 and _sentences(line) <= 2:
        return RemovalReason.CAPTION
    if POST.search(line) or CREDIT.match(line) or DATELINE.match(line) or SOURCE_LINE.match(line) or GLUED.search(line):
        return RemovalReason.FURNITURE
    if FURNITURE.match(line) and (words <= 14 or not END.search(line) or _boilerplate_sentences(line)):
        return RemovalReason.FURNITURE
    return RemovalReason.FURNITURE if _is_heading(line, words) or _is_tags(line) else None


def _is_heading(line: str, words: int) -> bool:
    """Return whether a line only announces what follows: a word or two, capitals throughout, or a bare question."""
    if words <= 3 and not re.search(r"[.!?]", line) and not any(char.isdigit() for char in line):
        return words < 3 or not VERB.search(line)
    capitals = words <= 8 and not re.search(r"[a-z]{2}", line) and not any(char.isdigit() for char in line)
    return capitals or (line.rstrip("\"”’' ").endswith("?") and words <= 12 and _sentences(line) == 1 and line[:1] not in "\"“‘'")


def _sentences(line: str) -> int:
    return len(re.findall(r"[.!?][\"”’')]*(?:\s|$)", line))


def _boilerplate_sentences(line: str) -> bool:
    """Return whether a long line that opens like furniture is furniture throughout."""
    return bool(
        re.search(
            r"newsletter|inbox|subscrib|copyright|all rights reserved|email (?:us|address)|cookies?|click|visit|@\S+\.\w",
            line,
            re.IGNORECASE,
        )
    )


def _is_tags(line: str) -> bool:
    """Return whether a line is a list of tags: short items between commas, bars or hashes, and no verb."""
    if line.count("#") >= 2 and all(word.startswith("#") for word in line.split()):
        return True
    items = re.split(r"\s*[|,;·•]\s*", line)
    return len(items) >= 4 and all(len(item.split()) <= 3 for item in items) and not END.search(line) and not VERB.search(line)


def _cut_after_comments(lines: Sequence[Line]) -> None:
    """Take out everything between the lines of a comment form, where scrapers leave its hints."""
    for i, line in enumerate(lines):
        if re.match(r"\W*(?:leave a (?:reply|comment)|post a comment)\b", line.text, re.IGNORECASE):
            for later in lines[i : i + 12]:
                if later.reason is None and len(later.text.split()) < 15:
                    later.reason = RemovalReason.FURNITURE


def _drop_series(lines: Sequence[Line]) -> None:
    """Take out a series of picture texts: lines that all open with the same words."""
    openings = Counter(_opening(line.text) for line in lines if line.reason is None)
    for line in lines:
        opening = _opening(line.text)
        if line.reason is None and opening and openings[opening] >= 3:
            line.reason = RemovalReason.RELATED


def _opening(line: str) -> str:
    words = line.split()
    return " ".join(words[: COMMON_PREFIX + 1]) if len(words) > 10 else ""


def _headline(lines: Sequence[Line]) -> Line | None:
    """Return the first line that is left, when it reads like a headline and not like prose."""
    first = next((line for line in lines if line.reason is None), None)
    if first is None or len(first.text) > HEADLINE or re.search(r"\.[\"”’')]*$", first.text):
        return None
    following = next((line for line in lines if line.reason is None and line.span > first.span), None)
    goes_on = following is not None and following.text[:1].islower()
    return first if len(first.text.split()) >= 3 and not goes_on and not BULLET.match(first.text) else None


def _drop_repeats(lines: Sequence[Line], title: str, headline: Line | None) -> None:
    """Take out lines that all but repeat the headline or an earlier line."""
    earlier: list[str] = []
    for line in lines:
        if line.reason is not None:
            continue
        text = _normal(line.text)
        if line is not headline and title and fuzz.ratio(text, _normal(title)) >= SAME_LINE:
            line.reason = RemovalReason.DUPLICATE
            continue
        if len(text) > 30 and any(_repeats(text, other) for other in earlier[-LOOK_BACK:]):
            line.reason = RemovalReason.DUPLICATE
            continue
        earlier.append(text)


def _normal(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def _repeats(text: str, other: str) -> bool:
    if text == other:
        return True
    if len(text) < len(other) and len(text) > 60 and text in other:
        return True
    return abs(len(text) - len(other)) < 0.15 * len(other) and fuzz.ratio(text, other, score_cutoff=SAME_LINE) >= SAME_LINE


def _cut_embedded(lines: Sequence[Line], headline: Line | None) -> None:
    """Take out a second article glued to the end: a title after furniture, then prose that shares no names with the first."""
    kept = [line for line in lines if line.reason is None and line is not headline]
    for i, line in enumerate(kept):
        before, after = kept[:i], kept[i + 1 :]
        if len(before) < 3 or len(after) < 2 or not _is_title(line, lines):
            continue
        first, second = _names(before), _names([line, *after])
        if len(second) >= 3 and len(first & second) <= 0.2 * len(second):
            for later in lines:
                if later.span >= line.span and later.reason is None:
                    later.reason = RemovalReason.EMBEDDED_ARTICLE
            return


def _is_title(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether a line looks like a headline and the line in front of it was furniture."""
    if END.search(line.text) or not 4 <= len(line.text.split()) <= 25 or line.text[:1].islower() or OPEN_END.search(line.text):
        return False
    place = next(i for i, other in enumerate(lines) if other is line)
    if place + 1 < len(lines) and lines[place + 1].text[:1].islower():
        return False
    return place > 0 and any(other.reason is not None for other in lines[max(0, place - 2) : place])


def _names(lines: Sequence[Line]) -> set[str]:
    """Return the capitalised words that do not open a line."""
    return {word for line in lines for word in re.findall(r"(?<=[a-z,] )[A-Z][\w-]{2,}", line.text)}


def _blocks(text: str, lines: Sequence[Line], headline: Line | None) -> Iterator[Block]:
    """Join lines that were broken in mid-sentence and say what each run is."""
    kept = [line for line in lines if line.reason is None]
    width = _wrap_width(kept)
    run: list[Line] = []
    for line in kept:
        if run and not _continues(text, run[-1], line, lines, width, headline):
            yield _block(run, headline)
            run = []
        run.append(line)
    if run:
        yield _block(run, headline)


def _wrap_width(lines: Sequence[Line]) -> int:
    """Return the width at which the text was wrapped, or 0 where its lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    longest = lengths[-1] if lengths else 0
    return longest if len(lines) >= 6 and longest <= 110 and sum(length > 0.6 * longest for length in lengths) >= 0.4 * len(lines) else 0


def _continues(text: str, before: Line, after: Line, lines: Sequence[Line], width: int, headline: Line | None) -> bool:
    if before is headline or BULLET.match(after.text):
        return False
    if any(line.reason is not None and before.span < line.span < after.span for line in lines[:0]):
        return False
    broken = not END.search(before.text)
    if broken and (
        after.text[:1].islower()
        or before.text[-1] in ",-–—"
        or re.search(r"\b(?:the|a|an|of|in|to|and|for|by|with|from|that|at|on|or|as|is|was|who)$", before.text)
    ):
        return True
    if not width:
        return False
    gap = text[before.span.end : after.span.start]
    adjacent = gap.count("\n") <= 1
    return adjacent and len(before.text) >= 0.6 * width and (broken or len(before.text) >= 0.75 * width)


def _block(run: Sequence[Line], headline: Line | None) -> Block:
    span = Span(run[0].span.start, run[-1].span.end)
    if run[0] is headline:
        return Block(span, BlockKind.HEADLINE)
    if mark := BULLET.match(run[0].text):
        return Block(Span(span.start + mark.end(), span.end), BlockKind.BULLET)
    short = len(run) == 1 and len(run[0].text) <= HEADLINE
    if short and not END.search(run[0].text) and len(run[0].text.split()) >= 3 and VERB.search(run[0].text):
        return Block(span, BlockKind.SUBHEAD)
    return Block(span, BlockKind.PARAGRAPH)
