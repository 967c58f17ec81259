"""The list of firms: searched while one types, narrowed, read page by page."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import listing, policy, queues, reads
from qinqing.enterprises.listing import Filters
from qinqing.enterprises.words import Scale, Status
from qinqing.kernel import clock
from qinqing.people import reads as people
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind
from qinqing.web import asked, respond
from qinqing.web.enterprises.tabs import tabs
from qinqing.web.gate import Request, screen

GAPS = {"contact": "缺主联系人", "stale": "半年未核实", "community": "待归属"}
TONES = {
    Status.OPERATING.value: "ok",
    Status.PARTLY.value: "soon",
    Status.HALTED.value: "soon",
}


@screen(Right.READ_ENTERPRISES)
def table(request: Request) -> HttpResponse:
    """Show the firms this person may see, fifty at a time."""
    by, now = request.actor, clock.now()
    words = asked.words(request, "q", 100)
    wanted = Filters(
        community_id=asked.number(request, "community") or None,
        park_id=asked.number(request, "park") or None,
        status=asked.one_of(request, "status", {"active", *dict(Status.choices())}),
        scale=asked.one_of(request, "scale", dict(Scale.choices())),
        only_key=request.GET.get("key") == "1",
        gap=asked.one_of(request, "gap", GAPS),
        at=now,
    )
    page = listing.search(by, words, wanted, after=asked.words(request, "after", 300))
    leads = listing.leads(row.id for row in page.rows)
    counts = queues.counts(by, now)
    context = {
        "rows": [
            {"firm": row, "lead": leads.get(row.id, ""), "tone": TONES.get(row.status, "calm")} for row in page.rows
        ],
        "found": listing.count(by, words, wanted),
        "words": words,
        "wanted": wanted,
        "next": _address(words, wanted, after=page.after) if page.after else "",
        "first": _address(words, wanted) if request.GET.get("after") else "",
        "key_url": _address(words, replace(wanted, only_key=not wanted.only_key)),
        "gaps": [
            (
                GAPS[gap],
                _address(words, replace(wanted, gap="" if wanted.gap == gap else gap)),
                wanted.gap == gap,
                number,
            )
            for gap, number in (("contact", counts.without_contact), ("stale", counts.stale))
        ],
        "communities": _communities(request),
        "parks": reads.parks(by.town_id),
        "statuses": [("active", "在营（含停产）"), *Status.choices()],
        "scales": Scale.choices(),
        "is_narrowed": bool(words) or wanted != Filters(at=now),
        "may_manage": policy.may_manage(by),
        "tabs": tabs(by, "all", counts),
    }
    return respond.screen(request, "enterprises/table.html", context, fragment="found")


def _communities(request: Request) -> list[tuple[int, str]]:
    """Return the communities to narrow to: none for those who see one community only."""
    by = request.actor
    if by.office_kind == OfficeKind.COMMUNITY:
        return []
    return [(office.pk, office.name) for office in people.offices(by.town_id, [OfficeKind.COMMUNITY])]


def _address(words: str, wanted: Filters, **more: str) -> str:
    said: Mapping[str, object] = {
        "q": words,
        "community": wanted.community_id,
        "park": wanted.park_id,
        "status": wanted.status,
        "scale": wanted.scale,
        "key": "1" if wanted.only_key else "",
        "gap": wanted.gap,
        **more,
    }
    query = urlencode({name: value for name, value in said.items() if value})
    return reverse("enterprises") + (f"?{query}" if query else "")
