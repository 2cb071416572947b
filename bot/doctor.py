"""Is everything there that the bot needs, and if not, how is it mended?

Looks only: posts nothing, creates nothing. Each finding is one line of the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.claude import probe as claude_probe
from bot.claude.client import Client
from bot.claude.price_file import read_prices
from bot.claude.prices import PricesFault
from bot.claude.prompts import NAMES, load_prompt
from bot.errors import (
    DatabaseFault,
    PostmortemError,
    ScriptFault,
    SettingsFault,
    SlackRefused,
    SlackUnavailable,
)
from bot.places import MANIFEST, PROMPTS, TEMPLATES, laid_over
from bot.publish.layouts import Layouts
from bot.rendering import Renderer
from bot.scripts.shelf import Scripts
from bot.settings import OfflineSettings, Settings, read_offline_settings, read_settings
from bot.slack import probe
from storage.condition import State, look

#: Seconds by which this computer's clock and Slack's may differ before times in a document become wrong.
SKEW = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    ok: bool
    says: str
    #: What to do about it; empty when nothing is to be done.
    mend: str = ""


def examine(
    *, offline: bool, live: bool = False, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Finding]:
    """Finding by finding, each as soon as it is known.

    `offline` leaves out everything that needs Slack; `live` also asks Claude, which costs a few cents.
    """
    settings: Settings | None = None
    rest: OfflineSettings | None = None
    try:
        if offline:
            rest = read_offline_settings()
        else:
            rest = settings = read_settings()
        yield Finding("settings", True, "all of them can be used")
    except SettingsFault as fault:
        *first, last = fault.faults
        for each in first:
            yield Finding("settings", False, each)
        yield Finding("settings", False, last, "set them in the environment or in .env")
        rest = _what_can_be_used()
    yield from files(rest)
    if rest:
        yield database(rest)
    if rest:
        yield from claude(rest, now, live=live)
    if settings:
        yield from slack(settings, now)


def _what_can_be_used() -> OfflineSettings | None:
    try:
        return read_offline_settings()
    except SettingsFault:
        return None


def files(settings: OfflineSettings | None) -> Iterator[Finding]:
    """Every script and template that ships, and a team's own, loads."""
    own_prompts, own_templates = (settings.prompts_dir, settings.templates_dir) if settings else (None, None)
    scripts = Scripts((own_prompts, PROMPTS) if own_prompts else (PROMPTS,))
    asked = tuple(folder for folder in (own_prompts, PROMPTS) if folder is not None)
    what: dict[str, Callable[[str], object]] = {**dict.fromkeys(scripts.kinds(), scripts.source)}
    what |= dict.fromkeys((f"claude/{name}" for name in NAMES), lambda name: load_prompt(asked, name[7:]))
    yield from _all_load("prompts", tuple(what), lambda name: what[name](name))
    renderer = Renderer(TEMPLATES, own_templates)
    layouts = Layouts(TEMPLATES, own_templates)
    load = {**dict.fromkeys(laid_over(TEMPLATES, own_templates, ".j2"), renderer.load)}
    load |= dict.fromkeys(layouts.files, layouts.load)
    yield from _all_load("templates", tuple(load), lambda name: load[name](name))


def _all_load(about: str, names: tuple[str, ...], load: Callable[[str], object]) -> Iterator[Finding]:
    broken = 0
    for name in names:
        try:
            load(name)
        except ScriptFault as err:
            says = f"{err.path}: {'; '.join(err.faults)}"
        except PostmortemError as err:
            says = str(err)
        except (OSError, UnicodeDecodeError) as err:
            says = f"{name} cannot be read as UTF-8 text ({type(err).__name__})"
        else:
            continue
        broken += 1
        yield Finding(about, False, says, "mend this file, or take it out")
    if not names:
        yield Finding(about, False, "there are none", "the copy of the bot is not whole: fetch it again")
    elif not broken:
        yield Finding(about, True, f"all {len(names)} load")


def claude(settings: OfflineSettings, now: Callable[[], datetime], *, live: bool) -> Iterator[Finding]:
    """Whether a model is asked at all; its prices; and with `live` whether it answers."""
    if settings.anthropic_api_key is None:
        yield Finding("claude", True, "no key, so no model is asked: the rules do it alone")
        return
    models = (settings.claude_writing_model, settings.claude_critique_model, settings.claude_extraction_model)
    try:
        table = read_prices(settings.claude_prices)
    except PricesFault as fault:
        yield Finding("prices", False, str(fault), "mend this file, or take POSTMORTEM_CLAUDE_PRICES out")
        return
    yield Finding("claude", True, "there is a key" + ("" if live else "; doctor --live asks whether it is taken"))
    today = now().date()
    looked = [claude_probe.prices(table, models, today)]
    if live:
        client = Client(settings.anthropic_api_key, settings.anthropic_base_url)
        try:
            looked += claude_probe.live(client, table, models, settings.claude_writing_model, today)
        finally:
            client.close()
    for each in looked:
        yield Finding(each.about, each.ok, each.says, each.mend)


def database(settings: OfflineSettings) -> Finding:
    """The database is there and has the tables that this version needs."""
    address = settings.database_url.get_secret_value()
    try:
        found = look(address)
    except DatabaseFault as err:
        mend = "check DATABASE_URL, and that the server runs and lets this computer in"
        if address.startswith("sqlite"):
            mend = "name a file in DATABASE_URL that the bot may write, in a folder that it may write too"
        return Finding("database", False, str(err), mend)
    match found.state:
        case State.CURRENT:
            return Finding("database", True, f"{found.where} is at {found.revision}")
        case State.ABSENT | State.EMPTY:
            return Finding("database", True, f"{found.where} is {found.state}; the first start fills it")
        case State.BEHIND:
            says = f"{found.where} is at {found.revision}, this version needs {found.newest}"
            return Finding("database", False, says, "start the bot: it migrates before it listens")
        case State.NEWER:
            says = f"{found.where} was migrated by a newer version, {found.revision}; this one can use it"
            return Finding("database", True, says)


def slack(settings: Settings, now: Callable[[], datetime]) -> Iterator[Finding]:
    """The tokens are taken, the scopes given, a socket greets, a channel can be read, and the clocks agree."""
    api_url, bot_token = settings.slack_api_url, settings.slack_bot_token.get_secret_value()
    try:
        who = probe.who(api_url, bot_token)
    except (SlackRefused, SlackUnavailable) as err:
        yield Finding("bot token", False, str(err), _mend(err, "SLACK_BOT_TOKEN"))
    else:
        yield Finding("bot token", True, f"it is {who.user} in {who.team}")
        yield scopes(who.scopes)
        yield clock(who.slack_time, now())
        yield channel(api_url, bot_token)
    try:
        app = probe.greeting(api_url, settings.slack_app_token.get_secret_value())
    except (SlackRefused, SlackUnavailable) as err:
        yield Finding("app token", False, str(err), _mend(err, "SLACK_APP_TOKEN"))
    else:
        yield Finding("app token", True, f"a socket opened, and Slack greeted {app or 'the app'}")


def scopes(given: frozenset[str]) -> Finding:
    """The app was installed with every scope that the manifest names."""
    wanted = json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    missing = [scope for scope in wanted if scope not in given]
    if missing:
        says = f"the app was installed without {', '.join(missing)}"
        mend = "paste manifest.json at api.slack.com/apps (App Manifest), then reinstall the app (Install App)"
        return Finding("scopes", False, says, mend)
    return Finding("scopes", True, f"all {len(wanted)} that manifest.json names")


def clock(slack_time: datetime | None, now: datetime) -> Finding:
    """This computer's clock agrees with Slack's."""
    if slack_time is None:
        return Finding("clock", True, "Slack did not say what time it is there")
    apart = abs((now - slack_time).total_seconds())
    if apart > SKEW:
        says = f"this computer and Slack are {apart:.0f} seconds apart"
        return Finding("clock", False, says, "set this computer's clock (NTP)")
    return Finding("clock", True, f"within {SKEW} seconds of Slack's")


def channel(api_url: str, bot_token: str) -> Finding:
    """A channel that the bot is in can be read."""
    try:
        found = probe.channels(api_url, bot_token)
        if not found:
            return Finding("channels", True, "the bot is in none yet; it joins a public one when it is started there")
        probe.read_channel(api_url, bot_token, found[0].id)
    except (SlackRefused, SlackUnavailable) as err:
        return Finding("channels", False, str(err), _mend(err, "SLACK_BOT_TOKEN"))
    return Finding("channels", True, f"#{found[0].name} can be read")


def _mend(err: SlackRefused | SlackUnavailable, token: str) -> str:
    match err:
        case SlackUnavailable(retry_after=float(seconds)):
            return f"wait {seconds:.0f} seconds and ask again"
        case SlackUnavailable(reason=str(reason)) if reason.startswith(probe.SOCKET):
            return "let this computer open WebSockets (wss, port 443) to Slack: look at its firewall and proxy"
        case SlackUnavailable():
            return "check that this computer reaches the address in SLACK_API_URL, then ask again"
        case SlackRefused(error="invalid_auth" | "not_authed" | "not_allowed_token_type"):
            return f"copy {token} again from api.slack.com/apps"
        case SlackRefused(error="token_revoked" | "account_inactive" | "token_expired"):
            return f"reinstall the app at api.slack.com/apps, copy {token} again, and restart the bot"
        case SlackRefused(error="missing_scope", method="apps.connections.open"):
            return f"make an app-level token with connections:write (Basic Information), and set {token} to it"
        case SlackRefused(error="missing_scope" | "no_permission"):
            return "paste manifest.json at api.slack.com/apps (App Manifest), then reinstall the app"
        case SlackRefused():
            return f"look {err.error} up at docs.slack.dev/reference/methods/{err.method}"
