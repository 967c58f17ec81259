"""One finding: its journey, photos before and after side by side, what happened, and only what this person may do."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.reads import find as cases
from qinqing.cases.reads import lines as case_lines
from qinqing.documents import reads as papers
from qinqing.documents.drafts.findings import KINDS
from qinqing.documents.words import Subject
from qinqing.enterprises import reads as enterprises
from qinqing.findings.reads import sheet as reads
from qinqing.findings.reads.sheet import Sheet
from qinqing.findings.words import EventKind, Level, State
from qinqing.grids.cards import cards_of
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people.rights import Right
from qinqing.web import gate, respond

_CLAUSES = {EventKind.ADVISED: "附2安-(5)a"}


@dataclass(frozen=True)
class Button:
    """One button: where it leads, its word, the clause it rests on."""

    label: str
    url: str
    tone: str
    clause: str


@dataclass(frozen=True)
class CaseLink:
    """The problem a finding became, as far as this person may see it."""

    number: str
    url: str
    state: str


@gate.screen(Right.READ_VISITS)
def finding(request: gate.Request, finding_id: int) -> HttpResponse:
    """Show a finding."""
    by, at = request.actor, clock.now()
    found = reads.sheet(by, finding_id, at)
    context = {
        "sheet": found,
        "finding": found.finding,
        "buttons": buttons(found),
        "case": _case(by, found),
        "firm": _firm(by, found),
        "papers": papers.beside(by, Subject.FINDING, str(finding_id), KINDS),
        "officers": cards_of(found.finding.enterprise_id, by=by),
        "now": at,
    }
    return respond.screen(request, "findings/sheet.html", context)


def buttons(found: Sheet) -> list[Button]:
    """Return what this person may do, the next thing first and drawn as the main button where it is his own next step."""
    made = []
    for place, kind in enumerate(found.offers):
        url = reverse("finding_follow", args=[found.finding.pk, kind.value])
        tone = "main" if place == 0 and _is_next(kind, found) else ""
        made.append(Button(WORDS.get(kind, kind.label), url, tone, _CLAUSES.get(kind, "附2安-(5)b")))
    return made


def _is_next(kind: EventKind, found: Sheet) -> bool:
    """Say whether a press is what is waited for: a recheck of what the firm says is done, a judgement of what looks grave."""
    if kind is EventKind.PASS:
        return found.finding.state == State.CLAIMED
    return kind is EventKind.JUDGE and found.finding.level == Level.GRAVE


WORDS = {
    EventKind.CLAIM: "登记整改",
    EventKind.PASS: "复查合格，销号",
    EventKind.FAIL: "复查不合格",
    EventKind.ADVISED: "再次劝导",
    EventKind.TRANSFER: "移送综执安监办",
    EventKind.CLOSE: "直接销号",
    EventKind.JUDGE: "判定是否重大",
    EventKind.REOPEN: "重新列入整改",
}
"""What the buttons say, where the kind's own word is too short."""


def _case(by: Actor, found: Sheet) -> CaseLink | None:
    case = found.finding.case
    if case is None:
        return None
    try:
        seen = cases.get_for(by, case.pk)
    except NotFound:
        return CaseLink(case.number, "", "")
    return CaseLink(case.number, reverse("cases_sheet", args=[case.pk]), case_lines.state_words(seen))


def _firm(by: Actor, found: Sheet) -> object:
    try:
        return enterprises.card(enterprises.get_for(by, found.finding.enterprise_id))
    except NotFound:
        return None
