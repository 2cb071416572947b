"""Whose names does a text of an interview need? Everybody who spoke, acted, owns something or is mentioned in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.actions.item import Item
from bot.actions.values import Person
from bot.interview.state import Interview
from bot.wording.people import first_names
from storage.entries import Kept
from storage.unit import Unit

#: Slack's ids of people.
USER = re.compile(r"<@([UW][A-Z0-9]{2,})")


def users_of(text: str) -> tuple[str, ...]:
    """The ids of the people whom a text mentions, each once."""
    return tuple(dict.fromkeys(USER.findall(text)))


def mentioned(item: Item) -> tuple[str, ...]:
    """The ids of the people whom the words of an action mention, each once."""
    return users_of("\n".join((item.text, item.measure or "", item.reason)))


def users_in(interview: Interview, entries: Iterable[Kept] = (), items: Iterable[Item] = ()) -> frozenset[str]:
    """The ids of everybody who spoke, acted, owns something or is mentioned."""
    users = {interview.facilitator, interview.started_by, interview.paused_by or "", interview.window_by or ""}
    users |= {s.user for s in interview.said} | {p.user for p in interview.participants}
    users |= {a.by for a in interview.accepted} | {f.by for f in interview.fields}
    users |= {s.by for s in interview.shares} | {a.by for a in interview.approvals}
    users |= {interview.follow_up.by or "", interview.follow_up.held_by or ""}
    users |= {e.by for e in interview.edits} | {u for m in interview.mentions for u in m.users}
    texts = [s.text for s in interview.said] + [a.text for a in interview.asked] + [interview.title]
    texts += [e.text for e in interview.edits] + [f.text for f in interview.fields]
    for fact in interview.facts:
        texts.append(fact.text)
        if fact.quote is not None:
            users.add(fact.quote.user or "")
            texts.append(fact.quote.text)
    for asked in interview.asked:
        if asked.quote is not None:
            users.add(asked.quote.user or "")
            texts.append(asked.quote.text)
    for kept in entries:
        users.update((kept.entry.actor or "", kept.added_by or "", kept.changed_by or ""))
        texts.append(kept.entry.text)
    for item in items:
        users.update(mentioned(item))
        if isinstance(item.owner, Person):
            users.add(item.owner.user_id)
        users.update((item.sponsor or "", item.closed_by or ""))
    users.update(USER.findall("\n".join(texts)))
    return frozenset(users - {""})


def known_names(unit: Unit, interview: Interview) -> dict[str, str]:
    """What people of the interview, of its record and of its channels are called, in small letters, with their ids.

    A first name is there too, unless two people share it or it is an everyday word.
    """
    users = users_in(interview) | unit.record.authors(interview.workspace, interview.record_channel)
    for channel in {interview.channel, interview.record_channel}:
        users |= unit.people.members(interview.workspace, channel)
    names = unit.people.names(interview.workspace, users)
    called = {user: first_names([name.split(" ")[0]]) for user, name in names.items()}
    shared = Counter(first for firsts in called.values() for first in firsts)
    found = {first: user for user, firsts in called.items() for first in firsts if shared[first] == 1}
    return found | {name.lower(): user for user, name in names.items()}
