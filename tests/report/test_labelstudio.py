"""Label Studio: a task for each article, whose predictions fit the text and the interface."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from ferry import ferry_report
from harbour import harbour_report

from reconcile.report.labelstudio import render_labels, render_tasks


@pytest.mark.parametrize("made", [ferry_report, harbour_report])
def test_predictions_fit_text_and_interface(made) -> None:
    report = made()
    view = ElementTree.fromstring(render_labels(report))
    labels = {label.get("value") for label in view.iter("Label")}
    names = {view.find("Labels").get("name"), view.find("Text").get("name")}
    tasks = json.loads(render_tasks(report))
    assert [task["data"]["article"] for task in tasks] == [article.id for article in report.articles]
    for task in tasks:
        (prediction,) = task["predictions"]
        regions = {part["id"]: part for part in prediction["result"] if part["type"] == "labels"}
        assert len(regions) == sum(part["type"] == "labels" for part in prediction["result"])
        for region in regions.values():
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            assert set(value["labels"]) <= labels
            assert {region["from_name"], region["to_name"]} == names
        links = [part for part in prediction["result"] if part["type"] == "relation"]
        assert {link[end] for link in links for end in ("from_id", "to_id")} <= regions.keys()
