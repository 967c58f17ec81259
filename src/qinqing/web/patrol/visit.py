"""One visit: what was seen list by list with what is wrong first, what was found, who acknowledged, what came of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import HttpResponse

from qinqing.documents import reads as papers
from qinqing.documents.drafts.visits import kinds
from qinqing.documents.words import Subject
from qinqing.enterprises.words import Status
from qinqing.field.reads import answers
from qinqing.findings.reads import find as findings
from qinqing.findings.reads.lines import lines as finding_lines
from qinqing.kernel import clock
from qinqing.patrol import policy
from qinqing.patrol.reads.visits import AnswerLine, RunLine, Sheet, sheet
from qinqing.patrol.words import Acknowledgement, Lateness, Nature
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol import around
from qinqing.web.patrol import forms as own
from qinqing.web.patrol.around import ShownFile

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo


@dataclass(frozen=True)
class ShownAnswer:
    """An answer with its pictures ready to be drawn."""

    line: AnswerLine
    files: list[ShownFile]


@screen(Right.READ_VISITS)
def patrol_visit(request: Request, uid: UUID) -> HttpResponse:
    """Show one visit."""
    return shown(request, uid)


def shown(request: Request, uid: UUID, **tried: forms.BaseForm) -> HttpResponse:
    """Return the page, with a form that was refused if there is one: `review`, `city` or `amend`."""
    by, at = request.actor, clock.now()
    found = sheet(by, uid)
    visit = found.visit
    brought = findings.of_visit(by, uid)
    may_review = visit.to_review and policy.may_review(by, visit, at.date())
    may_add = policy.may_add(by, visit)
    context = {
        "sheet": found,
        "visit": visit,
        "line": found.line,
        "runs": [(run, problems(run), _tone(run)) for run in found.runs],
        "nature": Nature.label_of(visit.nature),
        "acknowledgement": Acknowledgement.label_of(visit.acknowledgement) if visit.acknowledgement else "",
        "signature": around.files([found.signature]) if found.signature else [],
        "others": around.files(_others(found)),
        "status_seen": Status.label_of(visit.status_seen) if visit.status_seen else "",
        "findings": finding_lines(brought, at),
        "papers": papers.beside(by, Subject.VISIT, str(uid), kinds(by, found, has_findings=bool(brought))),
        "receipt": _receipt(found),
        "late": Lateness.label_of(visit.lateness) if visit.lateness else "",
        "waits": visit.lateness == Lateness.WAITS,
        "may_review": may_review,
        "may_add": may_add,
        "review": tried.get("review") or own.ReviewForm(is_late=visit.lateness == Lateness.WAITS),
        "city": tried.get("city")
        or own.CityForm(initial={"on": visit.city_on or at.date(), "number": visit.city_number}),
        "amend": tried.get("amend") or own.AmendForm(),
        "opened": next(iter(tried), ""),
        "entries": found.entries,
    }
    status = respond.status_of(next(iter(tried.values()))) if tried else None
    return respond.screen(request, "patrol/visit.html", context, status=status)


def problems(run: RunLine) -> list[ShownAnswer]:
    """Return what was not in order, with its pictures."""
    return [ShownAnswer(one, around.files(one.photos)) for one in run.problems]


def _tone(run: RunLine) -> str:
    return "late" if run.bad else "soon" if run.blank else "ok"


def _receipt(found: Sheet) -> str:
    """Return the number of the receipt the phone got, "" where there is none yet or no phone brought it."""
    told = answers.status(found.visit.officer_id or 0, "visit", found.visit.uid)
    return f"{told.receipt.no:06d}" if told and told.receipt else ""


def _others(found: Sheet) -> "list[Photo]":
    """Return the pictures that belong to no problem and are not the signature."""
    used = {photo.id for run in found.runs for one in run.problems for photo in one.photos}
    used |= {found.signature.id} if found.signature else set()
    return [] if found.only_own_line else [photo for photo in found.photos if photo.id not in used]
