"""Which kinds of calls and commits are there, and what mends a death at one? A new kind needs a row here.

A call's kind is the name of its method. A commit's kind is the part of bot/ that opened the unit of work, with the
event that it saves, or with what wrote in it.
"""

from __future__ import annotations

_AGAIN = "it only reads: it is made again"
_PRESS = "the person sees nothing happen, or that it failed, and does it again"
_ROW = "the row still says what is owed: the move is made again"
_LOOK = "the claim names the move: it is looked for in Slack first, and heard as made or made again"
_HEARD = "the delivery stays unheard: the sweep hears it, once"

POINTS: dict[str, str] = {
    # calls
    "auth.test": "nothing was begun: the next start asks again",
    "apps.connections.open": "no socket, nothing acknowledged: Slack sends again, and a start compares the threads",
    "canvases.access.set": "it is set again, to the same",
    "canvases.create": "a second canvas is made; the first stays empty and shared with nobody",
    "canvases.edit": "it is filled again, with the same",
    "chat.postEphemeral": "the person is not told, or told twice; what they did stands once",
    "chat.postMessage": _LOOK,
    "chat.update": "it is edited again, to the same",
    "conversations.history": _AGAIN,
    "conversations.info": _HEARD,
    "conversations.join": "joining twice is joining once",
    "conversations.members": _AGAIN,
    "conversations.open": "opening a direct message twice is opening it once",
    "conversations.replies": _AGAIN,
    "files.completeUploadExternal": _LOOK,
    "files.delete": "it is deleted again; one that is gone already is gone",
    "files.info": _AGAIN,
    "files.getUploadURLExternal": "another place is reserved; nobody ever sees the first",
    "reactions.get": _AGAIN,
    "users.info": _AGAIN,
    "views.open": _PRESS,
    "views.push": _PRESS,
    "views.update": "the list in a modal stays as it was; what was changed stands, and the list is opened again",
    # deliveries
    "Hearing Inbox.put": "not acknowledged: an event comes again and is kept once; a press is pressed again",
    "Starting Inbox.heard+Postmortems.create": "begun and heard are one transaction; the row then owes the opening",
    "Commands Inbox.heard": _HEARD,
    "Hearing Inbox.heard": _HEARD,
    "Presses Inbox.heard": _PRESS,
    "Readers People.note_member": _HEARD,
    "Readers People.put": _HEARD,
    # what people did: the event, the row and the heard delivery are one transaction
    "Facilitator AnswerMoved": _HEARD,
    "Facilitator AskedPerson": _HEARD,
    "Facilitator Deleted": _HEARD,
    "Facilitator Invited": _HEARD,
    "Facilitator ItemsChanged": _HEARD,
    "Facilitator NewFile": _HEARD,
    "Facilitator Pressed": _HEARD,
    "Facilitator Said": _HEARD,
    "Facilitator SectionAccepted": _HEARD,
    "Facilitator SectionEdited": _HEARD,
    "Facilitator TimelineChanged": _HEARD,
    "Facilitator WriteIt": _HEARD,
    # what came of a move
    "Facilitator DrawingStep": _ROW,
    "Facilitator PageRead": _ROW,
    "Facilitator PhaseDone": _ROW,
    "Facilitator Posted": _LOOK,
    "Facilitator PublicationStep": _ROW,
    "Facilitator QuietPassed": _ROW,
    "Facilitator Reconciled": _ROW,
    "Facilitator RecordRead": _ROW,
    # what happened in the channel beside the thread
    "Facilitator RecordChanged": _HEARD,
    "Keeping Record.store": _HEARD,
    "Keeping Inbox.heard": _HEARD,
    # recorded channels
    "Recording Recordings.note": _HEARD,
    "Keeping Inbox.heard+Recordings.owe_offer": "the row owes the offer: the sweep looks for it, and makes it",
    "Recording Recordings.offered": "the offer is looked for in the channel, and found",
    "Facilitator Shown": _ROW,
    "Facilitator ThreadRead": _ROW,
    # who is at it
    "Facilitator Claims": _LOOK,
    "Facilitator Postmortems": "the next start, or the next look, says it again",
    # reminders
    "Nudging Nudges.sent": "the ledger row is claimed and not sent: the message is looked for first",
    "Nudging Nudges.claim": "the lease runs out, and the next tick claims it again",
    "Nudging Nudges.ran": "it is noted at the next tick",
}
#: The same with a second mind beside the conversation.
THOUGHTS: dict[str, str] = {
    "POST /v1/messages": "the call stays under way in the ledger, counts as paid, and is made once more, never twice",
    "Thinking Thoughts.take": "nobody is at the thought: the sweep finds it wanted",
    "Mind Calls.begin": "no call was made, or it counts as paid: the thought is still wanted, and tried once more",
    "Mind Calls.settle": "the ledger knows that it was answered: it is not paid for again, and the rules go on",
    "Facilitator ThoughtCame": "the ledger knows that it was answered: it is not paid for again, and the rules go on",
    "Facilitator OfferTaken": _HEARD,
    "Facilitator OfferIgnored": _HEARD,
    "ClaudeWords Consents.say": _HEARD,
    "Facilitator ClaudeAllowed": _HEARD,
}
#: These happen while a bot starts, before anybody does anything.
AT_BIRTH = frozenset(
    {
        "auth.test",
        "apps.connections.open",
        "Facilitator Reconciled",
        "Facilitator Postmortems",
    }
)
#: An event of the channel that comes just before the thread stands, or just after: only then it is one for nobody.
SOMETIMES = frozenset({"Hearing Inbox.heard"})
