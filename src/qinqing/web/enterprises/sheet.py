"""一企一档: one firm on one page, for who serves it and for itself."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse

from qinqing.cases.reads import ledger as cases
from qinqing.cases.reads.ledger import Filter
from qinqing.enterprises import policy, queues, reads, rules, showing
from qinqing.enterprises.rules import Reach
from qinqing.enterprises.words import Scale, Status
from qinqing.grids import reads as grids
from qinqing.kernel import clock
from qinqing.ledger import reads as ledger
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import ADMIN_ROLES, Role
from qinqing.web import asked, respond
from qinqing.web.enterprises.forms import INSIDE
from qinqing.web.enterprises.table import TONES
from qinqing.web.gate import Request, screen

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

_FACTS = (
    ("登记", ("legal_form", "kind", "legal_person", "registered_on", "capital", "old_number", "no_code_reason")),
    ("地址与园区", ("production_address", "registered_address")),
    ("行业与规模", ("industry", "business_scope", "workers", "tags")),
    ("用地用房", ("land_mu", "floor_m2", "ownership", "landlord")),
    ("其他", ("note",)),
)
_SHOWN = 30


@screen(roles=frozenset(Role) - ADMIN_ROLES)
def sheet(request: Request, enterprise_id: int) -> HttpResponse:
    """Show a firm's file: what it is, who speaks for it, who looks after it, what is open, what happened."""
    by, now = request.actor, clock.now()
    firm = reads.get_for(by, enterprise_id)
    hand = policy.reach(by, firm)
    entries = ledger.entries_of("enterprise", firm.pk)
    everything = asked.one_of(request, "history", ("all",)) == "all"
    context = {
        "firm": firm,
        "summary": reads.card(firm),
        "status": {"label": Status.label_of(firm.status), "tone": TONES.get(firm.status, "calm")},
        "scale": _scale(firm),
        "facts": _facts(firm, skip=INSIDE if hand is Reach.OWN else ()),
        "contacts": reads.contacts_of(firm.pk),
        "former": [line for line in reads.contacts_of(firm.pk, ended=True) if line.ends_on],
        "ties": [tie for tie in grids.history_of(firm.pk) if tie.until is None or tie.until >= now.date()],
        "cases": cases.page(by, Filter(stand="all", enterprise=firm.pk), now, size=8).lines,
        "proposals": [one for one in queues.proposals_of(by, firm.pk) if one.state == "waiting" or hand is Reach.OWN],
        "entries": list(entries) if everything else list(entries.order_by("-subject_seq")[:_SHOWN])[::-1],
        "more_entries": 0 if everything else max(entries.count() - _SHOWN, 0),
        "is_stale": rules.is_active(firm.status) and _is_stale(firm, now),
        "may_edit": hand is not None,
        "may_tend": hand in (Reach.HUB, Reach.COMMUNITY),
        "may_manage": policy.may_manage(by),
        "may_reveal": policy.may_reveal(by),
        "may_open_account": rights.may(by.post, Right.OPEN_CONTACT_ACCOUNT),
        "may_submit": rights.may(by.post, Right.SUBMIT),
    }
    return respond.screen(request, "enterprises/sheet.html", context)


def _scale(firm: "Enterprise") -> str:
    label = Scale.label_of(firm.scale)
    return f"{label}（{firm.scale_year}年认定）" if firm.scale_year else label


def _is_stale(firm: "Enterprise", now: datetime) -> bool:
    seen = firm.last_verified_at or firm.created_at
    return (now - seen).days >= rules.STALE_DAYS


def _facts(firm: "Enterprise", skip: Collection[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the filled facts by group, in words."""
    labels = {name: field.label for name, field in rules.FIELDS.items()}
    groups = []
    for title, names in _FACTS:
        lines = [(labels[name], showing.in_words(name, getattr(firm, name))) for name in names if name not in skip]
        if title == "地址与园区" and firm.park:
            lines.append(("园区", firm.park.name))
        lines = [(label, text) for label, text in lines if text and text != "未登记"]
        if lines:
            groups.append((title, lines))
    return groups
