"""甄别建议: how often the hub decided as suggested, where not, and the press that learns anew."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.plan import reads as plans
from qinqing.triage import actions, reads
from qinqing.web import respond
from qinqing.web.gate import Request, screen


@screen(Right.TAKE_IN)
def rate(request: Request) -> HttpResponse:
    """Show the hit rate, this month's and all time's, and the latest misses."""
    by, now = request.actor, clock.now()
    names = {topic.code: topic.name for topic in plans.current(by.book).topics}
    misses = [
        (row, names.get(row.chosen, row.chosen), [names.get(code, code) for code in row.suggested.split()])
        for row in reads.misses(by.town_id)
    ]
    context = {
        "learned": reads.latest(by.town_id),
        "rates": [_shown("本月", f"{now:%Y-%m}", by.town_id), _shown("启用以来", "", by.town_id)],
        "misses": misses,
        "may_learn": rights.may(by.post, Right.APPROVE_EXTENSION),
    }
    return respond.screen(request, "triage/rate.html", context)


@require_POST
@screen(Right.APPROVE_EXTENSION)
def learn(request: Request) -> HttpResponse:
    """Judge what was decided since, then learn anew."""
    by, now = request.actor, clock.now()
    actions.judge(town_id=by.town_id, at=now)
    row = actions.learn(by=by, at=now)
    said = f"已重新学习：方案条目 {row.from_plan} 条，中转站的决定 {row.from_decisions} 件。"
    return respond.done(request, reverse("triage"), said)


def _shown(label: str, month: str, town_id: int) -> dict[str, object]:
    found = reads.hit_rate(town_id, month)
    return {
        "label": label,
        "judged": found.judged,
        "first": found.percent(found.first),
        "three": found.percent(found.among_three),
    }
