"""现场记录: what came from the phones and needs somebody, each with the next thing to do; everything that came; receipts."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.field.actions import handling
from qinqing.field.reads import desk
from qinqing.field.reads.desk import Page
from qinqing.field.rules.losses import uuid_of
from qinqing.field.words import Kind
from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.field import around
from qinqing.web.field.devices import SEES
from qinqing.web.gate import Request, screen


@screen(*SEES)
def records(request: Request) -> HttpResponse:
    """Show one of the lists: questionable, incomplete, differing, lost, or everything."""
    return _shown(request, asked.one_of(request, "show", dict(around.SHOWN), "needs"))


@require_POST
@screen(Right.TEND_FIELD)
def handle(request: Request) -> HttpResponse:
    """Say what was done about the ticked ones, so that they leave the list."""
    by, at = request.actor, clock.now()
    show = request.POST.get("show", "needs")
    keys = [key for key in map(uuid_of, request.POST.getlist("records")) if key is not None]
    act = handling.handle_losses if show == "losses" else handling.handle
    try:
        count = act(record_ids=keys, note=request.POST.get("note", ""), by=by, at=at)
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        return _shown(request, show if show in dict(around.SHOWN) else "needs", refusal=refusal)
    return respond.done(request, f"{reverse('field_records')}?show={show}", f"已处理{count}条，记入账目。")


@screen(*SEES)
def receipts(request: Request) -> HttpResponse:
    """Find a record by the number on its receipt."""
    by, at = request.actor, clock.now()
    typed = asked.words(request, "no", 20)
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    found = desk.by_receipt(by, int(digits)) if digits and len(digits) < 19 else None
    context = {
        "no": typed,
        "receipt": found,
        "kind": Kind.label_of(found.record.kind) if found else "",
        "tabs": around.tabs(by, "receipts", at=at),
    }
    return respond.screen(request, "field/receipts.html", context)


def _shown(request: Request, show: str, *, refusal: Refused | None = None) -> HttpResponse:
    by, at, before = request.actor, clock.now(), asked.words(request, "before")
    lists: dict[str, Callable[[], Page]] = {
        "needs": lambda: desk.needing(by, before=before),
        "incomplete": lambda: desk.incomplete(by, at=at, before=before),
        "conflicts": lambda: desk.conflicts(by, before=before),
        "losses": lambda: desk.losses(by, before=before),
        "all": lambda: desk.recent(by, before=before),
    }
    page, here = lists[show](), f"{reverse('field_records')}?show={show}"
    context: dict[str, Any] = {
        "show": show,
        "page": page,
        "kinds": dict(Kind.choices()),
        "next": f"{here}&before={page.older}" if page.older else "",
        "first": here if before else "",
        "tabs": around.tabs(by, show, at=at),
        "may_handle": rights.may(by.post, Right.TEND_FIELD) and show in ("needs", "losses"),
        "refusal": refusal,
        "note": request.POST.get("note", ""),
        "ticked": set(request.POST.getlist("records")),
    }
    if show in ("conflicts", "losses"):
        context["rows"] = [(one, Kind.label_of(one.kind)) for one in page.rows]
    return respond.screen(request, "field/records.html", context, status=refusal.status if refusal else None)
