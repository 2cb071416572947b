"""Do files and canvases go the way of Slack's: three steps, and Markdown by sections."""

from __future__ import annotations

import urllib.request

import pytest
from slack_sdk import WebClient

from bot.sandbox.people import Person, PersonRefused, call
from bot.sandbox.seeds import Seeded
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import App, refusal


def document(text: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": text}


def test_a_file_is_uploaded_in_three_steps_and_read_back(
    client: WebClient, maria: Person, tom: Person, slack: LocalSlack, seeded: Seeded
) -> None:
    channel, root = seeded.names["root"]
    answer = client.files_upload_v2(
        content="# Postmortem", filename="pm.md", title="PM", channel=channel, thread_ts=root, initial_comment="here"
    )
    file_id = answer["file"]["id"]
    posted = client.conversations_replies(channel=channel, ts=root)["messages"][-1]
    assert (posted["text"], posted["files"][0]["id"], posted["user"]) == ("here", file_id, "U0BOT")
    info = client.files_info(file=file_id)["file"]
    assert (info["filetype"], info["size"], info["channels"]) == ("markdown", 12, [channel])
    request = urllib.request.Request(info["url_private"], headers={"authorization": f"Bearer {slack.bot_token}"})
    with urllib.request.urlopen(request) as content:
        assert content.read() == b"# Postmortem"
    assert tom.file(file_id) == b"# Postmortem"
    with pytest.raises(PersonRefused, match="not shared"):
        Person(slack.url, "U0GUEST").file(file_id)


def test_a_message_shows_an_image_of_the_bots_own_once_slack_is_done_with_it(
    client: WebClient, tom: Person, slack: LocalSlack, seeded: Seeded
) -> None:
    def show(**file: str) -> str:
        block = {"type": "image", "slack_file": file, "alt_text": "a graph"}
        return refusal(client.chat_postMessage, channel="C0INC", text="see", blocks=[block])

    call(slack.url, "POST", "profile", {"slow_files": 10})
    file_id = client.files_upload_v2(content=b"\x89PNG", filename="graph.png")["file"]["id"]
    assert client.files_info(file=file_id)["file"]["mimetype"] == ""
    assert show(id=file_id) == "invalid_blocks"
    call(slack.url, "POST", "profile", {"slow_files": 0})
    assert client.files_info(file=file_id)["file"]["mimetype"] == "image/png"
    assert show(id=file_id, url="https://files.slack.com/files-pri/T0-F0123456789/x.png") == "invalid_blocks"
    assert show(id="F0NOSUCHFILE") == "invalid_blocks"
    with pytest.raises(PersonRefused, match="not shared"):
        tom.file(file_id)
    block = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "a graph"}
    client.chat_postMessage(channel="C0INC", text="see", blocks=[block])
    assert tom.file(file_id) == b"\x89PNG"


def test_an_upload_that_is_not_finished_is_no_file(client: WebClient) -> None:
    begun = client.files_getUploadURLExternal(filename="a.md", length=3)
    refused = refusal(client.files_completeUploadExternal, files=[{"id": begun["file_id"], "title": "a"}])
    assert refused == "file_not_found"
    assert refusal(client.files_info, file=begun["file_id"]) == "file_not_found"


def test_a_persons_file_is_shared_with_the_app(app: App, client: WebClient, maria: Person) -> None:
    maria.say("C0INC", "the graph", files=[{"name": "graph.txt", "mimetype": "text/plain", "content": "up"}])
    event = app.wait(lambda: app.events("message", "file_share"))[0]
    assert client.files_info(file=event["files"][0]["id"])["file"]["name"] == "graph.txt"


def test_a_canvas_is_written_edited_by_section_shared_and_deleted(client: WebClient, maria: Person) -> None:
    canvas = client.canvases_create(title="PM", document_content=document("# Summary\n\nold\n\n# Actions\n\nnone"))
    canvas_id = canvas["canvas_id"]
    assert maria.canvases() == []
    client.canvases_access_set(canvas_id=canvas_id, access_level="read", channel_ids=["C0INC"])
    found = client.canvases_sections_lookup(canvas_id=canvas_id, criteria={"contains_text": "old"})["sections"]
    change = {"operation": "replace", "section_id": found[0]["id"], "document_content": document("new")}
    client.canvases_edit(canvas_id=canvas_id, changes=[change])
    assert maria.canvases()[0]["markdown"] == "# Summary\n\nnew\n\n# Actions\n\nnone"
    headers = client.canvases_sections_lookup(canvas_id=canvas_id, criteria={"section_types": ["h1"]})["sections"]
    assert len(headers) == 2
    assert refusal(client.canvases_edit, canvas_id=canvas_id, changes=[change, change]) == "invalid_arguments"
    client.canvases_delete(canvas_id=canvas_id)
    assert refusal(client.canvases_delete, canvas_id=canvas_id) == "canvas_not_found"


def test_a_free_team_has_no_canvas_of_its_own(client: WebClient, slack: LocalSlack) -> None:
    call(slack.url, "POST", "profile", {"free_plan": True})
    refused = refusal(client.canvases_create, title="PM", document_content=document("x"))
    assert refused == "free_teams_cannot_create_standalone_canvases"
    client.canvases_create(title="PM", document_content=document("x"), channel_id="C0INC")
    refused = refusal(client.conversations_canvases_create, channel_id="C0INC", document_content=document("x"))
    assert refused == "channel_canvas_already_exists"
    call(slack.url, "POST", "profile", {"canvases_off": True})
    assert refusal(client.canvases_create, title="PM", channel_id="C0INC") == "canvas_disabled_user_team"


def test_user_groups_are_known_by_their_members(client: WebClient) -> None:
    assert client.usergroups_list()["usergroups"][0]["handle"] == "db-team"
    assert client.usergroups_users_list(usergroup="S0DB")["users"] == ["U0TOM"]
