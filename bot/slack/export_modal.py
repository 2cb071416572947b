"""How does somebody choose which document to take along? A form with the kinds and the formats, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.elements import Block, context
from bot.slack.forms import entered, field, modal, plain_text, value_of
from bot.slack.ids import Callback


def export_form(postmortem: int, kinds: Sequence[tuple[str, str]], formats: Sequence[tuple[str, str]]) -> Block:
    """`kinds` and `formats` are pairs of a word and what people read; the first kind is chosen to begin with."""
    kind_options = [{"text": plain_text(reads), "value": word} for word, reads in kinds]
    format_options = [{"text": plain_text(reads), "value": word} for word, reads in formats]
    blocks: list[Block] = [
        field("kind", "Which document?", {
            "type": "static_select", "options": kind_options, "initial_option": kind_options[0],
        }),
        field("formats", "In which formats?", {
            "type": "checkboxes", "options": format_options, "initial_options": format_options[:2],
        }),
        context("It comes to your direct messages, and only there."),
    ]  # fmt: skip
    return modal(Callback.EXPORT, "Export", blocks, {"postmortem": postmortem}, "Send it to me")


def read_export(view: Mapping[str, Any]) -> tuple[str, ...]:
    """The words that were chosen, as `/postmortem export` takes them."""
    chosen = entered(view, "formats").get("selected_options") or ()
    kind = value_of(entered(view, "kind").get("selected_option"))
    return tuple(filter(None, (kind, *(value_of(each) for each in chosen))))
