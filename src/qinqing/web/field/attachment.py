"""附件: one photo or file of the field, served only through the scope check, never shown as a page of ours."""

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, HttpResponseBase

from qinqing.evidence import reads as evidence
from qinqing.evidence.reads import PICTURES
from qinqing.web import gate


@gate.screen()
def attachment(request: gate.Request, key: UUID) -> HttpResponseBase:
    """Send one photo or file; `?small=1` a small picture of it where it is one."""
    found = evidence.get_for(request.actor, key)
    small = evidence.open_thumb(found) if request.GET.get("small") == "1" else None
    kind = "image/jpeg" if small else found.type
    response = FileResponse(small or evidence.open_bytes(found), content_type=kind)
    how = "inline" if kind in PICTURES else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(found.label)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # The bytes under an id never change, whether he may look does: kept by his own browser for a short while only.
    response["Cache-Control"] = "private, max-age=600"
    return response
