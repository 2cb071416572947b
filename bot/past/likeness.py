"""Is a past incident like this one, and which words say so? Decided here alone, the same on every database.

The database finds those that have some rare term in common; what counts is the share of rare terms that two have in
common. A term is the rarer the fewer incidents have it (inverse document frequency, Spärck Jones 1972); words that
every incident is told with count as if half of an imaginary background had them, so that it works from the first
past incident on.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.past.telling import Telling
from bot.past.terms import spelling, terms

#: How many incidents the background has, and in how many of them a word of `USUAL` stands.
BACKGROUND, USUAL_IN = 20, 10
#: Words of so few letters are as usual: "pm", "pr", "ok".
LETTERS = 2
#: From this rarity on (0 to 1) a term counts.
RARE = 0.5
#: What a term weighs by the part of an incident in which it stands.
WEIGHTS = {"names": 1.5, "causes": 1.25, "rest": 1.0}
#: Two incidents are alike when they have so many rare words in common, one of them in the names or causes of either,
#: or so many in the names or causes of both, that weigh so much in all and are such a share of all rare terms of the
#: one that asks; set by real reports, see docs/architecture.md.
FEWEST, FEWEST_IN_BOTH, LEAST, SHARE = 3, 2, 2.0, 0.15
#: How much the length of a past incident counts against it (0 to 1), as in BM25 (Robertson and Zaragoza 2009).
LENGTH = 0.75
#: An incident is found by words that were typed when it has so much of their weight.
TYPED_SHARE = 0.5
#: So many terms of an incident, and of words that were typed, are asked the database for.
ASKED, TYPED = 120, 32
#: The database finds incidents by so many of the rarest of them; a term counts in so many incidents at most, as what
#: more have is not rare.
RAREST, COUNTED = 24, 400
#: Words in common that are shown.
SHOWN = 5

#: Words that incidents of every sort are told with, as terms.
USUAL = frozenset(
    terms(
        """
        incident outage postmortem alert alerts alerted alerting alarm page paged pager oncall call error errors failed
        failing failure failures fail issue issues problem problems broken broke break fix fixed fixing resolve
        resolved restore restored recover recovered recovery service services server servers system systems production
        prod staging customer customers user users people team teams engineer engineers support request requests
        response responses time slow latency down degraded degradation impact impacted affected deploy deployed
        deployment deploys release released rollback rolled roll change changes changed config configuration code
        version update updated check checks checked test tests tested testing monitor monitoring monitors dashboard
        dashboards graph graphs log logs metric metrics data database db api app application job jobs process host
        hosts node nodes cluster run running ran runs start started starting stop stopped restart restarted restarting
        cause caused causes causing reason root factor factors noticed found find figured investigate investigating
        investigated investigation detect detected high higher low lower rate spike spiked spikes increase increased
        drop dropped dropping full load traffic capacity limit limits number total percent count wrong right bad
        missing miss missed work works working worked lucky luck luckily add added adding remove removed write wrote
        read wait waited waiting step steps action actions item owner runbook review documentation docs document lesson
        learned learnt learn follow manual manually automatic automatically happened happen happens happening started
        able unable nobody side way lots part case set default old current open close closed create created back
        better big small whole enough instead probably currently already expected unexpected normal normally
        immediately quickly point line question answer message messages channel thread report reported reports
        pretty sure show shows showed shown
        ability absence accept accepted accident according acknowledge act actual actually adjust allow allowed almost
        alone although amount announce announced another appear appeared apply approach approximately area arrive
        assume assumed attempt attempted attribute attributed available aware away basic become becomes behave behavior
        behaviour believe believed bit brief briefly bring broad careful clean clear cleared command commands common
        complete completed completely component components conclude concluded conclusion condition confirm confirmed
        confusing consider considered consistent contact contain continue continued continuously correct corrected
        correctly couple crash crashed critical daily date dead deal decide decided decision delay delayed delete
        deleted depend describe described detail details determine device differ difference different difficult direct
        directly discover discovered discuss discussed double easier easily easy edit effect effected effort email
        emergency enable enabled end ended ensure entire environment environments establish etc evening event
        eventually exact exactly example except excess exist existing exit experience experienced explain extra fact
        fall fast feel few figure file files final finally finish finished force form friday full future gap general
        generally give given goal goes group grow grew half hand handle handled happening hard heavy help helped hit
        hits hold hope huge idea identical identified identify ignore immediate important improve improved inform
        informed information initial initially inside install installed instance instances interesting involve involved
        join kept kill killed kind known lack large late lead leads leave left length level likely list live local long
        longer main maintenance major manage match max maximum mean means meant measure meet meeting memory mention
        middle minimal mitigate mitigated mitigation moment monday morning move moved name near network night note
        noted notice notify notified object observe observed occur occurred office one open operation option order
        original originally outside overall part particular past people percentage perform performance period permanent
        person place plan planned play please plenty possible post posted potential pre present prevent prevented
        previous previously primary prior priority private proceed project proper properly propose public pull push
        pushed put quick quiet raise raised range rather reach reached ready real realise realize realized
        recent recently recommend record recreate recreated redirect reduce reduced refer regular reject relate related
        relevant remain remained remaining remember remediation repeat replace replaced require required resource
        resources respond rest result resulted resulting results return returned returning review revert reverted rise
        role room safe saturday scale scaled schedule scheduled second seconds section self send sent separate series
        serious serve set setting settings several share short significant similar simple simply single situation size
        software solution solve solved sort source space special specific stable stage standard state status stay
        straight strange stuck success successful successfully suddenly sufficient suggest sunday suspect suspected
        suspicion switch switched table tell temporary term thursday tool tools top touch track trace trigger triggered
        triggering true tuesday turn turned type typical typically unable unclear unique unit unknown unrelated
        unavailable unstable unusual url urls usage useful usual usually value values various view wall war warning
        ack acked asked asks assume btw comes declare declared dec december desk downgrade eat empty everywhere
        fine fires five four gone green guess hey hmm idle june july keeps lol lose loses lost lunch making mail
        mailed mails merge merged merges merging midnight mine morning nice noon nope november october okay ones
        oops pass passed passing pretty rang replied reply reproduce reproduced retry retried retrying round
        says sev sev0 sev1 sev2 sev3 severity shall ship shipped ships six sorry standing takes tell tells ten
        thank third ticket tickets tonight twice two wants yep yup
        warn warned watch wednesday weekend weird wide wipe word world worse worth wrongly zero
        """
    )
)


@dataclass(frozen=True, slots=True)
class Seen:
    """How many incidents there are, and in how many of them each term stands."""

    incidents: int
    having: Mapping[str, int]
    #: How many different terms they have on average.
    terms: float = 0.0

    def rarity(self, term: str) -> float:
        """From 0 for a term that all have to 1 for one that a single incident has; one that none has is as rare."""
        usual = term in USUAL or (len(term) <= LETTERS and term.isalpha())
        having = max(1, self.having.get(term, 0)) + (USUAL_IN if usual else 0.5)
        incidents = max(self.incidents, 1) + BACKGROUND
        return max(0.0, math.log(incidents / having) / math.log(incidents / 1.5))


@dataclass(frozen=True, slots=True)
class Kept:
    """The terms of a past incident, by their parts."""

    names: frozenset[str]
    causes: frozenset[str]
    rest: frozenset[str]

    def weight(self, term: str) -> float:
        """What the term weighs in this incident; 0 when it does not stand there."""
        for name, part in (("names", self.names), ("causes", self.causes), ("rest", self.rest)):
            if term in part:
                return WEIGHTS[name]
        return 0.0

    def longer(self, than: float) -> float:
        """How many times as long as the average it is, by `LENGTH`; a short one gets no more than its due."""
        own = len(self.names) + len(self.causes) + len(self.rest)
        return 1 - LENGTH + LENGTH * max(1.0, own / than) if than else 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: terms with their weights, and how each is written where it comes from."""

    weights: Mapping[str, float]
    words: Mapping[str, str]
    typed: bool = False

    def rarest(self, seen: Seen) -> tuple[str, ...]:
        """The terms to find incidents by: the rarest of those that stand anywhere; common ones only where all are."""
        known = [term for term in self.weights if seen.having.get(term, 0)]
        known = [term for term in known if seen.having[term] < COUNTED] or known
        return tuple(sorted(known, key=lambda term: (-seen.rarity(term), term))[:RAREST])


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two incidents have in common: more is more alike; `words` say it, the rarest first."""

    score: float
    words: tuple[str, ...]


def typed(text: str) -> Wanted:
    """What somebody searches for."""
    found = dict(list(spelling(text).items())[:TYPED])
    return Wanted(dict.fromkeys(found, 1.0), found, typed=True)


def like(told: Telling, without: Collection[str] = ()) -> Wanted:
    """Incidents like this one; `without` are terms that must not count, such as people's names."""
    weights: dict[str, float] = {}
    for name, part in (("names", told.names), ("causes", told.causes), ("rest", told.rest)):
        for term in part:
            if term not in without and len(weights) < ASKED:
                weights.setdefault(term, WEIGHTS[name])
    return Wanted(weights, told.spelling)


def likeness(wanted: Wanted, kept: Kept, seen: Seen) -> Likeness | None:
    """What the two have in common, or None when that is too little."""
    if wanted.typed:
        return _as_typed(wanted, kept, seen)
    rarity = {term: found for term in wanted.weights if (found := seen.rarity(term)) >= RARE}
    shared = {term: found for term, found in rarity.items() if kept.weight(term)}
    score = sum(found**2 * max(wanted.weights[term], kept.weight(term)) for term, found in shared.items())
    score /= kept.longer(seen.terms)
    all_of_it = sum(found**2 * wanted.weights[term] for term, found in rarity.items())
    words = _words(wanted, shared)
    both = _words(wanted, {term: shared[term] for term in shared if wanted.weights[term] > 1 and kept.weight(term) > 1})
    about = any(max(wanted.weights[term], kept.weight(term)) > 1 for term in shared)
    enough = len(both) >= FEWEST_IN_BOTH or (about and len(words) >= FEWEST)
    return Likeness(score, words[:SHOWN]) if enough and score >= max(LEAST, SHARE * all_of_it) else None


def _as_typed(wanted: Wanted, kept: Kept, seen: Seen) -> Likeness | None:
    """Typed words are few, and each was meant: usual ones count too, only less; so do those that stand nowhere."""
    worth = {term: 0.5 + seen.rarity(term) / 2 if seen.having.get(term) else 0.5 for term in wanted.weights}
    shared = {term: found for term, found in worth.items() if kept.weight(term)}
    score = sum(found * kept.weight(term) for term, found in shared.items())
    if not shared or sum(shared.values()) < TYPED_SHARE * sum(worth.values()):
        return None
    return Likeness(score, _words(wanted, shared)[:SHOWN])


def _words(wanted: Wanted, shared: Mapping[str, float]) -> tuple[str, ...]:
    """How the terms in common are written, without the parts of a name that is shown whole."""
    ordered = sorted(shared, key=lambda term: (-shared[term] * wanted.weights[term], -len(term), term))
    shown: list[str] = []
    for term in ordered:
        word = wanted.words[term]
        if not any(word.lower() in each.lower() or each.lower() in word.lower() for each in shown):
            shown.append(word)
    return tuple(shown)


def best(found: Sequence[tuple[int, Likeness]]) -> tuple[tuple[int, Likeness], ...]:
    """The most alike first; of two that are equally alike, the later one."""
    return tuple(sorted(found, key=lambda each: (-round(each[1].score, 6), -each[0])))
