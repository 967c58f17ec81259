"""Importing a list: choose a file, see what would happen, say go and watch, read the report."""

from collections.abc import Generator, Iterator
from io import BytesIO
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from qinqing.enterprises import queues
from qinqing.enterprises.actions import imports
from qinqing.enterprises.imports import listed
from qinqing.enterprises.imports.tables import MOST_BYTES
from qinqing.enterprises.words import Decision, ImportState
from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.enterprises.forms import UploadForm
from qinqing.web.enterprises.tabs import tabs
from qinqing.web.gate import Request, screen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@screen(Right.MANAGE_ENTERPRISES)
def upload(request: Request) -> HttpResponse:
    """Take a file and look at it; nothing is written yet."""
    by, now = request.actor, clock.now()
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST":
        prepared = respond.tried(form, lambda: _prepare(form, request))
        if prepared:
            return respond.go(request, reverse("enterprise_import_run", args=[prepared.pk]))
    context = {"form": form, "runs": listed.runs(by), "tabs": tabs(by, "import", queues.counts(by, now))}
    return respond.screen(request, "enterprises/import.html", context)


def _prepare(form: UploadForm, request: Request) -> Any:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise Refused("file_too_large", "文件超过20MB，请分成几份上传。", field="file")
    run, _ = imports.prepare(filename=file.name, content=file.read(), by=request.actor, at=clock.now())
    return run


@screen(Right.MANAGE_ENTERPRISES)
def run(request: Request, run_id: int) -> HttpResponse | StreamingHttpResponse:
    """Show what would happen, or what happened; posted: do it, telling how far it is."""
    by = request.actor
    found = listed.run_for(by, run_id)
    if request.method == "POST":
        doing = imports.steps(run_id=run_id, choice=request.POST.get("choice", ""), by=by, at=clock.now())
        return _watched(request, run_id, doing)
    labels = {str(one): one.label for one in Decision}
    context = {
        "run": found,
        "report": found.report,
        "is_ready": found.state == ImportState.READY,
        "state_label": ImportState.label_of(found.state),
        "problems": [tuple(cell) for cell in found.report["problems"]],
        "remarks": [tuple(cell) for cell in found.report["remarks"]],
        "sample": [
            (number, labels.get(decision, decision), decision, *rest)
            for number, decision, *rest in found.report["sample"]
        ],
        "choices": imports.Choice.choices(),
        "tabs": tabs(by, "import", queues.counts(by, clock.now())),
    }
    return respond.screen(request, "enterprises/import_run.html", context)


def _watched(
    request: Request, run_id: int, doing: Generator[tuple[int, int], None, Any]
) -> HttpResponse | StreamingHttpResponse:
    """Return a page that grows while the rows are written; a browser that goes away undoes everything.

    A refusal before the first row is an ordinary refusal: the preview again, with the sentence on top.
    """
    here = reverse("enterprise_import_run", args=[run_id])
    try:
        first = next(doing)
    except Refused as refusal:
        return respond.screen(
            request,
            "enterprises/import_refused.html",
            {"sentence": refusal.sentence, "back": here},
            status=refusal.status,
        )
    page = render_to_string("enterprises/import_running.html", {"mark": _MARK}, request)
    before, after = page.split(_MARK, 1)
    response = StreamingHttpResponse(_growing(before, after, here, first, doing))
    response.headers["X-Accel-Buffering"] = "no"
    return response


_MARK = "<!-- steps -->"


def _growing(
    before: str, after: str, here: str, first: tuple[int, int], doing: Generator[tuple[int, int], None, Any]
) -> Iterator[str]:
    yield before
    try:
        yield _step(*first)
        for done, total in doing:
            yield _step(done, total)
        words, tone, press = "导入完毕。", "ok", "查看结果"
    except Refused as refusal:
        words, tone, press = refusal.sentence, "late", "回到名单"
    finally:
        # Closed from outside (the browser left): the generator undoes its transaction.
        doing.close()
    yield render_to_string("enterprises/import_end.html", {"words": words, "tone": tone, "press": press, "url": here})
    yield after


def _step(done: int, total: int) -> str:
    return render_to_string("enterprises/import_step.html", {"done": done, "total": total})


@require_POST
@screen(Right.MANAGE_ENTERPRISES)
def drop(request: Request, run_id: int) -> HttpResponse:
    """Let a list go; what was uploaded is deleted."""
    imports.drop(run_id=run_id, by=request.actor, at=clock.now())
    return respond.done(request, reverse("enterprise_import"), "已放弃，上传的文件已删除，没有写入任何企业。")


@screen(Right.MANAGE_ENTERPRISES)
def problems(request: Request, run_id: int) -> HttpResponse:
    """Give the bad cells as a sheet, for whoever has to put them right."""
    found = listed.run_for(request.actor, run_id)
    out = BytesIO()
    listed.write_problems(out, found, made_at=clock.now())
    return _sheet(out, f"{found.filename}-待修正.xlsx")


@screen(Right.MANAGE_ENTERPRISES)
def template(request: Request) -> HttpResponse:
    """Give an empty list to fill in, its columns set to text so that no code loses digits."""
    out = BytesIO()
    listed.write_template(out)
    return _sheet(out, "企业名单模板.xlsx")


def _sheet(out: BytesIO, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(out.getvalue(), content_type=XLSX, headers={"Content-Disposition": disposition})
