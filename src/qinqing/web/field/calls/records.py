"""`records/<kind>/<uuid>`: hand in a frozen record, or ask whether a lost reply had arrived."""

import hashlib
import re
from uuid import UUID

from django.http import HttpResponse

from qinqing.field.actions import devices, handling, storing
from qinqing.field.reads import answers
from qinqing.notices import actions as notices
from qinqing.web.field.calls.door import Call, Hurdle, call, octets, say

_URGENT = ("accident", "visit", "finding_event")
"""Kinds that may carry what people must hear of in this very request: an accident, a grave hazard. Source: 附2安-(5)b, 附2安-(6)a."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@call("POST", "PUT", "GET", "HEAD")
def record(request: Call, kind: str, key: UUID) -> HttpResponse:
    """Take in a record once, whatever it says; or say where it stands."""
    sender, at = request.sender, request.at
    if request.verb in ("GET", "HEAD"):
        known = answers.status(sender.account_id, kind, key)
        if known is None:
            raise Hurdle(404, "not_found", "服务器上还没有这条记录。")
        return say(at, **answers.as_json(known))
    claimed = request.headers.get("X-Content-SHA256", "").lower()
    body = octets(request, storing.LARGEST)
    if not _SHA256.fullmatch(claimed):
        raise Hurdle(400, "bad_request", "缺少内容摘要。")
    if not body or hashlib.sha256(body).hexdigest() != claimed:
        raise Hurdle(400, "damaged", "内容在传输中损坏，请重发。")
    stored = storing.store(kind[:20], key, body, by=sender, at=at)
    if stored.status is None:
        raise Hurdle(409, "conflict", "这条记录已有一份内容不同的，两份都已保存，请联系村（社区）或中转站处理。")
    if stored.is_new:
        devices.touch(by=sender, at=at)
    if stored.is_taken:
        handling.try_waiting(by=sender.actor, at=at)
        if kind in _URGENT:
            notices.pump(at=at)
    return say(at, 201 if stored.is_new else 200, **answers.as_json(stored.status))
