"""账平表: the month's balance of every office, each figure opening to its rows. A town's readers see all, an office its own."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from qinqing.cases.reads import books
from qinqing.cases.reads.books import Figure, MonthBalance
from qinqing.documents import reads as papers
from qinqing.documents.words import PaperKind, Subject
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.people import reads as people
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, OfficeKind
from qinqing.web import asked, gate, respond

if TYPE_CHECKING:
    from qinqing.people.models import Office

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_KINDS = (OfficeKind.HUB, OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY)


@dataclass(frozen=True)
class Cell:
    """One figure and where its rows are; "" where it is nought."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Row:
    """One office's month."""

    office: str
    balance: MonthBalance
    cells: list[Cell]


@gate.screen(Right.READ_LEDGER)
def cases_balance(request: gate.Request) -> HttpResponse:
    """Show a month's balance, or the rows of one figure of it."""
    by, at = request.actor, clock.now()
    month = _month(request, at)
    names = {office.pk: office.short for office in _offices(by)}
    context: dict[str, Any] = {"month": month, "title": f"{month[:4]}年{int(month[5:])}月", "latest": f"{at:%Y-%m}"}
    office_id = asked.number(request, "office")
    if not office_id:
        found = books.balances(by.town_id, month)
        empty = MonthBalance(month, 0, 0, 0)
        rows = [_row(names[pk], pk, found.get(pk, empty)) for pk in names if pk in found or len(names) == 1]
        beside = papers.beside(by, Subject.TOWN, month, [PaperKind.BOOK] if month <= context["latest"] else [])
        return respond.screen(request, "cases/balance.html", {**context, "rows": rows, "papers": beside})
    figure = asked.one_of(request, "figure", Figure.__members__.values())
    if office_id not in names or not figure:
        raise Http404
    held = books.held(by, office_id, month, Figure(figure), before=asked.number(request, "before"))
    page = held[: books.HELD_PAGE]
    more = {"month": month, "office": office_id, "figure": figure, "before": page[-1].pk if page else 0}
    context |= {
        "office": names[office_id],
        "figure": Figure(figure).label,
        "held": page,
        "next": f"?{urlencode(more)}" if len(held) > books.HELD_PAGE else "",
    }
    return respond.screen(request, "cases/balance_rows.html", context)


def _month(request: gate.Request, at: datetime) -> str:
    wanted = asked.words(request, "month", 7)
    return wanted if _MONTH.fullmatch(wanted) else f"{at:%Y-%m}"


def _offices(by: Actor) -> "list[Office]":
    offices = people.offices(by.town_id, [kind.value for kind in _KINDS])
    return [office for office in offices if by.post in EVERYTHING_ROLES or office.pk == by.office_id]


def _row(name: str, office_id: int, balance: MonthBalance) -> Row:
    counts = (balance.opening, balance.hung, balance.cleared, balance.closing)
    here = reverse("cases_balance")
    return Row(
        name,
        balance,
        [
            Cell(
                figure.label,
                count,
                f"{here}?{urlencode({'month': balance.month, 'office': office_id, 'figure': figure.value})}"
                if count
                else "",
            )
            for figure, count in zip(Figure, counts, strict=True)
        ],
    )
