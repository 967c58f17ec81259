"""`attachments/<uuid>`: how much of a photo is here, and its next piece. Resumable: only the true offset is accepted."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from qinqing.evidence import reads as evidence
from qinqing.evidence.actions.chunks import LARGEST_PIECE
from qinqing.field.actions import pieces
from qinqing.field.reads import answers
from qinqing.web.field.calls.door import Call, Hurdle, call, octets, say

_BEFORE = "这张照片所属的记录还没有到，请先传记录。"


@call("POST", "PATCH", "GET", "HEAD")
def attachment(request: Call, key: UUID) -> HttpResponse:
    """Take in one piece, or say where the attachment stands."""
    sender, at = request.sender, request.at
    if request.verb in ("GET", "HEAD"):
        found = evidence.own(sender.account_id, key)
        if found is None:
            raise Hurdle(404, "not_found", _BEFORE)
        return say(at, id=str(key), offset=found.offset, size=found.size, state=found.state)
    offset = request.headers.get("Upload-Offset", "")
    body = octets(request, LARGEST_PIECE)
    if not (offset.isascii() and offset.isdecimal() and len(offset) < 10) or not body:
        raise Hurdle(400, "bad_request", "缺少位置或内容。")
    claimed = request.headers.get("X-Content-SHA256", "").lower()
    if claimed and hashlib.sha256(body).hexdigest() != claimed:
        raise Hurdle(400, "damaged", "内容在传输中损坏，请重发。")
    piece = pieces.take_piece(key, int(offset), body, by=sender, at=at)
    if piece is None:
        raise Hurdle(404, "not_found", _BEFORE)
    told: dict[str, Any] = {
        "id": str(key),
        "offset": piece.offset,
        "size": piece.size,
        "state": piece.state,
        "receipt": answers.slip_json(piece.receipt),
    }
    if piece.outcome == "damaged":
        raise Hurdle(460, "damaged", "照片内容与登记的不一致，请从头重传。", **told)
    if piece.outcome == "offset":
        raise Hurdle(409, "offset", "位置不对，请从服务器所记的位置接着传。", **told)
    return say(at, **told)
