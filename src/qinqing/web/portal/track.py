"""查进度: anybody with a number and its query code sees how far it is and what was answered; no names, phones or files."""

import re
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import HttpResponse

from qinqing.cases.reads import find, portal, sheet
from qinqing.cases.words import NUMBER_PREFIX, Kind
from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.web import errors, gate, respond
from qinqing.web.account.place import place
from qinqing.web.forms import Form, Line

if TYPE_CHECKING:
    from qinqing.cases.models import Case

_TRIES, _WITHIN_S = 30, 600
"""So many tries from one address in so many seconds: plenty for people, too few for guessing eight letters."""
_NUMBER = re.compile(r"(诉|问)?\D{0,3}(20\d\d)\D{0,3}(\d{1,6})\D{0,2}")


class TrackForm(Form):
    """Number and code, typed however a phone lets one."""

    number = Line("编号", 40, help_text="如 诉〔2026〕0001号；括号可以不打，写 2026 0001 也行。")
    code = Line("查询码", 12, help_text="提交时给您的8位字母和数字，不分大小写。")

    def clean_number(self) -> str:
        """Return the number as the book writes it."""
        return written(self.cleaned_data["number"])


@gate.screen(public=True)
def track(request: gate.Request) -> HttpResponse:
    """Show the form; posted, how far the matter is."""
    form = TrackForm(request.POST) if request.method == "POST" else TrackForm()
    context: dict[str, object] = {"form": form}
    if request.method == "POST":
        if _tries(request) > _TRIES:
            return errors.page(request, 429)
        case = respond.tried(form, lambda: _find(form))
        if case:
            context |= shown(case)
    return respond.screen(request, "portal/track.html", context)


def shown(case: "Case") -> dict[str, object]:
    """Return what the public page shows of a case."""
    now = clock.now()
    return {
        "case": case,
        "journey": sheet.portal_journey(case),
        "lamp": portal.owners_lamp(case, now),
        "promise": case.due_at if case.answered_at is None and case.ended_at is None else None,
        "replies": portal.replies_of(case.pk),
    }


def written(typed: str) -> str:
    """Return a number as the book writes it: "2026 1", "诉[2026]0001" → 诉〔2026〕0001号; anything else as it is."""
    found = _NUMBER.fullmatch(typed.strip())
    if not found:
        return typed.strip()
    prefix = found[1] or NUMBER_PREFIX[Kind.DEMAND]
    return f"{prefix}〔{found[2]}〕{int(found[3]):04d}号"


def _find(form: TrackForm) -> "Case":
    case = find.by_track_code(form.cleaned_data["number"], form.cleaned_data["code"])
    if case is None:
        raise Refused("not_found", "编号和查询码对不上，请核对后再查。")
    return case


def _tries(request: gate.Request) -> int:
    key = f"track:{place(request).ip}"
    cache.add(key, 0, _WITHIN_S)
    try:
        return cache.incr(key)
    except ValueError:
        return 1  # it ran out between the two lines
