"""A report in, its tables as Parquet out, typed and exact."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from reconcile.model import Report
from reconcile.report.tables import claims_table, fields_table, findings_table, matrix_table

if TYPE_CHECKING:
    import pandas as pd


def findings_parquet(report: Report) -> bytes:
    """Return a row for each piece of evidence."""
    return _parquet(findings_table, report)


def claims_parquet(report: Report) -> bytes:
    """Return a row for each claim."""
    return _parquet(claims_table, report)


def fields_parquet(report: Report) -> bytes:
    """Return a row for each value."""
    return _parquet(fields_table, report)


def matrix_parquet(report: Report) -> bytes:
    """Return a row for each finding and article."""
    return _parquet(matrix_table, report)


def _parquet(make: Callable[[Report], pd.DataFrame], report: Report) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    stream = BytesIO()
    table = pa.Table.from_pandas(make(report), preserve_index=False).replace_schema_metadata(None)
    parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()
