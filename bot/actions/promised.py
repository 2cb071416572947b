"""Does somebody say what he or she will do, and is it something that is done now, within the incident?"""

from __future__ import annotations

from bot.patterns import pattern

_DAY = r"(?:(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tmrw|today|tonight|later|next week|this week)"
#: What is done by who only says "I" and a verb: "I publish it this evening". "I put" and "I set" may be past.
_DOES = (
    r"(?:talk|speak|write|prepare|send|add|make|fix|ask|order|document|update|move|publish|change|take|call|switch|book"
    r"|file|open|test|collect|do|bring|build|create|replace|remove|delete|schedule|invite|share|post|plan|review|clean"
    r"|turn|put|set|finish|deliver|phone|ring|mail|email|print|translate|draft|close|clear|repeat|extend|raise|lower"
    r"|give|get|return|copy|register|archive|rewrite|retest|follow)"
)
#: "ill" is "I'll" before such a verb alone: "I feel ill today".
_MINE = pattern(
    r"\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|im gonna|i can|i plan to|i shall|let me"
    r"|i(?:'ve| have)? promised?|i can promise) (?:also |then |just )?[\p{L}]"
    rf"|\bill (?:also |then |just )?(?:{_DOES}|check|look|try|see|restart) "
    r"|^\W*(?:and |also |so |ok,? |yes,? |yep,? |sure,? )*(?:will|gonna|going to) (?:also |then |just )?[\p{L}]"
)
_BARE = pattern(
    rf"(?:^|[,;:.(–—-] ?|\b(?:and|then|so|also|{_DAY}) )\W*i (?:also |then |just )?{_DOES} \S"
    r"|\bi(?:'m| am) (?:also |then |just )?[\p{L}]{3,}ing \S"
)
#: What somebody is at: "I'm looking", "I'm trying the new kernel".
_IS_AT_IT = pattern(
    r"\bi(?:'m| am) (?:also |then |just )?(?:look|try|check|watch|wait|see|gett|hav|think|join|go|do|runn|restart|driv"
    r"|walk|com|leav|head|tak|feel|work|sitt|stand|read|hop|guess|miss|assum|expect|suppos|fly|travel|commut|celebrat)"
    r"\w*ing\b"
    r"|\bi(?:'m| am) (?:also |then |just )?(?:calling it|moving (?:house|home|flats?|apartments?|out|in)|catching)\b"
)
#: "I put the flag back on monday": past as likely as not, unless a day ahead is named and none behind.
_MAY_BE_PAST = pattern(r"\bi (?:also |then |just )?(?:put|set|cut|let)\b")
_DAY_AHEAD = pattern(
    r"\b(?:tomorrow|tmrw|tonight|later|next \w+|this (?:week|afternoon|evening)|by (?:\w+day|eod|the end))\b"
)
_DAY_BEHIND = pattern(r"\b(?:yesterday|last (?:\w+day|week|month|night|time|year)|ago|earlier|already|before)\b")
#: "so I call them and they say tomorrow": a story.
_TELLS = pattern(
    r"\bi \w+ (?:[\w'-]+ ){0,4}(?:and|but|then) (?:they|he|she|it|nobody|nothing) (?:\w+ )?(?:says?|tells?|goes"
    r"|is|are)\b"
)
#: Will is a person's name, too.
_OF_WILL = r"is|isn(?:'|’)?t|was|has|had|and|or|said|says|wants?|thinks?|told|asked|did|does|went|came|knows"
_ON_WILL = pattern(rf"^\W*will (?:{_OF_WILL})\b")
#: "will it hold?", "will be back": nobody's promise.
_NOT_MINE = pattern(
    r"^\W*(?:and |also |so |ok,? )*(?:will|gonna|going to) (?:you|we|they|he|she|it|the|this|that|there|be|not|any\w*"
    rf"|some\w*|{_OF_WILL}|"
    r"[\p{L}]+ be|do(?: (?:it|that|so))?(?:\W|$))"
)
#: What is done on the spot, where somebody says to do it: "I'll check", "let me restart it".
_ON_THE_SPOT = pattern(
    r"(?:\b(?:i'll|ill|i will|i'm going to|i am going to|i'm gonna|i can|let me|i)|^\W*(?:and |also |ok,? )*(?:will"
    r"|gonna"
    r"|going to)) (?:also |then |just |quickly |first |now |try to |go and )*(?:restart|roll|revert|check|look|page"
    r"|escalate"
    r"|kill|drain|fail over|bounce|flush|try|wait|call|ping|join|scale|see|keep|update you|let you|phone|ring|ask"
    r"|tell|post|watch|monitor|reboot|stop|pause|disable|unblock|switch|turn|take it|start|run|reproduce)\b"
)
_LEAD = pattern(r"^\W*(?:(?:ok(?:ay)?|and|also|so|yes|yep|yeah|sure|then|right|fine|ta|yay|thanks)\b[,:.!]* )+")
_AT_ONCE = pattern(
    r"\b(?:right now|now|immediately|asap|quickly|in a (?:sec|second|minute|moment|bit)|(?:a|one|two) (?:sec|minute"
    r"|moment)s?"
    r"|in \d+ ?(?:m|min|mins|minutes)|right away|be right|first thing now)\b"
)


#: "yes I can", "sure sir, will share", "mine": says yes, and not to what.
_ONLY_TAKES_ON = pattern(
    r"\W*(?:(?:yes|yep|yeah|ok(?:ay)?|sure|sir|ma'am|i(?:'ll)?|i'd|can|will|shall|do|doing|it|that|this|mine|me"
    r"|share|take|too"
    r"|so|then|now|please|pls|thanks?|of course|gladly|both|all)\W*)+"
)


def only_takes_on(words: str) -> bool:
    """Whether somebody only says yes, so that what is taken on stands elsewhere."""
    return _ONLY_TAKES_ON.fullmatch(words) is not None


def is_mine(sentence: str) -> bool:
    """Whether the writer says what he or she will do."""
    return (_MINE.search(sentence) is not None and _NOT_MINE.search(sentence) is None) or says_i_do(sentence)


def says_i_do(sentence: str) -> bool:
    """Whether it is said without "will", so that it takes a day to be a promise: "I send the invite"."""
    return _BARE.search(sentence) is not None and not tells_of_oneself(sentence)


def tells_of_oneself(sentence: str) -> bool:
    """Whether the writer tells where he or she is, what was done or what somebody said: "I'm flying to Berlin"."""
    if any(rule.search(sentence) is not None for rule in (_IS_AT_IT, _TELLS, _ON_WILL)):
        return True
    ahead = _DAY_AHEAD.search(sentence) is not None and _DAY_BEHIND.search(sentence) is None
    return _MAY_BE_PAST.search(sentence) is not None and not ahead


def is_done_now(sentence: str) -> bool:
    """Whether what the writer takes on is done on the spot."""
    return _ON_THE_SPOT.search(sentence) is not None or _AT_ONCE.search(sentence) is not None


def without_lead(sentence: str) -> str:
    """The sentence without "ok", "and", "yes" before what its writer will do."""
    return _LEAD.sub("", sentence)
