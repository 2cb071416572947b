"""What do past incidents say to somebody who asks? Only those are told of that this person may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog

from bot.errors import SlackRefused
from bot.interview.state import Workspace
from bot.past.likeness import typed
from bot.past.terms import terms
from bot.readers import Readers
from bot.showing import Showing
from bot.slack.elements import Message
from bot.slack.past_blocks import Found, found, lucky
from bot.slack.room import Room
from storage.database import Database
from storage.past import Lucky, Match, Sight

Held = TypeVar("Held", Match, Lucky)
log = structlog.get_logger()

#: Incidents that a search shows, and those that are looked at for it: each of a private channel may cost a question.
SHOWN, LOOKED_AT = 5, 15
#: The same for where people were lucky.
LUCK_SHOWN, LUCK_LOOKED_AT = 12, 60
#: Postmortems of which the words are made in one transaction.
AT_ONCE = 20


@dataclass
class LookingBack:
    """Searches written postmortems for one person, and keeps what is searched up to date."""

    database: Database
    room: Room
    readers: Readers
    showing: Showing

    def search(self, workspace: Workspace, user: str, text: str) -> Message:
        """The past incidents that are told with these words; for a full member of the workspace."""
        with self.database.reading() as unit:
            matches = unit.past.find(workspace, typed(text), Sight(of_all=True))
        seen: list[Match] = []
        for match in self._visible(workspace, user, matches[:LOOKED_AT]):
            seen.append(match)
            if len(seen) == SHOWN:
                break
        with self.database.reading() as unit:
            still = {m.id: sum(item.status == "open" for item in unit.items.all(m.id)) for m in seen}
            # What is written may not be searchable yet: then nothing is said of all of it.
            told_of = seen or unit.past.recent(workspace, Sight(of_all=True), 1) or unit.past.owed(1)
        shown = [self.showing.past(match, still[match.id]) for match in seen]
        return found(self.showing.say, text, shown, unwritten=not told_of)

    def luck(self, workspace: Workspace, user: str, text: str) -> Message:
        """Where people were lucky in past incidents, told with these words or at all; for a full member."""
        wanted = set(terms(text))
        with self.database.reading() as unit:
            rows = unit.past.lucky(workspace, Sight(of_all=True), LUCK_LOOKED_AT)
        told = {row.id: tuple(words for words in row.luck if wanted <= set(terms(words))) for row in rows}
        shown: list[tuple[Found, Sequence[str]]] = []
        for row in self._visible(workspace, user, tuple(row for row in rows if told[row.id])):
            link = self.room.permalink(row.channel, row.thread_ts) if row.thread_ts else ""
            shown.append((Found(row.number, row.title, link, row.written_at.date(), ()), told[row.id]))
            if len(shown) == LUCK_SHOWN:
                break
        return lucky(self.showing.say, text, shown)

    def _visible(self, workspace: Workspace, user: str, matches: tuple[Held, ...]) -> Iterator[Held]:
        """Those in public channels, and those in private ones that the person is in; Slack is asked which they are."""
        may: dict[str, bool] = {}
        for match in matches:
            if match.channel not in may:
                may[match.channel] = self._may_see(workspace, user, match)
            if may[match.channel]:
                yield match

    def _may_see(self, workspace: Workspace, user: str, match: Match | Lucky) -> bool:
        try:
            return self._is_open(workspace, match) or self.readers.outsider(workspace, match.channel, user, "") is None
        except SlackRefused as err:
            # The bot is no longer there, so that nobody can tell who is: nobody is shown it.
            log.info("past.not_shown", method=err.method, error=err.error)
            return False

    def _is_open(self, workspace: Workspace, match: Match | Lucky) -> bool:
        """Whether the channel is public, also now."""
        private = match.private or self.room.channel(match.channel).private
        if private and not match.private:
            # It was public when the postmortem was held there.
            with self.database.writing() as unit:
                unit.past.hide(workspace, match.channel)
        return not private

    def tend(self) -> None:
        """Makes what is searched of postmortems that an older version has written or saved."""
        with self.database.reading() as unit:
            owed = unit.past.owed(AT_ONCE)
        while owed:
            with self.database.writing() as unit:
                for postmortem in owed:
                    unit.past.keep(unit.postmortems.load(postmortem)[0])
            log.info("past.made", postmortems=len(owed))
            with self.database.reading() as unit:
                owed = unit.past.owed(AT_ONCE)
        with self.database.writing() as unit:
            unit.past.tidy()
