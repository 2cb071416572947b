"""Which rules are there for the fields, and how are the halves of "from … to …" called?"""

from __future__ import annotations

from bot.patterns import pattern
from bot.wording.field_rules.after import PREVENTION, REFERENCES, SHARING
from bot.wording.field_rules.harm import BUSINESS, IMPACT
from bot.wording.field_rules.models import MODELS
from bot.wording.field_rules.response import RESPONSE
from bot.wording.field_rules.rule import PROCESS as PROCESS_WORDS
from bot.wording.field_rules.work import COMMUNICATION, OPERATION

RULES = (
    *IMPACT, *BUSINESS, *OPERATION, *COMMUNICATION, *RESPONSE, *PREVENTION, *REFERENCES, *SHARING, *MODELS,
)  # fmt: skip

#: "From X to Y": the two fields that the halves fill, where the sentence speaks of how people work, and elsewhere.
PROCESS = pattern(rf"\b{PROCESS_WORDS}\b")
PROCESS_PAIR = ("prevention.process_from", "prevention.process_to")
TECHNICAL_PAIR = ("prevention.technical_from", "prevention.technical_to")
VERSION_PAIR = ("change.before", "change.after")
#: Labels of the halves.
PAIR_WORDS = {
    "process from": "prevention.process_from", "current process": "prevention.process_from",
    "process to": "prevention.process_to", "new process": "prevention.process_to",
    "technical from": "prevention.technical_from", "current state": "prevention.technical_from",
    "technical to": "prevention.technical_to", "target state": "prevention.technical_to",
}  # fmt: skip
