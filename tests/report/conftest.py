"""The invented ferry story as a finished report."""

from __future__ import annotations

import pytest
from ferry import ferry_report

from reconcile.model import Report


@pytest.fixture
def report() -> Report:
    return ferry_report()
