"""Is a line of an answer about actions no action at all: a refusal, a delay, a "mine", "see above", a thing done?

It stays in the answer's words; nobody is asked by when it will be done.
"""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.mentions import mentions
from bot.wording.sentences import sentences

_OK = r"\W*(?:(?:ok(?:ay)?|sure|yes|yep|yeah|fine|alright|all right|right|well|but|and|so)[,. !]+)*"
_THOSE = r"(?:these|those|them|this|that|it|the above)"
_TAIL = r"[^,;:(–—]*"
_REASON = (
    r"(?:[\s,;:–—-]+(?:(?:we|i) (?:have|had|don't|do not|can't|cannot|lack)|because|since|sorry|no time)\b"
    rf"{_TAIL})?\W*"
)
_REFUSED = pattern(
    rf"{_OK}(?:(?:i'm|we're|i am|we are|im) )?not (?:going to|gonna|planning to|about to|doing)\b{_TAIL}{_REASON}"
)
#: "not going to page on staging any more" is a change, and stays one.
_CHANGES = pattern(r"\b(?:any ?more|again|no longer|without|from now on|unless|until|but|instead|rather|owner)\b|[@<]")
#: Of items named elsewhere: "none of these, we have no time", "all of them except the last".
_OF_THOSE = pattern(
    rf"{_OK}(?:(?:none|neither) of {_THOSE}(?: (?:please|for now|now|really|at all|i think))*{_REASON}"
    rf"|(?:all|both|most|some|any|half|each) of {_THOSE}"
    rf"(?:,? (?:except|but|apart from|besides|minus)\b{_TAIL}|,? please)?\W*)"
)
_PUT_OFF = pattern(
    rf"{_OK}(?:let's|lets|let us|we'll|we will|i'll) (?:wait and |just |have to )?see(?: (?:later|then|how it goes"
    r"|after(?: the| that| this)? [\w-]+(?: [\w-]+)?|in the new year|next [\w-]+|about (?:it|that|this)))?\W*"
)
#: "ok I do it", "mine": who, without what.
_TAKEN_ON = pattern(
    rf"{_OK}(?:(?:it's |that's |this is |all |both )?mine|me|(?:i|we)(?:'ll| will| can| would|'d)? (?:do|take|own) "
    r"(?:it|this|that|them|these|those|all)(?: (?:all|both|too|then|myself))*)\W*"
)
#: "I already sent it": what was only said before, every answer tells by itself.
_HANDED_OVER = pattern(
    rf"{_OK}i (?:have )?(?:just|already)(?: just| already)? (?:gave|given|sent|posted)"
    r"(?: (?:it|them|that|this|those|these|you|all))*\W*"
)
_FINISHED = r"(?:done|finished|fixed|merged|shipped|written|deployed)"
#: "runbook done already last friday": a thing, that it is done, and when.
_DONE = pattern(
    r"\W*(?:the |our |that )?(?:[\p{L}\p{N}/-]+ ){1,3}?(?:is |was |are |were |has been |have been |got )?"
    rf"(?:already {_FINISHED}|{_FINISHED} already)"
    r"(?: (?:last|yesterday|on|in|this|today|earlier|weeks?|months?|days?|since)\b[^,;(]{0,40})?\W*"
)
#: "sam sent the apology (done)", "- done: the alert": it is over, and nobody need be reminded of it.
_TICKED = pattern(r".*(?:[(\[] ?(?:already )?done ?[)\]]|\s[-–—] ?(?:already )?done)\W*|\W*done ?[:–—-] .*")
#: Characters of a line that may be no item; a longer one says more than this.
_LONGEST = 200


def is_no_item(text: str) -> bool:
    """Whether every sentence of `text` only refuses, puts off, takes on, points elsewhere, or tells of what is done."""
    if len(text) > _LONGEST:
        return False
    said = sentences(plain(text))
    return bool(said) and all(_names_none(sentence) for sentence in said)


def _names_none(sentence: str) -> bool:
    if _REFUSED.fullmatch(sentence) is not None:
        return _CHANGES.search(sentence) is None
    if _TICKED.fullmatch(sentence) is not None or {"pointer", "unknown"} & mentions(sentence):
        return True
    if _DONE.fullmatch(sentence) is not None:
        return "action" not in mentions(sentence)
    return any(rule.fullmatch(sentence) is not None for rule in (_OF_THOSE, _PUT_OFF, _TAKEN_ON, _HANDED_OVER))
