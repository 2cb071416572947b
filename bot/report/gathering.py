"""What does a postmortem hold that a document can show? All of it is gathered here once, for every kind of document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.interview import versions
from bot.interview.causes import denials
from bot.interview.fields import AFTER, BEFORE, EVIDENCE, FIELDS, LINKS, told
from bot.interview.filing import Answer, Factor, answer, puts
from bot.interview.quoting import gist, what_was_found
from bot.interview.script import Question
from bot.interview.state import OF_COUNTS, Fact, Quote
from bot.report.addresses import addresses
from bot.report.answers import CONFIRMED, evidence_of, told_of, topic_title
from bot.report.desk import Desk, KeptEntry, order
from bot.report.factors import other_answers, tree
from bot.report.facts import contradictions
from bot.report.material import Answered, Approval, Factored, Figure, Material, Shared, Similar
from bot.report.silence import silence
from bot.report.tables import caption, facts_table, item_row, withdrawn
from bot.report.values import Cell, Evidence, Moment, Paragraph, Point, Source, State, Voice
from bot.wording.denials import without_denials
from bot.wording.fields import shown
from bot.wording.sorts import factor_group, factor_sort
from bot.wording.whether import without_yes

#: Beside a version that the record tells and nobody gave when they were asked.
UNCONFIRMED = "from the record, to be confirmed"
#: The same where they said that it is not right.
DENIED = "from the record; not right, as people say"


def gather(
    desk: Desk,
    moments: Mapping[str, Moment | None],
    spans: Mapping[str, str],
    chain: tuple[Factor, ...],
    similar: Sequence[Similar] = (),
) -> Material:
    """All that layouts choose from. `moments` and `spans` are those of `facts.py`, `chain` is the tree of hows."""
    entries = sorted(desk.entries, key=order)
    made_of_factors = [s for s in desk.script.sections if s.made_of == "factors"]
    beside = [each for section in made_of_factors for each in other_answers(desk, section, chain)]
    thread = desk.interview.thread_ts
    return Material(
        events=desk.events,
        timeline_caption=caption(desk, entries),
        factors=_factors(desk, chain),
        beside_factors=tuple((each.question, each.blocks) for each in beside),
        figures=_figures(desk),
        silences=_silences(desk),
        answered=_answered(desk),
        items=tuple(item_row(desk, item, item.text) for item in desk.items),
        withdrawn=withdrawn(desk),
        facts=facts_table(desk, moments, spans),
        moments={name: moment for name, moment in moments.items() if moment is not None},
        spans={name: text for name, text in spans.items() if text},
        cause=_fact_words(desk, "cause"),
        mitigation=_fact_words(desk, "mitigation"),
        hypothesis=_fact_words(desk, "hypothesis"),
        contradictions=contradictions(desk),
        counts_differ=contradictions(desk, OF_COUNTS),
        severities=tuple(desk.severities.items()),
        links=_links(desk, entries),
        thread_url=desk.permalink(thread) if thread else "",
        similar=tuple(similar),
        recurring=(),
        approvals=_approvals(desk),
        shares=tuple(Shared(share.where, desk.people.name(share.by), share.at) for share in desk.interview.shares),
        reviewed_on=desk.interview.follow_up.day,
    )


def _factors(desk: Desk, chain: tuple[Factor, ...]) -> tuple[Factored, ...]:
    found = []
    for factor, point in tree(desk, chain):
        sort = factor_sort(factor.text)
        text = desk.people.spoken(sort.text.strip()) if sort.said else point.text
        shown = Point(text, point.voice, point.sources, point.below, point.note)
        found.append(Factored(shown, sort.name, factor_group(sort.name), sort.said))
    return tuple(found)


def _figures(desk: Desk) -> tuple[Figure, ...]:
    found = []
    for name, field in FIELDS.items():
        words = tuple(_said(desk, name, quote) for quote in _telling(desk, name))
        if name in (BEFORE, AFTER):
            words = tuple(replace(each, note=_whether_so(desk)) if _of_record(each) else each for each in words)
        if words:
            distinct: dict[str, Paragraph] = {}
            for each in words:
                distinct.setdefault(each.text.casefold(), each)
            found.append(Figure(name, field.label, tuple(distinct.values())))
    return tuple(found)


def _silences(desk: Desk) -> Mapping[str, State]:
    """What it means that nobody filled a field: what became of the questions that ask for it, as their answers say."""
    found: dict[str, list[Answer]] = {}
    for question in (*desk.script.questions, *desk.script.passed):
        for name in question.fields:
            found.setdefault(name, []).append(answer(desk.interview, question.id))
    return {name: silence(*told) for name, told in found.items()}


def _telling(desk: Desk, name: str) -> tuple[Quote, ...]:
    """What is told of a field. What denies the cause, or only names a person, is no evidence of it."""
    found = told(desk.script, desk.interview, name)
    if name != EVIDENCE:
        return found
    denied = {s.ts for s in denials(desk.interview)}
    told_there = ((q, without_denials(q.text) if q.ts in denied else q.text) for q in found)
    kept = ((each, text if each.ts is None else shown(text)) for each, text in told_there)
    return tuple(Quote(text, each.ts, each.user) for each, text in kept if text)


def _whether_so(desk: Desk) -> str:
    """What people said of the versions that the record tells."""
    if versions.confirmed(desk.interview):
        return CONFIRMED
    return DENIED if versions.denied(desk.interview) else UNCONFIRMED


def _of_record(said: Paragraph) -> bool:
    return any(source.kind is Evidence.MESSAGE for source in said.sources)


def _said(desk: Desk, name: str, quote: Quote) -> Paragraph:
    sources: tuple[Source, ...]
    if quote.ts is None:
        at = next((f.at for f in desk.interview.fields if f.name == name and f.ts is None), None)
        sources = desk.entered(quote.user or "", at)
    else:
        sources = desk.quoted(quote)
    # A field that takes the whole answer reads as the answer does.
    words = without_yes(quote.text) if FIELDS[name].whole and quote.ts is not None else quote.text
    return Paragraph(desk.people.spoken(" ".join(words.split())), Voice.WORDS, sources)


def _answered(desk: Desk) -> tuple[Answered, ...]:
    questions: tuple[Question, ...] = (*desk.script.questions, *desk.script.passed)
    found = []
    for question in questions:
        if question.how or question.collects or not puts(desk.interview, question.id):
            continue
        words, state = evidence_of(desk, question) if EVIDENCE in question.fields else told_of(desk, question)
        label = question.label or topic_title(desk.script, question)
        found.append(Answered(question.section, question.id, label, words, state))
    return tuple(found)


def _approvals(desk: Desk) -> tuple[Approval, ...]:
    """The last approval in each role."""
    last = {approval.role: approval for approval in desk.interview.approvals}
    return tuple(Approval(each.role, desk.people.name(each.by), each.at) for each in last.values())


def _fact_words(desk: Desk, name: str) -> Paragraph | None:
    fact: Fact | None = desk.interview.fact(name)
    if fact is None:
        return None
    text = fact.quote.text if fact.quote is not None and fact.quote.text.strip() else fact.text
    if not text.strip():
        return None
    return Paragraph(desk.people.spoken(what_was_found(gist(text))), Voice.WORDS, desk.quoted(fact.quote))


def _links(desk: Desk, entries: Sequence[KeptEntry]) -> tuple[Cell, ...]:
    """The addresses that stand in the timeline, and what else the record links to, each once with its message."""
    told = [(a, kept.entry.source_ts, kept.entry.actor) for kept in entries for a in addresses(kept.entry.text)]
    told += [(field.text, field.ts, field.by) for field in desk.interview.fields if field.name == LINKS]
    found: dict[str, Cell] = {}
    for address, ts, by in told:
        found.setdefault(address, Cell(address, desk.source(ts, by or None), voice=Voice.WORDS))
    return tuple(found.values())
