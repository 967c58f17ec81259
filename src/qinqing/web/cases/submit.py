"""代企业提诉求 and 上报问题: forms by which staff bring a matter in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from qinqing.cases import files
from qinqing.cases.actions.submit import report, submit
from qinqing.cases.terms import current_terms
from qinqing.cases.words import Kind, Severity, Source, StopResponse
from qinqing.enterprises import listing
from qinqing.enterprises import reads as enterprises
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind, Role
from qinqing.web import asked, gate, respond
from qinqing.web.forms import CHOOSE, Choice, Files, Form, Line, Long, Moment, Yes

_OFFICER_WAYS = [("当面", "当面"), ("电话", "电话"), ("书面", "书面")]


class _AboutFirm(Form):
    """What both forms ask: which enterprise, what it is about."""

    firm = Line("企业", 120, placeholder="名称、统一代码或拼音首字母")

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def clean_firm(self) -> int:
        """Return the id of the one enterprise that was meant.

        Raises:
            Refused: none or several; the message names them.
        """
        typed = self.cleaned_data["firm"]
        found = listing.search(self.by, typed, size=6).rows
        hits = [firm for firm in found if typed in (firm.name, firm.number)] or found
        if len(hits) == 1:
            return hits[0].id
        if not hits and (elsewhere := enterprises.by_exact_name(self.by.town_id, typed)):
            return elsewhere
        if not hits:
            self.add_error("firm", "没有找到这家企业。不是您联系的企业，请写全名或统一代码；新企业请先建档。")
        else:
            self.add_error("firm", "找到多家，请写全名：" + "、".join(firm.name for firm in hits[:5]))
        return 0

    def received(self) -> list[files.Received]:
        """Return the uploaded files, checked and stored."""
        return [files.receive(one.name or "附件", one) for one in self.cleaned_data.get("files") or []]


class SubmitForm(_AboutFirm):
    """A demand on an enterprise's behalf."""

    text = Long("企业说了什么", 10_000, rows=6, help_text="用企业自己的话写。")
    title = Line("标题", 80, required=False, help_text="留空则取第一句。")
    topic = Choice("事项类别", required=False)
    told_at = Moment("企业什么时候说的", required=False, help_text="期限从企业说起那天算；留空即现在。")
    source = Choice(
        "怎么知道的", [(s.value, s.label) for s in (Source.PROXY, Source.VISIT)], open_=True, initial=Source.PROXY.value
    )
    files = Files("附件", accept=files.ACCEPT)  # type: ignore[assignment]  # a field, not the form's own files

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        _, terms = current_terms(by.book)
        self.fields["topic"].choices = [("", "还不清楚"), *((t.code, t.name) for t in terms.matters(Kind.DEMAND))]  # type: ignore[attr-defined]


class ReportForm(_AboutFirm):
    """A suspected problem; the stop notice comes first for grid officers."""

    stop_response = Choice(
        "已告知企业中止，企业", [(r.value, r.label) for r in StopResponse], open_=True, required=False
    )
    stop_whom = Line("告知了谁", 60, required=False)
    stop_at = Moment("告知时间", required=False)
    stop_way = Choice("怎样告知", _OFFICER_WAYS, open_=True, required=False)
    stop_why_not = Line("未能告知的原因", 200, required=False, placeholder="如：现场无人；情况紧急先报")
    topic = Choice("问题类别")
    severity = Choice("看起来多严重", [(s.value, s.label) for s in Severity], open_=True)
    text = Long("发现的情况", 10_000, rows=6, help_text="措辞中性，未经核实写“疑似”。")
    title = Line("标题", 80, required=False, help_text="留空则取第一句。")
    place = Line("具体地点", 120, required=False)
    several_offices = Yes("涉及多个部门，需要会商")
    complainant = Line("投诉人", 200, required=False, help_text="只有劳动类投诉登记，加密保存，只有承办单位看得到。")
    files = Files("影像资料", accept=files.ACCEPT)  # type: ignore[assignment]  # a field, not the form's own files

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        _, terms = current_terms(by.book)
        self.fields["topic"].choices = [CHOOSE, *((t.code, t.name) for t in terms.matters(Kind.PROBLEM))]  # type: ignore[attr-defined]
        by_community = by.office_kind == OfficeKind.COMMUNITY or by.post == Role.GRID_OFFICER
        for name in ("several_offices", "complainant") if by_community else ():
            del self.fields[name]


@gate.screen(Right.SUBMIT)
def cases_submit(request: gate.Request) -> HttpResponse:
    """Bring in a demand for an enterprise; whoever does is 首问责任人."""
    if request.actor.enterprise_id is not None:
        return respond.go(request, reverse("portal_submit"))
    form = SubmitForm(request.actor, **_given(request))
    if request.method == "POST":
        case = respond.tried(form, lambda: _submit(request, form))
        if case:
            sentence = f"{case.number} 已登记，您是首问责任人；最迟{case.due_at:%m月%d日}答复企业。"
            return respond.done(request, reverse("cases_sheet", args=[case.pk]), sentence)
    return respond.screen(request, "cases/submit.html", {"form": form})


@gate.screen(Right.REPORT_PROBLEM)
def cases_report(request: gate.Request) -> HttpResponse:
    """Report a suspected problem."""
    form = ReportForm(request.actor, **_given(request))
    if request.method == "POST":
        case = respond.tried(form, lambda: _report(request, form))
        if case:
            return respond.done(request, reverse("cases_sheet", args=[case.pk]), f"{case.number} 已上报。")
    return respond.screen(request, "cases/report.html", {"form": form})


def _given(request: HttpRequest) -> dict[str, Any]:
    if request.method == "POST":
        return {"data": request.POST, "files": request.FILES}
    return {"initial": {"firm": asked.words(request, "firm", 120)}}


def _key(request: HttpRequest) -> str:
    return request.POST.get("press_key", "")[:40]


def _submit(request: gate.Request, form: SubmitForm) -> Any:
    data = form.cleaned_data
    return submit(
        by=request.actor,
        at=clock.now(),
        enterprise_id=data["firm"],
        text=data["text"],
        title=data["title"],
        topic=data["topic"],
        told_at=data["told_at"],
        source=data["source"],
        files=form.received(),
        press_key=_key(request),
    )


def _report(request: gate.Request, form: ReportForm) -> Any:
    data = form.cleaned_data
    if not form.has_changed():
        raise Refused("nothing", "请填写发现的情况。")
    return report(
        by=request.actor,
        at=clock.now(),
        enterprise_id=data["firm"],
        files=form.received(),
        press_key=_key(request),
        **{name: data[name] for name in form.fields if name not in ("firm", "files")},
    )
