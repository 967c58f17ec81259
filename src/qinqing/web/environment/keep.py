"""Keeping an environment file: the card, 产污环节, papers, self-monitoring, 执行报告. Each is one short form."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.enterprises import reads as enterprises
from qinqing.environment import reads
from qinqing.environment.actions import papers, yearly
from qinqing.environment.actions import profile as cards
from qinqing.environment.words import Drainage, PaperKind, PermitClass, Result
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.forms import CHOOSE, Choice, Day, Form, Line, Long, Yes
from qinqing.web.gate import Request, screen


class ProfileForm(Form):
    """The card. What the firm emits in kind (涉气、危废) is a tag of its file."""

    process = Long("工艺流程", 4000, rows=4, required=False, placeholder="如：注塑—破碎回用—喷漆—装配")
    permit_class = Choice("排污许可类别", PermitClass.choices(), open_=True)
    is_quarterly = Yes("许可证要求季报")
    is_monthly = Yes("许可证要求月报")
    yearly_by = Line("年报最迟（次年）", 10, required=False, placeholder="01-31", help_text="以许可证副本为准。")
    reports_since = Day("执行报告从哪天起", required=False)
    drainage = Choice("雨污分流", Drainage.choices(), open_=True)
    hazardous_codes = Line("危废类别代码", 200, required=False, placeholder="如：HW49、HW12")
    storage = Line("危废贮存", 120, required=False, placeholder="如：20平方米危废间，贮存不超过一年")
    monitoring_times = Line(
        "许可证要求每年自行监测次数", 4, required=False, keyboard="numeric", help_text="留空按每年1次。"
    )
    measures_yellow = Long("黄色预警减排措施", 2000, rows=2, required=False)
    measures_orange = Long("橙色预警减排措施", 2000, rows=2, required=False)
    measures_red = Long("红色预警减排措施", 2000, rows=2, required=False)
    measures_other = Long("临时管控、错峰生产措施", 2000, rows=2, required=False)
    note = Long("备注", 2000, rows=2, required=False)


class StageForm(Form):
    """A 产污环节."""

    name = Line("产污环节", 60, placeholder="如：喷漆房、酸洗槽")
    pollutants = Line("污染因子", 120, required=False, placeholder="如：非甲烷总烃、颗粒物")
    facility = Line("治理设施", 120, required=False, placeholder="如：水帘+二级活性炭")
    principle = Long("工作原理与处理过程", 2000, rows=3, required=False)
    standard = Line("执行标准", 160, required=False)
    situation = Line("排放情况", 200, required=False, placeholder="如：每天8小时，15米排气筒")


class PaperForm(Form):
    """A permit or an agreement."""

    kind = Choice("种类", [CHOOSE, *PaperKind.choices()])
    number = Line("文号、证号或合同号", 80, required=False)
    whom = Line("发证机关或处置单位", 120, required=False, help_text="处置协议必填。")
    detail = Line("内容", 200, required=False, placeholder="如：报告表；HW49 年5吨")
    starts_on = Day("起", required=False)
    ends_on = Day("到期", required=False, help_text="处置协议必填；长期有效的手续留空。")


class EndForm(Form):
    """Why a paper holds no longer."""

    reason = Line("停用原因", 200, placeholder="如：已换发新证")


class MonitoringForm(Form):
    """A self-monitoring."""

    done_on = Day("监测（报告）日期")
    result = Choice("结果", Result.choices(), open_=True)
    agency = Line("监测单位", 120, required=False)
    items = Line("监测项目", 200, required=False, placeholder="如：有组织废气、厂界噪声")
    number = Line("报告编号", 80, required=False)


class ReportForm(Form):
    """A 执行报告 that was uploaded."""

    period = Choice("哪一期")
    sent_on = Day("上传日期")
    number = Line("回执号", 80, required=False)


@screen(Right.READ_ENTERPRISES)
def profile(request: Request, enterprise_id: int) -> HttpResponse:
    """Fill in or change the card."""
    by, at = request.actor, clock.now()
    found = reads.card(by, enterprise_id, today=at.date()).profile
    initial = {name: getattr(found, name) for name in ProfileForm.base_fields} if found else {
        "permit_class": PermitClass.UNKNOWN.value, "drainage": Drainage.UNKNOWN.value,
    }  # fmt: skip
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and _tried(
        form, lambda: cards.keep_profile(enterprise_id=enterprise_id, raw=form.cleaned_data, by=by, at=at)
    ):
        return _done(request, enterprise_id, "环保档案已更新。")
    return _form(request, enterprise_id, form, "更新环保档案", "保存", clause="附2环-(4)a")


@screen(Right.READ_ENTERPRISES)
def stage(request: Request, enterprise_id: int, stage_id: int | None = None) -> HttpResponse:
    """Register a 产污环节, or correct one."""
    by, at = request.actor, clock.now()
    card = reads.card(by, enterprise_id, today=at.date())
    found = next((one for one in card.stages if one.pk == stage_id), None)
    if stage_id is not None and found is None:
        raise NotFound("没有这个产污环节。")
    initial = {name: getattr(found, name) for name in StageForm.base_fields} if found else {}
    form = StageForm(request.POST or None, initial=initial)
    if request.method == "POST" and _tried(
        form,
        lambda: cards.keep_stage(enterprise_id=enterprise_id, stage_id=stage_id, by=by, at=at, **form.cleaned_data),
    ):
        return _done(request, enterprise_id, "产污环节已登记。")
    title = f"产污环节：{found.name}" if found else "登记产污环节"
    return _form(request, enterprise_id, form, title, "保存", clause="附2环-(4)a")


@require_POST
@screen(Right.READ_ENTERPRISES)
def stage_end(request: Request, enterprise_id: int, stage_id: int) -> HttpResponse:
    """Say that a 产污环节 is no more."""
    cards.end_stage(enterprise_id=enterprise_id, stage_id=stage_id, by=request.actor, at=clock.now())
    return _done(request, enterprise_id, "已停用这个产污环节。")


@screen(Right.READ_ENTERPRISES)
def paper(request: Request, enterprise_id: int, paper_id: int | None = None) -> HttpResponse:
    """Register a permit or an agreement, or correct one."""
    by, at = request.actor, clock.now()
    card = reads.card(by, enterprise_id, today=at.date())
    found = next((one for one in card.papers if one.id == paper_id), None)
    if paper_id is not None and found is None:
        raise NotFound("没有这份手续，或已停用。")
    initial = (
        {name: getattr(found, name) for name in PaperForm.base_fields}
        if found
        else {"kind": request.GET.get("kind", "")}
    )
    form = PaperForm(request.POST or None, initial=initial)
    if request.method == "POST" and _tried(
        form,
        lambda: papers.keep_paper(enterprise_id=enterprise_id, paper_id=paper_id, by=by, at=at, **form.cleaned_data),
    ):
        return _done(request, enterprise_id, "手续已登记。")
    title = f"更正：{found.label}" if found else "登记环保手续或处置协议"
    return _form(request, enterprise_id, form, title, "保存", clause="附2环-(1)")


@screen(Right.READ_ENTERPRISES)
def paper_end(request: Request, enterprise_id: int, paper_id: int) -> HttpResponse:
    """Say that a paper holds no longer."""
    by, at = request.actor, clock.now()
    found = next((one for one in reads.card(by, enterprise_id, today=at.date()).papers if one.id == paper_id), None)
    if found is None:
        raise NotFound("没有这份手续，或已停用。")
    form = EndForm(request.POST or None)
    if request.method == "POST" and _tried(
        form,
        lambda: papers.end_paper(enterprise_id=enterprise_id, paper_id=paper_id, by=by, at=at, **form.cleaned_data),
    ):
        return _done(request, enterprise_id, "已停用。")
    return _form(request, enterprise_id, form, f"停用：{found.label} {found.number}", "停用", clause="附2环-(1)")


@screen(Right.READ_ENTERPRISES)
def monitoring(request: Request, enterprise_id: int) -> HttpResponse:
    """Register a self-monitoring."""
    by, at = request.actor, clock.now()
    form = MonitoringForm(request.POST or None, initial={"done_on": at.date()})
    if request.method == "POST" and _tried(
        form, lambda: yearly.note_monitoring(enterprise_id=enterprise_id, by=by, at=at, **form.cleaned_data)
    ):
        return _done(request, enterprise_id, "自行监测已登记。")
    return _form(request, enterprise_id, form, "登记自行监测", "保存", clause="附2环-(6)a")


@screen(Right.READ_ENTERPRISES)
def report(request: Request, enterprise_id: int) -> HttpResponse:
    """Register that a 执行报告 was uploaded."""
    by, at = request.actor, clock.now()
    open_ = [line for line in reads.card(by, enterprise_id, today=at.date()).reports if line.sent_on is None]
    given: dict[str, Any] = {"initial": {"sent_on": at.date(), "period": request.GET.get("period", "")}}
    form = ReportForm(request.POST or None, **given)
    form.fields["period"].choices = [CHOOSE, *((line.report.code, line.report.label) for line in open_)]  # type: ignore[attr-defined]
    if request.method == "POST" and _tried(
        form, lambda: yearly.note_report(enterprise_id=enterprise_id, by=by, at=at, **form.cleaned_data)
    ):
        return _done(request, enterprise_id, "执行报告已登记上传。")
    return _form(request, enterprise_id, form, "登记执行报告", "保存", clause="附2环-(6)b")


def _tried(form: Form, act: Callable[[], object]) -> bool:
    """Do the one action of a form; say whether it was done."""
    return respond.tried(form, act) is not None


def _done(request: Request, enterprise_id: int, told: str) -> HttpResponse:
    return respond.done(request, reverse("environment_card", args=[enterprise_id]), told)


def _form(request: Request, enterprise_id: int, form: Form, title: str, press: str, *, clause: str) -> HttpResponse:
    firm = enterprises.get_for(request.actor, enterprise_id)
    context = {"form": form, "firm": firm, "title": title, "press": press, "clause": clause}
    return respond.screen(request, "environment/keep.html", context)
