"""Who acted in the incident, and what did each of them do there?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from bot.dialogue.turns import Act
from bot.patterns import pattern, plain
from bot.timeline.forms import Form
from bot.timeline.milestones import Milestones
from bot.timeline.reading import Reading
from bot.timeline.values import Actor, Entry, Kind

#: Who tells of what was done longer after it need not be who did it.
_TOLD_SOON = timedelta(minutes=30)
LEAD = "incident lead"
#: Who says so of themselves: "I'm IC", "taking incident command", "I'll lead this one".
_LEADS = pattern(
    r"(?:\b(?:i'm|i am|i'll be|i will be|i'll act as|acting as|me as|taking|i take|i'll take|i've got|i have|got)"
    r" (?:the |your |an? )?(?:incident )?(?:lead\b|commander\b|command\b|(?-i:IC|IM)\b|incident manager\b)"
    r"|\bi(?:'m| am) (?:running|leading|commanding|coordinating) (?:this|it|the (?:incident|response|call))\b"
    r"|\bi(?:'ll| will| can) (?:lead|coordinate|run (?:this|the (?:incident|response|call))|command)\b)"
)
MITIGATED, SAW_IT_END = "mitigated it", "saw it end"
#: From this likelihood on, somebody mends it by a message.
_LIKELY = 0.5
#: What somebody did who gave a milestone, the most telling first.
_ROLES = (
    (Kind.CAUSE_IDENTIFIED, "found the cause", 5.0),
    (Kind.MITIGATED, MITIGATED, 4.5),
    (Kind.DECLARED, "declared it", 4.0),
)


def actors_of(readings: Sequence[Reading], milestones: Milestones, entries: Sequence[Entry]) -> tuple[Actor, ...]:
    """The people who acted, the most telling role of each, most important first."""
    if not milestones.stated:
        return ()
    stated = milestones.stated
    by_ts = {each.read.message.ts: each for each in readings}
    weights: dict[str, float] = defaultdict(float)
    first: dict[str, str] = {}
    for entry in entries:
        reading = by_ts.get(entry.source_ts or "")
        if reading is None or reading.read.message.bot is not None or reading.read.message.user is None:
            continue
        user = reading.read.message.user
        weights[user] += min(entry.score, 5.0) / 5.0
        first.setdefault(user, reading.read.message.ts)
    roles: dict[str, tuple[str, str, float]] = {}
    lead = _lead(readings, milestones)
    if lead is not None:
        leader = lead.read.message.user or ""
        roles[leader] = (LEAD, lead.read.message.ts, 4.75)
        first.setdefault(leader, lead.read.message.ts)
    for kind, role, value in _ROLES:
        source = milestones.sources.get(kind)
        who = _person(source)
        # Who tells of it long after need not be who did it.
        if source is not None and who is not None and abs(stated[kind].at - source.at) < _TOLD_SOON:
            told = role if role != MITIGATED or mends(source) else SAW_IT_END
            roles.setdefault(who, (told, source.read.message.ts, value))
    heard = milestones.sources.get(Kind.IMPACT_BEGAN) or _first_symptom(readings)
    for source in filter(None, (heard, _first_symptom(readings))):
        who = _person(source)
        if who is not None and who not in roles:
            roles[who] = ("heard it first", source.read.message.ts, 3.5)
            break
    found = [
        Actor(user, *roles.get(user, ("took part", first[user], 0.0))[:2], score=round(_score(user, roles, weights), 2))
        for user in first
    ]
    return tuple(sorted(found, key=lambda actor: (-actor.score, actor.user)))


def mends(source: Reading) -> bool:
    """Whether somebody ended it by what the message tells, and did not only see that it ended: "0 errors for 5 min"."""
    return source.form is Form.ACTS or source.does(Act.MENDS) >= _LIKELY


def _lead(readings: Iterable[Reading], milestones: Milestones) -> Reading | None:
    """Where somebody first says, at the time of the incident, that they lead it."""
    moments = [stated.at for stated in milestones.stated.values()]
    for each in readings:
        if not min(moments) - _TOLD_SOON <= each.at <= max(moments) + _TOLD_SOON:
            continue
        if _person(each) is not None and not each.read.is_question and _LEADS.search(plain(each.read.message.text)):
            return each
    return None


def _person(source: Reading | None) -> str | None:
    return source.read.message.user if source is not None and source.read.message.bot is None else None


def _score(user: str, roles: Mapping[str, tuple[str, str, float]], weights: Mapping[str, float]) -> float:
    return (roles[user][2] if user in roles else 0.0) + min(weights[user], 3.0)


def _first_symptom(readings: Iterable[Reading]) -> Reading | None:
    return next(
        (
            each
            for each in readings
            if each.read.message.bot is None and each.read.any("report", "noticed", "symptom") and not each.looks_back
        ),
        None,
    )
