"""`POST heartbeat`: the phone says what it still holds; the server says what is lost and whether to empty itself."""

import json

from django.http import HttpResponse

from qinqing.field.actions import beats
from qinqing.field.actions.beats import Beat
from qinqing.field.words import Kind
from qinqing.web.field.calls.door import Call, Hurdle, call, octets, say

LARGEST = 512 * 1024


@call("POST")
def heartbeat(request: Call) -> HttpResponse:
    """Note what the phone says, tell it what its owner should know."""
    try:
        said = json.loads(octets(request, LARGEST) or b"{}")
    except ValueError as fault:
        raise Hurdle(400, "damaged", "内容不是 JSON。") from fault
    if not isinstance(said, dict):
        raise Hurdle(400, "bad_request", "内容不是 JSON。")
    beat = Beat(**{name: said.get(name) for name in Beat.__slots__})
    told = beats.heartbeat(beat, by=request.sender, at=request.at)
    notices = [
        {"tone": "late", "say": f"{Kind.label_of(one.kind)}未上传就从手机上消失了，请联系村（社区）补报。"}
        for one in told.lost
    ]
    return say(
        request.at,
        lost=[one.as_json() for one in told.lost],
        others=[{"name": name, "pending": count} for name, count in told.others],
        revoked=told.is_revoked,
        wipe=told.wipe,
        notices=notices,
    )
