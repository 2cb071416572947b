"""What do people say of what the record takes for the cause? They may deny it, or say themselves what it was.

Nothing of it is kept: it is worked out from the replies as they read now.
"""

from __future__ import annotations

from bot.interview.filing import confirms, filed
from bot.interview.state import Fact, Interview, Quote, Said

#: The fact, and the topic in which people say what it was.
CAUSE, TOPIC = "cause", "causes"
#: As the record has it, while people deny it or say otherwise; without text where the record has none.
RECORDED = "as_read.told.cause"


def recorded(interview: Interview) -> Fact | None:
    """What the record takes for the cause, whatever people say of it."""
    aside = interview.fact(RECORDED)
    found = aside if aside is not None else interview.fact(CAUSE)
    return found if found is not None and found.text.strip() else None


def is_recorded(interview: Interview, quote: Quote | None) -> bool:
    """Whether these are the words that the record takes for the cause."""
    return quote is not None and _tells(recorded(interview), quote)


def _tells(cause: Fact | None, quote: Quote) -> bool:
    if cause is None or cause.quote is None:
        return False
    return quote.ts == cause.quote.ts if quote.ts is not None else quote.text == cause.quote.text


def denials(interview: Interview) -> tuple[Said, ...]:
    """The replies that deny it, where they were shown what the record takes for the cause."""
    cause = recorded(interview)
    return tuple(
        said
        for asked in interview.asked
        if asked.quote is not None and _tells(cause, asked.quote)
        for said in filed(interview, asked.position)
        if ("denies" if confirms(interview, asked) else "not_the_cause") in said.findings.mentions
        or (asked.topic == TOPIC and "it_was" in said.findings.mentions)
    )


def namings(interview: Interview) -> tuple[Said, ...]:
    """The replies in the topic of the causes that say what the cause is; one that blames a person does not count.

    What a reply names after a "no" is it only where the record's cause is denied.
    """
    denied = {said.ts for said in denials(interview)}
    return tuple(
        said
        for asked in interview.asked
        if asked.topic == TOPIC
        for said in filed(interview, asked.position)
        if not {"names_cause", *(("names_instead",) if said.ts in denied else ())}.isdisjoint(said.findings.mentions)
        and {"person_as_cause", "human_error"}.isdisjoint(each.partition("@")[0] for each in said.findings.concerns)
    )
