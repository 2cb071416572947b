"""A secret that somebody pastes is gone before anything is kept; what only looks odd stays; `//` lines go unheard."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction.deceptive import visible
from bot.redaction.masking import mask
from bot.redaction.off_the_record import heard_text, is_ignored, without_ignored_lines
from bot.redaction.payloads import mask_payload


def of(*pieces: str) -> str:
    """Put together here, so that no scanner takes it for a leaked one."""
    return "".join(pieces)


LETTERS = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY"
HEX = "9f86d081884c7d659a2feaa0c55ad015"
SHAPED = {
    "AWS": of("AKIA", "IOSFODNN7EXAMPLE"),
    "AWS, for a while": of("ASIA", "IOSFODNN7EXAMPLE"),
    "GitHub": of("ghp_", LETTERS, "abcd"),
    "GitHub, fine-grained": of("github_pat_", LETTERS, "_", LETTERS),
    "GitLab": of("glpat-", LETTERS[:20]),
    "Slack bot": of("xoxb-", "123456789012-1234567890123-", LETTERS[:24]),
    "Slack app": of("xapp-", "1-A012345-1234567890-", LETTERS),
    "Slack webhook": of("https://hooks.slack.com/", "services/T0001/B0001/", LETTERS[:24]),
    "Anthropic": of("sk-ant-", "api03-", LETTERS),
    "OpenAI": of("sk-proj-", LETTERS, LETTERS),
    "OpenAI, old": of("sk-", LETTERS, LETTERS[:16]),
    "Google": of("AIza", LETTERS, "-_x"),
    "Stripe": of("sk_", "live_", LETTERS[:24]),
    "SendGrid": of("SG.", LETTERS[:22], ".", LETTERS),
    "Twilio": of("SK", HEX),
    "DigitalOcean": of("dop_v1_", HEX, HEX),
    "JWT": of("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0", ".", LETTERS),
    "Vault": of("hvs.", LETTERS),
    "Telegram": of("123456789:", "AA", LETTERS, "x"),
    "Grafana": of("glsa_", LETTERS, "_0a1b2c3d"),
    "Shopify": of("shpat_", HEX),
    "a card": "4242 4242 4242 4242",
}


@pytest.mark.parametrize("secret", SHAPED.values(), ids=SHAPED)
@pytest.mark.parametrize("around", ["{}", "we used {} there.", "`{}`", "_{}_", "<https://x.example/?k={}|x>", "({}),"])
def test_a_secret_is_known_by_its_shape(secret: str, around: str) -> None:
    masked = mask(around.format(secret))
    assert secret not in masked.text
    assert secret[-12:] not in masked.text
    assert "[secret: " in masked.text
    assert len(masked.kinds) == 1


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password is hunter2", "hunter2"),
        ("the root password is swordfish", "swordfish"),
        ("the new password is: Tr0ub4dor&amp;3.", "Tr0ub4dor"),
        ("passwd=abc123", "abc123"),
        ("Password: Sommer2024!", "Sommer2024!"),
        ("*password:* `hunter2`", "hunter2"),
        ("my password was “x”, now it is password 'open sesame'", "open sesame"),
        ("DB_PASSWORD=s3cr3t ./run", "s3cr3t"),
        ('{"password": "correct horse"}', "correct horse"),
        ("password for the replica: Blue42moon", "Blue42moon"),
        ("we changed the password to Blue42moon!", "Blue42moon"),
        ("pw: hunter2", "hunter2"),
        ("token: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "9f86d081"),
        ("api_key=abcd1234efgh5678", "abcd1234"),
        ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrX"),
        ("Authorization: Bearer abc.def.ghi123", "ghi123"),
        ('curl -H "Authorization: Basic dXNlcjpwYXNz" https://x.example', "dXNlcjpwYXNz"),
        ("bearer 0a1b2c3d4e5f6a7b", "0a1b2c3d"),
        ("postgres://app:p@ss@db.internal:5432/shop", "p@ss"),
        ("redis://:hunter2@cache:6379", "hunter2"),
        ("postgres://app:<mailto:pa55@db.internal|pa55@db.internal>/shop", "pa55"),
        ("Server=db;User Id=sa;Password=Pa55word;Encrypt=yes", "Pa55word"),
        ("AccountKey=abcDEF123/+==;EndpointSuffix=core", "abcDEF123"),
        ("curl -u admin:hunter2 https://x.example", "hunter2"),
        ("mysql -u root -phunter22 shop", "hunter22"),
        ("https://x.example/?access_token=abcdef123456&amp;page=2", "abcdef123456"),
    ],
)
def test_a_secret_is_known_by_the_word_in_front_of_it(text: str, secret: str) -> None:
    masked = mask(text)
    assert secret not in masked.text
    assert masked.kinds


@pytest.mark.parametrize(
    "text",
    [
        "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b broke it",
        "trace id 4bf92f3577b34da6a3ce929d0e0e4736, span 00f067aa0ba902b7",
        "request 123e4567-e89b-12d3-a456-426614174000 failed",
        "pod checkout-7f9c4d5b6-x2x9z restarted, then checkout-db-0",
        "image sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2e3a",
        "the password is wrong",
        "password is expired, we rotated it",
        "the password is the same on all hosts",
        "password reset emails were delayed",
        "password: ask Maria",
        "passwords are stored hashed, with sha256",
        "we store the token in vault",
        "token: expired",
        "the token is invalid since 14:02",
        "nextPageToken=abc123def456 and max_tokens=4096",
        "secret: checkout-db-credentials",
        "k8s secret: checkout-db-7f9c4",
        "idempotency token: 123e4567-e89b-12d3-a456-426614174000",
        "the bearer token expired at 14:02, the Authorization header was missing",
        "password change at 14:02 for user42",
        "credentials for db-replica-2 expired",
        "access token lifetime is 3600s",
        "password policy: 90 days",
        "https://github.com/org/repo/commit/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "https://wiki.example.com/a:b@c and https://grafana.example.com/d/abc123/x?from=1700000000000",
        "export PASSWORD=$DB_PASSWORD, or password: ****",
        "disk-abcdefghijklmnopqrstuvwxyzabcdefghijkl is full",
        "order 4242 4242 4242 4243 failed",
    ],
)
def test_what_only_looks_odd_stays(text: str) -> None:
    assert mask(text).text == text
    assert mask(text).kinds == ()


KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA75lZcVvMd3Fds3j5oRbTPYGk1qQw\nabcd==\n"


def test_a_private_key_is_masked_to_its_end() -> None:
    whole = f"here:\n{KEY}-----END RSA PRIVATE KEY-----\nthen we rolled back"
    assert mask(whole).text == "here:\n[secret: private key]\nthen we rolled back"


def test_a_private_key_cut_off_is_masked_as_far_as_it_goes() -> None:
    assert mask(f"here:\n{KEY}then we rolled back").text == "here:\n[secret: private key]\nthen we rolled back"


def test_two_secrets_are_masked_apart_and_the_words_between_stay() -> None:
    masked = mask(f"{SHAPED['AWS']} and password=hunter2, at 14:02")
    assert masked.text == "[secret: AWS key] and password=[secret: password], at 14:02"
    assert masked.kinds == ("AWS key", "password")


PIECES = st.sampled_from(
    [
        *SHAPED.values(), "password", "passwd", "token", "secret", "is", "=", ":", " ", "\n", "`", '"', "'", "hunter2",
        "aB3$xY9!", "Authorization", "Bearer", "://", "@", "user", "-----BEGIN PRIVATE KEY-----", "abcd" * 8, "é", "😀",
        "-----END PRIVATE KEY-----", "&amp;", "<", ">", "|", "[secret: password]", ";", "cookie: a=", "--token ",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


@given(st.text())
def test_any_text_can_be_masked_and_shown(text: str) -> None:
    assert mask(mask(text).text).text == mask(text).text
    mask(visible(text)).text.encode()


def test_nul_and_lone_surrogates_go() -> None:
    assert mask("a\0b\ud800c").text == "abc"
    assert heard_text({"text": "a\0b\udc00c"}) == "abc"


@pytest.mark.parametrize(
    "unit", ["a", "we rolled back at 14:02 and it held. ", "aB3dE5", "token ", "=", "é", "\n", "://a:"]
)
@pytest.mark.timeout(30)  # A tenth of a second is usual; what grows with the square would take minutes.
def test_a_megabyte_is_masked_in_a_moment(unit: str) -> None:
    assert mask((unit * 1_000_000)[:1_000_000])


def test_a_payload_is_masked_wherever_a_text_stands_and_its_own_fields_stay() -> None:
    token = SHAPED["Slack bot"]
    payload = {
        "type": "event_callback",
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        "response_url": "https://hooks.slack.com/actions/T0001/1234567890/abcdefghijklmnop",
        "event": {
            "ts": "1732176000.123456",
            "user": "U0123",
            "text": f"here {token}",
            "blocks": [{"type": "section", "block_id": "b1", "text": {"type": "mrkdwn", "text": f"`{token}`"}}],
            "attachments": [{"fallback": token, "fields": [{"title": "k", "value": token}]}],
            "files": [{"id": "F1", "name": f"{token}.txt", "url_private": "https://files.slack.com/x"}],
            "tags": [token],
        },
    }
    masked = mask_payload(payload)
    assert token not in json.dumps(masked)
    assert isinstance(masked, dict)
    assert masked["trigger_id"] == payload["trigger_id"]
    assert masked["response_url"] == payload["response_url"]
    assert masked["event"]["ts"] == "1732176000.123456"
    assert masked["event"]["files"][0]["url_private"] == "https://files.slack.com/x"
    assert token in json.dumps(payload), "the payload that was given is not changed"


def test_formatting_does_not_hide_a_password() -> None:
    elements = [
        {"type": "text", "text": "the password is "},
        {"type": "text", "text": "hunter2", "style": {"code": True}},
        {"type": "text", "text": ", ask "},
        {"type": "user", "user_id": "U1"},
    ]
    masked = json.dumps(mask_payload({"blocks": [{"type": "rich_text", "elements": [{"elements": elements}]}]}))
    assert "hunter2" not in masked
    assert "the password is " in masked
    assert ", ask " in masked


# off the record --------------------------------------------------------------------------------------------------


def test_a_line_that_begins_with_two_slashes_is_not_heard() -> None:
    said = "we rolled back\n// Tom was asleep\n  // really\nat 14:02 <https://x.example//y|y>"
    assert without_ignored_lines(said) == "we rolled back\nat 14:02 <https://x.example//y|y>"
    assert not is_ignored(said)
    assert is_ignored("// only this")
    assert is_ignored(" //a\n\n//b")
    assert not is_ignored("")
    assert not is_ignored("see https://x.example")


def test_a_message_without_text_is_heard_from_its_blocks() -> None:
    section = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": "a < b, asked "}, {"type": "user", "user_id": "U1"}],
    }
    hidden = {"type": "rich_text_section", "elements": [{"type": "text", "text": "// not this"}]}
    message = {"text": "", "blocks": [{"type": "rich_text", "elements": [section, hidden]}]}
    assert heard_text(message).strip() == "a &lt; b, asked <@U1>"


# for the eye -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("pass\u200bword", "password"),
        ("a\u2066b\u2069c\ufeffd", "abcd"),
        ("ad\u200dmin", "admin"),
        ("👩\u200d🚒 joined", "👩\u200d🚒 joined"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("café, naïve, 東京", "café, naïve, 東京"),
        ("z" + "\u0301" * 500, "z" + "\u0301" * 6),
        ("bell\x07 and\ttab\nline", "bell and\ttab\nline"),
    ],
)
def test_nothing_deceives_the_eye(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown
