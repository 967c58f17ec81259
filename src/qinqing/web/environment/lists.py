"""What is missing or due: papers about to end, 危废 without agreement, self-monitoring, 执行报告, incomplete cards."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.urls import reverse

from qinqing.environment import reads
from qinqing.environment.reads import FirmLine
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.parts.blocks import Tab

_Find = Callable[[Actor, date, int], list[FirmLine]]
_MANY = 200

LISTS: dict[str, tuple[str, str, str, str, _Find]] = {
    "papers": (
        "手续到期",
        "附2环-(1)",
        "没有快到期的手续和协议",
        "60天内到期或已过期、还没有换新的环保手续和处置协议，会列在这里。",
        lambda by, today, after: reads.expiring(by, today=today, limit=_MANY),
    ),
    "agreements": (
        "危废无协议",
        "附2环-(1)",
        "产生危废的企业都有有效协议",
        "企业档案标有“危废”而没有有效处置协议的，会列在这里。",
        lambda by, today, after: reads.without_agreement(by, today=today, after=after, limit=reads.PAGE + 1),
    ),
    "monitoring": (
        "自行监测",
        "附2环-(6)a",
        "现在没有要催的自行监测",
        "涉气企业当年没有自行监测记录的，从10月1日起列在这里。",
        lambda by, today, after: reads.without_monitoring(by, today=today, after=after, limit=reads.PAGE + 1),
    ),
    "reports": (
        "执行报告",
        "附2环-(6)b",
        "没有到期的执行报告",
        "重点管理、简化管理企业15天内到期或已超期的执行报告，会列在这里。",
        lambda by, today, after: reads.reports_due(by, today=today, limit=_MANY),
    ),
    "cards": (
        "重点企业档案不全",
        "附2环-(4)a",
        "重点企业的环保档案都齐了",
        "重点行业领域企业缺工艺、产污环节、设施、因子、标准的，会列在这里。",
        lambda by, today, after: reads.incomplete(by, after=after, limit=reads.PAGE + 1),
    ),
}
"""By code: tab, clause, what an empty list says, what belongs there, how it is found."""
_PAGED = ("agreements", "monitoring", "cards")


@screen(Right.READ_ENTERPRISES)
def lists(request: Request) -> HttpResponse:
    """Show one of the lists."""
    by, today = request.actor, clock.now().date()
    chosen = asked.one_of(request, "list", LISTS, "papers")
    label, clause, empty, how, find = LISTS[chosen]
    found = find(by, today, asked.number(request, "after"))
    page = found[: reads.PAGE] if chosen in _PAGED else found
    here = reverse("environment")
    context = {
        "rows": page,
        "label": label,
        "clause": clause,
        "empty": empty,
        "how": how,
        "chosen": chosen,
        "next": f"?list={chosen}&after={page[-1].enterprise_id}" if len(page) < len(found) else "",
        "tabs": [Tab(one[0], f"{here}?list={code}", code == chosen) for code, one in LISTS.items()],
    }
    return respond.screen(request, "environment/lists.html", context)
