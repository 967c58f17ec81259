"""A bad line between phone and town: refuses, breaks off, swallows replies after the town has acted, pretends to be the town.

A proxy that misbehaves is a better bad line than the browser's own emulation, which a service worker may escape.
"""

import contextlib
import http.client
import random
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORTAL = "<!doctype html><title>免费无线</title><p>请先登录本店无线网络。".encode()
FAULTS = ("bad_gateway", "reset", "lost_reply", "portal")
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding"}
_HANG_S = 120


@dataclass
class Line:
    """How the line is just now.

    Attributes:
        rate: share of requests of the protocol that go wrong.
        is_down: nothing gets through at all.
        hangs: requests are taken and never answered (lie-fi).
        blocks: parts of a path that are refused with 503 while everything else passes.
        files: addresses answered from here instead of by the town: the harness, a mutated client.
        missing: addresses that do not exist here.
        faults: how many of each were made.
        away: requests the town itself did not answer, when and why.
    """

    dice: random.Random
    target: int
    rate: float = 0.0
    is_down: bool = False
    hangs: bool = False
    blocks: tuple[str, ...] = ()
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    faults: Counter[str] = field(default_factory=Counter)
    away: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fault(self, path: str) -> str:
        """Say what happens to a request, "" when it passes."""
        with self.lock:
            found = ""
            if any(part in path for part in self.blocks):
                found = "blocked"
            elif path.startswith("/field/api/") and self.dice.random() < self.rate:
                found = self.dice.choice(FAULTS)
            if found:
                self.faults[found] += 1
            return found


class Proxy:
    """A line with a port of its own; the port stays when the town behind it is restarted."""

    def __init__(self, target: int, seed: int) -> None:
        self.line = Line(random.Random(seed), target)
        handler = type("Handler", (_Handler,), {"line": self.line})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    line: Line
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing: a storm has thousands of lines."""

    def do_GET(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def do_HEAD(self) -> None:
        self._pass()

    def _pass(self) -> None:
        line, path = self.line, self.path.split("?")[0]
        if path in line.files:
            self._answer(200, *line.files[path])
            return
        if any(path.endswith(end) for end in line.missing):
            self._answer(404, "text/plain", b"")
            return
        if line.is_down:
            self._break()
            return
        if line.hangs and path.startswith("/field/api/"):
            threading.Event().wait(_HANG_S)
            self._break()
            return
        fault = line.fault(path)
        length = int(self.headers.get("Content-Length") or 0)
        if fault == "reset":
            self.rfile.read(length // 2)
            self._break()
            return
        body = self.rfile.read(length) if length else b""
        if fault == "bad_gateway":
            self._answer(502, "text/html", b"<h1>502 Bad Gateway</h1>")
        elif fault == "blocked":
            self._answer(503, "text/html", b"<h1>503</h1>")
        elif fault == "portal":
            self._answer(200, "text/html; charset=utf-8", PORTAL)
        else:
            self._forward(body, is_lost=fault == "lost_reply")

    def _forward(self, body: bytes, *, is_lost: bool) -> None:
        headers = {
            name: value for name, value in self.headers.items() if name.lower() not in ("connection", "accept-encoding")
        }
        town = http.client.HTTPConnection("127.0.0.1", self.line.target, timeout=60)
        try:
            town.request(self.command, self.path, body or None, headers)
            answer = town.getresponse()
            octets = answer.read()
        except (OSError, http.client.HTTPException) as trouble:
            self.line.away.append(f"{time.time():.1f} {self.path}: {trouble!r}")
            self._answer(502, "text/html", b"<h1>502</h1>")
            return
        finally:
            town.close()
        if is_lost:  # the town has committed; the phone never hears of it
            self._break()
            return
        kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _HOP]
        self._answer(answer.status, "", octets, kept)

    def _answer(self, status: int, mime: str, octets: bytes, headers: list[tuple[str, str]] | None = None) -> None:
        with contextlib.suppress(OSError):
            self.send_response_only(status)
            for name, value in (
                headers if headers is not None else [("Content-Type", mime), ("Cache-Control", "no-store")]
            ):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(octets)

    def _break(self) -> None:
        """Cut the connection with a reset, not a polite end."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
