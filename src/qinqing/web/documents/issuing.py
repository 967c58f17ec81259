"""Drawing papers up: what a case can give, and the press that does it."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.cases.reads import find
from qinqing.documents import actions, reads
from qinqing.documents.words import PaperKind, Subject
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.documents.subjects import address_of, name_of
from qinqing.web.gate import Request, screen


@screen(Right.ISSUE_PAPERS)
def of_case(request: Request, case_id: int) -> HttpResponse:
    """Show the papers of a case: what can be drawn up now, what has been."""
    by, now = request.actor, clock.now()
    papers = reads.of_case(by, case_id, now)
    rows = [(row, address_of(row), name_of(row)) for row in papers.issued]
    context = {"case": find.get_for(by, case_id), "papers": papers, "rows": rows}
    return respond.screen(request, "documents/case.html", context)


@require_POST
@screen(Right.ISSUE_PAPERS)
def issue(request: Request, subject: str, kind: str, key: str) -> HttpResponse:
    """Draw a paper up and go to it."""
    if subject not in set(Subject) or kind not in set(PaperKind):
        raise Http404
    row = actions.issue(kind=PaperKind(kind), subject=Subject(subject), key=key, by=request.actor, at=clock.now())
    return respond.done(request, reverse("papers_sheet", args=[row.pk]), "文书已出具，已记入账目。")
