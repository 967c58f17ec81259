"""宣传发放: batches with their coverage, sending one, receipts."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import Scale, Tag
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.outreach.actions import publicity as actions
from qinqing.outreach.reads import publicity as reads
from qinqing.outreach.reads.targets import Target, firms_for
from qinqing.outreach.words import ReceiptWay
from qinqing.people import reads as people
from qinqing.people.rights import Right, may
from qinqing.people.words import OfficeKind
from qinqing.web import asked, respond
from qinqing.web.forms import Choice, Choices_, Day, Form, Line, Long, Yes
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import files, tabs
from qinqing.web.outreach.materials import shown

WAYS = [(way.value, way.label) for way in ReceiptWay if way is not ReceiptWay.WAITING]


class TargetForm(Form):
    """Which enterprises: nothing chosen means all in reach."""

    community_id = Choice("村（社区）", required=False, to=int)
    park_id = Choice("园区", required=False, to=int)
    scale = Choice("规模", [("", "不限"), *Scale.choices()], required=False)
    tag = Choice("特征", [("", "不限"), *Tag.choices()], required=False)
    only_key = Yes("只发重点行业领域企业")

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.office_kind == OfficeKind.COMMUNITY:
            del self.fields["community_id"]
        else:
            offices = people.offices(by.town_id, [OfficeKind.COMMUNITY])
            self.fields["community_id"].choices = [("", "不限"), *((one.pk, one.short) for one in offices)]  # type: ignore[attr-defined]
        parks = enterprises.parks(by.town_id)
        self.fields["park_id"].choices = [("", "不限"), *((one.pk, one.name) for one in parks)]  # type: ignore[attr-defined]

    @property
    def target(self) -> Target:
        """Return what the firms are narrowed to; expects a form in order."""
        data = self.cleaned_data
        return Target(data.get("community_id"), data["park_id"], data["scale"], data["tag"], data["only_key"])


class BatchForm(TargetForm):
    """What, to whom, until when."""

    materials = Choices_("发什么", to=int)
    title = Line("标题", 120, required=False, help_text="留空用第一份资料的标题。")
    note = Long("说明", 2000, rows=3, required=False, help_text="企业会看到。")
    due_on = Day("最迟回执", required=False)
    field_order = ("materials", "title", "note", "due_on", "community_id", "park_id", "scale", "tag", "only_key")

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        rows = reads.materials(by)[: reads.PAGE]
        self.fields["materials"].choices = [(one.id, f"{one.title}（{one.kind}）") for one in rows]  # type: ignore[attr-defined]


@screen(Right.READ_OUTREACH)
def batches(request: Request) -> HttpResponse:
    """Show the batches with their coverage."""
    by = request.actor
    found = reads.batches(by, before=asked.number(request, "before"))
    page = found[: reads.PAGE]
    context = {
        "rows": page,
        "next": f"?before={page[-1].id}" if len(found) > reads.PAGE else "",
        "may_send": may(by.post, Right.ARRANGE),
        "today": clock.now().date(),
        "tabs": tabs(by, "publicity"),
    }
    return respond.screen(request, "outreach/batches.html", context)


@screen(Right.ARRANGE)
def new(request: Request) -> HttpResponse:
    """Choose materials and enterprises; how many it will reach is shown before it goes out."""
    by, at = request.actor, clock.now()
    counted: int | None = None
    if request.method == "POST":
        form = BatchForm(by, request.POST)
        if "count" in request.POST:
            form.is_valid()
            counted = firms_for(by, form.target).count() if "scale" in form.cleaned_data else None
        else:
            made = respond.tried(form, lambda: _send(form, by, at))
            if made:
                total = reads.batch(by, made.pk).coverage.total
                return respond.done(request, reverse("outreach_batch", args=[made.pk]), f"已发给{total}家企业。")
    else:
        form = BatchForm(by, initial={"materials": [asked.number(request, "material")]})
    context = {"form": form, "counted": counted, "has_materials": bool(form.fields["materials"].choices)}  # type: ignore[attr-defined]
    status = 200 if counted is not None else None
    return respond.screen(request, "outreach/batch_new.html", context, status=status)


def _send(form: BatchForm, by: Actor, at: Any) -> Any:
    data = form.cleaned_data
    return actions.send_batch(
        material_ids=data["materials"],
        target=form.target,
        title=data["title"],
        note=data["note"],
        due_on=data["due_on"],
        by=by,
        at=at,
    )


@screen(Right.READ_OUTREACH)
def sheet(request: Request, batch_id: int) -> HttpResponse:
    """Show one batch with its receipts."""
    by = request.actor
    found = reads.batch(by, batch_id)
    way = request.GET.get("way")
    chosen = way if way in dict(ReceiptWay.choices()) else None
    rows = reads.receipts(by, batch_id, way=chosen, after=asked.number(request, "after"))
    page = rows[: reads.RECEIPTS]
    here = reverse("outreach_batch", args=[batch_id])
    narrowed = f"way={chosen}&" if chosen is not None else ""
    context = {
        "sheet": found,
        "batch": found.batch,
        "papers": [{"paper": one, "files": shown(one)} for one in found.papers],
        "rows": [{"line": one, "files": files(one.photos)} for one in page],
        "next": f"?{narrowed}after={page[-1].id}" if len(rows) > reads.RECEIPTS else "",
        "pills": [
            ("全部", here, chosen is None),
            *((label, f"{here}?way={code}", chosen == code) for code, label in ReceiptWay.choices()),
        ],
        "ways": WAYS,
        "may_note": may(by.post, Right.REACH_OUT) and found.batch.closed_at is None,
    }
    return respond.screen(request, "outreach/batch.html", context)


@require_POST
@screen(Right.REACH_OUT)
def receipts(request: Request, batch_id: int) -> HttpResponse:
    """Note how the ticked enterprises took it."""
    by, at = request.actor, clock.now()
    ticked = [
        int(one) for one in request.POST.getlist("enterprise") if one.isascii() and one.isdecimal() and len(one) < 19
    ]
    name, way = request.POST.get("name", "")[:60], request.POST.get("way", "")
    taken = actions.take_receipts(
        batch_id=batch_id, answers=[actions.Answer(firm, way, name) for firm in ticked], by=by, at=at
    )
    return respond.done(request, reverse("outreach_batch", args=[batch_id]), f"已登记{len(taken)}家的回执。")


@require_POST
@screen(Right.ARRANGE)
def close(request: Request, batch_id: int) -> HttpResponse:
    """Wait for no more receipts."""
    actions.close_batch(batch_id=batch_id, by=request.actor, at=clock.now())
    return respond.done(request, reverse("outreach_batch", args=[batch_id]), "已结束发放。")
