"""How near to the truth does the reading of a case come? Counted per milestone, warning, line and action item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.cases import Case, reading
from bot.evals.outcomes import Outcome, Verdict, about, source_of
from bot.evals.talk import TOLERANCES, is_talk, talk_outcomes
from bot.evals.truth import MILESTONES, Truth, is_carried, moment, truth_of
from bot.patterns import pattern
from bot.timeline.durations import spoken_length
from bot.timeline.values import RecordMessage

#: How far a status page may be missed, which tells its window to the minute; and a report, where people round.
_STATUS, _REPORT = timedelta(minutes=2), timedelta(minutes=5)
_WORD = pattern(r"[\pL\pN]{4,}")
#: The words of an address say nothing of what is to be done: two issues of one repository share most of theirs.
_LINK = pattern(r"https?://[^\s)>|]+")
#: How many of the words of an action item have to be found again.
_SAME_ITEM = 0.5
#: How many of them a message has to hold to carry the item; with fewer it speaks of the same thing, as all of them do.
_CARRIED = 0.75

Read = Callable[[Case], dict[str, Any]]


def outcomes_of(case: Case, read: Read = reading) -> Iterator[Outcome]:
    """Everything that can be compared in one case; nothing where its file holds no truth."""
    truth = truth_of(case)
    if truth is None:
        return
    told = read(case)
    yield from _milestones(case, truth, told)
    yield from _without_the_end(case, truth, read)
    yield from _lengths(case, truth, read)
    yield from _lines(case, truth, told)
    if is_talk(case):
        yield from talk_outcomes(case, truth, told)
    else:
        yield from _items(case, truth, told)


def _tolerance(case: Case, name: str) -> timedelta:
    if is_talk(case):
        return TOLERANCES[name]
    return _STATUS if about(case).get("messages_kind") == "status_updates" else _REPORT


def _milestones(case: Case, truth: Truth, told: dict[str, Any]) -> Iterator[Outcome]:
    for name in MILESTONES:
        expected, got = truth.milestones[name], moment(told[name])
        if expected is None and got is None:
            continue
        carried = expected is not None and is_carried(expected, case)
        accepted = [at for kind, at in truth.accepted if kind == name]
        others = [at for at in accepted if at is not None]
        if expected is None:
            verdict, reason = Verdict.UNCHECKED, "nobody wrote it down"
        elif got is None:
            verdict, reason = Verdict.MISSED, "told as unknown"
        elif any(abs(got - each) <= _tolerance(case, name) for each in (expected, *others)):
            verdict, reason = Verdict.RIGHT, ""
        else:
            verdict, reason = Verdict.WRONG, f"{spoken_length(abs(got - expected))} off"
        if verdict is not Verdict.RIGHT and expected is not None and not carried:
            reason += ", carried by no message"
        yield Outcome(
            source_of(case),
            name,
            case.id,
            verdict,
            _spelled(expected),
            _spelled(got) + _why(told, got),
            reason,
            carried,
        )


def _why(told: dict[str, Any], got: datetime | None) -> str:
    lines = [each for each in told["entries"] if got is not None and moment(each["at"]) == got]
    return f" “{lines[0]['text'][:70]}”" if lines else ""


def _without_the_end(case: Case, truth: Truth, read: Read) -> Iterator[Outcome]:
    """A status page's window stands in its last message: without it, neither end may be asserted exactly."""
    if about(case).get("messages_kind") != "status_updates" or not case.messages:
        return
    told = read(replace(case, messages=case.messages[:-1]))
    for name in ("start", "mitigated"):
        expected = truth.milestones[name]
        if expected is None:
            continue
        exact = told[name] is not None and told["precision"].get(name) == "exact"
        yield Outcome(
            source_of(case), f"{name}, last message removed", case.id, Verdict.WRONG if exact else Verdict.RIGHT,
            "unknown or about", f"{told[name]}{_why(told, moment(told[name]))}" if exact else "unknown or about",
            "asserted exactly" if exact else "",
        )  # fmt: skip


def _lengths(case: Case, truth: Truth, read: Read) -> Iterator[Outcome]:
    """The report states lengths beside its timeline: each is added as one more message, as people write it there.

    One that the notes call wrong has to be warned about, there. One that was counted by another clock, and the one
    that the truth itself gives, must not; nor may anything else in a case with no wrong length.
    """
    if about(case).get("messages_kind") != "report_lines":
        return
    wrong = [each for each in truth.lengths if each.wrong]
    for each in wrong:
        warnings = _warned(read, case, f"{each.what.capitalize()}: {each.length}")
        yield Outcome(
            source_of(case), "wrong length warned about", case.id, Verdict.RIGHT if warnings else Verdict.MISSED,
            f"a warning about “{each.what} {each.length}”", "; ".join(warnings) or "none", "" if warnings else "silent",
        )  # fmt: skip
    if wrong:
        return
    own = [f"{each.what.capitalize()}: {each.length}" for each in truth.lengths]
    false = [warning for line in own or [""] for warning in _warned(read, case, line, anywhere=True)]
    yield Outcome(
        source_of(case), "no warning on a clean case", case.id, Verdict.WRONG if false else Verdict.RIGHT, "none",
        "; ".join(false) or "none", "a false alarm, or a fault that the notes do not name" if false else "",
    )  # fmt: skip
    for what, name in (("Time to repair", "mitigated"), ("Time to resolve", "resolved")):
        began, ended = truth.milestones["start"] or truth.milestones["detected"], truth.milestones[name]
        if own or began is None or ended is None or ended <= began:
            continue
        false = _warned(read, case, f"{what}: {_in_hours(ended - began)}")
        yield Outcome(
            source_of(case), "right length not warned about", case.id, Verdict.WRONG if false else Verdict.RIGHT,
            "none", "; ".join(false) or "none", "a false alarm" if false else "",
        )  # fmt: skip


def _in_hours(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60}h {minutes % 60}m"


def _warned(read: Read, case: Case, line: str, *, anywhere: bool = False) -> list[str]:
    """The warnings that a case gives with `line` written at its end: about that line, or anywhere."""
    messages = case.messages
    if line and messages:
        last = max(int(each.ts.partition(".")[0]) for each in messages)
        messages = (*messages, RecordMessage(f"{last + 600}.000000", "reporter", line))
    told = read(replace(case, messages=messages))
    return [each["text"] for each in told["warnings"] if anywhere or each["message_index"] == len(case.messages)]


def _lines(case: Case, truth: Truth, told: dict[str, Any]) -> Iterator[Outcome]:
    if about(case).get("messages_kind") != "verbatim_chat":
        return
    shown = {each["message_index"] for each in told["entries"]}
    for entry in truth.timeline:
        if entry.evidence is None:
            continue
        found = entry.evidence in shown
        yield Outcome(
            source_of(case), "lines with a message behind them", case.id, Verdict.RIGHT if found else Verdict.MISSED,
            f"message {entry.evidence}: {entry.text[:70]}", "shown" if found else "not shown", "", carried=True,
        )  # fmt: skip


def _items(case: Case, truth: Truth, told: dict[str, Any]) -> Iterator[Outcome]:
    """An action item counts where a message carries it, which in reports is seldom: most stand in their own list."""
    said = [_words(each.text) for each in case.messages]
    found = [_words(each["text"]) for each in told["action_items"]]
    matched = set()
    for text in truth.action_items:
        words = _words(text)
        if not words or not any(_shared(words, each, _CARRIED) for each in said):
            continue
        places = [place for place, each in enumerate(found) if _shared(words, each)]
        matched |= set(places)
        yield Outcome(
            source_of(case), "action items", case.id, Verdict.RIGHT if places else Verdict.MISSED, text[:90],
            told["action_items"][places[0]]["text"][:90] if places else "none", "", carried=True,
        )  # fmt: skip
    for place, item in enumerate(told["action_items"]):
        if place not in matched:
            yield Outcome(
                source_of(case), "action items", case.id, Verdict.UNCHECKED, "none", item["text"][:90],
                "in no list of the report",
            )  # fmt: skip


def _shared(words: frozenset[str], others: frozenset[str], share: float = _SAME_ITEM) -> bool:
    return len(words & others) >= max(2, share * len(words))


def _words(text: str) -> frozenset[str]:
    return frozenset((each.group() or "").lower() for each in _WORD.finditer(_LINK.sub(" ", text)))


def _spelled(at: datetime | None) -> str:
    return "unknown" if at is None else f"{at:%Y-%m-%d %H:%M}Z"


def all_outcomes(cases: Iterable[Case], read: Read = reading) -> list[Outcome]:
    """The outcomes of many cases, in their order."""
    return [each for case in cases for each in outcomes_of(case, read)]
