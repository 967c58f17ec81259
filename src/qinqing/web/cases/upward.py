"""上级答复: the page a superior opens through his link: a copy frozen when it was sent, and a box to answer. No account."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases import files
from qinqing.cases.actions.upward import upward_answer
from qinqing.cases.reads import find
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.web import gate, respond
from qinqing.web.forms import Files, Form, Line, Long


class AnswerForm(Form):
    """The superior's answer."""

    answered_by = Line("答复单位和姓名", 60)
    answer = Long("答复意见", 5000, rows=6)
    files = Files("附件", accept=files.ACCEPT)  # type: ignore[assignment]  # a field, not the form's own files


@gate.screen(public=True)
def cases_upward(request: gate.Request, token: str) -> HttpResponse:
    """Show what was submitted, and take the answer once."""
    found = find.upward_of_token(token)
    if found is None:
        raise NotFound("这个答复链接不完整或已过期，请与报送单位联系。")
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and found.answered_at is None:
        at = clock.now()
        by = Actor.system(f"上级答复（{found.superior}）"[:60], town_id=found.case.town_id, book=found.case.book)
        done = respond.tried(
            form,
            lambda: upward_answer(
                found.case_id,
                by=by,
                at=at,
                answer=form.cleaned_data["answer"],
                answered_by=form.cleaned_data["answered_by"],
                files=[files.receive(one.name or "附件", one) for one in form.cleaned_data["files"]],
                task_id=found.task_id,
            ),
        )
        if done:
            return respond.done(request, reverse("cases_upward", args=[token]), "答复已送达报送单位，谢谢。")
    return respond.screen(request, "cases/upward.html", {"upward": found, "form": form})
