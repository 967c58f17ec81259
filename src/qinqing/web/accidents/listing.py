"""The accidents a person may see, newest first; those he has not opened yet stand on top."""

from django.http import HttpResponse

from qinqing.accidents import reads
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen


@screen(Right.REPORT_ACCIDENT)
def accidents(request: Request) -> HttpResponse:
    """Show the list."""
    by = request.actor
    rows, more = reads.listing(by, after=asked.words(request, "after", 60))
    unseen = {line.id for line in reads.unseen(by)}
    context = {
        "rows": [{"line": line, "is_new": line.id in unseen} for line in rows],
        "next": f"?after={more}" if more else "",
        "phones": reads.phones(by.book),
    }
    return respond.screen(request, "accidents/list.html", context)
