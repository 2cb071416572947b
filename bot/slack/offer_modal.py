"""What does the form look like in which somebody changes what a second mind offers, before it is theirs?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.interview.offers import Offer
from bot.slack.elements import Block, Look, context, section
from bot.slack.forms import INPUT, about_of, entered, field, modal, text_input
from bot.slack.ids import Callback
from bot.slack.inert import cut
from bot.slack.offer_blocks import grounds


def offer_form(postmortem: int, offer: Offer, look: Look, *, taken: bool) -> Block:
    """The whole of an offer, with all that it rests on; of one that was taken, what it says now."""
    hint = "Without words it is taken back." if taken else ""
    text = field("text", "In your words", text_input(cut(offer.text, INPUT)), optional=taken, hint=hint)
    rests = [context(grounds(offer.grounds, look))] if offer.grounds else []
    about = {"postmortem": postmortem, "key": offer.key}
    return modal(Callback.OFFER, "Suggestion", [text, *rests], about, "Use it")


def no_offer(postmortem: int, why: str) -> Block:
    """Said in place of the form when the offer is over."""
    return modal(Callback.OFFER, "Suggestion", [section(why)], {"postmortem": postmortem})


def read_offer(view: Mapping[str, Any]) -> tuple[str, str]:
    """Which offer, and how it reads now; no key for a form without an offer."""
    return str(about_of(view).get("key") or ""), str(entered(view, "text").get("value") or "")
