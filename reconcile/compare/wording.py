"""Fields in, phrases for the reasons out."""

from __future__ import annotations

from reconcile.model import Field


def both(a: Field, b: Field) -> str:
    """Return the words of two fields, each in quotation marks: `"25 people" and "27 people"`."""
    return f"{quoted(a)} and {quoted(b)}"


def quoted(field: Field) -> str:
    """Return a field's own words in quotation marks, on one line."""
    return f'"{" ".join(field.raw.split())}"'
