"""Which version ran before the change, and which after? As the channel says what was deployed and what was put back.

Only what somebody said: a version is never counted down or guessed. What was put back ran before; what it was put back
from, or else what was deployed last before that, ran after. Where nothing was put back, only what was deployed until
it was noticed is taken for the change, since a later one may be the mend.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.patterns import NOT_JOINED, Found, exact_pattern, pattern, plain
from bot.timeline.forms import Form
from bot.timeline.reading import Reading
from bot.timeline.values import Quote, Versions

#: How much of a message is looked at.
_LONGEST = 600
_KIND = r"(?:prompt|model|release|version|build|revision|tag)"
_NUMBER = r"(?:v\.?\d+(?:[._-]\w+)*|\d+\.\d+(?:\.\d+)*(?:-\w+)*)"
_VERSION = rf"(?:(?:{_KIND} )?{_NUMBER}|{_KIND} #?\d+)"
#: Beside "rolled back", a bare number is a release.
_ANY = rf"(?:{_VERSION}|#?\d{{3,}})"
_BACK = (
    r"\b(?:roll(?:ed|ing|s)?[ -]?back|rollback|revert(?:ed|ing|s)?|back(?:ed|ing)? out"
    r"|(?:went|going|put|gone|is|are|we're) back)\b"
)
_OUT = (
    r"\b(?:deploy(?:ed|ing|s)?|ship(?:ped|ping)|releas(?:ed|ing)|roll(?:ed|ing)[ -]out|promot(?:ed|ing)|push(?:ed|ing)"
    r"|upgrad(?:ed|ing)|switch(?:ed|ing)|mov(?:ed|ing)|updat(?:ed|ing)|launch(?:ed|ing))\b"
)
_GAP, _TO = r"[^.\n;?]{0,40}?", r" ?(?:\bto\b|->|→|&gt;) ?(?:[\w-]+ ){0,3}?"
_BACK_FROM_TO = pattern(rf"{_BACK}{_GAP}\b({_ANY}){_TO}({_ANY})\b")
_BACK_TO = pattern(rf"{_BACK}{_GAP}{_TO}({_ANY})\b")
_BACK_FROM = pattern(rf"{_BACK}(?: (?:of|from))? (?:[\w-]+ ){{0,3}}?({_ANY})\b")
_WAS_BACK = pattern(rf"\b({_ANY})(?: (?:is|was|has been|got))? (?:rolled back|reverted|backed out)\b")
_OUT_FROM_TO = pattern(rf"{_OUT}{_GAP}\bfrom ({_VERSION}) to ({_VERSION})\b")
_OUT_NOW = pattern(rf"{_OUT}{_GAP}\b({_VERSION})\b")
_WENT_OUT = pattern(
    rf"\b({_VERSION})(?: (?:is|was|has been|just|now))* (?:deployed|live|released|shipped|rolled out|serving"
    r"|went (?:live|out))\b"
)
_ADDRESS = exact_pattern(r"https?://\S+")
_SAID = frozenset({Form.ASKS, Form.SUPPOSES, Form.PROPOSES})
_NOT = pattern(
    rf"\b(?:not|never|no|should|would|could|will|tomorrow|later|before we|if we)\b|{NOT_JOINED}\b|\b(?:can't|cant)\b"
)
#: "back to 0.4 %" is no version.
_AMOUNT = pattern(r"\d(?:[.,]\d+)* ?(?:%|(?:percent|per cent|ms|s|secs?|seconds?|min|mins|minutes?|x|[kmg]b|[qr]ps)\b)")


def versions_of(readings: Iterable[Reading], noticed: datetime | None) -> Versions:
    """What `readings`, in order of time, say of versions; `noticed` is when the incident was, where that is known."""
    out: list[Quote] = []
    early: list[Quote] = []
    before = after = None
    for each in readings:
        message = each.read.message
        text = _AMOUNT.sub(" ", _ADDRESS.sub(" ", plain(message.text[:_LONGEST])))
        if each.read.is_question or each.form in _SAID or _NOT.search(text) is not None:
            continue

        def quoted(found: Found, group: int, each: Reading = each) -> Quote:
            said = each.read.message
            return Quote((found.group(group) or "").strip(), said.ts, said.user or said.bot)

        if (found := _BACK_FROM_TO.search(text)) is not None:
            before, after = quoted(found, 2), quoted(found, 1)
        elif (found := _BACK_TO.search(text)) is not None:
            before = quoted(found, 1)
            after = next((o for o in reversed(out) if _bare(o) != _bare(before)), after)
        elif (found := _BACK_FROM.search(text) or _WAS_BACK.search(text)) is not None:
            after = quoted(found, 1)
        elif (found := _OUT_FROM_TO.search(text)) is not None:
            if before is None and after is None and noticed is not None and each.at <= noticed:
                before, after = quoted(found, 1), quoted(found, 2)
            out.append(quoted(found, 2))
        elif (found := _OUT_NOW.search(text) or _WENT_OUT.search(text)) is not None:
            out.append(quoted(found, 1))
            if noticed is not None and each.at <= noticed:
                early.append(out[-1])
    if before is None and after is None and early:
        after = early[-1]
    if before is not None and after is not None and _bare(before) == _bare(after):
        after = None
    return Versions(before, after)


def _bare(quote: Quote) -> str:
    return quote.text.lower().split(" ")[-1].lstrip("v#.")
