"""What every call of the field passes: its header, who sends, a brake; every answer is JSON of a known shape.

A phone keeps everything until it has a receipt, so what matters here is that each failure says which kind it is.
"""

import errno
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from qinqing.env import env
from qinqing.field import policy
from qinqing.field.reads import senders
from qinqing.field.reads.senders import Sender
from qinqing.field.words import DeviceState
from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.web import who
from qinqing.web.account import session

log = structlog.get_logger()
COOKIE = "__Secure-qinqing-field" if env.https else "qinqing-field"
PATH = "/field/api/"
MOST_A_MINUTE = 3000
_DRAINED = 8 * 1024 * 1024
_calls: dict[int, tuple[int, int]] = {}
"""By account: the minute, and how many calls this process has answered in it."""

Given = ParamSpec("Given")


class Call(HttpRequest):
    """A request that has passed this door."""

    sender: Sender
    at: datetime
    verb: str


class Hurdle(Exception):  # noqa: N818  an answer, not a fault
    """A call that cannot be served as it came; `code` is of the protocol's table."""

    def __init__(self, status: int, code: str, say: str, *, retry_after: int = 0, **more: Any) -> None:
        super().__init__(say)
        self.status, self.code, self.say, self.retry_after, self.more = status, code, say, retry_after, more


_Answer = Callable[Concatenate[Call, Given], HttpResponse]
_View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def call(*verbs: str, needs_active: bool = False) -> Callable[[_Answer[Given]], _View[Given]]:
    """Make a function a call of the field, for these verbs (a POST may name another one as `X-HTTP-Method-Override`).

    Args:
        verbs: what may be asked of it.
        needs_active: only for a device in good standing: what is handed out, as against what is handed in.
    """

    def dress(answer: _Answer[Given]) -> _View[Given]:
        @wraps(answer)
        def dressed(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
            at = clock.now()
            try:
                sender = _let_in(request, verbs, at, needs_active=needs_active)
                request.sender, request.at, request.verb = sender, at, verb_of(request)  # type: ignore[attr-defined]
                return answer(request, *args, **kwargs)  # type: ignore[arg-type]  # this is where it becomes a Call
            except Exception as fault:  # a phone must hear which kind of failure it was, whatever it was
                return _failed(request, fault, at)

        return cast("_View[Given]", csrf_exempt(dressed))

    return dress


def say(at: datetime, status: int = 200, **values: Any) -> HttpResponse:
    """Return an answer that succeeded."""
    return _json(status, {"ok": True, "server_time": _ms(at), **values})


def octets(request: HttpRequest, most: int) -> bytes:
    """Return the body of a call, whole or not at all.

    Raises:
        Hurdle: larger than allowed, or cut short on its way.
    """
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        announced = 0
    if announced > most:
        # Read it to the end as far as that is bearable: a phone still sending would see a broken line, not our answer.
        left = min(announced, _DRAINED)
        while left > 0 and (piece := request.read(65_536)):
            left -= len(piece)
        raise Hurdle(413, "too_large", f"超过{most // 1024}KB，服务器不收这么大的一次。", most=most)
    body = request.read(announced) if announced else b""
    if len(body) != announced:
        raise Hurdle(400, "damaged", "传输中断，内容不完整，请重发。")
    return body


def verb_of(request: HttpRequest) -> str:
    """Return what a call asks for, when its method is only POST because nothing else gets through."""
    method = request.method or "GET"
    return request.headers.get("X-HTTP-Method-Override", method).upper() if method == "POST" else method


def found_sender(request: HttpRequest, at: datetime) -> Sender | None:
    """Return who sends: the signed-in person, else the bearer of the credential; None if nobody."""
    token = request.COOKIES.get(COOKIE, "")
    if session.is_open(request, at):
        by = who.actor(request)
        if by is not None and by.account_id is not None and by.enterprise_id is None:
            return senders.of_session(by, request.session[who.POST], token, on=at.date())
    return senders.by_credential(token, on=at.date()) if token else None


def _let_in(request: HttpRequest, verbs: tuple[str, ...], at: datetime, *, needs_active: bool) -> Sender:
    if request.headers.get("X-Qinqing-Field") != "1" or _is_foreign(request):
        raise Hurdle(403, "no_header", "这个地址只供本系统的现场页面使用。")
    if verb_of(request) not in verbs:
        raise Hurdle(405, "bad_request", "这个地址没有这种用法。")
    sender = found_sender(request, at)
    if sender is None:
        raise Hurdle(401, "signed_out", "请登录后再传，手机上的内容都还在。")
    if sender.device_id is None and not policy.may_carry(sender.actor):
        raise Hurdle(403, "not_field", f"您的岗位（{sender.actor.post_label}）不用现场端。")
    if needs_active and sender.standing != DeviceState.ACTIVE:
        raise Hurdle(403, "revoked", "这台设备已停用，已完成的记录仍可上传。")
    _brake(sender.account_id)
    return sender


def _is_foreign(request: HttpRequest) -> bool:
    """Say whether a browser names another site as where the call comes from."""
    origin = request.headers.get("Origin", "")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in ("same-origin", "none"):
        return True
    return bool(origin) and origin != "null" and origin.partition("://")[2] != request.get_host()


def _brake(account_id: int) -> None:
    """Slow down a client gone wild; counted per process, roughly: it protects the server, it guards nothing."""
    minute = int(time.monotonic() // 60)
    last, count = _calls.get(account_id, (minute, 0))
    count = count + 1 if last == minute else 1
    if len(_calls) > 10_000:
        _calls.clear()
    _calls[account_id] = (minute, count)
    if count > MOST_A_MINUTE:
        raise Hurdle(429, "slow_down", "上传得太频繁，请稍等。", retry_after=20)


def _failed(request: HttpRequest, fault: Exception, at: datetime) -> HttpResponse:
    hurdle = _hurdle_of(fault)
    if hurdle.status >= 500:
        log.error("field_call_failed", path=request.path, status=hurdle.status, exc_info=fault)
    values = {"ok": False, "code": hurdle.code, "say": hurdle.say, "server_time": _ms(at), **hurdle.more}
    response = _json(hurdle.status, values)
    if hurdle.retry_after:
        response.headers["Retry-After"] = str(hurdle.retry_after)
    return response


def _hurdle_of(fault: Exception) -> Hurdle:
    if isinstance(fault, Hurdle):
        return fault
    if isinstance(fault, Refused):
        return Hurdle(fault.status, fault.code, fault.sentence)
    if isinstance(fault, OperationalError):
        return Hurdle(423, "busy", "服务器正忙，稍后自动再传。", retry_after=2)
    if isinstance(fault, UnreadablePostError):
        return Hurdle(400, "damaged", "传输中断，内容不完整，请重发。")
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return Hurdle(503, "storage", "服务器存储已满，已通知管理员；内容仍在手机上。", retry_after=300)
    return Hurdle(500, "fault", "服务器出错，稍后自动再传；内容仍在手机上。", retry_after=30)


def _json(status: int, values: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(values, status=status, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
