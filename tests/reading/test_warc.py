import gzip
import io

import pytest

from reconcile.errors import Unreadable
from reconcile.model import Problem
from reconcile.reading import read_paths, warc

warcio = pytest.importorskip("warcio")
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402 - behind the check that it is there
from warcio.warcwriter import WARCWriter  # noqa: E402

ADDRESS = "https://post.example/news/{}"
HERE = "https://post.example/news/velm"
PROSE = (
    "The market hall of {} reopens on Friday after two years of work on its roof, the town said in a letter to the traders this week.",
    "Forty of the sixty stalls are let, and the rents stay as they were until the end of next year, the head of the market office said.",
    "Traders had feared that the work would cost them their place, and some of them had gone to court over it in the spring of last year.",
)


def html(place="Velm"):
    body = "".join(f"<p>{text.format(place)}</p>" for text in PROSE)
    title = f"Market hall of {place} reopens"
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def record(writer, payload, address=HERE, status="200 OK", kind="text/html; charset=utf-8", what="response", **headers):
    lines = [("Content-Type", kind), *((name.replace("_", "-"), value) for name, value in headers.items())]
    http = StatusAndHeaders(status, lines, protocol="HTTP/1.1") if what == "response" else None
    return writer.create_warc_record(
        address, what, payload=io.BytesIO(payload), http_headers=http, **({} if http else {"warc_content_type": kind})
    )


def archive(folder, *pages, name="crawl.warc.gz", packed=True):
    """Write an archive of pages, each given as the arguments of `record`."""
    path = folder / name
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(name, {"software": "test"}))
        for payload, options in pages:
            writer.write_record(record(writer, payload, **options))
    return path


@pytest.mark.parametrize(("name", "packed"), [("crawl.warc", False), ("crawl.warc.gz", True)])
def test_the_pages_of_an_archive_are_read_with_their_addresses(tmp_path, name, packed):
    pages = [(html(place), {"address": ADDRESS.format(place.lower())}) for place in ("Velm", "Portneuf")]
    reading = read_paths([str(archive(tmp_path, *pages, name=name, packed=packed))])
    assert reading.problems == ()
    assert [(article.title, article.url) for article in reading.articles] == [
        ("Market hall of Velm reopens", "https://post.example/news/velm"),
        ("Market hall of Portneuf reopens", "https://post.example/news/portneuf"),
    ]
    assert [article.id for article in reading.articles] == ["crawl-1", "crawl-2"]
    assert all(PROSE[2] in article.text for article in reading.articles)
    assert len({article.path for article in reading.articles}) == 2


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "304 Not Modified", "404 Not Found", "500 Internal Server Error"])
def test_redirects_and_errors_are_skipped(tmp_path, status):
    path = archive(tmp_path, (html("Portneuf"), {"status": status}), (html(), {}))
    assert [raw for _, _, raw in warc.pages(path)] == [html()]


ASKED = b"GET /news/portneuf HTTP/1.1\r\nContent-Type: text/html\r\n\r\n"


@pytest.mark.parametrize(("what", "payload"), [("request", ASKED), ("metadata", html("Portneuf")), ("conversion", html("Portneuf"))])
def test_only_answers_are_read(tmp_path, what, payload):
    path = archive(tmp_path, (payload, {"what": what, "kind": "text/html"}), (html(), {}))
    assert [raw for _, _, raw in warc.pages(path)] == [html()]


def test_a_page_that_was_stored_without_its_answer_is_read(tmp_path):
    path = archive(tmp_path, (html(), {"what": "resource", "kind": "text/html"}))
    assert [(url, raw) for _, url, raw in warc.pages(path)] == [("https://post.example/news/velm", html())]


@pytest.mark.parametrize("kind", ["image/png", "text/css", "application/json", "text/plain", ""])
def test_what_is_no_web_page_is_skipped(tmp_path, kind):
    path = archive(tmp_path, (html("Portneuf"), {"kind": kind}), (html(), {}))
    assert [raw for _, _, raw in warc.pages(path)] == [html()]


@pytest.mark.parametrize("kind", ["text/html", "TEXT/HTML;charset=UTF-8", "application/xhtml+xml"])
def test_a_web_page_is_known_by_its_kind(tmp_path, kind):
    assert [raw for _, _, raw in warc.pages(archive(tmp_path, (html(), {"kind": kind})))] == [html()]


def test_an_answer_that_was_packed_is_unpacked(tmp_path):
    path = archive(tmp_path, (gzip.compress(html()), {"Content_Encoding": "gzip"}))
    assert [raw for _, _, raw in warc.pages(path)] == [html()]


def test_an_answer_in_pieces_is_put_together(tmp_path):
    raw = html()
    pieces = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (raw[:100], raw[100:])) + b"0\r\n\r\n"
    assert [page for _, _, page in warc.pages(archive(tmp_path, (pieces, {"Transfer_Encoding": "chunked"})))] == [raw]


def test_a_charset_that_only_the_answer_names_is_used(tmp_path):
    raw = html("Grönland – “Velm”").decode().encode("windows-1252")
    reading = read_paths([str(archive(tmp_path, (raw, {"kind": "text/html; charset=windows-1252"})))])
    assert "Grönland – “Velm”" in reading.articles[0].text


def test_the_places_of_pages_are_their_numbers_in_the_archive(tmp_path):
    path = archive(tmp_path, (b"GIF", {"kind": "image/gif"}), (html(), {}))
    assert [where for where, _, _ in warc.pages(path)] == [f"{path}#3"]


def test_a_page_without_an_article_is_one_problem(tmp_path):
    path = archive(tmp_path, (b"<html><body></body></html>", {}), (html("Portneuf"), {}))
    reading = read_paths([str(path)])
    assert [article.title for article in reading.articles] == ["Market hall of Portneuf reopens"]
    (problem,) = reading.problems
    assert problem.path == f"{path}#2"
    assert "no article" in problem.message


def test_a_page_that_is_too_large_is_one_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(warc, "LARGEST_PAGE", 2_000)
    path = archive(tmp_path, (b"x" * 2_001, {}), (html(), {}))
    problem, page = warc.pages(path)
    assert isinstance(problem, Problem) and "2,000 bytes" in problem.message
    assert page[2] == html()


def test_a_page_that_unpacks_to_too_much_is_one_problem(tmp_path):
    bomb = gzip.compress(b"<p>Velm</p>" * 2_000_000)
    (problem,) = warc.pages(archive(tmp_path, (bomb, {"Content_Encoding": "gzip"})))
    assert isinstance(problem, Problem) and "8,000,000 bytes" in problem.message


def test_only_so_many_records_are_read_and_that_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(warc, "MOST_RECORDS", 2)
    page, problem = warc.pages(archive(tmp_path, (html(), {}), (html("Portneuf"), {})))
    assert page[2] == html()
    assert isinstance(problem, Problem) and "more than 2 records" in problem.message


@pytest.mark.parametrize("size", [20, 700, 1_500])
def test_an_archive_that_was_cut_off_is_told(tmp_path, size):
    pages = [(html(place), {"address": ADDRESS.format(place)}) for place in ("Velm", "Portneuf")]
    whole = archive(tmp_path, *pages, name="crawl.warc", packed=False)
    cut = tmp_path / "cut.warc"
    cut.write_bytes(whole.read_bytes()[:size])
    (tmp_path / "good.txt").write_text(PROSE[0].format("Velm"))
    reading = read_paths([str(cut), str(tmp_path / "good.txt")])
    assert [problem.path.partition("#")[0] for problem in reading.problems] == [str(cut)]


def test_an_archive_of_nothing_but_pictures_holds_no_page(tmp_path):
    (tmp_path / "good.txt").write_text(PROSE[0].format("Velm"))
    archive(tmp_path, (b"GIF", {"kind": "image/gif"}))
    (problem,) = read_paths([str(tmp_path)]).problems
    assert "holds no web page" in problem.message


def test_without_its_reader_an_archive_is_unreadable_and_says_what_to_install(tmp_path, monkeypatch):
    path = archive(tmp_path, (html(), {}))
    monkeypatch.setitem(__import__("sys").modules, "warcio.archiveiterator", None)
    with pytest.raises(Unreadable, match=r"pip install 'reconcile\[warc\]'"):
        list(warc.pages(path))
