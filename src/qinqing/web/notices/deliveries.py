"""消息发送记录: what left the house, what did not and why; queueing it anew."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.kernel import clock
from qinqing.notices import actions, reads
from qinqing.notices.channels import is_on
from qinqing.notices.words import Channel, Delivery
from qinqing.people.rights import Right
from qinqing.web import asked, gate, respond
from qinqing.web.parts.blocks import Tab

if TYPE_CHECKING:
    from qinqing.notices.models import Post


@gate.screen(Right.TEND_DELIVERIES)
def deliveries(request: gate.Request) -> HttpResponse:
    """Show deliveries, newest first; queue one, or all that were given up, anew."""
    by = request.actor
    here = reverse("notices_deliveries")
    if request.method == "POST":
        raw = request.POST.get("post", "")
        one = [int(raw)] if raw.isascii() and raw.isdecimal() and len(raw) < 19 else None
        count = actions.retry(by=by, at=clock.now(), post_ids=one)
        return respond.done(request, f"{here}?state=queued", f"已重新排队{count}条。")
    state = asked.one_of(request, "state", {one.value for one in Delivery})
    found = reads.deliveries(by, state=state, before=asked.number(request, "before"))
    page = found[: reads.PAGE]
    more = {"state": state, "before": page[-1].pk} if len(found) > reads.PAGE else {}
    context = {
        "rows": [_shown(post) for post in page],
        "next": f"?{urlencode(more)}" if more else "",
        "tabs": [Tab("全部", here, not state)]
        + [Tab(one.label, f"{here}?state={one.value}", state == one.value) for one in Delivery],
        "is_failed": state == Delivery.FAILED.value,
        "channels": [(channel.label, is_on(channel)) for channel in Channel],
    }
    return respond.screen(request, "notices/deliveries.html", context)


def _shown(post: "Post") -> dict[str, object]:
    """Return a delivery as the page shows it: whom and which way, nothing of what it is about."""
    return {
        "id": post.pk,
        "at": post.notice.at,
        "who": post.robot.office.short if post.robot else post.notice.account.name,
        "channel": Channel.label_of(post.channel),
        "state": Delivery.label_of(post.state),
        "tone": {"sent": "ok", "failed": "late"}.get(post.state, "calm"),
        "tries": post.tries,
        "trouble": post.trouble,
        "sent_at": post.sent_at,
        "due_at": post.due_at,
        "is_failed": post.state == Delivery.FAILED.value,
    }
