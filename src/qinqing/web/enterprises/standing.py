"""Where a firm stands and belongs, and that its file is right."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.enterprises import policy, reads
from qinqing.enterprises.actions import files
from qinqing.enterprises.words import Status
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.enterprises.forms import CommunityForm, StatusForm
from qinqing.web.gate import Request, screen


@screen(Right.READ_ENTERPRISES)
def status(request: Request, enterprise_id: int) -> HttpResponse:
    """Say that the firm works, half works, stands still, moved or is gone."""
    by = request.actor
    firm = reads.get_for(by, enterprise_id)
    policy.require_tend(by, firm)
    form = StatusForm(request.POST or None, initial={"status": firm.status})
    back = reverse("enterprise_sheet", args=[firm.pk])
    if request.method == "POST":
        done = respond.tried(
            form, lambda: files.change_status(enterprise_id=firm.pk, by=by, at=clock.now(), **form.cleaned_data)
        )
        if done:
            return respond.done(request, back, f"经营状态已改为“{Status.label_of(done.status)}”。")
    context = {"form": form, "title": f"{firm.name}：经营状态", "press": "保存", "back": back}
    return respond.screen(request, "enterprises/small.html", context)


@screen(Right.MANAGE_ENTERPRISES)
def community(request: Request, enterprise_id: int) -> HttpResponse:
    """Give the firm its community, or another."""
    by = request.actor
    firm = reads.get_for(by, enterprise_id)
    form = CommunityForm(request.POST or None, town_id=by.town_id, initial={"community_id": firm.community_id})
    back = reverse("enterprise_sheet", args=[firm.pk])
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: files.assign_community(
                enterprise_ids=[firm.pk], community_id=form.cleaned_data["community_id"], by=by, at=clock.now()
            ),
        )
        if done is not None:
            return respond.done(request, back, "属地已更新。" if done else "属地没有变化。")
    context = {"form": form, "title": f"{firm.name}：属地", "press": "保存", "back": back}
    return respond.screen(request, "enterprises/small.html", context)


@require_POST
@screen(Right.READ_ENTERPRISES)
def verify(request: Request, enterprise_id: int) -> HttpResponse:
    """Confirm that the file is right as it stands."""
    files.confirm_verified(enterprise_id=enterprise_id, by=request.actor, at=clock.now())
    return respond.done(request, reverse("enterprise_sheet", args=[enterprise_id]), "已记下：信息核实无误。")
