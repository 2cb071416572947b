"""Where an action item is tracked, as people paste it."""

from __future__ import annotations

import pytest

from bot.actions.links import address, begins_tickets, is_address, named, new_ticket, ticket


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cap the pool https://acme.atlassian.net/browse/PAY-12, tom", "https://acme.atlassian.net/browse/PAY-12"),
        ("cap it (<https://github.com/acme/shop/issues/31|#31>)", "https://github.com/acme/shop/issues/31"),
        ("https://gitlab.com/acme/shop/-/issues/7.", "https://gitlab.com/acme/shop/-/issues/7"),
        ("https://linear.app/acme/issue/PAY-3/cap-the-pool", "https://linear.app/acme/issue/PAY-3/cap-the-pool"),
        ("alert on https://grafana.acme.example/d/1 instead", ""),
        ("no address at all", ""),
    ],
)
def test_a_ticket_in_the_words_of_an_item(text: str, found: str) -> None:
    assert ticket(text) == found


def test_any_address_beside_a_number_is_where_that_item_is_tracked() -> None:
    told = named(
        [
            "AI-007 https://tracker.acme.example/x?id=5 done soon",
            "thanks\nAI-008: <https://acme.atlassian.net/browse/PAY-9>.\nno number https://x.example/1",
            "AI-001 and AI-002: https://x.example/2",
            "now AI-007 is https://tracker.acme.example/x?id=6",
        ]
    )
    assert told == {
        "AI-007": "https://tracker.acme.example/x?id=6",
        "AI-008": "https://acme.atlassian.net/browse/PAY-9",
    }


def test_an_address_is_one_address() -> None:
    assert is_address(" https://x.example/1 ")
    assert not is_address("see https://x.example/1")
    assert not is_address("javascript:alert(1)")
    assert address("(https://x.example/a).") == "https://x.example/a"


def test_a_ticket_is_begun_with_the_words_of_the_action_and_never_with_an_address_that_is_too_long() -> None:
    where = "https://github.com/acme/shop/issues/new?title={title}&body={text}"
    assert begins_tickets(where)
    assert not begins_tickets("https://github.com/acme/shop/issues/new")
    assert not begins_tickets("javascript:alert({title})")
    begun = new_ticket(where, "Cap the pool & alert <at 80%>|", "AI-007 of PM-2026-001")
    assert begun.endswith("?title=Cap%20the%20pool%20%26%20alert%20%3Cat%2080%25%3E%7C&body=AI-007%20of%20PM-2026-001")
    assert len(new_ticket(where, "ö" * 900, "ß" * 9000)) <= 1_800
