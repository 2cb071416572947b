"""Where does a text tell what somebody did, or left undone, as a fault?"""

from __future__ import annotations

from bot.patterns import exact_pattern, pattern
from bot.wording.people import ADVERBS, DEPARTMENT, NAME, SOMEBODY, is_name
from bot.wording.persons.guards import (
    deed_of_a_name,
    deed_of_anybody,
    left_undone,
    named,
    not_as_planned,
    plainly_harmful,
    says_something,
)
from bot.wording.persons.manner import (
    ANY_DEED,
    BLINDLY,
    DECIDED,
    DESTROYED,
    HARMFUL,
    PEOPLES_DEED,
    UNASKED,
    UNAWARE,
)
from bot.wording.persons.verbs import (
    ACCIDENT,
    CHANGE,
    DAMAGE,
    DEED,
    DID,
    FAILING,
    FAULT_NOUN,
    NOT_DONE,
    PREDICATE,
    SECOND_DEED,
)
from bot.wording.rule import Rule

NOBODY = (
    r"\bno(?:body|[ -]one)(?: [^\s.;!?]+){0,5}? (?:even )?(?:bothered|cared)\b|\bwe(?: all| just| simply)? (?:forgot"
    r"|ignored|neglected|messed (?:it |this )?up|screwed (?:it |this )?up|dropped the ball)\b"
)
RULES = (
    Rule("somebody failed", pattern(rf"{SOMEBODY}{ADVERBS} {PREDICATE}"), says_something),
    Rule("somebody failed to", pattern(rf"{SOMEBODY}{ADVERBS} (?:failed|fails|neglected|omitted) to \w+")),
    Rule("somebody did, and failed", pattern(rf"{SOMEBODY}{ADVERBS} {SECOND_DEED}"), says_something),
    Rule(
        "somebody did it blindly",
        pattern(rf"{SOMEBODY}{ADVERBS} {ANY_DEED} {BLINDLY}"),
        deed_of_anybody,
    ),
    Rule(
        "somebody by name did it blindly",
        exact_pattern(rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?i:{ADVERBS} {ANY_DEED} {BLINDLY})"),
        lambda found, text: is_name(found) and deed_of_anybody(found, text),
    ),
    Rule(
        "somebody by name, in small letters, did it blindly",
        pattern(
            r"(?:^|[.,;:!?\n] ?|\b(?:because|since|that|and|when|as|then) )(?P<name>[\pL]{2,15})"
            rf"{ADVERBS} {PEOPLES_DEED}(?: [^\s.;!?]+){{0,5}}? {UNAWARE}"
        ),
        named,
    ),
    Rule(
        "somebody by name, in small letters, asked nobody",
        pattern(
            r"(?:^|[.,;:!?\n] ?|\b(?:because|since|that|and|when|as|then) )(?P<name>[\pL]{2,15})"
            rf"{ADVERBS} {ANY_DEED} {UNASKED}"
        ),
        lambda found, text: is_name(found) and deed_of_anybody(found, text),
    ),
    Rule("somebody decided it", pattern(rf"(?:<@[^<>]+>|@[\w.-]+|\b(?:he|she|someone|somebody)){ADVERBS} {DECIDED}")),
    Rule(
        "somebody by name decided it",
        pattern(
            r"(?:^|[.,;:!?\n] ?|\b(?:because|since|that|and|when|as|then) )(?P<name>[\pL]{2,15})"
            rf"(?: [\pL]{{2,15}})?{ADVERBS} {DECIDED}"
        ),
        named,
    ),
    Rule(
        "somebody by name slept",
        pattern(
            r"(?:^|[.,;:!?\n] ?|\b(?:because|since|that|and|when|as|then) )(?P<name>[\pL]{2,15}) (?:was|were"
            r"|'s)(?: still| fast| sound| simply| just)? asleep (?:and|but|so)(?: he| she)? (?:didn't|did not|never)"
            r" (?:hear|heard|wake|woke)\b"
        ),
        named,
    ),
    Rule(
        "somebody let it pass unseen",
        pattern(
            rf"{SOMEBODY}{ADVERBS} (?:approved|signed off(?: on)?|merged|shipped|released|deployed|accepted)"
            r"(?: [^\s.;!?]+){1,4}? (?:(?:that|which) )?(?:nobody|no one|none of (?:us|them)) had\b"
        ),
    ),
    Rule("somebody destroyed it", pattern(rf"{SOMEBODY}{ADVERBS} {DESTROYED}"), not_as_planned),
    Rule(
        "somebody by name destroyed it",
        exact_pattern(rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?i:{ADVERBS} {DESTROYED})"),
        lambda found, text: is_name(found) and not_as_planned(found, text),
    ),
    Rule("somebody did harm", pattern(rf"{SOMEBODY}{ADVERBS} {HARMFUL}"), plainly_harmful),
    Rule(
        "somebody by name did harm",
        exact_pattern(rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?i:{ADVERBS} {HARMFUL})"),
        lambda found, text: is_name(found) and plainly_harmful(found, text),
    ),
    Rule("the one who", pattern(rf"\bthe ones? (?:who|that) (?:{DID}|{DAMAGE}|{FAILING})")),
    Rule(
        "somebody did not",
        pattern(rf"{SOMEBODY}{ADVERBS} {NOT_DONE} (?P<deed>\w+)"),
        left_undone,
    ),
    Rule(
        "somebody by name did not",
        exact_pattern(rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?i:{ADVERBS} {NOT_DONE} (?P<deed>\w+))"),
        lambda found, text: deed_of_a_name(found, text) and says_something(found, text),
    ),
    Rule(
        "a department failed",
        pattern(
            rf"\b{DEPARTMENT} (?:{FAILING}|(?:didn't|did not|never) (?:tell|told|inform|informed|ask|asked|bother"
            r"|warn|listen|communicate|announce|answer|call|called|respond|responded|reply|replied|react|check"
            r"|checked|escalate|escalated|follow|followed|test|tested|notify|notified|pass(?:ed)? (?:on|it|the|this"
            r"|that)|forward\w*|raise\w*|take|took|do|tell|look\w*|read)|sat |told nobody"
            r"|[^.;!?]{1,60}? and told (?:nobody|no one|none)|[^.;!?]{1,60}? without (?:telling|asking"
            r"|informing|warning|a word|checking))"
        ),
        says_something,
    ),
    Rule(
        "a department did it badly",
        pattern(rf"\b(?:customer (?:success|care|service)|support|product|security|operations|infra) {DEED}"),
        says_something,
    ),
    Rule("nobody cared", pattern(NOBODY)),
    Rule(
        "somebody by name failed",
        exact_pattern(
            rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?: and \p{{Lu}}\p{{Ll}}+)?(?i:{ADVERBS} (?:{PREDICATE}|{SECOND_DEED}"
            rf"|{ACCIDENT})|'s? (?:own )?{FAULT_NOUN}\b|'s? {CHANGE} (?:{DAMAGE}|deleted|wiped|overwrote|truncated"
            rf"|dropped|killed|crashed|flooded)|(?: \w+){{1,2}}'s {FAULT_NOUN})"
        ),
        named,
    ),
    Rule(
        "somebody by name, in small letters",
        pattern(
            r"(?:^|[.,;:!?\n] ?|\b(?:because|since|that|and) )(?P<name>[\pL]{2,15})(?: just| also"
            r"| simply)? (?:forgot (?:to|the|that|about)|mistyped|misread|overlooked|fat-?fingered|(?:messed"
            r"|screwed) (?:it |this |that )?up|didn't bother|did not bother|slept through|neglected to)\b"
        ),
        named,
    ),
)
