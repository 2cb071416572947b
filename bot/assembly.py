"""How are the parts put together? The only place that constructs things; everything else is given what it needs."""

from __future__ import annotations

import gc
import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.client import BaseSocketModeClient

from bot.beginning.importing import Importing
from bot.beginning.recording import Recording
from bot.beginning.slack_exports import open_export
from bot.beginning.starting import Starting
from bot.checking import Checking
from bot.claude.client import Client
from bot.claude.mind import Choices, Mind
from bot.claude.outgoing import nonces
from bot.claude.price_file import read_prices
from bot.claude.prices import PricesFault
from bot.claude.prompts import Effort, Prompts, Role
from bot.clock import Clock, OffsetClock, SystemClock
from bot.deliveries.afterwards import Afterwards
from bot.deliveries.at_once import AtOnce
from bot.deliveries.claude_words import ClaudeWords
from bot.deliveries.commands import Commands
from bot.deliveries.corrections import Corrections
from bot.deliveries.exporting import Exporting
from bot.deliveries.hearing import Hearing
from bot.deliveries.item_presses import ItemPresses
from bot.deliveries.keeping import Keeping
from bot.deliveries.marking import Marking
from bot.deliveries.offers import Offers
from bot.deliveries.presses import Presses
from bot.deliveries.published import Published
from bot.deliveries.replies import Replies
from bot.deliveries.submissions import Submissions
from bot.errors import (
    NoDatabase,
    NoSuchPostmortem,
    NotOfWorkspace,
    NotWritten,
    PostmortemError,
    SettingsFault,
    SeveralWorkspaces,
    SlackRefused,
    SlackUnavailable,
    UnknownDocument,
)
from bot.facilitator import Facilitator
from bot.hands import Hands
from bot.interview.plan import Limits
from bot.listing import Listing
from bot.logs import reference
from bot.looking_back import LookingBack
from bot.nudging import Nudging
from bot.places import PROMPTS, TEMPLATES
from bot.publish.documents import Documents, Links, NoLinks
from bot.publish.exports import Exports, content, file_name
from bot.publish.layouts import Layouts
from bot.publish.pdf_process import PdfProcess
from bot.publish.versions import in_words
from bot.publish.wanted import Format, not_wanted, wanted
from bot.readers import Readers
from bot.rendering import Renderer
from bot.scheduler import Scheduler
from bot.scripts.shelf import Scripts, script_of
from bot.settings import OfflineSettings, People, Settings
from bot.showing import Showing
from bot.slack.client import LastingClient, web_client
from bot.slack.ears import Ears
from bot.slack.listeners import register
from bot.slack.listening import Listening
from bot.slack.room import Identity, Room
from bot.stopping import Stop
from bot.thinking import Mind as SecondMind
from bot.thinking import Thinking
from bot.understanding.consequences import Consequences
from bot.understanding.severity import Severities, read_severities
from bot.workers import CONVERSATION, FILES, READING, THINKING, Workers
from storage.calls import Caps
from storage.condition import missing_file
from storage.database import Database
from storage.unit import Unit

log = structlog.get_logger()

#: Database connections: one for each worker, and for Bolt's listeners, the scheduler and the home.
CONNECTIONS = CONVERSATION + READING + THINKING + FILES + 10
#: Seconds between two pings of the socket. A connection that was cut without a word is noticed after about five of
#: them; with the client's own ten seconds, presses would fail for a minute.
PING_EVERY = 3
#: Bytes that are read from the socket in one go; a press brings its whole message along.
RECEIVED_AT_ONCE = 16_384
#: How long a stopping bot waits for what is under way, in seconds.
STOP_WITHIN = 10.0
#: In a dollar.
MICRODOLLARS = 1_000_000


@dataclass
class Bot:
    """A bot that is put together and not yet started."""

    database: Database
    room: Room
    facilitator: Facilitator
    hearing: Hearing
    nudging: Nudging
    workers: Workers
    scheduler: Scheduler
    app: App
    handler: Listening
    pdfs: PdfProcess
    thinking: Thinking | None = None

    def start(self) -> None:
        """Listens; at every hello of the socket the threads are compared with what was missed."""
        self.scheduler.start()
        self.handler.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped

    def stop(self) -> None:
        """Takes nothing new, finishes or gives back what is under way."""
        self.scheduler.stop()
        self.handler.close()  # type: ignore[no-untyped-call]
        self.pdfs.stop()
        self.workers.close(STOP_WITHIN)
        self.room.close()
        self.database.close()


def assemble(
    settings: Settings,
    clock: Clock,
    database: Database | None = None,
    workers: Workers | None = None,
    mind: SecondMind | None = None,
) -> Bot:
    """The whole bot for one workspace. Asks Slack who it is; raises PostmortemError when that fails.

    `mind` stands in for the one that the settings describe.
    """
    database = database or open_database(settings)
    room = Room(LastingClient(settings.slack_bot_token.get_secret_value(), settings.slack_api_url))
    identity = room.identity
    own = settings.templates_dir
    renderer = Renderer(TEMPLATES, own)
    scripts = Scripts(tuple(f for f in (settings.prompts_dir, PROMPTS) if f is not None))
    limits = Limits(settings.max_asks, settings.max_probes, settings.quiet_seconds)
    workers = workers or Workers()
    worker = uuid.uuid4().hex[:12]
    severities = _severities(settings, renderer)
    pdfs = PdfProcess()
    documents = Documents(
        database, room, renderer, settings.names.value, severities, Layouts(TEMPLATES, own), settings.binding_rules,
        pdfs.make,
    )  # fmt: skip
    showing = Showing(
        database, room, renderer, documents, scripts, limits, Checking(database, documents, clock), settings.ticket_url
    )
    readers = Readers(database, room, clock, identity.workspace)
    hands = Hands(database, room, readers, showing, documents, clock, settings.timeline_reaction)
    facilitator = Facilitator(database, hands, clock, limits, workers, Consequences(severities), owner=worker)
    mind = mind or second_mind(settings, database, clock, renderer)
    thinking = (
        Thinking(database, mind, facilitator, clock, limits, workers, identity.workspace, documents.sections)
        if mind is not None
        else None
    )
    facilitator.think = thinking.wake if thinking is not None else None
    replies = Replies(room, renderer.message)
    listing = Listing(database, showing, clock, limits)
    exports = Exports(database, room, documents)
    exporting = Exporting(exports, documents.layouts, replies, workers)
    published = Published(database, exports, replies)
    looking_back = LookingBack(database, room, readers, showing)
    nudging = Nudging(
        database, room, readers, showing, clock, identity.workspace, worker, settings.timezone, settings.nudge_weekday,
        settings.nudge_hour,
    )  # fmt: skip
    starting = Starting(
        database, facilitator, room, readers, replies, scripts, showing, clock, settings.timezone, thinking is not None
    )
    offers = Offers(database, documents, clock)
    claude = ClaudeWords(database, facilitator, thinking, room, readers, replies, showing, clock)
    commands = Commands(
        database, facilitator, room, readers, replies, starting, showing, documents, exporting, published, listing,
        looking_back, claude, clock,
    )  # fmt: skip
    recording = Recording(database, room, readers, replies, showing, starting, workers, clock, settings.record_channels)
    items = ItemPresses(database, facilitator, room, readers, replies, showing, nudging, listing, clock)
    presses = Presses(
        database, facilitator, room, readers, replies, showing, documents, items, recording, claude, offers, clock
    )
    corrections = Corrections(database, facilitator, room, replies, clock)
    afterwards = Afterwards(database, facilitator, room, replies, showing, clock)
    submissions = Submissions(
        database, facilitator, readers, replies, showing, documents, corrections, afterwards, exporting, offers, items,
        clock,
    )  # fmt: skip
    keeping = Keeping(database, facilitator, recording, clock)
    marking = Marking(database, facilitator, room, readers, replies, clock, settings.timeline_reaction)
    at_once = AtOnce(facilitator, readers, clock)
    hearing = Hearing(
        database, facilitator, readers, replies, at_once, commands, presses, keeping, submissions, marking, workers,
        clock, identity.user, identity.workspace,
    )  # fmt: skip
    tidy = _both(hearing.forget, looking_back.tend)
    sweeps = [facilitator.sweep, hearing.sweep, *([thinking.sweep] if thinking is not None else [])]
    scheduler = Scheduler(_both(*sweeps), nudging.tick, tidy)
    app = App(
        # Said here, or Bolt looks through the source of every caller for it.
        name="postmortem",
        client=web_client(None, settings.slack_api_url),
        authorize=_authorized(identity, settings.slack_bot_token.get_secret_value()),
        # A listener only acknowledges and has a worker woken: a thread of its own, for which Bolt waits by sleeping
        # again and again, would take longer than that.
        process_before_response=True,
    )
    register(app, _ears(hearing, submissions, listing, room, replies, workers, identity.workspace))
    app.error(_failed)
    handler = Listening(
        app,
        settings.slack_app_token.get_secret_value(),
        web_client=web_client(settings.slack_app_token.get_secret_value(), settings.slack_api_url),
        ping_interval=PING_EVERY,
        receive_buffer_size=RECEIVED_AT_ONCE,
    )
    handler.client.message_listeners.append(_on_hello(facilitator, workers))
    return Bot(database, room, facilitator, hearing, nudging, workers, scheduler, app, handler, pdfs, thinking)


def _authorized(identity: Identity, token: str) -> Callable[..., AuthorizeResult]:
    """Who the bot is, for Bolt: asked again, it could not be told while Slack fails, and would drop what was sent."""
    known = AuthorizeResult(
        enterprise_id=identity.workspace.enterprise or None,
        team_id=identity.workspace.team,
        bot_token=token,
        bot_id=identity.bot_id,
        bot_user_id=identity.user,
    )
    return lambda **_: known


def _severities(settings: OfflineSettings, renderer: Renderer) -> Severities:
    """The levels of the setting, else those of the template, which may be a team's own."""
    try:
        return read_severities(settings.severities or renderer.message("severities"))
    except ValueError as err:
        fault = f"templates/messages/severities.j2 has {err}; each of its lines is `name: meaning`."
        raise SettingsFault((fault,)) from err


def open_database(settings: OfflineSettings) -> Database:
    """The database, brought up to date."""
    database = Database(settings.database_url.get_secret_value(), pool_size=CONNECTIONS)
    database.migrate()
    return database


def existing_database(settings: OfflineSettings) -> Database:
    """The database, brought up to date, for what only reads. Raises NoDatabase where there is none, and makes none."""
    missing = missing_file(settings.database_url.get_secret_value())
    if missing is not None:
        raise NoDatabase(missing)
    return open_database(settings)


def second_mind(
    settings: OfflineSettings, database: Database, clock: Clock, renderer: Renderer, client: Client | None = None
) -> Mind | None:
    """What thinks along, built from the settings; None without a key. Raises PromptFault and SettingsFault.

    The SDK is loaded here, and only when there is a key.
    """
    if settings.anthropic_api_key is None:
        return None
    try:
        prices = read_prices(settings.claude_prices)
    except PricesFault as err:
        raise SettingsFault((f"{err}.",)) from err
    choices = Choices(
        {
            Role.WRITING: settings.claude_writing_model,
            Role.CRITIQUE: settings.claude_critique_model,
            Role.EXTRACTION: settings.claude_extraction_model,
        },
        Effort(settings.claude_effort.value) if settings.claude_effort else None,
        settings.claude_people is People.NAMES,
        Caps(
            settings.claude_tokens,
            round(settings.claude_budget * MICRODOLLARS),
            settings.claude_tokens_day,
            round(settings.claude_budget_day * MICRODOLLARS),
        ),
        settings.timezone,
    )
    return Mind(
        client or Client(settings.anthropic_api_key, settings.anthropic_base_url),
        Prompts(tuple(f for f in (settings.prompts_dir, PROMPTS) if f is not None)),
        prices,
        database,
        clock,
        choices,
        nonces(secrets.token_bytes(32)),
        lambda quote: renderer.message("thought_cause", quote=quote),
    )


def _both(*works: Any) -> Any:
    def sweep() -> None:
        for work in works:
            work()

    return sweep


def _ears(
    hearing: Hearing, submissions: Submissions, listing: Listing, room: Room, replies: Replies, workers: Workers,
    workspace: Any,
) -> Ears:  # fmt: skip
    def show_home(user: str) -> None:
        workers.submit(f"home:{user}", lambda: room.publish_home(user, listing.home(workspace, user)), first=True)

    def greet(event: Mapping[str, Any]) -> None:
        if not event.get("bot_id") and not event.get("subtype") and event.get("user") != room.identity.user:
            workers.submit(f"greet:{event['user']}", lambda: replies.direct(str(event["user"]), "help"))

    return Ears(hearing.receive, hearing.soon, submissions.acknowledge, show_home, greet)


def _on_hello(facilitator: Facilitator, workers: Workers) -> Any:
    def listener(_client: BaseSocketModeClient, message: Mapping[str, Any], _raw: str | None) -> None:
        if message.get("type") == "hello":
            workers.submit("listening", facilitator.listening_anew)

    return listener


def _failed(error: Exception, body: Mapping[str, Any]) -> None:
    """The edge where anything unforeseen ends: a reference for the log, and the exception stays with us."""
    if isinstance(error, PostmortemError):
        log.error("listener.failed", reference=reference(), why=str(error), type=body.get("type"))
    else:
        log.error("listener.failed", reference=reference(), type=body.get("type"), exc_info=error)


def take_in(settings: Settings, path: Path, channel: str, into: str, facilitator: str, title: str) -> str:
    """Begins a postmortem on a channel of an export, and says so; the bot that serves the workspace goes on with it."""
    export, clock = open_export(path), SystemClock()
    room = Room(LastingClient(settings.slack_bot_token.get_secret_value(), settings.slack_api_url))
    database = open_database(settings)
    try:
        scripts = Scripts(tuple(f for f in (settings.prompts_dir, PROMPTS) if f is not None))
        readers = Readers(database, room, clock, room.identity.workspace)
        importing = Importing(database, room, readers, scripts, clock, settings.timezone)
        begun, count = importing.take_in(export, channel, into, facilitator, title)
    finally:
        room.close()
        database.close()
    return f"{begun.number} begins in {into}: {begun.title}, from {count:,} messages of #{channel}."


def export(
    settings: OfflineSettings, number: str, words: Sequence[str], folder: Path, workspace: str = ""
) -> tuple[list[Path], str]:
    """Writes a postmortem's document into files of that folder; their paths, and what is to be said besides.

    Messages are linked when the settings have the tokens and Slack says its address. Raises UnknownDocument,
    NoDatabase, NoSuchPostmortem, SeveralWorkspaces, NotOfWorkspace, PdfMissing, PdfRefused and NotWritten.
    """
    renderer, layouts = Renderer(TEMPLATES, settings.templates_dir), Layouts(TEMPLATES, settings.templates_dir)
    what = wanted(words, layouts.kinds())
    if what is None:
        given = " ".join(not_wanted(words, layouts.kinds()))
        raise UnknownDocument(given, ", ".join(layouts.kinds()), ", ".join(Format))
    links, said = _links(settings)
    database = existing_database(settings)
    try:
        with database.reading() as unit:
            found = _numbered(unit, number, workspace)
            interview, source = unit.postmortems.load(found)
        severities = _severities(settings, renderer)
        documents = Documents(database, links, renderer, settings.names.value, severities, layouts)
        script = script_of(source)
        files = {
            folder / file_name(interview, what.kind, form): content(documents, script, interview, what.kind, form)
            for form in what.formats
        }
    finally:
        database.close()
    for path, made in files.items():
        try:
            path.write_bytes(made)
        except OSError as err:
            raise NotWritten(path, err.strerror or type(err).__name__) from err
    return list(files), said


def past_versions(settings: OfflineSettings, number: str, wanted: Sequence[int], workspace: str = "") -> str:
    """The versions of a postmortem's document: all listed, one told, or two compared.

    Raises NoDatabase, NoSuchPostmortem, SeveralWorkspaces, NotOfWorkspace and NoSuchVersion.
    """
    database = existing_database(settings)
    try:
        with database.reading() as unit:
            found = _numbered(unit, number, workspace)
            kept = unit.versions.all(found)
            lines = [unit.versions.lines(found, each) for each in wanted]
    finally:
        database.close()
    return in_words(number.upper(), kept, wanted, lines)


def _numbered(unit: Unit, number: str, workspace: str) -> int:
    """The postmortem of that number in a workspace; without one the only postmortem that has it."""
    known = {id: unit.postmortems.load(id)[0] for id in unit.postmortems.numbered(number.upper())}
    if not known:
        raise NoSuchPostmortem(number)
    here = [id for id, found in known.items() if workspace in ("", found.workspace.team, found.workspace.enterprise)]
    if len(here) == 1:
        return here[0]
    each = tuple(
        f"{found.workspace.team or found.workspace.enterprise}: {found.title}, begun on {found.started_at:%Y-%m-%d}"
        for found in known.values()
    )
    raise NotOfWorkspace(number.upper(), workspace, each) if not here else SeveralWorkspaces(number.upper(), each)


def _links(settings: OfflineSettings) -> tuple[Links, str]:
    """Who knows the addresses of messages: Slack, where it can be asked for its own."""
    if not isinstance(settings, Settings):
        return NoLinks(), "Messages are not linked: without the tokens of Slack its address is not known."
    room = Room(LastingClient(settings.slack_bot_token.get_secret_value(), settings.slack_api_url))
    try:
        _ = room.identity
    except (SlackUnavailable, SlackRefused) as err:
        return NoLinks(), f"Messages are not linked. {err}"
    finally:
        room.close()
    return room, ""


def run(
    settings: Settings,
    clock_url: str | None = None,
    stop: Stop | None = None,
    listening: Callable[[], None] = lambda: None,
) -> int:
    """Serves a workspace until the process or `stop` is told to end; 0 when it ended as asked.

    `listening` is called once, as soon as a command would be heard.
    """
    with ExitStack() as stack:
        stop = stop or stack.enter_context(Stop())
        stop.at_signals()
        bot = assemble(settings, OffsetClock(clock_url) if clock_url else SystemClock())
        stack.callback(bot.stop)
        bot.start()
        # What is there by now stays for ever: the collector need not look through it again at every turn.
        gc.collect()
        gc.freeze()
        log.info("listening", workspace=bot.room.identity.workspace.team)
        listening()
        stop.wait()
    return 0
