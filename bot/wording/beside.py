"""What is left of an answer without the talk before and after it: "lol", "that's all", "im off, bye"?"""

from __future__ import annotations

from bot.patterns import pattern, plain

#: Only what never begins a statement: no "well", "right" or "good".
_SIGHS = r"(?:lo+l|rofl|lmao|(?:ha){2,}h?|he(?:he)+|hm+|uh+|um+|ah+|oh+|omg|ugh+|argh|phew|btw)"
_LEAVES = (
    r"(?:(?:good ?)?bye(?:[ -]?bye)?|cya|see (?:you|ya|u)(?: (?:later|tomorrow|all))?|good ?night|gn|cheers"
    r"|(?:thanks|thank you|thx|ty)(?: (?:all|everyone|everybody|folks))?"
    r"|(?:i'?m|i am|am) (?:off|out|done|gone|leaving|going)(?: (?:now|home|to bed|for (?:today|now|lunch)))?)"
)
#: "That's it" before other words points at something; after them it ends an answer.
ENOUGH = (
    r"(?:that'?s|that is|that was) (?:all|it|everything)(?: of it)?"
    r"(?:,? (?:really|then|i think|from (?:me|us|my side|here)|for (?:me|now|today)|(?:that )?(?:i|we) (?:know|have"
    r"|remember|can say)))*"
)
_BEFORE = pattern(rf"^\W*{_SIGHS}(?:[\s,.!…:;–-]+|$)")
_AFTER = pattern(rf"(?:^|[\s,.!?…:;–-]+)(?:(?:and|so|but) )?(?:{_SIGHS}|{_LEAVES}|{ENOUGH})[\s,.!?…)]*$")
#: Longer texts say something, and more than what stands around it.
_LONGEST = 200


def without_talk(text: str) -> str:
    """`text` without what is said beside it; empty where nothing else is said. A longer text stays as it is."""
    if len(text) > _LONGEST:
        return text
    left = text
    while (found := _BEFORE.search(plain(left))) is not None:
        left = left[found.end() :]
    while (found := _AFTER.search(plain(left))) is not None:
        left = left[: found.start()]
    return left
