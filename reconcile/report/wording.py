"""Counts, severities, dates and hostile text in; plain printable words out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from reconcile.model import (
    Acceptance,
    Act,
    Article,
    Decision,
    DismissalReason,
    RemovalReason,
    Report,
    Severity,
    Standing,
    State,
    is_bare_day,
)

KIND_WORDS: Final[Mapping[str, str]] = {
    Severity.CONTRADICTION: "cannot both be true",
    Severity.TENSION: "at odds",
    Severity.TERMINOLOGY: "different word",
    Severity.GRANULARITY: "different precision",
    Severity.UPDATE: "later figure",
}
REMOVAL_WORDS: Final[Mapping[RemovalReason, tuple[str, str]]] = {
    RemovalReason.FURNITURE: ("piece of page furniture", "pieces of page furniture"),
    RemovalReason.CAPTION: ("caption", "captions"),
    RemovalReason.RELATED: ("link to another story", "links to other stories"),
    RemovalReason.EMBEDDED_ARTICLE: ("passage of a second article", "passages of a second article"),
    RemovalReason.DUPLICATE: ("repeated passage", "repeated passages"),
}
DISMISSAL_WORDS: Final[Mapping[DismissalReason, str]] = {
    DismissalReason.OTHER_EVENT: "another event",
    DismissalReason.OTHER_ROLE: "another role",
    DismissalReason.ALIAS: "two names for one thing",
    DismissalReason.UPDATE: "a later figure",
    DismissalReason.EXTRACTION_ERROR: "misread by the tool",
    DismissalReason.NOT_IMPORTANT: "not important",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_BLANKS = re.compile(r"\s+")
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")
# Characters that a reader does not see but a terminal or a browser obeys: controls, bidi marks, zero-width marks, tags, lone surrogates.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def number(n: int) -> str:
    """Write a count as a word below ten, else in digits."""
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else f"{n:,}"


def counted(n: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun in the right form: "one article", "no articles", "12 articles"."""
    return f"{number(n)} {noun if n == 1 else plural or noun + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: "a, b and c"."""
    return ", ".join(words[:-1]) + f" {last} " + words[-1] if len(words) > 1 else "".join(words)


def opening(text: str) -> str:
    """Write the first letter large."""
    return text[:1].upper() + text[1:]


def visible(text: str) -> str:
    """Put a text on one line and show every character that would otherwise act unseen, as ⟨U+202E⟩."""
    return visible_part(text).strip(" ")


def visible_part(text: str) -> str:
    """Do the same for a part of a text, keeping the blanks at its ends."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", _BLANKS.sub(" ", text))


def shortened(text: str, limit: int) -> str:
    """Replace the middle of a text longer than the limit by " … ", at blanks where there are any near."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    half = (limit - 3) // 2
    head, tail = flat[:half], flat[len(flat) - half :]
    head = head[:cut] if (cut := head.rfind(" ")) > half // 2 else head
    tail = tail[cut + 1 :] if 0 <= (cut := tail.find(" ")) < half // 2 else tail
    return f"{head} … {tail}"


def acceptance_words(acceptance: Acceptance) -> str:
    """Say why a finding is no longer counted: "suppressed by AB until 2027-01-31: both figures are right"."""
    by = f" by {acceptance.by}" if acceptance.by else ""
    until = f" until {acceptance.until}" if acceptance.until else ""
    return f"{acceptance.kind}{by}{until}: {acceptance.reason}" if acceptance.kind == "suppressed" else acceptance.reason


def moment(when: datetime) -> str:
    """Write a time to the minute with its zone, or the bare date where no hour is known."""
    day = when.date().isoformat()
    if is_bare_day(when):
        return day
    offset = when.utcoffset()
    zone = "" if offset is None else " UTC" if not offset else " " + when.isoformat()[-6:]
    return f"{day} {when:%H:%M}{zone}"


def publication(article: Article) -> str:
    """Write when an article appeared, marked where that is a guess."""
    if article.published is None:
        return "no date"
    return moment(article.published) + (" (inferred)" if article.published_inferred else "")


def outlet_names(articles: Sequence[Article]) -> dict[str, str]:
    """Return the name to print for each article: its source, with the article's id where a source has several."""
    sources = [visible(article.source) for article in articles]
    times = Counter(sources)
    names = {}
    for article, source in zip(articles, sources, strict=True):
        alone = times[source] == 1
        names[article.id] = source if source and alone else f"{source} ({visible(article.id)})" if source else visible(article.id)
    return names


def text_files(report: Report) -> dict[str, str]:
    """Return where the text of each article that was taken out of a page or document is written, beside the report.

    The name is made of harmless characters alone, whatever the article is called.
    """
    articles = [*report.articles, *(version.earlier for version in report.earlier)]
    return {article.id: f"texts/{_harmless(article.id)}-{article.sha256[:8]}.txt" for article in articles if article.extracted}


def _harmless(name: str) -> str:
    return _UNFIT.sub("-", name)[:60].strip("-.") or "article"


def short_ids(ids: Sequence[str], fewest: int = 6) -> dict[str, str]:
    """Return the shortest prefix of each id, of six characters at the least, that no other id has."""
    ordered = sorted(set(ids))
    short = {}
    for i, name in enumerate(ordered):
        beside = [*ordered[max(0, i - 1) : i], *ordered[i + 1 : i + 2]]
        length = max((_common(name, other) + 1 for other in beside), default=0)
        short[name] = name[: max(fewest, length)]
    return short


def _common(a: str, b: str) -> int:
    """Return how many characters two texts have in common at their start."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def decided(standing: Standing) -> str:
    """Say in a line what editors made of a finding: "open", "confirmed by Ada", "dismissed by Ben (another event: "…")"."""
    said = [_verdict(decision) for decision in standing.decisions]
    verdict = f"editors disagree: {listed(said)}" if standing.state is State.DISPUTED else listed(said) or "open"
    return verdict + (f"; assigned to {standing.assigned}" if standing.assigned else "")


def _verdict(decision: Decision) -> str:
    act = "confirmed" if decision.act is Act.CONFIRM else "dismissed"
    why = ": ".join(part for part in (DISMISSAL_WORDS[decision.reason] if decision.reason else "", decision.words) if part)
    return f"{act} by {decision.editor}" + (f" ({why})" if why else "")
