"""How is a script talked through in a terminal? Each question is printed, each line typed is an answer to it."""

from __future__ import annotations

from collections.abc import Callable

from bot.actions.parse import parse_items
from bot.interview.filing import answer
from bot.interview.plan import Limits
from bot.interview.script import Script
from bot.interview.state import Put
from bot.places import TEMPLATES
from bot.publish.documents import owner_text
from bot.publish.layouts import Layouts
from bot.rendering import Renderer
from bot.report.compose import compose
from bot.report.document import ItemLine
from bot.report.paper import lay_out
from bot.scripts.rehearsal import SOMEBODY, Rehearsal

HOW = "Type an answer, in as many lines as it takes; an empty line goes on. /skip, /unknown, /deeper, /back, /end."
BUTTONS = ("skip", "unknown", "deeper", "back")
_PUT = {Put.CONFIRM: " · to confirm", Put.PROBE: " · asked again", Put.RETURN: " · once more", Put.ASK: ""}


def walk(script: Script, limits: Limits, read: Callable[[], str | None], tell: Callable[[str], None]) -> None:
    """Holds the conversation until nothing is left, `read` gives None or somebody types /end; then the document."""
    talk = Rehearsal(script, limits)
    tell(HOW)
    shown = 0
    while (asked := talk.current) is not None:
        if asked.position != shown:
            topic, number, of = script.topic(asked.topic, asked.question)
            tell(f"\n{number} of {of} · {topic.title}{_PUT[asked.put]}\n{asked.text}")
            shown = asked.position
        line = read()
        if line is None or line.strip() == "/end":
            break
        word = line.strip().removeprefix("/")
        if not line.strip():
            talk.go_on()
        elif line.strip().startswith("/") and word in BUTTONS:
            if why := talk.press(word):
                tell(f"Nothing changed: {why.replace('_', ' ')}.")
        else:
            talk.say(line.strip())
    tell("\n" + document(talk))


def document(talk: Rehearsal, kind: str = "") -> str:
    """The document that the conversation makes, as Markdown; by default in the kind that it is published in."""
    question = talk.script.actions_question
    replies = answer(talk.interview, question.id).printed if question is not None else ()
    drafts = [
        (said.ts, draft)
        for said in replies
        for draft in parse_items(said.text, said_at=talk.now, zone="UTC", speaker=said.user)
    ]
    items = [
        ItemLine(
            f"AI-{number:03d}",
            draft.text,
            owner_text(draft.owner, {SOMEBODY: "you"}),
            due=draft.due.date if draft.due is not None else None,
            due_words=draft.due_words or "",
            priority=str(draft.priority or ""),
            measure=draft.measure or "",
            source_ts=ts,
        )
        for number, (ts, draft) in enumerate(drafts, 1)
    ]
    made = compose(talk.script, talk.interview, (), items, {SOMEBODY: "you"}, permalink=lambda _: "", now=talk.now)
    layouts = Layouts(TEMPLATES)
    return Renderer(TEMPLATES).document_markdown(lay_out(made, layouts.get(kind or layouts.of(talk.script))))
