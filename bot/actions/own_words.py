"""Does somebody say what he or she will do, and is it something that is done now, within the incident?"""

from __future__ import annotations

from bot.patterns import pattern

_DAY = r"(?:(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tmrw|today|tonight|later|next week|this week)"
_MINE = pattern(
    r"\b(?:i'll|ill|i will|i'm going to|i am going to|i'm gonna|im gonna|i can|i plan to|i shall|let me"
    r"|i(?:'ve| have)? promised?|i can promise) (?:also |then |just )?[\p{L}]"
    r"|^\W*(?:and |also |so |ok,? |yes,? |yep,? |sure,? )*(?:will|gonna|going to) (?:also |then |just )?[\p{L}]"
)
#: What is done by who only says "I" and a verb: "I publish it this evening". "I put" and "I set" may be past.
_DOES = (
    r"(?:talk|speak|write|prepare|send|add|make|fix|ask|order|document|update|move|publish|change|take|call|switch|book"
    r"|file|open|test|collect|do|bring|build|create|replace|remove|delete|schedule|invite|share|post|plan|review|clean"
    r"|turn|put|set|finish|deliver|phone|ring|mail|email|print|translate|draft|close|clear|repeat|extend|raise"
    r"|lower|give|get"
    r"|return|copy|register|archive|rewrite|retest|follow)"
)
_BARE = pattern(
    rf"(?:^|[,;:.(–—-] ?|\b(?:and|then|so|also|{_DAY}) )\W*i (?:also |then |just )?{_DOES} \S"
    r"|\bi(?:'m| am) (?:also |then |just )?[\p{L}]{3,}ing \S"
)
#: What somebody is at: "I'm looking", "I'm trying the new kernel".
_IS_AT_IT = pattern(
    r"\bi(?:'m| am) (?:also |then |just )?(?:look|try|check|watch|wait|see|gett|hav|think|join|go|do|runn|restart|driv"
    r"|walk|com|leav|head|tak|feel|work|sitt|stand|read|seeing|hop|guess|miss)\w*ing\b"
)
#: "will it hold?", "will be back": nobody's promise.
_NOT_MINE = pattern(
    r"^\W*(?:and |also |so |ok,? )*(?:will|gonna|going to) (?:you|we|they|he|she|it|the|this|that|there|be|not|any\w*"
    r"|some\w*|[\p{L}]+ be|do(?: (?:it|that|so))?(?:\W|$))"
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
    return _BARE.search(sentence) is not None and _IS_AT_IT.search(sentence) is None


def is_done_now(sentence: str) -> bool:
    """Whether what the writer takes on is done on the spot."""
    return _ON_THE_SPOT.search(sentence) is not None or _AT_ONCE.search(sentence) is not None


def without_lead(sentence: str) -> str:
    """The sentence without "ok", "and", "yes" before what its writer will do."""
    return _LEAD.sub("", sentence)
