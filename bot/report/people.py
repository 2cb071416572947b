"""How does the document speak of somebody? By what they did here, unless the team wants names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.interview.state import Participant
from bot.patterns import pattern
from bot.timeline.roles import LEAD

#: Somebody of whom the record shows nothing that gives them a role.
ANYONE = "a responder"
#: Roles that are told as a deed, and how one of several, or the only one, is then called.
DEEDS = ("found", "mitigated", "declared", "heard", "reported", "noticed", "joined", "rolled", "fixed", "escalated")
#: Roles that tell nothing.
NO_ROLE = ("", "took part", "responder")

_MENTION = pattern(r"(?-i:<@([UW][A-Z0-9]{1,30})(?:\|[^<>\n]{0,80})?>)")
#: Somebody who is spoken to: "@lena can you look", "@lena did anything go out?", and not "@lena is looking".
_ADDRESSED = pattern(
    r"(?m)(^[\s>]*(?-i:<@[UW][A-Z0-9]{1,30}(?:\|[^<>\n]{0,80})?>))"
    r"( +(?:(?:can|could|will|would|do|did|does|have|are|were|should|may) (?:you|we|i|any\w*|some\w*)|please|pls|what"
    r"|when|where|which|who|how|why|any|thanks|thank you|thx|fyi|let's|lets|you)\b)"
)
_USER = pattern(r"(?-i:[UW][A-Z0-9]{5,30})")


@dataclass(frozen=True, slots=True)
class People:
    """The people of one postmortem: names by user id, roles by user id, and which of the two is shown."""

    names: Mapping[str, str]
    roles: Mapping[str, str]
    by_name: bool = False

    def called(self, user: str | None) -> str:
        """How an actor or the writer of an answer is called; a tool keeps its own name."""
        if user is None:
            return "the record"
        if user not in self.names and user not in self.roles and not _USER.fullmatch(user):
            return user
        if self.by_name:
            return self.names.get(user, ANYONE)
        return self.roles.get(user, ANYONE)

    def actor(self, actor: str | None) -> str:
        """How the doer of a timeline entry is called; nobody is empty."""
        return self.called(actor) if actor else ""

    def name(self, user: str) -> str:
        """The name of somebody who owns, writes or reviews."""
        return self.names.get(user, ANYONE)

    def spoken(self, text: str) -> str:
        """The text with each stored mention written as this document speaks of people; all else is unchanged."""
        written = text if self.by_name else _ADDRESSED.sub(r"\1,\2", text)
        return _MENTION.sub(lambda found: self.called(found.group(1)), written)

    def named_in(self, text: str) -> tuple[str, ...]:
        """The names that somebody typed in `text`: whole, or a first name of three letters and more in its own case.

        One in small letters, as many are called in Slack, is found with a capital too.

        None where names are shown anyway.
        """
        if self.by_name:
            return ()
        words = set("".join(c if c.isalnum() else " " for c in text).split())
        line = " ".join(text.split()).casefold()
        found = []
        for name in sorted(set(self.names.values())):
            first, *others = name.split() or [""]
            typed = {first, first[:1].upper() + first[1:]} & words if len(first) > 2 else ()
            if typed or (others and name.casefold() in line):
                found.append(name)
        return tuple(found)


def people(participants: Sequence[Participant], names: Mapping[str, str], names_policy: str) -> People:
    """Who took part, for `names_policy` "roles" or "names"; any other policy is a ValueError."""
    if names_policy not in ("roles", "names"):
        raise ValueError(f"names_policy is roles or names, not {names_policy!r}")
    shared = Counter(p.role for p in participants)
    roles = {p.user: _role(p.role, shared[p.role] > 1) for p in participants}
    return People(names, roles, names_policy == "names")


def _role(role: str, several: bool) -> str:
    role = role.strip()
    if role in NO_ROLE:
        return ANYONE
    if role == LEAD:
        return f"one of the {role}s" if several else f"the {role}"
    if role.split()[0] in DEEDS:
        return f"one of those who {role}" if several else f"the person who {role}"
    return role
