"""设备与同步: the officers' phones, what is still on them, and ending one."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from qinqing.field.actions import devices as actions
from qinqing.field.reads import desk
from qinqing.field.words import DeviceState, Kind
from qinqing.kernel import clock
from qinqing.ledger import reads as ledger
from qinqing.ledger.subjects import number_of
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.field import around
from qinqing.web.field.forms import RevokeForm
from qinqing.web.gate import Request, screen

if TYPE_CHECKING:
    from qinqing.field.models import Device

SEES = (Right.TEND_FIELD, Right.READ_TOWN, Right.VISIT)


@screen(*SEES)
def devices(request: Request) -> HttpResponse:
    """Show phones, by office where there are several, last heard of first."""
    by, at = request.actor, clock.now()
    office, revoked = asked.number(request, "office"), request.GET.get("state") == "revoked"
    page = desk.devices(by, office_id=office, revoked=revoked, before=asked.words(request, "before"))
    here = reverse("field_devices")
    kept = f"?office={office}&state={'revoked' if revoked else ''}"
    context = {
        "offices": desk.offices(by),
        "office": office,
        "revoked": revoked,
        "lines": [_line(one, at) for one in page.rows],
        "next": f"{here}{kept}&before={page.older}" if page.older else "",
        "first": f"{here}{kept}" if request.GET.get("before") else "",
        "tabs": around.tabs(by, "devices", at=at),
        "is_own": not any(rights.may(by.post, right) for right in SEES[:2]),
    }
    return respond.screen(request, "field/devices.html", context)


@screen(*SEES)
def device(request: Request, key: UUID) -> HttpResponse:
    """Show one phone: what it said of itself, what it lost, what the ledger tells; end it."""
    by, at = request.actor, clock.now()
    found = desk.device(by, key)
    form = RevokeForm(request.POST or None)
    if request.method == "POST":

        def act() -> bool:
            actions.revoke(device_id=key, **form.cleaned_data, by=by, at=at)
            return True

        if respond.tried(form, act):
            told = "已停用。手机上没传完的记录仍会收下，等您确认后登记。"
            return respond.done(request, reverse("field_device", args=[key]), told)
        found = desk.device(by, key)
    losses = desk.losses_of(key)
    context = {
        "line": _line(found, at, len(losses)),
        "device": found,
        "skew": around.skew(found),
        "probes": around.probes(found),
        "pending": [(Kind.label_of(one["kind"]), _moment(one["made_ms"])) for one in found.pending[:20]],
        "used_mb": (found.storage.get("usage") or 0) // (1024 * 1024),
        "losses": [(one, Kind.label_of(one.kind)) for one in losses],
        "form": form,
        "may_revoke": found.state != DeviceState.REVOKED
        and (found.account_id == by.account_id or rights.may(by.post, Right.TEND_FIELD)),
        "entries": list(ledger.entries_of("device", number_of(key)).filter(book=by.book).order_by("-seq")[:20][::-1]),
    }
    return respond.screen(request, "field/device.html", context)


def _line(found: "Device", at: datetime, lost: int | None = None) -> dict[str, Any]:
    count = lost if lost is not None else getattr(found, "lost", 0)
    return {
        "device": found,
        "lamp": around.lamp(found, at=at, lost=count),
        "test": around.self_test(found),
        "skew": around.skew(found),
    }


def _moment(ms: int | None) -> datetime | None:
    return datetime.fromtimestamp(ms / 1000, clock.SHANGHAI) if ms else None
