"""Where does somebody blame themselves? It is a person as the cause like any other: a how question helps them too."""

from __future__ import annotations

from bot.patterns import pattern
from bot.wording.rule import Rule

#: What people call themselves who look for the cause in themselves.
_POOR = (
    r"(?:stupid|dumb|silly|foolish|careless|clumsy|lazy|sloppy|naive|reckless|thoughtless|idiotic"
    r"|inattentive|incompetent|useless|hopeless|(?:an? )?(?:(?:complete|total|absolute|right|bloody|big) )?(?:idiot"
    r"|moron|fool|dummy|muppet|klutz|amateur|rookie))"
)
_VERY = r"(?: (?:just|simply|only|so|too|such|really|pretty|a bit|quite|very|being|clearly|plain))*"
RULES = (
    Rule(
        "somebody blames themselves",
        pattern(
            rf"\b(?:me|myself|us|ourselves){_VERY} being{_VERY} {_POOR}\b"
            rf"|\b(?:i|we)(?:'m|'re| was| were| am| are| had been| have been|'ve been| feel| felt){_VERY} {_POOR}\b"
            rf"|\b{_POOR} (?:of )?me\b|\bmy own (?:\w+ )?(?:doing|stupidity|carelessness|laziness|sloppiness"
            r"|foolishness|incompetence|ignorance|inattention)\b|\bmy (?:stupidity|carelessness|laziness|sloppiness"
            r"|foolishness|incompetence)\b|\bmea culpa\b|\bshame on (?:me|us)\b|\b(?:i|we) (?:only |really |can only "
            r"|do )?blame (?:only )?(?:myself|ourselves)\b|\b(?:myself|ourselves) to blame\b|\b(?:i|we)(?:'ve"
            r"| have)? let (?:everyone|everybody|the (?:\w+ )?team|you all|you guys|people"
            r"|our (?:customers|users)|the company) (?:all )?down\b"
        ),
    ),
)
