"""How a past incident that lies in a file is read: `python -m bot read`.

A case is a JSON object with `messages`, and perhaps `incident` (its `id` and `tz`); what it calls the truth is never
looked at here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, assert_never

from bot.actions.find import Spoken, find_items
from bot.actions.values import Group, Owner, Person, Words
from bot.errors import BadCase
from bot.redaction.masking import mask
from bot.timeline.flatten import file_names, flatten
from bot.timeline.record import read_record
from bot.timeline.signs import SERVICE_SUBTYPES
from bot.timeline.values import Entry, Record, RecordMessage, Stated, moment_of
from bot.timeline.zones import known_zone


@dataclass(frozen=True, slots=True)
class Case:
    """One incident from a file: its messages, in the order of the file, and the zone of those who wrote them."""

    id: str
    zone: str
    messages: tuple[RecordMessage, ...]
    #: The clocks of single people, where the file tells them.
    zones: Mapping[str, str] = field(default_factory=dict, compare=False)
    #: The file that it came from.
    path: Path = field(default=Path(), compare=False)
    #: The object as it stood in the file, for those who compare; the reading never looks into it.
    told: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


def read_cases(path: Path) -> Iterator[Case]:
    """The cases in a `.json` file (one), a `.jsonl` file (one per line) or a folder of such files at any depth.

    Raises BadCase, with the line where there are several, for what is no case.
    """
    if path.is_dir():
        files = sorted(each for each in path.rglob("*") if each.suffix in (".json", ".jsonl") and each.is_file())
        if not files:
            raise BadCase(path, "the folder holds no .json or .jsonl file.")
        for each in files:
            yield from read_cases(each)
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadCase(path, f"the file cannot be opened as UTF-8 text ({type(fault).__name__}).") from fault
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield _case(_parsed(path, line, f"line {number}: "), path, f"line {number}: ", f"{path.stem}:{number}")
        return
    parsed = _parsed(path, text, "")
    if isinstance(parsed, list):
        for number, each in enumerate(parsed, 1):
            yield _case(each, path, f"case {number}: ", f"{path.stem}:{number}")
    else:
        yield _case(parsed, path, "", path.stem)


def reading(case: Case) -> dict[str, Any]:
    """What the messages of a case tell, ready for JSON: times are ISO with their offset, or None where unknown.

    `mitigated` is when the impact ended, `resolved` when the incident did. Secrets are masked.
    """
    messages = tuple(_masked(each) for each in case.messages)
    record = read_record(messages, zone=case.zone, zones=case.zones)
    places = {each.ts: index for index, each in reversed(list(enumerate(messages)))}
    facts, receipt = record.facts, record.receipt
    return {
        "id": case.id,
        "start": _moment(facts.began),
        "detected": _moment(facts.detected),
        "declared": _moment(facts.declared),
        "mitigated": _moment(facts.mitigated),
        "resolved": _moment(facts.resolved),
        "precision": {
            name: stated.precision.value
            for name, stated in (
                ("start", facts.began),
                ("detected", facts.detected),
                ("declared", facts.declared),
                ("mitigated", facts.mitigated),
                ("resolved", facts.resolved),
            )
            if stated is not None
        },
        "entries": [_entry(each, places) for each in record.entries],
        "action_items": _items(messages, case.zone, record.planned),
        "warnings": [
            {"text": each.text, "message_index": places.get(each.source_ts or "")} for each in record.contradictions
        ],
        "receipt": {
            "messages": receipt.messages,
            "replies": receipt.replies,
            "alerts": receipt.alerts,
            "edited": receipt.edited,
            "deleted": receipt.deleted,
            "files": receipt.files,
            "huddles": receipt.huddles,
            "service": receipt.service,
            "unreadable": receipt.unreadable,
            "first": _iso(receipt.first),
            "last": _iso(receipt.last),
        },
    }


def record_of(case: Case) -> Record:
    """What the messages of a case tell, as a postmortem would have it. Secrets are masked."""
    return read_record(tuple(_masked(each) for each in case.messages), zone=case.zone)


def lines(path: Path) -> Iterator[str]:
    """One line of JSON per case in `path`, in the order of the files."""
    for case in read_cases(path):
        yield json.dumps(reading(case), ensure_ascii=False)


def _parsed(path: Path, text: str, where: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise BadCase(path, f"{where}it is no JSON ({fault.msg}, column {fault.colno}).") from fault
    except RecursionError as fault:
        raise BadCase(path, f"{where}it is nested too deeply.") from fault


def _case(parsed: object, path: Path, where: str, fallback: str) -> Case:
    if not isinstance(parsed, Mapping):
        raise BadCase(path, f"{where}a case is an object, this is {_named(parsed)}.")
    told = parsed.get("messages")
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise BadCase(path, f"{where}the list `messages` is missing.")
    incident = parsed.get("incident")
    about: Mapping[str, object] = incident if isinstance(incident, Mapping) else parsed
    zone = about.get("tz")
    name = about.get("id")
    return Case(
        id=str(name) if isinstance(name, str | int) and not isinstance(name, bool) else fallback,
        zone=zone if isinstance(zone, str) and known_zone(zone) else "UTC",
        messages=_distinct([_message(each, path, f"{where}message {index}: ") for index, each in enumerate(told)]),
        path=path,
        told=parsed,
    )


def _distinct(messages: Sequence[RecordMessage]) -> tuple[RecordMessage, ...]:
    """The messages with the later of two that share a `ts` moved on by a microsecond: each of them is one."""
    taken: set[str] = set()
    kept = []
    for each in messages:
        ts = each.ts
        while ts in taken:
            seconds, _, micros = ts.partition(".")
            whole = int(seconds) * 1_000_000 + int((micros + "000000")[:6]) + 1
            ts = f"{whole // 1_000_000}.{whole % 1_000_000:06d}"
        taken.add(ts)
        kept.append(each if ts == each.ts else _with_ts(each, ts))
    return tuple(kept)


def _with_ts(message: RecordMessage, ts: str) -> RecordMessage:
    return replace(message, ts=ts)


def _named(value: object) -> str:
    return {type(None): "null", list: "a list", str: "a text", bool: "a truth value"}.get(type(value), "a number")


def _message(told: object, path: Path, where: str) -> RecordMessage:
    if not isinstance(told, Mapping):
        raise BadCase(path, f"{where}a message is an object, this is {_named(told)}.")
    ts = _ts(told.get("ts"))
    if ts is None:
        raise BadCase(path, f"{where}`ts` {told.get('ts')!r} is neither seconds since 1970 nor an ISO time.")
    bot, user = told.get("bot"), _text(told.get("user"))
    is_bot = bot if isinstance(bot, bool) else bool(bot or told.get("bot_id") or told.get("subtype") == "bot_message")
    name = bot if isinstance(bot, str) else _text(told.get("username")) or user or _text(told.get("bot_id")) or "bot"
    edited = told.get("edited")
    reactions = told.get("reactions")
    return RecordMessage(
        ts=ts,
        user=None if is_bot else user,
        text=flatten(told),
        bot=name if is_bot else None,
        thread_ts=_ts(told.get("thread_ts")),
        edited_ts=_ts(edited.get("ts")) if isinstance(edited, Mapping) else None,
        subtype=_text(told.get("subtype")),
        deleted=bool(told.get("deleted")),
        pinned=bool(told.get("pinned_to") or told.get("pinned")),
        reactions=tuple(
            str(each.get("name")) if isinstance(each, Mapping) else str(each)
            for each in (reactions if isinstance(reactions, list) else ())
        ),
        files=file_names(told),
        broadcast=told.get("subtype") == "thread_broadcast",
        reply_count=count if isinstance(count := told.get("reply_count"), int) else 0,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _ts(value: object) -> str | None:
    """A Slack `ts` from one, from seconds, or from an ISO time (UTC where it names no zone)."""
    if isinstance(value, bool) or value is None:
        return None
    said = str(value).strip()
    try:
        moment_of(said)
    except ValueError:
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        micros = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}" if micros >= 0 else None
    return said


def _masked(message: RecordMessage) -> RecordMessage:
    return replace(message, text=mask(message.text).text, files=tuple(mask(each).text for each in message.files))


def _moment(stated: Stated | None) -> str | None:
    return None if stated is None else _iso(stated.at)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _entry(entry: Entry, places: Mapping[str, int]) -> dict[str, Any]:
    return {
        "at": _iso(entry.at),
        "precision": entry.precision.value,
        "text": entry.text,
        "kind": entry.kind.value,
        "message_index": places.get(entry.source_ts or ""),
    }


def _items(messages: Sequence[RecordMessage], zone: str, planned: Set[str]) -> list[dict[str, Any]]:
    """What people committed themselves to, with an owner, a day and a priority only where they said so."""
    spoken = (
        Spoken(each.text, each.at, each.user, each.ts in planned)
        for each in messages
        if each.bot is None and not each.deleted and each.subtype not in SERVICE_SUBTYPES
    )
    people = {each.user.lower(): each.user for each in messages if each.user}
    return [
        {
            "text": draft.text,
            "owner": _owner(draft.owner),
            "due": draft.due.date.isoformat() if draft.due is not None else None,
            "priority": draft.priority.value if draft.priority is not None else None,
        }
        for draft in find_items(spoken, zone=zone, people=people)
    ]


def _owner(owner: Owner | None) -> str | None:
    match owner:
        case None:
            return None
        case Person(user_id):
            return user_id
        case Group(group_id):
            return group_id
        case Words(text):
            return text
        case _:
            assert_never(owner)
