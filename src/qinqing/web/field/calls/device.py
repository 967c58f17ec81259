"""`POST /field/device/`: the signed-in person gives his browser a credential that uploads and opens nothing else."""

import json

from django.http import HttpResponse

from qinqing.env import env
from qinqing.field import policy
from qinqing.field.actions import devices
from qinqing.field.words import DeviceState
from qinqing.web.account.place import device as called
from qinqing.web.field.calls.door import COOKIE, PATH, Call, Hurdle, call, octets, say
from qinqing.web.field.calls.session import user_json

DAYS = 400
"""As long as browsers keep a cookie at all: a queue must not be stranded by an idle rule. Revoking ends it at once."""


@call("POST")
def device(request: Call) -> HttpResponse:
    """Issue a credential, or renew the phone's own."""
    sender, asked = request.sender, _asked(octets(request, 10_000))
    if not sender.is_signed_in:
        raise Hurdle(401, "signed_out", "请先登录，再启用这台设备。")
    policy.require_carry(sender.actor)
    agent = request.META.get("HTTP_USER_AGENT", "")
    issued = devices.issue(
        known=asked.get("device", ""),
        name=asked.get("name", "") or called(agent),
        agent=agent,
        app=asked.get("app", ""),
        post_id=sender.post_id,
        by=sender.actor,
        at=request.at,
    )
    told = {"id": str(issued.id), "name": issued.name, "state": DeviceState.ACTIVE.value}
    response = say(request.at, device=told, user=user_json(sender.actor))
    response.set_cookie(
        COOKIE, issued.token, max_age=DAYS * 86_400, path=PATH, secure=env.https, httponly=True, samesite="Strict"
    )
    return response


def _asked(body: bytes) -> dict[str, str]:
    try:
        found = json.loads(body or b"{}")
    except ValueError as fault:
        raise Hurdle(400, "bad_request", "内容不是 JSON。") from fault
    if not isinstance(found, dict):
        raise Hurdle(400, "bad_request", "内容不是 JSON。")
    return {name: value for name, value in found.items() if isinstance(value, str)}
