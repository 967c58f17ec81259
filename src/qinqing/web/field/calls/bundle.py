"""`GET bundle` and `GET checklists/<sha256>`: what a phone takes along. Packed small, told only when it changed."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.text import compress_string

from qinqing.checklists import reads as checklists
from qinqing.field.actions import carrying
from qinqing.field.reads.bundle import pack
from qinqing.kernel.errors import NotFound
from qinqing.web.field.calls.door import Call, Hurdle, call, say


@call("GET", needs_active=True)
def bundle(request: Call) -> HttpResponse:
    """Hand out what the officer needs for the day."""
    found = pack(request.sender, at=request.at)
    if _known(request) == found.etag:
        response = HttpResponse(status=304)
    else:
        carrying.tell_phones(found.phones, by=request.sender, at=request.at)
        response = _packed(request, say(request.at, **found.body))
    response.headers["ETag"] = f'"{found.etag}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@call("GET", needs_active=True)
def checklist(request: Call, sha256: str) -> HttpResponse:
    """Hand out one version of a list; its text never changes, so it may be kept for ever."""
    try:
        version = checklists.version_by_sha(request.sender.actor.town_id, sha256)
    except NotFound as fault:
        raise Hurdle(404, "not_found", fault.sentence) from fault
    content = {"ok": True, "sha256": version.sha256, **json.loads(version.body)}
    response = HttpResponse(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "application/json")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return _packed(request, response)


def _known(request: HttpRequest) -> str:
    """Return the digest a phone already has; a proxy that packs may have made it a weak one."""
    return request.headers.get("If-None-Match", "").removeprefix("W/").strip('"')


def _packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Pack an answer for phones that unpack: nothing in it is both secret and chosen by a stranger (BREACH)."""
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = compress_string(response.content)
        response.headers["Content-Encoding"] = "gzip"
    return response
