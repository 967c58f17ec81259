"""宣传资料库: what there is to hand out."""

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.evidence import reads as evidence
from qinqing.kernel import clock
from qinqing.outreach.actions import publicity as actions
from qinqing.outreach.reads import publicity as reads
from qinqing.outreach.words import Line as LineOfDuty
from qinqing.outreach.words import MaterialKind
from qinqing.people.rights import Right, may
from qinqing.people.words import Role
from qinqing.web import asked, gate, respond
from qinqing.web.forms import Choice, Form, Line, Long
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import attached, files_field, tabs


class MaterialForm(Form):
    """Text, files, or both."""

    title = Line("标题", 120)
    kind = Choice("种类", MaterialKind.choices(), open_=True)
    line = Choice("条线", LineOfDuty.choices(), open_=True, initial=LineOfDuty.SAFETY.value)
    text = Long("正文", 20_000, rows=8, required=False, help_text="写正文或附文件，至少一样。")
    files = files_field("文件")  # type: ignore[assignment]  # a field, not the form's own files


@screen(Right.READ_OUTREACH)
def materials(request: Request) -> HttpResponse:
    """Show the library."""
    by = request.actor
    found = reads.materials(by, before=asked.number(request, "before"), all_=request.GET.get("all") == "1")
    page = found[: reads.PAGE]
    context = {
        "rows": page,
        "next": f"?before={page[-1].id}" if len(found) > reads.PAGE else "",
        "may_add": may(by.post, Right.ARRANGE),
        "tabs": tabs(by, "publicity"),
    }
    return respond.screen(request, "outreach/materials.html", context)


@screen(Right.ARRANGE)
def new(request: Request) -> HttpResponse:
    """Put something into the library."""
    by, at = request.actor, clock.now()
    form = MaterialForm(request.POST, request.FILES) if request.method == "POST" else MaterialForm()

    def act() -> object:
        data = form.cleaned_data
        return actions.add_material(
            title=data["title"],
            kind=data["kind"],
            line=data["line"],
            text=data["text"],
            attachments=attached(form, by=by, at=at),
            by=by,
            at=at,
        )

    if request.method == "POST":
        made = respond.tried(form, act)
        if made:
            return respond.done(request, reverse("outreach_materials"), "已放入资料库，可以发放。")
    context = {
        "form": form,
        "title": "放入资料",
        "press": "放入",
        "back": reverse("outreach_materials"),
        "clause": "附2安-(1)",
    }
    return respond.screen(request, "outreach/small.html", context)


@screen(Right.READ_OUTREACH)
def sheet(request: Request, material_id: int) -> HttpResponse:
    """Show one material."""
    by = request.actor
    paper = reads.material(by, material_id)
    line = next((one for one in reads.materials(by, before=material_id + 1) if one.id == material_id), None)
    context = {
        "paper": paper,
        "files": shown(paper),
        "may_send": may(by.post, Right.ARRANGE) and line is not None,
        "may_withdraw": may(by.post, Right.ARRANGE) and line is not None and line.is_mine,
    }
    return respond.screen(request, "outreach/material.html", context)


@require_POST
@screen(Right.ARRANGE)
def withdraw(request: Request, material_id: int) -> HttpResponse:
    """Hand a material out no more."""
    actions.withdraw_material(material_id=material_id, by=request.actor, at=clock.now())
    return respond.done(request, reverse("outreach_materials"), "已停用，不再发放；已发出的不受影响。")


@gate.screen(Right.READ_OUTREACH, Right.SUBMIT)
def file(request: Request, material_id: int, key: UUID) -> HttpResponseBase:
    """Send a file of a material: to staff, and to the enterprises it was sent to."""
    by = request.actor
    photo = reads.file_of(by, material_id, key) if by.post != Role.CARD else None
    if photo is None:
        return respond.go(request, reverse("portal_home"))
    response = FileResponse(evidence.open_bytes(photo), content_type=photo.type)
    how = "inline" if photo.is_picture else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(photo.label)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def shown(paper: reads.Paper) -> list[dict[str, object]]:
    """Return a material's files as a page lists them."""
    return [
        {
            "name": one.label,
            "url": reverse("outreach_material_file", args=[paper.id, one.id]),
            "size": one.size,
            "is_image": one.is_picture,
        }
        for one in paper.files
        if one.is_here
    ]
