"""How does what a second mind offers look? Its words, what they rest on, and buttons: nothing is taken without one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.interview.conclusions import Ground
from bot.interview.differences import Change, difference
from bot.interview.offers import Offer, Taken
from bot.interview.quoting import gist
from bot.interview.thoughts import Purpose
from bot.slack.blocks import BLOCKS, Block, Look, Message, actions, button, context, section
from bot.slack.ids import Button, encode
from bot.slack.inert import near

#: How much of an offer stands in a card; the whole is in its form.
SHOWN = 1200
#: How much of each quote stands beside it.
QUOTED = 120


def with_offers(message: Message, offers: Sequence[Offer], taken: Taken | None, position: int, look: Look) -> Message:
    """A question's card with what is offered there, or with the draft that somebody took."""
    more = _taken(taken, position, look) if taken is not None else []
    return _with(message, len(message.blocks), [*more, *_all(offers, position, look)])


def with_offers_at_review(message: Message, offers: Sequence[Offer], trouble: str, look: Look) -> Message:
    """The card of the sections with what is offered there, above the button that writes the document."""
    told = [context(look.say("claude", part="trouble", why=trouble))] if trouble else []
    return _with(message, len(message.blocks) - 2, [*told, *_all(offers, 0, look)])


def _with(message: Message, at: int, more: Sequence[Block]) -> Message:
    room = BLOCKS - len(message.blocks)
    if not more or len(more) > room:
        return message
    return Message(message.text, [*message.blocks[:at], *more, *message.blocks[at:]])


def _all(offers: Sequence[Offer], position: int, look: Look) -> list[Block]:
    return [block for number, offer in enumerate(offers) for block in _offer(offer, number, position, look)]


def _offer(offer: Offer, number: int, position: int, look: Look) -> list[Block]:
    value = encode(look.postmortem, position, offer.key)
    use = button("Use", f"{Button.OFFER_USE}.{number}", value)
    ignore = button("Ignore", f"{Button.OFFER_IGNORE}.{number}", value)
    if offer.purpose is Purpose.REWORDING:
        head = look.say("claude", part="rewording", author=look.name(offer.author))
        return [section(f"{head}\n{_difference(offer, look)}"), actions(use, ignore)]
    head = look.say("claude", part="offer", purpose=offer.purpose.value)
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
        lines.append(f"“{look.line(gist(near(ground.words, QUOTED)), QUOTED)}” {who} <{look.permalink(ground.ts)}|↗>")
    return " · ".join(lines)


def _taken(taken: Taken, position: int, look: Look) -> list[Block]:
    told = look.say("claude", part="taken", by=look.name(taken.by), edited=taken.edited)
    rests = f" {grounds(taken.grounds, look)}" if taken.grounds else ""
    found = [section(_quoted(taken.text, look)), context(f"{told}{rests}")]
    if taken.live:
        found.append(actions(button("Change", Button.OFFER_EDIT, encode(look.postmortem, position, taken.key))))
    return found
