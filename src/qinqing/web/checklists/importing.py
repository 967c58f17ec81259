"""Taking a version in: choose a sheet, see what it holds and every bad cell, confirm."""

from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse

from qinqing.checklists import actions, looking, policy, reads
from qinqing.checklists.actions.versions import LONGEST_SOURCE, LONGEST_TITLE
from qinqing.checklists.looking import Look
from qinqing.checklists.reads import Version
from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.people.rights import Right
from qinqing.plan import reads as plans
from qinqing.web import forms, respond
from qinqing.web.gate import Request, screen

MOST_TEXT = 1_500_000
BIGGEST = 5_000_000
_DAMAGED = "核对后的内容没有完整送到，请重新选择文件。"


class SheetForm(forms.Form):
    """A sheet, and what to know about it."""

    file = forms.Files(
        "清单表格",
        accept=".xlsx,.csv",
        most=1,
        required=True,
        error_messages={"required": "请选择文件。"},
        help_text="先导出使用中的清单，在表格里改，再传上来。.xlsx 或 .csv，5MB 以内。",
    )
    is_official = forms.Yes("这是镇里的正式文本（不勾选就标“草案”）")
    source = forms.Line("来源", LONGEST_SOURCE, required=False, help_text="文件名称、文号、日期，日后核对用。")
    title = forms.Line("清单名称", LONGEST_TITLE, required=False, help_text="不改就空着。")


class SureForm(forms.Form):
    """The same after it was looked at: the content as text instead of the file."""

    text = django_forms.CharField(
        max_length=MOST_TEXT,
        strip=False,
        error_messages={"required": _DAMAGED, "max_length": _DAMAGED},
    )
    is_official = forms.Yes("正式文本")
    source = forms.Line("来源", LONGEST_SOURCE, required=False)
    title = forms.Line("清单名称", LONGEST_TITLE, required=False)


@screen(Right.MANAGE_CHECKLISTS)
def take_in(request: Request, code: str) -> HttpResponse:
    """Ask for the sheet; show what it holds; on the second press keep it as the version that waits."""
    by = request.actor
    reads.checklist(code, by=by)
    policy.require_manage(by, code, plans.current(by.book))
    if request.method == "POST" and request.POST.get("sure") == "yes":
        return _keep(request, code)
    form = SheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST":
        found = respond.tried(form, lambda: _look(form.cleaned_data, code, request))
        if found:
            return _shown(request, code, found, form.cleaned_data)
    return _ask(request, code, form)


def _look(given: dict[str, Any], code: str, request: Request) -> Look:
    upload = given["file"][0]
    content = upload.read(BIGGEST + 1)
    if len(content) > BIGGEST:
        raise Refused("file_too_large", "清单文件不会超过5MB，请核对是不是选错了文件。", field="file")
    return looking.look(code, upload.name or "", content, by=request.actor)


def _shown(request: Request, code: str, found: Look, given: dict[str, Any]) -> HttpResponse:
    context = {
        "checklist": reads.checklist(code, by=request.actor),
        "found": found,
        "given": given,
        "walk": found.content.walk if found.content else (),
    }
    return respond.screen(request, "checklists/preview.html", context, status=422 if found.bad else 200)


def _keep(request: Request, code: str) -> HttpResponse:
    form = SureForm(request.POST)
    kept = respond.tried(form, lambda: _prepared(form.cleaned_data, code, request))
    if kept:
        here = reverse("checklist_version", args=[code, kept.number])
        return respond.done(request, here, f"第{kept.number}版已存为待发布，核对无误后再发布。")
    # The file is gone from the browser; what was typed beside it stays.
    again = SheetForm(request.POST)
    again.errors.pop("file", None)
    for sentence in {text for texts in form.errors.values() for text in texts} or {""}:
        again.add_error(None, sentence)
    return _ask(request, code, again)


def _prepared(given: dict[str, Any], code: str, request: Request) -> Version:
    return actions.prepare(
        code=code,
        content=looking.from_text(given["text"]),
        is_draft_text=not given["is_official"],
        source=given["source"],
        title=given["title"],
        by=request.actor,
        at=clock.now(),
    )


def _ask(request: Request, code: str, form: SheetForm) -> HttpResponse:
    line = next(line for line in reads.lines(request.actor) if line.code == code)
    return respond.screen(request, "checklists/import.html", {"form": form, "line": line})
