"""A text in, the language it is written in out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 20_000
"""Characters that are looked at."""
SURE = 0.8
"""Probability from which the text itself outweighs what its metadata say."""
DEFAULT = "en"


def detect_language(text: str, declared: str = "") -> str:
    """Return the ISO 639-1 code of a text's language: what the text shows where that is sure, else what is declared, else "en"."""
    code, probability = _identifier().classify(text[:SAMPLE])
    if probability >= SURE:
        return str(code)
    return declared.replace("_", "-").partition("-")[0].lower()[:8] or DEFAULT


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
