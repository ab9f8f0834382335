"""A report in, pages and files out: Markdown and HTML for an editor, JSON for every other reader."""

from reconcile.report.html import render_html
from reconcile.report.json import render_json
from reconcile.report.markdown import render_markdown
from reconcile.report.writing import write_report

__all__ = ["render_html", "render_json", "render_markdown", "write_report"]
