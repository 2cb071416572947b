"""What does the checklist show to whom, and what becomes of what people do about it?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.conversations.talk import ASHA, TOM, Talk, plainly

NAMED = """alert on checkout errors alone, @tom, 2026-11-27, P1
improve monitoring of plans"""


def read(view: Mapping[str, Any]) -> str:
    """The text of a modal, its buttons aside."""
    found = []
    for block in view["blocks"]:
        found += [block["text"]["text"]] if "text" in block else [e["text"] for e in block.get("elements", ())]
    return plainly("\n".join(found))


@pytest.fixture
def written(talk: Talk) -> Talk:
    """A document with two actions, of which one has an owner and a date, and neither a way to tell that it worked."""
    talk.answer("Customers could not pay.", user=TOM)
    talk.until("causes.how")
    talk.answer("one release could use all connections", user=TOM)
    talk.until("actions.items")
    talk.answer(NAMED)
    talk.to_review()
    talk.write()
    return talk


def test_the_summary_counts_and_the_list_says_what_to_do_to_who_opens_it(written: Talk) -> None:
    summary = written.message("is written.")
    assert "Checklist: " in summary
    assert "[Checklist]" in summary
    length = written.length()
    written.press("checklist", ASHA)
    shown = read(written.modal(ASHA))
    assert "AI-002 has no owner" in shown
    assert "→ Choose a person for each." in shown
    assert "“improve monitoring of plans”: of what" in shown
    assert "Nobody has confirmed the timeline yet" in shown
    assert written.length() == length, "nobody else is told"

    items = next(b["accessory"] for b in written.modal(ASHA)["blocks"] if "no owner" in json.dumps(b))
    written.s.person(ASHA).click_view(written.modal(ASHA)["id"], items["action_id"])
    written.s.settle()
    assert written.modal(ASHA)["callback_id"] == "fill_items"
    assert written.slash("checklist", ASHA) == ""
    assert written.modal(ASHA)["callback_id"] == "checklist"
    told = written.mention("checklist", TOM)
    assert "*Every action has an owner*" in told
    assert "[Checklist]" in told
