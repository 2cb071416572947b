"""A Claude that answers after a fixed time, in a process of its own: drafts the newest line, has no questions.

`python -m benchmarks.claude_stub SECONDS` prints its address and serves until it is ended.
"""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def _reply(body: dict[str, Any]) -> dict[str, Any]:
    texts = [block["text"] for block in body["messages"][0]["content"]]
    lines = [json.loads(line) for text in texts for line in text.splitlines() if line.startswith('{"id"')]
    drafts = lines and "Draft an answer" in texts[-1]
    evidence = [{"id": lines[-1]["id"], "quote": lines[-1]["text"]}] if drafts else []
    statements = [{"evidence": evidence, "about": "", "text": lines[-1]["text"]}] if drafts else []
    return {"statements": statements, "questions": [], "items": [], "enough": "Read the answer" in texts[-1]}


class _Stub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seconds = 0.0

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        time.sleep(self.seconds)
        usage = {"input_tokens": 1000, "output_tokens": 100, "cache_creation_input_tokens": 0,
                 "cache_read_input_tokens": 0}  # fmt: skip
        answer = json.dumps({
            "id": "msg_1", "type": "message", "role": "assistant", "model": body["model"], "stop_reason": "end_turn",
            "stop_sequence": None, "content": [{"type": "text", "text": json.dumps(_reply(body))}], "usage": usage,
        }).encode()  # fmt: skip
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def main() -> None:
    _Stub.seconds = float(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stub)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
