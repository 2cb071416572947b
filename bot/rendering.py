"""How do values become text: documents in Markdown and HTML, canvases, and Slack messages? By templates, and only here.

People's words come in plain and stay words: the filters below are what keeps them from being Markdown, HTML, Slack
markup or a template. A value that a template names and nobody gave is an error, never an empty place.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import jinja2.meta
from markupsafe import Markup, escape

from bot.claude.jsonlines import as_data
from bot.errors import PostmortemError
from bot.patterns import pattern
from bot.redaction.deceptive import visible
from bot.report.paper import Paper
from bot.report.times import clock, day, stamp
from bot.timeline.picture import Picture
from bot.timeline.values import shortened

MARKDOWN = "documents/document.md.j2"
HTML = "documents/document.html.j2"
PICTURE, PICTURE_IN_WORDS = "picture/timeline.svg.j2", "picture/alternative.j2"
#: Characters with which ten entries are told whole; where Slack shows the picture, it takes less.
WHOLE = 25_000
#: A canvas takes at most 300 cells in one table; a longer one is divided.
CELLS_IN_CANVAS = 280

# An address that can stand in a link as it is: no blank, quote, bracket or anything else that could end the link.
_ADDRESS = pattern(r"https?://[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]+")
_ADDRESS_IN_TEXT = pattern(r"https?://[^\s<>\"]+")
_SPECIAL = pattern(r"([\\*_`\[\]<>#|~!$])")
_ENTITY = pattern(r"&(#?[a-z0-9])")
_LINE_START = pattern(r"^([-+=])")
_NUMBERED = pattern(r"^([0-9]{1,9})([.)])")
_PING = pattern(r"([@<#!])([a-z0-9!@#_\[\\])")
_BACKQUOTES = pattern(r"`+")
_GAPS = pattern(r"\n[ \n]*\n")
#: Stands between a character that could begin a mention and the word after it; it is not seen and breaks no line.
JOINER = "\u2060"


@dataclass(eq=False)
class TemplateMissing(PostmortemError):
    """There is no template {name}."""

    name: str


@dataclass(eq=False)
class TemplateFault(PostmortemError):
    """The template {name} cannot be used: {why}"""

    name: str
    why: str


class Renderer:
    """Renders the templates below `templates_dir`; one of the same name below `overlay` takes its place.

    The same values give the same bytes. Raises TemplateMissing and TemplateFault.
    """

    def __init__(self, templates_dir: Path, overlay: Path | None = None) -> None:
        folders = tuple(folder for folder in (overlay, templates_dir) if folder is not None)
        self._env = _environment(folders, markdown, markdown_cell, cells=0)
        self._canvas = _environment(folders, canvas, canvas_cell, cells=CELLS_IN_CANVAS)

    def document_markdown(self, paper: Paper) -> str:
        """The document as a Markdown file (GitHub's flavour)."""
        return _tidy(self._render(self._env, MARKDOWN, {**_values(paper), "in_canvas": False}))

    def document_html(self, paper: Paper) -> str:
        """The document as one HTML file that loads nothing from anywhere."""
        picture = paper.document.picture
        drawing = Markup(self.picture(picture)) if picture else ""  # noqa: S704 -- by a template
        return self._render(self._env, HTML, {**_values(paper), "drawing": drawing})

    def canvas_markdown(self, paper: Paper) -> str:
        """The document for a Slack canvas, whose title is set apart from it; nothing in it mentions anybody."""
        return _tidy(self._render(self._canvas, MARKDOWN, {**_values(paper), "in_canvas": True}))

    def picture(self, picture: Picture) -> str:
        """A timeline as an SVG drawing; inside HTML it needs nothing else, and people's words in it stay words."""
        text = self.picture_in_words(picture, WHOLE)
        return self._render(self._env, PICTURE, {"picture": picture, "text": text})

    def picture_in_words(self, picture: Picture, most: int = 1900) -> str:
        """What the drawing shows, for who does not see it: with all its words, or in `most` characters without some."""
        for short in (False, True):
            told = " ".join(self._render(self._env, PICTURE_IN_WORDS, {"picture": picture, "short": short}).split())
            if len(told) <= most:
                return told
        return shortened(told, most)

    def message(self, name: str, /, **values: object) -> str:
        """`templates/messages/<name>.j2` with these values, without blank lines around it."""
        return self._render(self._env, f"messages/{name}.j2", values).strip()

    def names(self, folder: str) -> tuple[str, ...]:
        """The templates that exist in a folder such as `messages`, by name without `.j2`."""
        prefix = f"{folder}/"
        found = self._env.list_templates(extensions=["j2"])
        return tuple(name.removeprefix(prefix).removesuffix(".j2") for name in found if name.startswith(prefix))

    def load(self, name: str) -> None:
        """Compiles a template such as `documents/document.md.j2` without rendering it."""
        with _told(name):
            self._env.get_template(name)

    def _render(self, env: jinja2.Environment, name: str, values: Mapping[str, object]) -> str:
        with _told(name):
            return env.get_template(name).render(**values)


def _values(paper: Paper) -> dict[str, object]:
    return {"paper": paper, "document": paper.document}


class PromptText:
    """The body of a prompt for a model: plain text in which every value goes through `tojson`, once it is compiled.

    Raises TemplateFault, when it is made, for a text that is no template, and for a value that is not filtered.
    """

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        with _told(name):
            tree = _PROMPTS.parse(text)
            self._template = _PROMPTS.from_string(text)
        #: The values that the text names.
        self.inputs = frozenset(jinja2.meta.find_undeclared_variables(tree))
        for output in tree.find_all(jinja2.nodes.Output):
            for node in output.nodes:
                filtered = isinstance(node, jinja2.nodes.Filter) and node.name == "tojson"
                if not filtered and not isinstance(node, jinja2.nodes.TemplateData):
                    raise TemplateFault(name, f"line {node.lineno}: a value must go through `tojson`")

    def render(self, values: Mapping[str, object]) -> str:
        """The text with exactly these values. Raises TemplateFault for one that is missing or that it does not name."""
        if extra := sorted(set(values) - self.inputs):
            raise TemplateFault(self._name, f"it has no place for {', '.join(extra)}")
        with _told(self._name):
            return self._template.render(**values)


def _prompts() -> jinja2.Environment:
    env = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 -- text for a model, no HTML
    env.filters["tojson"] = as_data
    return env


_PROMPTS = _prompts()


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except jinja2.TemplateNotFound as err:
        raise TemplateMissing(str(err.name or name)) from err
    except jinja2.TemplateSyntaxError as err:
        raise TemplateFault(err.name or name, f"line {err.lineno}: {err.message}") from err
    except jinja2.UndefinedError as err:
        raise TemplateFault(name, err.message or "a value is missing") from err
    except UnicodeDecodeError as err:
        raise TemplateFault(name, "it is not UTF-8 text") from err


@lru_cache(maxsize=16)
def _environment(
    folders: tuple[Path, ...], words: Callable[[object], str], cell: Callable[[object], str], *, cells: int
) -> jinja2.Environment:
    """Made once for the same folders: what it has compiled is compiled for every renderer, until the process ends."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2", "svg.j2"), default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Otherwise every message would first ask the disk whether its template has changed.
        auto_reload=False,
    )
    env.filters.update(
        md=words,
        md_cell=cell,
        mrkdwn=mrkdwn,
        prose=prose,
        href=href,
        link=markdown_link,
        utc=stamp,
        day=day,
        clock=clock,
        when=when,
        iso=iso,
        csp_hash=csp_hash,
        fenced=fenced,
        divided=lambda rows, width: _divided(rows, width, cells),
    )
    return env


def _tidy(text: str) -> str:
    """One empty line between blocks; people's words never hold one."""
    return _GAPS.sub("\n\n", text).strip() + "\n"


def markdown(value: object) -> str:
    """People's words in Markdown, inert: they read as they were typed, line breaks too.

    Addresses become links that show themselves; that is the only thing that is made of them.
    """
    return _lines(value, _inert)


def markdown_cell(value: object) -> str:
    """People's words in one cell of a Markdown table, on one line."""
    return _inert(" ".join(visible(str(value)).split()))


def canvas(value: object) -> str:
    """People's words in a canvas: as in Markdown, and nothing in them mentions a person, a group or a channel."""
    return _lines(value, _inert_in_canvas)


def canvas_cell(value: object) -> str:
    """People's words in one cell of a canvas table."""
    return _inert_in_canvas(" ".join(visible(str(value)).split()))


def _lines(value: object, inert: Callable[[str], str]) -> str:
    lines = [line.strip() for line in visible(str(value)).replace("\r\n", "\n").strip().split("\n")]
    # A backslash at the end of a line keeps the break; an empty line would end a list's point.
    return "\\\n".join(inert(line) for line in lines if line)


def _inert(line: str) -> str:
    return _between_addresses(line, _escaped, lambda address: f"<{address}>")


def _inert_in_canvas(line: str) -> str:
    def words(text: str, first: bool) -> str:
        text = _escaped(text, first)
        # Twice, since `<!@` holds two overlapping beginnings.
        for _ in range(2):
            text = _PING.sub(lambda found: f"{found.group(1)}{JOINER}{found.group(2)}", text)
        return text

    return _between_addresses(line, words, lambda address: words(address, False) if "@" in address else f"<{address}>")


def _escaped(text: str, first: bool) -> str:
    text = _SPECIAL.sub(lambda found: f"\\{found.group(1)}", text)
    text = _ENTITY.sub(lambda found: f"&amp;{found.group(1)}", text)
    if first:
        text = _LINE_START.sub(lambda found: f"\\{found.group(1)}", text)
        text = _NUMBERED.sub(lambda found: f"{found.group(1)}\\{found.group(2)}", text)
    return text


def _between_addresses(line: str, words: Callable[[str, bool], str], address: Callable[[str], str]) -> str:
    parts: list[str] = []
    start = 0
    for found in _ADDRESS_IN_TEXT.finditer(line):
        whole = found.group() or ""
        kept = whole.rstrip(".,;:!?'*_~)]}|`")
        if not _ADDRESS.fullmatch(kept):
            continue
        parts += [words(line[start : found.start()], start == 0), address(kept)]
        start = found.start() + len(kept)
    return "".join([*parts, words(line[start:], start == 0)])


def markdown_link(label: str, url: str) -> str:
    """A Markdown link around a label that is Markdown already; only the label where the address cannot be one."""
    safe = href(url)
    return f"[{label}]({safe})" if safe else label


def fenced(text: object, language: str = "") -> str:
    """A code block in Markdown; its fence is longer than any run of backquotes in it."""
    lines = visible(str(text)).replace("\r\n", "\n").strip("\n")
    longest = max((len(run.group() or "") for run in _BACKQUOTES.finditer(lines)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language if language.isalnum() else ''}\n{lines}\n{fence}"


def href(url: object) -> str:
    """The address if it is an http or https one and can end no link or attribute; else an empty text."""
    text = str(url).replace("(", "%28").replace(")", "%29")
    return text if _ADDRESS.fullmatch(text) else ""


def mrkdwn(value: object) -> str:
    """People's words in a Slack message: the three characters that begin Slack's own markup are escaped."""
    return str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def prose(value: object) -> Markup:
    """People's words in HTML: escaped, line breaks kept, http addresses as links that show themselves."""
    lines = visible(str(value)).replace("\r\n", "\n").strip().split("\n")
    return Markup("<br>").join(Markup(_linked(line)) for line in lines)  # noqa: S704 -- every part is escaped below


def _linked(line: str) -> str:
    def words(text: str, first: bool) -> str:
        return str(escape(text))

    def address(url: str) -> str:
        return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{escape(url)}</a>'

    return _between_addresses(line, words, address)


def when(moment: datetime) -> str:
    """Slack's date, shown to each reader in their own zone; UTC where a client cannot."""
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} {{time}}|{stamp(moment)}>"


def iso(moment: datetime | date) -> str:
    """`2026-11-19T12:30Z`, for machines."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return moment.isoformat()


def csp_hash(text: object) -> str:
    """The source that lets exactly this style through a Content-Security-Policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()


def _divided(rows: Any, width: int, cells: int) -> list[Any]:
    """The rows in groups that fit into one table of `cells` cells with a header; 0 cells: all in one."""
    most = max(1, cells // max(1, width) - 1) if cells else max(1, len(rows))
    return [rows[i : i + most] for i in range(0, len(rows), most)]
