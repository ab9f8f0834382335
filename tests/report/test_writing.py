from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from reconcile.errors import OutputError
from reconcile.report import render_html, render_json, render_markdown, write_report
from reconcile.report.matrix import render_matrix


def test_both_files_are_written_and_nothing_else(report, tmp_path):
    folder = tmp_path / "deep" / "er"
    files = write_report(report, folder, ("md", "json"))
    assert files == (folder / "consistency.md", folder / "report.json")
    assert files[0].read_text(encoding="utf-8") == render_markdown(report)
    assert files[1].read_text(encoding="utf-8") == render_json(report)
    assert sorted(path.name for path in folder.iterdir()) == ["consistency.md", "report.json"]
    assert b"\r" not in files[0].read_bytes()


def test_only_the_wanted_formats_are_written_once(report, tmp_path):
    assert write_report(report, str(tmp_path), ["json", "json"]) == (tmp_path / "report.json",)
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_csv_is_two_tables(report, tmp_path):
    assert write_report(report, tmp_path, ["csv"]) == (tmp_path / "findings.csv", tmp_path / "matrix.csv")
    assert (tmp_path / "matrix.csv").read_text(encoding="utf-8") == render_matrix(report)


def test_files_are_as_readable_as_any_new_file(report, tmp_path):
    (tmp_path / "plain").write_text("x")
    write_report(report, tmp_path, ["json"])
    assert stat.S_IMODE((tmp_path / "report.json").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


@pytest.mark.parametrize("formats", [[], ["pdf"], ["md", "pdf"]])
def test_unknown_formats_are_refused_before_anything_is_made(report, tmp_path, formats):
    with pytest.raises(OutputError, match="choose from md, html, json"):
        write_report(report, tmp_path / "new", formats)
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way_is_named(report, tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(OutputError, match=r"taken: cannot be written .*; a file of that name is in the way"):
        write_report(report, tmp_path / "taken", ["md"])
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_failed_rename_leaves_the_old_files_and_no_litter(report, tmp_path, monkeypatch):
    (tmp_path / "consistency.md").write_text("old")

    def refuse(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match=r"No space left on device.*check the free space"):
        write_report(report, tmp_path, ("md", "json"))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("consistency.md", "old")]


def test_a_failed_write_leaves_the_old_files_and_no_litter(report, tmp_path, monkeypatch):
    (tmp_path / "report.json").write_text("old")

    def refuse(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match="Input/output error"):
        write_report(report, tmp_path, ("md", "json"))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("report.json", "old")]


def test_a_folder_in_the_place_of_a_file_is_an_error(report, tmp_path):
    (tmp_path / "report.json").mkdir()
    with pytest.raises(OutputError, match=r"report\.json: cannot be written"):
        write_report(report, tmp_path, ["json"])
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_leave_is_an_error(report, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        write_report(report, Path(tmp_path), ["md"])
    tmp_path.chmod(0o700)


def test_the_page_for_a_browser_is_one_file(report, tmp_path):
    assert write_report(report, tmp_path, ["html"]) == (tmp_path / "consistency.html",)
    assert [path.name for path in tmp_path.iterdir()] == ["consistency.html"]
    assert (tmp_path / "consistency.html").read_text("utf-8") == render_html(report)
