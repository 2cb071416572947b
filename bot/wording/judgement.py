"""Where does a text judge somebody or their work?"""

from __future__ import annotations

from bot.patterns import Found, pattern
from bot.wording.rule import Rule

_WORK = (
    r"(?:handover|hand-?off|response|review|communication|decision|process|coordination|planning|code|design|work|job"
    r"|team|attitude|engineering|documentation|docs|runbook|migration|testing|fix|script|change|rollout|management)"
)
_ABOUT_A_MEASURE = pattern(
    r"(?:latenc|throughput|performance|traffic|load times?|network|response times?|error rates?|slo\b|weather|named"
    r"|harmless|collect|connection|signal|data quality)"
)


def _is_no_measure(found: Found, text: str) -> bool:
    return _ABOUT_A_MEASURE.search(text[max(0, found.start() - 40) : found.end() + 30]) is None


RULES = (
    Rule(
        "words of contempt",
        pattern(
            r"\b(?:stupid(?:ly|ity)?|dumb(?:est)?|idiot(?:ic|s|ically)?|morons?|moronic|lazy|lazily|laziness|sloppy"
            r"|sloppily|careless(?:ly)?|reckless(?:ly|ness)?|irresponsible|irresponsibly|incompeten(?:t|ce|tly)"
            r"|unprofessional|negligent(?:ly)?|pathetic|ridiculous(?:ly)?|embarrassing|shameful|ashamed|disgraceful"
            r"|inexcusable|unforgivable|amateurish|amateurs?|amateur hour|clueless|half-assed|half-baked|crappy|shitty"
            r"|shit show|shitshow|shambles|clown show|circus|useless|insane|idiocy|fools?|foolish|silly|laughable|wtf"
            r"|facepalm|hopeless|abysmal|appalling|dreadful|lame|unqualified|ignorant|naive|nonsensical|shoddy|clowns?"
            r"|farce|fiasco|ludicrous|absurd|bad joke|half-hearted|bonkers|garbage|rubbish|botch job|mickey mouse"
            r"|cowboy|kindergarten)\b|\basleep at the wheel\b|\bunacceptable\b|\b(?:no excuse|what were (?:they|you"
            r"|we) thinking|common sense|should know better|know better|waste of (?:time|space)"
            r"|who in their right mind)\b"
        ),
        _is_no_measure,
    ),
    Rule(
        "a verdict on work",
        pattern(
            r"\b(?:is|was|are|were|'s) (?:such |just |really |simply |complete |total |an? |absolute )*(?:joke"
            r"|disgrace|disaster of|shame|embarrassment|garbage|rubbish|crap|shit|a mess)\b|\b(?:bad|poor|terrible"
            r"|awful|horrible|wrong) (?:judge?ment|decisions?|call|choices?|idea|job|handover|communication"
            r"|engineering|planning|management|review|attitude|work|practice|testing|documentation)\b"
            rf"|\b{_WORK} (?:was|were|is) (?:\w+ )?(?:terrible|awful|horrible|bad|poor|unacceptable|disastrous"
            r"|catastrophic|a joke)\b|\b(?:the )?worst \w+ (?:i|we)(?: have|'ve)? ever\b|\bpoorly (?:handled|managed"
            r"|done|planned|written|tested|thought|communicated|executed|designed)\b"
        ),
        _is_no_measure,
    ),
)
