"""What is played in every test of this folder? One short postmortem, from `/postmortem start` to the weekly reminder.

After a failure, whoever sees that nothing came of it does it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.people import call
from tests.fakes.scene import CHANNEL
from tests.faults.stage import QUIET, RECORDED, Stage

DAY = 86_400.0


def _was_heard(stage: Stage, before: int) -> bool:
    return stage.heard_of() > before


def _modal_open(stage: Stage, before: int) -> bool:
    return stage.person().view() is not None


def _modal_gone(stage: Stage, before: int) -> bool:
    return stage.person().view() is None


def _always(stage: Stage, before: int) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """What a person does, and whether they see that it was heard (given how many deliveries were kept before)."""

    name: str
    act: Callable[[Stage], None]
    kept: Callable[[Stage, int], bool] = _was_heard


def _press(name: str, action: str, value: Any = None) -> Step:
    return Step(name, lambda s: s.press(action, value))


def _say(name: str, text: str, user: str = "U0MARIA", known: str = "") -> Step:
    return Step(name, lambda s: s.say(text, user, known), _always)


def _skip(name: str) -> Step:
    return Step(name, lambda s: s.press("skip"))


def _edit(name: str, text: str) -> Step:
    return Step(name, lambda s: s.person().edit(CHANNEL, s.known["first"], text), _always)


def _opens(name: str, act: Callable[[Stage], None]) -> Step:
    return Step(name, act, _modal_open)


def _sends(name: str, callback: str, values: Callable[[Stage], dict[str, Any]]) -> Step:
    return Step(name, lambda s: s.submit(callback, values(s)), _modal_gone)


def _edit_in_channel(stage: Stage) -> None:
    """The last message of the incident says more; the record is worked through again after a while."""
    person = stage.person("U0ASHA")
    said = next(m for m in person.sees(CHANNEL) if "1,240 failed payments" in m.get("text", ""))
    person.edit(CHANNEL, said["ts"], "payments dashboard: 1,302 failed payments. first complaints came at 12:30 UTC")


def _fill(stage: Stage) -> dict[str, Any]:
    entered: dict[str, Any] = {}
    for block in stage.inputs():
        number, _, field = block.partition(".")
        if field == "due" and not number.endswith("1"):
            entered[block] = {"value": "2026-11-24"}
        if field == "owner" and number.endswith("2"):
            entered[block] = {"value": "U0TOM"}
    return entered


def _later(seconds: float) -> Callable[[Stage], None]:
    return lambda s: (s.clock.advance(seconds), None)[1]


def _read_a_section(stage: Stage) -> None:
    """Opens the first section of the list that stands in the modal."""
    person = stage.person()
    view = person.view()
    if view is None or view["callback_id"] != "sections":
        stage.press("change")
        return
    first = next(b["accessory"]["action_id"] for b in view["blocks"] if b.get("accessory"))
    person.click_view(view["id"], first)


def _section_open(stage: Stage, before: int) -> bool:
    view = stage.person().view()
    return view is not None and view["callback_id"] == "edit_section"


def _sections_listed(stage: Stage, before: int) -> bool:
    view = stage.person().view()
    return view is not None and view["callback_id"] == "sections"


def _open_an_entry(stage: Stage) -> None:
    """Opens the first entry of the list that stands in the modal."""
    person = stage.person()
    view = person.view()
    if view is None or view["callback_id"] != "edit_timeline":
        stage.press("timeline_edit")
        return
    first = next(b["accessory"]["action_id"] for b in view["blocks"] if b.get("accessory"))
    person.click_view(view["id"], first)


def _entry_open(stage: Stage, before: int) -> bool:
    view = stage.person().view()
    return view is not None and view["callback_id"] == "change_entry"


def _entries_listed(stage: Stage, before: int) -> bool:
    view = stage.person().view()
    return view is not None and view["callback_id"] == "edit_timeline"


def _correct_the_entry(stage: Stage) -> None:
    stage.submit("change_entry", {"text": {"value": "Support saw the first complaints"}})
    person = stage.person()
    while (left := person.view()) is not None:
        person.close(left["id"])


def _accept_the_section(stage: Stage) -> None:
    person = stage.person()
    view = person.view()
    assert view is not None
    person.submit(view["id"], {})
    while (left := person.view()) is not None:
        person.close(left["id"])


def _move_an_answer(stage: Stage) -> None:
    """Says in the list of answers that what helped was hard."""
    person = stage.person()
    view = person.view()
    if view is None or view["callback_id"] != "answers":
        stage.press("answers")
        return
    helped = next(b for b in view["blocks"] if b.get("accessory") and "graph of connections" in str(b["text"]))
    person.click_view(view["id"], "answer_move", "hard", block_id=helped["block_id"])


def _answers_listed(stage: Stage, before: int) -> bool:
    view = stage.person().view()
    return view is not None and view["callback_id"] == "answers"


def _answer_moved(stage: Stage, before: int) -> bool:
    return "moved here from" in str(stage.person().view())


def _close_and_write(stage: Stage) -> None:
    person = stage.person()
    while (left := person.view()) is not None:
        person.close(left["id"])
    stage.press("write_it")


def _edit_without_canvases(stage: Stage) -> None:
    call(stage.slack.url, "POST", "profile", {"canvases_off": True})
    stage.person().edit(CHANNEL, stage.known["first"], "Checkout failed for the whole EU")


def _done_in_the_reminder(stage: Stage) -> None:
    person = stage.person("U0TOM")
    channel = str(person.home("messages")["channel"])
    for message in reversed(person.sees(channel)):
        for block in message.get("blocks", []):
            for element in block.get("elements", []):
                if str(element.get("action_id", "")).startswith("item_done"):
                    person.click(channel, message["ts"], element["action_id"], block_id=block["block_id"])
                    return
    raise AssertionError("the reminder has no Done")


def _bring_the_bot(stage: Stage) -> None:
    person = stage.person()
    person.do("invite", channel=RECORDED, user=stage.slack.workspace.bot["user_id"])
    person.say(RECORDED, "declaring SEV-2, search is down for all customers")


def _refuse_the_offer(stage: Stage) -> None:
    person = stage.person()
    for message in person.sees(RECORDED):
        if "offer_no" in str(message.get("blocks")):
            person.click(RECORDED, message["ts"], "offer_no")
            return
    raise AssertionError("no postmortem is offered")


STEPS: tuple[Step, ...] = (
    Step("start", lambda s: (s.person().slash(CHANNEL, "/postmortem start"), None)[1]),
    _press("accept the timeline", "timeline_ok"),
    Step("open the timeline", lambda s: s.press("timeline_edit"), _entries_listed),
    Step("open an entry", _open_an_entry, _entry_open),
    Step("correct the entry", _correct_the_entry, _modal_gone),
    Step("edit a message of the channel", _edit_in_channel, _always),
    _press("invite", "invite"),
    _say("answer", "Checkout failed for one in five customers", known="first"),
    _edit("edit the answer", "Checkout failed for EU customers"),
    Step("mark the answer", lambda s: s.person().react(CHANNEL, s.known["first"], "pushpin"), _always),
    _say("somebody else answers", "I saw it in the app too", "U0TOM", "toms"),
    Step("delete an answer", lambda s: s.person("U0TOM").delete(CHANNEL, s.known["toms"]), _always),
    _press("next", "next"),
    _opens("open the form for asking someone", lambda s: s.more("someone")),
    _sends("ask someone", "ask_someone", lambda s: {"who": {"value": "U0ASHA"}}),
    _say("answer before a silence", "We were on a call for twenty minutes", "U0ASHA"),
    Step("nobody writes", _later(QUIET + 10), _always),
    _press("confirm the impact", "confirm"),
    _say("answer with a person as the cause", "someone forgot to limit the pool"),
    _press("next, and a probe", "next"),
    _say("answer the probe", "the default of the pool is unlimited"),
    _press("next, and a how", "next"),
    _say("answer the how", "review does not show the size of a pool"),
    Step("skip", lambda s: s.press("skip")),
    _say("what helped", "the graph of connections was on the dashboard"),
    _press("next again", "next"),
    _skip("skip the rest of the response"),
    _skip("skip what was luck"),
    _skip("skip the ideas"),
    _say("what will be done", "Alert on pool usage @asha by 2026-11-24\nCap the pool of checkout"),
    _press("next, and the items", "next"),
    _opens("open the form for items", lambda s: s.press("items_fill")),
    _sends("fill in the items", "fill_items", _fill),
    _skip("skip sharing"),
    _skip("skip the lessons"),
    _skip("skip the last question, and the review"),
    _opens("open a section", lambda s: s.press("section_open.summary")),
    _sends("edit the section", "edit_section", lambda s: {"text.0": {"value": "Checkout failed in the EU."}}),
    Step("open the list of answers", _move_an_answer, _answers_listed),
    Step("move an answer", _move_an_answer, _answer_moved),
    Step("close the list of answers, and write it", _close_and_write),
    Step("open the list of sections", lambda s: s.press("change"), _sections_listed),
    Step("open a section of the list", _read_a_section, _section_open),
    Step("accept the section", _accept_the_section),
    _edit("a late edit", "Checkout failed for all of the EU"),
    Step("the document follows", _later(700), _always),
    Step("an edit when there are no canvases", _edit_without_canvases, _always),
    Step("a file follows", _later(700), _always),
    _press("a new file", "new_file"),
    Step("the week after the next", _later(11 * DAY), _always),
    Step("done, in the reminder", _done_in_the_reminder),
    Step("bring the bot into a recorded channel", _bring_the_bot, _always),
    Step(
        "say that its incident is over",
        lambda s: (s.person().say(RECORDED, "calling this incident resolved, all clear"), None)[1],
        _always,
    ),
    Step("refuse the offer of a postmortem", _refuse_the_offer),
)
