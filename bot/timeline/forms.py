"""What does somebody do by saying this: ask, suppose, propose, decide, act, tell others, take it on, or state?

Told by the grammar of a sentence (its first verb, the tense, the subject, the mark at its end), not by its topic: the
verbs are stems, so that "revert", "reverting" and "reverted" are one. `signs` knows what things are called; this knows
how people speak of what they do.
"""

from __future__ import annotations

from enum import StrEnum

from bot.patterns import pattern
from bot.timeline.form_words import (
    AUXILIARIES,
    FIRST_PERSON,
    HOW_IT_WENT,
    IRREGULAR,
    NO_DEED,
    OBJECTS,
    OPENERS,
    SAME_IN_THE_PAST,
    THINGS_PAST,
    VERBS,
)


class Form(StrEnum):
    """What somebody does by saying something."""

    ASKS = "asks"
    SUPPOSES = "supposes"
    PROPOSES = "proposes"
    DECIDES = "decides"
    ACTS = "acts"
    TELLS = "tells"
    TAKES_ON = "takes_on"
    EXPLAINS = "explains"
    STATES = "states"


#: "listing says", "rendering is slow", "building on fire": what stands before it is no deed.
_IS_A_NOUN = pattern(
    r"^(?:says?|shows?|is|was|are|were|has|had|looks?|seems?|fails?|failed|works?|takes?|still|[\pL]+s)$"
)
#: Who asks without its mark asks in so few words.
_A_QUESTION = 12
#: Who takes something on says so in a few words.
_A_FEW = 8
_WORD = pattern(r"[\pL\pN][\pL\pN'’_./-]*")
_ASKED = pattern(r"\?+\s+")
_SENTENCE = pattern(r"[.!;]\s+|\n+|\.{2,}\s*|\s[–—-]\s")
_CLAUSE = pattern(r",\s+|\s(?:and then|then|and|but|so)\s|:\s+")
_LINK = pattern(r"https?://\S+")
_ENDS_ASKING = pattern(r"\?[\s\pP\pS]*(?::[\w+-]+:\s*)*$")
_ASKS_WHICH = pattern(
    r"^\W*(?:(?:hey|hi|so|and|but|ok|also|btw|wait|hm+|lol|oh),? |[\pL]+, )*"
    r"(?:who|what|whats|(?:since )?when|where|which|why|how|whose|any(?:one|body)|some(?:one|body))(?:'|’)?s?\b"
)
#: "got a link to one?", "any news?": nothing is supposed where the verb is left out.
_ASKS_FOR = pattern(r"^\W*(?:(?:hey|hi|so|and|but|ok|also|btw),? )*(?:got|any|need|want|wanna|mind|fancy|care)\b")
#: "can someone PLEASE answer"
_ASKS_TO_BE_TOLD = pattern(
    r"\b(?:can|could|would|will) (?:you|some(?:one|body)|any(?:one|body)) (?:please |pls |just |quickly )*(?:tell"
    r"|answer|say|share|send|give|point|explain|confirm|help|remind|clarify|show|link|reply|respond)\b"
)
#: "?!" at the end, of what begins like no question.
_ASTONISHED = pattern(r"(?:\?!|!\?)[?!]*\s*$")
_OPENS_A_QUESTION = pattern(
    r"^\W*(?:(?:hey|hi|so|and|but|ok|also|wait),? )*(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will"
    r"|would|should|shall|may|might|who|what|when|where|which|why|how)(?:n't)?\b"
)
_OF_PEOPLE = pattern(
    r"\b(?:any(?:one|body)|some(?:one|body)|who|(?:do|did|have|are|were|can|could|will|would) you|u)\b"
)
#: "is this an incident?"
_ASKS_ITS_NAME = pattern(r"\b(?:incident|outage|sev\W?\d|p\d)\b")
_PROPOSAL = pattern(
    r"\b(?:can|could|shall|should|may) (?:we|i|you|someone|somebody)\b|\bwhy not\b|\bwhy do(?:n(?:'|’)?t| not) we\b"
    r"|\bhow about\b|\bwhat about\b|\bwe (?:should|could|can|might)\b|\bi(?:(?:'|’)d| would) (?:rather|involve|ask"
    r"|call|go|do|try|wait|keep|move|put|take|use|say we)\b"
    r"|\bwant me to\b|\bdo we want\b|\bworth (?:a|trying)\b"
)
_WILL = pattern(
    r"\b(?:i|we)(?:(?:'|’)ll| will|(?:'|’)m going to|(?:'|’)re going to| am going to| are going to) (?:now |just "
    r"|then )*"
    r"(?P<verb>[\pL]+)|\b(?:going to|gonna|about to) (?P<to>[\pL]+)|\blet(?:'|’)?s (?:just |now |first |not )*(?P<lets>"
    r"[\pL]+)"
)
#: "psk is in again", "it's off", "the fix is out": somebody has put it there.
_IS_IN = pattern(
    r"^\W*(?:(?:ok|and|now|so|yes),? )?(?:the |our |my |new |old )*(?:[\pL\pN_-]+ ){0,3}(?:is|are|it(?:'|’)s"
    r"|its) (?:now |back )?"
    r"(?:in|on|off|out|live|in place)(?: again| now| everywhere| on all(?: \d+)?)?\W*(?:$|,)"
    r"|^\W*(?:and |ok,? |now )?(?:on|off|live|back on) (?:again|now)\b"
)
#: "scancel done", "frozen"
_IS_DONE = pattern(
    r"^\W*(?:[\pL\pN_-]+(?:'s)? ){1,3}(?:is |are )?(?:done|finished|complete|in)\W*$|^\W*(?:done|frozen|stopped)\W*$"
)
_FINISHED = pattern(r"\b(?:done|finished|complete[d]?|through|is (?:out|live|in))\b")
_PLAN = pattern(
    r"^\W*(?:the )?(?:plan|decision|decided|agreed)\b ?:?"
    r"|^\W*(?:(?:yes|yep|ok|please|pls),? )*(?:do (?:it|that)|go ahead|go for it|please do)\b"
)
_TELLING = pattern(
    r"^\W*(?:(?:i|we)(?:(?:'|’)(?:ve|m|re|ll))? )?(?:have |just |now |already |also )*"
    r"(?:told (?:[a-xz]|y[a-np-z])\w*|tell "
    r"|telling|inform\w*|asked (?:them|the|our|her|him)"
    r"|e?-?mail(?:ed|ing)|wrote|write|writing|post(?:ed|ing)|announc\w+|notif\w+|tweet\w*|repl(?:ied|ying)|answer(?:ed"
    r"|ing)|publish\w*|(?:sent|sending|send) [^.\n]{0,30}\b(?:to|out)|updated the (?:status|customers?|users?|clients?"
    r"|ticket))\b"
    r"|\b(?:apology|letter|notice|post|mail|banner|status ?page|press|newsletter|mailing|statement"
    r"|announcement)\b[^.\n?]{0,40}\b(?:up|on|out|off"
    r"|live|posted|updated|published|sent|informed|told)\b"
    r"|\b(?:i|we) (?:put|have) (?:up )?a (?:banner|notice|note)\b"
    r"|\b(?:customers?|clients?|users?|merchants?|tickets?|mails?|everyone|everybody)\b[^.\n?]{0,30}\b(?:answered"
    r"|informed|told|notified|called|replied|got an? (?:e-?mail|mail|call|letter)|(?:are|is|all) out)\b"
    r"|\b(?:has|have) been (?:asked|told|informed|notified|contacted)\b"
)
_TAKES_ON = pattern(
    r"^\W*(?:(?:ok(?:ay)?|right|hm+|yes|yep|noted|sure|hi|hey|morning|alright|all right|fine),?[.!]? )*"
    r"(?:(?:i|we)(?:(?:'|’)?(?:m|ve|ll|re))? |let me |lemme |(?:am|have|will|can) )*"
    r"(?:(?:have|having|had|take|taking|took) (?:a |another )?(?:quick )?look|look(?:ing)?(?: (?:at|into|now)\b"
    r"|\W*$)|look"
    r" (?:at|into)|dig(?:ging)?\b|check(?:ing)? (?:it|this|that|now|(?:[\pL\pN_-]+ ?){1,4}\W*$)|on (?:it|this)\b"
    r"|got (?:it"
    r"|this"
    r"|that)\b|tak(?:e|ing) (?:it|this|that|over)\b|i(?:'|’)?ve got (?:it|this)|investigat(?:e|ing)\b|handl(?:e|ing)"
    r" (?:it|this)|chas(?:e|ing) (?:it|this)|grab(?:bing)? (?:it|this)|(?:see|saw|seeing) it\W*$"
    r"|(?:up|here|around|online)\W*$|me\W*$|me[.,!] |joining\b|mine\W*$|mine ?[,.;:!–-]+ ?\w)"
)
#: "was rolled over at midnight": it happened to it then, nobody does it now.
_THEN = pattern(
    r"\b(?:yesterday|last (?:night|nite|week|friday|monday|tuesday|wednesday|thursday|saturday|sunday)|this morning"
    r"|overnight|earlier|ago|since|started|friday|monday|tuesday|wednesday|thursday|saturday|sunday|(?:at|since|from"
    r"|around) \d|in (?:v|release |version )?\d)"
)


def form_of(text: str) -> Form:
    """What the writer of `text` does by it; of several things, the last that is more than a statement."""
    text = _said(text)
    if _ENDS_ASKING.search(text):
        return _question(text)
    if _ASKS_TO_BE_TOLD.search(text) and len(text.split()) <= _A_QUESTION:
        return Form.ASKS
    if _ASKS_WHICH.match(text) and len(text.split()) <= _A_QUESTION and not _before(text, ":"):
        return Form.ASKS
    found = Form.STATES
    for place, sentence in enumerate(_SENTENCE.split(text)):
        form = Form.TAKES_ON if _takes_on(sentence) else _of_sentence(sentence)
        if found is Form.TAKES_ON and form is Form.STATES and len(sentence.split()) > 2 and place:
            found = form
        if form is not Form.STATES:
            found = form
    return found


def is_under_way(text: str) -> bool:
    """Whether somebody is at it and has not done it yet: "ok rolling back 4312"."""
    words = _after_openers(_words(_SENTENCE.split(_said(text))[0]))
    return bool(words) and words[0].endswith("ing") and not _FINISHED.search(text)


def is_astonished(text: str) -> bool:
    """Whether somebody states with a question mark what nobody would believe: "the index is empty?!"."""
    return _ASTONISHED.search(text) is not None and _OPENS_A_QUESTION.match(text) is None


def takes_on(text: str) -> bool:
    """Whether the writer says, among other things, to be at it: "me. opening the laptop"."""
    if _ENDS_ASKING.search(text):
        return False
    return any(_takes_on(sentence) for sentence in _SENTENCE.split(_said(text)))


def _said(text: str) -> str:
    """The beginning of a text without addresses, each question on a line of its own."""
    return _ASKED.sub("?\n", _LINK.sub(" ", text[:600]).replace("’", "'")).strip()


def _takes_on(sentence: str) -> bool:
    return _TAKES_ON.match(sentence) is not None and len(sentence.split()) <= _A_FEW


def _before(text: str, mark: str) -> bool:
    return mark in text[:60]


def _question(text: str) -> Form:
    last = _SENTENCE.split(text.rstrip("?! "))[-1]
    if _ASKS_FOR.match(last) or _ASKS_TO_BE_TOLD.search(last):
        return Form.ASKS
    if _PROPOSAL.search(last):
        return Form.PROPOSES
    words = _words(last)
    if words and _bare(_after_openers(words)) and not words[-1].endswith("ing"):
        return Form.PROPOSES
    if _ASKS_WHICH.match(last) or _OF_PEOPLE.search(last) or _ASKS_ITS_NAME.search(last):
        return Form.ASKS
    return Form.SUPPOSES


def _of_sentence(sentence: str) -> Form:
    if _ENDS_ASKING.search(sentence):
        asked = _question(sentence)
        return asked if asked is Form.PROPOSES else Form.STATES
    if _TELLING.search(sentence):
        return Form.TELLS
    if (will := _WILL.search(sentence)) and stem(
        will.group("verb") or will.group("to") or will.group("lets") or ""
    ) is not None:
        return Form.DECIDES
    if _PLAN.match(sentence):
        return Form.DECIDES
    if _PROPOSAL.search(sentence):
        return Form.PROPOSES
    if _IS_IN.search(sentence) or _IS_DONE.match(sentence):
        return Form.ACTS
    found = Form.STATES
    for clause in _CLAUSE.split(sentence):
        form = _of_clause(clause)
        if form is not Form.STATES:
            found = form if found in (Form.STATES, Form.EXPLAINS) else found
    return found


def _of_clause(clause: str) -> Form:
    words = _words(clause)
    if not words:
        return Form.STATES
    rest = _after_openers(words)
    if not rest:
        return Form.STATES
    first = rest[0]
    if "not" in rest[:3] or (
        first in SAME_IN_THE_PAST and len(rest) == len(words) and "".join(rest[1:2]) not in OBJECTS
    ):
        return Form.STATES
    if "still" in words[: len(words) - len(rest)] and stem(first) is None:
        return Form.STATES  # "still buzzing": nobody does that.
    own = any(word in FIRST_PERSON for word in words[: len(words) - len(rest)]) or len(rest) == len(words)
    done_now = first.endswith("ing") or not _THEN.search(clause)
    if _is_deed(first) and done_now and not _IS_A_NOUN.match(" ".join(rest[1:2])):
        return Form.ACTS
    if _bare(rest):
        return Form.DECIDES if not any(w in ("i", "we") for w in words[:2]) else Form.ACTS
    return _passive(rest, clause) if own or not _is_deed(first) else Form.EXPLAINS


def _passive(words: list[str], clause: str) -> Form:
    """ "outbound switched to the spare" and "pods are restarted" are done, "it dropped the policy" did it."""
    for place, word in enumerate(words[1:7], 1):
        if stem(word) is None or not (word.endswith("ed") or word in IRREGULAR):
            continue
        following = words[place + 1] if place + 1 < len(words) else ""
        helped = words[place - 1] in AUXILIARIES
        if following in ("nothing", "no", "not"):
            return Form.STATES
        if word in IRREGULAR and not helped and following != "as":
            continue
        if (
            words[place - 1] in ("got", "gets")
            or _THEN.search(clause)
            or (not helped and following in ("the", "a", "an", "our", "all", "its", "every"))
        ):
            return Form.EXPLAINS
        if words[0] in THINGS_PAST and not helped:
            return Form.EXPLAINS
        return Form.ACTS
    return Form.STATES


def _words(text: str) -> list[str]:
    return [(each.group() or "").lower().rstrip(".-/") for each in _WORD.finditer(text)]


def _after_openers(words: list[str]) -> list[str]:
    place = 0
    while place < len(words) and words[place] in OPENERS:
        place += 1
    return words[place:]


def _is_deed(word: str) -> bool:
    """Whether the word is a deed by its ending, be the verb known or not."""
    if word in IRREGULAR:
        return True
    return len(word) > 4 and word not in NO_DEED and (word.endswith("ing") or word.endswith("ed"))


def _bare(words: list[str]) -> bool:
    """Whether a command opens it: "kill it", "restart half of them"; "drop rates rise" is none."""
    if not words or words[0] not in VERBS or not HOW_IT_WENT.isdisjoint(words[1:2] + words[-1:]):
        return False
    return len(words) <= 2 or words[1] in OBJECTS


def stem(word: str) -> str | None:
    """The verb that `word` is a form of, where it is one of those that put things right."""
    word = word.rsplit("-", 1)[-1]
    if word in VERBS or word in IRREGULAR:
        return word
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending):
            base = word[: -len(ending)]
            for verb in (base, base + "e", base[:-1] if base[-1:] == base[-2:-1] else base):
                if verb in VERBS:
                    return verb
    return None
