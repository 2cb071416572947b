"""How is a script read from its text? TOML into values, with every fault that keeps it from being used."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

from bot.interview.script import Condition, Form, Page, Probe, Question, Script, ScriptError, Section, Topic, Wording
from bot.interview.script_rules import script_faults

#: The line between a script and those that an interview followed before its kind was changed; a comment to TOML.
BEFORE = "\n# --- asked before the kind was changed ---\n"

_TOP = ("id", "title", "version", "asks", "words", "form", "section", "topic")
_SECTION = ("id", "heading", "made_of", "front", "sorts")
_TOPIC = ("id", "title", "question")
_QUESTION = (
    "id", "label", "section", "depth", "when", "ask", "confirm", "settled", "builds_on", "shows", "needs", "watch",
    "probe", "how", "collects", "fields", "takes", "offer",
)  # fmt: skip
_ASK = ("when", "text", "tells", "builds_on")
_PROBE = ("about", "text")
_CONDITION = ("fact", "in", "missing", "said", "of", "factors", "lacks")
_FORM = ("after", "when", "page")
_PAGE = ("title", "fields")


def parse_script(source: str) -> Script:
    """Reads a script from TOML, and the scripts that it followed. Raises ScriptError with every fault found."""
    scripts = []
    for each in source.split(BEFORE):
        script, faults = read_script(each)
        if faults:
            raise ScriptError(list(faults))
        scripts.append(script)
    return replace(scripts[0], earlier=tuple(scripts[1:])) if scripts[1:] else scripts[0]


def after_change(source: str, new: str) -> str:
    """The text of a script `new` for an interview that has followed `source` so far."""
    earlier = [each for each in source.split(BEFORE) if each != new]
    return BEFORE.join([new, *earlier])


def read_script(source: str) -> tuple[Script, tuple[str, ...]]:
    """What of a text can be read as a script, and everything that is wrong with it. Raises ScriptError for no TOML."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as err:
        raise ScriptError([f"not valid TOML: {err}"]) from err
    faults: list[str] = []
    top = _Reader("the script", table, _TOP, faults)
    script = Script(
        id=top.text("id"),
        title=top.text("title"),
        version=top.number("version", 1),
        topics=tuple(_topic(n, t, faults) for n, t in enumerate(top.tables("topic"), 1)),
        sections=tuple(_section(n, s, faults) for n, s in enumerate(top.tables("section"), 1)),
        asks=top.number("asks"),
        words=top.texts("words"),
        form=next((_form(t, faults) for t in top.tables("form")), None),
    )
    faults += script_faults(script)
    return script, tuple(dict.fromkeys(faults))


class _Reader:
    """One table of the file; what does not fit is a fault, and reads as if it were not there."""

    def __init__(self, where: str, table: dict[str, Any], keys: tuple[str, ...], faults: list[str]) -> None:
        self.where = where
        self._table = table
        self._faults = faults
        for unknown in table.keys() - set(keys):
            self.fault(f"unknown key {unknown!r}; it may have {', '.join(keys)}")

    def fault(self, what: str) -> None:
        self._faults.append(f"{self.where}: {what}")

    def text(self, key: str) -> str:
        return str(self._of(key, str, "a text in quotation marks", ""))

    def number(self, key: str, otherwise: int = 0) -> int:
        found = int(self._of(key, int, "a whole number from 0 up", otherwise))
        if found < 0:
            self.fault(f"{key!r} must be a whole number from 0 up")
        return max(found, 0)

    def flag(self, key: str) -> bool:
        return bool(self._of(key, bool, "true or false", False))

    def texts(self, key: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        found = self._of(key, list, "a list of texts", None)
        if found is None:
            return otherwise
        if not all(isinstance(each, str) for each in found):
            self.fault(f"{key!r} must be a list of texts")
        return tuple(each for each in found if isinstance(each, str))

    def tables(self, key: str) -> tuple[dict[str, Any], ...]:
        """The tables of a list; a single table counts as a list of one."""
        found = self._table.get(key, [])
        found = [found] if isinstance(found, dict) else found
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.fault(f"{key!r} must be one or several tables")
            return ()
        return tuple(found)

    def texts_or_tables(self, key: str) -> tuple[dict[str, Any], ...]:
        """The same; a text alone counts as a table that holds nothing else."""
        found = self._table.get(key)
        return ({"text": found},) if isinstance(found, str) else self.tables(key)

    def _of(self, key: str, kind: type, what: str, otherwise: Any) -> Any:
        found = self._table.get(key)
        if found is None:
            return otherwise
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            self.fault(f"{key!r} must be {what}")
            return otherwise
        return found


def _form(table: dict[str, Any], faults: list[str]) -> Form:
    form = _Reader("the form", table, _FORM, faults)
    pages = []
    for number, each in enumerate(form.tables("page"), 1):
        page = _Reader(f"page {number} of the form", each, _PAGE, faults)
        pages.append(Page(page.text("title"), page.texts("fields")))
    return Form(form.text("after"), tuple(pages), _conditions(form, "when", faults))


def _section(number: int, table: dict[str, Any], faults: list[str]) -> Section:
    name = table.get("id")
    section = _Reader(f"section {name!r}" if name else f"section {number}", table, _SECTION, faults)
    made_of = section.text("made_of") or "answers"
    return Section(section.text("id"), section.text("heading"), made_of, section.flag("front"), section.texts("sorts"))


def _topic(number: int, table: dict[str, Any], faults: list[str]) -> Topic:
    name = table.get("id")
    topic = _Reader(f"topic {name!r}" if name else f"topic {number}", table, _TOPIC, faults)
    topic_id = topic.text("id")
    asked = enumerate(topic.tables("question"), 1)
    return Topic(topic_id, topic.text("title"), tuple(_question(topic_id, n, q, faults) for n, q in asked))


def _question(topic: str, number: int, table: dict[str, Any], faults: list[str]) -> Question:
    name = table.get("id")
    where = f"question {name!r}" if name else f"question {number} of topic {topic!r}"
    question = _Reader(where, table, _QUESTION, faults)
    return Question(
        id=question.text("id"),
        topic=topic,
        wordings=_wordings(question, "ask", faults),
        section=question.text("section"),
        builds_on=question.texts("builds_on", ("last",)),
        needs=question.texts("needs"),
        watch=question.texts("watch"),
        probes=tuple(_probe(where, each, faults) for each in question.tables("probe")),
        when=_conditions(question, "when", faults),
        settled=_conditions(question, "settled", faults),
        confirms=_wordings(question, "confirm", faults),
        depth=question.number("depth"),
        how=question.text("how"),
        collects=question.text("collects"),
        fields=question.texts("fields"),
        shows=question.texts("shows"),
        label=question.text("label"),
        takes=question.text("takes"),
        offer=question.text("offer"),
    )


def _wordings(question: _Reader, key: str, faults: list[str]) -> tuple[Wording, ...]:
    found = []
    for table in question.texts_or_tables(key):
        ask = _Reader(question.where, table, _ASK, faults)
        tells, builds_on = ask.text("tells") or None, ask.texts("builds_on")
        found.append(Wording(ask.text("text"), _conditions(ask, "when", faults), tells, builds_on))
    return tuple(found)


def _probe(where: str, table: dict[str, Any], faults: list[str]) -> Probe:
    probe = _Reader(where, table, _PROBE, faults)
    return Probe(probe.text("about"), probe.text("text"))


def _conditions(owner: _Reader, key: str, faults: list[str]) -> tuple[Condition, ...]:
    found = []
    for table in owner.tables(key):
        condition = _Reader(f"{owner.where}: {key}", table, _CONDITION, faults)
        found.append(
            Condition(
                fact=condition.text("fact") or None,
                values=condition.texts("in"),
                missing=condition.text("missing") or None,
                said=condition.text("said") or None,
                of=condition.text("of") or None,
                factors=condition.number("factors"),
                lacks=condition.texts("lacks"),
            )
        )
    return tuple(found)
