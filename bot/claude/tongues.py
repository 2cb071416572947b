"""In which language is a text, and what is it about? By its smallest words, and by all others.

Pure. Nothing is translated or understood: words are counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from bot.claude.spoken import WORD, normal

#: English words that say how, not what.
_ASIDE_AS_ONE = (
    "would could should can will may might some any more other else if so do does about into out up down over such "
    "here who whom whose where why very just also while during until one"
)
_ASIDE = frozenset(_ASIDE_AS_ONE.split())
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
_ANYWHERE = frozenset(word for words in _FUNCTION.values() for word in words.split()) | _ASIDE
_TOKEN = re.compile(r"[\w./:'-]+")
_LANGUAGES = {language: frozenset(words.split()) for language, words in _FUNCTION.items()}


def languages(text: str) -> Counter[str]:
    """How many function words of each language a text has."""
    words = [each.casefold() for each in WORD.findall(text)]
    return Counter({name: count for name, known in _LANGUAGES.items() if (count := sum(w in known for w in words))})


def content(text: str) -> frozenset[str]:
    """How the words of a text begin that say what it is about: without those that every text has."""
    words = (each.strip("._-/:'") for each in _TOKEN.findall(normal(text)))
    return frozenset(word[:4] for word in words if len(word) > 1 and word not in _ANYWHERE)


def spaced(text: str) -> bool:
    """Whether a text is in a script that sets blanks between words."""
    return not any(ord(each) >= 0x0E00 and unicodedata.category(each) == "Lo" for each in text)


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has."""
    return Counter(unicodedata.name(each, "?").split()[0].split("-")[0] for each in text if each.isalpha())


@dataclass(frozen=True, slots=True)
class Tongue:
    """In which languages and scripts a text is."""

    scripts: Counter[str]
    languages: Counter[str]

    @classmethod
    def of(cls, text: str) -> Tongue:
        return cls(scripts(text), languages(text))


def speaks_otherwise(text: str, ours: Tongue) -> bool:
    """Whether a text is in a language or script in which nothing of ours is; False where that is unclear."""
    theirs = scripts(text)
    if theirs and ours.scripts:
        total = sum(ours.scripts.values())
        main = theirs.most_common(1)[0][0]
        if ours.scripts[main] < max(3, total * 0.03) and total >= 20:
            return True
    said, known = languages(text), ours.languages
    if not known or known.most_common(1)[0][1] < 4:
        return False
    best = known.most_common(1)[0][1]
    spoken = {name for name, count in known.items() if count * 3 >= best}
    words = len(WORD.findall(text))
    here = max((said[name] for name in spoken), default=0)
    elsewhere = max((count for name, count in said.items() if name not in spoken), default=0)
    latin = theirs.most_common(1)[0][0] == "LATIN" if theirs else False
    return latin and ((elsewhere >= 2 and here * 2 < elsewhere) or (words >= 9 and here == 0))
