"""一本账: every case one row; chips, filters, search, keyset pages, saved views, live .xlsx; the month's balance on top."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse

from qinqing.cases.actions import views
from qinqing.cases.reads import books
from qinqing.cases.reads import ledger as reads
from qinqing.cases.reads.ledger import STANDS, Filter
from qinqing.cases.terms import current_terms
from qinqing.cases.words import CaseState, Kind, Source, Stage
from qinqing.enterprises import reads as enterprises
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.ledger import reads as entries
from qinqing.people import reads as people
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, OfficeKind
from qinqing.web import asked, gate, respond
from qinqing.web.cases.book_sheet import stream_book

if TYPE_CHECKING:
    from qinqing.people.models import Office

CHIPS = ("open", "late", "soon", "answered", "suspended", "ended", "all")


@gate.screen(Right.READ_LEDGER)
def cases_ledger(request: gate.Request) -> HttpResponse:
    """Show a page of the book."""
    by, at = request.actor, clock.now()
    wanted = filter_of(request)
    page = reads.page(by, wanted, at, cursor=asked.words(request, "at", 60))
    offices = people.offices(by.town_id, [OfficeKind.HUB, OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY])
    context = {
        "page": page,
        "wanted": wanted,
        "query": urlencode(wanted.as_query()),
        "chips": _chips(wanted, by, at),
        "choices": _choices(by, offices),
        "balance": _balance(by, offices, at),
        "head": entries.last_seal(),
        "views": views.saved(by=by),
        "search_words": wanted.q,
        "now": at,
    }
    return respond.screen(request, "cases/ledger.html", context, fragment="rows")


@gate.screen(Right.READ_LEDGER)
def cases_export(request: gate.Request) -> StreamingHttpResponse | HttpResponse:
    """Stream the rows of a filter as a sheet."""
    by, at = request.actor, clock.now()
    parts: Iterator[bytes] = stream_book(by, filter_of(request), at)
    response = StreamingHttpResponse(
        parts, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    name = f"一本账{at:%Y%m%d}.xlsx"
    response["Content-Disposition"] = f"attachment; filename=ledger.xlsx; filename*=UTF-8''{urlencode({'': name})[1:]}"
    return response


@gate.screen(Right.READ_LEDGER)
def cases_views(request: gate.Request) -> HttpResponse:
    """Keep the present filter under a name, or drop one."""
    here = f"{reverse('cases_ledger')}?{urlencode(filter_of(request).as_query())}"
    if request.method == "POST":
        if request.POST.get("drop", ""):
            views.drop(by=request.actor, name=request.POST["drop"])
            return respond.done(request, reverse("cases_ledger"), "已删除常用筛选。")
        views.keep(by=request.actor, name=request.POST.get("name", ""), query=urlencode(filter_of(request).as_query()))
        return respond.done(request, here, "已存为常用筛选。")
    return respond.go(request, here)


def filter_of(request: gate.Request) -> Filter:
    """Read a filter from the address; what makes no sense counts as not asked."""
    return Filter(
        stand=asked.one_of(request, "stand", STANDS, "open"),
        kind=asked.one_of(request, "kind", Kind.__members__.values()),
        state=asked.one_of(request, "state", CaseState.__members__.values()),
        topic=asked.words(request, "topic", 40),
        office=asked.number(request, "office"),
        community=asked.number(request, "community"),
        park=asked.number(request, "park"),
        enterprise=asked.number(request, "enterprise"),
        source=asked.one_of(request, "source", Source.__members__.values()),
        month=asked.words(request, "month", 7),
        key=asked.one_of(request, "key", ("1",)) == "1",
        complaint=asked.one_of(request, "complaint", ("open",)),
        instructed=asked.one_of(request, "instructed", ("1",)) == "1",
        holder=asked.number(request, "holder"),
        stage=asked.one_of(request, "stage", Stage.__members__.values()),
        support=asked.number(request, "support"),
        task=asked.one_of(request, "task", ("offered", "working", "upward")),
        q=asked.words(request, "q", 60),
    )


def _chips(wanted: Filter, by: Actor, at: datetime) -> list[dict[str, object]]:
    """Return the chips. Late and soon carry a figure, counted no further than a hundred."""
    counts = reads.figures(by, ("late", "soon"), at, limit=100)
    figures = {stand: "99+" if count >= 100 else str(count) for stand, count in counts.items()}
    return [
        {
            "label": STANDS[stand],
            "on": wanted.stand == stand,
            "url": "?" + urlencode(replace(wanted, stand=stand).as_query()),
            "figure": figures.get(stand, ""),
            "stand": stand,
        }
        for stand in CHIPS
    ]


def _choices(by: Actor, offices: "list[Office]") -> dict[str, list[tuple[object, str]]]:
    """Return what the filters offer."""
    _, terms = current_terms(by.book)
    topics = [*terms.matters(Kind.DEMAND), *terms.matters(Kind.PROBLEM)]
    return {
        "kind": [(kind.value, kind.label) for kind in Kind],
        "topic": list({topic.code: (topic.code, topic.name) for topic in topics}.values()),
        "office": [(office.pk, office.short) for office in offices],
        "community": [(o.pk, o.short) for o in offices if o.kind == OfficeKind.COMMUNITY],
        "park": [(park.pk, park.name) for park in enterprises.parks(by.town_id)],
        "source": [(source.value, source.label) for source in Source],
        "state": [(state.value, state.label) for state in CaseState],
    }


def _balance(by: Actor, offices: "list[Office]", at: datetime) -> books.MonthBalance | None:
    """Return this month's balance: the town's for those who read it all, else the person's office."""
    office = by.office_id
    if by.post in EVERYTHING_ROLES:
        office = next((each.pk for each in offices if each.kind == OfficeKind.HUB), None)
    return books.balance(office, at.strftime("%Y-%m")) if office else None
