"""The command line with the stages behind it replaced: no model is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from reconcile import cli
from reconcile.cli import paging, running
from reconcile.errors import InputError, ModelError, RuleError
from reconcile.model import (
    Article,
    BlockKind,
    Case,
    Certainty,
    Claim,
    EarlierVersion,
    Evidence,
    Finding,
    Level,
    Outcome,
    Problem,
    Relation,
    Report,
    Rule,
    RuleSet,
    Severity,
    Side,
    Span,
    Speaker,
    Verdict,
)

RULE = Rule(
    "casualties.injured",
    "count",
    "How many people were injured",
    (Level((Relation.SAME,), Verdict.AGREEMENT),),
    role="injured",
    cases=(Case("a", "b", Verdict.CONTRADICTION, line=7),),
    path="rules/x.yaml",
)


def make_report(*severities: str) -> Report:
    """Make a report of two one-sentence articles with one conflict of each severity."""
    articles = tuple(Article(name, f"{name}.txt", f"{name} saw boats", name.title()) for name in ("a", "b"))
    claims = tuple(
        Claim(
            f"c{article.id}", article.id, Span(0, 12), article.text, BlockKind.PARAGRAPH, 0, Speaker(article.source, "outlet"),
            Certainty.ASSERTED, "+", event="E1",
        )
        for article in articles
    )  # fmt: skip
    sides = tuple(Side(x.upper(), "boats", (Evidence(x, f"c{x}", Span(6, 11), "boats"),)) for x in ("a", "b"))
    findings = tuple(
        Finding(
            f"{i}f00000000ff",
            Outcome.CONFLICT,
            "cross",
            "E1",
            "count",
            Severity(severity),
            1,
            0.9,
            "r",
            "Boats seen",
            "Boats seen: …",
            "",
            sides,
        )
        for i, severity in enumerate(severities)
    )
    return Report("0", "d", "e", {}, articles, claims, (), (), findings, (), ())


class World(SimpleNamespace):
    """What the fake stages give and note."""

    report: Report
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    earlier: tuple[EarlierVersion, ...]
    results: tuple[object, ...]
    rule_errors: list[RuleError]
    error: BaseException | None
    seen: dict[str, object]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = make_report()
    state = World(report=made, articles=made.articles, problems=(), earlier=(), results=(), rule_errors=[], error=None, seen={})

    def build_report(
        articles,
        rules,
        parser,
        embedder,
        *,
        scorer=None,
        jury=None,
        parsers=(),
        earlier=(),
        problems=(),
        options=None,
        progress=None,
        cache=None,
    ):
        state.seen.update(articles=articles, parser=parser.name, embedder=embedder.name, problems=problems, options=options)
        state.seen.update(parsers=[one.name for one in parsers], earlier=earlier, cache=cache)
        progress("claims", 0, 5)
        if state.error:
            raise state.error
        return state.report

    def test_rules(rules, parser):
        state.seen.update(rules=rules)
        return state.results

    def load_rules(extra=(), builtin=None):
        state.seen.update(extra=tuple(extra))
        return RuleSet((RULE, replace(RULE, id="other.rule")), "digest")

    def read_paths(paths, *, every_version=False, allow_fetch=False, cache=None):
        state.seen.update(paths=list(paths), every_version=every_version, allow_fetch=allow_fetch)
        return SimpleNamespace(articles=state.articles, problems=state.problems, earlier=state.earlier)

    fakes = {
        "reconcile.reading": {"read_paths": read_paths},
        "reconcile.pipeline": {"build_report": build_report, "test_rules": test_rules},
        "reconcile.rules": {
            "load_rules": load_rules,
            "check_rules": lambda paths: state.rule_errors,
            "default_folder": lambda: Path("rules"),
        },
        "reconcile.models.parser": {
            "SpacyParser": lambda name="default": SimpleNamespace(name=name, language="de" if name == "de_core" else "en")
        },
        "reconcile.models.embedder": {"SentenceEmbedder": lambda name="default": SimpleNamespace(name=name)},
    }
    for name, members in fakes.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    return state


def run(*args: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(cli.main, list(args), env=env)


COMMANDS = [
    [],
    ["report"],
    ["add"],
    ["watch"],
    ["diff"],
    ["explain"],
    ["schema"],
    ["doctor"],
    ["completion"],
    ["rules"],
    ["rules", "list"],
    ["rules", "check"],
    ["rules", "test"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "main")
def test_every_help_page_has_an_example(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert f"Example:\n    reconcile {' '.join(command)}" in result.output


def test_help_loads_no_model_and_no_table_library():
    script = (
        "import sys; from click.testing import CliRunner; from reconcile.cli import main; CliRunner().invoke(main, ['report', '--help']);"
        "print([m for m in ('torch', 'spacy', 'numpy', 'rich', 'tabulate', 'jinja2', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    assert done.stdout.strip() == "[]"


def test_report_writes_both_files_and_one_summary_line(world, tmp_path):
    result = run("report", "in", "-o", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["consistency.md", "report.json"]
    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith("2 articles, 0 events: 0 contradictions, 0 tensions, 0 milder differences, 0 agreements")
    assert f"written to {tmp_path / 'out' / 'consistency.md'} and {tmp_path / 'out' / 'report.json'}" in result.stdout
    assert result.stderr == ""


def test_report_writes_a_table(world, tmp_path):
    assert run("report", "in", "-o", str(tmp_path), "--format", "csv").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.csv", "fields.csv", "findings.csv", "matrix.csv"]


def test_report_takes_formats_models_and_rules(world, tmp_path):
    result = run(
        "report", "in", "-o", str(tmp_path), "--format", "json", "--parser", "p", "--embedder", "e", "--rules", "x", "--rules", "y"
    )
    assert result.exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert (world.seen["parser"], world.seen["embedder"]) == ("p", "e")
    assert world.seen["extra"] == (Path("x"), Path("y"))
    assert world.seen["options"] == {"parser": "p"}


@pytest.mark.parametrize(
    ("severities", "fail_on", "code"),
    [
        (["contradiction"], None, 0),
        ([], "any", 0),
        (["contradiction"], "contradiction", 1),
        (["tension"], "contradiction", 0),
        (["tension"], "tension", 1),
        (["contradiction"], "tension", 1),
        (["granularity"], "tension", 0),
        (["granularity"], "any", 1),
        (["update", "terminology"], "any", 1),
    ],
)
def test_fail_on_sets_the_exit_code(world, tmp_path, severities, fail_on, code):
    world.report = make_report(*severities)
    result = run("report", "in", "-o", str(tmp_path), *(["--fail-on", fail_on] if fail_on else []))
    assert result.exit_code == code
    assert (tmp_path / "report.json").exists()


@pytest.mark.parametrize(
    "args",
    [
        ["report"],
        ["report", "in", "--format", "pdf"],
        ["report", "in", "--format", ","],
        ["report", "in", "--fail-on", "wording"],
        ["report", "in", "--no-such-option"],
        ["diff", "a.txt"],
        ["diff", "a.txt", "b.txt", "--width", "3"],
        ["explain", "report.json"],
        ["no-such-command"],
    ],
)
def test_bad_usage_exits_with_two(world, args):
    assert run(*args).exit_code == 2


def test_problems_go_to_stderr_one_line_each(world, tmp_path):
    world.problems = (Problem("in/empty.txt", "is empty"), Problem("in/x.jsonl", "is not\nJSON \x1b[31m", 3))
    result = run("report", "in", "-o", str(tmp_path))
    assert result.exit_code == 0
    assert result.stderr == "in/empty.txt: is empty\nin/x.jsonl:3: is not JSON ⟨U+001B⟩[31m\n"
    assert world.seen["problems"] == world.problems


def test_nothing_to_read_is_bad_input(tmp_path):
    (tmp_path / "void").mkdir()
    result = run("report", str(tmp_path / "void"), "-o", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"reconcile: {tmp_path / 'void'}: holds no article")
    assert not (tmp_path / "out").exists()


def test_an_earlier_version_is_told_in_one_line(world, tmp_path):
    old = Article("a-old", "old/a.txt", "a saw a boat", "A")
    world.earlier = (EarlierVersion("a", old, same_text=False, dated=True), EarlierVersion("b", replace(old, id="c"), True, False))
    result = run("report", "in", "-o", str(tmp_path))
    assert result.stderr.splitlines() == [
        "old/a.txt: a-old is an earlier version of a; compared once",
        "old/a.txt: c has the same text as b; compared once",
    ]
    assert world.seen["earlier"] == world.earlier


def test_the_net_is_used_only_when_allowed(world, tmp_path):
    run("report", "https://post.example/1", "-o", str(tmp_path))
    assert world.seen["allow_fetch"] is False
    run("report", "https://post.example/1", "-o", str(tmp_path), "--allow-fetch")
    assert world.seen["allow_fetch"] is True


def test_a_parser_for_another_language_stands_beside_the_english_one(world, tmp_path):
    run("report", "in", "-o", str(tmp_path), "--parser", "de_core")
    assert (world.seen["parser"], world.seen["parsers"]) == ("default", ["de_core"])
    run("report", "in", "-o", str(tmp_path), "--parser", "en_core", "--parser", "de_core")
    assert (world.seen["parser"], world.seen["parsers"]) == ("en_core", ["de_core"])


@pytest.mark.parametrize("error", [ModelError("model x is missing: install it"), RuleError("r.yaml", 3, 1, "unknown key")])
def test_errors_of_ours_are_one_line_and_two(world, tmp_path, error):
    world.error = error
    result = run("report", "in", "-o", str(tmp_path))
    assert result.exit_code == 2
    assert result.stderr == f"reconcile: {error}\n"
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_folder_is_one_line_and_two(world, tmp_path):
    (tmp_path / "taken").write_text("mine")
    result = run("report", "in", "-o", str(tmp_path / "taken"))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "a file of that name is in the way" in result.stderr


def test_an_unforeseen_error_is_one_line_without_a_traceback(world, tmp_path):
    world.error = ZeroDivisionError("oh\nno")
    result = run("report", "in", "-o", str(tmp_path))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "internal error (ZeroDivisionError: oh no); please report it" in result.stderr


def test_a_traceback_is_shown_on_demand(world, tmp_path):
    world.error = ZeroDivisionError("oh")
    assert "Traceback (most recent call last)" in run("report", "in", "-o", str(tmp_path), env={"RECONCILE_DEBUG": "1"}).stderr


def test_an_interrupt_exits_with_130(world, tmp_path):
    world.error = KeyboardInterrupt()
    result = run("report", "in", "-o", str(tmp_path))
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_a_closed_pipe_is_silent(world, tmp_path):
    world.error = BrokenPipeError(32, "Broken pipe")
    result = run("report", "in", "-o", str(tmp_path))
    assert result.exit_code == 141
    assert result.stderr == ""


def test_a_reader_that_leaves_gets_no_complaint():
    command = f"{sys.executable} -m reconcile.cli schema | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_diff_keeps_the_order_of_its_arguments(world):
    world.report = make_report("contradiction")
    result = run("diff", "b.txt", "a.txt")
    assert result.exit_code == 0
    assert world.seen["every_version"] is True
    assert result.stdout.split()[:2] == ["B", "A"]
    assert "\x1b" not in result.stdout


def test_diff_writes_json(world):
    value = json.loads(run("diff", "a.txt", "b.txt", "--format", "json").stdout)
    assert (value["a"]["id"], value["b"]["id"]) == ("a", "b")


def test_diff_keeps_to_a_width(world):
    assert max(map(len, run("diff", "a.txt", "b.txt", "--width", "40").stdout.splitlines())) <= 40


def test_diff_needs_two_files_of_one_article(world):
    assert "a.txt and ./a.txt are one file" in run("diff", "a.txt", "./a.txt").stderr
    world.articles = (*world.articles, replace(world.articles[0], id="a2"))
    result = run("diff", "a.txt", "b.txt")
    assert (result.exit_code, result.stderr) == (2, "reconcile: a.txt: holds 2 articles; diff needs two files of one article each\n")
    assert "none.txt: holds no articles" in run("diff", "none.txt", "b.txt").stderr


def test_explain_reads_a_written_report(world, tmp_path):
    world.report = make_report("contradiction", "tension")
    run("report", "in", "-o", str(tmp_path))
    result = run("explain", str(tmp_path / "report.json"), "0f")
    assert result.exit_code == 0
    assert result.stdout.startswith("Finding 0f00000000ff: contradiction")
    unknown = run("explain", str(tmp_path / "report.json"), "zz")
    assert unknown.exit_code == 2
    assert "1f00000000ff (Boats seen)" in unknown.stderr
    assert run("explain", str(tmp_path / "none.json"), "0f").exit_code == 2


def test_schema_prints_the_schema():
    result = run("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"] == "A consistency report"


def test_rules_list_names_every_rule(world):
    result = run("rules", "list")
    assert result.exit_code == 0
    assert "casualties.injured" in result.stdout
    assert "How many people were injured" in result.stdout


def test_rules_check_tells_each_error_in_a_line(world):
    assert run("rules", "check").stdout == "All rules are well formed.\n"
    world.rule_errors = [RuleError("x.yaml", 3, 5, "unknown key 'whn'"), RuleError("y.yaml", 1, 1, "is not YAML")]
    result = run("rules", "check", "x.yaml", "y.yaml")
    assert result.exit_code == 2
    assert result.stderr == "reconcile: x.yaml:3:5: unknown key 'whn'\nreconcile: y.yaml:1:1: is not YAML\n"


def case_result(passed: bool, known_miss: bool = False) -> SimpleNamespace:
    case = Case("One\nboat.", "Two boats.", Verdict.CONTRADICTION, known_miss, 7)
    got = (Verdict.NOTHING, Verdict.TENSION)
    return SimpleNamespace(rule="casualties.injured", case=case, got=got, passed=passed, path="rules/x.yaml", line=7)


def test_rules_test_tabulates_passes_and_known_misses(world):
    world.results = (case_result(True), case_result(True), case_result(True, known_miss=True))
    result = run("rules", "test")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["rule", "passed", "failed", "known", "misses"]
    assert lines[2:] == [["casualties.injured", "2", "0", "1"], ["total", "2", "0", "1"]]


def test_rules_test_fails_on_a_failure_and_says_where(world):
    world.results = (case_result(True), case_result(False))
    result = run("rules", "test")
    assert result.exit_code == 1
    assert result.stderr == (
        'rules/x.yaml:7: casualties.injured: expected contradiction, got nothing and tension: "One boat." / "Two boats."\n'
    )


def test_rules_test_fails_on_a_known_miss_that_passes(world):
    world.results = (case_result(False, known_miss=True),)
    result = run("rules", "test")
    assert result.exit_code == 1
    assert "the known miss gives contradiction now: take known_miss away" in result.stderr


def test_rules_test_can_be_told_which(world):
    assert run("rules", "test", "other.rule").exit_code == 0
    assert [len(rule.cases) for rule in world.seen["rules"].rules] == [0, 1]
    unknown = run("rules", "test", "nope")
    assert unknown.exit_code == 2
    assert "no rule 'nope'" in unknown.stderr


def test_input_errors_of_the_reader_exit_with_two(world, monkeypatch):
    def refuse(paths, **options):
        raise InputError(f"{paths[0]}: there is no such file or folder")

    monkeypatch.setattr(sys.modules["reconcile.reading"], "read_paths", refuse)
    result = run("report", "nowhere")
    assert (result.exit_code, result.stderr) == (2, "reconcile: nowhere: there is no such file or folder\n")


def test_the_progress_bar_appears_only_after_a_second(monkeypatch):
    from rich.progress import Progress

    shown = []
    monkeypatch.setattr(running, "PATIENCE", 0.01)
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(Progress, "start", lambda self: shown.append("start"))
    monkeypatch.setattr(Progress, "stop", lambda self: shown.append("stop"))
    with running.progress() as step:
        step("claims", 0, 5)
    assert shown in (["stop"], ["start", "stop"])
    shown.clear()
    with running.progress() as step:
        step._timer.join()
    assert shown == ["start", "stop"]


def test_no_progress_off_a_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(isatty=lambda: False))
    with running.progress() as step:
        assert step is running._silent


@pytest.mark.parametrize(
    ("terminal", "env", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch, terminal, env, expected):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: terminal))
    assert paging.colour() is expected


def test_a_baseline_is_written_kept_apart_and_reported_when_stale(world, tmp_path):
    world.report = make_report("contradiction", "tension")
    out, known = str(tmp_path / "out"), str(tmp_path / "known.json")
    assert run("report", "in", "-o", out, "--write-baseline", known, "--fail-on", "any").exit_code == 1
    result = run("report", "in", "-o", out, "--baseline", known, "--fail-on", "any")
    assert result.exit_code == 0
    assert "0 contradictions, 0 tensions" in result.stdout
    assert "2 conflicts known or suppressed; written to" in result.stdout
    world.report = make_report("tension")
    result = run("report", "in", "-o", out, "--baseline", known, "--fail-on", "contradiction")
    assert f"{known}:" in result.stderr
    assert "finding 1f00000000ff (Boats seen) is not found any more" in result.stderr
    assert json.loads((tmp_path / "out" / "report.json").read_text())["stale"][0]["path"] == known


def test_a_new_conflict_still_fails_beside_a_baseline(world, tmp_path):
    known = str(tmp_path / "known.json")
    world.report = make_report("tension")
    run("report", "in", "-o", str(tmp_path), "--write-baseline", known)
    world.report = make_report("tension", "contradiction")
    assert run("report", "in", "-o", str(tmp_path), "--baseline", known, "--fail-on", "contradiction").exit_code == 1


def test_a_file_that_is_no_baseline_is_not_written_over(world, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    result = run("report", "in", "-o", str(tmp_path), "--write-baseline", str(tmp_path / "mine.txt"))
    assert result.exit_code == 2
    assert "is there and is no baseline, so it was left alone" in result.stderr
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_suppression_goes_before_a_baseline_and_shows_its_reason(world, tmp_path):
    world.report = make_report("contradiction")
    known, file = str(tmp_path / "known.json"), tmp_path / "s.yaml"
    run("report", "in", "-o", str(tmp_path), "--write-baseline", known)
    file.write_text("suppressions:\n  - id: 0f0000\n    reason: two harbours\n    by: AB\n")
    result = run("report", "in", "-o", str(tmp_path), "--baseline", known, "--suppressions", str(file), "--fail-on", "any")
    assert result.exit_code == 0
    assert "Suppressed by AB: two harbours." in (tmp_path / "consistency.md").read_text()


def test_a_wrong_suppression_is_told_before_any_model_is_loaded(world, tmp_path):
    (tmp_path / "s.yaml").write_text("suppressions:\n  - rule: x\n")
    world.error = AssertionError("the pipeline ran")
    result = run("report", "in", "-o", str(tmp_path), "--suppressions", str(tmp_path / "s.yaml"))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "s.yaml:2:5: 'reason' is missing" in result.stderr


def test_every_format_is_named_in_the_help_and_written(world, tmp_path):
    from reconcile.report.writing import FORMATS

    text = " ".join(run("report", "--help").output.split())
    assert all(f" {name}," in text or f" {name}." in text for name in FORMATS)
    assert run("report", "in", "-o", str(tmp_path), "--format", ",".join(FORMATS)).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(file for files in FORMATS.values() for file in files)


def test_view_pipes_the_page_and_nothing_else(world, tmp_path):
    result = run("report", "in", "-o", str(tmp_path), "--view")
    assert result.stdout == (tmp_path / "consistency.md").read_text()
    assert "written to" in result.stderr


def test_github_is_told_when_it_listens(world, tmp_path):
    world.report = make_report("contradiction")
    quiet = run("report", "in", "-o", str(tmp_path), "--format", "github", env={"GITHUB_ACTIONS": ""})
    assert "::error" not in quiet.stdout
    loud = run("report", "in", "-o", str(tmp_path), "--format", "github", env={"GITHUB_ACTIONS": "true"})
    assert "\n::error file=a.txt,line=1," in loud.stdout


@pytest.mark.parametrize(("flag", "start"), [("--json", "{"), ("--markdown", "# "), ("--unified", "--- ")])
def test_diff_has_short_words_for_its_formats(world, flag, start):
    world.report = make_report("contradiction")
    assert run("diff", "a.txt", "b.txt", flag).stdout.startswith(start)
    assert run("diff", "a.txt", "b.txt", flag).stdout == run("diff", "a.txt", "b.txt", flag, "--no-pager").stdout


def test_settings_are_taken_from_the_closest_file_and_the_command_line_wins(world, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reconcile.toml").write_text("[report]\nformat = 'json'\noutput = 'out'\nfail-on = 'any'\n")
    world.report = make_report("tension")
    assert run("report", "in").exit_code == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.json"]
    assert run("report", "in", "--fail-on", "contradiction").exit_code == 0
    assert run("--no-config", "report", "in", "-o", "other").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == ["consistency.md", "report.json"]
    (tmp_path / "reconcile.toml").write_text("[report]\nformatt = 'json'\n")
    result = run("report", "in")
    assert (result.exit_code, result.stderr.startswith("reconcile: reconcile.toml:2:1: unknown key 'formatt'")) == (2, True)
    assert run("schema").exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(shell):
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_RECONCILE_COMPLETE" in result.stdout


def test_completion_names_commands_and_options():
    from click.shell_completion import ShellComplete

    complete = ShellComplete(cli.main, {}, "reconcile", "_RECONCILE_COMPLETE")
    assert "report" in {item.value for item in complete.get_completions([], "re")}
    assert "--suppressions" in {item.value for item in complete.get_completions(["report"], "--su")}


def test_doctor_says_where_each_setting_comes_from_and_what_is_wrong(tmp_path, monkeypatch):
    from reconcile.cli import health

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(health, "check_models", lambda *given: None)
    (tmp_path / "reconcile.toml").write_text("[report]\noutput = 'out'\n")
    result = run("doctor")
    assert "report: output = 'out' (reconcile.toml:2)" in result.stdout
    assert "report: fail-on = none (default)" in result.stdout
    assert "rules with" in result.stdout
    (tmp_path / "reconcile.toml").write_text("[report]\noutputt = 'out'\n")
    (tmp_path / "bad.yaml").write_text("id: x")
    result = run("doctor", "--rules", "bad.yaml")
    assert result.exit_code == 1
    assert "WRONG: reconcile.toml:2:1: unknown key 'outputt'" in result.stdout
    assert "WRONG: bad.yaml:1:1: 'field' is missing" in result.stdout


def test_doctor_says_in_plain_words_what_is_missing_and_what_mends_it(monkeypatch):
    from reconcile.cli import health

    asked = ["numpy>=99", "nosuchthing>=1", "click", "nowarc>=1; extra == 'warc'"]
    monkeypatch.setattr(health.metadata, "requires", lambda name: asked)
    found = health.Health()
    health.check_packages(found)
    text = "\n".join(found.lines)
    assert found.wrong == 2
    assert "WRONG: nosuchthing is not installed; to mend it: pip install 'nosuchthing>=1'" in text
    assert ">=99 is needed; to mend it: pip install 'numpy>=99'" in text
    assert "not installed: nowarc: web archives (.warc) cannot be read; to mend it: pip install 'reconcile[warc]'" in text


def test_doctor_tells_of_a_model_that_cannot_be_loaded(monkeypatch):
    from reconcile.cli import health

    def refuse(*names):
        raise ModelError("parser 'x' cannot be loaded: install it")

    monkeypatch.setattr(running, "load_parsers", refuse)
    monkeypatch.setattr(running, "load_embedder", lambda name: SimpleNamespace(name="e"))
    found = health.Health()
    health.check_models(found, None, "off", ())
    assert "  WRONG: parser 'x' cannot be loaded: install it" in found.lines
    assert any(line.startswith("  ok: embedder e, version 0.1.0; digest ") for line in found.lines)
    assert any(line.startswith("  ok: event_gate with ") for line in found.lines)
    assert found.wrong == 1


def test_a_pager_is_for_terminals_only(monkeypatch):
    shown = []
    monkeypatch.setattr(paging.click, "echo_via_pager", lambda page, color: shown.append("pager"))
    monkeypatch.setattr(paging.click, "echo", lambda page, nl, color: shown.append("plain"))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LESS", "FRX")
    for terminal, wanted, pager in (
        (True, True, "less"),
        (True, False, "less"),
        (False, True, "less"),
        (True, True, "cat"),
        (True, True, ""),
    ):
        monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda terminal=terminal: terminal))
        monkeypatch.setenv("PAGER", pager)
        paging.show("page", wanted)
    assert shown == ["pager", "plain", "plain", "plain", "plain"]


def test_explain_asks_the_models_again_about_the_very_texts(world, tmp_path, monkeypatch):
    from reconcile.model import PairExplanation

    monkeypatch.chdir(tmp_path)
    world.report = make_report("contradiction")
    for article in world.report.articles:
        Path(article.path).write_text(article.text)
    run("report", "in", "-o", "out")
    asked = []

    def explain_pair(articles, a, b, parser, embedder, *, parsers=()):
        asked.append(([article.id for article in articles], a, b))
        return PairExplanation(world.report.claims[0], world.report.claims[1], None, None, 0.5, True)

    monkeypatch.setattr(sys.modules["reconcile.pipeline"], "explain_pair", explain_pair, raising=False)
    result = run("explain", "out/report.json", "0f", "--why-one-fact")
    assert result.exit_code == 0
    assert asked == [(["a", "b"], "a saw boats", "b saw boats")]
    assert "The two claims were taken for one fact." in result.stdout
    world.articles = ()
    gone = run("explain", "out/report.json", "0f", "--why-one-fact")
    assert gone.exit_code == 2
    assert "a.txt: is not there, or has changed since the report was written" in gone.stderr


@pytest.mark.parametrize("command", [("report", "in"), ("diff", "a.txt", "b.txt")])
@pytest.mark.parametrize("half", [("--judge", "https://example.org/v1"), ("--judge-model", "small")])
def test_a_language_model_needs_an_address_and_a_name(world, command, half):
    result = run(*command, *half)
    assert result.exit_code == 2
    assert "--judge and --judge-model go together" in result.stderr


def test_an_address_that_may_not_be_asked_is_one_line_of_error(world, tmp_path):
    result = run("report", "in", "-o", str(tmp_path), "--judge", "http://example.org/v1", "--judge-model", "small")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "only https" in result.stderr
