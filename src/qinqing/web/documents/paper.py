"""One paper: as it will be printed, as .docx, as PDF, and its number once the office's register gave one."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from qinqing.documents import actions, reads
from qinqing.documents.writing import docx as as_docx
from qinqing.documents.writing import pdf as as_pdf
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.documents.subjects import address_of, name_of
from qinqing.web.gate import Request, screen

if TYPE_CHECKING:
    from qinqing.documents.models import Issue

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NumberForm(forms.Form):
    """The number a 公文 got in the office's register."""

    number = forms.CharField(label="文号", max_length=40, help_text="例如：孟企服办〔2026〕12号")


@screen(Right.ISSUE_PAPERS)
def sheet(request: Request, issue_id: int) -> HttpResponse:
    """Show a paper as it will be printed."""
    return _page(request, reads.issue_for(request.actor, issue_id), NumberForm())


@screen(Right.ISSUE_PAPERS)
def number(request: Request, issue_id: int) -> HttpResponse:
    """Take the number of a 公文."""
    row = reads.issue_for(request.actor, issue_id)
    form = NumberForm(request.POST or None)
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: actions.enter_number(
                issue_id=row.pk, number=form.cleaned_data["number"], by=request.actor, at=clock.now()
            ),
        )
        if done is not None:
            return respond.done(request, reverse("papers_sheet", args=[row.pk]), "文号已登记，“送审稿”字样已去掉。")
    return _page(request, row, form)


@screen(Right.ISSUE_PAPERS)
def docx(request: Request, issue_id: int) -> HttpResponse:
    """Give the paper as .docx."""
    row = reads.issue_for(request.actor, issue_id)
    return _file(as_docx.write(reads.paper_of(row)), DOCX, f"{_name(row)}.docx")


@screen(Right.ISSUE_PAPERS)
def pdf(request: Request, issue_id: int) -> HttpResponse:
    """Give the paper as PDF, a look at the .docx."""
    row = reads.issue_for(request.actor, issue_id)
    raw = as_pdf.write(as_docx.write(reads.paper_of(row)))
    return _file(raw, "application/pdf", f"{_name(row)}.pdf", is_shown=True)


def _page(request: Request, row: "Issue", form: NumberForm) -> HttpResponse:
    context = {
        "row": row,
        "paper": reads.paper_of(row),
        "about": (address_of(row), name_of(row)),
        "form": form,
        "can_pdf": as_pdf.is_possible(),
    }
    return respond.screen(request, "documents/paper.html", context)


def _name(row: "Issue") -> str:
    return f"{row.number}{row.title}".strip()


def _file(raw: bytes, mime: str, name: str, *, is_shown: bool = False) -> HttpResponse:
    disposition = content_disposition_header(not is_shown, name) or "attachment"
    return HttpResponse(raw, content_type=mime, headers={"Content-Disposition": disposition})
