"""In which words and figures do people tell a time, and which figures are none?"""

from __future__ import annotations

from bot.patterns import exact_pattern, pattern
from bot.timeline.zones import ZONE_WORDS

CLOCK = exact_pattern(
    r"\b(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d|\?\?|[xX]{2})(?::(?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>(?i:[ap]\.?m\b\.?)))?(?:,?\s?\(?(?P<zone>" + ZONE_WORDS + r"))?"
)
ISO = exact_pattern(
    r"\b(?P<day>20\d\d-[01]\d-[0-3]\d)[T ](?P<h>[01]\d|2[0-4]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"\s?(?P<zone>Z\b|UTC\b|GMT\b|[+-]\d\d:?[0-5]\d\b)?"
)
HOUR = exact_pattern(
    r"\b(?P<h>1[0-2]|0?[1-9])\s?(?P<half>(?i:[ap]\.?m\b\.?))(?:,?\s?\(?(?P<zone>" + ZONE_WORDS + r"))?"
)
DIGITS = exact_pattern(r"\b(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\s?(?P<zone>UTC|GMT|Z)\b")
#: In the order of their values.
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MINUTES = {"five": 5, "ten": 10, "twelve": 12, "twenty": 20, "twenty five": 25, "twenty-five": 25}
MINUTES |= {"two": 2, "three": 3, "four": 4, "six": 6, "seven": 7, "eight": 8, "nine": 9}
SPOKEN = exact_pattern(
    r"(?i:\b(?P<part>half(?: past)?|quarter past|quarter to)\s(?P<n>" + "|".join(NUMBERS) + r")\b"
    r"|\b(?P<past>half past|quarter past|quarter to)\s(?P<d>1[0-2]|[1-9])\b|\b(?P<noon>noon|midday|midnight)\b)"
    r"(?:,?\s?\(?(?P<zone>" + ZONE_WORDS + r"))?"
)
#: "ten past three", "three minutes past four", "since ten to six"; "ten to six people" is none.
SPELLED = pattern(
    r"\b(?:past|to|since|from|at|around|about|before|after) (?:about |around )?(?:" + "|".join(NUMBERS) + r")\b"
)
PAST = exact_pattern(
    r"(?i:\b(?P<by>" + "|".join(MINUTES) + r"|[1-5]?\d)(?: minutes?| mins?)? (?P<way>past|to) "
    r"(?:(?P<n>" + "|".join(NUMBERS) + r")|(?P<d>1[0-2]|[1-9]))\b)(?:,?\s?\(?(?P<zone>" + ZONE_WORDS + r"))?"
)
#: "17h52", as in French and Portuguese; "1h52" is a length.
WITH_H = exact_pattern(r"\b(?P<h>[01]\d|2[0-3])(?P<by_h>h)(?P<m>[0-5]\d)\b")
#: "since 8", "around ten": an hour alone.
HOUR_ALONE = exact_pattern(
    r"(?i:\b(?:since|from|at|around|about|before|after) (?:about |around )?)"
    r"(?:(?P<n>(?i:" + "|".join(NUMBERS) + r"))|(?P<d>1[0-2]|[1-9]))\b"
)
HOUR_ENDS = pattern(
    r"^(?:\W*$|[.,;:!)]\s| (?:in the (?:morning|evening|afternoon|night)|this (?:morning|afternoon|evening)|last night"
    r"|yesterday|today|tonight|sharp|o'?clock|or so|ish|when|and|but|like|till|until|then|there|your time|my time"
    r"|our time|here|on)\b)"
)
#: Where "10 to 6" is a time of day, and where "ten to six" is one as well, as far as it cannot be from ten up to six.
AT_BEFORE = pattern(r"\b(?:at|since|says|came|it(?:'|’)s|it is)\s$")
ABOUT_AT_BEFORE = pattern(r"\b(?:around|about|by|until|till|before|after|was|is)\s$")
#: What else may follow a time of day that is told by its minutes: "at ten to six the alarm rang".
GOES_ON = pattern(r"^ (?:i|we|it|the|our|my|all|everything|nobody|no|this|that)\b")
#: "took 12h30", "uptime 23h59": a length.
LASTS_BEFORE = pattern(
    r"\b(?:took|takes?|taken|lasted|lasts?|ran|runs?|running|for|uptime|within|after|duration|total)\b:?"
    r"(?: (?:of|is|was|about|around|only|just|nearly|almost|over|the|another|up to))*\s$"
)
AGO = pattern(
    r"\b(?P<n>\d{1,4}(?:\.\d)?|an?|half an|a couple(?: of)?|two|three|four|five|six|ten|fifteen|twenty|thirty)"
    r"\s?(?P<unit>hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|days?)(?P<half> and a half)?\s+ago\b"
)
FOR = pattern(
    r"\bfor (?:the )?(?:last|past) (?:about |around |~)?"
    r"(?P<n>\d{1,4}(?:\.\d)?|half an|couple of|two|three|four|five|six|ten|fifteen|twenty|thirty)?"
    r"\s?(?P<unit>hours?|hrs?|minutes?|mins?)\b(?P<half>)"
)
COUNTS = {
    "a": 1.0, "an": 1.0, "half an": 0.5, "a couple": 2.0, "a couple of": 2.0, "couple of": 2.0, "two": 2.0,
    "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "ten": 10.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0,
}  # fmt: skip
ABOUT_BEFORE = pattern(
    r"(?:[~≈]|\b(?:about|around|approx(?:imately|\.)?|roughly|circa|ca\.?|c\.|maybe|perhaps|nearly|almost|probably"
    r"|i think|i guess|like|some ?time|shortly|just|soon|a (?:bit|little)|or so)"
    r"(?: (?:at|after|before|past|around|about|between|from))?)\s?\(?$"
)
ABOUT_AFTER = pattern(r"^\)?\s?(?:-?ish\b|or so\b|or thereabouts|\(?maybe|-?\s?maybe|\(?approx|\?)")
#: "09:30ish".
ISH = pattern(r"^-?ish\b")
AHEAD = pattern(
    r"\b(?:will|won't|eta|next update|scheduled|expect\w*|plann\w+|tomorrow|going to|gonna|let's|meeting|reconvene"
    r"|intention|aim\w*|i'll|we'll|he'll|she'll|they'll|remind\w*|deadline|ready)\b[^.;\n]{0,60}$"
)
#: A span such as `10:00-11:00` and the words that may stand between the ends of one.
BETWEEN = pattern(
    r"^\)?\s?(?:\(?[A-Z]{2,4}\)?\s?)?"
    r"(?:,? and (?:lasting|lasted|continuing|continued) |,? lasting |,? (?:continuing|persisting) )?"
    r"(?:(?:and )?(?:ending|ended)|to|and|until|till|til|through|thru|up to|[-–—]+>?|→)\s?"
    r"(?:(?:about|around|approximately|approx\.?|roughly|at|on|~|the|finally|\w+day,?|(?:mon|tue|wed|thu|fri|sat|sun)\b,?)\s?)*\(?$"
)
OPENS = pattern(
    r"(?:\bbetween|\bfrom|\bbeginning|\bstarting|\bstarted|\bbegan|\bsince|\bwindow:?|\bduration:?|\bimpact:?)"
    r"[^.;\n]{0,40}$"
)
#: What may stand between a day and the time of day that belongs to it.
DAY_THEN_CLOCK = pattern(
    r"^[\s,(@:|T-]*(?:(?:at|around|about|between|from|starting|beginning|approximately|approx\.?|roughly|until|to|and"
    r"|~|on|the|by|morning|evening|afternoon|night|time|after|before|just|shortly|as of)[\s,~(]*){0,4}$"
)
CLOCK_THEN_DAY = pattern(r"^\)?[\s,(]*(?:on |in the |of |late |early )?(?:the )?$")
CODE = pattern(r"```[\s\S]*?(?:```|$)|`[^`\n]*`|https?://\S+|\b\d+\.\d+\.\d+\.\d+(?::\d+)?|<@\w+>")
LOG_LINE = exact_pattern(r"(?m)^\W{0,3}(?:\[?[EWID] )?\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d+.*$")
NOT_A_CLOCK_BEFORE = pattern(r"(?:[\w.:/$#=@-]|\d\s?[x×]|[+-]\d\d|\b(?:ratio|odds|score)\s)$")
NOT_A_CLOCK_AFTER = pattern(r"^(?:[:/%@=]\S|\.\d|\w|-\d{2}-|\s?(?:ratio|odds|minutes?|mins?|hours?|hrs?)\b)")
RANGE_BEFORE = exact_pattern(r"(?:\d\d|\?\?|[ap]m|UTC|Z|\))\s?$")
