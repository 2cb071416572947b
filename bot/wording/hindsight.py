"""Where does a text judge by what was only known later?

What was clear at a minute of the incident ("at 13:05 it was clear that the primary was gone") is told as it was lived.
"""

from __future__ import annotations

from bot.patterns import Found, pattern
from bot.wording.rule import Rule

#: When something became known, told beside it.
_AS_LIVED = pattern(
    r"(?:\d{1,2}[:.h]\d{2}|\bonce\b|\bbecame\b|\bbecomes\b|\bby then\b|\bafter (?:\w+ ){0,3}(?:minutes?|hours?)\b"
    r"|\bwhen\b|\bat (?:this|that) (?:point|moment)\b|\bwas (?:still )?not\b|\bsoon\b)"
)
#: Something to find, not a judgement: "an obvious next step", "the most obvious suspect", "if it is obvious".
_SOUGHT = pattern(
    r"(?:\bmake|\bmakes|\bmade|\bto make|\bmaking|\bif|\bmore|\bwhether|\bless|\bmost|\bmade it|\bmake it|\bshould be"
    r"|\bmust be|\bwas it|\bis it|\bto be)(?: \w+){0,2} $"
)


def _is_no_minute(found: Found, text: str) -> bool:
    first = max(text.rfind(mark, 0, found.start()) for mark in ".;!?\n") + 1
    return _AS_LIVED.search(text[max(first, found.start() - 60) : found.start() + 8]) is None


#: "Clearly marked buttons", "the obvious suspects": what was clear then, or is to be.
_AT_THE_TIME = pattern(
    r"^(?:clearly (?:marked|labell?ed|defined|named|documented|stated|separated|visible|written|structured)"
    r"|obvious (?:suspects?|candidates?|causes|places?|checks?|steps?|things?|choice|choices|first|next|errors?|signs?"
    r"|reason))\b"
)


def _is_told(found: Found, text: str) -> bool:
    if _AT_THE_TIME.search(text[found.start() : found.end() + 24].lstrip(" .;!?\n")) is not None:
        return False
    return _SOUGHT.search(text[max(0, found.start() - 30) : found.start()]) is None


_CLEAR = r"(?:clear|plain|evident|apparent|visible|foreseeable|predictable|certain)"
_EVERYBODY = (
    r"(?:anyone|anybody|everyone|everybody|we all|all of us|any (?:\w+ )?(?:engineer|dev|developer|admin|person))"
)

RULES = (
    Rule(
        "in hindsight",
        pattern(
            r"\bhindsight\b|\bin retrospect\b|\bretrospectively\b|\bin the rear-?view\b|\bafter the fact\b"
            r"|\blooking back(?: now)?(?:,|$|\.|;| (?:it|we|the|that|this|i|now))|\blooking at (?:it|this|that) (?:now"
            r"|today)\b|\bwith what we know (?:now|today)\b|\b(?:knowing|given|from) what we(?:'ve)? (?:know|learned"
            r"|learnt)(?: now| today| since)?\b|\bnow that we know\b|\bwe now know that (?:we|it|this) (?:was|were)\b"
            r"|\bin the cold light of day\b|\bwiser after\b|\bafterwards one is\b|\bseen from (?:today|now)\b"
        ),
    ),
    Rule(
        "obviously",
        pattern(
            r"\bobvious(?:ly)?\b|(?:^|[.;!?\n] *)(?:clearly|naturally|of course|surely|evidently|needless to say"
            r"|(?:not )?(?:un)?surprisingly)\b|\b(?:was|were|is|'s|had|should|could|would) (?:so |very |quite "
            r"|pretty )?(?:clearly|plainly|evidently)\b|\bclearly (?:pointed|showed|shown|indicated|visible|wrong|the"
            r"|a|too|not|going|broken|risky|said|was|were|marked|signalled|saw|a problem|failing|overloaded"
            r"|dangerous)\b|\bevidently\b|\bself-evident\b|\b(?:was|were|is) (?:\w+ )?(?:glaring|blatant|unmistakable"
            r"|self-evident)\b"
        ),
        _is_told,
    ),
    Rule(
        "it was clear",
        pattern(
            rf"\b(?:it|that|this|risk|danger|cause|problem|outcome|sequence|everything|all)(?: all)?(?: was|(?: is"
            rf"|'s) (?:now|perfectly|glaringly|painfully|so|very)|| had been| should have been"
            rf"| must have been) (?:now |perfectly |already |always |so |very |quite |pretty |painfully |glaringly "
            rf"|crystal |blindingly |abundantly |entirely |completely |totally )*{_CLEAR}(?: that| from"
            rf"| to (?:everyone|everybody|all|anyone|see)| all|[.!]?$)|\b(?:no one|nobody) (?:should|can"
            rf"|could) be surprised\b|\bplain (?:to see|as day)\b|\bclear as (?:day|daylight|glass)\b"
            rf"|\bshould (?:not )?(?:have )?(?:surprised?) (?:no one|nobody|anyone|anybody)\b|\bshould(?:n't"
            rf"| not) have (?:surprised|been a surprise)\b|\bin plain (?:sight|view)\b|\bfor (?:all|everyone"
            rf"|anyone) to see\b|\b(?:entirely|completely|perfectly|totally|quite|utterly|easily) (?:foreseeable"
            rf"|predictable|evident)\b|\b(?:clear|evident|apparent|obvious) (?:from|since) (?:day one"
            rf"|the (?:very )?(?:start|beginning|first|outset))\b"
        ),
        _is_no_minute,
    ),
    Rule(
        "the signs were there",
        pattern(
            r"\b(?:signs?|warnings?|clues?|signals?|symptoms?|flags?|hints?|lights?|evidence|indications?"
            r"|alarms?) (?:were|was|had been|is|are) (?:all |always |clearly |right |already |plainly "
            r"|just )*(?:there\b|clear\b|visible\b|everywhere\b|obvious\b|flashing|staring|screaming|impossible"
            r"|in front|unmistakable|telling)|\b(?:was|were|is|are) (?:\w+ )?(?:impossible|hard|difficult"
            r"|tough) to (?:miss|overlook|ignore)\b|\bunmistakabl[ey]\b|\btell-?tale\b|\bstar(?:ing|ed) (?:us|me|them"
            r"|you|everyone|him|her) (?:right )?in the face\b|\b(?:right )?(?:in front of|under) (?:our|my|their|his"
            r"|her|your) (?:very )?(?:eyes|noses?)\b|\bright in front of (?:us|me|them|you|him|her)\b|\b(?:writing"
            r"|handwriting) (?:was |is |had been )?on the wall\b|\b(?:was|were|is|'s) (?:\w+ )?easy to (?:see|spot"
            r"|tell|predict|foresee|say|recogni[sz]e)\b"
        ),
    ),
    Rule(
        "anyone could see",
        pattern(
            rf"\b{_EVERYBODY}(?: (?:with|in|on|who) \w+(?: \w+)?)? (?:could|would|should|can|might|must) (?:easily "
            rf"|clearly )?(?:have )?(?:easily )?(?:see|seen"
            r"|know|known|notice|noticed|tell|told|guess|guessed|spot|spotted|recogni[sz]ed?|realis?z?ed?"
            r"|predict(?:ed)?|foreseen|foresee|understood)\b|\b(?:a|any) (?:blind man|child|fool|toddler|idiot"
            r"|beginner|junior) (?:could|would|can)\b|\b(?:how|who) (?:could|did|can) (?:\w+ )?(?:anyone|anybody|we"
            r"|they|you|nobody|no one|he|she)(?: all)? (?:not (?:see|notice|know|have)|miss|overlook|have missed)\b"
            r"|\b(?:see|saw|seen) (?:it|this|that) (?:all )?coming\b|\byou could see it\b|\b(?:everyone|everybody"
            r"|we all|all of us) (?:\w+ )?knew\b|\b(?:we|they|all of us|you|i) (?:always |already |all )?knew (?:it\b"
            r"|all along|this (?:would|was|day)|that (?:it|this|box|one|the \w+|server|thing)(?: \w+)? (?:would|was"
            r"|could|is)|(?:one|some) day)|\bknew (?:all along|better|from the start)\b"
        ),
    ),
    Rule(
        "bound to happen",
        pattern(
            r"\b(?:matter|question) of time\b|\b(?:bound|destined|doomed|sure|certain|guaranteed) to (?:fail|happen"
            r"|break|go wrong|blow up|crash|fall over|end|explode|come|catch up)\b|\bdoomed\b|\b(?:was|is|were|seemed"
            r"|became|looked) (?:\w+ )?(?:inevitable|unavoidable|foreseeable|predictable|foregone)\b|\binevitably\b"
            r"|\bpredictably\b|\b(?:disaster|accident|outage|incident|catastrophe"
            r"|failure) (?:just )?waiting to happen\b|\b(?:ticking )?time[- ]?bomb\b|\bticking bomb\b|\ball along\b"
            r"|\b(?:no|little|hardly a) (?:surprise|wonder)\b|\bunsurprising(?:ly)?\b|\b(?:not"
            r"|hardly) surprising(?:ly)?\b|\bnot a surprise\b|\bcame as no\b|\b(?:was|were) (?:always"
            r"|never) going to (?:end|fail|break|happen|work|be|go|hold|blow|crash|scale|last)\b|\b(?:could"
            r"|can) only (?:go wrong|fail|end)\b|\basking for (?:trouble|it)\b|\bsooner or later\b|\bas (?:was"
            r"|is) to be expected\b|\bas one would expect\b|\bplaying with fire\b|\b(?:it|this|that) had to (?:happen"
            r"|go wrong|fail|break|end)\b|\brecipe for disaster\b|\bwas coming for (?:weeks|months|years"
            r"|a long time)\b|\bpredestined\b"
        ),
    ),
)
