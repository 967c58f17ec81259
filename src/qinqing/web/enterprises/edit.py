"""Opening a firm's file and putting it right."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import policy, reads
from qinqing.enterprises.actions import files
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.people.words import ADMIN_ROLES, Role
from qinqing.web import respond
from qinqing.web.enterprises.forms import EditForm, NewForm
from qinqing.web.gate import Request, screen

WIDE = ("name", "business_scope", "tags", "production_address", "registered_address", "note", "reason")
"""Fields that take the whole width of the form."""


@screen(Right.MANAGE_ENTERPRISES)
def new(request: Request) -> HttpResponse:
    """Open a new file."""
    by = request.actor
    form = NewForm(request.POST or None, town_id=by.town_id, initial={"status": "operating"})
    if request.method == "POST":
        made = respond.tried(
            form,
            lambda: files.create(
                raw=form.raw(),
                community_id=form.cleaned_data["community_id"],
                status=form.cleaned_data["status"] or "operating",
                by=by,
                at=clock.now(),
            ),
        )
        if made:
            return respond.done(request, reverse("enterprise_sheet", args=[made.pk]), f"{made.name}已建档。")
    context = {"form": form, "wide": WIDE, "title": "新建企业档案", "press": "建档", "back": reverse("enterprises")}
    return respond.screen(request, "enterprises/edit.html", context)


@screen(roles=frozenset(Role) - ADMIN_ROLES)
def edit(request: Request, enterprise_id: int) -> HttpResponse:
    """Take changes: what his hand reaches is written, the rest goes to the hub."""
    by = request.actor
    firm = reads.get_for(by, enterprise_id)
    hand = policy.require_reach(by, firm)
    form = EditForm(request.POST or None, town_id=by.town_id, reach=hand, initial=EditForm.shown(firm))
    back = reverse("enterprise_sheet", args=[firm.pk])
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: files.amend(
                enterprise_id=firm.pk,
                raw=form.raw(),
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                by=by,
                at=clock.now(),
            ),
        )
        if done:
            return respond.done(request, back, _told(done))
    context = {"form": form, "wide": WIDE, "firm": firm, "title": f"修改 {firm.name}", "press": "保存", "back": back}
    return respond.screen(request, "enterprises/edit.html", context)


def _told(done: files.Amended) -> str:
    written = f"已更新{'、'.join(change.label for change in done.changes)}。" if done.changes else ""
    if done.proposal is None:
        return written
    return f"{written}另有{len(done.proposal.changes)}项已提请中转站审核，通过后生效。"
