"""What can happen to an interview: everything that people, Slack, the clock and the bot's own moves bring about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.interview.conclusions import Saying
from bot.interview.state import Counts, Fact, Field, Findings, Participant, Quote


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody wrote, or edited (`revision` is then Slack's `edited.ts`), a message in the thread."""

    ts: str
    user: str
    text: str
    at: datetime
    revision: str = ""
    findings: Findings = Findings()
    #: Lines of it begin with `//`: what stood in their place before is taken back.
    hides: bool = False
    #: What it says of single fields: the field's name and the words.
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message of the thread is gone."""

    ts: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button of the question at `position`.

    One of next, skip, unknown, wait, back, confirm, deeper, other, previous and elsewhere.
    """

    button: str
    position: int
    user: str
    at: datetime
    #: With other: the factor, as "position.index". With elsewhere: the question to which what was answered belongs.
    value: str = ""


@dataclass(frozen=True, slots=True)
class AnswerMoved:
    """Somebody says of an answer that it belongs to another section of the document."""

    ts: str
    section: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SplitInto:
    """Somebody divided the answer at `position` into factors, one per line."""

    position: int
    factors: tuple[str, ...]
    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldsEntered:
    """Somebody sent the form of fields: each name with its words, an empty text takes back what was entered."""

    values: tuple[tuple[str, str], ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """Somebody asked that `user` be mentioned at the question at `position`."""

    position: int
    user: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody pressed Invite them."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TimelineChanged:
    """An entry was added, removed or corrected by `by`; `accepted` when somebody pressed Looks right."""

    by: str
    at: datetime
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class ItemsChanged:
    """An action item was added or changed, by its author's words or in the modal."""

    at: datetime


@dataclass(frozen=True, slots=True)
class SectionAccepted:
    """Somebody accepted a section as it reads."""

    section: str
    by: str
    at: datetime
    #: Of an edit whose answers have changed since: the digest of what it was shown beside, which it still fits.
    base: str = ""


@dataclass(frozen=True, slots=True)
class SectionEdited:
    """Somebody wrote a section anew; an empty text returns to the composed one."""

    section: str
    text: str
    by: str
    at: datetime
    base: str = ""


@dataclass(frozen=True, slots=True)
class WriteIt:
    """Somebody pressed Write the document; who did so has not read a section by that."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewFile:
    """Somebody asked for the document as a new file."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SharedWith:
    """Somebody says that the document was given to others, `where` in their words, at `shared_at`."""

    where: str
    shared_at: datetime
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Approved:
    """Somebody approves of the document in a role, or takes that back."""

    role: str
    by: str
    at: datetime
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpPlanned:
    """Somebody chose the day of the follow-up review."""

    day: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUpHeld:
    """Somebody says that the follow-up review was held."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """The day of the follow-up review has come."""

    at: datetime


@dataclass(frozen=True, slots=True)
class AskedLater:
    """What the document leaves open becomes a question to the person who knows, in the thread.

    `why` says where it comes from and tells it apart: the same is never asked twice. What is answered joins the answer
    to `question`, one of the script's, and so its section; empty: it is about what `why` names, such as an item.
    `about`, `level` and `factor` are those of `Asked`. Where `text` repeats the words of `quote`, `shorten` made them.
    """

    why: str
    text: str
    question: str
    to: str
    by: str
    at: datetime
    quote: Quote | None = None
    about: str | None = None
    level: int = 0
    factor: str | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Resumed:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandedOver:
    to: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KindChanged:
    """Somebody chose another kind of postmortem; `source` is the text of its script."""

    kind: str
    source: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Cancelled:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Restored:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page of the channel's history, or of the thread that is reviewed, is stored; no cursor: it was the last.

    `threads` are those that are to be read, `replies` what all threads of the page hold; `slow` when Slack gave far
    less than was asked for.
    """

    messages: int
    threads: int
    cursor: str
    oldest: str
    at: datetime
    own: int = 0
    newest: str = ""
    replies: int = 0
    slow: bool = False


@dataclass(frozen=True, slots=True)
class WindowChosen:
    """Somebody said what of a large channel belongs to the incident; without `start` and `end`, all of it.

    `threads` is how many of the threads that were found so far are then to be read.
    """

    start: datetime | None
    end: datetime | None
    threads: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordChanged:
    """A message of the record was edited or deleted after it was read."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ThreadRead:
    """A page of one thread is stored; `done` when the thread is complete."""

    messages: int
    done: bool
    at: datetime
    slow: bool = False


@dataclass(frozen=True, slots=True)
class PhaseDone:
    """Nothing is left to read in this phase of the reading."""

    phase: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordRead:
    """The record was understood as it stood at `at`: what it settles, who acted, and the receipt."""

    facts: tuple[Fact, ...]
    participants: tuple[Participant, ...]
    counts: Counts
    at: datetime
    #: What the record says of single fields, each with its message.
    fields: tuple[Field, ...] = ()
    #: When the record had been changed last, as far as was known before it was read.
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A card of the bot's stands in Slack; also said of one that was found again after a crash."""

    key: str
    ts: str
    channel: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A card was brought up to date."""

    key: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """A card of the bot's was deleted by somebody; it is not posted again."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuietPassed:
    """The quiet time after the last words on the question at `position` is over."""

    position: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Stalled:
    """Nobody has said or pressed anything for as long as a reminder waits."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PublicationStep:
    """The document's publication went one step further."""

    kind: str
    step: str
    at: datetime
    id: str = ""
    url: str = ""
    revision: int = -1


@dataclass(frozen=True, slots=True)
class DrawingStep:
    """The picture of the timeline went one step further, or no further: the same as before, empty, or failed, `why`."""

    step: str
    at: datetime
    id: str = ""
    url: str = ""
    revision: int = -1
    digest: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """Slack asks for patience until `until`: with everything, with edits, with reads, or with the picture."""

    until: datetime
    at: datetime
    what: str = "all"


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The channel can't be written to (archived, removed, revoked); empty when it can be again."""

    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The thread was compared with what is stored; a cursor means that more pages follow."""

    at: datetime
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class ThoughtCame:
    """A thought that was asked for was thought; with `why`, in a word of `thoughts.Unavailable`, nothing came of it."""

    key: str
    at: datetime
    sayings: tuple[Saying, ...] = ()
    enough: bool = False
    dropped: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class OfferTaken:
    """Somebody took what was offered, as it stood or in words of their own (`edited`)."""

    key: str
    text: str
    by: str
    at: datetime
    edited: bool = False
    findings: Findings = Findings()
    fields: tuple[tuple[str, str], ...] = ()
    #: Of a section: the digest of the text that it takes the place of.
    base: str = ""


@dataclass(frozen=True, slots=True)
class OfferIgnored:
    """Somebody did not want what was offered."""

    key: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaudeAllowed:
    """A member said whether a second mind may read the channel: on or off."""

    state: str
    by: str
    at: datetime


Event = (
    Said
    | Deleted
    | Pressed
    | SplitInto
    | AnswerMoved
    | FieldsEntered
    | AskedPerson
    | Invited
    | TimelineChanged
    | ItemsChanged
    | SectionAccepted
    | SectionEdited
    | WriteIt
    | NewFile
    | SharedWith
    | Approved
    | FollowUpPlanned
    | FollowUpHeld
    | FollowUpDue
    | AskedLater
    | Paused
    | Resumed
    | HandedOver
    | KindChanged
    | Cancelled
    | Restored
    | PageRead
    | WindowChosen
    | RecordChanged
    | ThreadRead
    | PhaseDone
    | RecordRead
    | Posted
    | Shown
    | Gone
    | QuietPassed
    | Stalled
    | PublicationStep
    | DrawingStep
    | Blocked
    | Unreachable
    | Reconciled
    | ThoughtCame
    | OfferTaken
    | OfferIgnored
    | ClaudeAllowed
)
