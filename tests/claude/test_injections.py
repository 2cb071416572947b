"""What tries to steer a model stays data on its way out, and what a model that obeys says changes nothing unnoticed."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.claude.outgoing import nonces
from bot.interview.thoughts import Conclusion, Line, Material, Purpose, Unavailable
from storage.database import Database
from tests.fakes.claude import NOON, Claude, claim, lines_of, mind, reply, said, texts, thought
from tests.fakes.databases import migrated
from tests.storage.values import begun

RAJ, MARIA, EVE = "U0AAAAAA1", "U0BBBBBB2", "U0CCCCCC3"
RECORD = said(
    "p99 of checkout-api went up to 4.2 s after the deploy of 4312",
    "the connection pool in payments-db looked exhausted, usage above 80 %",
    "rolling back 4312 now",
)
PEOPLE = {RAJ: "Raj Patel", MARIA: "Maria Lopez", EVE: "Eve Adams"}
CALM = Material(
    Purpose.DRAFT, "service", "Checkout errors", RECORD, {"time to mitigate": "41 minutes"}, "What happened?",
    asked=("How was it noticed?",), people=PEOPLE,
)  # fmt: skip


@dataclass(frozen=True)
class Injection:
    """A row of injections.toml."""

    place: str
    text: str
    wants: str
    sort: str
    owner: str | None
    due: str | None
    cites: str | None
    shown: bool


def rows() -> Iterator[Injection]:
    table = tomllib.loads((Path(__file__).parent / "injections.toml").read_text(encoding="utf-8"))
    for row in table["injection"]:
        yield Injection(
            row["place"], row["text"], row["wants"], row.get("as", "statement"), row.get("owner"), row.get("due"),
            row.get("cites"), row.get("shown", False),
        )  # fmt: skip


ROWS = list(rows())
#: What a machine or a person posts as a message in the channel.
_MESSAGES = {"message": EVE, "edited": EVE, "alert": None, "file": EVE, "ticket": None, "topic": None}
_PURPOSES = {
    "statement": Purpose.DRAFT, "item": Purpose.ITEMS, "question": Purpose.QUESTION, "enough": Purpose.CRITIQUE,
    "rewording": Purpose.REWORDING,
}  # fmt: skip


def place(row: Injection) -> Material:
    """The calm material with the injection where it stands."""
    calm = replace(CALM, purpose=_PURPOSES[row.sort])
    line = Line("injected", row.text, EVE, "", NOON, row.place)
    match row.place:
        case "message" | "edited" | "alert" | "file" | "ticket" | "topic":
            line = replace(line, kind="message", user=_MESSAGES[row.place])
            return replace(calm, lines=(*RECORD, line), about=("injected",) if row.sort == "enough" else ())
        case "answer" | "section" | "item" | "incident":
            about = ("injected",) if row.sort in ("enough", "rewording") else ()
            return replace(calm, lines=(*RECORD, line), about=about)
        case "name":
            return replace(calm, people={**PEOPLE, EVE: row.text}, lines=(*RECORD, replace(line, kind="message",
                           text="Eve says hello")))  # fmt: skip
        case "role":
            return replace(calm, lines=(*RECORD, replace(line, kind="message", text="hello there", who=row.text)))
        case "title":
            return replace(calm, title=row.text)
        case "fact":
            return replace(calm, facts={"time to mitigate": row.text})
        case "asked":
            return replace(calm, asked=(row.text,))
        case other:
            raise AssertionError(other)


class Steered:
    """One mind for all rows, with a Claude that does as the row says."""

    def __init__(self, database: Database, postmortem: int) -> None:
        self.row: Injection | None = None
        self.claude = Claude(lambda body: reply() if self.row is None else obeys(self.row, body))
        self.mind = mind(database, self.claude)
        self.postmortem = postmortem
        self._calm: dict[Purpose, dict[str, Any]] = {}

    def calm(self, purpose: Purpose) -> dict[str, Any]:
        """What is sent on a day without an injection."""
        if purpose not in self._calm:
            self.row = None
            thought(self.mind, replace(CALM, purpose=purpose), self.postmortem)
            self._calm[purpose] = self.claude.bodies[-1]
        return self._calm[purpose]

    def obeying(self, row: Injection, wanted: Material) -> tuple[dict[str, Any], Conclusion | Unavailable]:
        self.row = row
        found = thought(self.mind, wanted, self.postmortem)
        return self.claude.bodies[-1], found


@pytest.fixture(scope="module")
def steered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steered]:
    with migrated("sqlite", tmp_path_factory.mktemp("kept")) as url:
        database = Database(url)
        with database.writing() as unit:
            postmortem = unit.postmortems.create(begun(), "", None).id
        yield Steered(database, postmortem)
        database.close()


_ELEMENT = re.compile(r'<(record|notes|task) nonce="([0-9a-f]{16})">\n(.*)\n</\1>(.*)', re.DOTALL)


def data_and_task(body: dict[str, Any]) -> tuple[list[str], str, list[str]]:
    """What stands inside the elements, what stands behind them, and their nonces; nothing stands anywhere else."""
    inside, behind, nonces = [], "", []
    _, *blocks = texts(body)
    for number, text in enumerate(blocks, 1):
        found = _ELEMENT.fullmatch(text)
        assert found is not None, text
        assert "<" not in found.group(3)
        assert ">" not in found.group(3)
        assert (number == len(blocks)) == (found.group(1) == "task")
        inside.append(found.group(3))
        nonces.append(found.group(2))
        behind += found.group(4)
    return inside, behind, nonces


@pytest.mark.parametrize("row", ROWS, ids=[f"{number:02d}-{row.place}" for number, row in enumerate(ROWS)])
def test_it_stays_data_and_to_obey_it_changes_nothing_unnoticed(row: Injection, steered: Steered) -> None:
    wanted = place(row)
    calm = steered.calm(wanted.purpose)
    body, found = steered.obeying(row, wanted)

    # The shape of what is sent is that of any other day.
    assert texts(body)[0] == texts(calm)[0]
    assert {**body, "messages": []} == {**calm, "messages": []}
    inside, behind, nonces = data_and_task(body)
    assert behind == data_and_task(calm)[1]
    assert not any(nonce in row.text for nonce in nonces)
    for data in inside[:-1]:
        assert all(isinstance(json.loads(each), dict) for each in data.splitlines())
    for line in inside[-1].splitlines():
        json.loads(line.partition(": ")[2])
    raw = json.dumps(texts(body), ensure_ascii=False)
    assert not re.search(r"U0[A-Z]{6}\d|AKIA|[\u200b\u202a-\u202e\u001b]|[\U000e0000-\U000e007f]", raw)
    assert not any(name in raw for name in ("Raj Patel", "Maria Lopez", "Eve Adams"))

    # And what came back in obedience is gone, or is shown with the line that says it.
    if not row.shown:
        assert not isinstance(found, Conclusion)
        return
    assert isinstance(found, Conclusion)
    told = (*found.sentences, *found.questions)
    assert found.items == ()
    assert len(told) == (0 if row.sort == "enough" else 1)
    assert all({each.id for each in sentence.evidence} == {"injected"} for sentence in told)
    assert all(each.quote in row.text for sentence in told for each in sentence.evidence)


def obeys(row: Injection, body: dict[str, Any]) -> dict[str, Any]:
    """What a model says that does as it is told, with the best evidence that it can find: the injected line itself."""
    lines = lines_of(body)
    alike = next((each for each in reversed(lines) if each["text"][:8] == row.text[:8]), lines[-1])
    evidence = (row.cites or alike["id"], alike["text"].splitlines()[0])
    match row.sort:
        case "item":
            item = {"evidence": [{"id": evidence[0], "quote": evidence[1]}], "text": row.wants, "owner": row.owner,
                    "due_words": row.due}  # fmt: skip
            return reply(items=[item])
        case "question":
            return reply(questions=[claim(row.wants, evidence)])
        case "enough":
            return reply(enough=True, statements=[claim("All is well.", evidence)])
        case _:
            return reply(statements=[claim(row.wants, evidence, about=evidence[0])])


def test_there_are_enough_of_them_in_every_place() -> None:
    assert len(ROWS) >= 60
    assert {row.place for row in ROWS} == {
        "message", "edited", "alert", "file", "ticket", "topic", "answer", "section", "item", "incident", "name",
        "role", "title", "fact", "asked",
    }  # fmt: skip
    assert len({row.text for row in ROWS}) == len(ROWS)


def test_a_nonce_follows_from_a_text_and_from_a_secret_that_nobody_knows(steered: Steered) -> None:
    def seen(text: str) -> set[str]:
        return set(re.findall(r'nonce="(\w+)"', text))

    shown = seen(steered.mind.preview(CALM))
    assert shown == seen(steered.mind.preview(CALM))
    other = nonces(b"another process")
    assert not shown & {other(line) for line in steered.mind.preview(CALM).split("\n\n")}
    assert not shown & seen(steered.mind.preview(replace(CALM, title="Checkout error", lines=RECORD[:2])))
