"""A real server beside the tests that answers as it is told: well, with a code, with rubbish, elsewhere, slowly, never."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD = {"errcode": 0, "code": 0, "access_token": "t", "expires_in": 7200}
FAULTS = ("500", "garbage", "list", "no_code", "code", "redirect", "stall", "drip", "long", "reset")


class Server(ThreadingHTTPServer):
    """The server; `mode` is how it answers, `got` what it was sent."""

    daemon_threads = True
    mode = "ok"

    def __init__(self) -> None:
        self.got: list[tuple[str, Any]] = []
        self.done = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that hang up are what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body: Any) -> None:
        self.server.got.append((self.path, body))
        mode = self.server.mode
        if mode == "stall":
            self.server.done.wait(5)
        elif mode == "reset":
            self.connection.close()
        elif mode == "drip":
            with suppress(OSError):
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for _ in range(100):
                    self.wfile.write(b"X-Slow: 1\r\n")
                    self.wfile.flush()
                    time.sleep(0.05)
        else:
            self._whole(mode)

    def _whole(self, mode: str) -> None:
        texts = {
            "garbage": "<html>请先登录</html>",
            "list": "[0]",
            "no_code": "{}",
            "code": json.dumps({**GOOD, "errcode": 45009, "code": 19024}),
            "long": json.dumps({**GOOD, "more": "x" * 200_000}),
        }
        if mode == "stale" and "/message/send" in self.path:
            texts["stale"] = json.dumps({"errcode": 42001})
            self.server.mode = "ok"
        content = texts.get(mode, json.dumps(GOOD)).encode()
        self.send_response({"500": 500, "redirect": 302}.get(mode, 200))
        if mode == "redirect":
            self.send_header("Location", f"{self.server.url}/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(content)


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.done.set()
        server.shutdown()
        server.server_close()
