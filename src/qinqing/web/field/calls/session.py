"""`GET session`: who the server takes the phone for, and what time it is. First in each sync."""

from typing import Any

from django.http import HttpResponse

from qinqing.kernel.actor import Actor
from qinqing.web.field.calls.door import Call, call, say

MIN_APP = "1"
"""The oldest client that may begin new visits; an older one still uploads."""


@call("GET")
def session(request: Call) -> HttpResponse:
    """Say who, by which device, in which standing."""
    sender = request.sender
    device = None
    if sender.device_id is not None:
        device = {"id": str(sender.device_id), "name": sender.device_name, "state": sender.standing.value}
    return say(request.at, user=user_json(sender.actor), device=device, min_app=MIN_APP, signed_in=sender.is_signed_in)


def user_json(by: Actor) -> dict[str, Any]:
    """Return a person as the phone names him."""
    return {"id": by.account_id, "name": by.name, "office": by.office_name, "post": by.post_label}
