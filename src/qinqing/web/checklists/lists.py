"""All checklists of the town, and which enterprise needs which."""

from dataclasses import dataclass

from django.http import HttpResponse

from qinqing.checklists import policy, reads
from qinqing.checklists.reads import Line
from qinqing.enterprises.words import Scale, Tag
from qinqing.people.rights import Right
from qinqing.plan import reads as plans
from qinqing.plan.field_spec import ChecklistAddon, ChecklistSet
from qinqing.plan.spec import Plan
from qinqing.web import respond
from qinqing.web.gate import Request, screen


@dataclass(frozen=True, slots=True)
class Need:
    """A row of the plan in words: who, which lists, how often."""

    name: str
    who: str
    checklists: tuple[str, ...]
    often: str
    clause: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A list of the town, what it is called in short, and whether the reader keeps it."""

    line: Line
    short: str
    is_mine: bool


@screen(Right.READ_CHECKLISTS)
def lists(request: Request) -> HttpResponse:
    """Show the lists and the plan's rules about them."""
    by = request.actor
    plan = plans.current(by.book)
    rows = [
        Row(line, listed.short if (listed := plan.checklist(line.code)) else "", policy.may_manage(by, line.code, plan))
        for line in reads.lines(by)
    ]
    context = {
        "rows": rows,
        "needs": needs(plan),
        "periods": plan.special_periods,
        "drafts": [row for row in rows if row.line.in_use and row.line.in_use.is_draft_text],
        "waiting": [row for row in rows if row.line.waiting and row.is_mine],
    }
    return respond.screen(request, "checklists/lists.html", context)


def needs(plan: Plan) -> list[Need]:
    """Return what the plan asks, a row each. Source: 附2安-(3)a, 附2安-(3)c."""
    return [*(_need(row) for row in plan.checklist_sets), *(_need(row) for row in plan.checklist_addons)]


def _need(row: ChecklistSet | ChecklistAddon) -> Need:
    if isinstance(row, ChecklistSet):
        who = "不论规模" if row.is_key else "、".join(Scale.label_of(scale) for scale in row.scales)
    else:
        who = "、".join(Tag.label_of(trait) for trait in row.traits) or "每一家"
    return Need(
        row.name,
        who,
        row.checklists,
        f"每{row.period.label}{row.times}次",
        row.clause,
        row.provisional,
    )
