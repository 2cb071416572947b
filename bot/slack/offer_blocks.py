"""How does what is offered look? Its words, what they rest on, and buttons: nothing is taken without one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.interview.bounds import moment_of
from bot.interview.cards import Review, Timeline
from bot.interview.conclusions import Ground, Saying
from bot.interview.differences import Change, difference
from bot.interview.offers import Offer, Taken
from bot.interview.quoting import gist
from bot.interview.reviews import OpenQuestion
from bot.interview.thoughts import Purpose
from bot.slack.elements import BLOCKS, Block, Look, Message, actions, button, context, moment, section
from bot.slack.ids import Button, encode
from bot.slack.inert import MESSAGE, near

#: How much of an offer stands in a card; the whole is in its form.
SHOWN = 1200
#: How much of each quote stands beside it.
QUOTED = 120
#: How much is said of one past incident.
LIKENESS = 240


def with_offers(message: Message, offers: Sequence[Offer], taken: Taken | None, position: int, look: Look) -> Message:
    """A question's card with what is offered there, or with the draft that somebody took."""
    more = [_taken(taken, position, look)] if taken is not None else []
    return _with(message, len(message.blocks), [*more, *_all(offers, position, look)])


def with_offers_at_review(message: Message, face: Review, look: Look) -> Message:
    """The card of the sections with what is offered and asked there, above the button that writes the document."""
    told = [[context(look.say("claude", part="trouble", why=face.trouble))]] if face.trouble else []
    more = [*told, *_all(face.offers, 0, look), *_questions(face.questions, look)]
    return _with(message, len(message.blocks) - 2, more)


def with_likenesses(message: Message, likenesses: Sequence[Saying], look: Look) -> Message:
    """The receipt with what a second mind says of the past incidents that it names."""
    if not likenesses or not message.blocks:
        return message
    lines = [f"{each.about}: {look.line(each.text, LIKENESS)}" for each in likenesses]
    told = context("\n".join([look.say("claude", part="likenesses"), *lines]))
    return _with(message, len(message.blocks), [[told]])


def with_missing(message: Message, face: Timeline, look: Look) -> Message:
    """The card of the timeline with the messages that a second mind misses there."""
    if not face.missing:
        return message
    value = encode(look.postmortem, 0, face.missed_by)
    lines = [
        f"*{moment(moment_of(each.ts))}* {look.line(each.gloss, QUOTED)} · {look.name(each.user)} "
        f"<{look.permalink(each.ts)}|↗>"
        for each in face.missing
    ]
    told = section("\n".join([look.say("claude", part="missing", count=len(lines)), *lines]))
    add, ignore = button("Add them", Button.GLOSS_ADD, value), button("Ignore", Button.GLOSS_IGNORE, value)
    return _with(message, len(message.blocks), [[told, actions(add, ignore)]])


def _questions(found: Sequence[OpenQuestion], look: Look) -> list[list[Block]]:
    groups = []
    for place, each in enumerate(found):
        head = [section(look.say("claude", part="questions"))] if place == 0 else []
        value = encode(look.postmortem, 0, f"{each.key}#{each.number}")
        ask = button("Ask it", f"{Button.QUESTION_ASK}.{place}", value)
        ignore = button("Ignore", f"{Button.QUESTION_IGNORE}.{place}", value)
        asked = section(look.words(each.text, SHOWN))
        groups.append([*head, asked, context(grounds(each.grounds, look)), actions(ask, ignore)])
    return groups


def _with(message: Message, at: int, more: Sequence[Sequence[Block]]) -> Message:
    """The message with as much of this as Slack takes in one: what comes first goes before, none of it in part."""
    kept: list[Block] = []
    room, length = BLOCKS - len(message.blocks), MESSAGE - sum(_length(block) for block in message.blocks)
    for group in more:
        if len(group) > room or sum(_length(block) for block in group) > length:
            break
        kept += group
        room, length = room - len(group), length - sum(_length(block) for block in group)
    return Message(message.text, [*message.blocks[:at], *kept, *message.blocks[at:]]) if kept else message


def _length(block: Block) -> int:
    texts = [block.get("text"), *(block.get("elements", ()) if block["type"] == "context" else ())]
    return sum(len(str(each.get("text", ""))) for each in texts if each)


def _all(offers: Sequence[Offer], position: int, look: Look) -> list[list[Block]]:
    return [_offer(offer, number, position, look) for number, offer in enumerate(offers)]


def _offer(offer: Offer, number: int, position: int, look: Look) -> list[Block]:
    value = encode(look.postmortem, position, offer.key)
    use = button("Use", f"{Button.OFFER_USE}.{number}", value)
    ignore = button("Ignore", f"{Button.OFFER_IGNORE}.{number}", value)
    if offer.purpose is Purpose.REWORDING:
        head = look.say("claude", part="rewording", author=look.name(offer.author))
        return [section(f"{head}\n{_difference(offer, look)}"), actions(use, ignore)]
    head = look.say("claude", part="offer", purpose="promises" if offer.by_rules else offer.purpose.value)
    rests = [context(grounds(offer.grounds, look))] if offer.grounds else []
    edit = button("Edit", f"{Button.OFFER_EDIT}.{number}", value)
    return [section(f"{head}\n{_quoted(offer.text, look)}"), *rests, actions(use, edit, ignore)]


def _quoted(text: str, look: Look) -> str:
    return "\n".join(f"> {line}" for line in look.words(text, SHOWN).splitlines())


def _difference(offer: Offer, look: Look) -> str:
    """The words that go are struck out, those that come are bold; marks of their own would be taken for ours."""
    marks = {Change.SAME: "{}", Change.GONE: "~{}~", Change.NEW: "*{}*"}
    plain = str.maketrans("", "", "*~_`")
    pieces = (
        marks[change].format(look.words(words.translate(plain), SHOWN)) if words.translate(plain).strip() else ""
        for change, words in difference(gist(offer.before), gist(offer.text))
    )
    return "> " + " ".join(filter(None, pieces))


def grounds(found: Sequence[Ground], look: Look) -> str:
    """What an offer rests on, each quote with its writer and its address."""
    lines = []
    for ground in found:
        who = look.name(ground.user) if ground.user else "an alert"
        words = f"“{look.line(gist(near(ground.words, QUOTED)), QUOTED)}”"
        # What stands in a section is nobody's message.
        lines.append(f"{words} {who} <{look.permalink(ground.ts)}|↗>" if ground.ts[:1].isdigit() else words)
    return " · ".join(lines)


def _taken(taken: Taken, position: int, look: Look) -> list[Block]:
    told = look.say("claude", part="taken", by=look.name(taken.by), edited=taken.edited)
    rests = f" {grounds(taken.grounds, look)}" if taken.grounds else ""
    found = [section(_quoted(taken.text, look)), context(f"{told}{rests}")]
    if taken.live:
        found.append(actions(button("Change", Button.OFFER_EDIT, encode(look.postmortem, position, taken.key))))
    return found
