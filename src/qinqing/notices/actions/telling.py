"""Telling: read the ledger behind a cursor, fill inboxes, queue what leaves the house. Safe to run twice, by any number of workers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING

from django.db import transaction

from qinqing.cases.reads.find import Parties, parties_of
from qinqing.enterprises import reads as enterprises
from qinqing.grids import reads as grids
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.ledger import reads as ledger
from qinqing.notices import rules
from qinqing.notices.actions.queueing import queue
from qinqing.notices.actions.rows import unlocked
from qinqing.notices.models import Cursor, Notice
from qinqing.notices.routes import ROUTES, Route
from qinqing.notices.words import Party
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind, Role
from qinqing.plan import reads as plans
from qinqing.plan.ladder_spec import HOUSE_TELLING, Telling

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry

BATCH = 200
_OF_LEAVE = frozenset({"leave.registered", "leave.ended"})
"""Facts told to both, who is away and who stands in."""
_AT_OFFICE = (Role.OFFICE_HEAD, Role.HANDLER, Role.HUB_CLERK, Role.HUB_HEAD)


def pump(*, at: datetime) -> int:
    """Read every book on from its cursor and fill inboxes; return how many entries were read.

    A book another worker reads is left to it. Filling and moving the cursor are one transaction.
    """
    return sum(_pump_book(book, at) for book in ledger.books())


def _pump_book(book: str, at: datetime) -> int:
    Cursor.objects.bulk_create([Cursor(book=book)], ignore_conflicts=True)
    with transaction.atomic():
        cursor = unlocked(Cursor.objects.filter(book=book)).first()
        if cursor is None:
            return 0
        entries = ledger.after(book, cursor.seq, BATCH)
        if not entries:
            return 0
        _fill(book, entries, at)
        cursor.seq = entries[-1].seq
        cursor.save()
        return len(entries)


def _fill(book: str, entries: "list[Entry]", at: datetime) -> None:
    """Write the notices of these entries, and queue what leaves the house."""
    about = [entry for entry in entries if entry.kind in ROUTES]
    cases = parties_of(entry.subject_id for entry in about if entry.subject_kind == "case")
    made: list[Notice] = []
    known = _People(book, at.astimezone(SHANGHAI).date())
    for entry in about:
        concerned = _of_case(entry, cases[entry.subject_id]) if entry.subject_kind == "case" else _of_fact(entry, known)
        told = _told(entry, ROUTES[entry.kind], concerned, known)
        made.extend(_notice(entry, account, concerned, how) for account, how in told.items())
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    queue(made, known.telling, at)


@dataclass(frozen=True)
class _Concerned:
    """What an entry is about, and whom it concerns. `people` are those who had to do with a case, by party."""

    number: str
    title: str
    hub_ids: tuple[int, ...]
    enterprise_ids: tuple[int, ...]
    led_ids: tuple[int, ...]
    case_id: int | None = None
    about: str = ""
    to_enterprise: str = ""
    is_public: bool = True
    people: Mapping[Party, int | None] = field(default_factory=dict)


def _of_case(entry: "Entry", case: Parties) -> _Concerned:
    return _Concerned(
        number=case.number,
        title=case.title,
        hub_ids=(case.hub_id,),
        enterprise_ids=(case.enterprise_id,),
        led_ids=tuple({case.community_id, *entry.facts.get("office_ids", ())} - {case.hub_id}),
        case_id=entry.subject_id,
        # Where the fact says what the enterprise was told, it hears that and nothing else.
        is_public=case.is_public and all(entry.facts.get(name, True) for name in ("told_enterprise", "to_enterprise")),
        to_enterprise=entry.facts.get("to_enterprise", "")
        or (entry.facts["note"] if entry.facts.get("told_enterprise") else ""),
        people={
            Party.HANDLER: case.handler_id,
            Party.SUBMITTER: case.submitter_id,
            Party.FIRST_ASKED: case.first_asked_id,
        },
    )


def _of_fact(entry: "Entry", known: "_People") -> _Concerned:
    """Read from the fact itself whom it concerns: see `ledger.facts.Announced`."""
    facts = entry.facts
    return _Concerned(
        number=entry.label,
        title=facts.get("title") or entry.label,
        hub_ids=known.hub_ids,
        enterprise_ids=tuple(facts.get("enterprise_ids", ())),
        led_ids=tuple(facts.get("office_ids", ())),
        about=facts.get("about", ""),
        to_enterprise=facts.get("to_enterprise", ""),
    )


@dataclass(frozen=True)
class _How:
    """How somebody is told: whether he now has something to do, and whether he is told as the enterprise itself."""

    asks: bool
    as_enterprise: bool


def _notice(entry: "Entry", account_id: int, concerned: _Concerned, how: _How) -> Notice:
    own = concerned.to_enterprise if how.as_enterprise else ""
    # A title that is the label itself stands in the heading already.
    before = f"{concerned.number}　" if concerned.title != concerned.number else ""
    heading = entry.verb if own and not concerned.case_id else f"{entry.verb} · {concerned.title}"
    return Notice(
        account_id=account_id,
        book=entry.book,
        seq=entry.seq,
        case_id=concerned.case_id,
        about=concerned.about[:60],
        kind=entry.kind,
        heading=heading[:140],
        sentence=before + (own or entry.sentence),
        action=how.asks,
        at=entry.at,
    )


def _told(entry: "Entry", route: Route, concerned: _Concerned, known: "_People") -> dict[int, _How]:
    """Resolve the parties of a route to accounts, and say of each how he is told.

    Each once, in order, never the one who pressed.
    """
    found: dict[int, _How] = {}
    for party in route.told:
        for account in _ACCOUNTS[party](entry, concerned, known):
            asked = account in found and found[account].asks
            found[account] = _How(asked or route.asks(party), party is Party.ENTERPRISE)
    found.pop(entry.actor_id or 0, None)
    if entry.kind in _OF_LEAVE or not known.deputies:
        return found
    told = _in_stead(found, known.deputies)
    told.pop(entry.actor_id or 0, None)
    return told


def _in_stead(found: dict[int, _How], deputies: Mapping[int, int]) -> dict[int, _How]:
    """Replace who is on leave by who hears in his stead; he who is told himself as well is told once, with what asks most.

    Source: domain §10.
    """
    told: dict[int, _How] = {}
    for account, how in found.items():
        hears = account if how.as_enterprise else rules.hears(account, deputies)
        asked = hears in told and told[hears].asks
        told[hears] = _How(asked or how.asks, how.as_enterprise)
    return told


class _People:
    """Who sits where and speaks for whom on a day, asked once a batch however many entries name them."""

    def __init__(self, book: str, on: date) -> None:
        self.book, self.on = book, on
        self.at_office = cache(lambda office: [post.account_id for post in people.people_of(office, _AT_OFFICE, on)])
        self.of_enterprise = cache(enterprises.contact_accounts)
        self.officer_of = cache(lambda enterprise: _one(grids.lead_of(enterprise, on)))
        self.deputy_of = cache(lambda enterprise: _one(grids.deputy_of(enterprise, on)))
        self.leaders_of = cache(lambda offices: [post.account_id for post in people.leaders_of(offices, on)])

    @cached_property
    def deputies(self) -> dict[int, int]:
        """Return who hears in whose stead on this day."""
        return people.deputies(self.on)

    @cached_property
    def telling(self) -> Telling:
        """Return when the town's plan lets people be told outside; the house's hours while it has no plan."""
        try:
            return plans.current(self.book).telling
        except Refused:
            return HOUSE_TELLING

    @cached_property
    def hub_ids(self) -> tuple[int, ...]:
        """Return the town's hub."""
        return tuple(hub.pk for hub in people.offices(people.town(self.book).pk, [OfficeKind.HUB]))


def _one(account_id: int | None) -> list[int]:
    return [account_id] if account_id else []


def _each(ask: Callable[[int], list[int]], ids: Iterable[int]) -> list[int]:
    return [account for one in ids for account in ask(one)]


_ACCOUNTS: dict[Party, Callable[["Entry", _Concerned, _People], list[int]]] = {
    Party.HUB: lambda _e, about, known: _each(known.at_office, about.hub_ids),
    Party.OFFICES: lambda entry, _a, known: _each(known.at_office, entry.facts.get("office_ids", ())),
    Party.PEOPLE: lambda entry, _a, _k: list(entry.facts.get("account_ids", ())),
    Party.COPIES: lambda entry, _a, _k: list(entry.facts.get("copy_ids", ())),
    Party.HANDLER: lambda _e, about, _k: _one(about.people.get(Party.HANDLER)),
    Party.ENTERPRISE: lambda _e, about, known: (
        _each(known.of_enterprise, about.enterprise_ids) if about.is_public else []
    ),
    Party.SUBMITTER: lambda _e, about, _k: _one(about.people.get(Party.SUBMITTER)),
    Party.FIRST_ASKED: lambda _e, about, _k: _one(about.people.get(Party.FIRST_ASKED)),
    Party.OFFICER: lambda _e, about, known: _each(known.officer_of, about.enterprise_ids),
    Party.DEPUTY: lambda _e, about, known: _each(known.deputy_of, about.enterprise_ids),
    Party.LEADERS: lambda _e, about, known: known.leaders_of(frozenset(about.led_ids)),
}
