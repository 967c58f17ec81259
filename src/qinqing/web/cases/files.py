"""附件: served only through the scope of the case they hang on, never shown as a page of ours."""

from urllib.parse import quote

from django.http import FileResponse, HttpResponseBase

from qinqing.cases.files import open_stored
from qinqing.cases.reads import find
from qinqing.kernel.errors import NotFound
from qinqing.web import gate

_SHOWN = ("image/jpeg", "image/png", "image/webp")


@gate.screen()
def cases_file(request: gate.Request, attachment_id: int) -> HttpResponseBase:
    """Send one file."""
    found = find.attachment_for(request.actor, attachment_id)
    try:
        stored = open_stored(found.digest)
    except FileNotFoundError as fault:
        # A photo an officer's phone has named but not finished sending: the demand came first, on purpose.
        raise NotFound("这张照片还在网格员手机上，没有传完，请稍后再看。") from fault
    response = FileResponse(stored, content_type=found.mime)
    how = "inline" if found.mime in _SHOWN else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
