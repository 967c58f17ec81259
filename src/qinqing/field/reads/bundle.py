"""What a phone takes along for the day (docs/field-protocol.md, Bundle): one object of plain JSON values, for one officer.

Each part comes from the folder it belongs to, asked for all firms at once; the number of queries does not grow with them.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from qinqing.accidents.words import Casualties
from qinqing.checklists import reads as checklists
from qinqing.checklists import rules as lists
from qinqing.enterprises import aboard
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import Scale, Status
from qinqing.field.reads.senders import Sender
from qinqing.findings.reads import field as findings
from qinqing.findings.words import EventKind, Level, State
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.outreach.reads.bundle import bundle_part
from qinqing.patrol.reads.today import Aboard, for_phone
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind, Role
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.plan.spec import Plan

MOST_FIRMS = 300
KEEPS = timedelta(days=3)
"""How long a phone may go by what it took along."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A bundle, its digest without the moment it was made, and whose full phone numbers are in it."""

    body: dict[str, Any]
    etag: str
    phones: tuple[int, ...] = field(default=())


def pack(sender: Sender, *, at: datetime) -> Pack:
    """Return what this person's phone takes along now.

    Phones are masked; whole numbers only of the firms an officer is tied to, for his post looks at phone numbers.

    Source: 附1-(1)b, 附1-(2)b.
    """
    by, on = sender.actor, at.astimezone(SHANGHAI).date()
    plan, town = plans.current(by.book), people.town_of(by.town_id)
    with_phones = by.post == Role.GRID_OFFICER and rights.may(by.post, Right.REVEAL_PHONE)
    firms = aboard.firms(_firm_ids(by), with_phones=with_phones, most=MOST_FIRMS)
    ids = [firm.id for firm in firms]
    patrols, open_findings = for_phone(ids, book=by.book, on=on), findings.open_of(by, ids)
    body: dict[str, Any] = {
        "user": {"id": by.account_id, "name": by.name, "office": by.office_name},
        "town": {"id": town.pk, "name": town.name, "is_demo": town.is_demo},
        "valid_until": datetime.combine(on + KEEPS, time(), SHANGHAI).isoformat(),
        "enterprises": [_firm(firm, plan, patrols.get(firm.id), open_findings.get(firm.id, [])) for firm in firms],
        "checklists": [
            {
                "code": code,
                "title": one.title,
                "sha256": one.sha256,
                "number": one.number,
                "is_draft": one.is_draft_text,
                **_named(plan, code),
            }
            for code, one in checklists.current(by.town_id).items()
        ],
        **_words(plan),
        **_errands(by, at),
    }
    told = json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)
    etag = hashlib.sha256(told.encode()).hexdigest()[:32]
    whose = tuple(talker.id for firm in firms for talker in firm.talkers if talker.phone)
    return Pack({"etag": etag, "made_at": at.isoformat(), **body}, etag, whose)


def _firm_ids(by: Actor) -> Any:
    """Return the ids of an officer's own firms; of the whole community's for those who head it or work there."""
    if by.post == Role.GRID_OFFICER:
        return grids.enterprise_ids_of(by.account_id or 0)
    if by.office_kind == OfficeKind.COMMUNITY:
        return enterprises.visible_to(by).values_list("pk", flat=True)
    return []


def _firm(
    firm: aboard.Firm, plan: "Plan", patrol: Aboard | None, open_findings: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "id": firm.id,
        "name": firm.name,
        "short": firm.short,
        "address": firm.address,
        "community": firm.community,
        "park": firm.park,
        "status": firm.status,
        "tags": list(firm.tags),
        "is_key": firm.is_key,
        "scale": firm.scale,
        "code": firm.number,
        "contacts": [
            {"name": one.name, "duty": one.duty, "phone_mask": one.phone_mask, "call": one.phone}
            for one in firm.talkers
        ],
        "checklists": list(lists.needed(plan, scale=firm.scale, is_key=firm.is_key, traits=firm.tags)),
        "open_findings": [_finding(one) for one in open_findings],
        **_patrol(patrol),
    }


def _patrol(patrol: Aboard | None) -> dict[str, Any]:
    if patrol is None:
        return {"last_visits": [], "quiet": [], "due": [], "planned": []}
    return {
        "last_visits": [
            {"at": one.on.isoformat(), "by": one.office, "nature": one.nature} for one in patrol.last_visits
        ],
        "quiet": [{"from": first.isoformat(), "to": last.isoformat()} for first, last in patrol.quiet],
        "due": [
            {"duty": one.code, "title": one.title, "due": one.due_on.isoformat(), "state": one.state}
            for one in patrol.due
        ],
        "planned": [
            {
                "id": one.planned_id,
                "office": one.office,
                "office_id": one.office_id,
                "on": one.on.isoformat(),
                "what": one.nature,
            }
            for one in patrol.planned
        ],
    }


def _finding(one: dict[str, Any]) -> dict[str, Any]:
    """Add to an open finding what a phone shows of it without knowing the codes."""
    return {
        **one,
        "state_name": State.label_of(one["state"]),
        "found": _day(one["made_ms"]),
        "events": [
            {**event, "name": EventKind.label_of(event["kind"]), "at": _day(event["made_ms"])}
            for event in one["events"]
        ],
    }


def _named(plan: "Plan", code: str) -> dict[str, str]:
    """Return what the plan adds to a list: a name for small places, the category of what fails in it."""
    found = next((one for one in plan.checklists if one.code == code), None)
    return {"short": found.short, "category": found.category} if found else {"short": "", "category": ""}


def _words(plan: "Plan") -> dict[str, Any]:
    """Return what there is to choose from."""
    return {
        "categories": [{"code": one.code, "name": one.name} for one in plan.problem_categories],
        "natures": [{"code": one.code, "name": one.name, "guarded": one.guarded} for one in plan.visit_natures],
        "topics": [{"code": one.code, "name": one.name} for one in plan.topics if "demand" in one.kinds],
        "quiet_exceptions": [{"code": one.code, "name": one.name} for one in plan.quiet_exceptions],
        "meeting_topics": [{"code": one.code, "name": one.name} for one in plan.meeting_topics],
        "accident_kinds": [{"code": one.code, "name": one.name, "hint": one.hint} for one in plan.accident_kinds],
        "phrases": list(plan.advice_phrases),
        "emergency": [{"name": one.name, "phone": one.phone} for one in plan.emergency_phones if one.phone],
        "terms": {
            "status": _terms(Status.choices()),
            "scale": _terms(Scale.choices()),
            "level": _terms(Level.choices()),
            "casualties": _terms(Casualties.choices()),
        },
    }


def _errands(by: Actor, at: datetime) -> dict[str, Any]:
    """Return alerts, batches and tasks as the protocol names them."""
    part = bundle_part(by, at)
    return {
        "alerts": [
            {
                "id": one["id"],
                "title": one["title"],
                "level": one["level_name"],
                "from": _moment(one["starts_ms"]),
                "until": _moment(one["ends_ms"]) if one["ends_ms"] else "",
                "text": one["measures"],
                "enterprises": [
                    {"id": firm["enterprise"], "state": firm["state"], "text": firm["measures"]}
                    for firm in one["firms"]
                ],
            }
            for one in part["alerts"]
        ],
        "batches": [
            {
                "id": one["id"],
                "title": one["title"],
                "text": "\n".join([one["note"], *(paper["title"] for paper in one["materials"])]).strip(),
                "due": one["due"],
                "enterprises": [{"id": firm["enterprise"], "done": bool(firm["way"])} for firm in one["firms"]],
            }
            for one in part["batches"]
        ],
        "tasks": [
            {
                "id": one["id"],
                "title": one["title"],
                "text": one.get("text", ""),
                "due": _day(one["due_ms"]),
                "due_at": _moment(one["due_ms"]),
                "enterprise": None,
                "is_external": bool(one["external"]),
                "external": one["external"],
            }
            for one in part["tasks"]
        ],
    }


def _terms(choices: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"code": code, "name": name} for code, name in choices if code]


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(SHANGHAI).isoformat(timespec="minutes")


def _day(ms: int) -> str:
    return _moment(ms)[:10]
