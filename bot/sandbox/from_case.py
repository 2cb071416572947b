"""How does a past incident become a seed? Its messages at their own times, and those who wrote them as people."""

from __future__ import annotations

from bot.cases import Case
from bot.patterns import pattern
from bot.sandbox.workspace import Json
from bot.timeline.values import RecordMessage

CHANNEL = "C0CASE"
#: Whoever tries the bot out, where the case has nobody, or nobody else, to answer.
VISITOR: Json = {"id": "U0VISITOR", "name": "you", "real_name": "You", "title": "Was there, too"}
_NOT_IN_NAMES = pattern(r"[^a-z0-9]+")
_LONGEST = 60


def seed_of(case: Case) -> Json:
    """A seed with one channel, which holds the messages of the case; their times are kept."""
    users = _users(case)
    ids = {user["real_name"]: user["id"] for user in users}
    if len(users) < 2:
        users.append({**VISITOR, "tz": case.zone})
    channel = f"inc-{_slug(case.id) or 'case'}"
    return {
        "team": {"id": "T0CASE", "name": "A past incident", "domain": "case"},
        "guide": [
            f"#{channel} holds the messages of {case.id}, at the times when they were written.",
            "Type /postmortem start there, and answer in the thread as the people who wrote them.",
        ],
        "users": users,
        "channels": [
            {
                "id": CHANNEL,
                "name": channel,
                "members": [u["id"] for u in users],
                "creator": users[0]["id"],
                "bot": True,
            }
        ],
        "messages": {channel: _messages(case, ids)},
    }


def _users(case: Case) -> list[Json]:
    found: list[Json] = []
    names: set[str] = set()
    for user in dict.fromkeys(each.user for each in case.messages if each.user is not None):
        number = len(found) + 1
        name = _slug(user) or f"person-{number}"
        name = f"{name}-{number}" if name in names else name
        names.add(name)
        found.append({"id": f"U0CASE{number}", "name": name, "real_name": user, "tz": case.zone})
    return found


def _slug(text: str) -> str:
    return str(_NOT_IN_NAMES.sub("-", text.lower())).strip("-")[:_LONGEST].strip("-")


def _messages(case: Case, ids: dict[str, str]) -> list[Json]:
    """Every message; a reply whose thread is not in the case, or began later, stands in the channel."""
    roots = {each.ts: _message(each, ids) for each in case.messages if not _in_thread(each)}
    times = {each.ts: each.at for each in case.messages}
    found = list(roots.values())
    for each in case.messages:
        if not _in_thread(each):
            continue
        told = _message(each, ids)
        root = roots.get(each.thread_ts or "")
        if root is None or times[each.thread_ts or ""] >= each.at:
            found.append(told)
        else:
            root.setdefault("replies", []).append({**told, "broadcast": each.broadcast})
    return found


def _in_thread(message: RecordMessage) -> bool:
    return message.thread_ts is not None and message.thread_ts != message.ts


def _message(message: RecordMessage, ids: dict[str, str]) -> Json:
    told: Json = {"at": message.at.isoformat(), "text": message.text}
    if message.bot is not None:
        told["bot"] = {"name": message.bot, "id": f"B0{_slug(message.bot).replace('-', '').upper() or 'OTHER'}"}
    elif message.user is not None:
        told["user"] = ids[message.user]
    if message.subtype not in (None, "bot_message", "thread_broadcast"):
        told["subtype"] = message.subtype
    if message.edited_ts is not None:
        told["edited"] = True
    return told | {key: True for key in ("deleted", "pinned") if getattr(message, key)}
