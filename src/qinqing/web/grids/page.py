"""两张名单 of one community: the gaps on top, each with its remedy, then the officers, then the enterprises."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.documents import reads as papers
from qinqing.documents.drafts.lists import KINDS
from qinqing.documents.words import Subject
from qinqing.grids import lists, policy, reads
from qinqing.grids.lists import EnterpriseLine, Lists
from qinqing.kernel import clock
from qinqing.people.rights import Right, may
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.grids.forms import TieForm, targets
from qinqing.web.templatetags.parts import Tab

PAGE = 100
GAPS_SHOWN = 20
"""Gaps of one kind listed on the page; the rest is behind the filter of the second list."""


@dataclass(frozen=True)
class Narrowed:
    """The second list as far as it is shown."""

    rows: Sequence[EnterpriseLine]
    found: int
    number: int
    last: int


@screen(Right.READ_ROSTER)
def page(request: Request, community_id: int) -> HttpResponse:
    """Show both lists of a community."""
    return shown(request, community_id)


def shown(
    request: Request, community_id: int, *, form: TieForm | None = None, status: int | None = None
) -> HttpResponse:
    """Return the page, with a form that was refused if there is one."""
    by, today = request.actor, clock.now().date()
    both = lists.two_lists(community_id, by=by, on=today)
    may_edit = policy.may_edit(by, both.community, today)
    only = asked.number(request, "officer")
    show = asked.one_of(request, "show", ("bare", "contact", "ending"))
    words = asked.words(request, "q")
    confirmed = reads.confirmations_of(community_id, 1)
    context = {
        "lists": both,
        "community": both.community,
        "papers": papers.beside(by, Subject.COMMUNITY, str(community_id), KINDS),
        "tabs": _tabs(request, both),
        "may_edit": may_edit,
        "may_see_phones": may(by.post, Right.REVEAL_PHONE),
        "stands_in": may_edit and by.office_id != both.community.pk,
        "gaps": both.gaps,
        "gaps_shown": GAPS_SHOWN,
        "bare_rest": max(0, len(both.gaps.without_lead) - GAPS_SHOWN),
        "second": _narrowed(both, only=only, show=show, words=words, number=asked.number(request, "page", 1, low=1)),
        "only": only,
        "show": show,
        "query": urlencode({"officer": only or "", "show": show, "q": words, "to": asked.number(request, "to") or ""}),
        "is_narrowed": bool(only or show or words),
        "words": words,
        "all": asked.number(request, "all") == 1,
        "to": str(asked.number(request, "to") or ""),
        "led": sum(1 for line in both.enterprises if line.lead),
        "targets": [
            (value, label, value.partition("-")[0] == request.GET.get("to"))
            for value, label in targets(both.officers, on=today)
        ],
        "grids": reads.grids_of(community_id),
        "confirmed": confirmed[0] if confirmed else None,
        "is_confirmed": bool(confirmed) and confirmed[0].year == today.year,
        "entries": reads.entries_of(community_id, by=by, limit=8)[::-1] if both.whole else [],
        "today": today,
        "form": form,
    }
    return respond.screen(request, "grids/page.html", context, status=status)


def _tabs(request: Request, both: Lists) -> list[Tab]:
    """Return a tab for each community the actor may see; none where there is only his own."""
    found = reads.communities(request.actor)
    if len(found) < 2:
        return []
    here = both.community.pk
    own = [Tab("全镇", reverse("grids_lists"))] if policy.reads_town(request.actor) else []
    return own + [Tab(one.short, reverse("grids_page", args=[one.pk]), is_on=one.pk == here) for one in found]


def _narrowed(both: Lists, *, only: int, show: str, words: str, number: int) -> Narrowed:
    kept = [line for line in both.enterprises if _matches(line, only=only, show=show, words=words)]
    last = max(1, -(-len(kept) // PAGE))
    number = min(number, last)
    return Narrowed(kept[(number - 1) * PAGE : number * PAGE], len(kept), number, last)


def _matches(line: EnterpriseLine, *, only: int, show: str, words: str) -> bool:
    if only and not any(tie and tie.officer_id == only for tie in (line.lead, line.deputy)):
        return False
    if words and words not in line.name and words.upper() not in line.code:
        return False
    return {
        "": True,
        "bare": line.lead is None,
        "contact": not line.contact,
        "ending": bool(line.ends_on or line.planned),
    }[show]
