"""What each block, element and composition object may hold: Slack's published fields and lengths as a table.

A rule takes a value, the JSON pointer to it and a list of complaints to add to. The numbers are those of Slack's
Block Kit reference; unknown keys are rejected, as Slack does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Rule = Callable[[Any, str, list[str]], None]


def complain(found: list[str], message: str, pointer: str) -> None:
    """Adds a complaint in Slack's wording."""
    found.append(f"{message} [json-pointer:{pointer}]")


def string(most: int, least: int = 1) -> Rule:
    """A string of `least` to `most` characters."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, str):
            complain(found, "must be a string", pointer)
        elif len(value) > most:
            complain(found, f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            complain(found, f"must be more than {least - 1} characters", pointer)

    return check


def kind(wanted: type, word: str) -> Rule:
    """A value of one JSON type."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            complain(found, f"must be {word}", pointer)

    return check


def one_of(*allowed: str) -> Rule:
    """One of some words."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if value not in allowed:
            complain(found, f"must be one of: {', '.join(allowed)}", pointer)

    return check


def listed(rule: Rule, least: int, most: int) -> Rule:
    """A list of `least` to `most` items that all follow a rule."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, list):
            complain(found, "must be an array", pointer)
            return
        if len(value) > most:
            complain(found, f"no more than {most} items allowed", pointer)
        if len(value) < least:
            complain(found, f"no less than {least} items allowed", pointer)
        for number, item in enumerate(value):
            rule(item, f"{pointer}/{number}", found)

    return check


def text(most: int, *kinds: str, least: int = 1) -> Rule:
    """A text object of these kinds (plain_text, mrkdwn; both if none is named)."""
    allowed = kinds or ("plain_text", "mrkdwn")

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            complain(found, "must be an object", pointer)
            return
        keys = {"type": one_of(*allowed), "text": string(most, least)}
        keys |= {"emoji": BOOL} if value.get("type") == "plain_text" else {"verbatim": BOOL}
        before = len(found)
        Shape(keys, ("text",)).check(value, pointer, found)
        if len(found) > before:
            found.insert(before, f"failed to match all allowed schemas [json-pointer:{pointer}]")

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one object (besides `type`), which must be there, and of which at least one must be there."""

    keys: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """The rule of this shape."""
        if not isinstance(value, dict):
            complain(found, "must be an object", pointer)
            return
        for key in value:
            if key not in self.keys and key != "type":
                complain(found, f"invalid additional property: {key}", pointer)
        for key in self.required:
            if key not in value:
                complain(found, f"missing required field: {key}", pointer)
        if self.any_of and not any(key in value for key in self.any_of):
            complain(found, f"missing required field: {self.any_of[0]}", pointer)
        for key, rule in self.keys.items():
            if key in value:
                rule(value[key], f"{pointer}/{key}", found)


def typed(shapes: Mapping[str, Shape]) -> Rule:
    """An object whose `type` names one of these shapes."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            complain(found, "must be an object", pointer)
        elif value.get("type") not in shapes:
            complain(found, f"unsupported type: {value.get('type')}", f"{pointer}/type")
        else:
            shapes[value["type"]].check(value, pointer, found)

    return check


BOOL: Final = kind(bool, "a boolean")
INT: Final = kind(int, "an integer")
ID: Final = string(255)
PLACEHOLDER: Final = text(150, "plain_text")
OBJECT: Final = kind(dict, "an object")


def _slack_file(value: Any, pointer: str, found: list[str]) -> None:
    """A file by its id or by its address, never both."""
    Shape({"id": string(255), "url": string(3000)}, (), ("id", "url")).check(value, pointer, found)
    if isinstance(value, dict) and {"id", "url"} <= set(value):
        complain(found, "only one of id or url is allowed", pointer)
    if isinstance(value, dict) and "id" in value and not re.fullmatch(r"F[A-Z0-9]{8,}", str(value["id"])):
        complain(found, "input must match regex pattern: ^[F][A-Z0-9]{8,}$", f"{pointer}/id")


SLACK_FILE: Final[Rule] = _slack_file

_CONFIRM = Shape(
    {"title": text(100, "plain_text"), "text": text(300), "confirm": text(30, "plain_text"),
     "deny": text(30, "plain_text"), "style": one_of("primary", "danger")},
    ("title", "text", "confirm", "deny"),
)  # fmt: skip
CONFIRM: Final[Rule] = _CONFIRM.check


def option(*kinds: str) -> Rule:
    """An option; selects and overflow menus take plain text only."""
    keys = {"text": text(75, *kinds), "value": string(150), "description": text(75, *kinds), "url": string(3000)}
    return Shape(keys, ("text", "value")).check


_PLAIN_OPTIONS = listed(option("plain_text"), 1, 100)
_GROUP = Shape({"label": text(75, "plain_text"), "options": _PLAIN_OPTIONS}, ("label", "options"))
_GROUPS = listed(_GROUP.check, 1, 100)
_DISPATCH = Shape(
    {"trigger_actions_on": listed(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
).check  # fmt: skip
_IDS = listed(string(255), 0, 100)
_FILTER = Shape(
    {"include": listed(one_of("im", "mpim", "private", "public"), 1, 4), "exclude_external_shared_channels": BOOL,
     "exclude_bot_users": BOOL}
).check  # fmt: skip
_COMMON = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": BOOL}
_SELECT: dict[str, Rule] = {**_COMMON, "placeholder": PLACEHOLDER}
_MULTI: dict[str, Rule] = {**_SELECT, "max_selected_items": INT}
_TYPED: dict[str, Rule] = {
    "action_id": ID, "focus_on_load": BOOL, "placeholder": PLACEHOLDER, "dispatch_action_config": _DISPATCH,
}  # fmt: skip

_BOXES = {**_COMMON, "options": listed(option(), 1, 10)}

#: Interactive elements, and the image of sections and contexts.
ELEMENTS: Final[Mapping[str, Shape]] = {
    "button": Shape({"text": text(75, "plain_text"), "action_id": ID, "url": string(3000), "value": string(2000),
                     "style": one_of("primary", "danger"), "confirm": CONFIRM, "accessibility_label": string(75)},
                    ("text",)),
    "overflow": Shape({"action_id": ID, "confirm": CONFIRM, "options": listed(option("plain_text"), 1, 5)},
                      ("options",)),
    "static_select": Shape({**_SELECT, "options": _PLAIN_OPTIONS, "option_groups": _GROUPS,
                            "initial_option": option("plain_text")}, (), ("options", "option_groups")),
    "multi_static_select": Shape({**_MULTI, "options": _PLAIN_OPTIONS, "option_groups": _GROUPS,
                                  "initial_options": _PLAIN_OPTIONS}, (), ("options", "option_groups")),
    "users_select": Shape({**_SELECT, "initial_user": string(255)}),
    "multi_users_select": Shape({**_MULTI, "initial_users": _IDS}),
    "conversations_select": Shape({**_SELECT, "initial_conversation": string(255), "filter": _FILTER,
                                   "default_to_current_conversation": BOOL, "response_url_enabled": BOOL}),
    "multi_conversations_select": Shape({**_MULTI, "initial_conversations": _IDS, "filter": _FILTER,
                                         "default_to_current_conversation": BOOL}),
    "channels_select": Shape({**_SELECT, "initial_channel": string(255), "response_url_enabled": BOOL}),
    "multi_channels_select": Shape({**_MULTI, "initial_channels": _IDS}),
    "datepicker": Shape({**_SELECT, "initial_date": string(10, 10)}),
    "timepicker": Shape({**_SELECT, "initial_time": string(5, 5), "timezone": string(255)}),
    "datetimepicker": Shape({**_COMMON, "initial_date_time": INT}),
    "checkboxes": Shape({**_BOXES, "initial_options": listed(option(), 1, 10)}, ("options",)),
    "radio_buttons": Shape({**_BOXES, "initial_option": option()}, ("options",)),
    "plain_text_input": Shape({**_TYPED, "initial_value": string(3000, 0), "multiline": BOOL, "min_length": INT,
                               "max_length": INT}),
    "email_text_input": Shape({**_TYPED, "initial_value": string(3000)}),
    "url_text_input": Shape({**_TYPED, "initial_value": string(3000)}),
    "number_input": Shape({**_TYPED, "is_decimal_allowed": BOOL, "initial_value": string(255), "min_value": string(255),
                           "max_value": string(255)}, ("is_decimal_allowed",)),
    "rich_text_input": Shape({**_TYPED, "initial_value": OBJECT}),
    "file_input": Shape({"action_id": ID, "filetypes": listed(string(20), 1, 100), "max_files": INT}),
    "image": Shape({"image_url": string(3000), "slack_file": SLACK_FILE, "alt_text": string(2000)},
                   ("alt_text",), ("image_url", "slack_file")),
}  # fmt: skip


def elements(*names: str) -> Rule:
    """One of the named elements."""
    return typed({name: ELEMENTS[name] for name in names})
