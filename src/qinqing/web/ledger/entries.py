"""账目: the town's book entry by entry, newest first, and the button that checks it."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean
from qinqing.ledger import reads as ledger
from qinqing.ledger.verify import verify
from qinqing.people import entries as book
from qinqing.people.rights import Right
from qinqing.people.words import Role
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry

PAGE = 50
_SHEETS = {"case": "cases_sheet", "enterprise": "enterprise"}
"""Kinds of subject that have a page, and its name."""
_DOORS = {"web": "网页", "api": "接口", "cli": "命令行", "job": "系统任务", "card": "企业码"}


@screen(Right.READ_TOWN, Right.READ_AUDIT)
def listing(request: Request) -> HttpResponse:
    """Show a page of the book: by number of a matter, kind, person, day."""
    by = request.actor
    kinds = book.kinds(by)
    chosen: dict[str, Any] = {
        "number": asked.words(request, "number", 40),
        "kind": asked.one_of(request, "kind", {kind for kind, _ in kinds}),
        "who": asked.number(request, "who") or None,
        "since": asked.day(request, "since"),
        "until": asked.day(request, "until"),
    }
    on = ledger.subjects_of(chosen["number"], book=by.book) if chosen["number"] else []
    page = (
        ledger.Page([], None)
        if chosen["number"] and not on
        else book.browse(
            by,
            kind=chosen["kind"],
            on=on[0][1:] if on else None,
            actor_id=chosen["who"],
            since=_midnight(chosen["since"]),
            until=_midnight(chosen["until"], days=1),
            before=asked.number(request, "before") or None,
            limit=PAGE,
        )
    )
    query = {name: value for name, value in chosen.items() if value}
    context = {
        "lines": [_line(by, entry) for entry in page.entries],
        "chosen": chosen,
        "who_name": next((entry.actor_name for entry in page.entries), "") if chosen["who"] else "",
        "kinds": kinds,
        "is_filtered": bool(query),
        "is_found": bool(on),
        "head": ledger.book_head(by.book),
        "seal": ledger.last_seal(),
        "newest": f"?{urlencode(query)}" if asked.number(request, "before") else "",
        "older": f"?{urlencode({**query, 'before': page.older})}" if page.older else "",
    }
    return respond.screen(request, "ledger/entries.html", context)


@require_POST
@screen(Right.READ_TOWN, Right.READ_AUDIT)
def check(request: Request) -> HttpResponse:
    """Check the town's book, or with `number` one matter, and say on the next page what was found."""
    by, number = request.actor, clean(request.POST.get("number", "")[:80])
    back = reverse("ledger_entries")
    if not number:
        verdict = verify(book=by.book)
    elif found := ledger.subjects_of(number, book=by.book):
        verdict = verify(by.book, found[0][1:])
        back = f"{back}?{urlencode({'number': number})}"
    else:
        raise Refused("no_such_case", f"账上没有编号为 {number} 的事项。")
    sentence = f"{number or '全部账目'}{verdict.sentence()}"
    for warning in verdict.warnings:
        messages.warning(request, warning)
    if verdict.ok:
        return respond.done(request, back, sentence)
    messages.error(request, sentence)
    return respond.go(request, back)


def _line(by: Actor, entry: "Entry") -> dict[str, Any]:
    """Return an entry as the page shows it to this person."""
    reads = book.reads_content(by, entry)
    return {
        "entry": entry,
        "post": Role.label_of(entry.post),
        "via": _DOORS.get(entry.via, entry.via),
        "says": entry.sentence if reads else book.WITHHELD,
        "facts": entry.facts_text if reads else "",
        "url": _url(entry) if reads else "",
    }


def _url(entry: "Entry") -> str:
    name = _SHEETS.get(entry.subject_kind)
    try:
        return reverse(name, args=[entry.subject_id]) if name else ""
    except NoReverseMatch:
        return ""


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """Return the beginning of a day, or of one some days later; None for a day the calendar ends at."""
    try:
        return datetime.combine(day + timedelta(days=days), time(), SHANGHAI) if day else None
    except OverflowError:
        return None
