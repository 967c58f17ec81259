"""The lists as .xlsx: masked for a look, with full numbers (and an entry) for the notice board."""

from io import BytesIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from qinqing.grids import lists, sheets
from qinqing.grids.actions import officers
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import asked
from qinqing.web.gate import Request, screen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@screen(Right.EXPORT)
def export(request: Request, community_id: int) -> HttpResponse:
    """Give one list (`?which=`) or both. Posted: with the officers' full numbers, which leaves an entry."""
    by, now = request.actor, clock.now()
    both = lists.two_lists(community_id, by=by, on=now.date())
    which = asked.one_of(request, "which", ("officers", "enterprises"))
    phones = None
    if request.method == "POST":
        phones = officers.reveal_phones(community_id=community_id, purpose="导出网格员名单", by=by, at=now)
    out = BytesIO()
    sheets.write_lists(out, both, made_at=now, which=which, phones=phones)
    title = {"officers": sheets.FIRST, "enterprises": sheets.SECOND}.get(which, "两张名单")
    name = f"{both.community.name}{title}{now:%Y%m%d}.xlsx"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(out.getvalue(), content_type=XLSX, headers={"Content-Disposition": disposition})
