"""跟进台: office by stage, each figure as many rows in the book; a statement or two whatever the number of cases."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Case
from qinqing.cases.reads import ledger, tracker
from qinqing.cases.reads.ledger import STAGES
from qinqing.cases.words import OPEN, Stage, Verb
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World

LATER = moment("2026-12-02 09:00")
SOON = moment("2026-11-27 09:00")


def _fill(world: "World") -> None:
    """One case at most stages, two at some, one written off."""
    world.demand()
    world.accepted()
    world.press(Verb.ASK, world.demand(), "clerk", question="哪一盏灯？")
    forwarded = world.press(Verb.FORWARD, world.accepted(), "clerk", lead=world.office("jianguan"))
    world.press(Verb.URGE, forwarded, "clerk", note="请抓紧。")
    world.in_hand()
    world.press(Verb.INSTRUCT, world.in_hand(), "leader", note="请抓紧。", leading="push", reply_by="2")
    world.press(
        Verb.SUBMIT_UPWARD, world.in_hand(), "build", superior="区住建局", document_no="", sent_on=NOW.date(),
        expected_on=moment("2026-11-30 09:00").date(), note="请支持。",
    )  # fmt: skip
    world.press(Verb.REGISTER, world.answered(), "clerk", note="")
    world.answered()
    done = world.press(Verb.REGISTER, world.answered(), "clerk", note="")
    world.press(Verb.WRITE_OFF, done, "clerk", note="")
    world.problem("officer")


@pytest.mark.clause("二(二)1-诉求-跟进")
@pytest.mark.parametrize("who", ["clerk", "supervisor", "leader", "build_head"])
@pytest.mark.parametrize("at", [NOW, SOON, LATER])
def test_every_figure_opens_to_exactly_its_rows(world: "World", who: str, at: "object") -> None:
    _fill(world)
    by, now = world.who[who], at
    found = tracker.matrix(by, now)  # type: ignore[arg-type]

    def rows(wanted: ledger.Filter) -> int:
        return len(ledger.page(by, wanted, now, size=100).lines)  # type: ignore[arg-type]

    assert found
    for office, row in found.items():
        assert row.total.count == rows(tracker.rows_of(office)) == sum(cell.count for cell in row.cells.values())
        assert row.total.late == rows(tracker.rows_of(office, stand="late"))
        assert row.total.soon == rows(tracker.rows_of(office, stand="soon"))
        assert row.total.instructed == rows(tracker.rows_of(office, instructed=True))
        assert row.supports == rows(tracker.supports_of(office))
        for stage in Stage:
            cell = row.cells.get(stage, tracker.Cell())
            assert cell.count == rows(tracker.rows_of(office, stage)), (office, stage)
            assert cell.late == rows(tracker.rows_of(office, stage, "late")), (office, stage)


def test_every_open_case_is_at_exactly_one_stage(world: "World") -> None:
    _fill(world)
    for case in Case.objects.all():
        at = [stage for stage, condition in STAGES.items() if Case.objects.filter(condition, pk=case.pk).exists()]
        assert len(at) == (1 if case.state in OPEN else 0), case.state
    assert set(STAGES) == set(Stage)


def test_the_share_of_a_supporting_office_is_counted_beside(world: "World") -> None:
    case = world.press(
        Verb.FORWARD, world.accepted(), "clerk", lead=world.office("jianguan"), supports=[world.office("zhifa")]
    )
    found = tracker.matrix(world.clerk, NOW)
    assert (found[world.office("zhifa")].supports, found[world.office("zhifa")].total.count) == (1, 0)
    page = ledger.page(world.clerk, tracker.supports_of(world.office("zhifa")), NOW)
    assert [line.id for line in page.lines] == [case.pk]


def test_it_costs_no_more_however_much_is_open(
    world: "World", django_assert_max_num_queries: Callable[[int], object]
) -> None:
    """Two statements of its own; the plan in force is asked once a request by the gate."""
    tracker.matrix(world.clerk, NOW)  # the plan and the calendar are read once a process
    for _ in range(2):
        _fill(world)
        with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
            tracker.matrix(world.clerk, NOW)
