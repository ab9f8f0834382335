"""The review desk: a report.json and a store of decisions in, a local web page for editors out."""

from reconcile.review.aliases import AliasFolder
from reconcile.review.app import make_app
from reconcile.review.desk import Desk
from reconcile.review.docket import load_docket
from reconcile.review.guard import Access
from reconcile.review.serving import listen, serve

__all__ = ["Access", "AliasFolder", "Desk", "listen", "load_docket", "make_app", "serve"]
