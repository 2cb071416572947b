"""Which of what a model says holds? What can be pointed at, word for word; the rest is dropped and counted.

Pure, and the only judge: that a sentence is grounded means that code found every name, time, number, link and amount
of it in the lines that it quotes or in computed facts. It does not mean that the sentence is true; so what it rests on
stands beside it, and a person accepts it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field

from bot.actions.vague import is_vague
from bot.claude.calling import Calling
from bot.claude.outgoing import Outgoing, SentLine, own_words
from bot.claude.polarity import denial, guessed, unsure
from bot.claude.spoken import PERSON, Holds, aligned, holds, normal
from bot.claude.tongues import Tongue, content, spaced, speaks_otherwise
from bot.interview.thoughts import Conclusion, Evidence, Material, Proposal, Purpose, Sentence
from bot.patterns import pattern
from bot.redaction.deceptive import visible
from bot.redaction.masking import mask
from bot.report.people import ANYONE
from bot.wording.concerns import Kind, concerns
from bot.wording.question_rules import question_faults
from bot.wording.sentences import sentences


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence as the model gave it, with (id, quote) pairs."""

    text: str
    evidence: tuple[tuple[str, str], ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An action item as the model gave it."""

    text: str
    evidence: tuple[tuple[str, str], ...]
    owner: str = ""
    due_words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """All of an answer, before anything was checked."""

    statements: tuple[Claim, ...] = ()
    questions: tuple[Claim, ...] = ()
    items: tuple[Named, ...] = ()
    enough: bool = False


#: How many statements, questions and items a purpose may have; more are dropped.
MOST: dict[Purpose, tuple[int, int, int]] = {
    Purpose.QUESTION: (0, 2, 0),
    Purpose.CRITIQUE: (0, 1, 0),
    Purpose.DRAFT: (6, 2, 0),
    Purpose.GLOSS: (40, 0, 0),
    Purpose.SUMMARY: (6, 2, 0),
    Purpose.EXECUTIVE: (4, 0, 0),
    Purpose.ITEMS: (0, 0, 8),
    Purpose.REWORDING: (1, 0, 0),
    Purpose.REVIEW: (0, 5, 0),
    Purpose.ACCOUNTS: (0, 5, 0),
    Purpose.SIMILAR: (5, 0, 0),
}
#: A quote is at least this long, or the whole line.
SHORTEST_QUOTE = 8
LONGEST_TEXT = 400
WORDS_IN_GLOSS = 15

_MARKUP = re.compile(
    r"<[!@#a-z/?]|&(?:#\w+|[a-z]+);|\]\(|\{\{|\{%|```|</|@(?:channel|here|everyone|all)\b|\[\[|<\||javascript:",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\b[maesipx]\d{4,}\b")
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]")
_CAUSAL = pattern(
    r"\b(?:because|caus(?:e|es|ed|ing)|due to|owing to|thanks to|led to|leads to|leading to|result(?:s|ed|ing)? (?:in"
    r"|from)|as a result|root cause|trigger(?:s|ed|ing)?|therefore|thus|hence|consequently|brought down|made [^.]{1,40}"
    r" (?:fail|crash|break|slow)|which is why|that is why|so that|weil|wegen|verursacht|ausgelöst|führte zu|dadurch"
    r"|daher|parce que|à cause|provoqu[ée]\w*|en raison|porque|debido a|causó|causado|provocó)\b"
)
#: What no sentence of ours says of anybody or anything, whoever wrote it.
_GUILT = pattern(
    r"\b(?:culprit|guilt|guilty|to blame|at fault|negligen\w+|incompeten\w+|schuld|schuldig|coupable|culpables?)\b"
    r"|\bwho(?:m)? (?:\w+ ){1,2}?(?:fire|sack|punish|discipline|let go|warn|blame)\b"
)
_BLAMES = frozenset({Kind.PERSON_AS_CAUSE, Kind.HUMAN_ERROR, Kind.COUNTERFACTUAL, Kind.HINDSIGHT, Kind.JUDGEMENT})
#: The share of what a sentence is about that stands in what it cites, at least.
SHARED = 0.2
#: A name that the blame rules know as one, for the numbers that stand in its place.
_SOMEBODY = "Maria"


@dataclass(slots=True)
class _Judge:
    material: Material
    sent: Outgoing
    #: Words a question about a connection that nobody stated, from one quote.
    ask: Callable[[str], str]
    facts: Holds = field(init=False)
    stated: str = field(init=False)
    tongue: Tongue = field(init=False)

    def __post_init__(self) -> None:
        told = self.sent.calling.told
        self.stated = ". ".join(f"{name}: {told(text)}" for name, text in self.material.facts.items())
        self.facts = holds(self.stated)
        lines = list(self.sent.lines.values())[:200]
        self.tongue = Tongue.of(" ".join([told(self.material.question), *(line.text[:300] for line in lines)]))

    # --- evidence ---

    def evidence(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[SentLine, str]] | None:
        """The cited lines with the words that stand in them; None when an id was not sent or a quote is not there."""
        found: list[tuple[SentLine, str]] = []
        for id, quote in pairs[:8]:
            line = self.sent.lines.get(id.strip())
            words = None if line is None else found_in(line, quote, self.sent)
            if line is None or words is None:
                return None
            found.append((line, words))
        return found or None

    # --- sentences ---

    def fault(self, text: str, cited: Sequence[tuple[SentLine, str]], asked: str | None = None) -> str | None:
        """Why a sentence does not hold, in one word; None when it does. Causes are looked at apart.

        With `asked` it is a question in the place of that one, for which the rules are those of questions.
        """
        if not text or len(text) > LONGEST_TEXT or "\n" in text:
            return "length"
        if _MARKUP.search(text) or _LOCAL.search(text) or visible(text) != text or mask(text).kinds:
            return "markup"
        own, also = holds(text), asked or ""
        lines = {line.local: line for line, _ in cited}
        there = [*(holds(line.text) for line in lines.values()), self.facts, holds(also)]
        if (wrong := not_there(own, there)) is not None:
            return wrong
        if own.people - frozenset(line.by for line in lines.values()).union(*(each.people for each in there)):
            return "person"
        for groups in _QUOTED.findall(text):
            words = normal(next(each for each in groups if each)).strip(" .,;:!?…")
            if words and not any(words in normal(line.text) for line in lines.values()):
                return "quoted"
        about = content(text)
        shared = about & content(" ".join([*(line.text for line in lines.values()), self.stated, also]))
        if spaced(text) and about and len(shared) < max(1, SHARED * len(about)):
            return "elsewhere"
        if _GUILT.search(text) is not None or (asked is None and blames(text, self.sent.calling)):
            return "blame"
        if speaks_otherwise(PERSON.sub(" ", text), self.tongue):
            return "language"
        return None

    def turned(self, text: str, cited: Sequence[tuple[SentLine, str]]) -> bool:
        """Whether a statement denies what nobody denied, or is sure of what its evidence is not."""
        around = [around_quote(line, words, self.sent) for line, words in cited]
        lines = " ".join([*(line.text for line, _ in cited), self.stated])
        if denial(text, strict=True) and not denial(lines):
            return True
        if all(denial(each, strict=True) for each in around) and not denial(text):
            return True
        return all(unsure(each) for each in around) and not unsure(text)

    def statement(self, claim: Claim) -> Sentence | Claim | None:
        """The sentence when it holds; the claim itself when only its cause does not; None otherwise."""
        text = _tidy(claim.text)
        cited = self.evidence(claim.evidence)
        if cited is None or self.fault(text, cited) is not None or text.endswith("?") or len(sentences(text)) > 2:
            return None
        if self.turned(text, cited):
            return None
        if not self.causes_hold(text, cited):
            return claim
        return self.sentence(text, cited, claim.about)

    @staticmethod
    def causes_hold(text: str, cited: Sequence[tuple[SentLine, str]]) -> bool:
        several = len({line.local for line, _ in cited}) >= 2
        return several or _CAUSAL.search(text) is None or guessed(text)

    def question(self, claim: Claim) -> Sentence | None:
        text = _tidy(claim.text)
        cited = self.evidence(claim.evidence)
        if cited is None or not text.endswith(("?", "？", "؟")) or question_faults(_named(text, self.sent.calling)):
            return None
        if self.fault(text, cited, self.sent.calling.told(self.material.question)) is not None:
            return None
        if not self.causes_hold(_QUOTED.sub(" ", text), cited) or self.was_asked(text):
            return None
        return self.sentence(text, cited, claim.about)

    def was_asked(self, text: str) -> bool:
        own = _words(text)
        return any(_alike(own, _words(self.sent.calling.told(asked))) for asked in self.material.asked)

    def sentence(self, text: str, cited: Sequence[tuple[SentLine, str]], about: str) -> Sentence:
        line = self.sent.lines.get(about.strip())
        evidence = tuple(dict.fromkeys(Evidence(each.line.id, words) for each, words in cited))
        if self.material.purpose is Purpose.REWORDING:
            # What its author typed stays typed: a name is no role, a mention no name.
            text = self.sent.calling.put_back(text, cited[0][0].line.text)
        return Sentence(self.spoken(text), evidence, "" if line is None else line.line.id)

    def spoken(self, text: str) -> str:
        """The text with people as the document calls them."""
        return PERSON.sub(lambda found: self._called(found.group()), text)

    def _called(self, number: str) -> str:
        user = self.sent.calling.user(number)
        if user is None:
            return number
        lines = (each.line for each in self.sent.lines.values())
        who = next((line.who for line in lines if line.user == user and line.who), "")
        return who or ANYONE


def conclude(material: Material, sent: Outgoing, said: Said, ask: Callable[[str], str]) -> Conclusion:
    """What of an answer holds, for the purpose of `material`; how much does not is counted in `dropped`.

    `ask` words the question that takes the place of a cause which only one line supports.
    """
    judge = _Judge(material, sent, ask)
    most = MOST[material.purpose]
    given = len(said.statements) + len(said.questions) + len(said.items)
    kept: list[Sentence] = []
    asked: list[Sentence] = []
    for claim in said.statements[: most[0]]:
        match judge.statement(claim):
            case Sentence() as sentence if _fits(judge, claim, sentence, kept):
                kept.append(sentence)
            case Claim() if material.purpose in (Purpose.DRAFT, Purpose.SUMMARY):
                asked += _instead(judge, claim)
            case _:
                pass
    questions = [] if said.enough and material.purpose is Purpose.CRITIQUE else said.questions[: most[1]]
    for claim in questions:
        question = judge.question(claim)
        if question is not None and _asks_well(material.purpose, claim, judge) and question not in asked:
            asked.append(question)
    items = [item for named in said.items[: most[2]] if (item := _item(judge, named)) is not None]
    items = [item for index, item in enumerate(items) if not any(_same(item, other) for other in items[:index])]
    enough = said.enough and material.purpose is Purpose.CRITIQUE
    asked = asked[: most[1]]
    return Conclusion(
        material.purpose,
        tuple(kept),
        tuple(asked),
        tuple(items),
        enough,
        max(given - len(kept) - len(asked) - len(items), 0),
        sent.left_out,
    )


def _fits(judge: _Judge, claim: Claim, sentence: Sentence, kept: Sequence[Sentence]) -> bool:
    """What a purpose asks of a statement beyond its grounds."""
    match judge.material.purpose:
        case Purpose.GLOSS:
            own = holds(claim.text)
            return (
                claim.about.strip() in {id.strip() for id, _ in claim.evidence}
                and sentence.about not in {each.about for each in kept}
                and len(claim.text.split()) <= WORDS_IN_GLOSS
                and not own.clocks
                and not own.days
            )
        case Purpose.REWORDING:
            return rewords(judge, claim)
        case Purpose.SIMILAR:
            line = judge.sent.lines.get(claim.about.strip())
            cites = claim.about.strip() in {id.strip() for id, _ in claim.evidence}
            return line is not None and line.line.kind == "incident" and cites
        case _:
            return _tidy(claim.text) not in {each.text for each in kept}


def _asks_well(purpose: Purpose, claim: Claim, judge: _Judge) -> bool:
    if purpose is Purpose.ACCOUNTS:
        return len({id.strip() for id, _ in claim.evidence}) >= 2
    return True


def _instead(judge: _Judge, claim: Claim) -> list[Sentence]:
    """A question about a connection for which only one line speaks."""
    cited = judge.evidence(claim.evidence)
    if cited is None:
        return []
    words = judge.spoken(" ".join(visible(cited[0][1]).split()))
    text = judge.ask(words if len(words) <= 160 else words[:159].rstrip() + "…")
    return [judge.sentence(text, cited[:1], claim.about)]


def rewords(judge: _Judge, claim: Claim) -> bool:
    """Whether a rewording keeps every number, time, name, id, link and quantity of its line, and adds none."""
    about = judge.material.about[:1]
    local = judge.sent.local(about[0]) if about else None
    line = judge.sent.lines.get(local or "")
    if line is None or line.cut or {id.strip() for id, _ in claim.evidence} != {line.local}:
        return False
    before, after = holds(line.text), holds(claim.text)
    words = after.words | after.terms | after.names
    kept = all(name in words or _parts_there(name, words) for name in before.names | before.terms)
    same = (before.clocks, before.links, before.amounts, before.people, before.days, before.quantities) == (
        after.clocks, after.links, after.amounts, after.people, after.days, after.quantities,
    )  # fmt: skip
    causes = _CAUSAL.search(claim.text) is None or _CAUSAL.search(line.text) is not None
    return kept and same and causes and len(claim.text) <= 1.6 * len(line.text) + 60 and claim.text != line.text


def _item(judge: _Judge, named: Named) -> Proposal | None:
    text = _tidy(named.text)
    cited = judge.evidence(named.evidence)
    if cited is None or judge.fault(text, cited) is not None or not judge.causes_hold(text, cited) or is_vague(text):
        return None
    due = " ".join(named.due_words.split())
    if due and not any(normal(due) in normal(line.text) for line, _ in cited):
        return None
    owner = None
    if named.owner.strip():
        called = named.owner.strip()
        near = {name for line, _ in cited for name in (line.by, *PERSON.findall(line.text)) if name}
        owner = judge.sent.calling.user(called) if called in near else None
        if owner is None:
            return None
    evidence = tuple(dict.fromkeys(Evidence(line.line.id, words) for line, words in cited))
    return Proposal(judge.spoken(text), evidence, owner, due)


def found_in(line: SentLine, quote: str, sent: Outgoing) -> str | None:
    """The words of the line itself that a quote means; None when they are not in it as they were sent."""
    wanted = normal(quote.replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0026", "&")).strip()
    text, places = aligned(line.text)
    if len(wanted) < SHORTEST_QUOTE and wanted != text.strip():
        return None
    if not any(each.isalnum() for each in wanted):
        return None
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        cut = (at > 0 and text[at - 1].isalnum() and wanted[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and wanted[-1].isalnum()
        )
        if not cut:
            return own_words(line, sent.calling, places[at], places[end - 1] + 1).strip() or None
        at = text.find(wanted, at + 1)
    return None


def around_quote(line: SentLine, words: str, sent: Outgoing) -> str:
    """The sentence of a line in which a quote stands, as it was sent."""
    told = " ".join(sent.calling.told(words).split())
    at = line.text.find(told)
    if at < 0:
        return line.text
    start = max(line.text.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "\n")) + 1
    ends = [end + 1 for mark in (". ", "! ", "? ", "\n") if (end := line.text.find(mark, at + len(told) - 1)) >= 0]
    return line.text[start : min(ends, default=len(line.text))]


def not_there(said: Holds, there: Iterable[Holds]) -> str | None:
    """Which sort of thing in a sentence is in none of what it may rest on, if any."""
    grounds = list(there)

    def missing(name: str) -> bool:
        have: set[object] = set()
        for each in grounds:
            have |= set(getattr(each, name))
        return bool(set(getattr(said, name)) - have)

    if missing("links"):
        return "link"
    if missing("clocks") or missing("days"):
        return "time"
    if missing("amounts"):
        return "number"
    if missing("quantities"):
        return "quantity"
    words: set[str] = set()
    for each in grounds:
        words |= each.words | each.terms | each.names
    if {term for term in said.terms if term not in words and not _parts_there(term, words)}:
        return "term"
    if {name for name in said.names if name not in words and not _parts_there(name, words)}:
        return "name"
    return None


def _parts_there(term: str, words: Set[str]) -> bool:
    """Whether a term that is put together ("read/write", "Europe's") is there in its parts."""
    parts = [part for part in re.split(r"['’/-]", term) if part not in ("", "s")]
    return bool(parts) and all(part in words for part in parts)


def blames(text: str, calling: Calling) -> bool:
    """Whether a sentence reads as if somebody were at fault; also with a name in the place of P1."""
    return any(each.kind in _BLAMES for each in (*concerns(text), *concerns(_named(text, calling))))


def _named(text: str, calling: Calling) -> str:
    people = calling.people(text)
    return PERSON.sub(lambda found: _SOMEBODY if found.group() in people else found.group(), text)


def _tidy(text: str) -> str:
    return " ".join(text.split(" ")).strip()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", normal(text)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) / min(len(one), len(other)) >= 0.85


def _same(one: Proposal, other: Proposal) -> bool:
    return _alike(_words(one.text), _words(other.text))
