"""What is told to somebody who only looks? Status, actions and the app's home, from a read of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.actions.item import Item
from bot.actions.values import Person
from bot.clock import Clock
from bot.interview.plan import Limits
from bot.interview.state import Stage, Workspace
from bot.interview.timers import quiet_until, stalled_until
from bot.nudging import JUDGED_WITHIN
from bot.past.trends import trends
from bot.scripts.shelf import script_of
from bot.showing import Showing
from bot.slack import past_blocks
from bot.slack.elements import Look, Message, day_and_time, due_day, moment, owner, section
from bot.slack.home import home
from bot.slack.inert import MESSAGE, SECTION, cut, pieces
from bot.slack.nudge_blocks import without_day
from bot.understanding.people_named import mentioned
from storage.database import Database
from storage.past import Recent, Sight
from storage.postmortems import Brief

#: A membership that was seen this recently is enough to show that something runs; leaving a channel ends it at once.
SEEN_WITHIN = timedelta(days=30)
#: So many past incidents are summed up, beside as many before them.
TRENDS_OVER = 25
#: Open actions that a list shows one by one.
LISTED = 40


@dataclass
class Listing:
    """Answers to questions that change nothing."""

    database: Database
    showing: Showing
    clock: Clock
    limits: Limits

    def status(self, postmortem: int) -> Message:
        """Where a postmortem is, and what happens next by itself."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
            nudged = unit.nudges.last()
        script = script_of(source)
        current = interview.current
        _, topic, topics = script.topic(current.topic, current.question) if current is not None else (None, 0, 0)
        link = self.showing.room.permalink(interview.channel, interview.thread_ts) if interview.thread_ts else ""
        next_at = quiet_until(interview, self.limits)
        reminder = stalled_until(interview)
        text = self.showing.say(
            "status",
            interview=interview,
            link=link,
            topic=topic,
            topics=topics,
            since=day_and_time(current.opened_at) if current is not None else "",
            next_at=moment(next_at) if next_at is not None else "",
            reminder=day_and_time(reminder) if reminder is not None else "",
            facilitator=self.showing.name(interview.workspace, interview.facilitator),
            nudged=day_and_time(nudged) if nudged is not None else "",
        )
        return Message(text, [section(text)])

    def several(self, running: Sequence[Brief]) -> Message:
        """Which postmortems a command could mean, and how to say which."""
        lines = []
        for brief in running[:LISTED]:
            link = self.showing.room.permalink(brief.channel, brief.thread_ts) if brief.thread_ts else ""
            lines.append((brief.number, link, brief.title))
        text = self.showing.say("several", running=lines)
        return Message(text, [section(text)])

    def actions(self, workspace: Workspace, channel: str) -> Message:
        """The open actions of a channel's postmortems."""
        with self.database.reading() as unit:
            found = [
                item
                for brief in unit.postmortems.of_channel(workspace, channel)
                if brief.stage is not Stage.CANCELLED
                for item in unit.items.all(brief.id)
                if item.status == "open"
            ]
        return self._listed(workspace, found, "channel")

    def own_actions(self, workspace: Workspace, user: str) -> Message:
        """The open actions of one person, of whichever channel."""
        with self.database.reading() as unit:
            found = unit.items.owned(workspace, user)
        return self._listed(workspace, found, "own")

    def _listed(self, workspace: Workspace, found: Sequence[Item], whose: str) -> Message:
        users = {i.owner.user_id for i in found if isinstance(i.owner, Person)}
        users |= {user for item in found for user in mentioned(item)}
        with self.database.reading() as unit:
            names = unit.people.names(workspace, users)
        look = Look(self.showing.say, names, lambda ts: "")
        lines = [_line(item, look) for item in found[:LISTED]]
        text = self.showing.say("actions", whose=whose, lines=lines, more=len(found) - len(lines))
        return Message(cut(text, SECTION), [section(piece) for piece in pieces(cut(text, MESSAGE), SECTION)])

    def home(self, workspace: Workspace, user: str) -> dict[str, object]:
        """The app's home of one person: only what runs in channels where the person was seen, and the person's own."""
        now = self.clock.now()
        with self.database.reading() as unit:
            running = [
                brief
                for brief in unit.postmortems.running(workspace)
                if unit.people.is_member(workspace, brief.channel, user, now - SEEN_WITHIN)
            ]
            own = [i for i in unit.items.open(workspace) if isinstance(i.owner, Person) and i.owner.user_id == user]
            done = [
                i
                for i in (
                    *unit.items.to_judge(workspace, now - JUDGED_WITHIN),
                    *unit.items.given_up(workspace, now - JUDGED_WITHIN),
                )
                if isinstance(i.owner, Person) and i.owner.user_id == user
            ]
            names = unit.people.names(workspace, {user})
            sight = Sight(user=user, seen_since=now - SEEN_WITHIN)
            recent = unit.past.recent(workspace, sight, 2 * TRENDS_OVER)
        room = self.showing.room

        def permalink(place: str) -> str:
            channel, _, ts = place.partition("/")
            return room.permalink(channel, ts)

        look = Look(self.showing.say, names, permalink)
        past = past_blocks.home(
            self.showing.say,
            [self._past(each) for each in recent[:TRENDS_OVER]],
            trends([each.course for each in recent], TRENDS_OVER),
            now.date(),
        )
        return home(running, self.showing.nudged(own), now.date(), look, self.showing.nudged(done), past)

    def _past(self, each: Recent) -> past_blocks.Past:
        link = self.showing.room.permalink(each.channel, each.thread_ts) if each.thread_ts else ""
        found = past_blocks.Found(each.course.number, each.title, link, each.written_at.date(), (), len(each.open))
        return past_blocks.Past(found, each.course.severity, each.open)


def _line(item: Item, look: Look) -> str:
    due = due_day(item) or without_day(item, look)
    return f"*{item.number}* {look.words(cut(item.text, 140))} · {owner(item.owner, look)} · {due}"
