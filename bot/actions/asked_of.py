"""What is one person of the channel asked to do, by name: "Pieter, please ask them for a report", "wes: the crons"?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.patterns import pattern

_NAME = r"@?(?P<name>[\p{L}][\p{L}.'-]*)"
_BEFORE = r"^\W*(?:(?:ok|okay|and|also|then|so|thanks|thank you|right|well|great|good)\b[,.]? )*"
#: "Declan will you …", "Achieng please …", "Sunil must …".
_ASKS = pattern(
    rf"{_BEFORE}{_NAME},? (?:(?:please|pls|plz|kindly)|(?:can|could|will|would) you(?: please| pls| also)*"
    r"|must|should|has to|needs to|you(?:'ll| will| should| must)) (?:please |pls |also )?(?P<what>[\p{L}][^?]*)\??\W*$"
)
#: "and write it in the log pls caio".
_ASKS_LAST = pattern(rf"{_BEFORE}(?P<what>[\p{{L}}][^?]*?),? (?:please|pls|plz),? {_NAME}\W*$")
#: What is asked for on the spot.
_NOW = pattern(
    r"^(?:also |just |quickly )*(?:restart|roll|revert|look|try|join|page|ping|confirm|drain|kill|see|stop|pause|retry"
    r"|reproduce|be|come|hop|stay|wait|keep|enable|disable|hold|have|take a|tell me|let|help|say|post)\b"
    r"|\b(?:now|asap|immediately|right away|quickly|meanwhile)\b"
)
#: Where somebody's part begins: "deshawn: ask the vendor", and, where several are told theirs, "Wes moves the crons".
_PART = pattern(rf"(?:^|[.;\n–—•*-]\s*|,\s+|:\s+)(?:and )?{_NAME}: +[\p{{L}}]")
_PART_BY_VERB = pattern(
    r"(?:^|[;\n]\s*|:\s+)(?:and )?@?(?P<name>[\p{L}][\p{L}.'-]*) (?:(?:will )?[\p{L}]{2,}[a-rt-z]s|do|write|make|take"
    r"|send|fix|add|call) [\p{L}]"
)
#: A part that is a report or what somebody is at: "rolling back now", "I saw it too", "the alert fired at 9".
_NO_TASK = pattern(
    r"^\W*(?:i|i'm|i've|i'll|yes|yep|no|ok(?:ay)?|thanks?|me too|same)\b|^\W*[\p{L}]+ing (?:the|it|them|now|back"
    r"|this|that|up|down|a)\b"
    r"|\b(?:right now|now|asap|immediately|meanwhile|at the moment)\b"
    r"|^\W*(?:the|it|they|our|all) (?:[\w-]+ ){0,2}(?:was|were|is|are|has|had|went|came|saw|[\p{L}]+ed)\b"
)
#: What somebody does who is told about: "ann says the deploy is slow".
_TOLD_OF = pattern(
    r"^(?:says|thinks|tells|sees|knows|has|wants|hopes|feels|looks|gets|seems|reports|means|likes|suspects)\b"
)


def first_names(people: Mapping[str, str]) -> dict[str, str]:
    """`people` by their whole names, and by their first ones where only one of them has it."""
    first = Counter(name.split()[0] for name in people if name.split())
    alone = {name.split()[0]: user for name, user in people.items() if name.split() and first[name.split()[0]] == 1}
    dotted = {name.partition(".")[0]: user for name, user in alone.items() if first[name.partition(".")[0]] == 0}
    return {name: user for name, user in {**dotted, **alone}.items() if len(name) > 1} | dict(people)


def asked_of(sentence: str, names: Mapping[str, str], speaker: str | None) -> tuple[str, str] | None:
    """What somebody known is asked to do, not on the spot, and who; None where nobody is."""
    for rule in (_ASKS, _ASKS_LAST):
        found = rule.match(sentence)
        user = names.get((found.group("name") or "").lower()) if found is not None else None
        if found is None or user is None or user == speaker:
            continue
        what = (found.group("what") or "").strip()
        return (what, user) if _NOW.search(what) is None and len(what.split()) > 2 else None
    return None


def parts_by_name(text: str, names: Mapping[str, str], speaker: str | None) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Each person's part of a text that tells people theirs, and where the first begins.

    "follow ups. ann: the alert. tom: the runbook". Where one of them is a report, nobody is told anything; a question
    is no part.
    """
    known = {**names, **({"i": speaker} if speaker is not None else {})}
    for rule, least in ((_PART, 1), (_PART_BY_VERB, 2)):
        found = [each for each in rule.finditer(text) if (each.group("name") or "").lower() in known]
        if len(found) < least:
            continue
        names_at = [(each.start(1), each.end(1), known[(each.group("name") or "").lower()]) for each in found]
        ends = [*(start for start, _, _ in names_at[1:]), len(text)]
        told = [
            (text[end:stop].strip(" :;,.\n•*-–—"), user) for (_, end, user), stop in zip(names_at, ends, strict=True)
        ]
        if any(_NO_TASK.search(words) is not None for words, _ in told):
            return 0, ()
        parts = tuple(
            (words.removesuffix(" and").rstrip(" ;,."), user)
            for words, user in told
            if len(words.split()) > 1 and not words.endswith("?") and _TOLD_OF.match(words) is None
        )
        return (names_at[0][0], parts) if len(parts) >= least else (0, ())
    return 0, ()
