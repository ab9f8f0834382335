"""The language model over the network: what is sent, what is believed, and where it stops."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.errors import ModelError
from reconcile.models.judge import KEY, LanguageModel, Passage, read_verdict
from reconcile.models.scorer import Verdict

A = Passage("The dam at Norhaven broke at dawn.", before="It had rained for a week.")
B = Passage("The dam at Norhaven held, the mayor said.", after="She spoke at noon.")
SURE = '{"agree": 0.0, "neutral": 0.05, "contradict": 0.95}'


class Endpoint:
    """A server on this machine that answers as it is told to, and keeps what it was asked."""

    def __init__(self):
        self.asked, self.headers, self.status, self.content, self.usage, self.raw = [], [], 200, SURE, {"total_tokens": 400}, None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                outer.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                outer.headers.append(dict(self.headers))
                told = {"choices": [{"message": {"content": outer.content}}], "usage": outer.usage}
                body = outer.raw if outer.raw is not None else json.dumps(told).encode()
                self.send_response(outer.status)
                if outer.status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def endpoint():
    made = Endpoint()
    yield made
    made.server.shutdown()
    made.server.server_close()


def ask(endpoint, pairs=((A, B),), ceiling=10_000, key="k"):
    return LanguageModel(endpoint.url, "small", ceiling, key=key).judge(pairs)


def test_it_sends_the_two_sentences_and_their_neighbours_and_nothing_else(endpoint):
    assert ask(endpoint) == [Verdict(0.0, 0.05, 0.95)]
    (request,) = endpoint.asked
    assert request["model"] == "small"
    assert request["temperature"] == 0
    assert json.loads(request["messages"][1]["content"]) == {
        "a": {"text": A.text, "before": A.before},
        "b": {"text": B.text, "after": B.after},
    }
    assert endpoint.headers[0]["Authorization"] == "Bearer k"


def test_the_key_comes_from_the_environment_and_may_be_absent(endpoint, monkeypatch):
    monkeypatch.setenv(KEY, "from-the-environment")
    LanguageModel(endpoint.url, "small", 10_000).judge([(A, B)])
    ask(endpoint, key="")
    assert [headers.get("Authorization") for headers in endpoint.headers] == ["Bearer from-the-environment", None]


def test_it_stops_before_the_ceiling_is_passed(endpoint):
    judge = LanguageModel(endpoint.url, "small", 1300, key="")
    said = judge.judge([(A, B)] * 5)
    answered = sum(verdict is not None for verdict in said)
    assert answered == len(endpoint.asked)
    assert 0 < answered < 5
    assert judge.spent == 400 * answered <= 1300


@pytest.mark.parametrize("usage", [None, {}, {"total_tokens": -5}, {"total_tokens": "9"}, {"total_tokens": True}, []])
def test_a_strange_bill_is_reckoned_by_what_was_sent(endpoint, usage):
    endpoint.usage = usage
    judge = LanguageModel(endpoint.url, "small", 10_000, key="")
    judge.judge([(A, B)])
    assert judge.spent > 200


@pytest.mark.parametrize(
    "content",
    ["", "They contradict.", "{}", "[1]", '{"agree": 1}', '{"agree": 2, "neutral": 0, "contradict": 0}', None, 7,
     '{"agree": true, "neutral": 0, "contradict": 0}', '{"agree": NaN, "neutral": 0, "contradict": 1}', "{" * 3000 + "}" * 3000,
     SURE.replace("0.95", "0.1")],
)  # fmt: skip
def test_an_answer_that_is_not_three_probabilities_is_no_verdict(endpoint, content):
    endpoint.content = content
    assert ask(endpoint) == [None]


@given(st.text(max_size=200))
def test_reading_an_answer_never_fails(text):
    verdict = read_verdict(text)
    assert verdict is None or abs(sum(verdict) - 1) < 0.001


def test_words_round_the_answer_are_passed_over():
    assert read_verdict(f"Here it is:\n```json\n{SURE}\n```") == Verdict(0.0, 0.05, 0.95)


@pytest.mark.parametrize("raw", [b"", b"<html>", b"{", b"\xff\xfe", b"[" * 100_000])
def test_an_answer_that_is_no_json_is_no_verdict(endpoint, raw):
    endpoint.raw = raw
    assert ask(endpoint) == [None]


@pytest.mark.parametrize(("status", "hint"), [(401, KEY), (404, "--judge-model"), (302, "--judge")])
def test_a_refusal_says_what_to_do_and_no_redirect_is_followed(endpoint, status, hint):
    endpoint.status = status
    with pytest.raises(ModelError, match=hint):
        ask(endpoint)
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize("key", ["secret-word", "secret-word\nX: y"])
def test_the_key_is_never_part_of_an_error(endpoint, key):
    endpoint.status = 404
    with pytest.raises(ModelError) as caught:
        ask(endpoint, key=key)
    assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/v1", "ftp://127.0.0.1", "127.0.0.1", "https://", "https://me:pw@example.org", "http://localhost.example.org/v1",
     "https://example.org/v1?key=1", "http://[::1", "https://example.org:port"],
)  # fmt: skip
def test_only_https_or_this_machine_is_asked(address):
    with pytest.raises(ModelError):
        LanguageModel(address, "small", 100, key="")
