"""`reconcile explain` and `reconcile schema`: what a report.json says, and how it is laid out."""

from __future__ import annotations

from pathlib import Path

import click

from reconcile.cli.group import example, main


@main.command(epilog=example("reconcile explain reports/report.json 3fa9c1"))
@click.argument("report_file", metavar="REPORT", type=click.Path(path_type=Path))
@click.argument("finding", metavar="FINDING")
def explain(report_file: Path, finding: str) -> None:
    """Explain a finding of a report.json: each comparison, the rule, the reason, both quotes.

    FINDING is the id of a finding or the beginning of one.
    """
    from reconcile.report.explain import load_report, render_explanation

    click.echo(render_explanation(load_report(report_file), finding), nl=False)


@main.command(epilog=example("reconcile schema > report.schema.json"))
def schema() -> None:
    """Print the JSON Schema of report.json."""
    from reconcile.report.json import schema_text

    click.echo(schema_text(), nl=False)
