"""Parquet: the same tables as the CSV, typed, exact and the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from ferry import ferry_report

from reconcile.report import parquet, tables

PAIRS = [
    (parquet.findings_parquet, tables.findings_table, tables.FINDINGS),
    (parquet.claims_parquet, tables.claims_table, tables.CLAIMS),
    (parquet.fields_parquet, tables.fields_table, tables.FIELDS),
    (parquet.matrix_parquet, tables.matrix_table, tables.MATRIX),
]


@pytest.mark.parametrize(("render", "make", "columns"), PAIRS, ids=["findings", "claims", "fields", "matrix"])
def test_what_is_read_back_is_what_was_written(render, make, columns):
    report = ferry_report()
    back = pd.read_parquet(BytesIO(render(report)), dtype_backend="numpy_nullable")
    pd.testing.assert_frame_equal(back, make(report), check_dtype=False)
    assert list(back.columns) == list(columns)
    assert render(report) == render(report)


def test_types_hold_without_a_single_row():
    empty = replace(ferry_report(), findings=(), claims=())
    kinds = pd.read_parquet(BytesIO(parquet.fields_parquet(empty)), dtype_backend="numpy_nullable").dtypes
    assert (str(kinds["low"]), str(kinds["start"]), str(kinds["background"]), str(kinds["raw"])) == (
        "Float64",
        "Int64",
        "boolean",
        "string",
    )


def test_silence_is_empty_and_a_version_is_named_in_the_matrix():
    table = tables.matrix_table(ferry_report())
    disputed = table[table["outcome"] == "conflict"].set_index("article")
    assert disputed.loc["post", "sides"] == "A"
    assert disputed.loc["wave", "quotes"] == '"Six passengers"'
    assert pd.isna(disputed.loc["mail", "sides"])
