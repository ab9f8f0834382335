import json
from datetime import datetime
from io import BytesIO, TextIOWrapper

import pytest

from reconcile.errors import InputError
from reconcile.model import BlockKind
from reconcile.reading import documents, fetching, files, read_paths, records

PROSE = "The mayor of Portneuf opened the new hall on Saturday, the council said."


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*records):
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records)


@pytest.fixture
def good(tmp_path):
    return write(tmp_path, "good.txt", PROSE)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("zeros.txt", b"ab\0cd", "binary"),
        ("late.txt", b"a" * 100_000 + b"\0", "binary"),
        ("controls.txt", b"\x01\x02\x03abc", "binary"),
        ("wide.txt", "text".encode("utf-16"), "UTF-16"),
        ("latin.txt", "abc caf\xe9".encode("latin-1"), "not UTF-8 text (byte 7)"),
        ("form.txt", b"Leave a Reply\nName *\nEmail *\n", "no sentence"),
        ("none.jsonl", b"\n\n", "is empty"),
        ("tune.mp3", b"text", "not a kind of file"),
        ("page.pdf", b"text", "cannot be read as PDF"),
    ],
)
def test_a_bad_file_is_one_problem_and_the_rest_is_read(tmp_path, good, name, content, says):
    path = write(tmp_path, name, content)
    reading = read_paths([str(path), str(good)])
    assert [article.id for article in reading.articles] == ["good"]
    (problem,) = reading.problems
    assert problem.path == str(path)
    assert says in problem.message
    assert "\n" not in str(problem)


def test_missing_empty_and_odd_paths_are_problems(tmp_path, good):
    (tmp_path / "void").mkdir()
    reading = read_paths([str(good), str(tmp_path / "nowhere.txt"), str(tmp_path / "void"), "", "/dev/null"])
    assert len(reading.articles) == 1
    messages = [str(problem) for problem in reading.problems]
    assert len(messages) == 4
    assert any("nowhere.txt: no such file" in message for message in messages)
    assert any("void: holds no article" in message for message in messages)


def test_an_unreadable_file_is_a_problem(tmp_path, good, monkeypatch):
    locked = write(tmp_path, "locked.txt", PROSE + " Again.")

    def refuse(path, *arguments, **options):
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return open(path, *arguments, **options)

    monkeypatch.setattr(files, "open", refuse, raising=False)
    reading = read_paths([str(tmp_path)])
    assert [article.id for article in reading.articles] == ["good"]
    assert "Permission denied" in reading.problems[0].message


def test_limits_are_told(tmp_path, good, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 2_000)
    monkeypatch.setattr(documents, "LONGEST_ARTICLE", 1_000)
    monkeypatch.setattr(records, "LONGEST_LINE", 1_500)
    write(tmp_path, "huge.txt", "word " * 1_000)
    write(tmp_path, "long.txt", "word " * 300)
    write(tmp_path, "rows.jsonl", lines({"id": "a", "text": "word " * 220}, {"id": "b", "text": PROSE + " Again."}))
    write(tmp_path, "line.jsonl", '{"text": "' + "x" * 1_600 + '"}')
    reading = read_paths([str(tmp_path)])
    assert [article.id for article in reading.articles] == ["b", "good"]
    assert all("2,000" in p.message or "1,000" in p.message or "1,500" in p.message for p in reading.problems)
    assert len(reading.problems) == 4


def test_nothing_to_read_is_an_error_with_every_reason(tmp_path):
    write(tmp_path, "a.txt", b"")
    write(tmp_path, "b.txt", b"\0")
    with pytest.raises(InputError, match=r"(?s)a\.txt: is empty.*b\.txt: is a binary"):
        read_paths([str(tmp_path)])
    with pytest.raises(InputError):
        read_paths([])


def test_json_lines_are_judged_one_by_one(tmp_path):
    path = write(
        tmp_path,
        "rows.jsonl",
        lines(
            {"id": "a", "text": PROSE, "title": "A hall opens", "source": "Harbour Post", "published": "2025-07-02T10:00:00+02:00"},
            "{not json",
            "[1]",
            {"id": "c"},
            {"id": "a", "text": "Another text about the hall was printed."},
            "",
            {"id": 0, "text": "A third text about the hall was printed.", "published": "soon"},
            {"text": "A fourth text about the hall was \ud83d printed."},
        ),
    )
    reading = read_paths([str(path)])
    assert [article.id for article in reading.articles] == ["0", "a", "rows-8"]
    assert [(problem.line, problem.message.split(";")[0][:24]) for problem in sorted(reading.problems, key=lambda p: p.line)] == [
        (2, "is not JSON (Expecting p"),
        (3, "is no JSON object"),
        (4, "has no text"),
        (5, "id 'a' is already that o"),
        (7, "published 'soon' is no d"),
    ]
    first = reading.articles[1]
    assert (first.title, first.source, first.published, first.published_inferred) == (
        "A hall opens",
        "Harbour Post",
        datetime.fromisoformat("2025-07-02T10:00:00+02:00"),
        False,
    )
    assert "\ufffd" in reading.articles[2].text


def test_deep_json_is_a_problem(tmp_path, good):
    path = write(tmp_path, "deep.jsonl", "[" * 200_000)
    assert "is not JSON" in read_paths([str(good), str(path)]).problems[0].message


def test_the_same_text_is_compared_once_whatever_the_order(tmp_path):
    a, b = write(tmp_path, "a.txt", PROSE), write(tmp_path, "b.txt", PROSE)
    for order in ([str(a), str(b)], [str(b), str(a)]):
        reading = read_paths(order)
        assert [article.id for article in reading.articles] == ["a"]
        (version,) = reading.earlier
        assert (version.article, version.earlier.path, version.same_text, version.dated) == ("a", str(b), True, False)
        assert reading.problems == ()


def test_a_file_given_twice_counts_once(tmp_path, good):
    reading = read_paths([str(good), str(tmp_path), f"{tmp_path}/./good.txt", str(good)])
    assert len(reading.articles) == 1
    assert not reading.problems


def test_ids_are_unique_whatever_the_order(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, "story.txt", f"{PROSE} It was folder {folder}.")
    write(tmp_path, "story-2.txt", PROSE)
    paths = [str(path) for path in sorted(tmp_path.rglob("*.txt"))]
    readings = [read_paths(paths), read_paths(paths[::-1])]
    assert readings[0] == readings[1]
    assert [article.id for article in readings[0].articles] == ["story", "story-2", "story-3"]


def test_a_folder_is_read_in_depth_and_other_files_are_passed_over(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    write(tmp_path / "deep" / "er", "one.md", PROSE)
    write(tmp_path, "picture.png", b"\0")
    write(tmp_path, ".hidden.txt", b"\0")
    reading = read_paths([str(tmp_path)])
    assert [article.id for article in reading.articles] == ["one"]
    assert not reading.problems


def test_the_text_is_the_file_without_its_byte_order_mark(tmp_path):
    raw = "Mayor opens new hall\r\n\r\n" + PROSE + "\r\n"
    article = read_paths([str(write(tmp_path, "a.txt", b"\xef\xbb\xbf" + raw.encode()))]).articles[0]
    assert article.text == raw
    assert [block.kind for block in article.blocks] == [BlockKind.HEADLINE, BlockKind.PARAGRAPH]
    assert article.blocks[1].span.of(article.text) == PROSE


def test_front_matter_is_removed_but_stays_in_the_text(tmp_path):
    raw = f"---\ntitle: A hall opens\nsource: Harbour Post\nurl: https://post.example/1\npublished: 2025-07-02\n---\n{PROSE}\n"
    article = read_paths([str(write(tmp_path, "a.md", raw))]).articles[0]
    assert article.text == raw
    assert (article.title, article.source, article.url) == ("A hall opens", "Harbour Post", "https://post.example/1")
    assert article.published == datetime(2025, 7, 2)
    assert article.removed[0].quote.startswith("---\ntitle")
    assert [block.span.of(raw) for block in article.blocks] == [PROSE]


def test_a_date_in_the_text_is_marked_as_inferred(tmp_path):
    raw = f"Mayor opens new hall\n\nHarbour Post\n2 July 2025\n\n{PROSE}\n"
    article = read_paths([str(write(tmp_path, "07_story.txt", raw))]).articles[0]
    assert (article.published, article.published_inferred, article.source) == (datetime(2025, 7, 2), True, "Harbour Post")
    plain = read_paths([str(write(tmp_path, "07_daily-wave.txt", PROSE))]).articles[0]
    assert (plain.published, plain.published_inferred, plain.source) == (None, False, "Daily Wave")


def test_json_lines_come_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(json.dumps({"text": PROSE}).encode())))
    assert [article.id for article in read_paths(["-"]).articles] == ["stdin-1"]


ADDRESS = "https://post.example/news/hall"
BODY = f"<article><h1>A hall opens</h1><p>{PROSE}</p><p>{PROSE[:-1]} too.</p></article>"
PAGE = f"<html><head><title>A hall opens</title></head><body>{BODY}</body></html>"


def fetched(monkeypatch, content_type, raw, url=ADDRESS):
    monkeypatch.setattr(fetching, "fetch", lambda address: fetching.Fetched(url, content_type, raw.encode()))


def test_an_address_is_fetched_only_when_that_is_allowed(good, monkeypatch):
    def refuse(address):
        raise AssertionError("the net was used")

    monkeypatch.setattr(fetching, "fetch", refuse)
    reading = read_paths([str(good), ADDRESS])
    assert [article.id for article in reading.articles] == ["good"]
    assert str(reading.problems[0]) == f"{ADDRESS}: is an address: pass --allow-fetch to fetch it, or save the page and name its file"


@pytest.mark.parametrize(
    ("content_type", "raw"),
    [
        ("text/html", PAGE),
        ("", PAGE),
        ("text/plain", PROSE),
        ("application/rss+xml", f"<rss version='2.0'><channel><item><description>{PROSE}</description></item></channel></rss>"),
        ("application/json", json.dumps({"text": PROSE})),
    ],
)
def test_what_an_address_answers_is_read_by_its_kind(monkeypatch, content_type, raw):
    fetched(monkeypatch, content_type, raw)
    (article,) = read_paths([ADDRESS], allow_fetch=True).articles
    assert PROSE in article.text
    assert (article.url, article.path.partition("#")[0]) == (ADDRESS, ADDRESS)


def test_what_cannot_be_fetched_is_one_line_that_names_the_address_once(good, monkeypatch):
    def refuse(address):
        raise fetching.FetchError(f"{ADDRESS}: answers with status 404; open it in a browser")

    monkeypatch.setattr(fetching, "fetch", refuse)
    (problem,) = read_paths([str(good), ADDRESS], allow_fetch=True).problems
    assert str(problem) == f"{ADDRESS}: answers with status 404; open it in a browser"


def test_a_password_in_an_address_is_not_repeated(good):
    (problem,) = read_paths([str(good), "https://anna:secret@post.example/"], allow_fetch=True).problems
    assert "secret" not in str(problem)
    assert "holds a user name" in str(problem)


def test_what_an_earlier_run_wrote_is_no_article(tmp_path, good):
    out = tmp_path / "reports"
    (out / "texts").mkdir(parents=True)
    for name in ("consistency.md", "findings.csv", "texts/good-1.txt", "notes.txt"):
        (out / name).write_text(f"The page {name} says that the hall was opened by the mayor.")
    (out / "report.json").write_text(json.dumps({"schema": "reconcile.report/1", "articles": []}, indent=2))
    assert [article.id for article in read_paths([str(tmp_path)]).articles] == ["good", "notes"]
    assert read_paths([str(tmp_path)]).problems == ()
    (out / "report.json").write_text("{}")
    assert {article.id for article in read_paths([str(tmp_path)]).articles} == {"good", "notes", "consistency", "good-1"}
