"""What is only supposed, wished or awaited, and what was done."""

from __future__ import annotations

import pytest

from reconcile.fields.backdrop import is_come_after, is_supposed


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("The envoy will stay until he is expelled.", True),
        ("The envoy stayed until he was expelled.", False),
        ("Northern Lines tried to bully the port into expelling the envoy.", True),
        ("Northern Lines bullied the port into expelling the envoy.", False),
        ("The port vowed to expel the envoy.", True),
        ("The port asks whether it expelled the envoy.", True),
        ("The port expelled the envoy.", False),
    ],
)
def test_what_is_awaited_or_meant_was_not_done(story, text, supposed):
    _, (claim,) = story("post", [text])
    (verb,) = [i for i, token in enumerate(claim.tokens) if token.lemma == "expel"]
    assert is_supposed(claim.tokens, verb) is supposed


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("The step comes a week after the port expelled twelve sailors.", True),
        ("Two years after the port expelled the envoy, it let him back.", True),
        ("The port expelled the envoy a week after the blast.", False),
        ("After the blast the port expelled the envoy.", False),
    ],
)
def test_what_the_news_comes_after_is_earlier(story, text, earlier):
    _, (claim,) = story("post", [text])
    (verb,) = [i for i, token in enumerate(claim.tokens) if token.lemma == "expel"]
    assert is_come_after(claim.tokens, verb) is earlier
