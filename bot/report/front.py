"""What does a reader see first, who was not there?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.interview.quoting import gist, shorten, what_was_found
from bot.interview.state import Interview, Stage
from bot.patterns import pattern, plain
from bot.report.checks.after import ROLES
from bot.report.desk import IMPACT, Desk
from bot.report.facts import number_word
from bot.report.people import People
from bot.report.silence import ABSENT
from bot.report.times import day, stamp
from bot.report.values import Cell, Moment, Paragraph, SectionText, State, Table, Voice
from bot.wording.amounts import AMOUNT
from bot.wording.counts import bare_count
from bot.wording.fields import fields

#: How many characters of the impact stand among the facts at a glance. More of it ends with a sentence and the sign
#: that something is left out; the whole stands in its section.
LONGEST_IMPACT = 400
#: The row of the impact among the facts at a glance.
IMPACT_ROW = "Impact"
_EXTENT = frozenset({"impact.users", "impact.requests"})
_AMOUNT = pattern(AMOUNT)
_AGAINST = pattern(
    r"^\W*(?:no|not|wrong|false|actually|only|instead|rather|correction)\b|\b(?:wrong|incorrect|not (?:true|right)"
    r"|(?:isn't|wasn't) (?:true|right|so))\b"
)


def glance(
    desk: Desk, sections: Sequence[SectionText], moments: Mapping[str, Moment | None], spans: Mapping[str, str]
) -> Table:
    first = next((m for name in ("began", "detected", "declared") if (m := moments[name]) is not None), None)
    if first is None and desk.script.nearly:
        # Nothing began where it only nearly happened: the record itself says on which day that was.
        event = next((each for each in desk.events if each.at is not None), None)
        first = Moment(event.at, source=next(iter(event.what.sources), None)) if event and event.at else None
    unknown = Cell(ABSENT[State.UNKNOWN], voice=Voice.ABSENT)
    rows = [
        (Cell("Date"), Cell(day(first.at), (first.source,) if first.source else ()) if first else unknown),
        (Cell("Duration"), Cell(spans["duration"]) if spans["duration"] else unknown),
        (Cell("Detected after"), Cell(spans["detected_after"]) if spans["detected_after"] else unknown),
        (Cell("Severity"), Cell(text) if (text := desk.severity()) else unknown),
    ]
    if services := desk.fact_text("services"):
        rows.append((Cell("Services"), Cell(services)))
    rows.append((Cell(IMPACT_ROW), _impact(desk, sections) or unknown))
    if desk.script.nearly:
        rows = [row for row in rows if row[1] is not unknown]
    return Table("At a glance", ("Fact", "Value"), tuple(rows))


def _impact(desk: Desk, sections: Sequence[SectionText]) -> Cell | None:
    section = next((s for s in sections if s.id == IMPACT), None)
    said = _extent(section) if section is not None else ()
    if said:
        # What contradicts says nothing without what it is said against.
        text = _brief(said[0].text)
        if len(said) > 1:
            text = f"“{_brief(said[1].text)}”, but: “{text}”"
        sources = tuple(source for each in reversed(said) for source in each.sources)
        return Cell(text, sources, voice=said[0].voice)
    fact = desk.interview.fact("impact")
    if fact is None or not fact.text.strip():
        return None
    words = fact.quote.text if fact.quote is not None and fact.quote.text.strip() else fact.text
    return Cell(_brief(desk.people.spoken(words)), desk.quoted(fact.quote), voice=Voice.WORDS)


def _brief(text: str) -> str:
    """The words on one line: whole, or whole sentences and the sign that there are more."""
    line, kept = what_was_found(gist(text)), shorten(text, LONGEST_IMPACT)
    return line if len(line) <= LONGEST_IMPACT else kept if kept.endswith("…") else f"{kept}. …"


def _extent(section: SectionText) -> tuple[Paragraph, ...]:
    """What tells how many it hit, or how much failed, before what was added to it; else the first words.

    An edit stands as it is. What contradicts stands with what it is said against, where the section shows that: the
    count may be what it says is wrong.
    """
    first = _first_words(section)
    if first is None or first.voice is Voice.EDIT:
        return (first,) if first is not None else ()
    said = [b for b in section.blocks if isinstance(b, Paragraph) and b.voice is Voice.WORDS]
    if _AGAINST.search(plain(first.text)) is not None or bare_count(first.text) is not None:
        return (first, *[each for each in said[1:] if each.note][:1])
    counted = (e for e in said if any(_AMOUNT.search(plain(words)) for _, words in fields(e.text, _EXTENT)))
    return (next(counted, first),)


def sentence(desk: Desk, sections: Sequence[SectionText]) -> str:
    made = {s.id for s in desk.script.sections if s.made_of == "summary"}
    for section in sections:
        if section.id in made and (said := _first_words(section)) is not None:
            return said.text
    return ""


def _first_words(section: SectionText) -> Paragraph | None:
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.voice in (Voice.WORDS, Voice.EDIT):
            return block
    return None


def status(interview: Interview, now: datetime) -> str:
    match interview.stage:
        case Stage.WRITTEN | Stage.PUBLISHING:
            if approved := _approved(interview):
                return approved
            written = interview.written_at or now
            text = f"Written on {day(written)}"
            changed = interview.changed_at
            if changed is not None and changed > written and day(changed) != day(written):
                text += f", changed on {day(changed)}"
            return text
        case Stage.CANCELLED:
            return "Cancelled"
        case Stage.REVIEWING:
            return f"In review, as of {stamp(now)}"
        case _:
            return f"Draft of {stamp(now)}"


def _approved(interview: Interview) -> str:
    """That it is approved, once somebody has approved it in every role; empty before."""
    last = {approval.role: approval.at for approval in interview.approvals}
    return f"Approved on {day(max(last.values()))}" if all(role in last for role in ROLES) else ""


def authors(interview: Interview, known: People) -> tuple[str, ...]:
    """Everybody with words in an answer or a section, in the order in which they spoke first."""
    users = []
    for said in interview.said:
        if not said.deleted and not said.findings.chatter and said.text.strip():
            users.append(said.user)
    users += [edit.by for edit in interview.edits]
    return _named(users, known)


def reviewers(interview: Interview, known: People) -> tuple[str, ...]:
    """Those who read a section and accepted it, in the order in which they did."""
    return _named([accepted.by for accepted in interview.accepted if accepted.by], known)


def _named(users: Sequence[str], known: People) -> tuple[str, ...]:
    names = [known.names[user] for user in dict.fromkeys(users) if user in known.names]
    missing = len([user for user in dict.fromkeys(users) if user and user not in known.names])
    if missing:
        names.append(f"{number_word(missing)} more")
    return tuple(names)


def reading(interview: Interview) -> str:
    counts = interview.counts
    if not counts.messages:
        return ""
    parts = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (counts.replies, "thread reply", "thread replies"),
            (counts.alerts, "alert", "alerts"),
            (counts.edited, "edited", "edited"),
            (counts.deleted, "deleted", "deleted"),
        )
        if number
    ]
    text = f"Read from the channel: {counts.messages} {'message' if counts.messages == 1 else 'messages'}"
    if parts:
        text += f" ({', '.join(parts)})"
    if counts.first is not None and counts.last is not None:
        text += f", {stamp(counts.first)} to {stamp(counts.last)}"
    left = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (counts.files, "file", "files"),
            (counts.huddles, "huddle", "huddles"),
            (counts.unreadable, "message that could not be read", "messages that could not be read"),
        )
        if number
    ]
    return f"{text}. Not read: {', '.join(left)}." if left else f"{text}. Nothing was left out."


def warnings(interview: Interview, sections: Sequence[SectionText]) -> tuple[str, ...]:
    found = [f"“{s.heading}” was edited, and the answers have changed since." for s in sections if s.stale]
    if interview.stage is not Stage.CANCELLED and interview.timeline_by is None and interview.reading.phase == "done":
        found.append("Nobody has confirmed the timeline.")
    return tuple(found)
