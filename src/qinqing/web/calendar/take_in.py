"""Taking in a year's notice: paste or choose a file, look at what changes, confirm, see which cases moved."""

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.actions import calendar as cases
from qinqing.cases.actions.calendar import Moved
from qinqing.cases.reads import redating
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.people.rights import Right
from qinqing.web import forms, respond
from qinqing.web.gate import Request, screen
from qinqing.workdays import actions as workdays
from qinqing.workdays import rules
from qinqing.workdays.actions import Imported
from qinqing.workdays.rules.statutory import FIRST_YEAR, LAST_YEAR

MOST_SHOWN = 100
_EXAMPLE = """{"year": 2027, "papers": ["…"], "days": [
  {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
  …
]}
或逐行：
2027-01-01,元旦,放假"""


class NoticeForm(forms.Form):
    """A notice as text or as a file."""

    text = forms.Long(
        "通知内容",
        rules.LONGEST_TEXT,
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 10, "placeholder": _EXAMPLE, "spellcheck": "false"}),
        help_text="粘贴 holiday-cn 格式的 JSON，或从表格里复制“日期、节日、放假/上班”三列。",
    )
    file = forms.Files("或选择文件", accept=".json,.csv,.txt", most=1, help_text="JSON 或 CSV，1 MB 以内。")
    source = forms.Line(
        "通知标题、文号或网址",
        200,
        required=False,
        help_text="日后核对用，如“国务院办公厅关于…年部分节假日安排的通知”。",
    )
    year = forms.Whole(
        "年份", low=FIRST_YEAR, high=LAST_YEAR, required=False, help_text="只在逐行粘贴且日期跨年时需要。"
    )

    def clean(self) -> dict[str, Any]:
        """Turn a chosen file into text, so that the next step has it without the file."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        files = found.pop("file", None)
        if files and not found.get("text"):
            try:
                found["text"] = rules.decode(files[0].read(rules.BIGGEST_FILE + 1))
            except Refused as refusal:
                self.add_error("file", refusal.sentence)
        return found


@screen(Right.EDIT_CALENDAR)
def calendar_import(request: Request) -> HttpResponse:
    """Ask for the notice; show what it would change; on the second press take it in for all towns."""
    by, now = request.actor, clock.now()
    form = NoticeForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and "edit" not in request.POST:
        if request.POST.get("sure") == "yes":
            taken = respond.tried(form, lambda: cases.take_in_notice(**form.cleaned_data, by=by, at=now))
            if taken:
                return respond.screen(request, "calendar/taken.html", _taken(by, *taken))
        else:
            outcome = respond.tried(form, lambda: workdays.preview_notice(**form.cleaned_data))
            if outcome:
                since = min((change.on for change in outcome.changes), default=None)
                waiting = redating.waiting(by, now, since=since, limit=MOST_SHOWN + 1)
                context = {
                    "given": form.cleaned_data,
                    "outcome": outcome,
                    "waiting": waiting[:MOST_SHOWN],
                    "is_cut": len(waiting) > MOST_SHOWN,
                }
                return respond.screen(request, "calendar/preview.html", context)
    return respond.screen(request, "calendar/import.html", {"form": form})


def _taken(by: Actor, outcome: Imported, moved: Sequence[Moved]) -> dict[str, Any]:
    """Say what happened; of the cases only those the reader may see, of the rest their number."""
    seen = redating.seen(by, [case.case_id for case in moved])
    shown = [case for case in moved if case.case_id in seen]
    later = sum(case.new_due_at > case.old_due_at for case in shown)
    return {
        "outcome": outcome,
        "year_url": f"{reverse('calendar')}?year={outcome.year}",
        "moved": shown[:MOST_SHOWN],
        "later": later,
        "same": len(shown) - later,
        "hidden": len(shown[MOST_SHOWN:]),
        "elsewhere": len(moved) - len(shown),
    }
