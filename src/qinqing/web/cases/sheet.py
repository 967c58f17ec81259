"""事项页: one case, its journey, its limit explained, every entry, and only the buttons this person may press now."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.lifecycle import Step
from qinqing.cases.reads import find, sheet, waiting
from qinqing.cases.reads.lines import ASIDE
from qinqing.cases.rules.offers import Offer
from qinqing.cases.words import CaseState, Kind, Verb
from qinqing.consultations import reads as consultations
from qinqing.enterprises import reads as enterprises
from qinqing.grids.cards import cards_of
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.ledger.verify import verify
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.triage import reads as triage
from qinqing.web import gate, respond

if TYPE_CHECKING:
    from qinqing.cases.models import Attachment, Case

MOST_BUTTONS = 4
"""Buttons beside the main one; the rest is under 更多."""


@gate.screen()
def cases_sheet(request: gate.Request, case_id: int) -> HttpResponse:
    """Show a case."""
    by, at = request.actor, clock.now()
    if (
        by.enterprise_id is not None
    ):  # an owner's page says less: no guidance, no names, of a problem only what was published
        return respond.go(request, reverse("portal_case", args=[case_id]))
    found = sheet.sheet(by, case_id, at)
    firm = enterprises.get_for(by, found.case.enterprise_id) if _reads_firm(by.post) else None
    context = {
        "sheet": found,
        "case": found.case,
        "buttons": buttons(found.offers),
        "firm": enterprises.card(firm) if firm else None,
        "waits": waiting.waits(found.sight, found.entries),
        "officers": cards_of(found.case.enterprise_id, by=by) if firm else [],
        "sessions": consultations.sessions_of(found.case.pk) if by.enterprise_id is None else [],
        **_triage(by, found.case),
        "rate_link": _rate_link(found.case, at),
        "upward_links": [(up, find.upward_token(up)) for up in found.upwards if up.answered_at is None],
        "files": shown_files(found.attachments, found.case.submitted_at),
        "now": at,
    }
    return respond.screen(request, "cases/sheet.html", context)


def _triage(by: Actor, case: "Case") -> dict[str, object]:
    """Return what may help the hub decide, while it has to: likely topics, and what may be the same matter.

    Source: 附1-内容-1.
    """
    if case.state not in (CaseState.SUBMITTED, CaseState.ACCEPTED) or not rights.may(by.post, Right.TAKE_IN):
        return {}
    suggestions = triage.suggest(by, case.title, case.text) if case.kind == Kind.DEMAND else []
    return {"suggestions": suggestions, "alike": triage.alike(by, case)}


def _rate_link(case: "Case", at: datetime) -> str:
    """Return the one-time link by which an owner without account rates, while the time for rating runs; else "".

    Source: 三要(四)-5.
    """
    is_open = (
        case.kind == Kind.DEMAND
        and case.state in (CaseState.ANSWERED, CaseState.WRITTEN_OFF)
        and case.rated_round < case.round
        and case.rate_until is not None
        and at <= case.rate_until
    )
    return reverse("portal_rate", args=[find.rate_token(case)]) if is_open else ""


@gate.screen()
def cases_verify(request: gate.Request, case_id: int) -> HttpResponse:
    """Say whether the entries of a case are whole, checked now."""
    if request.actor.enterprise_id is not None:
        return respond.go(request, reverse("portal_case", args=[case_id]))
    case = find.get_for(request.actor, case_id)
    verdict = verify(book=case.book, subject=("case", case.pk))
    return respond.screen(request, "cases/verify.html", {"case": case, "verdict": verdict}, fragment="verdict")


@dataclass(frozen=True)
class ShownFile:
    """A file as the parts draw it."""

    name: str
    url: str
    size: int
    is_image: bool


def shown_files(attachments: "list[Attachment]", submitted_at: datetime) -> dict[str, Any]:
    """Return the files for the page: those brought with the submission, and all of them by digest for the entries."""
    shown = {
        row.pk: ShownFile(row.name, reverse("cases_file", args=[row.pk]), row.size, row.mime.startswith("image/"))
        for row in attachments
    }
    return {
        "said": [shown[row.pk] for row in attachments if row.at == submitted_at],
        "by_digest": {row.digest: shown[row.pk] for row in attachments if row.at != submitted_at},
    }


def _reads_firm(post: str) -> bool:
    return rights.may(post, Right.READ_ENTERPRISES)


def buttons(offers: list[Offer]) -> dict[str, object]:
    """Sort the offers into the first button, those beside it, and the rest.

    The first one is drawn as the main button only where it is the person's own next step: 会商 or 催办 on a case that others
    have in hand can be pressed, but nothing asks for it.
    """
    return {
        "main": Button.of(offers[0]) if offers else None,
        "tone": "main" if offers and offers[0].weight < ASIDE else "",
        "beside": [Button.of(offer) for offer in offers[1 : MOST_BUTTONS + 1]],
        "rest": [Button.of(offer) for offer in offers[MOST_BUTTONS + 1 :]],
    }


class Button:
    """One button: where it leads and whether it acts at once: nothing is filled in, no request decided, nobody's name shown."""

    def __init__(self, step: Step, task_id: int | None) -> None:
        self.step, self.task_id = step, task_id
        self.verb, self.label, self.clause = step.verb.value, step.label, step.clause
        self.task_words = str(task_id or "")
        self.at_once = (
            not any(need.required for need in step.needs)
            and not waiting.answers(step.verb)
            and step.verb is not Verb.REVEAL
        )

    @classmethod
    def of(cls, offer: Offer) -> "Button":
        """Return the button of an offer."""
        return cls(offer.step, offer.task_id)
