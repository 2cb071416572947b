"""How are past incidents listed? Pure builders: what was found in, a message out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.past.trends import Median, Trends
from bot.slack.elements import LINE, TITLE, Block, Message, Say, context, line, section
from bot.slack.inert import MESSAGE, SECTION, cut, pieces
from bot.wording.sorts import FACTOR_HEADINGS

#: Characters of each word in common, and of what was searched for, that are shown.
WORD, ASKED = 40, 80
#: Characters of where somebody was lucky, and past incidents in the home.
LUCK, RECENT = 300, 5


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a list; the words are those that are in common, as they were written in what was searched with."""

    number: str
    title: str
    link: str
    day: date
    words: Sequence[str]
    #: How many of its actions are open.
    open: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """A past incident in the home: how it is listed, how severe it was, and when its open actions are due."""

    found: Found
    severity: str
    due: Sequence[date | None]


def found(say: Say, asked: str, matches: Sequence[Found], *, unwritten: bool = False) -> Message:
    """What a search found, the most alike first; says so when that is nothing, or when none is written yet."""
    about = line(asked, {}, ASKED)
    part = "found" if matches else "unwritten" if unwritten else "none"
    text = say("past", part=part, asked=about, found=[shown(each) for each in matches])
    return Message(text, [section(text)])


def similar(say: Say, matches: Sequence[Found]) -> str:
    """The line on past incidents like this one; empty when there is none."""
    return say("past", part="similar", found=[shown(each) for each in matches]) if matches else ""


def lucky(say: Say, asked: str, found: Sequence[tuple[Found, Sequence[str]]]) -> Message:
    """The register of where people were lucky, the newest first."""
    rows = [(shown(each), [line(words, {}, LUCK) for words in luck]) for each, luck in found]
    text = say("luck", asked=line(asked, {}, ASKED), found=rows)
    return Message(cut(text, SECTION), [section(piece) for piece in pieces(cut(text, MESSAGE), SECTION)])


def home(say: Say, recent: Sequence[Past], trends: Trends, today: date) -> list[Block]:
    """Past incidents in the home of one person: the latest ones, and what they say together."""
    if not recent:
        return [context(say("past_home", part="none"))]
    due = [each for past in recent for each in past.due]
    open_actions = {"all": len(due), "late": sum(each is not None and each < today for each in due)}
    rows = [{**shown(past.found), "severity": line(past.severity, {}, WORD)} for past in recent[:RECENT]]
    blocks = [section(say("past_home", part="recent", recent=rows, more=len(recent) - len(rows)))]
    groups = [(line(group.name, {}, WORD), group.incidents, _spelled(group.medians)) for group in trends.groups]
    told = say(
        "past_home",
        part="trends",
        incidents=trends.incidents,
        groups=[(name, count, medians) for name, count, medians in groups if medians],
        before=_spelled(trends.before),
        sorts=[(FACTOR_HEADINGS.get(name, name).lower(), count) for name, count in trends.sorts],
        services=[(line(name, {}, WORD), count) for name, count in trends.services],
        open=open_actions,
    )
    brackets = any(group.medians for group in trends.groups)
    return [*blocks, section(told), context(say("past_home", part="how", brackets=brackets))]


def _spelled(medians: Sequence[Median]) -> list[tuple[str, str, int]]:
    return [(each.name, _length(each.length), each.incidents) for each in medians]


def _length(span: timedelta) -> str:
    """A median, in the two largest units: 2 h 35 min, 45 min, 3 d 2 h."""
    minutes = round(span.total_seconds() / 60)
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {left} min" if left else f"{hours} h"
    return f"{left} min" if minutes else "less than a minute"


def shown(match: Found) -> Mapping[str, object]:
    """The values of a match for a template, escaped."""
    return {
        "number": match.number,
        "title": line(match.title, {}, TITLE),
        "link": match.link,
        "day": f"{match.day.day} {match.day:%b %Y}",
        "words": line(", ".join(line(word, {}, WORD) for word in match.words), {}, LINE),
        "open": match.open,
    }
