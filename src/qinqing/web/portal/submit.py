"""有事，您说: one field that must be filled, and it is sent. Everything else is for those who want it.

Source: 二(二)1-诉求-提交.
"""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases import files
from qinqing.cases.actions.submit import submit
from qinqing.cases.terms import current_terms
from qinqing.cases.words import Kind
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.people.words import Role
from qinqing.web import gate, respond
from qinqing.web.forms import Choice, Files, Form, Line, Long
from qinqing.web.portal.home import OWNERS
from qinqing.workdays.rules import weekday

if TYPE_CHECKING:
    from qinqing.cases.models import Case


class SayForm(Form):
    """What the owner says; only `text` must be filled (and his name, when he came by the card at the gate)."""

    text = Long(
        "什么事，想要什么结果",
        10_000,
        rows=6,
        placeholder="用自己的话说就行。比如：东门外三盏路灯不亮，夜班工人下班不安全，请尽快修好。",
        error_messages={"required": "请写一下什么事。"},
    )
    topic = Choice("大概是哪方面的事", required=False, help_text="不清楚就不用选，由镇里判断。")
    files = Files(  # type: ignore[assignment]  # a field, not the form's own files
        "照片或文件", accept=files.ACCEPT, most=files.MOST, help_text="拍张照片最快。每个不超过20兆，最多9个。"
    )
    submitter_name = Line("您贵姓，怎么称呼", 40, autocomplete="name", help_text="方便我们找到您。")

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _, terms = current_terms(by.book)
        topics = [(topic.code, topic.name) for topic in terms.matters(Kind.DEMAND)]
        self.fields["topic"].choices = [("", "不清楚，由镇里判断"), *topics]  # type: ignore[attr-defined]
        if by.post != Role.CARD:
            del self.fields["submitter_name"]


@gate.screen(roles=OWNERS)
def portal_submit(request: gate.Request) -> HttpResponse:
    """Take a demand and show it on its way at once, with the promised day."""
    by = request.actor
    form = SayForm(by, request.POST, request.FILES) if request.method == "POST" else SayForm(by)
    if request.method == "POST":
        case = respond.tried(form, lambda: _submit(request, form))
        if case:
            return respond.done(request, reverse("portal_case", args=[case.pk]), _promise(case))
    return respond.screen(request, "portal/submit.html", {"form": form})


def _submit(request: gate.Request, form: SayForm) -> "Case":
    data = form.cleaned_data
    return submit(
        by=request.actor,
        at=clock.now(),
        enterprise_id=request.actor.enterprise_id or 0,
        text=data["text"],
        topic=data["topic"],
        submitter_name=data.get("submitter_name", ""),
        files=[files.receive(one.name or "附件", one) for one in data["files"]],
        press_key=request.POST.get("press_key", "")[:40],
    )


def _promise(case: "Case") -> str:
    due = case.due_at.astimezone(clock.SHANGHAI)
    on = f"{due.month}月{due.day}日（{weekday(due.date())}）{due:%H:%M}"
    return f"收到了，编号 {case.number}。最迟 {on} 前答复您。"
