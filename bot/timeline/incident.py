"""Is there an incident in the record at all, rather than people talking?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.patterns import pattern
from bot.timeline.forms import Form
from bot.timeline.reading import Reading
from bot.timeline.values import Kind

#: How much each sign says that a chat has an incident in it, and how much is needed.
_WEIGHTS = {
    "firing": 2.0,
    "declared": 3.0,
    "severity": 2.0,
    "notice": 3.0,
    "incident_word": 1.5,
    "report": 1.5,
    "symptom": 1.0,
    "noticed": 1.0,
    "mitigated": 1.5,
    "resolved": 1.0,
    "rolled_back": 1.5,
    "began_label": 3.0,
    "named_cause": 1.0,
    "investigating": 0.5,
    "acknowledged_by": 2.0,
    "opened_by_tool": 2.0,
    "restored": 1.0,
    "recovering": 0.5,
}
_ENOUGH = 3.0
#: What says that something is broken.
_HARM = frozenset({"symptom", "firing", "declared", "notice", "incident_word", "report", "noticed"})
#: What says that somebody treats it as an incident, or does something about it.
_TREATED = frozenset({
    "declared", "severity", "notice", "began_label", "opened_by_tool", "acknowledged_by", "resolved_by",
    "acknowledged", "investigating", "escalated", "escape", "rolled_back", "mitigated", "resolved", "named_cause",
})  # fmt: skip
_DOES = (Form.ACTS, Form.DECIDES, Form.TELLS)
#: Once a tool has raised an alarm, also who thinks about its cause.
_THOUGHT = frozenset({"guess", "confirmed", "refuted"})
#: "users report that login is broken": they would not be quoted, were nobody to look into it.
OF_USERS = pattern(r"\b(?:users?|customers?|clients?|support|merchants?|tenants?|tickets?|community)\b")


#: Who closes it by this name needs nobody else to have called it so.
_THE_INCIDENT = pattern(r"\b(?:the|this) (?:major )?incident\b|\bsev-?\s?\d\b|\bp\d\b")
#: So many messages about it make more of it than a ticket.
_SEVERAL = 3
#: A customer who asks why has a question, and need not have met anything broken.
_ASKS_WHY = pattern(r"\basks? (?:\w+ )?(?:why|how|where|whether|if|when)\b")
#: What makes a whole story, in this order: somebody takes it on, says what it is, puts it right, and closes it.
_STORY = (
    frozenset({"acknowledged", "investigating", "escalated", "declared"}),
    frozenset({"fault", "named_cause", "cause", "change", "acts", "decision", "guess", "refuted"}),
    frozenset({"restored", "rolled_back", "mitigated", "recovering"}),
    frozenset({"resolved"}),
)
_STORY_LASTS = timedelta(hours=12)
#: Who closes something by one of these names had one of these.
_CLOSES_ONE = pattern(
    r"\b(?:calling|closing|marking|declaring|call|close|resolving) (?:this |it |the |out )*(?:as )?(?:resolved"
    r"|(?:major )?incident"
    r"|sev-?\s?\d|p\d)\b"
)
_WORKED_ON = frozenset({
    "symptom", "report", "noticed", "firing", "fault", "named_cause", "severity", "declared", "guess", "refuted",
    "impact", "acknowledged", "investigating", "rolled_back", "restored",
})  # fmt: skip


#: Where people talk with each other, there is an incident from this chance on.
LIKELY = 0.5
#: Where they say less than so much, only from this one on, if no rule sees one too.
MUCH, _SURELY = 8, 0.8


def has_incident(readings: Sequence[Reading], likely: float | None, told: Reading | None, said: int = 0) -> bool:
    """Whether there is an incident in the record.

    Where people talk with each other, by how `likely` it is from all that they do; where they `said` little,
    by that and by the rules. A status page, a report and a few words are no conversation: there, something has to be
    broken, a tool or a person has to treat it as such, and the signs of it have to weigh enough; or a whole story is
    `told`, in words that no sign of harm knows.
    """
    if likely is not None and (said >= MUCH or not LIKELY <= likely < _SURELY):
        return likely >= LIKELY
    return told is not None or _weighs_enough(readings) or _tells_a_story(readings) or _closes_one(readings)


def _closes_one(readings: Sequence[Reading]) -> bool:
    """Whether somebody closes an incident that at least two people had worked on before."""
    worked: list[Reading] = []
    for each in readings:
        read = each.read
        if read.message.bot is not None or each.looks_back or read.is_chatter:
            continue
        closes = "resolved" in read.signs and not read.any("other_resolved", "undeclared", "unfinished", "question")
        if closes and _CLOSES_ONE.search(read.message.text):
            everybody = [other for other in readings if timedelta() <= each.at - other.at <= _STORY_LASTS]
            lately = [other for other in worked if each.at - other.at <= _STORY_LASTS]
            least = 1 if _THE_INCIDENT.search(read.message.text) else _SEVERAL
            if len(lately) >= least and len({read.message.user, *(other.read.message.user for other in everybody)}) > 1:
                return True
        if not _WORKED_ON.isdisjoint(read.signs):
            worked.append(each)
    return False


def _tells_a_story(readings: Sequence[Reading]) -> bool:
    """Whether at least two people take something on, say what it is, put it right and close it, one after the other."""
    place, began, people = 0, None, set[str | None]()
    for each in readings:
        read = each.read
        if read.message.bot is not None or read.is_question or read.is_chatter or each.looks_back:
            continue
        if began is not None and each.at - began > _STORY_LASTS:
            place, began, people = 0, None, set()
        people.add(read.message.user)
        signs = read.signs - {"resolved"} if read.any("other_resolved", "undeclared") else read.signs
        if not _STORY[place].isdisjoint(signs) and not read.any("unfinished", "negated"):
            began = began or each.at
            place += 1
            if place == len(_STORY):
                return len(people) > 1
    return False


def _weighs_enough(readings: Iterable[Reading]) -> bool:
    weight, broken, treated, alarmed = 0.0, False, False, False
    for reading in readings:
        read = reading.read
        if read.is_chatter or "negated" in read.signs or (read.is_question and "report" not in read.signs):
            continue
        if _ASKS_WHY.search(read.message.text):
            continue
        if "undeclared" in read.signs and "declared" in read.signs and "resolved" not in read.signs:
            continue
        broken = broken or not _HARM.isdisjoint(read.signs)
        alarmed = alarmed or (read.is_alert and "firing" in read.signs)
        done = read.signs - {"resolved"} if "other_resolved" in read.signs else read.signs
        acts = not _TREATED.isdisjoint(done) or reading.form in _DOES
        acts = acts or (alarmed and not _THOUGHT.isdisjoint(read.signs))
        treated = treated or (broken and acts) or alarmed
        treated = treated or ({"report", "symptom"} <= read.signs and OF_USERS.search(read.message.text) is not None)
        heaviest = sorted((_WEIGHTS.get(sign, 0.0) for sign in read.signs), reverse=True)[:2]
        weight += sum(value / (1 + place) for place, value in enumerate(heaviest))
        weight += 1.0 * (read.is_alert and "firing" in read.signs)
        weight += 2.0 * any(each.strength == 3 for each in reading.statements)
        weight += 1.0 * any(each.kind in (Kind.IMPACT_BEGAN, Kind.MITIGATED) for each in reading.statements)
        treated = treated or any(each.strength == 3 for each in reading.statements)
        if broken and treated and weight >= _ENOUGH:
            return True
    return False
