"""What is weak, as one question to who knows: who gave the answer, who owns the action, or who facilitates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.actions.gate import sharper
from bot.interview.filing import answer, factors, position_of
from bot.interview.quoting import shorten
from bot.interview.script import Question, Script
from bot.interview.state import Interview, Quote, Said
from bot.report.checks.rule import Check, Found, Matter, Standing
from bot.report.checks.words import BLAME, CAUSES, QUOTED
from bot.report.document import ItemLine
from bot.report.later import told_later
from bot.wording.concerns import concerns


@dataclass(frozen=True, slots=True)
class Asking:
    """One question to one person; see `AskedLater` in the events for what each part means."""

    why: str
    text: str
    to: str
    question: str = ""
    quote: Quote | None = None
    about: str | None = None
    level: int = 0
    factor: str | None = None


def askings(matter: Matter, checks: Sequence[Check], owners: Mapping[str, str]) -> tuple[Asking, ...]:
    """What could be asked about what is weak, in the order of the rules; `owners` are Slack users by item number.

    What was asked before is left out. Each names its rule and place, so that the same is never asked twice.
    """
    asked = {each.why for each in matter.interview.later}
    found: dict[str, Asking] = {}
    for check in checks:
        wording = _WORDINGS.get(check.id)
        if wording is None or check.standing is not Standing.WEAK:
            continue
        for each in check.verdict.found:
            asking = wording(_Desk(matter, owners), each, f"{check.id}:{each.place}")
            if asking is not None and asking.why not in asked:
                found.setdefault(asking.why, asking)
    return tuple(found.values())


def about_section(script: Script, interview: Interview, section: str, text: str, why: str) -> Asking | None:
    """A question of somebody else's making about a section, such as a critique of the whole document.

    To who gave the section's last answer, else to who facilitates; None where no question feeds the section.
    """
    questions = [q for q in (*script.questions, *script.passed) if q.section == section and not q.collects]
    said = [(s.heard_at, s.user, q.id) for q in questions for s in answer(interview, q.id).printed]
    if not questions:
        return None
    _, to, question = max(said, default=(None, interview.facilitator, questions[0].id))
    return Asking(why, text, to, question)


@dataclass(frozen=True, slots=True)
class _Desk:
    matter: Matter
    owners: Mapping[str, str]

    @property
    def facilitator(self) -> str:
        return self.matter.interview.facilitator

    def item(self, number: str) -> ItemLine | None:
        return next((item for item in self.matter.items if item.number == number), None)

    def said(self, ts: str | None) -> Said | None:
        return next((s for s in self.matter.interview.said if s.ts == ts and not s.deleted), None)

    def questions(self, section: str) -> Iterator[Question]:
        script = self.matter.script
        return (q for q in (*script.questions, *script.passed) if q.section == section)

    def quote(self, item: ItemLine, words: str) -> Quote:
        author = self.said(item.source_ts)
        return Quote(words, item.source_ts, author.user) if author is not None else Quote(words)

    def who(self, number: str) -> str:
        """Who owns an item, else who named it, else who facilitates."""
        item = self.item(number)
        author = self.said(item.source_ts) if item is not None else None
        return self.owners.get(number) or (author.user if author is not None else self.facilitator)


def _answered(desk: _Desk, found: Found, why: str) -> Asking | None:
    section = desk.matter.document.section(found.place)
    question = next(desk.questions(found.place), None)
    if section is None or question is None or question.collects:
        return None
    put = next((a.text for a in desk.matter.interview.asked if a.question == question.id and a.text), "")
    wording = put or next((w.text for w in question.wordings if "{" not in w.text), "")
    return Asking(why, wording or f"What is there to say about “{section.heading}”?", desk.facilitator, question.id)


def _moments(desk: _Desk, found: Found, why: str) -> Asking | None:
    section = next((s.id for s in desk.matter.document.sections if s.made_of == "timeline"), "")
    question = next(desk.questions(section), None)
    if question is None:
        return None
    text = f"{_WHEN[found.place]} One time is enough, as far as anybody knows."
    return Asking(why, text, desk.facilitator, question.id, about=found.place)


_WHEN: Mapping[str, str] = {
    "began": "When did the impact begin?",
    "detected": "When was it noticed first?",
    "mitigated": "From when on was it better for those who were affected?",
    "resolved": "When was it over?",
}


def _factors(desk: _Desk, found: Found, why: str) -> Asking | None:
    question = _hows(desk)
    if question is None:
        return None
    chain = factors(desk.matter.interview)
    if not chain:
        return Asking(why, "How did it come to be possible?", desk.facilitator, question.id, level=1)
    quote = chain[0].quote
    text = f"“{shorten(quote.text)}” is the only factor so far. What else had to be true for it to happen, or to last?"
    return Asking(why, text, quote.user or desk.facilitator, question.id, quote, level=1)


def _depth(desk: _Desk, found: Found, why: str) -> Asking | None:
    question, chain = _hows(desk), factors(desk.matter.interview)
    if question is None or not chain:
        return None
    deepest = max(chain, key=lambda factor: factor.level)
    text = f"“{shorten(deepest.text)}”: how did that come to be possible?"
    quote = Quote(deepest.text, deepest.quote.ts, deepest.quote.user)
    to = deepest.quote.user or desk.facilitator
    return Asking(why, text, to, question.id, quote, level=deepest.level + 1, factor=deepest.key)


def _hows(desk: _Desk) -> Question | None:
    script = desk.matter.script
    return next((q for q in (*script.questions, *script.passed) if q.how), None)


def _worded(says: Mapping[str, str]) -> Callable[[_Desk, Found, str], Asking | None]:
    def wording(desk: _Desk, found: Found, why: str) -> Asking | None:
        interview = desk.matter.interview
        for question in desk.questions(found.place):
            for said in answer(interview, question.id).printed:
                for each in concerns(said.text, desk.matter.names):
                    asks = says.get(str(each.kind), "").rpartition("; ")[2]
                    if asks and position_of(interview, said):
                        words = next((row for row in said.text.splitlines() if each.words in row), each.words)
                        text = f"About “{shorten(words)}”: {asks}"
                        asking = Asking(why, text, said.user, question.id, Quote(words, said.ts, said.user))
                        return _deeper(desk, asking, said) if question.how else asking
        return None

    return wording


def _quoted(desk: _Desk, found: Found, why: str) -> Asking | None:
    """About words of the record: what is answered is a factor that they leave out."""
    question, material = _hows(desk), desk.matter.document.material
    for event in material.events:
        for each in concerns(event.what.text, desk.matter.names):
            asks = QUOTED.get(str(each.kind), "").rpartition("; ")[2]
            source = next((s for s in event.what.sources if s.ts), None)
            if question is not None and asks and source is not None and each.words in found.text:
                text = f"The timeline quotes “{shorten(each.words)}”: {asks}"
                return Asking(
                    why, text, desk.facilitator, question.id, Quote(each.words, source.ts, source.user), level=1
                )
    return None


def _deeper(desk: _Desk, asking: Asking, said: Said) -> Asking:
    """A question about a factor: what is answered stands below it in the chain of hows."""
    factor = next((f for f in factors(desk.matter.interview) if f.quote.ts == said.ts), None)
    if factor is None:
        return asking
    return replace(asking, level=factor.level + 1, factor=factor.key)


def _measures(desk: _Desk, found: Found, why: str) -> Asking | None:
    item = desk.item(found.place)
    if item is None:
        return None
    answered = told_later(desk.matter.interview, "specific", item.number)
    own = item.text.removesuffix(f": {answered}") if answered else item.text
    text = f"{item.number} “{shorten(own)}”: how will we know that it worked?"
    return Asking(why, text, desk.who(item.number), quote=desk.quote(item, own))


def _specific(desk: _Desk, found: Found, why: str) -> Asking | None:
    item = desk.item(found.place)
    asks = sharper(item.text) if item is not None else None
    if item is None or asks is None:
        return None
    text = f"{item.number} “{shorten(item.text)}”: {asks}"
    return Asking(why, text, desk.who(item.number), quote=desk.quote(item, item.text))


def _more_items(text: str) -> Callable[[_Desk, Found, str], Asking | None]:
    def wording(desk: _Desk, found: Found, why: str) -> Asking | None:
        question = desk.matter.script.actions_question
        return Asking(why, text, desk.facilitator, question.id) if question is not None else None

    return wording


_WORDINGS: Mapping[str, Callable[[_Desk, Found, str], Asking | None]] = {
    "answered": _answered,
    "moments": _moments,
    "factors": _factors,
    "depth": _depth,
    "persons": _worded(CAUSES),
    "wording": _worded(BLAME),
    "quotes": _quoted,
    "items": _more_items("What will be done, who does it, and by when? One action a line."),
    "strong": _more_items(
        "Every action so far writes something down or asks people to be careful. What could remove the hazard, "
        "do it by itself, or show it earlier? What, who, by when."
    ),
    "measures": _measures,
    "specific": _specific,
}
