"""The command line: arguments in, one call into the package, a page or one line of error and an exit code out."""

from reconcile.cli import diff, explain, report, rules
from reconcile.cli.group import main

__all__ = ["diff", "explain", "main", "report", "rules"]
