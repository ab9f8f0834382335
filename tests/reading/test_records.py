import json
from datetime import UTC, datetime

import pytest

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading import read_paths, records
from reconcile.reading.documents import Document

PROSE = "The mayor of Velm opened the new pool on Saturday, the council said."


def csv(*rows):
    return "\n".join(rows).encode() + b"\n"


def split(found):
    return [item for item in found if isinstance(item, Document)], [item for item in found if isinstance(item, Problem)]


def as_json(value):
    return json.dumps(value).encode()


def test_a_table_is_read_with_all_its_columns():
    raw = csv(
        "id,url,source,title,author,published,modified,language,text",
        f'p1,https://post.example/pool,Harbour Post,A pool opens,Ada Holm,2024-03-05T07:30:00+02:00,2024-03-05T10:00:00Z,en,"{PROSE}"',
    )
    (found,) = records.read_csv("folder/pool.csv", raw)
    head = found.head
    assert (found.name, found.path, found.line, found.text, found.titled) == ("p1", "folder/pool.csv", 2, PROSE, True)
    assert (head.url, head.source, head.title, head.author) == ("https://post.example/pool", "Harbour Post", "A pool opens", "Ada Holm")
    assert (head.published, head.modified) == (datetime(2024, 3, 5, 5, 30, tzinfo=UTC), datetime(2024, 3, 5, 10, tzinfo=UTC))
    assert head.language == "en"


def test_quotes_and_line_breaks_in_a_text_are_kept():
    text = 'The mayor said: "We swim."\n\nThen she jumped, and got wet.'
    raw = csv("id,text", '1,"{}"'.format(text.replace('"', '""')))
    assert [item.text for item in records.read_csv("pool.csv", raw)] == [text]
    crlf = raw.replace(b"\n", b"\r\n")
    assert [item.text for item in records.read_csv("pool.csv", crlf)] == [text.replace("\n", "\r\n")]


@pytest.mark.parametrize("names", ["ID,Title,Text", "id,TITLE,TEXT", " id , title , text ", "\ufeffid,title,text"])
def test_the_names_of_columns_count_in_any_case(names):
    (found,) = records.read_csv("pool.csv", csv(names, f'7,A pool opens,"{PROSE}"'))
    assert (found.name, found.head.title, found.text) == ("7", "A pool opens", PROSE)


def test_columns_may_be_parted_by_tabs():
    (found,) = records.read_tsv("pool.tsv", csv("id\ttitle\ttext", f"7\tA pool, opened\t{PROSE}"))
    assert (found.name, found.head.title, found.text) == ("7", "A pool, opened", PROSE)


def test_columns_that_are_not_known_and_cells_too_many_or_too_few_do_no_harm():
    raw = csv("id,text,colour,title", f'1,"{PROSE}",blue,A,B,C', f'2,"{PROSE} Again."')
    found, problems = split(records.read_csv("pool.csv", raw))
    assert [(item.name, item.head.title) for item in found] == [("1", "A"), ("2", "")]
    assert problems == []


def test_problems_name_the_line_on_which_their_row_begins():
    raw = csv("id,text,published", '1,"One.\nTwo.\nThree.",', "2,,", f'3,"{PROSE}",soon', '3,"Again.",')
    found, problems = split(records.read_csv("pool.csv", raw))
    assert [(item.name, item.line) for item in found] == [("1", 2), ("3", 6)]
    assert [(problem.line, problem.message[:9]) for problem in problems] == [(5, "has no te"), (6, "published"), (7, "id '3' is")]


def test_the_line_of_a_row_behind_blank_lines_is_its_own():
    raw = csv("id,text", f'1,"{PROSE}"', "", "", "2,")
    assert [problem.line for problem in split(records.read_csv("pool.csv", raw))[1]] == [5]


def test_a_row_that_cannot_be_read_ends_the_table_and_that_is_told():
    found, problems = split(records.read_csv("pool.csv", csv("id,text", f'1,"{PROSE}"', '2,"a" b', f'3,"{PROSE}"')))
    assert [item.name for item in found] == ["1"]
    assert [problem.line for problem in problems] == [3]
    assert "the rest was left out" in problems[0].message


def test_a_quote_that_is_never_closed_is_told():
    assert "the rest was left out" in split(records.read_csv("pool.csv", csv("id,text", '1,"One.')))[1][0].message


@pytest.mark.parametrize(
    "raw", [csv("id,body", "1,x"), csv("id;text", "1;x"), csv(PROSE), b'"id,te'], ids=["body", "semicolon", "prose", "quote"]
)
def test_a_table_without_a_column_of_texts_is_unreadable(raw):
    with pytest.raises(Unreadable, match="name the columns in the first line"):
        records.read_csv("pool.csv", raw)


def test_a_table_of_names_alone_holds_no_article():
    assert records.read_csv("pool.csv", csv("id,text")) == []


def test_a_table_of_names_alone_is_told(tmp_path):
    (tmp_path / "good.txt").write_text(PROSE)
    (tmp_path / "none.csv").write_text("id,text\n")
    assert [problem.path for problem in read_paths([str(tmp_path)]).problems] == [str(tmp_path / "none.csv")]


def test_rows_without_an_id_are_called_after_their_line():
    found, _ = split(records.read_csv("pool.csv", csv("text", PROSE.replace(",", ""), "Again.")))
    assert [item.name for item in found] == ["pool-2", "pool-3"]


def test_one_record_is_read():
    (found,) = records.read_json("folder/pool.json", as_json({"text": PROSE, "title": "A pool opens"}))
    assert (found.path, found.name, found.line, found.head.title) == ("folder/pool.json", "pool", None, "A pool opens")


@pytest.mark.parametrize("wrap", [lambda items: items, lambda items: {"articles": items}], ids=["list", "articles"])
def test_a_list_of_records_is_read_with_the_number_of_each(wrap):
    items = [{"id": "a", "text": PROSE}, {"text": "Again."}, {"id": "a", "text": "More."}, 7, {"id": "b"}]
    found, problems = split(records.read_json("pool.json", as_json(wrap(items))))
    assert [(item.path, item.name) for item in found] == [("pool.json#1", "a"), ("pool.json#2", "pool-2")]
    assert [problem.path for problem in problems] == ["pool.json#3", "pool.json#4", "pool.json#5"]
    assert "already that of entry 1" in problems[0].message


def test_a_list_of_one_record_is_called_after_its_file():
    assert [(item.path, item.name) for item in records.read_json("pool.json", as_json([{"text": PROSE}]))] == [("pool.json", "pool")]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"{", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"7", "holds no article"),
        (b"[]", "holds no article"),
        (b"{}", "holds no article"),
        (b'{"name": "reconcile", "version": 1}', "holds no article"),
        (b'[["text"]]', "holds no article"),
        (b'{"schema": "reconcile.report/2", "text": "x", "articles": [{"text": "x"}]}', "is a report"),
    ],
)
def test_json_without_an_article_is_unreadable(raw, says):
    with pytest.raises(Unreadable, match=says) as error:
        records.read_json("pool.json", raw)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", [7, None, "", " \n", ["One."], {"a": 1}])
def test_a_record_whose_text_is_no_text_is_a_problem(text):
    (problem,) = records.read_json("pool.json", as_json({"id": "a", "text": text}))
    assert "has no text" in problem.message


@pytest.mark.parametrize(("given", "name"), [("  a\n b ", "a b"), (7, "7"), (0, "0"), ("", "pool"), (None, "pool"), ([1], "pool")])
def test_an_id_is_one_line(given, name):
    (found,) = records.read_json("pool.json", as_json({"id": given, "text": PROSE}))
    assert found.name == name


def test_an_id_that_is_neither_text_nor_a_whole_number_is_none():
    (found,) = records.read_json("pool.json", as_json({"id": 1.5, "text": PROSE}))
    assert found.name == "pool"


@pytest.mark.parametrize("date", ["2024-03-05", "5 March 2024", "March 5, 2024", "2024-03-05T00:00:00"])
def test_a_date_may_be_written_in_several_ways(date):
    (found,) = records.read_json("pool.json", as_json({"text": PROSE, "published": date}))
    assert found.head.published == datetime(2024, 3, 5)


@pytest.mark.parametrize("key", ["published", "modified"])
@pytest.mark.parametrize("date", ["soon", "2024-13-45", 20240305, ["2024-03-05"], "0001-01-01T00:00:00+10:00"])
def test_a_date_that_is_none_is_told_and_the_article_is_read(key, date):
    found, problems = split(records.read_json("pool.json", as_json({"text": PROSE, key: date})))
    assert [(item.head.published, item.head.modified) for item in found] == [(None, None)]
    assert [key in problem.message and "is no date" in problem.message for problem in problems] == [True]


def test_a_change_before_the_publication_is_none():
    record = {"text": PROSE, "published": "2024-03-05T10:00:00Z", "modified": "2024-03-05T10:00:00+02:00"}
    assert records.read_json("pool.json", as_json(record))[0].head.modified is None


def test_the_line_separator_of_unicode_ends_no_line_of_json():
    raw = json.dumps({"text": "One.\u2028Two.\x85Three."}, ensure_ascii=False).encode()
    assert [item.text for item in records.read_lines("pool.jsonl", raw)] == ["One.\u2028Two.\x85Three."]


def test_lines_of_json_may_end_as_on_windows():
    raw = b"\r\n".join(as_json({"id": name, "text": PROSE + name}) for name in "ab") + b"\r\n"
    assert [(item.name, item.line) for item in records.read_lines("pool.jsonl", raw)] == [("a", 1), ("b", 2)]


def test_a_line_that_holds_a_list_is_a_problem_with_its_number():
    (problem,) = records.read_lines("pool.jsonl", as_json([{"text": PROSE}]))
    assert (problem.path, problem.line) == ("pool.jsonl", 1)


def test_the_outlet_of_records_without_one_is_called_after_the_file(tmp_path):
    (tmp_path / "daily-wave.csv").write_text(f'id,text\nx1,"{PROSE}"\n')
    assert [(article.id, article.source) for article in read_paths([str(tmp_path)]).articles] == [("x1", "Daily Wave")]
