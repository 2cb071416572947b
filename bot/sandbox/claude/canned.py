"""What does the demo's Claude say? Words that were written beforehand, about the incident that ships with it.

They are laid on the lines that the request holds, and pass the same checks as those of a model; where the record is
another one, hardly any of them fits, and the rules go on alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.claude import wire
from bot.sandbox.claude.server import Answer, Json

#: Seconds that it seems to think.
SEEMS_TO_THINK = 1.5
_LINE = re.compile(r'^\{"id": .*\}$', re.MULTILINE)
_TASK = re.compile(r"^(?P<name>[a-z ]+): (?P<value>.+)$", re.MULTILINE)
#: By which words of a question a draft is for it; then the words of the record, and the sentence that rests on them.
_DRAFTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "stopped working|for whom|did users see|who was affected",
        (
            ("customers report that they cannot pay", "Customers reported that they cannot pay."),
            ("1,240 failed payments until the rollback", "There were 1,240 failed payments until the rollback."),
        ),
    ),
    (
        "notice|detect|found out|first sign|alert",
        (("support tickets do not reach whoever is on call", "Support tickets do not reach whoever is on call."),),
    ),
    (
        "ended|stopped it|mitigat|recover|back to normal",
        (
            ("We roll back r4312 and do not fix forward", "r4312 was rolled back, and not fixed forward."),
            ("Checkout is back to normal", "After that, checkout was back to normal."),
        ),
    ),
    (
        "contribut|possible|cause|how did|factor|change",
        (
            ("the new panel of r4312 runs one query per basket line", "The new panel of r4312 runs one query per "
             "basket line."),
            ("Staging has 1 % of the orders", "Staging has 1 % of the orders."),
            ("16 pods ask for twice as many as 8", "16 pods asked for twice as many connections as 8."),
        ),
    ),
    (
        "well|lucky|luck",
        (("the spring newsletter was planned for this morning", "The spring newsletter was planned for this morning "
          "and only slipped to next week."),),
    ),
)  # fmt: skip
#: The words of the record, the item, and the words that say until when.
_ITEMS = (
    ("add an alert on failed payments alone", "Add an alert on failed payments alone", None),
    ("write the runbook for a full connection pool", "Write the runbook for a full connection pool", "by Friday"),
)

#: What the page for who leads is offered: whom it hit, and that it is over.
_FOR_WHO_LEADS = (*_DRAFTS[0][1], ("Checkout is back to normal", "Checkout is back to normal."))


def canned(body: Json) -> Answer:
    """An answer to any request, after a moment."""
    shape = body["output_config"]["format"]["schema"]["properties"]
    told: dict[str, Any] = {"ids": []} if "ids" in shape else _reply(body)
    return Answer(wire.message(json.dumps(told)), after=SEEMS_TO_THINK)


def _reply(body: Json) -> dict[str, Any]:
    *data, task = (block["text"] for block in body["messages"][0]["content"])
    lines = [json.loads(found) for text in data for found in _LINE.findall(text)]
    values = {found["name"]: json.loads(found["value"]) for found in _TASK.finditer(task.partition("\n</task>")[0])}
    reply: dict[str, Any] = {"statements": [], "questions": [], "items": [], "enough": False}
    if "Draft an answer" in task:
        fits = (pairs for words, pairs in _DRAFTS if re.search(words, values["question"], re.IGNORECASE))
        reply["statements"] = list(_said(lines, _unsaid(lines, next(fits, ()))))
    elif "somebody who leads" in task:
        reply["statements"] = list(_said(lines, _FOR_WHO_LEADS))
    elif "Summarise the incident" in task:
        reply["statements"] = list(_said(lines, [pair for _, pairs in _DRAFTS[:3] for pair in pairs]))
    elif "Find what people said should be done" in task:
        reply["items"] = list(_items(lines))
    elif "next question of the script" in values:
        reply["questions"] = list(_asked(lines, values["next question of the script"]))
    elif "the answer stands in" in values:
        answers = [line for line in lines if line["id"] in values["the answer stands in"]]
        reply["questions"] = list(_probed(answers))
        reply["enough"] = not reply["questions"]
    return reply


def _unsaid(lines: list[Json], pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What no answer says yet: nobody drafts the same twice."""
    answers = " ".join(line["text"] for line in lines if line["id"].startswith("a"))
    return (pair for pair in pairs if pair[1] not in answers)


def _said(lines: list[Json], pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    for words, sentence in dict(pairs).items():
        line = next((line for line in lines if words in line["text"]), None)
        if line is not None:
            yield {"evidence": [{"id": line["id"], "quote": words}], "about": "", "text": sentence}


def _items(lines: list[Json]) -> Iterator[dict[str, Any]]:
    for words, item, due in _ITEMS:
        line = next((line for line in lines if words in line["text"]), None)
        if line is not None:
            evidence = [{"id": line["id"], "quote": words}]
            yield {"evidence": evidence, "text": item, "owner": line.get("by"), "due_words": due}


def _asked(lines: list[Json], question: str) -> Iterator[dict[str, Any]]:
    """The script's question, with a few words of an answer that has some of its own in common with it."""
    about = _words(question)
    answers = [line for line in lines if line["id"].startswith("a") and len(line["text"]) > 20]
    near = max(answers, key=lambda line: len(about & _words(line["text"])), default=None)
    if near is not None and about & _words(near["text"]) and question.count("?") == 1 and question.endswith("?"):
        quote = _beginning(near["text"])
        text = f"You said “{quote}”. {question}"
        yield {"evidence": [{"id": near["id"], "quote": quote}], "about": "", "text": text}


def _probed(answers: list[Json]) -> Iterator[dict[str, Any]]:
    """What an answer without any figure leaves open."""
    if answers and not any(re.search(r"\d", line["text"]) for line in answers):
        quote = _beginning(answers[-1]["text"])
        text = f"“{quote}”: what would show that to somebody who was not there?"
        yield {"evidence": [{"id": answers[-1]["id"], "quote": quote}], "about": "", "text": text}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{5,}", text.casefold()))


def _beginning(text: str) -> str:
    """The first words of a text, of its first sentence at most."""
    sentence = re.split(r"(?<=[.!?;])\s", " ".join(text.split()), maxsplit=1)[0]
    return " ".join(sentence.split()[:8]).rstrip(".,;:!?")
