"""Does a sentence deny something, and is it sure of what it says? By the words of English, German, French and Spanish.

Pure. A statement must not turn what it rests on: deny what nobody denied, or know what others only asked or thought.
"""

from __future__ import annotations

from bot.patterns import pattern, plain

_NOT = (
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|(?:ca|wo|do|does|did|is|are|was|were|has|have|had"
    r"|would|could|should)n'?t|nicht|kein(?:e|en|er|em|es)?|nie|niemals|ohne|pas|aucune?|jamais|sans|rien|nunca|ning[uú]n\w*"
    r"|sin|nada)\b"
)
_DENIES = pattern(_NOT)
#: What denies in other words; enough to rest a denial on.
_LACKS = pattern(
    _NOT + r"|\b(?:fail\w*|unable|unavailable|unknown|unclear|un(?:affected|changed|confirmed|likely|reachable"
    r"|successful\w*)|stop(?:s|ped|ping)?|lack(?:s|ed|ing)?|miss(?:es|ed|ing)|lost|down|broken|broke|errors?"
    r"|time(?:d )?-?outs?|timing out|refus\w+|reject\w*|block\w*|stuck|exhausted|dead|died|killed|crash\w*|ruled out"
    r"|denied|wrong|only|empty|zero|0|rather than|instead of|hardly|barely|out of|absent|skip\w*|ausgefallen|fehl\w*"
    r"|unklar|unbekannt|en panne|ca[ií]d\w*|fall[oóa]\w*)\b"
)
_UNSURE = pattern(
    r"\b(?:may|maybe|might|could (?:have|be)|can't tell|possibly|perhaps|probably|presumably|likely|suspect(?:s|ed)?"
    r"|appears?(?: to)?|appeared(?: to)?|seems?|seemed|look(?:s|ed) (?:like|as|to be|exhausted|saturated|full|stuck"
    r"|slow|wrong|fine|ok|healthy|unhealthy|stable|normal|off|odd|weird|empty|broken|bad|good|high|low)|sounds? like"
    r"|hypothesis|hypotheses|theory|believe[sd]?|thinks?|thought|guess(?:es|ed|ing)?|assum(?:e|es|ed|ing)|unclear"
    r"|unsure|not (?:yet )?(?:confirmed|known|sure|certain)|no idea|asked|asks|wonder(?:s|ed|ing)?|whether|one reading"
    r"|vielleicht|vermutlich|möglich\w*|wahrscheinlich|glaube|scheint|schien|sieht (?:nach|so) |peut-être"
    r"|probablement|semble(?:nt)?|quizás?|tal vez|probablemente|posible\w*|parece|creo)\b"
)


def denial(text: str, *, strict: bool = False) -> bool:
    """Whether a text denies something; unless `strict` also in words such as "failed" and "down"."""
    return (_DENIES if strict else _LACKS).search(plain(text)) is not None


def guessed(text: str) -> bool:
    """Whether a text is worded as what somebody only thinks."""
    return _UNSURE.search(plain(text)) is not None


def unsure(text: str) -> bool:
    """Whether a text asks, or says what somebody only thinks."""
    return text.rstrip(' \n"”)').endswith(("?", "？", "؟")) or guessed(text)
