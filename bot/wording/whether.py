"""Does an answer say no more than yes or no, or than when something was?

Where it was asked whether something is so, a yes is all that has to be said; a bare time stands on the timeline.
"""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.denials import is_bare_no

ONLY_YES, ONLY_NO, ONLY_TIME = "only_yes", "only_no", "only_time"
#: It begins with a yes, whatever it adds.
SAYS_YES = "says_yes"
_IT = r"(?:that|this|it)(?: is|'?s| was)"
_YES = (
    rf"(?:yes+|yep|yeah|yup|aye|affirmative|correct|right|true|exactly|indeed|confirmed|agreed|ok(?:ay)?|sure"
    rf"|{_IT}(?: all| exactly| still)?(?: (?:right|correct|true|so|it|all|all of it|everything|the cause|fine|good))?"
    r"|(?:looks|sounds|seems|all) (?:right|correct|good|fine)|nothing (?:more |else )?to add|i (?:agree|confirm)"
    r"|(?:we|i) (?:can )?confirm (?:that|this|it))"
)
_ONLY_YES = pattern(rf"\W*{_YES}(?:\W+{_YES})*\W*")
_SAYS_YES = pattern(
    r"^\W*(?:(?:yes+|yep|yeah|yup|aye)\b"
    rf"|(?:correct|right|true|exactly|indeed|confirmed|agreed|{_IT} (?:right|correct|true|so))"
    r"(?:\s*(?:[.,;:!\n—]|$)|\s+[–-]+\s))"
)
_YES_BUT = pattern(
    r"^\W*(?:[\pL']+\W+){1,4}(?:but|except|although|though|apart|only \pL+|almost|nearly)\b|^\W*\pL+ (?:and|or) no\b"
)
_YES_LEAD = pattern(
    r"^\W*(?:(?:yes+|yep|yeah|yup|aye|correct|right|exactly|indeed|confirmed)\b"
    # A dash without blanks belongs to a word: "right-click", "exactly-once".
    r"(?:\s*[.,:;!—]+\s*|\s+[–-]+\s+))+(\S+\s+\S)"
)
_CLOCK = pattern(r"\b\d{1,2}:\d\d(?: ?[ap]\.?m\b\.?)?(?: ?(?:utc|gmt|z|[a-z]{1,3}t)\b)?")
_TIME_ALONE = pattern(
    r"\b\d{1,2}(?::\d\d)?(?:ish)?\b|\b(?:[ap]\.?m|utc|gmt|z|[a-z]{1,3}t|about|around|roughly|at|from|since|circa|no|yes"
    r"|maybe|actually|today|yesterday|i think|\pL+day|in the|morning|afternoon|evening|night|or so)\b"
)
#: The words with which people say when it began or ended.
_WHEN = pattern(
    r"(?:no+|nope|nah|wrong|incorrect|correction|actually|sorry|well|it|that|this|the|impact|incident|outage|problem"
    r"|alert|beginning|begin|began|begun|started|starts?|end|ended|over|resolved|resolution|mitigated|mitigation|fixed"
    r"|recovered|detected|noticed|fired|was|were|is|wasn't|didn't|be|should|at|around|about|only|already|first|not|but"
    r"|rather|than|instead|of|from|since|by|on|really|i|we|think|and|to|more|like|earlier|later)"
)
#: What else may stand beside them where a moment is told in a sentence of its own.
_BESIDE = pattern(
    r"(?:back|normal|better|all|felt|seen|again|up|utc|gmt|am|pm|today|yesterday|tonight|morning|afternoon|evening|night"
    r"|mon|tue|wed|thu|fri|sat|sun|\pL+day|roughly|approximately|ish|until|till|then|so|yes|in|have|has|had|been)"
)
#: "When uptimerobot said up": what showed it, and nothing that anybody did.
_SHOWN = pattern(
    r"\b(?:when|as|once|because) (?:\S+ ){1,4}?(?:said|says|showed|shows|reported|went|turned|was|were) (?:that )?"
    r"(?:(?:it|everything|all) )?(?:(?:was|is|were|are|all) )*"
    r"(?:up|green|fine|ok(?:ay)?|healthy|normal|back(?: to normal)?|operational|recovered)\b"
)
_NOTHING_ELSE = pattern(r"\W*(?:(?:and |but )?nothing (?:else|more)(?: to add)?|that's (?:it|all)|thanks?)\W*")
_SENTENCE = pattern(r"[^.!?;\n]*(?:[.:]\d[^.!?;\n]*)*")
_WORD = pattern(r"[\pL']+")
#: Longer answers say something.
_LONGEST = 80


def says_whether(text: str) -> frozenset[str]:
    """`ONLY_YES`, `ONLY_NO`, `ONLY_TIME` or none of them; beside the first, or alone, `SAYS_YES`."""
    flat = plain(text).strip()
    agrees = _SAYS_YES.search(flat) is not None and _YES_BUT.search(flat) is None
    said = frozenset({SAYS_YES}) if agrees else frozenset()
    if not flat or len(flat) > _LONGEST:
        return said
    if is_bare_no(flat):
        return frozenset({ONLY_NO})
    if _CLOCK.search(flat) is not None:
        words = _WORD.finditer(_CLOCK.sub(" ", flat))
        only = all(_WHEN.fullmatch(each.group() or "") is not None for each in words)
        return frozenset({ONLY_TIME}) if only and not flat.endswith("?") else said
    return frozenset({ONLY_YES, SAYS_YES}) if _ONLY_YES.fullmatch(flat) is not None else said


def says_only_when(text: str) -> bool:
    """Whether every sentence of a text tells no more than when something was."""
    told = [each.strip() for found in _SENTENCE.finditer(plain(text)) if (each := found.group() or "").strip()]
    rest = [each for each in told if _NOTHING_ELSE.fullmatch(each) is None and not is_bare_no(each)]
    return bool(rest) and all(_tells_a_moment(each) for each in rest)


def only_a_time(text: str) -> bool:
    """Whether a text names a time of day and not what happened then: "5:50", "around 12:30 UTC"."""
    flat = plain(text)
    rest = _TIME_ALONE.sub(" ", flat)
    return rest != flat and not any(character.isalnum() for character in rest)


def _tells_a_moment(sentence: str) -> bool:
    words = (each.group() or "" for each in _WORD.finditer(_CLOCK.sub(" ", _SHOWN.sub(" ", sentence))))
    return _CLOCK.search(sentence) is not None and all(
        _WHEN.fullmatch(each) is not None or _BESIDE.fullmatch(each) is not None for each in words
    )


def without_yes(text: str) -> str:
    """An answer to whether something is so as it stands for itself: without the yes before what it adds."""
    found = _YES_LEAD.match(text)
    if found is None or _YES_BUT.search(plain(text)) is not None:
        return text
    return text[found.start(1) :]
