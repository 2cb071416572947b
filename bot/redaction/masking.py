"""What in a text is a secret? It is masked, and what kind of secret it was is said in its place.

Masking cannot be undone, and happens before anything is stored, logged or sent on. A secret is known by its own shape
(keys of clouds, forges, chat, payment and model services, JWTs, private keys, URLs with a password) or by the word in
front of it ("password is …", "token: …"); a random-looking string alone is never one, so commits, UUIDs, trace ids and
pod names stay. A secret split over two messages is not found. Every search is linear in the text (RE2).
Text may be escaped as Slack escapes it, and stays so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, cast

import re2  # type: ignore[import-untyped]

from bot.redaction.storable import storable_bytes


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its secrets, and what kinds of secret stood there, in their order."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    kind: str


class _Found(Protocol):
    def group(self, group: int = 0, /) -> bytes | None: ...

    def start(self, group: int = 0, /) -> int: ...

    def end(self, group: int = 0, /) -> int: ...

    def groups(self) -> tuple[bytes | None, ...]: ...


class _Pattern:
    """A pattern over UTF-8, and where its named groups matched."""

    __slots__ = ("_compiled", "_groups")

    def __init__(self, words: str) -> None:
        options = re2.Options()
        options.max_mem = 64 << 20
        self._compiled = re2.compile(words.encode(), options)
        self._groups: dict[str, int] = {name.decode(): index for name, index in self._compiled.groupindex.items()}

    def match(self, text: bytes) -> _Found | None:
        return cast("_Found | None", self._compiled.match(text))

    def fullmatch(self, text: bytes) -> bool:
        return self._compiled.fullmatch(text) is not None

    def finditer(self, text: bytes) -> Iterator[_Found]:
        return cast("Iterator[_Found]", self._compiled.finditer(text))

    def span(self, found: _Found, group: str) -> tuple[int, int]:
        """Where a group matched; -1 twice where it did not."""
        index = self._groups[group]
        return found.start(index), found.end(index)

    def words(self, found: _Found, group: str) -> bytes:
        return found.group(self._groups[group]) or b""


#: Secrets that are known by their own shape. Sources: the services' own documentation of their token formats.
_SHAPES: tuple[tuple[str, str], ...] = (
    ("AWS key", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}"),
    ("GitHub token", r"gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}"),
    ("GitLab token", r"gl(?:pat|dt|rt|ptt|cbt|ft|soat|agent|imt)-[A-Za-z0-9_.=-]{20,}"),
    ("Atlassian token", r"ATATT3[A-Za-z0-9_=-]{20,}|ATBB[A-Za-z0-9]{24,}"),
    ("Slack token", r"xox[abceoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,}"),
    (
        "webhook",
        r"https?://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_+-]{8,}"
        r"|https?://(?:[a-z]+\.)?discord(?:app)?\.com/api/webhooks/[A-Za-z0-9/_-]{8,}"
        r"|https?://[a-z0-9-]+\.webhook\.office\.com/[A-Za-z0-9/@_-]{8,}",
    ),
    ("Anthropic key", r"sk-ant-[A-Za-z0-9_-]{16,}"),
    ("OpenAI key", r"sk-(?:proj|svcacct|admin|or-v1)-[A-Za-z0-9_-]{16,}|sk-[A-Za-z0-9]{32,}"),
    ("Google key", r"AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,}"),
    (
        "payment key",
        r"[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,}|sq0[a-z]{3}-[A-Za-z0-9_-]{22,}",
    ),
    (
        "payment key",
        r"access_token\$(?:production|sandbox)\$[a-z0-9]{8,}\$[a-f0-9]{16,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    ),
    ("mail key", r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|key-[0-9a-f]{32}|[0-9a-f]{32}-us[0-9]{1,2}"),
    ("Twilio key", r"SK[0-9a-f]{32}"),
    ("Databricks token", r"dapi[0-9a-f]{32}"),
    ("DigitalOcean token", r"do[opr]_v1_[a-f0-9]{64}"),
    ("Hugging Face token", r"hf_[A-Za-z0-9]{30,}"),
    (
        "registry token",
        r"npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,}|dckr_pat_[A-Za-z0-9_-]{20,}|rubygems_[a-f0-9]{48}",
    ),
    (
        "monitoring key",
        r"NRAK-[A-Z0-9]{27}|glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}|glc_[A-Za-z0-9+/=]{32,}|sntry[su]_[A-Za-z0-9_=+/-]{32,}",
    ),
    (
        "bot token",
        r"[0-9]{8,10}:AA[A-Za-z0-9_-]{32,}|[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}",
    ),
    (
        "vault token",
        r"hv[sbr]\.[A-Za-z0-9_-]{24,}|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{40,}|dp\.(?:pt|st|ct|sa)\.[A-Za-z0-9._-]{40,}",
    ),
    (
        "API key",
        r"lin_api_[A-Za-z0-9]{32,}|ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43}|figd_[A-Za-z0-9_-]{36,}"
        r"|PMAK-[a-f0-9]{24}-[a-f0-9]{34}|pul-[a-f0-9]{40}|sbp_[a-f0-9]{40}|AGE-SECRET-KEY-1[A-Z0-9]{58}"
        r"|FlyV1 [A-Za-z0-9_+/=,-]{40,}|fo1_[A-Za-z0-9_-]{40,}|gsk_[A-Za-z0-9]{40,}|xai-[A-Za-z0-9]{60,}"
        r"|pplx-[A-Za-z0-9]{40,}|r8_[A-Za-z0-9]{36,}|EAAC[A-Za-z0-9]{40,}",
    ),
    ("JWT", r"eyJ[A-Za-z0-9_-]{8,}\.(?:eyJ|[A-Za-z0-9_-])[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    ("card number", r"[3-6][0-9]{3}(?:[ -][0-9]{4}){3}"),
)
_SHAPE = _Pattern(r"(?:^|[^A-Za-z0-9])(?:" + "|".join(f"({words})" for _, words in _SHAPES) + ")")

#: Before the value of `password=`: the words, and what may stand between them and the value.
_WORDS_FOR_IT = r"(?:passwords?|passwd|passphrase|passwort|contraseña|pwd|pw|kennwort|mot de passe)"
_KEY = (
    r"(?:tokens?|secrets?|api[ _-]?keys?|apikeys?|access[ _-]?keys?(?:[ _-]?id)?|secret[ _-]?(?:access[ _-]?)?keys?"
    r"|private[ _-]?keys?|auth[ _-]?keys?|signing[ _-]?keys?|encryption[ _-]?keys?|account[ _-]?keys?"
    r"|license[ _-]?keys?"
    r"|client[ _-]?secrets?|shared[ _-]?secrets?|credentials?|creds|access[ _-]?tokens?|refresh[ _-]?tokens?"
    r"|app[ _-]?keys?|webhook[ _-]?secrets?|sharedaccesskey|sharedaccesssignature|x-api-key|session[ _-]?cookie)"
)
_MARKS = r"(?:[*_~\x60\"']|\\\"|&quot;)*"
_SET = _Pattern(
    r"(?i)(?:^|[^A-Za-z0-9])(?P<name>[A-Za-z0-9_.-]{0,60}?)(?P<word>"
    + _WORDS_FOR_IT
    + "|"
    + _KEY
    + ")"
    # A few words may stand between: "password for the replica: …", "token (staging): …".
    + r"(?P<of>(?: (?:for|of|to|on)(?: [A-Za-z0-9_.-]+){1,4}?| \([^()\n]{1,30}\))?)"
    + _MARKS
    + r"(?:(?P<by>[ \t]*(?::=|=&gt;|-&gt;|=>|->|[:=])[ \t]*\n?[ \t]*"
    + r"|[ \t]+(?:is|was|are|to|set to|changed to|reset to)(?: now| still| just)?:?[ \t]+)"
    + r"(?P<open>(?:[*_~\x60\"' \t]|\\\"|&quot;)*)(?P<value>[^\s<>|\"'\x60\\]+)"
    + r"|[ \t]+(?P<mark>[*_~]*[\x60\"'])(?P<marked>[^\s<>|\"'\x60\\]+)"
    + r"|[ \t]+(?P<bare>[A-Za-z!@#$%^*+-]*[0-9][^\s<>|\"'\x60\\]*))"
)
_AUTHORIZATION = _Pattern(
    r"(?i)(?:(?:proxy-)?authorization"
    + _MARKS
    + r"[ \t]*[:=][ \t]*"
    + _MARKS
    + r"(?P<scheme>(?:bearer|basic|token|digest|apikey|negotiate|aws4-hmac-sha256)[ \t]+)?"
    + r"(?P<header>[^\s<>|\"'\x60,\\][^\s<>|\"'\x60\\]{3,})"
    + r"|(?:^|[^A-Za-z0-9])bearer:?[ \t]+"
    + _MARKS
    + r"(?P<bearer>[A-Za-z0-9._~+/=-]{8,})"
    + r"|(?:^|[^A-Za-z0-9])(?:set-)?cookie"
    + _MARKS
    + r"[ \t]*:[ \t]*(?P<cookie>[A-Za-z0-9_.-]+=[^\s<>|\"'\x60]{8,}(?:; ?[A-Za-z0-9_.-]+=[^\s<>|\"'\x60]+)*))"
)
_FLAG = _Pattern(
    r"(?:^|[ \t\n])(?:-u|--user)[ =]\"?'?[A-Za-z0-9_.@-]+:(?P<user>[^\s<>|\"'\x60]{3,})"
    r"|(?:^|[ \t\n\x60])(?:mysql|mysqldump|mariadb|sshpass)\b[^\n|;]{0,80}? -p"
    r"(?P<p>[^\s<>|\"'\x60-][^\s<>|\"'\x60]{2,})"
    r"|--(?:pass|password|passwd|token|secret|api-key|auth)(?:=|[ \t]+)[\"']?"
    r"(?P<flag>[^\s<>|\"'\x60$-][^\s<>|\"'\x60]{2,})"
)
_URL = _Pattern(
    r"(?i)[a-z][a-z0-9+.-]{1,30}://(?:[^\s/:@<>|\"'\x60?#]*:(?:(?P<mail>&lt;mailto:[^<>\s]*&gt;|<mailto:[^<>]*>)|(?P<password>[^\s/<>|\"'\x60]+)@)"
    r"|(?P<lone>[A-Za-z0-9_-]{20,})@)"
)
_BEGIN = _Pattern(r"-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[0-9]:")
_END = _Pattern(r"-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----|Private-MAC: ?[0-9a-f]*")
#: The body of a key whose end is missing: header lines, and runs of base64.
_BODY = _Pattern(
    r"(?:[\s>]|\\[nr]|&gt;|(?:Proc-Type|DEK-Info|Version|Comment|Encryption|Public-Lines|Private-Lines): ?[^\n]*"
    r"|[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]{2,}={1,2})*"
)
_TAIL_OF_END = b"-----"

#: Values that name no secret although they follow a key word.
_PLACEHOLDER = _Pattern(
    r"(?i)[*•xX.#_-]+|\$.*|%.*|\{.*|\[.*|\(.*|&lt;.*|(?:null|none|nil|true|false|undefined|empty|string|str|int|required|optional"
    r"|redacted|hidden|masked|example|n/a|tbd|todo|unknown|missing|invalid|expired|wrong|yes|no|ok|changed|rotated|secret|password|token"
    r"|os\.[a-z.]+.*|process\.env.*|env\..*|vault:.*|var\..*|secrets\..*|self\..*|config\..*|settings\..*|data\..*|request\..*|req\..*|args\..*)"
)
#: "password is …" goes on in plain words far more often than with a password.
_PLAIN = _Pattern(
    r"(?i)[a-z]*(?:ed|ing|able|ible|ic|al|ous|ive|ly|less|ful|ent|ant|ory|ary)"
    r"|(?:the|a|an|in|on|at|to|of|by|for|from|with|not|no|now|still|just|also|only|very|too|so|as|and|or|but|if|when|what|where|why|how|who"
    r"|never|always|already|then|there|here|it|its|this|that|these|those|my|our|your|their|his|her|same|different|own|old|new|set|sent"
    r"|wrong|right|correct|incorrect|bad|good|fine|ok|okay|gone|lost|known|unknown|unset|null|none|weak|strong|short|long|stale|valid|invalid"
    r"|kept|held|hidden|public|private|secret|shared|safe|unsafe|rotten|broken|blank|default|required|useless|plain|unique|somewhere|nowhere"
    r"|elsewhere|changeless|complex|simple|random|written|forgotten|given|taken|hardcoded|mine|yours|ours|theirs|out|off|up|down|due|over"
    r"|policy|policies|reset|resets|rotation|manager|managers|prompt|hash|hashes|field|fields|file|store|vault|leak|leaks|change|changes"
    r"|error|errors|failure|failures|auth|login|protected|expiry|expiration|update|updates|was|were|is|are|has|had|have|does|did|will|would"
    r"|could|should|can|may|might|must|do|be|been|being|again|today|yesterday|tomorrow|everywhere|enough|better|worse|best|worst|true|false)"
)
#: Tokens that open nothing.
_HARMLESS_NAME = _Pattern(
    r"(?i).*(?:page|next|continuation|idempotency|csrf|xsrf|sync|cancel|cancellation|trace|request|resume|design|public|max|min|total|input"
    r"|output|prompt|completion|context|stop|eos|bos|pad|primary|foreign|partition|sort|cache|num|count|n)[ _.-]?"
)
_WORDY = _Pattern(r"[A-Za-z]*[a-z]+(?:[-_./ ][A-Za-z]?[a-z]*)*[0-9]{0,1}")
_POD = _Pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*-(?:[a-z0-9]{4,10}-[a-z0-9]{5}|[0-9]{1,4}|[a-z0-9]{5})")
_COUNTED = _Pattern(
    r"(?i)v?[0-9][0-9.,:/x-]*[a-z%+]{0,7}|sha-?[0-9]+|md5[a-z]*|oauth2?|base64|pbkdf2|argon2[a-z]*|utf-?8|s3|k8s|o365|q[1-4]|p[0-9]"
    r"|[a-z]+[-_]?[0-9]{1,2}(?:[-_/][a-z]+[0-9]*)+"
)
_TRAILING = b".,;:!?)]}*_~"


def mask(text: str) -> Masked:
    """`text` with every secret replaced by what it is, such as `[secret: AWS key]`; NUL and lone surrogates go too.

    Masking a masked text changes nothing. 1 MB takes well under 100 ms.
    """
    raw = storable_bytes(text)
    kinds: list[str] = []
    # What a first look took away can be what hid the next secret.
    for _ in range(_LOOKS):
        spans = secrets_in(raw)
        if not spans:
            break
        raw = without_spans(raw, spans)
        kinds += [span.kind for span in spans]
    return Masked(raw.decode(), tuple(kinds))


def without_spans(raw: bytes, spans: Iterable[Span]) -> bytes:
    pieces, at = [], 0
    for span in spans:
        pieces += [raw[at : span.start], _placeholder(span.kind)]
        at = span.end
    pieces.append(raw[at:])
    return b"".join(pieces)


def _placeholder(kind: str) -> bytes:
    return f"[secret: {kind}]".encode()


def secrets_in(raw: bytes) -> tuple[Span, ...]:
    """Where secrets stand, in order and apart from each other; of two that overlap the first rule's stays, widened."""
    found: list[Span] = []
    if len(raw) < 6:
        return ()
    found += _private_keys(raw)
    found += _shapes(raw)
    if b"://" in raw:
        found += _in_urls(raw)
    found += _after_words(raw)
    found = sorted((clear for span in found if (clear := _clear(raw, span)) is not None), key=lambda span: span.start)
    apart: list[Span] = []
    for span in found:
        if apart and span.start < apart[-1].end:
            last = apart[-1]
            kind = last.kind if last.kind not in _VAGUE else span.kind
            apart[-1] = Span(last.start, max(last.end, span.end), kind)
        else:
            apart.append(span)
    return tuple(apart)


_LOOKS = 8
_MASKED_ALREADY = b"[secret: "
_VALUES = ("value", "marked", "bare")
#: A quoted password reaches at most this many bytes further.
_LONGEST_QUOTED = 80
_VAGUE = frozenset({"password", "key", "authorization"})


def _clear(raw: bytes, span: Span) -> Span | None:
    """The part of a span before what is masked already."""
    at = raw.find(_MASKED_ALREADY, span.start, span.end)
    if at < 0:
        return span
    return Span(span.start, at, span.kind) if at > span.start else None


def _private_keys(raw: bytes) -> Iterator[Span]:
    if b"PRIVATE KEY" not in raw and b"PuTTY-User-Key" not in raw:
        return
    ends = [match.end() for match in _END.finditer(raw)]
    begins = [match for match in _BEGIN.finditer(raw)]
    done = 0
    for index, begin in enumerate(begins):
        if begin.start() < done:
            continue
        following = begins[index + 1].start() if index + 1 < len(begins) else len(raw)
        at = bisect_left(ends, begin.end())
        if at < len(ends) and ends[at] <= following:
            done = ends[at]
        else:
            body = _BODY.match(raw[begin.end() : following])
            done = begin.end() + len((body.group() or b"" if body else b"").rstrip())
        yield Span(begin.start(), done, "private key")


def _shapes(raw: bytes) -> Iterator[Span]:
    for match in _SHAPE.finditer(raw):
        index = next(number for number in range(1, len(_SHAPES) + 1) if match.start(number) >= 0)
        start, end, kind = match.start(index), match.end(), _SHAPES[index - 1][0]
        if kind == "card number" and not _luhn(raw[start:end]):
            continue
        yield Span(start, end, kind)


def _luhn(number: bytes) -> bool:
    digits = [byte - 48 for byte in number if 48 <= byte <= 57]
    doubled = [digit * 2 - 9 * (digit > 4) if index % 2 else digit for index, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _in_urls(raw: bytes) -> Iterator[Span]:
    for match in _URL.finditer(raw):
        for group in ("password", "mail", "lone"):
            start, end = _URL.span(match, group)
            if start < 0 or raw[start : start + 9] == b"[secret: ":
                continue
            if group == "password" and _PLACEHOLDER.fullmatch(raw[start:end]):
                continue
            yield Span(start, end, "password in a URL")


def _after_words(raw: bytes) -> Iterator[Span]:
    for match in _AUTHORIZATION.finditer(raw):
        for group in ("header", "bearer", "cookie"):
            start, end = _AUTHORIZATION.span(match, group)
            end = _end_of(raw, start, end)
            if start < 0 or raw[start:end].startswith(b"["):
                continue
            value = raw[start:end]
            named = group == "header" and bool(_AUTHORIZATION.words(match, "scheme"))
            secret = group == "cookie" or _random(value, 8) or (named and not (value.isalpha() and value.islower()))
            if _PLACEHOLDER.fullmatch(value) or not secret:
                continue
            yield Span(start, end, "authorization")
    for match in _FLAG.finditer(raw):
        for group in ("user", "p", "flag"):
            start, end = _FLAG.span(match, group)
            if start >= 0 and not _PLACEHOLDER.fullmatch(raw[start:end]):
                yield Span(start, end, "password")
    at = 0
    for match in _SET.finditer(raw):
        if match.start() < at:
            continue
        span = _set(raw, match)
        if span is not None:
            at = span.end
            yield span


def _end_of(raw: bytes, start: int, end: int) -> int:
    """The end of a value without the punctuation of the sentence around it."""
    while end > start and raw[end - 1] in _TRAILING:
        end -= 1
    return end


def _set(raw: bytes, match: _Found) -> Span | None:
    start, end = next(span for span in (_SET.span(match, each) for each in _VALUES) if span[0] >= 0)
    name, word = _SET.words(match, "name"), _SET.words(match, "word").lower()
    by, opened = _SET.words(match, "by").strip(), _SET.words(match, "open") or _SET.words(match, "mark")
    quote = next((bytes((sign,)) for sign in opened if sign in b"\"'`"), b"")
    quoted = bool(quote)
    if quoted and (closing := raw.find(quote, end, end + _LONGEST_QUOTED)) >= 0 and b"\n" not in raw[end:closing]:
        end = closing
    value = raw[start:end]
    if word.startswith(b"pw") and name[-1:].isalnum():
        return None
    operator = by[:1] in (b":", b"=", b"-", b"&")
    is_password = word.startswith((b"pass", b"pw", b"contra", b"kenn", b"mot"))
    if operator and b";" in value and not quoted:
        value = value[: value.index(b";")]
    if b"&" in value and b"?" in raw[max(0, match.start() - 1) : match.start() + 1] + name:
        value = value[: value.index(b"&")]
    end = _end_of(raw, start, start + len(value))
    if operator and is_password and end < start + len(value) and raw[end : end + 1] in b"!?*_~" and not quoted:
        # A password may well end in one of these.
        end = start + len(value.rstrip(b".,;:)]}*_~"))
    value = raw[start:end]
    if len(value) < 3 or value.startswith(b"[") or _PLACEHOLDER.fullmatch(value):
        return None
    if is_password:
        if _says_password(raw, value, end, operator, quoted, bool(by or opened)):
            return Span(start, end, "password")
        return None
    if name and _HARMLESS_NAME.fullmatch(name):
        return None
    before = raw[max(0, match.start() - 14) : match.start() + 1].rstrip().rsplit(b" ", 1)[-1]
    if before and _HARMLESS_NAME.fullmatch(before):
        return None
    if (by or quoted) and (_random(value, 8) and by != b"to"):
        return Span(start, end, "key")
    return None


def _says_password(raw: bytes, value: bytes, end: int, operator: bool, quoted: bool, linked: bool) -> bool:
    if quoted:
        return linked and len(value) >= 4
    plain = value.isalpha() and (value.islower() or value.istitle())
    ends_there = raw[end : end + 1] in (b"", b"\n", b";", b",", b".", b"\r", b"*", b"_", b"`") or raw[end:].lstrip(
        b" .*_`"
    )[:1] in (b"", b"\n")
    if operator:
        # "password: ask Maria" goes on in words, "password: sommer" does not.
        return not plain or (ends_there and not _PLAIN.fullmatch(value))
    if linked:
        if not plain:
            return _mixed(value) or (ends_there and len(value) >= 6 and not _WORDY.fullmatch(value))
        return ends_there and len(value) >= 6 and value.islower() and not _PLAIN.fullmatch(value)
    return len(value) >= 6 and _mixed(value)


def _mixed(value: bytes) -> bool:
    """Whether letters and digits stand together as in a password, rather than as in "3600s", "v2.3.1" or "sha256"."""
    digit = any(48 <= byte <= 57 for byte in value)
    return digit and any(not 48 <= byte <= 57 for byte in value) and not _COUNTED.fullmatch(value)


def _random(value: bytes, least: int) -> bool:
    """Whether a value is too mixed for a word, a name or a path."""
    if len(value) < least or _POD.fullmatch(value) or value.startswith((b"http://", b"https://", b"/", b"./")):
        return False
    lower = any(97 <= byte <= 122 for byte in value)
    upper = any(65 <= byte <= 90 for byte in value)
    digit = any(48 <= byte <= 57 for byte in value)
    if _WORDY.fullmatch(value) and (not upper or value[1:].islower()):
        return False
    if digit and not lower and not upper:
        return False
    mixed = sum((lower, upper, digit, not value.isalnum()))
    return (digit and mixed >= 2) or (mixed >= 3) or (lower and upper and len(value) >= 12 and _changes(value) > 4)


def _changes(value: bytes) -> int:
    return sum((a > 96) != (b > 96) for a, b in pairwise(value))
