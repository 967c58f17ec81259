"""Two versions of a list beside each other."""

from django.http import HttpResponse

from qinqing.checklists import reads
from qinqing.checklists.rules import comparing
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen


@screen(Right.READ_CHECKLISTS)
def compare(request: Request, code: str) -> HttpResponse:
    """Show what ?new= does otherwise than ?old=; without them the two newest."""
    versions = reads.versions(code, by=request.actor)
    by_number = {one.number: one for one in versions}
    new = by_number.get(asked.number(request, "new")) or next(iter(versions), None)
    older = [one for one in versions if new and one.number < new.number]
    old = by_number.get(asked.number(request, "old")) or next(iter(older), None)
    context = {
        "checklist": reads.checklist(code, by=request.actor),
        "versions": versions,
        "old": old,
        "new": new,
        "difference": comparing.difference(old.content, new.content) if old and new and old != new else None,
    }
    return respond.screen(request, "checklists/compare.html", context)
