"""May a second mind read the channel of a postmortem that begins? Its members say so; a private one is asked first."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.state import Interview
from storage.unit import Unit


def with_consent(unit: Unit, interview: Interview) -> Interview:
    """The interview with what holds in its channel; nothing of a private channel leaves before a member allows it."""
    said = unit.consents.of(interview.workspace, interview.channel)
    if said is None:
        return replace(interview, claude="ask" if interview.private else "on")
    allowed, by = said
    return replace(interview, claude="on" if allowed else "off", claude_by=by)
