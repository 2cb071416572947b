"""What does the form look like in which answers are moved? Each answer under its section, with one picker beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.interview.moving import Movable
from bot.interview.quoting import gist
from bot.slack.elements import LINE, NAME, Block, Look, actions, button, context, section
from bot.slack.forms import modal, plain_text
from bot.slack.ids import Button, Callback, encode
from bot.slack.inert import near

#: Answers on one page, of the hundred blocks that a modal may have.
ANSWERS_A_PAGE = 40
#: How an answer's place is called that belongs to no section, and what stands for it in a picker.
NOWHERE = "Said before the first question"
NONE = "-"


def answers_modal(
    postmortem: int, found: Sequence[Movable], headings: Mapping[str, str], look: Look, page: int = 0
) -> Block:
    """One page of all answers; `headings` are those of the sections that take answers, by their ids."""
    pages = max(1, -(-len(found) // ANSWERS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    head = look.say("moved", part="how", heading="", by="")
    blocks = [context(head + (f" Page {page + 1} of {pages}." if pages > 1 else ""))]
    before = None
    for each in found[page * ANSWERS_A_PAGE : (page + 1) * ANSWERS_A_PAGE]:
        if each.section != before:
            blocks.append(section(f"*{look.line(headings.get(each.section, NOWHERE), NAME)}*"))
            before = each.section
        blocks.append(_answer(postmortem, each, headings, look, page))
    if not found:
        blocks.append(section(look.say("moved", part="none", heading="", by="")))
    buttons = []
    if page > 0:
        buttons.append(button("Earlier", f"{Button.ANSWERS_PAGE}.0", encode(postmortem, page - 1)))
    if page + 1 < pages:
        buttons.append(button("Later", f"{Button.ANSWERS_PAGE}.1", encode(postmortem, page + 1)))
    blocks += [actions(*buttons)] if buttons else []
    return modal(Callback.ANSWERS, "Move an answer", blocks, {"postmortem": postmortem})


def _answer(postmortem: int, each: Movable, headings: Mapping[str, str], look: Look, page: int) -> Block:
    said = each.said
    text = f"“{look.line(gist(near(said.text, LINE)), LINE)}” · {look.name(said.user)}"
    if said.placed is not None:
        heading = look.line(headings.get(each.given_in, NOWHERE), NAME)
        text += "\n" + look.say("moved", part="here", heading=heading, by=look.name(said.placed_by))
    places = {s: heading for s, heading in headings.items() if s != each.section}
    if each.section and not each.given_in:
        places[NONE] = NOWHERE
    picker: Block = {
        "type": "static_select",
        "action_id": Button.ANSWER_MOVE.value,
        "placeholder": plain_text("Move to …"),
        "options": [{"text": plain_text(heading), "value": s} for s, heading in places.items()],
    }
    # With its section in the id, an answer that was moved gets a picker that nobody has used yet.
    return {**section(text, picker), "block_id": f"answer.{each.section}|{encode(postmortem, page, said.ts)}"}
