"""消息: a person's inbox, newest first; opening the page does not mark anything, a press does."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.kernel import clock
from qinqing.notices import actions, reads
from qinqing.web import asked, gate, respond

PAGES = {
    "case": ("cases_sheet", "portal_case"),
    "accident": ("accident", ""),
    "meeting": ("outreach_meeting", "portal_meeting"),
    "sitting": ("consultation", ""),
    "batch": ("outreach_batch", "portal_batch"),
    "alert": ("outreach_alert", "portal_alert"),
    "errand": ("outreach_errand", ""),
    "message": ("outreach_thread", "portal_messages"),
    "lists": ("grids_page", "portal_home"),
    "enterprise": ("enterprise_sheet", "portal_home"),
    "visit": ("patrol_visit", "portal_visit"),
    "planned": ("patrol_plan", "portal_notice"),
    "finding": ("finding", "portal_finding"),
    "campaign": ("campaign", ""),
    "standing": ("standing", ""),
    "findings_attention": ("findings_attention", ""),
    "device": ("field_device", ""),
    "building": ("building", ""),
    "illegal_building": ("illegal_building", ""),
}
"""By kind of what a notice is about: the page of it on the desk and on the enterprise's side; "" where there is none."""
_ONE_OF_ITS_KIND = frozenset({"portal_home", "portal_messages", "findings_attention"})
"""Pages that need not be told which."""


@gate.screen()
def notices(request: gate.Request) -> HttpResponse:
    """Show the inbox; mark all as read."""
    by = request.actor
    if request.method == "POST":
        actions.mark_read(by=by, at=clock.now())
        return respond.done(request, reverse("notices"), "已全部标为已读。")
    found = reads.inbox(by, before=asked.number(request, "before"))
    page = found[: reads.PAGE]
    context = {
        "notices": page,
        "next": f"?before={page[-1].pk}" if len(found) > reads.PAGE else "",
        "unread": reads.unread(by),
        "has_account": by.account_id is not None,
    }
    return respond.screen(request, "notices/inbox.html", context)


@gate.screen()
def notices_open(request: gate.Request, notice_id: int) -> HttpResponse:
    """Go to what a notice is about, and mark it as read."""
    kind, key = reads.subject_of(request.actor, notice_id)
    actions.mark_read(by=request.actor, at=clock.now(), notice_ids=[notice_id])
    desk, portal = PAGES.get(kind, ("", ""))
    name = portal if request.actor.enterprise_id is not None else desk
    args = [] if name in _ONE_OF_ITS_KIND else [key]
    return respond.go(request, reverse(name, args=args) if name else reverse("notices"))
