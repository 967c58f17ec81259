"""文书登记簿: every paper drawn up in one's sight."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.documents import reads
from qinqing.documents.words import PaperKind
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.documents.subjects import address_of, name_of
from qinqing.web.gate import Request, screen


@screen(Right.ISSUE_PAPERS)
def register(request: Request) -> HttpResponse:
    """Show the papers, the latest first, by kind."""
    kind = asked.one_of(request, "kind", set(PaperKind))
    before = asked.number(request, "before")
    found = reads.register(request.actor, kind=kind, before=before)
    page = found[: reads.PAGE]
    here, query = reverse("papers"), {"kind": kind} if kind else {}
    older = f"{here}?{urlencode({**query, 'before': page[-1].pk})}" if len(found) > reads.PAGE else ""
    newest = f"{here}?{urlencode(query)}" if before else ""
    context = {
        "rows": [(row, address_of(row), name_of(row)) for row in page],
        "kind": kind,
        "kinds": list(PaperKind),
        "older": older,
        "newest": newest,
    }
    return respond.screen(request, "documents/register.html", context)
