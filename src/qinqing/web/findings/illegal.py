"""两违登记册: list, one line, and the form of each step."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from qinqing.documents import reads as papers
from qinqing.documents.words import PaperKind, Subject
from qinqing.findings import actions
from qinqing.findings.reads import registers
from qinqing.findings.reads.registers import ILLEGAL_STANDS, IllegalSheet
from qinqing.findings.words import BuildStage, IllegalKind, IllegalSource, IllegalStep
from qinqing.kernel import clock
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people.rights import Right, may
from qinqing.web import asked, gate, respond
from qinqing.web.findings.shared import AboutFirm, Photos, StopFields, brought, firm_named, key_of, tabs
from qinqing.web.forms import Choice, Day, Form, Line, Long

_DETAILS = ("kind", "source", "source_no", "location", "area_m2", "stage")


class Amount(forms.DecimalField):
    """A number of square metres."""

    def __init__(self, label: str, **more: Any) -> None:
        """Take the label."""
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, min_value=Decimal(0), max_digits=10, decimal_places=2, widget=widget, **more)


class DetailsForm(Form):
    """What the register holds of a 两违."""

    kind = Choice("类型", IllegalKind.choices(), open_=True)
    source = Choice("来源", IllegalSource.choices(), open_=True)
    source_no = Line("信访或举报编号", 60, required=False)
    location = Line("位置", 120, placeholder="如：厂区北侧围墙外")
    area_m2 = Amount("面积（平方米）", required=False)
    stage = Choice("建设阶段", BuildStage.choices(), required=False)

    def details(self) -> dict[str, Any]:
        """Return what was filled in, by the names of the register."""
        return {name: self.cleaned_data[name] for name in _DETAILS}


class NewForm(AboutFirm, DetailsForm, StopFields):
    """A 两违 new on the register: pictures are evidence here."""

    text = Long("发现的情况", 10_000, rows=4, help_text="只写看到的事实，未经核实写“疑似”。")
    files = Photos("影像资料（全景和局部）", error_messages={"required": "“两违”线索请附影像资料。"}, required=True)  # type: ignore[assignment]
    field_order = ("firm", "kind", "location", "text", "files", "area_m2", "stage", "source", "source_no")

    @property
    def first(self) -> list[Any]:
        """Return the fields before the stop notice."""
        return [bound for bound in self if not bound.name.startswith("stop_")]

    @property
    def stops(self) -> list[Any]:
        """Return the fields of the stop notice."""
        return [bound for bound in self if bound.name.startswith("stop_")]


class StepForm(Form):
    """One step: what this kind of step asks for."""

    passed = Choice("回头看结果", [("yes", "没有反弹"), ("no", "有反弹，重新列入")], open_=True)
    to_office = Line("移送单位", 60)
    transfer_no = Line("移送文号", 60, required=False)
    on = Day("日期", required=False, help_text="留空即今天。")
    text = Long("情况", 2000, rows=3)
    files = Photos("影像资料", required=False)  # type: ignore[assignment]  # a field, not the form's own files

    def __init__(self, step: IllegalStep, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drops = {"passed", "to_office", "transfer_no", "on"} - _ASKS.get(step, frozenset())
        for name in drops:
            del self.fields[name]
        if step is IllegalStep.CLEAR:
            self.fields["files"].required = True
            self.fields["files"].error_messages["required"] = "请附拆除或整改到位后的影像资料。"


_ASKS: Mapping[IllegalStep, frozenset[str]] = {
    IllegalStep.TRANSFER: frozenset({"to_office", "transfer_no", "on"}),
    IllegalStep.CLEAR: frozenset({"on"}),
    IllegalStep.LOOK_BACK: frozenset({"passed"}),
}


def chips(name: str, stands: Mapping[str, str], here: str, *, late: str = "") -> list[dict[str, object]]:
    """Return the chips of a register."""
    return [
        {"label": label, "url": f"{reverse(name)}?stand={stand}", "is_on": stand == here, "is_late": stand == late}
        for stand, label in stands.items()
    ]


@gate.screen(Right.READ_VISITS)
def illegal_buildings(request: gate.Request) -> HttpResponse:
    """Show a page of the register."""
    by, at = request.actor, clock.now()
    stand = asked.one_of(request, "stand", ILLEGAL_STANDS, "open")
    community = asked.number(request, "community")
    page = registers.illegal_buildings(by, stand, at, community=community, before=asked.number(request, "before"))
    query = {"stand": stand} | ({"community": str(community)} if community else {})
    context = {
        "tabs": tabs(by, at, "illegal_buildings"),
        "page": page,
        "chips": chips("illegal_buildings", ILLEGAL_STANDS, stand),
        "query": urlencode(query),
        "next": f"?{urlencode(query | {'before': str(page.next)})}" if page.next else "",
        "may_register": registers.may_register(by),
        "may_export": may(by.post, Right.EXPORT),
        "papers": papers.beside(by, Subject.TOWN, stand, [PaperKind.ILLEGAL]),
        "stand": stand,
    }
    return respond.screen(request, "findings/illegal_buildings.html", context, fragment="rows")


@gate.screen(Right.READ_VISITS)
def illegal_building(request: gate.Request, illegal_id: int) -> HttpResponse:
    """Show one line."""
    found = registers.illegal(request.actor, illegal_id, clock.now())
    return respond.screen(request, "findings/illegal_building.html", {"sheet": found, "row": found.row})


@gate.screen(Right.VISIT)
def illegal_new(request: gate.Request) -> HttpResponse:
    """Put a 两违 on the register, which makes it a finding and a problem as well."""
    by, at = request.actor, clock.now()
    if not registers.may_register(by):
        raise NotAllowed("登记册由属地村（社区）、网格员和主管部门登记，您可以查看。")
    if request.method == "POST":
        form = NewForm(by, request.POST, request.FILES)
        made = respond.tried(
            form,
            lambda: actions.register_illegal(
                enterprise_id=form.cleaned_data["firm"],
                text=form.cleaned_data["text"],
                stop=form.stop(),
                photos=brought(form, by=by, at=at),
                press_key=key_of(request),
                by=by,
                at=at,
                **form.details(),
            ),
        )
        if made:
            number = made.case.number if made.case else ""
            sentence = f"{made.number} 已列入登记册，并作为企业问题上报 {number}。"
            return respond.done(request, reverse("illegal_building", args=[made.pk]), sentence)
    else:
        form = NewForm(by, initial={"firm": firm_named(request), "source": IllegalSource.PATROL.value})
    return respond.screen(request, "findings/illegal_new.html", {"form": form})


@gate.screen(Right.VISIT)
def illegal_step(request: gate.Request, illegal_id: int, verb: str) -> HttpResponse:
    """Ask what a step needs, then do it."""
    if verb not in {step.value for step in IllegalStep} - {IllegalStep.REGISTER.value}:
        raise Http404
    by, at, step = request.actor, clock.now(), IllegalStep(verb)
    found = registers.illegal(by, illegal_id, at)
    if not found.steps:
        raise NotAllowed("登记册由属地村（社区）、网格员和主管部门登记，您可以查看。")
    form = _form(request, step, found)
    here = reverse("illegal_building", args=[illegal_id])
    if request.method == "POST":
        done = respond.tried(form, lambda: _act(request, step, illegal_id, form))
        if done:
            return respond.done(request, here, f"{step.label}：已登记。")
    elif step not in found.steps:
        raise NotFound("现在还不到这一步，或已经办过，请刷新看看最新情况。")
    context = {"form": form, "sheet": found, "row": found.row, "step": step, "back": here}
    return respond.screen(request, "findings/register_step.html", context)


def _form(request: gate.Request, step: IllegalStep, found: IllegalSheet) -> Form:
    if step is IllegalStep.EDIT:
        if request.method == "POST":
            return DetailsForm(request.POST)
        return DetailsForm(initial={name: getattr(found.row, name) for name in _DETAILS})
    return StepForm(step, request.POST, request.FILES) if request.method == "POST" else StepForm(step)


def _act(request: gate.Request, step: IllegalStep, illegal_id: int, form: Any) -> object:
    by, at = request.actor, clock.now()
    if step is IllegalStep.EDIT:
        return actions.edit_illegal(illegal_id=illegal_id, by=by, at=at, **form.details())
    data = form.cleaned_data
    return actions.step_illegal(
        illegal_id=illegal_id,
        step=step.value,
        text=data["text"],
        photos=brought(form, by=by, at=at),
        on=data.get("on"),
        to_office=data.get("to_office", ""),
        transfer_no=data.get("transfer_no", ""),
        passed={"yes": True, "no": False}.get(data.get("passed", "")),
        by=by,
        at=at,
    )
