"""`reconcile add` and `reconcile watch`, with the real models: the bytes of a full run, what changed, and no traceback."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner, Result

from reconcile import cli
from reconcile.cli import running, watch
from reconcile.rules import load_rules

STORIES = {
    "post.txt": (
        "Harbour Post",
        "2031-03-04T09:00:00Z",
        "Ferry strikes pier in Oban",
        "The ferry Northern Star struck the pier in Oban on Tuesday and four people were hurt.\n"
        "The vessel was on its way from Mull, police said.\nCaptain Ewan Drummond was taken to hospital in Glasgow.",
    ),
    "wave.txt": (
        "Daily Wave",
        "2031-03-04T11:40:00Z",
        "Northern Star hits pier at Oban",
        "Four passengers were injured when the ferry Northern Star hit a pier at Oban on Tuesday, police said.\n"
        "The ferry had left Mull an hour before.\nIts captain, Ewan Drummond, is in a Glasgow hospital.",
    ),
    "mail.txt": (
        "Evening Mail",
        "2031-03-04T18:20:00Z",
        "Seven hurt as ferry strikes pier in Oban",
        "Seven people were hurt when the ferry Northern Star struck the pier in Oban on Tuesday, police said.\n"
        "The Northern Star was on its way from Mull.\nIts captain, Ewan Drummond, was taken to hospital in Glasgow.",
    ),
}


@pytest.fixture(scope="module")
def rules():
    return load_rules()


@pytest.fixture(autouse=True)
def loaded(parser, embedder, rules, monkeypatch):
    monkeypatch.setattr("reconcile.rules.load_rules", lambda folders: rules)
    monkeypatch.setattr(running, "load_parsers", lambda names: [parser])
    monkeypatch.setattr(running, "load_embedder", lambda name: embedder)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path


def write(folder, *names: str) -> None:
    for name in names:
        outlet, when, title, body = STORIES[name]
        (folder / name).write_text(f"---\ntitle: {title}\nsource: {outlet}\npublished: {when}\n---\n{title}\n\n{body}\n")


def run(*args: str) -> Result:
    return CliRunner().invoke(cli.main, list(args), catch_exceptions=False)


def pages(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("formats", ["md,json", "json,csv"])
def test_an_added_article_gives_the_bytes_of_a_full_run_and_tells_what_changed(folder, formats):
    write(folder / "in", "post.txt", "wave.txt")
    write(folder, "mail.txt")
    assert run("report", "in", "-o", "out", "--format", formats).exit_code == 0
    result = run("add", "out/report.json", "mail.txt")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "One article added: Evening Mail (mail)"
    assert "later figure" in lines[1] and "How many people were hurt" in lines[1]
    assert lines[-1].startswith("3 articles, ") and "written to out/" in lines[-1]
    assert run("report", "in", "mail.txt", "-o", "full", "--format", formats, "--no-cache").exit_code == 0
    assert pages(folder / "out") == pages(folder / "full")


def test_an_article_that_is_there_already_changes_nothing(folder):
    write(folder / "in", "post.txt", "wave.txt")
    run("report", "in", "-o", "out")
    before = pages(folder / "out")
    assert run("add", "out/report.json", "in/post.txt").stdout.startswith("no finding changed\n")
    assert pages(folder / "out") == before


def test_what_could_not_be_read_before_is_told_again(folder):
    write(folder / "in", "post.txt", "wave.txt")
    (folder / "in" / "empty.txt").write_text("")
    write(folder, "mail.txt")
    run("report", "in", "-o", "out")
    assert "in/empty.txt: is empty" in run("add", "out/report.json", "mail.txt").stderr
    run("report", "in", "mail.txt", "-o", "full", "--no-cache")
    assert pages(folder / "out") == pages(folder / "full")


def test_an_entry_of_a_file_of_many_is_found_again(folder):
    write(folder / "in", "post.txt")
    outlet, when, title, body = STORIES["wave.txt"]
    (folder / "in" / "rows.jsonl").write_text(json.dumps({"source": outlet, "published": when, "title": title, "text": body}) + "\n")
    items = f"<item><title>{title}</title><description>{body.replace('Four', 'Five')}</description></item>"
    (folder / "in" / "feed.rss").write_text(f'<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>')
    write(folder, "mail.txt")
    run("report", "in", "-o", "out")
    assert run("add", "out/report.json", "mail.txt").exit_code == 0
    run("report", "in", "mail.txt", "-o", "full", "--no-cache")
    assert pages(folder / "out") == pages(folder / "full")


def test_sources_that_cannot_be_read_again_are_named(folder):
    write(folder / "in", "post.txt", "wave.txt")
    write(folder, "mail.txt")
    run("report", "in", "-o", "out")
    shutil.move(folder / "in", folder / "elsewhere")
    before = pages(folder / "out")
    result = run("add", "out/report.json", "mail.txt")
    assert result.exit_code == 2
    assert "out/report.json: was made from in/post.txt, which is not here: run `reconcile add` in the same folder as then" in result.stderr
    assert pages(folder / "out") == before


@pytest.mark.parametrize(
    ("path", "words"),
    [("-", "came by standard input"), ("https://post.example/1", "pass --allow-fetch to fetch it again")],
)
def test_sources_that_came_by_other_ways_are_named(folder, path, words):
    write(folder / "in", "post.txt", "wave.txt")
    run("report", "in", "-o", "out")
    report = json.loads((folder / "out" / "report.json").read_text())
    report["articles"][0]["path"] = path
    (folder / "out" / "report.json").write_text(json.dumps(report))
    result = run("add", "out/report.json", "in/post.txt")
    assert result.exit_code == 2 and words in result.stderr and result.stderr.count("\n") == 1


def test_other_rules_or_models_than_before_are_refused(folder):
    write(folder / "in", "post.txt", "wave.txt")
    run("report", "in", "-o", "out")
    report = json.loads((folder / "out" / "report.json").read_text())
    report["run"] |= {"rules_digest": "other", "embedder": "other"}
    (folder / "out" / "report.json").write_text(json.dumps(report))
    result = run("add", "out/report.json", "in/post.txt")
    assert result.exit_code == 2
    assert "was made with another rules (--rules) and another embedder (--embedder): give the same as then" in result.stderr


@pytest.mark.parametrize("text", ["{", '{"schema": "reconcile.report/1"}', '{"schema": "reconcile.report/1", "articles": [1]}', "[]"])
def test_what_is_no_report_is_one_line(folder, text):
    write(folder, "mail.txt")
    (folder / "report.json").write_text(text)
    result = run("add", "report.json", "mail.txt")
    assert result.exit_code == 2 and result.stderr.startswith("reconcile: report.json: ") and result.stderr.count("\n") == 1


def watched(folder, monkeypatch, *steps) -> Result:
    """Watch the folder `in`; at each look one step is taken, and after the last the user has had enough."""
    left = list(steps)

    def wait(seconds: float) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    monkeypatch.setattr(watch.time, "sleep", wait)
    return run("watch", "in", "-o", "out")


def nothing() -> None:
    """Let time pass."""


def test_a_watch_renews_the_report_when_an_article_comes_and_ends_cleanly(folder, monkeypatch):
    write(folder / "in", "post.txt", "wave.txt")
    result = watched(folder, monkeypatch, nothing, lambda: write(folder / "in", "mail.txt"), nothing, nothing, nothing)
    assert result.exit_code == 0 and result.stderr == ""
    assert result.stdout.splitlines()[0] == "watching in; Ctrl-C ends it"
    assert result.stdout.count("written to") == 2
    assert "One article added: Evening Mail (mail)" in result.stdout and "later figure" in result.stdout
    assert result.stdout.endswith("no longer watching in; the report stands as it was last written\n")
    run("report", "in", "-o", "full", "--no-cache")
    assert pages(folder / "out") == pages(folder / "full")


def test_a_file_is_read_only_when_it_has_stopped_growing(folder, monkeypatch):
    write(folder / "in", "post.txt", "wave.txt")
    target = folder / "in" / "mail.txt"
    write(folder, "mail.txt")
    whole = (folder / "mail.txt").read_text()
    growing = [lambda end=end: target.write_text(whole[:end]) for end in (20, 90, 200, len(whole))]
    result = watched(folder, monkeypatch, nothing, *growing, nothing, nothing)
    assert result.stdout.count("written to") == 2 and result.stderr == ""


def test_a_watch_waits_for_the_first_article_and_outlives_what_cannot_be_read(folder, monkeypatch):
    (folder / "out").mkdir()
    (folder / "out" / "report.json").write_text("{")
    steps = [nothing, lambda: (folder / "in" / "bad.txt").write_bytes(b"\0\1"), nothing, nothing]
    steps += [lambda: write(folder / "in", "post.txt", "wave.txt"), nothing, nothing]
    result = watched(folder, monkeypatch, *steps)
    assert result.exit_code == 0 and "Traceback" not in result.output
    assert (
        "holds no article" in result.stderr and "bad.txt: is a binary" in result.stderr and "out/report.json: is not JSON" in result.stderr
    )
    assert result.stdout.count("written to") == 1
