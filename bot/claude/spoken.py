"""What in a sentence can be checked: which numbers, times, names, links and terms does it hold, in which language?

Pure. Texts are short (a sentence, or one line of what was sent).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.patterns import exact_pattern
from bot.wording.people import is_name

_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.|\b(?:mailto|javascript|data|tel|vbscript):)[^\s<>\"”]+"
    r"|\b(?:[a-z0-9-]+\.)+(?:[a-z]{2,})\b(?:[/:?#][^\s<>\"”]*)?",
    re.IGNORECASE,
)
_AT = re.compile(r"[@#][\w.-]+")
_PERSON = re.compile(r"\bP\d{1,4}\b")
_CLOCK = re.compile(
    r"(?<![\w:.])(\d{1,2})[:h](\d{2})(?::\d{2})?(?![\w:])|(?<![\w.])(\d{1,2}) ?([ap])\.?m\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?<![\w.])(?P<money>[$€£¥] ?)?(?P<value>\d+(?:[.,'’  ]\d{3})*(?:[.,]\d+)?)"
    r" ?-?(?P<unit>%|[$€£¥]|[^\W\d_]+(?:/s)?)?",
)
_TERM = re.compile(r"[\w#@][\w./#:-]*[\w]|\w")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNITS = {
    unit: name
    for name, units in {
        "%": "% percent pct prozent",
        "ms": "ms millisecond milliseconds millisekunden",
        "s": "s sec secs second seconds sekunden sekunde secondes segundos",
        "min": "m min mins minute minutes minuten minutos",
        "h": "h hr hrs hour hours stunden stunde heures heure horas hora",
        "d": "d day days tag tage tagen jours jour días día",
        "w": "w week weeks woche wochen semaines semanas",
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
        "x2": "twice double doubled", "x3": "triple tripled thrice",
    }.items()
    for word in words.split()
}  # fmt: skip
_DAY_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december noon midnight midday yesterday tomorrow today"
)
_DAYS = frozenset(_DAY_WORDS.split())
_NAME = exact_pattern(r"(?P<name>[\p{L}][\p{L}'’-]*)")
_NOT_NAMES = frozenset({"I", "OK", "A"})


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
    words = frozenset(each.casefold() for each in _WORD.findall(text))
    rest, links = _without(_LINK, text)
    rest, marked = _without(_AT, rest)
    rest, people = _without(_PERSON, rest)
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

    rest = _NUMBER.sub(amount, rest)
    for word in _WORD.findall(rest):
        if (value := _COUNTS.get(word.casefold())) is not None:
            amounts[(value, "")] += 1
    terms = {each.casefold() for each in _TERM.findall(rest) if _is_term(each)}
    terms |= {each.casefold().strip(".-") for each in marked}
    return Holds(
        frozenset(each.rstrip(".,;:!?)") for each in links),
        clocks,
        amounts,
        frozenset(terms),
        frozenset(_names(rest)),
        frozenset(people),
        words & _DAYS,
        words,
    )


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
    """Capitalised words: within a sentence each of them, at its beginning those that can be the name of a person."""
    for found in _WORD.finditer(text):
        word = found.group()
        if not word[0].isupper() or word in _NOT_NAMES or _is_term(word):
            continue
        before = text[: found.start()].rstrip(" \t\n\"'“”‘’(*_`")
        if before and before[-1] not in ".!?…:":
            yield word.casefold()
        else:
            as_name = _NAME.match(word)
            if as_name is not None and is_name(as_name):
                yield word.casefold()


# --- languages -------------------------------------------------------------------------------------------------------

#: Words that nearly every sentence of a language has some of, and the others rarely.
_FUNCTION = {
    "en": "the of and to was were is are that this it for with at by from we not had has have which what when did been "
    "be after before they there an as on but you your our how its their then than",
    "de": "der die das und ist war waren nicht ein eine einen mit auf für von dem den des wir sich wurde wurden auch "
    "nach bei wie aus haben hat kein keine dass es im zu",
    "fr": "le la les et est était des une du que qui dans pour pas nous avec sur ce cette été au aux sont ont il elle "
    "mais plus par",
    "es": "el los las y es era una del que en para no con por se lo fue su al como pero más estaba nos han",
    "pt": "o os as e é era uma do da que em para não com por se foi ao como mas mais estava dos das nós",
    "it": "il gli le è era una del della che di in per non con si sono ha al come ma più stato abbiamo",
    "nl": "de het een en is was waren niet van dat met op voor wij zijn werd ook naar bij hoe uit hebben heeft geen te",
}  # fmt: skip
_LANGUAGES = {language: frozenset(words.split()) for language, words in _FUNCTION.items()}


def languages(text: str) -> Counter[str]:
    """How many function words of each language a text has."""
    words = [each.casefold() for each in _WORD.findall(text)]
    return Counter({name: count for name, known in _LANGUAGES.items() if (count := sum(w in known for w in words))})


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has."""
    return Counter(unicodedata.name(each, "?").split()[0].split("-")[0] for each in text if each.isalpha())


def speaks_otherwise(text: str, material: str) -> bool:
    """Whether a text is in a language or script in which nothing of the material is; False where that is unclear."""
    theirs, ours = scripts(text), scripts(material)
    if theirs and ours:
        total = sum(ours.values())
        main = theirs.most_common(1)[0][0]
        if ours[main] < max(3, total * 0.03) and total >= 20:
            return True
    said, known = languages(text), languages(material)
    if not known or known.most_common(1)[0][1] < 4:
        return False
    best = known.most_common(1)[0][1]
    spoken = {name for name, count in known.items() if count * 3 >= best}
    words = len(_WORD.findall(text))
    here = max((said[name] for name in spoken), default=0)
    elsewhere = max((count for name, count in said.items() if name not in spoken), default=0)
    latin = theirs.most_common(1)[0][0] == "LATIN" if theirs else False
    return latin and ((elsewhere >= 2 and here * 2 < elsewhere) or (words >= 9 and here == 0))
