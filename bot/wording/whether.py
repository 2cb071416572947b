"""Does an answer say no more than yes or no? Where it was asked whether something is so, that is all it says."""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.denials import is_bare_no

ONLY_YES, ONLY_NO = "only_yes", "only_no"
_IT = r"(?:that|this|it)(?: is|'s| was)"
_YES = (
    rf"(?:yes+|yep|yeah|yup|aye|affirmative|correct|right|true|exactly|indeed|confirmed|agreed|ok(?:ay)?|sure"
    rf"|{_IT}(?: all| exactly| still)?(?: (?:right|correct|true|so|it|all|all of it|everything|the cause|fine|good))?"
    r"|(?:looks|sounds|seems|all) (?:right|correct|good|fine)|nothing (?:more |else )?to add|i (?:agree|confirm)"
    r"|(?:we|i) (?:can )?confirm (?:that|this|it))"
)
_ONLY_YES = pattern(rf"\W*{_YES}(?:\W+{_YES})*\W*")
#: Longer answers say something.
_LONGEST = 80


def says_whether(text: str) -> frozenset[str]:
    """`ONLY_YES`, `ONLY_NO` or neither."""
    flat = plain(text).strip()
    if not flat or len(flat) > _LONGEST:
        return frozenset()
    if is_bare_no(flat):
        return frozenset({ONLY_NO})
    return frozenset({ONLY_YES}) if _ONLY_YES.fullmatch(flat) is not None else frozenset()
