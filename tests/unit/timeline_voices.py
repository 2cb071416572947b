"""How well the timeline is read in voices that no rule was written for: what was expected beside what was told.

`python -m tests.unit.timeline_voices FILE …` prints each miss and the counts.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.actions.find import Spoken, find_items
from bot.actions.values import Person, Words
from bot.timeline.record import read_record
from bot.timeline.values import MILESTONES
from tests.unit.timeline_chat import chat, clock

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was judged: `sort` is milestone, kind, belongs (a line that is to be shown), apart (one that is
    not), item, warning or talk; a milestone may be right, or not."""

    case: str
    sort: str
    name: str
    expected: str
    got: str
    right: bool

    @property
    def asserted(self) -> bool:
        """Whether something was told that is wrong, which is worse than to miss it."""
        return not self.right and self.got not in ("", "none")


def cases_in(name: str) -> list[tuple[str, dict[str, Any]]]:
    """The cases of a file, each with its sort."""
    found = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    return [(sort, case) for sort in ("incident", "talk") for case in found.get(sort, [])]


def judged(sort: str, case: dict[str, Any]) -> Iterator[Told]:
    """Everything that can be compared in one case."""
    lines = [line.strip() for line in case["chat"].splitlines() if line.strip()]
    messages = chat("\n".join(re.sub(r"\s*##.*", "", line) for line in lines))
    record = read_record(messages, zone=case.get("zone", "UTC"), zones=case.get("zones", {}))
    title = case["name"]
    found = {kind.value: clock(stated) or "" for kind, stated in record.facts.milestones().items()}
    spoken = (Spoken(m.text, m.at, m.user) for m in messages if m.bot is None)
    people = {m.user.lower(): m.user for m in messages if m.user}
    drafts = find_items(spoken, zone=case.get("zone", "UTC"), people=people)
    if sort == "talk":
        yield Told(title, "talk", "milestones", "none", ", ".join(found) or "none", not found)
        wanted = case.get("items", 0)
        said = "; ".join(d.text for d in drafts) or "none"
        yield Told(title, "talk", "items", str(wanted), said, len(drafts) == wanted)
        return
    for kind in MILESTONES:
        wanted = case["milestones"].get(kind.value, "?").split("|")
        got = found.get(kind.value, "")
        if "?" not in wanted:
            yield Told(title, "milestone", kind.value, " or ".join(wanted), got, got in wanted)
    shown = {e.source_ts: e for e in record.entries if e.source_ts} | {e.key: e for e in record.entries}
    marked = {stated.source_ts for stated in record.facts.milestones().values()}
    for line, message in zip(lines, messages, strict=True):
        if "##" not in line:
            continue
        kinds = line.partition("##")[2].strip().split("|")
        told = shown.get(message.ts)
        got = told.kind.value if told is not None else "none"
        there = told is not None or message.ts in marked
        if "none" not in kinds:
            yield Told(title, "belongs", message.text[:70], "shown", "shown" if there else "", there)
        elif kinds == ["none"]:
            yield Told(title, "apart", message.text[:70], "none", "shown" if there else "none", not there)
        if message.ts in marked:
            continue
        yield Told(title, "kind", message.text[:70], " or ".join(kinds), got, got in kinds)
    yield from _items(title, case.get("items", []), drafts)
    warnings, wanted = len(record.contradictions), case.get("warnings", 0)
    told_of = "; ".join(each.text for each in record.contradictions)
    yield Told(title, "warning", f"{wanted} expected", str(wanted), told_of or "none", warnings == wanted)


def _items(title: str, wanted: list[list[str]], drafts: tuple[Any, ...]) -> Iterator[Told]:
    left = list(drafts)
    for words, owner, due, priority in wanted:
        draft = next((d for d in left if words.lower() in d.text.lower()), None)
        if draft is None:
            yield Told(title, "item", words, "found", "none", False)
            continue
        left.remove(draft)
        match draft.owner:
            case Person(user_id):
                who = user_id
            case Words(text):
                who = text
            case _:
                who = ""
        got = (who.lower(), draft.due.date.isoformat() if draft.due else "", draft.priority or "")
        expected = (owner.lower(), due, priority)
        right = all(said in wanted.split("|") for said, wanted in zip(got, expected, strict=True))
        yield Told(title, "item", words, str(expected), str(got), right)
    for draft in left:
        yield Told(title, "item", "none", "none", draft.text, False)


def all_of(name: str) -> list[Told]:
    """Everything that was judged in a file."""
    return [told for sort, case in cases_in(name) for told in judged(sort, case)]


def counts(found: list[Told]) -> dict[str, tuple[int, int, int]]:
    """By sort: how many are right, asserted wrongly, and there are."""
    right, wrong, there = Counter[str](), Counter[str](), Counter[str]()
    for each in found:
        there[each.sort] += 1
        right[each.sort] += each.right
        wrong[each.sort] += each.asserted
    return {sort: (right[sort], wrong[sort], there[sort]) for sort in there}


def _print(name: str) -> None:
    found = all_of(name)
    for each in found:
        if not each.right:
            what = f"{each.case[:34]:34} {each.sort:9} {each.name[:60]:60}"
            sys.stdout.write(f"{what} {each.expected} ≠ {each.got[:90]}\n")
    for sort, (right, wrong, there) in counts(found).items():
        sys.stdout.write(f"{name}: {sort}: {right} of {there} right, {wrong} told wrongly\n")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        _print(argument)
