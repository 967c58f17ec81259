"""The one way a channel calls another server: guarded against addresses inside the network, bounded in time and size.

The name is resolved once, every address it stands for is judged, and the call goes to the one that was judged: a name that
answers differently a moment later changes nothing. Redirects are not followed. Proxies of the environment are not used.
"""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from qinqing import hosts

CONNECT_S, TOTAL_S = 5.0, 10.0
_MOST_BYTES = 64 * 1024
_TOO_SLOW = "对方没有在时限内应答。"


class ChannelError(Exception):
    """A message did not get through; the text is the reason as the delivery log shows it, without address or key."""


def post_json(url: str, body: object, *, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Post JSON, return the JSON object it is answered with.

    Raises:
        ChannelError: refused by the guard, not reached, too slow, another status than 200, or no JSON object.
    """
    sent = json.dumps(body, ensure_ascii=False).encode()
    return _object(_call("POST", url, sent, {"Content-Type": "application/json; charset=utf-8", **(headers or {})}))


def get_json(url: str) -> dict[str, Any]:
    """Get a JSON object; raises as `post_json`."""
    return _object(_call("GET", url, None, {}))


def check(url: str) -> str:
    """Return why this address must not be sent to, the name's addresses looked up; "" if it may or is not known yet."""
    inside: Collection[str] = settings.INSIDE_HOSTS
    trouble = hosts.trouble_with(url, inside_hosts=inside)
    if trouble:
        return trouble
    parts = urlsplit(url.strip())
    host, port = (parts.hostname or "").rstrip("."), hosts.port_of(parts)
    try:
        found = _addresses(host, port)
    except ChannelError:
        return ""  # a name that cannot be looked up from here is judged when it is sent to
    is_free = hosts.is_listed(host, port, inside)
    return "" if is_free or not any(map(hosts.is_inside, found)) else hosts.INSIDE.format(host)


def _call(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
    trouble = hosts.trouble_with(url, inside_hosts=settings.INSIDE_HOSTS)
    if trouble:
        raise ChannelError(trouble)
    parts = urlsplit(url.strip())
    host, port = (parts.hostname or "").rstrip("."), hosts.port_of(parts)
    connection = _Connection(host, port, is_tls=parts.scheme == "https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, body, {"User-Agent": "qinqing", "Accept": "application/json", **headers})
        answer = connection.getresponse()
        content = answer.read(_MOST_BYTES + 1)
    except TimeoutError as fault:
        raise ChannelError(_TOO_SLOW) from fault
    except ssl.SSLError as fault:
        raise ChannelError("对方的证书不可信。") from fault
    except (OSError, http.client.HTTPException) as fault:
        if connection.was_cut:
            raise ChannelError(_TOO_SLOW) from fault
        raise ChannelError(f"连接不上对方（{type(fault).__name__}）。") from fault
    finally:
        connection.close()
    if connection.was_cut:
        raise ChannelError(_TOO_SLOW)
    if 300 <= answer.status < 400:
        raise ChannelError("对方要求转到别的网址，未跟随。")
    if answer.status != 200:
        raise ChannelError(f"对方应答 {answer.status}。")
    if len(content) > _MOST_BYTES:
        raise ChannelError("对方的应答过长。")
    return content


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was judged before; the certificate is checked against the name."""

    def __init__(self, host: str, port: int, *, is_tls: bool) -> None:
        super().__init__(host, port, timeout=CONNECT_S)
        self._is_tls = is_tls
        self.was_cut = False
        self._watch = threading.Timer(TOTAL_S, self._cut)
        self._watch.daemon = True
        self.default_port = 443 if is_tls else 80  # so that Host names the port where it must

    def connect(self) -> None:
        """Connect to the first judged address that answers."""
        is_free = hosts.is_listed(self.host, self.port, settings.INSIDE_HOSTS)
        found = _addresses(self.host, self.port)
        if not is_free and any(map(hosts.is_inside, found)):
            raise ChannelError(hosts.INSIDE.format(self.host))
        last: OSError | None = None
        for address in found:
            try:
                raw = socket.create_connection((address, self.port), CONNECT_S)
                break
            except OSError as fault:
                last = fault
        else:
            raise last or OSError("no address")
        raw.settimeout(TOTAL_S)
        self.sock = raw
        self._watch.start()
        if self._is_tls:
            self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)

    def close(self) -> None:
        """Close, and stop watching the time."""
        self._watch.cancel()
        super().close()

    def _cut(self) -> None:
        """End a call whose time is over: a server that drips a byte now and then would hold the worker for ever."""
        self.was_cut = True
        held = self.sock
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise ChannelError("找不到对方的主机名。") from fault
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def _object(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError as fault:
        raise ChannelError("对方的应答看不懂。") from fault
    if not isinstance(answer, dict):
        raise ChannelError("对方的应答看不懂。")
    return answer


def require_code(answer: Mapping[str, Any], name: str, wanted: str = "0") -> None:
    """Let pass only an answer that says itself, by this field (dots go down), that all is well.

    Raises:
        ChannelError: it says something else, or nothing: a 200 alone is no success.
    """
    found: Any = answer
    for key in name.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    if found is None:
        raise ChannelError("对方的应答里没有结果代码。")
    if str(found).lower() != wanted.lower():
        raise ChannelError(f"对方不接受，代码 {str(found)[:40]}。")
