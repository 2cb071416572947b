"""What are buttons, modals and their values called? The only place that names them."""

from __future__ import annotations

from enum import StrEnum


class Button(StrEnum):
    """A button's or a picker's `action_id`, without what tells several of them in one message apart."""

    NEXT = "next"
    SKIP = "skip"
    UNKNOWN = "unknown"
    BACK = "back"
    WAIT = "wait"
    CONFIRM = "confirm"
    DEEPER = "deeper"
    OTHER = "other"
    SPLIT = "split"
    PREVIOUS = "previous"
    ELSEWHERE = "elsewhere"
    ANSWERS = "answers"
    ANSWERS_PAGE = "answers_page"
    ANSWER_MOVE = "answer_move"
    MORE = "more"
    SOMEONE = "someone"
    OFFER_START = "offer_start"
    OFFER_NO = "offer_no"
    WINDOW_DAY = "window_day"
    WINDOW_DAYS = "window_days"
    WINDOW_ALL = "window_all"
    WINDOW_TYPE = "window_type"
    PAUSE = "pause"
    RESUME = "resume"
    HANDOVER = "handover"
    RESTORE = "restore"
    CLAUDE_ALLOW = "claude_allow"
    OFFER_USE = "offer_use"
    OFFER_EDIT = "offer_edit"
    OFFER_IGNORE = "offer_ignore"
    GLOSS_ADD = "gloss_add"
    GLOSS_IGNORE = "gloss_ignore"
    QUESTION_ASK = "question_ask"
    QUESTION_IGNORE = "question_ignore"
    TIMELINE_OK = "timeline_ok"
    TIMELINE_ADD = "timeline_add"
    TIMELINE_REMOVE = "timeline_remove"
    TIMELINE_EDIT = "timeline_edit"
    TIMELINE_PAGE = "timeline_page"
    ENTRY_OPEN = "entry_open"
    INVITE = "invite"
    ITEMS_FILL = "items_fill"
    ITEMS_MISSING = "items_missing"
    FIELDS_ENTER = "fields_enter"
    SECTION_OPEN = "section_open"
    WRITE_IT = "write_it"
    DOCUMENT_OPEN = "document_open"
    NEW_FILE = "new_file"
    CHANGE = "change"
    EXPORT = "export"
    CHECKLIST = "checklist"
    ASK_LATER = "ask_later"
    SHARES = "shares"
    APPROVE = "approve"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_HELD = "follow_up_held"
    CANCEL_YES = "cancel_yes"
    CANCEL_NO = "cancel_no"
    ITEM_DONE = "item_done"
    ITEM_SNOOZE = "item_snooze"
    ITEM_WAKE = "item_wake"
    ITEM_DATE = "item_date"
    ITEM_OWNER = "item_owner"
    ITEM_TAKE_BACK = "item_take_back"
    ITEM_WONT = "item_wont"
    ITEM_MET = "item_met"
    ITEM_UNMET = "item_unmet"
    ITEM_MET_LATER = "item_met_later"
    ITEM_REOPEN = "item_reopen"


#: These are said of an action item that is done; one that is dropped can be opened again too.
DONE_BUTTONS = frozenset({Button.ITEM_MET, Button.ITEM_UNMET, Button.ITEM_MET_LATER, Button.ITEM_REOPEN})
#: These change one action item; their value is the item's number.
ITEM_BUTTONS = DONE_BUTTONS | {
    Button.ITEM_DONE,
    Button.ITEM_SNOOZE,
    Button.ITEM_WAKE,
    Button.ITEM_DATE,
    Button.ITEM_OWNER,
    Button.ITEM_TAKE_BACK,
    Button.ITEM_WONT,
}
#: These concern the timeline, and open one of its modals.
TIMELINE_BUTTONS = frozenset(
    {
        Button.TIMELINE_ADD,
        Button.TIMELINE_REMOVE,
        Button.TIMELINE_EDIT,
        Button.TIMELINE_PAGE,
        Button.ENTRY_OPEN,
    }
)
#: These answer the offer of a postmortem; there is none yet that they could belong to.
OFFER_BUTTONS = frozenset({Button.OFFER_START, Button.OFFER_NO})
#: These open a modal.
OPENS_MODAL = TIMELINE_BUTTONS | frozenset(
    {
        Button.SOMEONE,
        Button.HANDOVER,
        Button.SPLIT,
        Button.WINDOW_TYPE,
        Button.ITEMS_FILL,
        Button.ITEMS_MISSING,
        Button.FIELDS_ENTER,
        Button.SECTION_OPEN,
        Button.ANSWERS,
        Button.ANSWERS_PAGE,
        Button.CHANGE,
        Button.EXPORT,
        Button.CHECKLIST,
        Button.SHARES,
        Button.APPROVE,
        Button.FOLLOW_UP,
        Button.OFFER_EDIT,
    }
)


#: These turn the page of the modal that they stand in.
TURNS_PAGE = frozenset({Button.TIMELINE_PAGE, Button.ANSWERS_PAGE})


class Shortcut(StrEnum):
    """The `callback_id` of an entry of ours in a message's menu."""

    ADD_TO_TIMELINE = "add_to_timeline"
    START = "start_postmortem"


class Callback(StrEnum):
    """A modal's `callback_id`."""

    ASK_SOMEONE = "ask_someone"
    WINDOW = "window"
    HAND_OVER = "hand_over"
    SPLIT = "split"
    EDIT_SECTION = "edit_section"
    SECTIONS = "sections"
    ANSWERS = "answers"
    ADD_ENTRY = "add_entry"
    REMOVE_ENTRIES = "remove_entries"
    EDIT_TIMELINE = "edit_timeline"
    CHANGE_ENTRY = "change_entry"
    PUT_BACK = "put_back"
    FILL_ITEMS = "fill_items"
    WONT_DO = "wont_do"
    FIELDS = "fields"
    EXPORT = "export"
    OFFER = "offer"
    CHECKLIST = "checklist"
    SHARES = "shares"
    APPROVE = "approve"
    FOLLOW_UP = "follow_up"


#: The modals that change the timeline when they are sent.
TIMELINE_FORMS = frozenset({Callback.ADD_ENTRY, Callback.REMOVE_ENTRIES, Callback.CHANGE_ENTRY, Callback.PUT_BACK})


def encode(postmortem: int, position: int = 0, extra: str = "") -> str:
    """A button's value: which postmortem, which question, and what else, in at most 150 characters."""
    return f"{postmortem}:{position}:{extra}"[:150]


def decode(value: str) -> tuple[int, int, str]:
    """The postmortem, the question and the rest of a value; zeros for a value that is none of ours."""
    first, _, rest = value.partition(":")
    second, _, extra = rest.partition(":")
    if not (first.isdecimal() and second.isdecimal()):
        return 0, 0, ""
    return int(first), int(second), extra


def read_press(action: str, value: str, chosen: str) -> tuple[str, int, int, str]:
    """What a press means: button, postmortem, question, and the rest.

    An overflow's choice is `<button>|<value>`; a button that stands several times in one message ends in `.<n>`; a
    picker has no value of its own and carries it in its block's id, after the first bar.
    """
    button = action.partition(".")[0]
    if button == Button.MORE:
        button, _, value = chosen.partition("|")
    if button in ITEM_BUTTONS:
        return button, 0, 0, value.rpartition("|")[2]
    if button == Button.ANSWER_MOVE:
        value = value.partition("|")[2]
    return button, *decode(value)
