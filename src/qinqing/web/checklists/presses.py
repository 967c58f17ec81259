"""The presses on a version: publish, drop, retire. Each asks once more."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.checklists import actions, policy, reads
from qinqing.checklists.actions.versions import LONGEST_REASON
from qinqing.checklists.reads import Version
from qinqing.checklists.words import VersionState
from qinqing.kernel import clock
from qinqing.kernel.errors import TooLate
from qinqing.people.rights import Right
from qinqing.plan import reads as plans
from qinqing.web import forms, respond
from qinqing.web.gate import Request, screen


class RetireForm(forms.Form):
    """Why a list is no longer used."""

    reason = forms.Line("停用理由", LONGEST_REASON)


@screen(Right.MANAGE_CHECKLISTS)
def publish(request: Request, code: str, number: int) -> HttpResponse:
    """Bring a version that waits into use."""
    by, shown, here = request.actor, _kept(request, code, number), _here(code, number)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        done = actions.publish(code=code, number=number, by=by, at=clock.now())
        return respond.done(request, here, f"第{done.number}版已发布，今天起使用。")
    _require(shown, VersionState.DRAFT)
    mark = "它仍标“草案”，打印件也标。" if shown.is_draft_text else "它是镇里的正式文本，不再标“草案”。"
    return respond.sure(
        request,
        title=f"发布 {shown.title} 第{number}版",
        sentence=f"共{shown.items}项，今天起使用，现在的版本同时停用。发布后不能再改，要改只能另导入一版。{mark}"
        "网格员手机上已经下载的旧版仍可交，办公室会看到提示。",
        press="发布",
        back=here,
    )


@screen(Right.MANAGE_CHECKLISTS)
def drop(request: Request, code: str, number: int) -> HttpResponse:
    """Throw away a version that waits."""
    by, shown, here = request.actor, _kept(request, code, number), _here(code, number)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        actions.drop(code=code, number=number, by=by, at=clock.now())
        return respond.done(request, reverse("checklist", args=[code]), f"待发布的第{number}版已放弃。")
    _require(shown, VersionState.DRAFT)
    return respond.sure(
        request,
        title=f"放弃 {shown.title} 第{number}版",
        sentence="它还没有发布，放弃后就没有了。使用中的版本不受影响。",
        press="放弃",
        back=here,
        danger=True,
    )


@screen(Right.MANAGE_CHECKLISTS)
def retire(request: Request, code: str, number: int) -> HttpResponse:
    """Take the version in use out of use without a successor, saying why."""
    by, shown = request.actor, _kept(request, code, number)
    form = RetireForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = respond.tried(
            form, lambda: actions.retire(code=code, number=number, **form.cleaned_data, by=by, at=clock.now())
        )
        if done:
            return respond.done(request, _here(code, number), f"第{number}版已停用，企业不再需要这张清单。")
    else:
        _require(shown, VersionState.PUBLISHED)
    return respond.screen(request, "checklists/retire.html", {"shown": shown, "form": form})


def _kept(request: Request, code: str, number: int) -> Version:
    """Return a version of a list that the actor keeps."""
    shown = reads.version(code, number, by=request.actor)
    policy.require_manage(request.actor, code, plans.current(request.actor.book))
    return shown


def _here(code: str, number: int) -> str:
    return reverse("checklist_version", args=[code, number])


def _require(shown: Version, state: VersionState) -> None:
    if shown.status != state:
        raise TooLate("version_decided", f"第{shown.number}版现在是“{shown.status.label}”，请回到清单再看。")
