"""名单确认."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.grids import lists, policy
from qinqing.grids.actions.lists import confirm_lists
from qinqing.kernel import clock
from qinqing.kernel.errors import NotAllowed
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen


@screen(Right.READ_ROSTER)
def confirm(request: Request, community_id: int) -> HttpResponse:
    """Ask once more, saying what is confirmed and what is left open; then do it."""
    by, now = request.actor, clock.now()
    back = reverse("grids_page", args=[community_id])
    if request.method == "POST" and request.POST.get("sure") == "yes":
        row = confirm_lists(community_id=community_id, by=by, at=now)
        return respond.done(request, back, f"{row.year}年两张名单已确认。")
    both = lists.two_lists(community_id, by=by, on=now.date())
    if not policy.may_edit(by, both.community, now.date()):
        raise NotAllowed(f"{both.community.name}的两张名单由该村（社区）负责人确认。")
    left = f"还有{both.gaps.count}处缺口，会一并记入确认记录，以后补齐可再次确认。" if both.gaps.count else "没有缺口。"
    return respond.sure(
        request,
        title=f"确认{both.community.name}{now.year}年两张名单",
        sentence=f"网格员{len(both.officers)}名，企业{len(both.enterprises)}家；{left}",
        press="确认名单无误",
        back=back,
    )
