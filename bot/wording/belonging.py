"""Does an answer say one thing and no more: what was hit, in figures, how severe it was, or where people were lucky?

In doubt it does not: what it says may be the very condition that was asked for.
"""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.amounts import AMOUNT
from bot.wording.beside import without_talk
from bot.wording.field_rules.rule import MONEY, PEOPLE, PERCENT
from bot.wording.sentences import lines, parts, sentences

ONLY_IMPACT, ONLY_LUCK, ONLY_SEVERITY = "only_impact", "only_luck", "only_severity"
#: A longer answer says more than one thing.
LONGEST = 300
_LEAD = (
    r"(?:(?:about|around|roughly|some|nearly|almost|over|at least|up to|in (?:all|total)|all in all|i think|i guess"
    r"|we (?:had|saw|counted)|there (?:were|was)|it was|that was|that's|so|and|also)[, ]+)*"
)
_HOW_MANY = rf"(?:{PERCENT}|{AMOUNT}|half|a third|a quarter|one in (?:\d+|two|three|four|five|ten))"
#: Who or what is hit, as opposed to what it runs on: hosts, pods, queries and retries are no impact.
_HIT_WHOM = (
    rf"(?:{PEOPLE}|requests|orders|payments|checkouts|transactions|logins|log-ins|sign-?ups|bookings|purchases|carts"
    r"|refunds|emails|e-mails|searches)"
)
_WHOM = rf"{_HOW_MANY}(?: of)?(?: (?:the|our|all))? ?(?:[\pL-]+ ){{0,2}}?{_HIT_WHOM}"
_HIT = (
    r"(?:(?:who |that )?(?:(?:could not|couldn't|were unable to|were not able to|weren't able to)"
    r" [\pL-]+(?: [\pL-]+){0,3}?|(?:were|was|got|have been|had been|was being) (?:hit|affected|impacted|lost"
    r"|dropped|rejected|refused|declined|delayed|duplicated|charged twice|double[- ]charged"
    r"|logged out|locked out|turned away|refunded|down)"
    r"|failed|errored|timed out|bounced|never arrived|did not go through|didn't go through"
    r"|(?:got|saw|had) (?:an )?(?:errors?|5\d\ds?|error pages?|timeouts?)))"
)
_FAILED = r"(?:failed|lost|affected|impacted|dropped|rejected|declined|abandoned|delayed|duplicate[d]?)"
_EARNED = r"(?:sales|revenue|orders|refunds|income|turnover|takings|bookings|credits)"
#: Where and for how long. No word that joins: what follows one is a reason, or another statement.
_JOINS = (
    r"(?:because|since|due|as|so|which|who|thus|hence|when|whenever|while|after|before|once|unless|without|by|and|but|if"
    r"|that|at once|at the same time|concurrently|per|over to|back)"
)
_TAIL = r"(?:[ ,(-]+(?:[\w.:,%@#/&;'’+-]+[ )]*){1,12})?"
_IMPACT = pattern(
    rf"{_LEAD}(?:{_WHOM} {_HIT}|{_HOW_MANY} {_FAILED} {_HIT_WHOM}"
    rf"|{_HOW_MANY} (?:support )?(?:tickets|complaints)"
    rf"|(?:we lost|it cost us|that cost us|it cost|we refunded) {_LEAD}{MONEY}(?: (?:in|of) {_EARNED})?"
    rf"|{MONEY} (?:in|of) (?:lost )?{_EARNED}(?: (?:was|were) lost)?){_TAIL}[.!]?"
)
_JOINED = pattern(rf"\b{_JOINS}\b")
#: "Between 12:30 and 14:31" joins nothing.
_BETWEEN = pattern(r"\band (?:about |around )?\d")
_LUCK = pattern(
    r"(?:(?:and|also|well|honestly|but|i think|i'd say|here)[, ]+)*(?:we (?:were|got|had been) (?:(?:just|simply|really"
    r"|very|plain|quite|so|also) )?lucky\b"
    r"|we (?:just |simply |also )?had (?:some |a bit of |pure |plain |sheer |good )?luck\b|luckily\b|fortunately\b"
    r"|(?:it was |that was )?(?:by )?(?:pure |sheer |just |plain )?luck\b|lucky (?:for us|that)\b).*"
)
#: What may follow it: how it would have gone without.
_OTHERWISE = pattern(r"(?:otherwise|else|it could|it might|that could|without (?:it|that)|had (?:it|that|we|they))\b.*")
_SEVERITY = pattern(
    r"\W*(?:(?:it was|was|is|a|an|agreed|declared|just|only|i think|i'd say|probably)\W+)*"
    r"(?:sev(?:erity)?[-\s:#]{0,3}|p(?:rio(?:rity)?)?[-\s:#]{0,2})\d\W*"
)


def says_only(text: str) -> frozenset[str]:
    """Which one thing an answer says and no more; empty where it says another, or several."""
    if len(text) > LONGEST:
        return frozenset()
    told = [plain(s).strip() for line in lines(text) for part in parts(line) for s in sentences(part)]
    if _SEVERITY.fullmatch(plain(without_talk(text))):
        return frozenset({ONLY_SEVERITY})
    if told and all(_is_impact(each) for each in told):
        return frozenset({ONLY_IMPACT})
    if told and _LUCK.fullmatch(told[0]) and all(_LUCK.fullmatch(s) or _OTHERWISE.fullmatch(s) for s in told[1:]):
        return frozenset({ONLY_LUCK})
    return frozenset()


def _is_impact(sentence: str) -> bool:
    return _IMPACT.fullmatch(sentence) is not None and _JOINED.search(_BETWEEN.sub(" ", sentence)) is None
