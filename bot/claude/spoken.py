"""What in a sentence can be checked: which numbers, times, names, links, terms and quantities does it hold?

Pure. Texts are short (a sentence, or one line of what was sent).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.patterns import exact_pattern, pattern
from bot.wording.people import PLACE, SYSTEM, is_name

_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.|\b(?:mailto|javascript|data|tel|vbscript):)[^\s<>\"”]+"
    r"|\b(?:[a-z0-9-]+\.)+(?:[a-z]{2,})\b(?:[/:?#][^\s<>\"”]*)?",
    re.IGNORECASE,
)
_AT = re.compile(r"[@#][\w.-]+")
#: How people are called in what leaves; a severity may be called so too.
PERSON = re.compile(r"\bP\d{1,6}\b")
_CLOCK = re.compile(
    r"(?<![\w:.])(\d{1,2})[:h](\d{2})(?::\d{2})?(?![\w:])|(?<![\w.])(\d{1,2}) ?([ap])\.?m\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?<![\w.])(?P<money>[$€£¥] ?)?(?P<value>\d+(?:[.,'’  ]\d{3})*(?:[.,]\d+)?)"
    r" ?-?(?P<unit>%|[$€£¥]|[^\W\d_]+(?:/s)?)?",
)
_TERM = re.compile(r"[\w#@][\w./#:-]*[\w]|\w")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNITS = {
    unit: name
    for name, units in {
        "%": "% percent pct prozent",
        "ms": "ms millisecond milliseconds millisekunden",
        "s": "s sec secs second seconds sekunden sekunde secondes segundos",
        "min": "m min mins minute minutes minuten minutos",
        "h": "h hr hrs hour hours stunden stunde heures heure horas hora",
        "d": "d day days tag tage tagen jours jour días día",
        "w": "w week weeks woche wochen semaine semaines semana semanas",
        "month": "month months monat monate monaten mois mes meses",
        "year": "year years jahr jahre jahren ans année années año años",
        "k": "k thousand tausend mille",
        "million": "m million millions mio millionen",
        "gb": "gb gigabytes", "mb": "mb megabytes", "tb": "tb", "kb": "kb",
        "rps": "rps qps req/s",
        "$": "$ usd dollar dollars", "€": "€ eur euro euros", "£": "£ gbp pounds", "¥": "¥ yen",
    }.items()
    for unit in units.split()
}  # fmt: skip
_UNITS["m"] = "min"
_COUNTS = {
    word: value
    for value, words in {
        "2": "two zwei deux dos", "3": "three drei trois tres", "4": "four vier quatre cuatro",
        "5": "five fünf cinq cinco",
        "6": "six sechs", "7": "seven sieben sept siete", "8": "eight acht huit ocho", "9": "nine neun neuf nueve",
        "10": "ten zehn dix diez", "11": "eleven elf", "12": "twelve zwölf", "13": "thirteen", "14": "fourteen",
        "15": "fifteen", "16": "sixteen", "17": "seventeen", "18": "eighteen", "19": "nineteen", "20": "twenty zwanzig",
        "30": "thirty dreißig", "40": "forty vierzig", "50": "fifty fünfzig", "60": "sixty", "70": "seventy",
        "80": "eighty", "90": "ninety", "half": "half halved hälfte", "100": "hundred hundreds hundert",
        "1000": "thousand thousands tausend", "1000000": "million millions", "12s": "dozen dozens",
        "x2": "twice double doubled", "x3": "triple tripled thrice", "1/4": "quarter viertel quart", "#3": "third",
        "#4": "fourth", "#5": "fifth", "pair": "couple pair",
    }.items()
    for word in words.split()
}  # fmt: skip
_TENS = frozenset({"20", "30", "40", "50", "60", "70", "80", "90"})
#: A length of time of one: "an hour".
_ONE_OF = re.compile(
    r"\b(?:an?|one|eine?[rn]?|une?|una) (second|minute|hour|day|week|month|year|sekunde|stunde|tag|woche|monat|jahr"
    r"|heure|jour|semaine|mois|hora|día|semana|mes|año)\b",
    re.IGNORECASE,
)
#: Words that say how much without a number, by what they say.
_QUANTITIES = {
    word: name
    for name, words in {
        "all": "all every everyone everybody everything entire entirely wholly completely fully totally always alle "
               "allen sämtliche jeder jede jedes tous toutes todos todas siempre immer toujours",
        "none": "none nobody nothing never keiner keine niemand nie niemals aucun aucune jamais ninguno ninguna nadie "
                "nunca",
        "most": "most mostly majority meisten mehrheit plupart mayoría",
        "many": "many several numerous multiple countless dozens viele mehrere plusieurs nombreux varios muchos",
        "few": "few wenige peu pocos",
        "only": "only solely exclusively nur seulement solo solamente",
    }.items()
    for word in words.split()
}  # fmt: skip
_NO_QUANTITY = re.compile(
    r"\b(?:(?:not )?at all|after all|above all|all the same|most (?:likely|probably|useful|important)|at (?:the )?most"
    r"|all clear|first of all|if only|not only)\b",
    re.IGNORECASE,
)
_DAY_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december noon midnight midday yesterday tomorrow today"
)
_DAYS = frozenset(_DAY_WORDS.split())
#: What services and their parts are called in small letters: checkout-api, payments-db-eu.
_SERVICE = re.compile(
    r"\b[a-z0-9]+(?:-[a-z0-9]+)*-(?:apis?|db|dbs|svc|services?|workers?|queues?|caches?|gateways?|prox(?:y|ies)|servers?"
    r"|clusters?|prod|production|staging|canary|eu|us|east|west|north|south|central|apps?|web|bots?|jobs?|cron|redis|pg"
    r"|postgres|mysql|kafka|nodes?|pools?|operators?|controllers?|frontend|backend|edge|core|engine|store|topic|bucket"
    r"|lambda|function|ingress|agent|exporter|importer|scheduler|runner|primary|replica|broker|consumer|producer)\b",
    re.IGNORECASE,
)
_NAME = exact_pattern(r"(?P<name>[\p{L}][\p{L}'’-]*)")
_NOT_NAMES = frozenset({"I", "OK", "A"})
_PRODUCT = pattern(rf"(?:{SYSTEM}|{PLACE})")
#: Of those, words that mean something else in small letters.
_WORDS_TOO_AS_ONE = (
    "node react rust oracle apple chrome safari spark flux vault consul nomad route lambda aurora fargate slack "
    "elastic rabbit chef puppet sentry ruby rails go china shopify sap php celery envoy loki kong jenkins python argo"
)
_WORDS_TOO = frozenset(_WORDS_TOO_AS_ONE.split())


@dataclass(frozen=True, slots=True)
class Holds:
    """What of a text can be held against another; every part in a form in which equal things are equal."""

    links: frozenset[str]
    clocks: frozenset[str]
    #: Value and unit; the unit is empty where what follows is no unit.
    amounts: Counter[tuple[str, str]]
    #: Terms with digits, underscores, inner capitals and the like.
    terms: frozenset[str]
    #: Words with a capital that stand where no sentence begins, and those that can only be names.
    names: frozenset[str]
    #: P1, P2 …
    people: frozenset[str]
    #: Words that say how much without a number: all, none, most, many, few, only.
    quantities: frozenset[str]
    #: Words of weekdays, months and parts of days.
    days: frozenset[str]
    #: All words, in small letters.
    words: frozenset[str]


def normal(text: str) -> str:
    """In which two texts are the same: compatible forms, small letters, single blanks, straight quotation marks."""
    return aligned(text)[0]


def aligned(text: str) -> tuple[str, list[int]]:
    """The same, and for each of its characters where it stands in `text`."""
    out: list[str] = []
    places: list[int] = []
    for index, each in enumerate(text):
        for char in unicodedata.normalize("NFKC", each).casefold():
            char = _PLAIN.get(char, char)
            if char.isspace():
                if not out or out[-1] == " ":
                    continue
                char = " "
            out.append(char)
            places.append(index)
    return "".join(out), places


_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"}


def holds(text: str) -> Holds:
    """Everything in `text` that can be held against what it rests on."""
    words = frozenset(each.casefold() for each in WORD.findall(text))
    rest, links = _without(_LINK, text)
    rest, marked = _without(_AT, rest)
    rest, people = _without(PERSON, rest)
    clocks = frozenset(_clock(found) for found in _CLOCK.finditer(rest))
    rest = _CLOCK.sub(" ", rest)
    amounts: Counter[tuple[str, str]] = Counter()

    def amount(found: re.Match[str]) -> str:
        after = found.group("unit") or ""
        unit = _UNITS.get(after.casefold(), "") or _UNITS.get((found.group("money") or "").strip(), "")
        if after and not unit and found.group()[-len(after) - 1 : -len(after)] not in (" ", "-"):
            return found.group()  # a term such as 2xlarge
        amounts[(_value(found.group("value")), unit)] += 1
        return f" {after if not _UNITS.get(after.casefold()) else ''}"

    rest = _NUMBER.sub(amount, WORD.sub(_in_digits, rest))
    for found in _ONE_OF.finditer(rest):
        amounts[("1", _UNITS[found.group(1).casefold()])] += 1
    for word in WORD.findall(rest):
        for part in word.casefold().split("-"):
            if (value := _COUNTS.get(part)) is not None:
                amounts[(value, "")] += 1
    terms = {each.casefold() for each in _TERM.findall(rest) if _is_term(each)}
    terms |= {each.casefold().strip(".-") for each in marked}
    terms |= {each.casefold() for each in _SERVICE.findall(rest)}
    return Holds(
        frozenset(each.rstrip(".,;:!?)") for each in links),
        clocks,
        amounts,
        frozenset(terms),
        frozenset(_names(rest)),
        frozenset(people),
        frozenset(
            _QUANTITIES[word]
            for each in WORD.findall(_NO_QUANTITY.sub(" ", text))
            if (word := each.casefold()) in _QUANTITIES
        ),
        words & _DAYS,
        words,
    )


def _in_digits(found: re.Match[str]) -> str:
    """A number in words as one in digits, so that what follows is its unit: "two", "twenty-five"."""
    parts = [_COUNTS.get(part, "") for part in found.group().casefold().split("-")]
    if len(parts) == 2 and parts[0] in _TENS and parts[1] in tuple("123456789"):
        return str(int(parts[0]) + int(parts[1]))
    return parts[0] if len(parts) == 1 and parts[0].isdigit() else found.group()


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, list[str]]:
    found = [each.group() for each in pattern.finditer(text)]
    return pattern.sub(" ", text), found


def _clock(found: re.Match[str]) -> str:
    if found.group(1) is not None:
        return f"{int(found.group(1))}:{found.group(2)}"
    return f"{int(found.group(3))}{found.group(4).lower()}m"


def _value(text: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:[,'’  ]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}", text):
        text = re.sub(r"[,'’  ]", "", text) if "." not in text or "," in text else text.replace(".", "")
    plain = text.replace(",", ".")
    return plain.lstrip("0") or "0"


def _is_term(word: str) -> bool:
    if len(word) < 2 or not any(each.isalnum() for each in word):
        return False
    inner = any(each.isupper() for each in word[1:]) and not word.isupper()
    capitals = word.isupper() and word.isalpha() and word not in _NOT_NAMES
    return inner or capitals or any(each.isdigit() or each in "_#@" for each in word) or "/" in word.strip("/")


def _names(text: str) -> Iterable[str]:
    """What can only be a name: of a system or a place, or a word with a capital where no sentence begins.

    At the beginning of a sentence a capital says nothing: there it is what can be the name of a person.
    """
    for found in WORD.finditer(text):
        word = found.group()
        if _PRODUCT.fullmatch(word) is not None and (word[0].isupper() or word not in _WORDS_TOO):
            yield word.casefold()
        elif not word[0].isupper() or word in _NOT_NAMES or _is_term(word):
            continue
        elif within_sentence(text, found.start()):
            yield word.casefold()
        else:
            as_name = _NAME.match(word)
            if as_name is not None and is_name(as_name):
                yield word.casefold()


def within_sentence(text: str, at: int) -> bool:
    """Whether something of the same sentence stands in front of that place."""
    before = text[:at].rstrip(" \t\n\"'“”‘’(*_`")
    return bool(before) and before[-1] not in ".!?…:"
