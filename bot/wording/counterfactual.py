"""Where does a text say what should or could have been, in place of what was?"""

from __future__ import annotations

from bot.patterns import Found, pattern
from bot.wording.people import ROLE
from bot.wording.rule import Rule

_PARTICIPLE = (
    r"(?:spread|crept|cost|burst|hurt|proven|risen|sunk|torn|fed|struck|had|been|done|gone|seen|caught|known|told|made"
    r"|taken|given|found|run|set|put|kept|held|sent|read|thought|paid|left|lost|said|got|gotten|come|become|begun"
    r"|brought|built|bought|cut|hit|let|led|met|quit|shut|split|spent|stood|understood|won|written|woken|broken|chosen"
    r"|rolled|spoken|shown|felt|heard|meant|dealt|looked|stopp?ed|sought|taught|fallen|drawn|grown|thrown|worn|frozen"
    r"|forgotten|hidden|hung|slept|sold|stuck|swept|undone|withheld|gone|happened|needed|[a-z]{2,}ed)"
)
_BETWEEN = (
    r"(?:,? (?:never|also|probably|just|at least|at the very least|easily|really|already|only|all|both|maybe|perhaps"
    r"|not|certainly|definitely|at that point|then|still|simply|immediately|ideally|surely|always|likely|long since"
    r"|ever|first|better|clearly|obviously|very well|well|have|immediately|instead|probably not|no doubt|in theory"
    r"|double|triple|properly|actually|simply),?)*"
)
_WE = r"(?:we|they|he|she|you|i|someone|somebody|anyone|anybody|no one|nobody|it|there|this|<@[^<>]+>)"
_THEM = rf"(?:{_WE}|the [\w-]+(?: [\w-]+){{0,2}}|our [\w-]+(?: [\w-]+)?|an? [\w-]+(?: [\w-]+)?)"
_IF = rf"\b(?:if|unless) (?:only )?(?:{_THEM}|[\w-]+)"
_MODAL = r"(?:should|could|would|might)"

#: "It could easily have been worse" answers the question about luck; "could have been the cache" is a guess.
_LUCK_OR_GUESS = pattern(
    r"^.{0,30}?\b(?:have|'ve) (?:easily |also |just |really )?(?:been|gone|got|gotten|become|made|ended|turned|lasted"
    r"|cost)(?: \S+){0,3}? (?:worse|bigger|longer|badly|bad|up (?:in|with)|catastroph\w+)"
)
_GUESS = pattern(
    r"^(?:could|might) (?:also |well |very well |easily )?have (?:also )?(?:been (?:the|a|an|caused|related|due|any"
    r"|either|triggered|affected|lost|charged|exposed|seen|one)\b|caused|led|triggered|contributed|come|resulted"
    r"|corrupted|started|begun|leaked|masked|hidden|made|played|added|affected|changed|cleared|set off|stopped|lost"
    r"|gone wrong)|^should(?:n't| not) have been (?:impacted|affected)\b"
)
_MIGHT = pattern(r"^might")
_WISHED = pattern(
    r"^might (?:\w+ )?have (?:\w+ )?(?:caught|noticed|seen|spotted|avoided|prevented|saved|found|known|stopped|helped"
    r"|been (?:avoided|prevented|caught|noticed|spotted|found))"
)
#: Who saw what, told as an estimate: "customers would have seen an error page".
_ESTIMATED = pattern(
    r"(?:customers?|users?|clients?|visitors?|people|shoppers|readers|requests?|orders?|calls?|you)\b[^.;!?]{0,70} $"
)
_SEEN = pattern(
    r"^(?:would|could|might) (?:\w+ )?have (?:\w+ )?(?:seen|experienced|noticed|received|got|gotten|been (?:affected"
    r"|unable|charged|shown|rejected)|had|failed|faced|encountered|timed|waited)\b"
)
#: "We should have automated tests" wishes for tests; what has been done stands with its object.
_ADJECTIVE = pattern(
    r"^should have (?:automated|restored|dedicated|shared|limited|separated?|centrali[sz]ed|detailed|documented"
    r"|improved|increased|scheduled|combined|unified|managed|isolated|tested|named|written|set|mixed"
    r"|encrypted) [a-z]+s?\b"
)
_OBJECT = pattern(
    r"^should have \w+ (?:the|it|this|that|them|these|our|a|an|all|both|to|by|in|on|at|with|before|and)\b"
)


def _is_no_guess(found: Found, text: str) -> bool:
    rest = text[found.start() : found.start() + 70]
    lower = rest.lower()
    if _LUCK_OR_GUESS.search(rest) is not None or _GUESS.search(rest) is not None or _SAME.search(rest) is not None:
        return False
    if _MIGHT.search(rest) is not None and _WISHED.search(rest) is None:
        return False
    if (
        _SEEN.search(rest) is not None
        and _ESTIMATED.search(text[max(0, found.start() - 90) : found.start()]) is not None
    ):
        return _IF_CLAUSE.search(text) is not None
    return not (lower.startswith("should") and _ADJECTIVE.search(rest) is not None and _OBJECT.search(rest) is None)


#: "Any of us would have done the same" speaks for the person.
_SAME = pattern(r"^would have \w+ (?:it )?(?:exactly |just )?(?:the same|like (?:him|her|them|that))")
_IF_CLAUSE = pattern(r"\b(?:if|had) (?:we|they|he|she|someone|somebody|anyone|it|there|the \w+) ")

RULES = (
    Rule(
        "should, could or would have",
        pattern(
            rf"\b{_MODAL}(?:n't| not)?{_BETWEEN} (?:have|of|'ve){_BETWEEN} {_PARTICIPLE}\b|\b{_MODAL}(?:n't)?(?:'ve|a"
            rf"|ve){_BETWEEN} {_PARTICIPLE}\b|\b(?:would|should|could)(?:n't| not)? (?:have done|have)(?: it"
            rf"| the trick| so)?[.!]?$|\b{_WE}'d{_BETWEEN} have{_BETWEEN} {_PARTICIPLE}\b|\b(?:should|could|shouldn't"
            rf"|couldn't|wouldn't) {_THEM}(?: not)?{_BETWEEN} have{_BETWEEN} {_PARTICIPLE}\b"
        ),
        _is_no_guess,
        denied_too=True,
    ),
    Rule(
        "ought to have",
        pattern(
            rf"\b(?:ought|needed)(?: not|n't)? to(?: \w+)? have(?: \w+)? {_PARTICIPLE}\b|\bought to(?: have)? known\b"
            rf"|\bneed(?:n't| not) have\b|\b(?:was|were) (?:supposed|meant"
            rf"|expected) to (?:have )?\w+[^.;!?]{{0,40}} (?:but|and|yet) (?:did not|didn't|never)\b|\b(?:better|safer"
            rf"|wiser|smarter|best) to have {_PARTICIPLE}\b"
        ),
        denied_too=True,
    ),
    Rule(
        "if it had been",
        pattern(
            rf"\bif only\b|{_IF} had(?:n't| not| only| just| ever)? (?:\w+)|(?:^|[.;!?\n:] *|, *|\b(?:but|and"
            rf"|that) )had {_THEM} (?:not |only |just |been |actually |never )*{_PARTICIPLE}\b|\bhad (?:it"
            rf"|there) (?:not )?been\b|\bwere it not for\b|\bhad it not\b|\b(?:i|we|they|you)? ?wish(?:ed"
            rf"|es)? (?:that )?(?:{_THEM}) had\b|\b(?:all|everything) (?:it|that) would have (?:taken|needed)\b"
        ),
        denied_too=True,
    ),
    Rule(
        "failed to",
        pattern(
            rf"\b(?:we|they|he|she|i|you|{ROLE}|<@[^<>]+>) (?:all )?(?:failed|neglected) to \w+"
            r"|\bno(?:body|[ -]one) thought (?:to|of)\b"
        ),
        denied_too=True,
    ),
    Rule(
        "could be avoided",
        pattern(
            r"\b(?:was|were|is|been) (?:totally |completely |entirely |easily |perfectly |certainly )*(?:avoidable"
            r"|preventable)\b|\b(?:easily|easy to|simple to) (?:avoid|prevent)(?:ed|able)?\b|\bavoidable (?:outage"
            r"|incident|mistake|error|failure)\b|\bwe had every chance\b|\bmissed (?:opportunity|chance) to\b"
        ),
    ),
    Rule(
        "why not",
        pattern(rf"\bwhy (?:didn't|did not|hadn't|wasn't|weren't|couldn't) {_THEM}\b|\bwhy did {_THEM} not\b"),
        denied_too=True,
    ),
)
