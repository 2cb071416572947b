"""Does an answer say only that it was said already: "see above", "I just said 12:31"?"""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.beside import without_talk

SAID_BEFORE = "said_before"
_BEFORE = r"(?:above|before|earlier|already|further up|up there)"
_CLOCK = r"\d{1,2}[:h.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?(?:utc|gmt|[a-z]{1,3}t)\b)?"
_SAID_BEFORE = pattern(
    r"\W*(?:(?:yes|yep|no|nope|again|but|hey|well)\W+)*"
    rf"(?:(?:please |pls )?(?:see|read|look|scroll)(?: up)? {_BEFORE}|(?:(?:the )?same )?(?:as|like|what) {_BEFORE}"
    rf"|ditto|(?:(?:see|same as|as|like|what) )?(?:i|we|he|she|they)(?:'?ve| have| had)?(?: (?:just|already|literally"
    r"|only))* (?:said|wrote|written|told you|answered|mentioned)(?: (?:that|this|it|so|you))?"
    rf"(?: {_BEFORE}| just now)?"
    r"|i(?:'?ve| have)?(?: (?:just|already))+ (?:told|listed|typed|named|wrote|written|said|answered|mentioned)"
    r"(?: (?:it|them|that|this|those|these|so|you|all|above))*"
    rf"|told you(?: so)?(?: {_BEFORE})?|already (?:said|told you|answered|wrote|written)(?: (?:that|this|it))?"
    r"|asked and answered)"
    rf"(?:[\s,:–-]+(?:it was |at )?{_CLOCK})?\W*"
)
#: Longer texts say something.
_LONGEST = 80


def says_again(text: str) -> frozenset[str]:
    """`SAID_BEFORE` or nothing."""
    flat = plain(without_talk(text)).strip()
    found = len(flat) <= _LONGEST and _SAID_BEFORE.fullmatch(flat) is not None
    return frozenset({SAID_BEFORE}) if found else frozenset()
