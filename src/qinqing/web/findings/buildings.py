"""房屋登记册: list, one building, and the form of each step."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from qinqing.documents import reads as papers
from qinqing.documents.words import PaperKind, Subject
from qinqing.findings import actions, reads
from qinqing.findings.reads import registers
from qinqing.findings.reads.registers import BUILDING_STANDS, BuildingSheet
from qinqing.findings.words import BuildingStep, Grade, LandType, Remedy, Structure
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people.rights import Right, may
from qinqing.web import asked, gate, respond
from qinqing.web.findings.illegal import Amount, chips
from qinqing.web.findings.shared import AboutFirm, Photos, brought, firm_named, tabs
from qinqing.web.forms import Choice, Day, Form, Line, Long, Moment, Whole, Yes

_DETAILS = (
    "name", "address", "owner", "user", "land_type", "structure", "floors", "area_m2", "built_year", "is_listed", "hazard",
)  # fmt: skip


class DetailsForm(Form):
    """What the register holds of a building."""

    name = Line("房屋", 60, placeholder="如：三号车间")
    address = Line("位置", 120, required=False)
    owner = Line("产权人", 120)
    user = Line("使用人", 120)
    land_type = Choice("土地性质", LandType.choices(), required=False)
    structure = Choice("结构", Structure.choices(), required=False)
    floors = Whole("层数", low=1, high=99, required=False)
    area_m2 = Amount("建筑面积（平方米）", required=False)
    built_year = Whole("建成年份", low=1900, high=2100, required=False)
    is_listed = Yes("已登记在册的危房")
    hazard = Long("存在的隐患", 2000, rows=3, help_text="只写看到的，如：东墙斜裂缝约两米。")

    def details(self) -> dict[str, Any]:
        """Return what was filled in, by the names of the register."""
        return {name: self.cleaned_data[name] for name in _DETAILS}


class NewForm(AboutFirm, DetailsForm):
    """A building new on the register."""

    files = Photos(required=False)  # type: ignore[assignment]  # a field, not the form's own files
    field_order = ("firm", "name", "hazard", "files", "owner", "user", "address")


class TellForm(Form):
    """Who was told, and when."""

    owner_at = Moment("什么时候告知产权人", required=False)
    user_at = Moment("什么时候告知使用人", required=False)
    text = Long("怎样告知、说了什么", 2000, rows=3)
    files = Photos("回执或照片", required=False)  # type: ignore[assignment]  # a field, not the form's own files


class AppraiseForm(Form):
    """What an appraisal found."""

    grade = Choice("鉴定等级", [(one.value, one.label) for one in Grade if one], open_=True)
    on = Day("鉴定日期")
    appraiser = Line("鉴定机构", 120)
    report_no = Line("报告编号", 60)
    files = Photos("报告", required=False)  # type: ignore[assignment]  # a field, not the form's own files


class RemedyForm(Form):
    """How it was made safe."""

    remedy = Choice("整治方式", [(one.value, one.label) for one in Remedy if one], open_=True)
    on = Day("整治日期")
    text = Long("整治情况", 2000, rows=3)
    files = Photos(required=False)  # type: ignore[assignment]  # a field, not the form's own files


class WordsForm(Form):
    """Only words."""

    text = Long("情况", 2000, rows=3)


_FORMS: dict[BuildingStep, type[Form]] = {
    BuildingStep.EDIT: DetailsForm,
    BuildingStep.TELL: TellForm,
    BuildingStep.APPRAISE: AppraiseForm,
    BuildingStep.SKIP_APPRAISAL: WordsForm,
    BuildingStep.REMEDY: RemedyForm,
    BuildingStep.CLOSE: WordsForm,
    BuildingStep.REOPEN: WordsForm,
}
_LABELS = {
    BuildingStep.SKIP_APPRAISAL: "不需鉴定的理由",
    BuildingStep.CLOSE: "销号意见",
    BuildingStep.REOPEN: "发现的隐患",
}


@gate.screen(Right.READ_VISITS)
def buildings(request: gate.Request) -> HttpResponse:
    """Show a page of the register."""
    by, at = request.actor, clock.now()
    stand = asked.one_of(request, "stand", BUILDING_STANDS, "open")
    community = asked.number(request, "community")
    page = registers.buildings(by, stand, at, community=community, before=asked.number(request, "before"))
    query = {"stand": stand} | ({"community": str(community)} if community else {})
    context = {
        "tabs": tabs(by, at, "buildings"),
        "page": page,
        "chips": chips("buildings", BUILDING_STANDS, stand, late="late"),
        "query": urlencode(query),
        "next": f"?{urlencode(query | {'before': str(page.next)})}" if page.next else "",
        "may_register": registers.may_register(by),
        "may_export": may(by.post, Right.EXPORT),
        "papers": papers.beside(by, Subject.TOWN, stand, [PaperKind.BUILDINGS]),
        "stand": stand,
    }
    return respond.screen(request, "findings/buildings.html", context, fragment="rows")


@gate.screen(Right.READ_VISITS)
def building(request: gate.Request, building_id: int) -> HttpResponse:
    """Show one building."""
    found = registers.building(request.actor, building_id, clock.now())
    return respond.screen(request, "findings/building.html", {"sheet": found, "row": found.row})


@gate.screen(Right.VISIT)
def building_new(request: gate.Request) -> HttpResponse:
    """Put a building on the register, by itself or out of a finding."""
    by, at = request.actor, clock.now()
    if not registers.may_register(by):
        raise NotAllowed("登记册由属地村（社区）、网格员和主管部门登记，您可以查看。")
    finding = _finding(request)
    if request.method == "POST":
        form = NewForm(by, request.POST, request.FILES)
        made = respond.tried(
            form,
            lambda: actions.register_building(
                enterprise_id=form.cleaned_data["firm"],
                details=form.details(),
                finding_id=finding.pk if finding else None,
                photos=brought(form, by=by, at=at),
                by=by,
                at=at,
            ),
        )
        if made:
            return respond.done(request, reverse("building", args=[made.pk]), f"{made.number} 已列入登记册。")
    else:
        firm = finding.enterprise.name if finding else firm_named(request)
        given = {"firm": firm, "user": firm, "hazard": finding.text if finding else ""}
        form = NewForm(by, initial=given | ({"name": finding.place_text} if finding else {}))
    return respond.screen(request, "findings/building_new.html", {"form": form, "finding": finding})


def _finding(request: gate.Request) -> Any:
    wanted = asked.number(request, "finding")
    return reads.get_for(request.actor, wanted) if wanted else None


@gate.screen(Right.VISIT)
def building_step(request: gate.Request, building_id: int, verb: str) -> HttpResponse:
    """Ask what a step needs, then do it."""
    if verb not in {step.value for step in _FORMS}:
        raise Http404
    by, at, step = request.actor, clock.now(), BuildingStep(verb)
    found = registers.building(by, building_id, at)
    if not found.steps:
        raise NotAllowed("登记册由属地村（社区）、网格员和主管部门登记，您可以查看。")
    form = _form(request, step, found)
    here = reverse("building", args=[building_id])
    if request.method == "POST":
        done = respond.tried(form, lambda: _ACT[step](building_id, form, by, at))
        if done:
            return respond.done(request, here, f"{step.label}：已登记。")
    elif step not in found.steps:
        raise NotFound("现在还不到这一步，或已经办过，请刷新看看最新情况。")
    context = {"form": form, "sheet": found, "row": found.row, "step": step, "back": here}
    return respond.screen(request, "findings/register_step.html", context)


def _form(request: gate.Request, step: BuildingStep, found: BuildingSheet) -> Form:
    kind = _FORMS[step]
    if request.method == "POST":
        form = kind(request.POST, request.FILES)
    elif step is BuildingStep.EDIT:
        form = kind(initial={name: getattr(found.row, name) for name in _DETAILS})
    else:
        form = kind()
    if step in _LABELS:
        form.fields["text"].label = _LABELS[step]
        form.fields["text"].error_messages["required"] = f"请填写{_LABELS[step]}。"
    return form


def _with(form: Form, *names: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}


_ACT: dict[BuildingStep, Callable[[int, Any, Actor, datetime], Any]] = {
    BuildingStep.EDIT: lambda pk, form, by, at: actions.edit_building(
        building_id=pk, details=form.details(), by=by, at=at
    ),
    BuildingStep.TELL: lambda pk, form, by, at: actions.tell_building(
        building_id=pk, photos=brought(form, by=by, at=at), by=by, at=at, **_with(form, "owner_at", "user_at", "text")
    ),
    BuildingStep.APPRAISE: lambda pk, form, by, at: actions.appraise_building(
        building_id=pk,
        photos=brought(form, by=by, at=at),
        by=by,
        at=at,
        **_with(form, "grade", "on", "appraiser", "report_no"),
    ),
    BuildingStep.SKIP_APPRAISAL: lambda pk, form, by, at: actions.skip_appraisal(
        building_id=pk, by=by, at=at, **_with(form, "text")
    ),
    BuildingStep.REMEDY: lambda pk, form, by, at: actions.remedy_building(
        building_id=pk, photos=brought(form, by=by, at=at), by=by, at=at, **_with(form, "remedy", "on", "text")
    ),
    BuildingStep.CLOSE: lambda pk, form, by, at: actions.close_building(
        building_id=pk, by=by, at=at, **_with(form, "text")
    ),
    BuildingStep.REOPEN: lambda pk, form, by, at: actions.reopen_building(
        building_id=pk, by=by, at=at, **_with(form, "text")
    ),
}
