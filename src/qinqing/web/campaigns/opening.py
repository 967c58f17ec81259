"""Opening a campaign: what for, when, which enterprises; how many it will be is shown before."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse

from qinqing.campaigns import actions, policy
from qinqing.checklists import reads as checklists
from qinqing.enterprises import industries
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.outreach.reads.targets import Target, firms_for
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.forms import Choice, Day, Line, Long
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.batches import TargetForm


class CampaignForm(TargetForm):
    """What, why, when, and which enterprises."""

    name = Line("名称", 60, placeholder="如：有限空间专项排查")
    basis = Line("依据或事由", 120, help_text="文件名称、文号，或为什么开展。")
    starts_on = Day("开始")
    ends_on = Day("结束")
    checklist = Choice(
        "用哪张清单", required=False, help_text="选了清单，走访时做完这张清单才算已走访；不选，期间内走访过就算。"
    )
    text = Long("要求", 2000, rows=3, required=False)
    industry = Line(
        "行业", 4, required=False, keyboard="numeric", help_text="国标行业代码的开头，如 36（汽车制造业）；留空不限。"
    )
    field_order = (
        "name", "basis", "starts_on", "ends_on", "checklist", "text",
        "community_id", "park_id", "scale", "tag", "industry", "only_key",
    )  # fmt: skip

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        lists = checklists.current(by.town_id).values()
        self.fields["checklist"].choices = [("", "不指定"), *((one.code, one.title) for one in lists)]  # type: ignore[attr-defined]
        self.fields["only_key"].label = "只选重点行业领域企业"

    def clean_industry(self) -> str:
        """Return a code the table has, or "".

        Raises:
            ValidationError: the table has no such code.
        """
        code = industries.normalise(self.cleaned_data["industry"])
        if code and not industries.name_of(code):
            raise ValidationError("国标行业分类里没有这个代码，请写开头两到四位数字。")
        return code

    @property
    def target(self) -> Target:
        """Return what the enterprises are narrowed to; expects a form in order."""
        data = self.cleaned_data
        return Target(
            data.get("community_id"), data["park_id"], data["scale"], data["tag"], data["only_key"], data["industry"]
        )


_NARROWING = ("community_id", "park_id", "scale", "tag", "industry")


@screen(Right.OPEN_CAMPAIGN)
def new(request: Request) -> HttpResponse:
    """Open a campaign. Source: 三职(一)-4."""
    by, at = request.actor, clock.now()
    policy.require_open(by)
    counted: int | None = None
    form = (
        CampaignForm(by, request.POST)
        if request.method == "POST"
        else CampaignForm(by, initial={"starts_on": at.date()})
    )
    if request.method == "POST" and "count" in request.POST:
        form.is_valid()
        if not any(name in form.errors for name in _NARROWING):
            counted = firms_for(by, form.target).count()
    elif request.method == "POST":
        made = respond.tried(form, lambda: _open(form, by, at))
        if made:
            sentence = f"已开展，共{made.firms_count}家企业，村（社区）和主责网格员会收到消息。"
            return respond.done(request, reverse("campaign", args=[made.pk]), sentence)
    status = 200 if counted is not None else None
    return respond.screen(request, "campaigns/new.html", {"form": form, "counted": counted}, status=status)


def _open(form: CampaignForm, by: Actor, at: Any) -> Any:
    data = {name: form.cleaned_data[name] for name in ("name", "basis", "starts_on", "ends_on", "checklist", "text")}
    return actions.open_campaign(**data, target=form.target, by=by, at=at)
