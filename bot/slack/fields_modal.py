"""What does the form of fields look like, and what did somebody enter? One page after the other, none required."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.interview.fields import FIELDS
from bot.interview.script import Form
from bot.interview.state import Quote
from bot.slack.elements import Block, context, section
from bot.slack.forms import INPUT, about_of, began_with, entered, field, modal, postmortem_of, text_input, value_of
from bot.slack.ids import Callback

NOTE = "Enter what you know, leave out the rest. What you enter is kept with your name on it."
IN_THREAD = "As it was said in the thread. Change it here only to correct it."
TOO_LONG = "Said at length in the thread; it stays as it is unless you enter something here."


def fields_form(postmortem: int, form: Form, known: Mapping[str, Quote], page: int = 0) -> Block:
    """One page of the form, filled in with what is `known`; sending it leads to the next."""
    here = form.pages[page]
    last = page + 1 >= len(form.pages)
    count = f"Page {page + 1} of {len(form.pages)}. " if len(form.pages) > 1 else ""
    blocks = [context(f"{count}{NOTE}"), *(_input(name, known.get(name)) for name in here.fields if name in FIELDS)]
    about = {"postmortem": postmortem, "page": page}
    return modal(Callback.FIELDS, here.title, blocks, about, "Save" if last else "Save, next page")


def no_form(postmortem: int, sentence: str) -> Block:
    """What opens where the kind has no form, or has none any more."""
    return modal(Callback.FIELDS, "No figures", [section(" ".join(sentence.split()))], {"postmortem": postmortem})


def _input(name: str, quote: Quote | None) -> Block:
    words = quote.text if quote is not None else ""
    long = len(words) > INPUT // 2
    element = text_input("" if long else words, multiline="\n" in words or FIELDS[name].whole)
    said = quote is not None and quote.ts is not None
    return field(name, FIELDS[name].label, element, optional=True, hint=TOO_LONG if long else IN_THREAD if said else "")


def read_fields(view: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was changed on the page: the fields with their words, empty where somebody took them out."""
    found = []
    for block in view.get("blocks") or ():
        name = str(block.get("block_id") or "")
        if name not in FIELDS:
            continue
        now = value_of(entered(view, name).get("value")).strip()
        if now != began_with(view, name, "initial_value").strip():
            found.append((name, now))
    return tuple(found)


def following_page(view: Mapping[str, Any]) -> tuple[int, int] | None:
    """The postmortem and the page that a sent page leads to; None for other modals."""
    if view.get("callback_id") != Callback.FIELDS:
        return None
    page = about_of(view).get("page")
    return postmortem_of(view), (page if isinstance(page, int) else 0) + 1
