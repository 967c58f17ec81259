"""One version of a list, to read, to print and to take along as a sheet."""

from io import BytesIO

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from qinqing.checklists import policy, reads, sheets
from qinqing.checklists.reads import Version
from qinqing.checklists.rules import comparing
from qinqing.checklists.rules.items import Item
from qinqing.checklists.words import VersionState
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound
from qinqing.people.rights import Right
from qinqing.plan import reads as plans
from qinqing.web import respond
from qinqing.web.gate import Request, screen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@screen(Right.READ_CHECKLISTS)
def newest(request: Request, code: str) -> HttpResponse:
    """Show the version in use, or the newest where none is."""
    versions = reads.versions(code, by=request.actor)
    in_use = [one for one in versions if one.status == VersionState.PUBLISHED]
    if not versions:
        return _empty(request, code)
    return respond.go(request, reverse("checklist_version", args=[code, (in_use or versions)[0].number]))


@screen(Right.READ_CHECKLISTS)
def version(request: Request, code: str, number: int) -> HttpResponse:
    """Show one version: its items by section in walking order, and the other versions."""
    by = request.actor
    versions = reads.versions(code, by=by)
    shown = next((one for one in versions if one.number == number), None)
    if shown is None:
        raise NotFound("这张清单没有这一版。", code="checklist_not_found")
    plan = plans.current(by.book)
    in_use = next((one for one in versions if one.status == VersionState.PUBLISHED), None)
    before = _before(shown, versions)
    context = {
        "shown": shown,
        "walk": [(part, [_line(item, shown) for item in items]) for part, items in shown.content.walk],
        "versions": versions,
        "in_use": in_use,
        "before": before,
        "difference": comparing.difference(before.content, shown.content) if before else None,
        "listed": plan.checklist(code),
        "may_manage": policy.may_manage(by, code, plan),
    }
    return respond.screen(request, "checklists/version.html", context)


@screen(Right.READ_CHECKLISTS)
def export(request: Request, code: str, number: int) -> HttpResponse:
    """Give a version as a sheet, one row an item, ready to be changed and imported again."""
    by, now = request.actor, clock.now()
    shown = reads.version(code, number, by=by)
    out = BytesIO()
    sheets.write(out, shown, maker=by.office_name or by.name, made_at=now)
    name = f"{code}-{shown.title}-第{shown.number}版.xlsx"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(out.getvalue(), content_type=XLSX, headers={"Content-Disposition": disposition})


def _before(shown: Version, versions: list[Version]) -> Version | None:
    """Return the version a reader compares with: the one in use for one that waits, else the one before."""
    if shown.status == VersionState.DRAFT:
        return next((one for one in versions if one.status == VersionState.PUBLISHED), None)
    return next((one for one in versions if one.number < shown.number and one.status != VersionState.DRAFT), None)


def _line(item: Item, shown: Version) -> dict[str, object]:
    return {
        "item": item,
        "basis": comparing.bases_said(item.basis),
        "choices": comparing.choices_said(item),
        "days": comparing.days_said(item.days),
        "condition": comparing.condition_said(item.show_if, shown.content),
    }


def _empty(request: Request, code: str) -> HttpResponse:
    by = request.actor
    context = {
        "checklist": reads.checklist(code, by=by),
        "may_manage": policy.may_manage(by, code, plans.current(by.book)),
    }
    return respond.screen(request, "checklists/empty.html", context)
