"""Photos of findings and registers: evidence asks again whether this person may look; never shown as a page of ours."""

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, HttpResponseBase

from qinqing.evidence import reads as evidence
from qinqing.evidence.reads import PICTURES
from qinqing.web import gate


@gate.screen()
def findings_photo(request: gate.Request, key: UUID) -> HttpResponseBase:
    """Send one photo or file; `?small=1` a small picture of it."""
    found = evidence.get_for(request.actor, key)
    small = evidence.open_thumb(found) if request.GET.get("small") == "1" else None
    kind = "image/jpeg" if small else found.type
    response = FileResponse(small or evidence.open_bytes(found), content_type=kind)
    how = "inline" if kind in PICTURES else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(found.label)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
