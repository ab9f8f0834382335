"""A report in, its files on disk out; a file is either the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from reconcile.errors import OutputError
from reconcile.model import Report
from reconcile.report.annotations import render_annotations
from reconcile.report.claimreview import render_claimreview
from reconcile.report.csv import claims_csv, fields_csv, findings_csv
from reconcile.report.docx import render_docx
from reconcile.report.github import render_github
from reconcile.report.html import render_html
from reconcile.report.json import render_json
from reconcile.report.junit import render_junit
from reconcile.report.labelstudio import render_labels, render_tasks
from reconcile.report.markdown import render_markdown
from reconcile.report.matrix import render_matrix
from reconcile.report.parquet import claims_parquet, fields_parquet, findings_parquet, matrix_parquet
from reconcile.report.sarif import render_sarif
from reconcile.report.wording import text_files

Renderer = Callable[[Report], "str | bytes"]
FORMATS: Final[Mapping[str, Mapping[str, Renderer]]] = {
    "md": {"consistency.md": render_markdown},
    "html": {"consistency.html": render_html},
    "json": {"report.json": render_json},
    "csv": {"findings.csv": findings_csv, "claims.csv": claims_csv, "fields.csv": fields_csv, "matrix.csv": render_matrix},
    "parquet": {
        "findings.parquet": findings_parquet,
        "claims.parquet": claims_parquet,
        "fields.parquet": fields_parquet,
        "matrix.parquet": matrix_parquet,
    },
    "docx": {"consistency.docx": render_docx},
    "sarif": {"report.sarif": render_sarif},
    "junit": {"junit.xml": render_junit},
    "github": {"annotations.txt": render_github},
    "claimreview": {"claimreview.jsonld": render_claimreview},
    "annotations": {"annotations.jsonld": render_annotations},
    "labelstudio": {"labelstudio.json": render_tasks, "labelstudio.xml": render_labels},
}
"""The files of each format and what writes them."""
TEXTS: Final = "texts"
"""Folder, beside the report, of the texts that were taken out of pages and documents."""


def write_report(report: Report, folder: str | Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write the report in each format, and the texts it quotes from, into the folder, made if need be; return the report's files.

    Raises OutputError.
    """
    chosen = tuple(dict.fromkeys(formats))
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown or not chosen:
        raise OutputError(f"unknown format {', '.join(map(repr, unknown)) or '(none)'}: choose from {', '.join(FORMATS)}")
    # All pages are made before the first is written: an error in one format leaves every old file alone.
    pages = {file: _bytes(render(report)) for name in chosen for file, render in FORMATS[name].items()}
    texts = _texts(report)
    target = Path(folder)
    for place in (target, target / TEXTS) if texts else (target,):
        _make_folder(place)
    return _replace_all(target, {**texts, **pages})[len(texts) :]


def formats_in(folder: Path) -> tuple[str, ...]:
    """Return the formats of which all files stand in a folder."""
    return tuple(name for name, files in FORMATS.items() if all((folder / file).is_file() for file in files))


def _bytes(page: str | bytes) -> bytes:
    return page.encode("utf-8") if isinstance(page, str) else page


def _texts(report: Report) -> dict[str, bytes]:
    """Return the texts that offsets point into and that no file holds as they are, each under its name in the folder."""
    articles = (*report.articles, *(version.earlier for version in report.earlier))
    names = text_files(report)
    return {names[article.id]: article.text.encode("utf-8") for article in articles if article.id in names}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        advice = "a file of that name is in the way; name another folder with -o"
        raise OutputError(_message(folder, error, advice if isinstance(error, FileExistsError) else "")) from error


def _replace_all(folder: Path, pages: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write every page beside its target, then rename them all."""
    written: list[tuple[Path, Path]] = []
    current = folder
    try:
        for name, page in pages.items():
            current = folder / name
            beside = current.with_name(f".{current.name}.{secrets.token_hex(4)}.tmp")
            written.append((beside, current))
            _write(beside, page)
        for beside, target in written:
            current = target
            os.replace(beside, target)
    except OSError as error:
        raise OutputError(_message(current, error)) from error
    finally:
        for beside, _ in written:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    return tuple(target for _, target in written)


def _write(path: Path, page: bytes) -> None:
    """Write a new file to the disk itself, so that the rename never puts an empty one in place after a crash."""
    with path.open("xb") as file:
        file.write(page)
        file.flush()
        os.fsync(file.fileno())


def _message(path: Path, error: OSError, advice: str = "") -> str:
    reason = error.strerror or type(error).__name__
    return f"{path}: cannot be written ({reason}); {advice or 'name a folder that you may write to with -o, and check the free space'}"
