"""What must hold after every press, whoever pressed what."""

from collections import Counter

from qinqing.cases import policy
from qinqing.cases.models import Balance, Case, Feedback, Holding, Tally, Task
from qinqing.cases.reads.books import recount
from qinqing.cases.reads.find import sight_of
from qinqing.cases.rules.books import holders, piles
from qinqing.cases.terms import terms_of
from qinqing.cases.words import ENDS, CaseState, Part
from qinqing.ledger import reads as ledger
from tests.cases.world import World


def check_case(case: Case) -> None:
    """One case: one owner, one answer, one register, a date that can be derived again."""
    case.refresh_from_db()
    tasks = list(Task.objects.filter(case=case))
    live = [task for task in tasks if task.state in ("offered", "working")]
    kinds = [entry.kind for entry in ledger.entries_of("case", case.pk)]
    assert kinds, "no case without an entry"
    if case.state == CaseState.WRITTEN_OFF and case.kind == "demand":
        assert "case.finished" in kinds
        assert "case.registered" in kinds
        assert Feedback.objects.filter(case=case, is_staged=False).exists()
    if case.state in ENDS:
        assert not live, "a case off the ledger owes nobody anything"
        assert case.ended_at is not None
    if case.state == CaseState.IN_HAND:
        waits = any(task.state == "returned" and not task.ruling for task in tasks)
        assert [t for t in live if t.part == Part.LEAD] or waits, "work in hand has one lead"
    assert {task.handler_id for task in tasks if task.state == "working"} <= {
        t.handler_id for t in tasks if t.handler_id
    }
    if case.state != CaseState.SUSPENDED:
        terms = terms_of(case.plan_version_id)
        assert terms.calendar.is_workday(
            case.due_at.astimezone(terms.calendar.hours.closes_at(case.due_at.date()).tzinfo).date()
        )
    held = set(Holding.objects.filter(case=case, closed_at__isnull=True).values_list("office_id", flat=True))
    assert held == holders(sight_of(case))


def check_town(world: World) -> None:
    """The whole town: counters equal a recount, every account balances, the chain is whole, nobody reads outside his scope."""
    expected: Counter[tuple[int, str]] = Counter()
    for case in Case.objects.filter(town=world.town):
        expected.update({(office, pile.value): n for (office, pile), n in piles(sight_of(case)).items()})
    counted = {(t.office_id, t.pile): t.count for t in Tally.objects.all() if t.count}
    assert counted == {key: n for key, n in expected.items() if n}
    for office, on_account in recount(world.town.pk).items():
        months = Balance.objects.filter(office_id=office)
        assert sum(month.hung - month.cleared for month in months) == on_account
    for firm in ("owner", "owner2"):
        actor = world.who[firm]
        rows = policy.visible_to(actor)
        assert all(row.enterprise_id == actor.enterprise_id for row in rows)
        assert all(row.kind == "demand" or row.published for row in rows)
    assert not policy.visible_to(world.discipline).exists()
    assert not policy.visible_to(world.sysadmin).exists()
