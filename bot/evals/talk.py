"""How near to the truth does the reading of what people say to each other come, line by line?

Beside the milestones: whether talk without an incident is left alone, the message that tells the cause, the lines of
the truth that are shown and of which kind, how many others are shown, and what was promised.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.cases import Case
from bot.evals.outcomes import Outcome, Verdict, about, source_of
from bot.evals.truth import MILESTONES, Truth, TruthEntry
from bot.patterns import pattern

#: The `messages_kind` of such cases.
KIND = "invented_chat"
#: How far each milestone may be missed where people talk: a beginning is remembered, an end is seen by and by.
TOLERANCES = {
    "start": timedelta(minutes=6),
    "detected": timedelta(minutes=3),
    "declared": timedelta(minutes=3),
    "mitigated": timedelta(minutes=10),
    "resolved": timedelta(minutes=10),
}
_CAUSE = "cause_identified"
_WORD = pattern(r"[\pL\pN]{4,}")
#: Words are the same whose first letters are: "plugins" and "plugin".
_STEM = 5
#: An item of the reading is that of the truth which shares so many of its words.
_SAME_ITEM = 0.4


def is_talk(case: Case) -> bool:
    """Whether the messages of a case are what people say to each other."""
    return about(case).get("messages_kind") == KIND


def talk_outcomes(case: Case, truth: Truth, told: dict[str, Any]) -> Iterator[Outcome]:
    """What is compared in talk only; nothing for a case of another kind."""
    if not is_talk(case):
        return
    none = not truth.timeline and not any(truth.milestones.values())
    if none:
        yield from _left_alone(case, told)
    else:
        yield from _cause(case, truth, told)
        yield from _lines(case, truth, told)
    yield from _promises(case, truth, told)


def _left_alone(case: Case, told: dict[str, Any]) -> Iterator[Outcome]:
    asserted = [f"{name} {told[name]}" for name in MILESTONES if told[name] is not None]
    yield Outcome(
        source_of(case), "no milestone without an incident", case.id, Verdict.WRONG if asserted else Verdict.RIGHT,
        "none", "; ".join(asserted) or "none",
    )  # fmt: skip
    yield from (_beside(case, each) for each in told["entries"])


def _cause(case: Case, truth: Truth, told: dict[str, Any]) -> Iterator[Outcome]:
    """The cause is right where it was told by a message that the truth has for it."""
    expected = [each for each in truth.timeline if each.kind == _CAUSE]
    found = next((each for each in told["entries"] if each["kind"] == _CAUSE), None)
    if not expected and found is None:
        return
    places = {each.evidence for each in expected}
    if not expected:
        verdict = Verdict.UNCHECKED
    elif found is None:
        verdict = Verdict.MISSED
    else:
        verdict = Verdict.RIGHT if found["message_index"] in places else Verdict.WRONG
    yield Outcome(
        source_of(case), "cause", case.id, verdict, _spelled(expected[0]) if expected else "unknown",
        "unknown" if found is None else f"message {found['message_index']}: {found['text'][:90]}", carried=True,
    )  # fmt: skip


def _lines(case: Case, truth: Truth, told: dict[str, Any]) -> Iterator[Outcome]:
    shown: dict[int | None, set[str]] = {}
    for each in told["entries"]:
        shown.setdefault(each["message_index"], set()).add(each["kind"])
    for line in truth.timeline:
        if line.evidence is None:
            continue
        kinds = shown.get(line.evidence)
        yield Outcome(
            source_of(case), "lines shown", case.id, Verdict.MISSED if kinds is None else Verdict.RIGHT,
            _spelled(line), "not shown" if kinds is None else "shown", carried=True,
        )  # fmt: skip
        right = kinds is not None and line.kind in kinds
        yield Outcome(
            source_of(case), "kinds of lines", case.id,
            Verdict.RIGHT if right else Verdict.MISSED if kinds is None else Verdict.WRONG,
            f"{line.kind}: {_spelled(line)}", "not shown" if kinds is None else ", ".join(sorted(kinds)), carried=True,
        )  # fmt: skip
    known = {line.evidence for line in truth.timeline}
    yield from (_beside(case, each) for each in told["entries"] if each["message_index"] not in known)


def _beside(case: Case, entry: dict[str, Any]) -> Outcome:
    got = f"message {entry['message_index']}: {entry['kind']} “{entry['text'][:70]}”"
    return Outcome(source_of(case), "lines shown", case.id, Verdict.UNCHECKED, "none", got)


def _promises(case: Case, truth: Truth, told: dict[str, Any]) -> Iterator[Outcome]:
    """Each item that was found counts for one of the truth, for that of which it holds most."""
    found = [(each["text"], _stems(each["text"])) for each in told["action_items"]]
    wanted = [(each, _stems(each)) for each in truth.action_items]
    shares = sorted(
        (
            (-len(words & stems) / max(1, len(words)), place, at)
            for place, (_, words) in enumerate(wanted)
            for at, (_, stems) in enumerate(found)
        ),
    )
    matched: dict[int, int] = {}
    for share, place, at in shares:
        if -share >= _SAME_ITEM and place not in matched and at not in matched.values():
            matched[place] = at
    for place, (text, _) in enumerate(wanted):
        got = found[matched[place]][0] if place in matched else None
        yield Outcome(
            source_of(case), "promises", case.id, Verdict.MISSED if got is None else Verdict.RIGHT, text[:90],
            "none" if got is None else got[:90], carried=True,
        )  # fmt: skip
    for at, (text, _) in enumerate(found):
        if at not in matched.values():
            yield Outcome(source_of(case), "promises", case.id, Verdict.UNCHECKED, "none", text[:90])


def _stems(text: str) -> frozenset[str]:
    return frozenset((each.group() or "").lower()[:_STEM] for each in _WORD.finditer(text))


def _spelled(line: TruthEntry) -> str:
    return f"message {line.evidence}: {line.text[:90]}"
