"""Which action items do the answers hold? The answers to the actions question, parsed again whenever they change."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.actions.parse import parse_items
from bot.interview.filing import answer
from bot.interview.script import Script
from bot.interview.state import Interview
from bot.understanding.people_named import known_names
from storage.unit import Unit


def collected(script: Script, interview: Interview) -> tuple[tuple[str, str, str], ...]:
    """The replies that hold action items, as (ts, user, text)."""
    question = script.actions_question
    if question is None:
        return ()
    return tuple(
        (s.ts, s.user, s.text)
        for s in answer(interview, question.id).printed
        if "nothing" not in s.findings.mentions or len(s.text) > len("nothing for now")
    )


def keep_items(unit: Unit, script: Script, before: Interview, after: Interview, now: datetime) -> bool:
    """Brings the items in line with the replies: new ones get a number, what is no longer said is withdrawn.

    Gives back whether that changed any.
    """
    changed = False
    was, is_now = collected(script, before), collected(script, after)
    kept = {ts for ts, _, _ in is_now}
    for ts, _, _ in was:
        if ts not in kept:
            changed |= unit.items.sync(after.workspace, after.id, ts, (), now)
    known = set(was)
    new = [each for each in is_now if each not in known]
    people = known_names(unit, after) if new else {}
    for ts, user, text in new:
        said_at = datetime.fromtimestamp(int(ts.partition(".")[0]), UTC)
        person = unit.people.get(after.workspace, user)
        zone = person.zone if person is not None else after.zone
        drafts = parse_items(text, said_at=said_at, zone=zone, speaker=user, people=people)
        changed |= unit.items.sync(after.workspace, after.id, ts, drafts, now)
    return changed
