"""The document as JSON: of the form that is documented, and with evidence for every statement."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.interview.state import Approval, Field, SectionEdit, Share
from bot.places import ROOT
from bot.report.as_json import SCHEMA, as_json, told
from tests.unit import report_story as story
from tests.unit.report_story import LAYOUTS, ONCALL, SUPPORT, document, paper
from tests.unit.schema_check import faults

FORM = json.loads((ROOT / "docs" / "document.schema.json").read_text(encoding="utf-8"))


def whole() -> dict[str, Any]:
    """The full report of an incident about which everything was done that can be."""
    interview = replace(
        story.checkout(),
        thread_ts=story.ts(16, 40),
        fields=(Field("impact.share", "12 %", SUPPORT, story.at(18)),),
        edits=(SectionEdit("response", "Many helped.", ONCALL, story.at(18, 20), "older"),),
        shares=(Share("#engineering", story.at(19), ONCALL),),
        approvals=(Approval("Manager", SUPPORT, story.at(20)),),
    )
    return told(paper(document(interview), "full"))


@pytest.mark.parametrize("kind", LAYOUTS.kinds())
def test_every_kind_has_the_documented_form(kind: str) -> None:
    for found in (document(), document(story.nobody(), entries=(), items=())):
        assert faults(told(paper(found, kind)), FORM, FORM) == []


def test_the_form_names_its_version() -> None:
    assert FORM["properties"]["schema"]["const"] == FORM["$id"] == SCHEMA
    assert SCHEMA in (ROOT / "docs" / "document-schema.md").read_text(encoding="utf-8")


def test_a_form_that_differs_is_noticed() -> None:
    found = whole()
    assert faults(found, FORM, FORM) == []
    found["sections"][0]["blocks"][0]["points"][0]["evidence"] = []
    found["timeline"][0]["at"] = "yesterday"
    del found["actions"][0]["owner"]
    said = faults(found, FORM, FORM)
    assert len(said) >= 3
    assert "$.actions[0] lacks owner" in said


def test_a_statement_leads_to_its_message_or_form_or_edit() -> None:
    found = whole()
    (share,) = found["figures"]
    form = {"type": "form", "who": "Raj Patel", "at": "2026-11-19T18:00:00Z", "link": "", "message": ""}
    assert share["said"] == [{"text": "12 %", "evidence": [form]}]
    (event, *_) = found["timeline"]
    assert event["evidence"][0]["link"] == story.permalink(story.ts(12, 30))
    assert event["evidence"][0]["type"] == "message"
    edited = next(section for section in found["sections"] if section["id"] == "response")
    assert edited["edited"] == {"by": "Ana Lima", "at": "2026-11-19T18:20:00Z", "stale": True}
    assert edited["blocks"][0]["evidence"][0]["type"] == "edit"
    (factor, *_) = found["factors"]
    assert factor["evidence"][0]["type"] == "answer"
    assert found["approvals"] == [{"role": "Manager", "by": "Raj Patel", "at": "2026-11-19T20:00:00Z"}]


def test_the_same_document_is_the_same_text() -> None:
    first, second = as_json(paper()), as_json(paper())
    assert first == second
    assert json.loads(first)["kind"] == "report"
