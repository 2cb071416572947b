"""Where does a text stop at human error, carelessness or a slip, as if that explained something?"""

from __future__ import annotations

from bot.patterns import Found, pattern
from bot.wording.people import ROLE
from bot.wording.rule import Rule

_WORKER = r"(?:operator|pilot|driver|admin|engineer|developer|user|programmer|technician|staff|personnel|employee)"
_ERROR_AS_A_METRIC = pattern(
    r"^s? (?:rates?|counts?|messages?|pages?|budgets?|logs?|codes?|reports?|handling|tracking|reviews?|text|class"
    r"|types?|prompts?|screens?|[0-9]+)\b"
)
_BY_SOMEBODY = rf"(?:the |our |an? |one |his |her )?(?:[\w-]+ ){{0,2}}?(?:{ROLE}|person|whoever|<@)"


def _explains(found: Found, text: str) -> bool:
    """Not "user error messages", which are what a program shows."""
    return _ERROR_AS_A_METRIC.search(text[found.end() : found.end() + 24]) is None


RULES = (
    Rule(
        "human error",
        pattern(
            r"\bhuman[- ]?(?:errors?|mistakes?|failures?|failings?|slips?|lapses?|fallibility|nature)\b"
            r"|\b(?:classic|the|a|typical) human factor\b|\b(?:cause|reason|category|type)\w*(?: category)?"
            r" ?[:=-] ?(?:simply |just )?human\b|\bto err is human\b|\b(?:humans|people|we) are (?:only human|fallible"
            r"|not perfect)\b|\b(?:human|people) problem\b"
            r"|\bpeople (?:(?:do|will|always|just|simply) )*(?:make|makes) (?:mistakes|errors)\b"
        ),
        _explains,
    ),
    Rule(
        "somebody's error",
        pattern(
            rf"\b(?:{ROLE}|[\pL]{{2,}}person)(?:'s|s') (?:\w+ )?(?:typo|slip|mistake|error|oversight|carelessness"
            rf"|inattention|inexperience)\b"
            rf"|\b{_WORKER}(?:'s|s')? (?:errors?|mistakes?|slips?|oversight|negligence|misstep|failure)\b"
            r"|\b(?:someone|somebody|a person|people) (?:made|making) (?:a|an) (?:\w+ )?(?:mistake|error)\b"
            rf"|\b(?:mistakes?|errors?|slips?|typo|oversight|misjudge?ment|lapse|blunder|negligence|carelessness"
            rf"|mishandling|judge?ment|misstep|misconfiguration)(?: (?:made|committed|caused))? (?:by|of|from"
            rf"|on the part of) {_BY_SOMEBODY}"
            rf"|\b{_WORKER} slipped\b"
            r"|\bfailure of (?:the|an|one) (?:individual|person|operator|employee|engineer)\b|\bmishandling by\b"
        ),
        _explains,
    ),
    Rule(
        "a slip",
        pattern(
            r"\b(?:manual|honest|personal|innocent|individual|unforced|silly|stupid|careless|clerical|typing|typo"
            r"|copy[- /]?(?:and[- ])?paste|data[- ]entry|keyboard|simple|rookie|beginner's) (?:mistakes?|slips?"
            r"|errors?)\b"
            r"|\b(?:slip of (?:the|a) (?:hand|finger|pen|keyboard|tongue|mind)|slips? of attention|slip-?up"
            r"|finger trouble|wrong click|mis-?clicks?|brain ?farts?|senior moment|brain fade|fat[- ]?finger(?:s|ed"
            r"|ing)?"
            r"|mental lapse|lapses? (?:in|of) (?:concentration|attention|judge?ment|focus|memory)|momentary lapse"
            r"|blackout moment|mind slip)\b"
            r"|\b(?:an|my|our|his|her|their|simple|just|simply|pure|mere) (?:\w+ )?oversight\b|\bhand(?:ling)? error\b"
        ),
        _explains,
    ),
    Rule(
        "carelessness",
        pattern(
            r"\bcarelessness\b|\bnegligence\b|\binattention\b|\binattentiveness\b|\bsloppiness\b|\binexperience\b"
            r"|\bforgetfulness\b|\bcomplacency\b|\babsent-?minded(?:ness|ly)?\b|\bthoughtlessness\b"
            r"|\bnegligent handling\b"
            r"|\b(?:lack of|insufficient|not enough|too little|poor|inadequate|missing) (?:\w+ )?(?:attention|care"
            r"|diligence|discipline|focus|concentration|experience|competence|effort|vigilance|caution|thoroughness"
            r"|carefulness|attentiveness)\b|\black of (?:ownership|common sense)\b"
            r"|\bnot paying (?:\w+ )?attention\b|\b(?:was|were|is|are)(?:n't| not) (?:being )?(?:careful"
            r"|paying attention|attentive|focus(?:s)?ed"
            r"|vigilant|concentrating|thorough|diligent)(?: enough)?\b"
            r"|\b(?:was|were|got|is) (?:momentarily |easily |simply |just )?(?:distracted|absent-minded|inattentive"
            r"|not concentrating)\b|\b(?:tired|sleepy|overworked|distracted|careless|inattentive|inexperienced"
            r"|absent-minded)"
            r" (?:\w+ )?(?:engineer|developer|operator|admin|person|colleague|human|employee)\b"
        ),
    ),
    Rule(
        "a joke about users",
        pattern(
            r"\bpebk?cak\b|\bpebcak\b|\bid-?10-?t\b|\bpicnic error\b|\blayer[- ]?8\b"
            r"|\bbetween (?:the )?(?:keyboard and (?:the )?(?:chair|seat)|chair and (?:the )?(?:keyboard|computer"
            r"|screen))\b"
        ),
    ),
)
