"""What do a question and its answer say together? "Is it back?" and "yes" tell of a recovery, neither does alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.patterns import pattern
from bot.timeline.forms import Form, form_of
from bot.timeline.signs import Read, signs_of

#: An answer stands so soon after its question, and after no more than so many other messages.
_SOON, _NEXT = timedelta(minutes=15), 3
#: A message longer than this says by itself what it has to say.
_LONGEST = 160

_YES = pattern(
    r"^\W*(?:yes|yep|yup|yeah|yea|ja|jep|s[ií]|oui|correct|right|exactly|indeed|confirmed|affirmative|it (?:is|does|did"
    r"|has)|they (?:are|do|did)|that(?:'|’)?s (?:it|right|the one)|looks like it|looks good|all good|bingo|:\+1:|👍|✅)"
    r"(?:\W|$)"
)
_DONE = pattern(
    r"^\W*(?:yes,? |ok(?:ay)?,? )?(?:it(?:'|’)?s )?(?:done|just did|did (?:it|that)|finished|complete[d]?"
    r"|already did|is done)"
    r"(?:\W|$)"
)
_THAT_IS_IT = pattern(r"\b(?:that(?:(?:'|’)?s| is) (?:it|the one)|that was it|bingo|exactly|that must be it)\b")
#: "can we close this?", "is this resolved?"
_ASKS_TO_CLOSE = pattern(
    r"\b(?:can|shall|should|may|could) (?:we|i|you) (?:\w+ ){0,2}(?:clos|resolv|call (?:it|this)|stand down|end)\w*"
    r"|\b(?:is|are) (?:it|this|we|the incident) (?:now )?(?:over|resolved|done|closed|all clear)\b"
    r"|^\W*(?:resolved|all clear|over)\W*$"
)
#: "is it back?", "do exports run again?", "can people log in again?"
_ASKS_FOR_END = pattern(
    r"\b(?:is|are|does|do|did|has|have|can) (?:\w+ ){1,5}(?:back|ok|okay|fine|working|works?|recovered|stable"
    r"|healthy|fixed"
    r"|gone|green|normal|again|clean)\b|^\W*(?:better|fixed|back|working)(?: now| again)?\W*$"
)
#: "can you restart it?"
_ASKS_TO_ACT = pattern(
    r"\b(?:can|could|would|will) (?:you|someone|somebody|we) (?:\w+ ){0,2}(?:re-?start|roll|revert|rotat|restor"
    r"|renew|replac"
    r"|fail|scal|disabl|turn|switch|block|purg|flush|kill|reset|re-?run|unblock|bounc|drain|add|remov|rais|increas)\w*"
)
#: "is it the cache?", "did the token expire?"; not "did anybody deploy?".
_ASKS_FOR_CAUSE = pattern(
    r"\b(?:is|was) (?:it|this|that) (?:the|a|an|our|because|due|related|caused|from)\b|\bcould (?:it|this|that) be\b"
    r"|\b(?:did|has|have|is|are|was|were) (?:the|our|that|this|those) (?:\w+ ){1,4}(?:expir|r[au]n out|fill|full"
    r"|crash|br[eo]k"
    r"|leak|rotat|chang|die|fail|drop|delet|disabl|revok|block|down)\w*"
)
#: "shall we route around it?": a yes to that confirms no idea.
_PROPOSES = pattern(r"\b(?:shall|should|can|could) (?:we|i)\b[^.\n]{0,100}\?\W*$")
_OF_PEOPLE = pattern(r"\b(?:any(?:one|body)|some(?:one|body)|who|did you|have you|are you|were you)\b")

#: "is this an incident?", "is that a sev1?"
_ASKS_FOR_ITS_NAME = pattern(r"\b(?:incident|outage|breach|problem|issue|bug|sev\W?\d|p\d|emergency)\b")

#: A question that its answer confirms as the cause carries this sign.
ASKED_CAUSE = "asked_cause"


def with_answers(reads: Sequence[Read]) -> list[Read]:
    """The reads, in order of time, those of short answers with what their question lends them."""
    found = list(reads)
    for place, read in enumerate(reads):
        message = read.message
        if message.bot is not None or message.deleted or read.is_question or not 0 < len(message.text) <= _LONGEST:
            continue
        yes, done = _YES.match(message.text) is not None, _DONE.match(message.text) is not None
        if not yes and not done:
            continue
        asked = _question_before(reads, place)
        if asked is None:
            continue
        lent, about_cause = _lent(reads[asked].message.text, message.text, yes=yes, done=done)
        if yes and _PROPOSES.search(reads[asked].message.text) and not lent and not about_cause:
            found[place] = replace(read, signs=read.signs - {"confirmed"})
        if lent:
            found[place] = replace(read, signs=(read.signs - {"chatter"}) | lent)
        if about_cause:
            found[asked] = replace(found[asked], signs=found[asked].signs | {ASKED_CAUSE})
            found[place] = replace(found[place], signs=(found[place].signs - {"chatter"}) | {"confirmed"})
    return found


def _question_before(reads: Sequence[Read], place: int) -> int | None:
    """The question that a message answers: the last one of somebody else, just before it and in the same thread."""
    answer = reads[place].message
    for asked in range(place - 1, max(-1, place - 1 - _NEXT), -1):
        message = reads[asked].message
        if answer.at - message.at > _SOON:
            return None
        same = answer.thread_ts in (message.thread_ts, message.ts)
        if "?" in message.text and message.bot is None and message.user != answer.user and same:
            return asked
    return None


#: "only the EU?", "is it done?": asks how far it goes or how it stands, not what did it.
_ASKS_HOW_IT_STANDS = pattern(
    r"\b(?:only|just|all|any|every\w*|still|now|done|ready|finished|live|up|there|open|safe|ok|okay|fine|good|back|over"
    r"|today|tomorrow|tonight|time|meeting|call|planned|possible|allowed|sure|worth|better|enough|need|want|should|can"
    r"|could|will|urgent|known|alone|more|less|sev\W?\d|p\d|incident|customers?|users?|clients?|status ?page|same|fixed"
    r"|works?|working)\b"
)
_FOUND_THERE = pattern(r"\b(?:there (?:it|he|she) is|there we (?:go|have it)|found it|gotcha)\b")
_TOKEN = pattern(r"[\pL_][\pL\pN_]{2,}")


def _names_it_again(asked: str, answer: str) -> bool:
    """Whether a yes goes on with what was asked, or what did it: "does it round?", "yes. there it is, rounds up"."""
    if form_of(asked + "?") is not Form.SUPPOSES or _ASKS_HOW_IT_STANDS.search(asked):
        return False
    if not signs_of(answer).isdisjoint(("restored", "resolved", "mitigated", "hedge", "unfinished", "refuted")):
        return False
    rest = _YES.sub(" ", answer)
    if _FOUND_THERE.search(rest) or form_of(rest) is Form.EXPLAINS:
        return True
    tokens = {(each.group() or "").lower() for each in _TOKEN.finditer(asked)} - _LITTLE
    return bool(tokens & {(each.group() or "").lower() for each in _TOKEN.finditer(rest)})


_LITTLE = frozenset(
    [
        "the",
        "and",
        "that",
        "this",
        "does",
        "did",
        "was",
        "were",
        "has",
        "have",
        "had",
        "are",
        "been",
        "with",
        "from",
        "for",
        "its",
        "it's",
        "there",
        "not",
    ]
)


def _lent(question: str, answer: str, *, yes: bool, done: bool) -> tuple[frozenset[str], bool]:
    """The signs that an answer takes over from a question, and whether it says that what was asked is the cause."""
    asked = question[max(question.rfind(". "), question.rfind("\n"), question.rfind("! ")) + 1 :].strip(" ?")
    if yes and _ASKS_TO_CLOSE.search(asked):
        return frozenset({"resolved"}), False
    if done and _ASKS_TO_ACT.search(asked):
        return frozenset({"rolled_back", "change"}), False
    if _OF_PEOPLE.search(asked) or _ASKS_FOR_ITS_NAME.search(asked):
        return frozenset(), False
    if yes and _THAT_IS_IT.search(answer):
        return frozenset(), True
    if yes and _ASKS_FOR_END.search(asked) and signs_of(asked).isdisjoint(("relapse", "unfinished")):
        return frozenset({"restored"}), False
    if yes and _names_it_again(asked, answer):
        return frozenset(), True
    if form_of(_YES.sub(" ", answer)) in (Form.PROPOSES, Form.DECIDES):
        return frozenset(), False  # "is that a breach, do we need him?", "yes I'd involve him"
    blames = _ASKS_FOR_CAUSE.search(asked) is not None or not signs_of(asked).isdisjoint(
        ("fault", "guess", "named_cause")
    )
    return frozenset(), yes and blames
