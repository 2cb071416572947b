"""The rules of the house hold: who imports whom, what an import does, what every file may be called and may say."""

from __future__ import annotations

import ast
import gc
import importlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bot.doctor import files
from bot.interview.script_file import parse_script
from bot.places import PROMPTS, ROOT, TEMPLATES, laid_over
from bot.rendering import Renderer, TemplateFault

#: All in one process, which parses every file once.
pytestmark = pytest.mark.xdist_group("house")

OURS = ("bot", "storage")

#: What only these modules may import; `bot.assembly` puts everything together and is the one exception.
ONLY_IN = {
    "slack_sdk": ("bot.slack",),
    "slack_bolt": ("bot.slack",),
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "psycopg": ("storage",),
    "apscheduler": ("bot.scheduler",),
    "jinja2": ("bot.rendering",),
    "resvg_py": ("bot.publish.raster",),
    "anthropic": ("bot.claude", "bot.sandbox.claude"),
    "httpx2": ("bot.claude",),
    "starlette": ("bot.sandbox", "bot.slack"),
    "uvicorn": ("bot.sandbox", "bot.slack"),
    "click": ("bot.__main__", "bot.demo"),
    "pydantic_settings": ("bot.settings",),
    "bot.sandbox": ("bot.sandbox", "bot.__main__", "bot.demo"),
    "bot.evals": ("bot.evals", "bot.__main__"),
    "bot.assembly": ("bot.__main__", "bot.demo"),
}
ASSEMBLY = "bot.assembly"

#: Packages that decide and never act, with all that they may import besides the standard library.
PURE = {
    "bot.interview": (),
    "bot.patterns": ("re2",),
    "bot.redaction": ("re2",),
    "bot.wording": ("bot.patterns", "bot.redaction"),
    "bot.dialogue": ("bot.patterns",),
    "bot.timeline": ("re2", "dateparser", "bot.patterns", "bot.redaction", "bot.wording", "bot.dialogue"),
    "bot.actions": ("dateparser", "bot.patterns", "bot.redaction", "bot.interview", "bot.wording", "bot.timeline"),
    "bot.report": ("bot.patterns", "bot.redaction", "bot.interview", "bot.wording", "bot.timeline", "bot.actions"),
    "bot.past": ("bot.patterns", "bot.interview", "bot.wording", "bot.timeline", "bot.actions"),
    "bot.claude.jsonlines": (),
    "bot.claude.prices": (),
    "bot.claude.spoken": ("bot.patterns", "bot.wording"),
    "bot.claude.polarity": ("bot.patterns",),
    "bot.claude.tongues": ("bot.claude.spoken",),
    "bot.claude.calling": ("bot.patterns", "bot.redaction", "bot.interview", "bot.claude.spoken"),
    "bot.claude.outgoing": ("bot.interview", "bot.claude.calling", "bot.claude.jsonlines"),
    "bot.claude.selection": ("bot.patterns", "bot.interview", "bot.wording", "bot.claude.outgoing"),
    "bot.claude.evidence": (
        "bot.patterns",
        "bot.redaction",
        "bot.interview",
        "bot.wording",
        "bot.actions",
        "bot.report",
        "bot.claude.calling",
        "bot.claude.outgoing",
        "bot.claude.polarity",
        "bot.claude.spoken",
        "bot.claude.tongues",
    ),
}
#: What of the standard library reaches out of the process, or is different each time.
REACHES_OUT = frozenset({
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "random", "secrets", "shutil", "socket", "sqlite3",
    "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib.request", "uuid",
})  # fmt: skip
#: Functions and methods that do so without such an import.
ACTING_FUNCTIONS = frozenset({"open", "print", "input"})
ACTING_METHODS = frozenset({"now", "utcnow", "today", "read_text", "read_bytes", "write_text", "write_bytes"})

#: Names that say nothing about what is inside.
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "managers", "common", "base", "misc"})


@cache
def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    found = {}
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Everything that a module imports, at its top or inside a function; `from a import b` counts as `a.b` too."""
    found = set()
    for node in ast.walk(tree(module)):
        match node:
            case ast.Import(names=names):
                found |= {each.name for each in names}
            case ast.ImportFrom(module=str(source), names=names, level=0):
                found |= {source} | {f"{source}.{each.name}" for each in names}
            case ast.ImportFrom(level=level):
                assert level == 0, f"{module} imports relatively"
    return frozenset(found)


def inside(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def of_room(room: str) -> Iterator[str]:
    return (module for module in modules() if inside(module, room))


def test_there_is_a_house() -> None:
    assert len(modules()) > 20


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_has_its_room(library: str) -> None:
    strangers = [
        module
        for module in modules()
        if any(inside(each, library) for each in imports(module))
        and not any(inside(module, room) for room in (*ONLY_IN[library], ASSEMBLY))
    ]
    assert strangers == []


def test_nothing_that_runs_for_a_team_needs_the_local_slack() -> None:
    assert not [each for each in imports(ASSEMBLY) if inside(each, "bot.sandbox")] if ASSEMBLY in modules() else True


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_imports_nothing_that_acts(room: str) -> None:
    wrong = []
    for module in of_room(room):
        for name in imports(module):
            top = name.partition(".")[0]
            standard = top in sys.stdlib_module_names and not any(inside(name, each) for each in REACHES_OUT)
            if not standard and not any(inside(name, each) for each in (*PURE[room], room)):
                wrong.append(f"{module} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_calls_nothing_that_acts(room: str) -> None:
    wrong = []
    for module in of_room(room):
        for node in ast.walk(tree(module)):
            match node:
                case ast.Call(func=ast.Name(id=name)) if name in ACTING_FUNCTIONS:
                    wrong.append(f"{module}, line {node.lineno}: {name}()")
                case ast.Call(func=ast.Attribute(attr=name)) if name in ACTING_METHODS:
                    wrong.append(f"{module}, line {node.lineno}: .{name}()")
                case _:
                    pass
    assert wrong == []


def test_storage_knows_the_values_and_no_value_knows_storage() -> None:
    wrong = [
        f"{module} imports {name}"
        for module in of_room("storage")
        for name in imports(module)
        if inside(name, "bot")
        and name != "bot"
        and not any(
            inside(name, each)
            for each in (
                "bot.interview",
                "bot.timeline",
                "bot.actions",
                "bot.past",
                "bot.errors",
                "bot.redaction",
                "bot.wording",
            )
        )
    ]
    assert wrong == []


def test_no_two_modules_need_each_other() -> None:
    needs = {module: {name for name in imports(module) if name in modules() and name != module} for module in modules()}
    TopologicalSorter(needs).prepare()


def test_everything_that_is_imported_is_a_dependency_that_runs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_plain(re.split(r"[\[<>=~! ]", each)[0]) for each in project["dependencies"]}
    locked = {
        _plain(line.partition("==")[0])
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith(" ")
    }
    sources = packages_distributions()
    wanted = {}
    for module in modules():
        for name in imports(module):
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names and top not in OURS:
                wanted[top] = {_plain(each) for each in sources.get(top, [])}
    missing = [top for top, names in wanted.items() if not names & locked]
    assert missing == [], "these are not in requirements.lock"
    assert declared <= locked, "make lock"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


#: Imports every module while the interpreter itself reports what happens besides reading code.
WATCHED_IMPORT = """
import importlib, os, sys

root, names, seen = sys.argv[1], sys.argv[2:], []
ACTS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "sqlite3.connect", "subprocess.Popen", "os.system",
        "os.mkdir", "os.remove", "os.rename", "shutil.", "webbrowser.open", "_thread.start_new_thread")

def watch(event, args):
    if event.startswith(ACTS):
        seen.append(f"{event} {args}")
    elif event == "open":
        path, mode, flags = args
        name = os.path.abspath(os.fsdecode(path)) if isinstance(path, (str, bytes)) else ""
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        own = name.startswith(root + os.sep) and not name.startswith(os.path.join(root, ".venv"))
        if writes or (own and not name.endswith((".py", ".pyc"))):
            seen.append(f"open {name}")

sys.addaudithook(watch)
for name in names:
    seen.clear()
    try:
        importlib.import_module(name)
    except Exception as err:
        seen.append(repr(err))
    for each in list(seen):
        print(f"importing {name}: {each}")
"""


def test_importing_any_module_does_nothing(tmp_path: Path) -> None:
    # Alembic runs its environment file by importing it.
    names = [module for module in modules() if not inside(module, "storage.migrations")]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WATCHED_IMPORT, str(ROOT), *names],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == []
    assert list(tmp_path.iterdir()) == []


def test_every_pattern_compiles() -> None:
    # Each is compiled when it is looked for first, which may be long after the start.
    for module in modules():
        if not inside(module, "storage.migrations"):
            importlib.import_module(module)
    gc.unfreeze()  # what the collector passes over it does not name either
    patterns = [each for each in gc.get_objects() if type(each).__module__ == "bot.patterns"]
    gc.freeze()
    assert len(patterns) > 500
    for pattern in patterns:
        pattern.search("")


def test_every_module_says_which_question_it_answers() -> None:
    silent = [module for module in modules() if not ast.get_docstring(tree(module))]
    assert silent == []


def test_every_name_says_what_is_inside() -> None:
    everything = [*(path for top in OURS for path in (ROOT / top).rglob("*.py")), *(ROOT / "tests").rglob("*.py")]
    empty = [path for path in everything if EMPTY_NAMES & set(path.with_suffix("").relative_to(ROOT).parts)]
    assert empty == []


def test_every_script_and_template_that_ships_loads() -> None:
    findings = list(files(None))
    assert [finding.about for finding in findings] == ["prompts", "templates"]
    assert [finding.says for finding in findings if not finding.ok] == []


def test_a_script_is_named_for_what_it_is_about() -> None:
    for name, path in laid_over(PROMPTS, None, ".toml").items():
        if name == "claude/prices.toml":
            continue
        assert parse_script(path.read_text(encoding="utf-8")).id == Path(name).stem


# --- what the bot says ---

#: What takes the code of a sentence in `templates/messages/sentences.j2`, and the fields that it adds by itself.
SAYS = {"answer": (), "whisper": (), "direct": (), "sentence": (), "_steer": ("number",), "Refusal": ()}
#: The same for `templates/messages/ignored.j2`: why nothing was changed.
SAYS_WHY = {"Ignored": (), "why_not": (), "whisper_why": ()}


def said(saying: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, set[str]]]:
    """Where a sentence is said, its code, and the fields that are given along."""
    for module in of_room("bot"):
        for node in ast.walk(tree(module)):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for arg in node.args if name in saying else ():
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value:
                    fields = {each.arg for each in node.keywords if each.arg is not None} | {*saying[name]}
                    yield f"{module}, line {node.lineno}", arg.value, fields


def test_everything_that_the_bot_says_to_one_person_has_its_sentence() -> None:
    renderer, silent = Renderer(TEMPLATES), []
    for where, code, fields in said(SAYS):
        try:
            assert renderer.message("sentences", code=code, **dict.fromkeys(fields, "x"))
        except TemplateFault as err:
            silent.append(f"{where}: {code}: {err}")
    assert silent == []


def test_every_reason_for_doing_nothing_has_its_sentence() -> None:
    renderer, silent = Renderer(TEMPLATES), []
    for where, why, _ in said(SAYS_WHY):
        try:
            assert renderer.message("ignored", why=why)
        except TemplateFault as err:
            silent.append(f"{where}: {why}: {err}")
    assert silent == []


def test_no_sentence_is_left_that_nobody_says() -> None:
    spoken = {
        node.value
        for module in of_room("bot")
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for name in ("sentences", "ignored"):
        text = (TEMPLATES / "messages" / f"{name}.j2").read_text(encoding="utf-8")
        codes = {code for line in re.findall(r"{% (?:el)?if (.*?) %}", text) for code in re.findall(r'"(\w+)"', line)}
        assert codes
        assert codes - spoken == set()


# --- what is committed ---

#: Put together from pieces, so that this file does not hold what it forbids.
FORBIDDEN = re.compile(
    "|".join(
        [
            rf"\b{host}\.(?:org|com|io)\b"
            for host in ("py" + "pi", "python" + "hosted", "npm" + "js", "deb" + "ian", "rubyg" + "ems", "cra" + "tes")
        ]
        + [rf"(?<![\w./-])/{folder}/(?!/)\w" for folder in ("wo" + "rk", "ro" + "ot", "tm" + "p", "fa" + "rm")]
    )
)


def committed() -> Iterator[Path]:
    """What git tracks or, in a copy without git, everything that is not made by running something."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        yield from (ROOT / name for name in listed.stdout.split("\0") if name)
        return
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name != "__pycache__" and (name == ".ci" or not name.startswith("."))]
        yield from (Path(folder, name) for name in names if not name.endswith((".pyc", ".db")))


def test_no_committed_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if FORBIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_by_hash_and_say_nothing_of_where_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.findall(r"^\S.*(?:\n[ ].*)*", text, flags=re.MULTILINE)
    assert entries
    assert [entry.partition(" ")[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_what_runs_is_tested_with_the_same_versions() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
