"""What does the checklist look like to who opened it? What is weak first, each with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.report.checks.questions import Asking
from bot.report.checks.rule import Check, Mend, Standing
from bot.slack.elements import LINE, NAME, Block, Message, Say, actions, button, context, line, section
from bot.slack.forms import modal
from bot.slack.ids import Button, Callback, encode
from bot.slack.inert import MESSAGE, SECTION, cut, pieces

#: Findings of one rule that the list shows; the others are counted.
SHOWN = 6
#: Where each kind of mending is done: the button, and what stands on it.
MENDS: Mapping[Mend, tuple[Button, str]] = {
    Mend.ITEMS: (Button.ITEMS_FILL, "Fill in"),
    Mend.TIMELINE: (Button.TIMELINE_EDIT, "Timeline"),
    Mend.SECTIONS: (Button.CHANGE, "Sections"),
    Mend.SHARES: (Button.SHARES, "Shared …"),
    Mend.FOLLOW_UP: (Button.FOLLOW_UP, "Plan it"),
    Mend.APPROVALS: (Button.APPROVE, "Approve"),
}


def checklist_modal(
    postmortem: int, checks: Sequence[Check], names: Mapping[str, str], say: Say, asking: Sequence[Asking] = ()
) -> Block:
    """The list; a button opens the form that mends what it stands beside, another asks who knows."""
    blocks: list[Block] = [context(told(checks, say))]
    for check in of_standing(checks, Standing.WEAK):
        blocks.append(section(weak(check, names)))
        buttons = [
            each for each in (_mends(postmortem, check, len(blocks)), _asks(postmortem, check, asking, names)) if each
        ]
        blocks += [actions(*buttons)] if buttons else []
    unsure, held = of_standing(checks, Standing.OPEN), of_standing(checks, Standing.OK)
    early, unclear = [each for each in unsure if each.early], [each for each in unsure if not each.early]
    for rest, part in ((early, "early"), (unclear, "unclear"), (held, "held")):
        if rest:
            blocks.append(section(say("checklist", part=part)))
        for check in (each for each in rest if _to_change(each)):
            blocks.append(section(_line(check, names), _mends(postmortem, check, len(blocks))))
        lines = "\n".join(_line(check, names) for check in rest if not _to_change(check))
        blocks += [section(piece) for piece in pieces(lines, SECTION)] if lines else []
    return modal(Callback.CHECKLIST, "Checklist", blocks, {"postmortem": postmortem})


def _to_change(check: Check) -> bool:
    """Whether there is something to do about a rule that is not weak: said early, or said once more."""
    return check.verdict.early or (check.ok and check.rule.mend in (Mend.SHARES, Mend.FOLLOW_UP, Mend.APPROVALS))


def _line(check: Check, names: Mapping[str, str]) -> str:
    if check.ok:
        return f"✓ {check.title}"
    return f"*{check.title}*: {line(check.verdict.waits, names, LINE)}"


def checklist_message(postmortem: int, checks: Sequence[Check], names: Mapping[str, str], say: Say) -> Message:
    """The same where no modal can be opened: what is weak in words, and a button that opens the list."""
    head = told(checks, say)
    text = "\n\n".join([head, *(weak(check, names) for check in of_standing(checks, Standing.WEAK))])
    blocks = [section(piece) for piece in pieces(cut(text, MESSAGE - 200), SECTION)]
    opens = section(say("checklist", part="open"), button("Checklist", Button.CHECKLIST, encode(postmortem)))
    return Message(head, [*blocks, opens])


def told(checks: Sequence[Check], say: Say) -> str:
    """How many hold, are weak, are not due yet, and can't be told yet, in one sentence."""
    count = {standing: len(of_standing(checks, standing)) for standing in Standing}
    early = sum(check.early for check in checks)
    unclear = count[Standing.OPEN] - early
    held, weak = count[Standing.OK], count[Standing.WEAK]
    return say("checklist", part="head", held=held, weak=weak, early=early, unclear=unclear)


def of_standing(checks: Sequence[Check], standing: Standing) -> list[Check]:
    return [check for check in checks if check.standing is standing]


def weak(check: Check, names: Mapping[str, str]) -> str:
    """One rule that does not hold: its name, where, and what to do."""
    found = check.found[:SHOWN]
    rest = len(check.found) - len(found)
    lines = [*(f"• {line(each, names, LINE)}" for each in found), *([f"• and {rest} more"] if rest else [])]
    return "\n".join([f"*{check.title}*", *lines, f"→ {check.rule.do}"])


def _asks(postmortem: int, check: Check, asking: Sequence[Asking], names: Mapping[str, str]) -> Block | None:
    """Asks the person who knows, about the first place that nobody was asked about yet."""
    first = next((each for each in asking if each.why.partition(":")[0] == check.id), None)
    if first is None:
        return None
    who = cut(" ".join(names.get(first.to, "who knows").split()), NAME)
    return button(f"Ask {who}", f"{Button.ASK_LATER}.{check.id}", encode(postmortem, 0, first.why))


def _mends(postmortem: int, check: Check, n: int) -> Block | None:
    if check.rule.mend is None:
        return None
    action, label = MENDS[check.rule.mend]
    return button(label, f"{action}.{n}", encode(postmortem))
