"""What do the word rules find in a reply? The one place where text becomes findings."""

from __future__ import annotations

from collections.abc import Collection

from bot.interview.quoting import is_bare
from bot.interview.script import ONE_WORD
from bot.interview.state import Findings
from bot.wording import fields as word_rules
from bot.wording.again import says_again
from bot.wording.belonging import says_only
from bot.wording.beside import without_talk
from bot.wording.chatter import is_chatter
from bot.wording.concerns import concerns
from bot.wording.denials import IT_WAS, said_of_cause, without_no
from bot.wording.mentions import mentions
from bot.wording.sentences import factors
from bot.wording.whether import says_whether


def findings_of(text: str, names: Collection[str] = ()) -> Findings:
    """Mentions, concerns, separate factors, and whether it is chatter; `names` are those of people who are known."""
    told = said_of_cause(text)
    said = without_talk(text) or text
    parts = factors(without_no(said) if IT_WAS in told else said)
    kinds = [str(c.kind) for c in concerns(text, names)]
    if len(parts) > 1:
        kinds += [f"{c.kind}@{n}" for n, part in enumerate(parts) for c in concerns(part, names)]
    if is_bare(without_talk(text)):
        kinds.append(ONE_WORD)
    return Findings(
        mentions=frozenset(mentions(text)) | told | says_only(text) | says_whether(text) | says_again(text),
        concerns=tuple(dict.fromkeys(kinds)),
        factors=parts,
        chatter=is_chatter(text),
    )


def fields_of(text: str) -> tuple[tuple[str, str], ...]:
    """What a reply says of single fields; which of them count is for the questions that it answers to say."""
    return () if is_chatter(text) else word_rules.fields(without_talk(text))
