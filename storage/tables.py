"""Which tables there are. Every row names its workspace, and every unique key includes it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, Date, Float, ForeignKey, Index, Integer, UniqueConstraint

from bot.actions.item import Status
from bot.actions.values import Priority
from bot.interview.conclusions import Role, Standing
from bot.interview.state import RUNNING, Closed, Put, Stage
from bot.timeline.values import Kind, Precision
from storage.types import Key, Listed, Ts, UtcDateTime, Words, one_of

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: The rows that say which workspace they belong to; the order is that of the unique keys.
TENANT = ("enterprise", "team")


def _words(name: str, default: str | None = "", **more: Any) -> Column[str]:
    """Text that is never NULL; pass None as the default where "not there" means something."""
    return Column(name, Words, nullable=default is None, **more)


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _amount(name: str) -> Column[int]:
    """A whole number that may grow beyond two thousand million."""
    return Column(name, BigInteger, nullable=False)


def _yes_no(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _moment(name: str, *, nullable: bool = False, **more: Any) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=nullable, **more)


def _table(name: str, *columns: Any, unique: tuple[str, ...] = (), tenant_first: bool = True) -> sa.Table:
    key = () if not unique else (UniqueConstraint(*((*TENANT, *unique) if tenant_first else (*unique, *TENANT))),)
    return sa.Table(
        name,
        metadata,
        Column("id", Key, primary_key=True),
        _words("enterprise"),
        _words("team"),
        *columns,
        *key,
    )


def _part(name: str, *columns: Any, unique: tuple[str, ...] = ()) -> sa.Table:
    """A table whose rows belong to one postmortem; its unique key begins with it, so it also finds them."""
    return _table(
        name,
        Column("postmortem_id", Key, ForeignKey("postmortems.id", ondelete="CASCADE"), nullable=False),
        *columns,
        unique=("postmortem_id", *unique) if unique else (),
        tenant_first=False,
    )


counters = _table("counters", _words("name"), _whole("value"), unique=("name",))

postmortems = _table(
    "postmortems",
    _words("number"),
    _words("channel"),
    _words("scope"),
    _words("kind"),
    _words("title"),
    _words("facilitator"),
    _words("started_by"),
    _moment("started_at"),
    _yes_no("private"),
    _words("zone"),
    Column("root", Ts, nullable=False),
    _moment("window_from", nullable=True),
    _moment("window_to", nullable=True),
    _words("window_by", None),
    _words("source"),
    _yes_no("recorded"),
    _moment("record_changed_at", nullable=True),
    Column("stage", one_of(Stage, "stage"), nullable=False),
    Column("stage_before", one_of(Stage, "stage_before"), nullable=True),
    _moment("cancelled_at", nullable=True),
    _moment("written_at", nullable=True),
    _words("paused_by", None),
    _moment("paused_at", nullable=True),
    Column("thread_ts", Ts, nullable=True),
    _words("reading_phase"),
    _words("reading_cursor"),
    _whole("reading_messages"),
    _whole("reading_threads"),
    _whole("reading_threads_read"),
    _words("reading_oldest"),
    _whole("reading_own"),
    _words("reading_newest"),
    _whole("reading_replies"),
    _yes_no("reading_slow"),
    _whole("counts_messages"),
    _whole("counts_replies"),
    _whole("counts_alerts"),
    _whole("counts_edited"),
    _whole("counts_deleted"),
    _whole("counts_files"),
    _whole("counts_huddles"),
    _whole("counts_service"),
    _whole("counts_unreadable"),
    _whole("counts_own"),
    _moment("counts_first", nullable=True),
    _moment("counts_last", nullable=True),
    _words("publication_kind"),
    _words("publication_step"),
    _words("publication_id"),
    _words("publication_url"),
    _whole("publication_revision"),
    _whole("publication_round"),
    _words("drawing_step"),
    _words("drawing_id"),
    _words("drawing_url"),
    _whole("drawing_revision"),
    _words("drawing_digest"),
    _words("drawing_shown"),
    _words("drawing_old"),
    _words("drawing_why"),
    _moment("drawing_not_before", nullable=True),
    _whole("drawing_tries"),
    Column("follow_up_day", Date, nullable=True),
    _words("follow_up_by", None),
    Column("follow_up_told", Date, nullable=True),
    _moment("follow_up_held_at", nullable=True),
    _words("follow_up_held_by", None),
    _words("claude"),
    _words("claude_by"),
    _words("timeline_by", None),
    _whole("timeline_revision"),
    _whole("items_revision"),
    _whole("revision"),
    _moment("changed_at", nullable=True),
    _moment("active_at", nullable=True),
    _whole("reminded"),
    _moment("blocked_until", nullable=True),
    _moment("edits_blocked_until", nullable=True),
    _moment("reads_blocked_until", nullable=True),
    _words("unreachable"),
    _moment("unreachable_at", nullable=True),
    _moment("reconciled_at", nullable=True),
    _words("reconcile_cursor"),
    _whole("version"),
    _moment("due_at", nullable=True),
    _words("script"),
    unique=("number",),
)
_running = postmortems.c.stage.in_(sorted(RUNNING))
#: One running postmortem per scope, whatever the code believes.
Index(
    "uq_postmortems_running",
    *(postmortems.c[name] for name in (*TENANT, "scope")),
    unique=True,
    sqlite_where=_running,
    postgresql_where=_running,
)
Index("ix_postmortems_channel", *(postmortems.c[name] for name in (*TENANT, "channel", "thread_ts")))
Index("ix_postmortems_due", postmortems.c.due_at)

questions = _part(
    "questions",
    _whole("position"),
    _whole("place"),
    _words("topic"),
    _words("question"),
    Column("put", one_of(Put, "put"), nullable=False),
    _words("text"),
    _moment("opened_at"),
    _words("quote_text", None),
    Column("quote_ts", Ts, nullable=True),
    _words("quote_user", None),
    _words("about", None),
    _words("factor", None),
    _whole("level"),
    _yes_no("held"),
    Column("closed", one_of(Closed, "closed"), nullable=True),
    _moment("closed_at", nullable=True),
    _words("closed_by", None),
    #: Of one that was put to somebody once the others were over: whom, and why.
    _words("to", None),
    _words("why", None),
    unique=("position",),
)

replies = _part(
    "replies",
    Column("ts", Ts, nullable=False),
    _whole("place"),
    _words("user"),
    _words("text"),
    _moment("heard_at"),
    _moment("touched_at"),
    _words("revision"),
    _yes_no("deleted"),
    _moment("deleted_at", nullable=True),
    Column("mentions", Listed, nullable=False),
    Column("concerns", Listed, nullable=False),
    Column("factors", Listed, nullable=False),
    _yes_no("chatter"),
    Column("moved_to", Integer, nullable=True),
    Column("placed", Integer, nullable=True),
    _words("placed_by"),
    unique=("ts",),
)

#: What a reply said before it was edited.
reply_revisions = _part(
    "reply_revisions",
    Column("ts", Ts, nullable=False),
    _words("revision"),
    _words("text"),
    _moment("said_at"),
)
Index("ix_reply_revisions_postmortem_id", reply_revisions.c.postmortem_id, reply_revisions.c.ts)

facts = _part(
    "facts",
    _whole("place"),
    _words("name"),
    _words("text"),
    _moment("at", nullable=True),
    _words("precision"),
    _words("quote_text", None),
    Column("quote_ts", Ts, nullable=True),
    _words("quote_user", None),
    _words("about"),
    _words("zone"),
    unique=("place",),
)

participants = _part(
    "participants",
    _whole("place"),
    _words("user"),
    _words("role"),
    Column("ts", Ts, nullable=True),
    unique=("place",),
)

posts = _part(
    "posts",
    _words("key"),
    _whole("place"),
    Column("ts", Ts, nullable=False),
    _words("channel"),
    _moment("posted_at"),
    _words("shown"),
    _moment("shown_at"),
    unique=("key",),
)

splits = _part("splits", _whole("position"), _whole("place"), _words("by"), unique=("position",))
split_factors = _part(
    "split_factors", _whole("position"), _whole("place"), _words("text"), unique=("position", "place")
)

section_edits = _part(
    "section_edits",
    _words("section"),
    _whole("place"),
    _words("text"),
    _words("by"),
    _moment("at"),
    _words("base"),
    unique=("section",),
)
#: What answers, the record (both with their message) and the form (without one) say of single fields of a report.
fields = _part(
    "fields",
    _whole("place"),
    _words("name"),
    _words("text"),
    _words("by"),
    _moment("at"),
    Column("ts", Ts, nullable=True),
    unique=("place",),
)
accepted_sections = _part("accepted_sections", _words("section"), _whole("place"), _words("by"), unique=("section",))

#: To whom the document was given, where and when.
shares = _part("shares", _whole("place"), _words("where"), _moment("at"), _words("by"), unique=("place",))
#: Who approves of the document, in which role.
approvals = _part("approvals", _whole("place"), _words("role"), _words("by"), _moment("at"), unique=("role",))

#: What each published version of the document said, and the messages that the words of a line come from.
versions = _part("versions", _whole("number"), _moment("at"), _words("kind"), _whole("lines"), unique=("number",))
version_lines = _part(
    "version_lines",
    _whole("number"),
    _whole("place"),
    _words("section"),
    _words("heading"),
    _words("text"),
    unique=("number", "place"),
)
version_sources = _part(
    "version_sources",
    _whole("number"),
    _whole("place"),
    Column("ts", Ts, nullable=False),
    unique=("number", "place", "ts"),
)

mentions = _part(
    "mentions",
    _words("key"),
    _whole("place"),
    _words("by"),
    Column("position", Integer, nullable=True),
    unique=("key",),
)
mention_users = _part("mention_users", _words("key"), _whole("place"), _words("user"), unique=("key", "place"))

#: What was asked of a second mind. Its claims are apart, as those of a postmortem are.
thoughts = _part(
    "thoughts",
    _words("key"),
    _whole("place"),
    _words("purpose"),
    _moment("wanted_at"),
    _whole("position"),
    _words("about"),
    _words("basis"),
    Column("standing", one_of(Standing, "standing"), nullable=False),
    _words("why"),
    _moment("ended_at", nullable=True),
    _words("by"),
    _yes_no("enough"),
    _whole("dropped"),
    unique=("key",),
)
_wanted = thoughts.c.standing == Standing.WANTED
Index("ix_thoughts_wanted", thoughts.c.postmortem_id, sqlite_where=_wanted, postgresql_where=_wanted)
sayings = _part(
    "sayings",
    _words("key"),
    _whole("place"),
    Column("role", one_of(Role, "role"), nullable=False),
    _words("text"),
    _words("about"),
    _words("owner", None),
    _words("due_words"),
    unique=("key", "place"),
)
#: The words that a saying rests on.
grounds = _part(
    "grounds",
    _words("key"),
    _whole("saying"),
    _whole("place"),
    _words("ts"),
    _words("words"),
    _words("user", None),
    unique=("key", "saying", "place"),
)
#: Who is at a thought; a row is there only while somebody is, or was until the process died.
thought_claims = _part(
    "thought_claims",
    _words("key"),
    _words("owner"),
    _moment("lease_until"),
    _whole("tries"),
    unique=("key",),
)
#: Whether a second mind may read a channel, as its members said last.
claude_channels = _table(
    "claude_channels", _words("channel"), _yes_no("allowed"), _words("by"), _moment("at"), unique=("channel",)
)

#: Who is carrying a postmortem on; apart from it, so that claiming never makes an answer stale.
claims = _part(
    "claims",
    _words("owner", None),
    _moment("lease_until", nullable=True),
    _words("move", None),
    _moment("since", nullable=True),
    UniqueConstraint("postmortem_id", *TENANT),
)

inbox = _table(
    "inbox",
    _words("key"),
    _words("kind"),
    _words("payload"),
    _moment("received_at"),
    _moment("heard_at", nullable=True),
    _whole("attempts"),
    _moment("failed_at", nullable=True),
    _words("why"),
    _yes_no("dead"),
    unique=("key",),
)
# Each in the words that its own planner knows from the query.
Index(
    "ix_inbox_waiting",
    inbox.c.received_at,
    inbox.c.id,
    sqlite_where=sa.text("heard_at IS NULL AND dead = 0"),
    postgresql_where=sa.text("heard_at IS NULL AND NOT dead"),
)
Index("ix_inbox_key", inbox.c.key)

#: The messages of channels; postmortems refer to them by (channel, ts), none owns them.
channel_messages = _table(
    "channel_messages",
    _words("channel"),
    Column("ts", Ts, nullable=False),
    _words("user", None),
    _words("text"),
    _words("bot", None),
    Column("thread_ts", Ts, nullable=True),
    Column("edited_ts", Ts, nullable=True),
    _words("subtype", None),
    _yes_no("deleted"),
    _moment("deleted_at", nullable=True),
    _yes_no("pinned"),
    Column("reactions", Listed, nullable=False),
    Column("files", Listed, nullable=False),
    _yes_no("broadcast"),
    _whole("reply_count"),
    unique=("channel", "ts"),
)

#: The threads that a postmortem has to read, and how far each has been read.
reading_threads = _part(
    "reading_threads",
    Column("root", Ts, nullable=False),
    #: Its newest reply; empty where Slack did not say.
    Column("latest_reply", Ts, nullable=False),
    _words("cursor"),
    _yes_no("complete"),
    unique=("root",),
)

people = _table(
    "people",
    _words("user"),
    _words("name"),
    _words("zone"),
    _yes_no("bot"),
    _yes_no("guest"),
    _yes_no("deleted"),
    _yes_no("foreign"),
    _moment("seen_at"),
    unique=("user",),
)
channel_members = _table(
    "channel_members", _words("channel"), _words("user"), _moment("seen_at"), unique=("channel", "user")
)

#: The channels that were looked at, whether they are recorded as people write, and the one offer of a postmortem.
recordings = _table(
    "recordings",
    _words("channel"),
    _words("name"),
    _yes_no("recorded"),
    Column("since", Ts, nullable=False),
    _moment("offer_at", nullable=True),
    Column("offer_ts", Ts, nullable=False),
    unique=("channel",),
)

#: What user groups and channels are called that messages mention by their ids only.
names = _table("names", _words("thing"), _words("name"), unique=("thing",))

entries = _part(
    "entries",
    _words("key"),
    _whole("place"),
    _moment("at", nullable=True),
    Column("precision", one_of(Precision, "precision"), nullable=False),
    _words("zone", None),
    Column("kind", one_of(Kind, "kind"), nullable=False),
    _words("text"),
    Column("source_ts", Ts, nullable=True),
    _words("actor", None),
    _words("reason"),
    Column("score", Float, nullable=False),
    _words("added_by", None),
    _moment("added_at", nullable=True),
    _words("removed_by", None),
    _moment("removed_at", nullable=True),
    #: Which of text, time and kind are a person's word; the record changes them no more.
    Column("corrected", Listed, nullable=False),
    _words("changed_by", None),
    _moment("changed_at", nullable=True),
    #: What the record takes it for, where a person says otherwise.
    _words("found_as", None),
    #: The key of the entry that tells the same and stands in its place.
    _words("merged_into", None),
    _yes_no("erased"),
    unique=("key",),
)
#: Who changed which entry, and what it said before; `typed` when these were a person's words, not the source's.
entry_revisions = _part(
    "entry_revisions",
    _words("key"),
    _words("change"),
    _words("by"),
    _moment("changed_at"),
    _words("text"),
    _yes_no("typed"),
    _moment("at", nullable=True),
    _words("precision", None),
    _words("kind", None),
    Column("source_ts", Ts, nullable=True),
)
Index("ix_entry_revisions_postmortem_id", entry_revisions.c.postmortem_id, entry_revisions.c.key)

items = _table(
    "items",
    Column("postmortem_id", Key, ForeignKey("postmortems.id", ondelete="CASCADE"), nullable=False),
    _words("number"),
    _words("text"),
    #: The text as it stood in the message when that was read last; `text` may be a person's since.
    _words("typed"),
    #: person, group or words, as the owner was given; NULL without one.
    _words("owner_kind", None),
    _words("owner", None),
    Column("due", Date, nullable=True),
    _yes_no("due_sure"),
    _words("due_words", None),
    Column("priority", one_of(Priority, "priority"), nullable=True),
    _words("measure", None),
    Column("status", one_of(Status, "status"), nullable=False),
    _words("reason"),
    Column("source_ts", Ts, nullable=False),
    #: NULL once its line is gone from the message.
    Column("source_index", Integer, nullable=True),
    _moment("created_at"),
    Column("snoozed_until", Date, nullable=True),
    _moment("closed_at", nullable=True),
    #: Who said that it is done or dropped.
    _words("closed_by", None),
    _moment("withdrawn_at", nullable=True),
    #: Who filled a field by hand; a later edit of the message leaves it alone.
    _words("text_by", None),
    _words("owner_by", None),
    _words("due_by", None),
    _words("measure_by", None),
    _words("priority_by", None),
    #: Where it is tracked; who stands up for it; whether its measure was met once it was done: see `Met`.
    _words("link", None),
    _words("link_by", None),
    _words("sponsor", None),
    _words("sponsor_by", None),
    _words("met", None),
    _words("met_by", None),
    unique=("number",),
)
Index(
    "uq_items_source",
    *(items.c[name] for name in ("postmortem_id", "source_ts", "source_index", *TENANT)),
    unique=True,
)
item_changes = _table(
    "item_changes",
    Column("item_id", Key, ForeignKey("items.id", ondelete="CASCADE"), nullable=False),
    _moment("at"),
    _words("by"),
    _words("field"),
    _words("old", None),
    _words("new", None),
)
Index("ix_item_changes_item_id", item_changes.c.item_id)

#: Past incidents for those who look back: made of a written postmortem's rows, and made anew with each change of them.
past = _part(
    "past",
    #: The version of the postmortem, and of the rules, that it was made by.
    _whole("version"),
    _whole("rules"),
    _words("channel"),
    _yes_no("private"),
    _moment("written_at"),
    #: How many different terms it has; these by their parts, in a-z and 0-9 with a space between. The database's own
    #: index `past_index` is over all three.
    _whole("size"),
    Column("services", Listed, nullable=False),
    Column("sorts", Listed, nullable=False),
    Column("luck", Listed, nullable=False),
    _words("names"),
    _words("causes"),
    _words("rest"),
    UniqueConstraint("postmortem_id", *TENANT),
)
Index("ix_past_written_at", *(past.c[name] for name in (*TENANT, "written_at")))
#: Who may see it and how long it is, without looking at its words.
Index("ix_past_sight", *(past.c[name] for name in (*TENANT, "private", "channel", "size")))

rate_budgets = _table(
    "rate_budgets",
    _words("method"),
    Column("tokens", Float, nullable=False),
    _moment("filled_at"),
    _moment("blocked_until", nullable=True),
    #: The latest moment at which somebody who found it empty was told to come again.
    _moment("promised", nullable=True),
    unique=("method",),
)

nudges = _table(
    "nudges",
    _words("owner"),
    _words("week"),
    _words("worker"),
    _moment("lease_until"),
    _moment("claimed_at"),
    _moment("sent_at", nullable=True),
    Column("ts", Ts, nullable=True),
    unique=("owner", "week"),
)
#: When something that runs for the whole installation ran last.
runs = _table("runs", _words("name"), _moment("at"), unique=("name",))

#: What was asked of a model, and what it cost in microdollars; nobody's words.
calls = _table(
    "calls",
    Column("postmortem_id", Key, ForeignKey("postmortems.id", ondelete="CASCADE"), nullable=False),
    #: Which thought it is for.
    _words("key"),
    _words("purpose"),
    _words("prompt"),
    _whole("prompt_version"),
    _words("fingerprint"),
    _words("model"),
    Column("day", Date, nullable=False),
    _amount("estimate_tokens"),
    _amount("estimate_cost"),
    _moment("begun_at"),
    _moment("lease_until"),
    _whole("attempts"),
    _moment("settled_at", nullable=True),
    _words("outcome"),
    _amount("fresh"),
    _amount("written"),
    _amount("reread"),
    _amount("out"),
    _amount("cost"),
    _whole("latency_ms"),
    _words("request_id"),
    _yes_no("perhaps_paid"),
)
Index("ix_calls_postmortem_id", calls.c.postmortem_id, calls.c.key)
Index("ix_calls_day", *(calls.c[name] for name in (*TENANT, "day")))

#: Who did what and when, without anybody's words.
journal = _table(
    "journal",
    Column("postmortem_id", Key, ForeignKey("postmortems.id", ondelete="CASCADE"), nullable=True),
    _moment("at"),
    _words("who"),
    _words("what"),
    _words("detail"),
)
Index("ix_journal_postmortem_id", journal.c.postmortem_id)
