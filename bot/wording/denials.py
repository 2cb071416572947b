"""Does an answer deny what was taken for the cause, or say in its own words what the cause was?"""

from __future__ import annotations

from collections.abc import Sequence

from bot.patterns import pattern, plain
from bot.wording.sentences import sentences

#: What is looked at of one text, in characters.
LONGEST = 8_000
#: Some sentence denies a cause by its name; one does, or says a bare "no"; and no sentence does anything else.
NOT_THE_CAUSE, DENIES, ONLY_DENIES = "not_the_cause", "denies", "only_denies"
#: Some sentence says what the cause was.
NAMES_CAUSE = "names_cause"
#: After a "no" it names something else ("nope, the cast to int"), and says that this is what it was ("no, it was ...").
NAMES_INSTEAD, IT_WAS = "names_instead", "it_was"

_IT = r"(?:that|this|it)"
_SURELY = r"(?: (?:really|actually|definitely|clearly|simply|at all))?"
_THE_CAUSE = r" (?:(?:the|our|a) )?(?:(?:root|real|actual|true|right|underlying) ){0,2}(?:cause|reason|culprit)\b"
_NOT_THE_CAUSE = pattern(
    rf"\b{_IT}(?: is| was|'s)?{_SURELY} not{_SURELY}{_THE_CAUSE}|\b{_IT} (?:isn't|wasn't){_SURELY}{_THE_CAUSE}"
    rf"|\b{_IT} (?:can't|cannot|can not) (?:be|have been){_THE_CAUSE}"
    rf"|\b(?:is|was|'s|isn't|wasn't)(?: not)? what (?:caused|broke)\b|^\W*(?:no\W+)?not{_THE_CAUSE}"
    rf"|\b(?:don't|do not) (?:think|believe) (?:that )?{_IT}(?: is| was|'s){_THE_CAUSE}"
    rf"|\bwrong cause\b|\bthe cause (?:is|was) (?:wrong|not (?:that|this|it)\b|something else)"
)
_WHAT_CAUSED = pattern(r"\b(?:is|was|'s) what (?:caused|broke)\b")
_NOT_SO = pattern(
    r"\?\W*$|\bif\b|\bwhether\b|\bat first\b|\bnot the only\b"
    r"|\bcause of (?:the|a|our) (?:second|other|next|later|first)\b"
)
_NO = pattern(
    rf"\W*(?:no+|nope|nah|wrong|incorrect|not (?:that|this|it)|{_IT}(?: is| was|'s) (?:wrong|incorrect"
    rf"|not (?:right|true|correct|that|this|it))|(?:no|nope)\W+(?:not )?{_IT}(?: is| was|'s)?(?: not|n't)?"
    rf"(?: (?:that|this|it|wrong|right|true|correct))?)\W*"
)
_NO_BUT = pattern(rf"^\W*(?:no|nope|wrong|incorrect)\W+(?:{_IT}|the (?:root |real )?cause)(?: is| was|'s|n't)\b")
_NO_BEFORE = pattern(r"^\W*(?:no|nope|nah|wrong|incorrect)\W+")
_NEVER_SHOWN = pattern(r"\b(?:never|only|confirmed|verified|tested|proven|checked|reproduced)\b")
#: "no, it was the cast", "no: because of the cast", "nope, the cast to int": the words after the "no".
_INSTEAD = pattern(r"^\W*(?:no|nope|nah|wrong|incorrect)\b\W+(\S.*)$")
_THINKS = r"(?:(?:i|we) (?:think|believe|found)(?: out)? (?:that )?|actually,? |in fact,? )?"
_IT_WAS = pattern(
    rf"^{_THINKS}(?:(?:{_IT}(?: was|'s| is)|{_IT} turned out(?: to be| that it was)?|{_IT} came from)"
    r"(?: (?:actually|really|rather|in fact|all|just|because of|due to|caused by))*|because of|due to"
    r"|caused by) (\S.*)$"
)
_A_THING = pattern(r"^(?:the|an?|our|those|these|some) \S")
#: What is said there, and is no cause: where or how it was seen, how sure it is, who it was.
_NO_THING = pattern(
    r"^(?:\S+ )?(?:never|only|confirmed|verified|tested|proven|checked|reproduced|shown|seen|guess|hunch|assumption"
    r"|symptom|coincidence|red herring)\b"
    r"|^(?:on|in|at|from|by|with|for|fine|ok|okay|good|right|true|obvious|visible|hard|easy|me|us|you|him|her|them"
    r"|so|too|here|there|about|enough|what|who|when|where|how)\b"
)
_TELLS_OF_SEEING = pattern(
    r"\b(?:shows?|showed|shown|saw|seen|says?|said|told|looks?|looked|found|noticed|thinks?|thought|knows?|knew"
    r"|confirmed|verified|checked|tested|proved|reproduced)\b"
)
_THEN_NOT = pattern(r",? (?:and |but )?not\b.*$")
_NAMES = pattern(
    r"\b(?:the|our) (?:(?:root|real|actual|true|underlying) ){0,2}cause"
    r"(?: of (?:this|it|that|(?:the|this|our) (?:incident|outage|issue|problem|failure)))?"
    r"(?: (?:is|was)|:| =) ?(?P<what>[^\n]*\pL[^\n]*)"
)
_SAYS_NOTHING = pattern(
    r"^\W*(?:not\b|never\b|un(?:known|clear|certain)\b|wrong\b|something else\b|still\b|(?:that|this|it)\W*$"
    r"|known\b|found\b"
    r"|confirmed\b|identified\b|clear\b|open\b|what\b|as (?:above|said|described)\b)"
)
_ASKS = pattern(r"\?\W*$|\b(?:what|if|whether|that) the (?:\w+ )?cause\b|\b(?:don't|do not) (?:think|believe)\b")


def said_of_cause(text: str) -> frozenset[str]:
    """Which of `NOT_THE_CAUSE`, `DENIES`, `ONLY_DENIES` and `NAMES_CAUSE` hold for a whole answer."""
    parts = sentences(text[:LONGEST])
    named = any(_denies_by_name(part) for part in parts)
    bare = any(_says_no(part) for part in parts[:1])
    found = {NOT_THE_CAUSE} if named else set()
    found |= {DENIES} if named or bare else set()
    if names_cause(text):
        found.add(NAMES_CAUSE)
    elif found and not without_denials(text):
        found.add(ONLY_DENIES)
    if names_instead(text):
        found.add(NAMES_INSTEAD)
        found |= {IT_WAS} if _it_was(_after_no(parts)) else set()
    return frozenset(found)


def names_instead(text: str) -> str:
    """What an answer names after its "no" or after a bare first one, in its words; empty where it names nothing."""
    said = _after_no(sentences(text[:LONGEST]))
    if not said or said.rstrip().endswith("?"):
        return ""
    what = _it_was(said)
    if not what and _A_THING.search(plain(said)) is not None and _TELLS_OF_SEEING.search(plain(said)) is None:
        what = said
    what = what[: found.start()] if (found := _THEN_NOT.search(plain(what))) is not None else what
    return "" if _SAYS_NOTHING.search(plain(what)) or _NO_THING.search(plain(what)) else what.strip(" .!,;")


def is_bare_no(text: str) -> bool:
    """Whether a text says "no", in whatever words, and no more."""
    return _NO.fullmatch(plain(text)) is not None


def without_no(text: str) -> str:
    """`text` without the "no" with which it begins."""
    return _NO_BEFORE.sub("", text)


def _after_no(parts: Sequence[str]) -> str:
    """What stands after the "no" with which an answer begins."""
    if not parts:
        return ""
    if len(parts) > 1 and _NO.fullmatch(plain(parts[0])) is not None:
        return parts[1] if _it_was(parts[1]) else ""
    found = _INSTEAD.search(plain(parts[0]))
    return parts[0][found.start(1) :] if found is not None else ""


def _it_was(said: str) -> str:
    """What a sentence says that it was: "it was the cast" """
    found = _IT_WAS.search(plain(said))
    return said[found.start(1) :] if found is not None else ""


def names_cause(text: str) -> str:
    """The last sentence that says what the cause is, without a "no" before it; empty where none does."""
    return next((_NO_BEFORE.sub("", part) for part in reversed(sentences(text[:LONGEST])) if _cause_in(part)), "")


def cause_named(sentence: str) -> str:
    """What a sentence names as the cause, without what it says besides after a comma."""
    return _cause_in(sentence).partition(", ")[0]


def without_denials(text: str) -> str:
    """`text` without the sentences that deny; `text` itself where none does."""
    parts = sentences(text)
    kept = [p for n, p in enumerate(parts) if not (_denies_by_name(p) or (n == 0 and _says_no(p)))]
    return text if len(kept) == len(parts) else " ".join(kept)


def _denies_by_name(sentence: str) -> bool:
    flat = plain(sentence)
    found = _NOT_THE_CAUSE.search(flat)
    if found is None or _NOT_SO.search(flat) is not None:
        return False
    return _WHAT_CAUSED.fullmatch(found.group() or "") is None


def _says_no(sentence: str) -> bool:
    flat = plain(sentence)
    if _NO.fullmatch(flat) is not None or names_instead(sentence):
        return True
    return _NO_BUT.search(flat) is not None and _NEVER_SHOWN.search(flat) is None


def _cause_in(sentence: str) -> str:
    flat = plain(sentence)
    found = _NAMES.search(flat)
    if found is None or _ASKS.search(flat) is not None:
        return ""
    what = found.group("what") or ""
    return "" if _SAYS_NOTHING.search(what) is not None else what.strip()
