"""What does somebody see in the app's home? What runs where they are, and what they said they would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.actions.nudges import resting
from bot.slack.elements import TITLE, Block, Look, context, header, section
from bot.slack.nudge_blocks import Nudged, judged, nudged, put_off
from storage.postmortems import Brief

#: Lines of each list; a home has at most a hundred blocks.
LINES = 20


def home(
    running: Sequence[Brief],
    own: Sequence[Nudged],
    today: date,
    look: Look,
    done: Sequence[Nudged] = (),
    past: Sequence[Block] = (),
) -> Block:
    """The home view of one person."""
    blocks: list[dict[str, Any]] = [header("Postmortems"), section(look.say("home", part="how"))]
    blocks.append(header("Running where you are"))
    for brief in running[:LINES]:
        link = look.permalink(f"{brief.channel}/{brief.thread_ts}") if brief.thread_ts else ""
        title = look.line(brief.title, TITLE)
        blocks.append(section(f"*{brief.number}* {f'<{link}|{title}>' if link else title}"))
    if not running:
        blocks.append(context(look.say("home", part="none_running")))
    blocks.append(header("Your open actions"))
    for each in own[:LINES]:
        blocks += put_off(each.item, look) if resting(each.item, today) else nudged(each, look, mine=True)
    if len(own) > LINES:
        blocks.append(context(f"… and {len(own) - LINES} more."))
    if not own:
        blocks.append(context(look.say("home", part="no_actions")))
    for each in done[:LINES]:
        blocks += judged(each, look)
    if past:
        blocks += [header("Past incidents"), *past]
    return {"type": "home", "blocks": blocks}
