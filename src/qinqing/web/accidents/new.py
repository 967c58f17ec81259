"""事故快报: call first, then say what and where; everything else can wait."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from qinqing.accidents import reads
from qinqing.accidents.actions import report
from qinqing.accidents.words import Casualties
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.notices import actions as notices
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.forms import Choice, Line, Long, Moment, Yes
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import AboutFirm, KeyField, attached, files_field, firm_name


class ReportForm(AboutFirm):
    """Two taps and a name are enough."""

    firm_is_needed = False
    what = Choice("出了什么事", open_=True)
    called = Yes("已经打过电话报告")
    where = Line("具体地点", 160, required=False, help_text="不在企业里，或说不清是哪家企业时必填。")
    casualties = Choice(
        "人员情况",
        Casualties.choices(),
        open_=True,
        initial=Casualties.UNKNOWN.value,
        help_text="不清楚就选“情况不明”，先报。",
    )
    happened_at = Moment("什么时候", required=False, help_text="留空即现在。")
    text = Long("补充情况", 2000, rows=3, required=False)
    files = files_field("照片")  # type: ignore[assignment]  # a field, not the form's own files
    key = KeyField()

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        self.fields["what"].choices = [(one.code, one.name) for one in reads.kinds(by.book)]  # type: ignore[attr-defined]


@screen(Right.REPORT_ACCIDENT)
def new(request: Request) -> HttpResponse:
    """Write a quick report; everybody it concerns is told before this page is answered."""
    by, at = request.actor, clock.now()
    if request.method == "POST":
        form = ReportForm(by, request.POST, request.FILES)
        made = respond.tried(form, lambda: _report(form, by, at))
        if made:
            notices.pump(at=at)
            told = reads.sheet(by, made.pk).told
            return respond.done(
                request, reverse("accident", args=[made.pk]), f"快报已送达{len(told)}人。请继续电话联系。"
            )
    else:
        form = ReportForm(by, initial={"firm": firm_name(by, request.GET.get("enterprise", ""))})
    context = {
        "form": form,
        "phones": reads.phones(by.book),
        "hints": [(one.name, one.hint) for one in reads.kinds(by.book) if one.hint],
    }
    return respond.screen(request, "accidents/new.html", context)


def _report(form: ReportForm, by: Actor, at: Any) -> Any:
    data = form.cleaned_data
    return report(
        accident_id=data["key"],
        what=data["what"],
        enterprise_id=data["firm"],
        where=data["where"],
        happened_at=data["happened_at"],
        casualties=data["casualties"],
        text=data["text"],
        called=data["called"],
        attachments=attached(form, by=by, at=at),
        by=by,
        at=at,
    )
