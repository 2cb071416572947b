"""What is wrong with a question that the bot would put to people?"""

from __future__ import annotations

from bot.patterns import pattern, plain
from bot.wording.concerns import Kind, concerns
from bot.wording.sentences import sentences

_WHY = pattern(r"(?:^|[.!?:;,(“\"'\n]\s*|\b(?:and|but|so|or) )why\b")
_WHY_A_PERSON = pattern(
    r"\bwhy (?:did|didn't|do|don't|were|weren't|was|wasn't|have|haven't|had|hadn't|would"
    r"|wouldn't|could|couldn't|is|are)(?: not)? (?:you|he|she|they|we|i|nobody|no one|someone|anyone|it that)\b"
)
_BLAME = pattern(
    r"\b(?:fault|faults|blame|blames|blamed|guilty|guilt|culprit|responsible for (?:this|the)"
    r"|to blame|whose|who (?:did|caused|broke|forgot|made|failed|missed|let))\b"
)
_SHOULD = pattern(
    r"\b(?:should|ought to|could) (?:you|they|he|she|somebody|someone|we) have\b|\b(?:you|they|he"
    r"|she|somebody|someone|we) (?:should|could)(?:n't| not)? have\b|\bif only\b"
)
#: The kinds of concern that a question itself must not raise.
_RAISED = {
    Kind.PERSON_AS_CAUSE: "names a person as the cause",
    Kind.HUMAN_ERROR: "speaks of human error",
    Kind.JUDGEMENT: "judges",
    Kind.HINDSIGHT: "speaks from hindsight",
}
#: A question is put in at most this many sentences. Source: Howie's guide, a facilitator speaks a sixth of the time.
MOST_SENTENCES = 2
_QUOTED = pattern(r"“[^”]*”|\{[^{}]*\}")


def question_faults(text: str) -> tuple[str, ...]:
    """Everything that is wrong with a question, in words; what it quotes is not its own wording and does not count."""
    own = plain(_QUOTED.sub("that", text[:4_000])).strip()
    found = []
    count = len(sentences(own))
    if count > MOST_SENTENCES:
        found.append(f"has {count} sentences, {MOST_SENTENCES} at most")
    if _WHY.search(own) is not None or _WHY_A_PERSON.search(own) is not None:
        found.append('asks "why"; ask "how" or "what"')
    if (blame := _BLAME.search(own)) is not None:
        found.append(f"uses a word of blame: {blame.group()}")
    if (should := _SHOULD.search(own)) is not None:
        found.append(f"says what should have been: {should.group()}")
    for concern in concerns(own):
        if (says := _RAISED.get(concern.kind)) is not None:
            found.append(f"{says}: {concern.words}")
    return tuple(dict.fromkeys(found))
