"""领导台: what lies in a leader's line and villages, each once, with its one next press; what he decides, whole."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.reads import leading
from qinqing.cases.reads.leading import Ground
from qinqing.cases.words import Verb
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from tests.cases.world import World

LATER = moment("2026-12-02 09:00")


def _desk(world: "World", who: str = "leader") -> dict[Ground, list[tuple[int, Verb | None]]]:
    return {
        pile.ground: [(row.line.id, row.press and row.press.verb) for row in pile.rows]
        for pile in leading.piles(world.who[who], LATER)
    }


def _asked_to_suspend(world: "World") -> "Case":
    return world.press(
        Verb.ASK_SUSPENSION, world.in_hand(), "build", reason="funds_planned", scheme="列入明年计划。", next_reply_on=date(2026, 12, 20)
    )  # fmt: skip


def _twice_dissatisfied(world: "World") -> "Case":
    case = world.answered()
    bad = {"solved": "no", "satisfaction": "dissatisfied", "comment": "还是不亮。"}
    case = world.press(Verb.RATE, case, "owner", **bad)
    case = world.press(Verb.REOPEN, case, "clerk", note="请重修。")
    if case.tasks.last().state == "offered":  # type: ignore[union-attr]
        case = world.press(Verb.SIGN, case, "build", handler=world.build.account_id)
    case = world.press(Verb.FINISH, case, "build", outcome="solved", reply="又修了一次。", told_way="phone")
    return world.press(Verb.RATE, case, "owner", **bad)


@pytest.mark.clause("三要(二)-2")
def test_a_leader_finds_what_is_key_late_suspended_and_twice_dissatisfied_in_his_charge(world: "World") -> None:
    far = moment("2026-12-01 09:00")
    key = world.press(Verb.MARK_KEY, world.in_hand(far), "clerk", far, reason="省重点项目")
    late = world.in_hand()
    suspended = world.press(Verb.SUSPEND, _asked_to_suspend(world), "leader", note="")
    twice = _twice_dissatisfied(world)
    assert _desk(world) == {
        Ground.DISSATISFIED: [(twice.pk, Verb.REOPEN)],
        Ground.LATE: [(late.pk, Verb.SUPERVISE)],
        Ground.SUSPENDED: [(suspended.pk, Verb.INSTRUCT)],
        Ground.KEY: [(key.pk, Verb.INSTRUCT)],
    }
    assert _desk(world, "leader2") == {}


def test_a_matter_stands_once_and_waits_while_an_instruction_is_open(world: "World") -> None:
    case = world.press(Verb.MARK_KEY, world.in_hand(), "clerk", reason="省重点项目")
    assert list(_desk(world)) == [Ground.LATE]
    suspended = world.press(Verb.SUSPEND, _asked_to_suspend(world), "leader", note="")
    world.press(Verb.INSTRUCT, suspended, "leader", note="请下周报方案。", leading="deploy", reply_by="3")
    assert _desk(world) == {Ground.LATE: [(case.pk, Verb.SUPERVISE)], Ground.SUSPENDED: [(suspended.pk, None)]}
    mine = leading.instructions(world.leader, LATER)
    assert [(one.instruction.case_id, one.is_late) for one in mine] == [(suspended.pk, True)]
    assert leading.instructions(world.leader2, LATER) == []


@pytest.mark.clause("二(四)-2c")
def test_a_suspension_is_put_before_the_leader_in_charge_whole(world: "World") -> None:
    case = _asked_to_suspend(world)
    (one,) = leading.approvals(world.leader, NOW)
    assert (one.line.id, one.grant, one.refuse) == (case.pk, Verb.SUSPEND, Verb.REFUSE_SUSPENSION)
    assert (one.note, one.asked_by) == ("列入明年计划。", world.build.name)
    assert dict(one.facts)["下次答复企业"] == "12月20日"
    assert leading.approvals(world.leader2, NOW) == leading.approvals(world.head, NOW) == []


@pytest.mark.clause("二(四)-5")
def test_an_extension_is_put_before_the_hubs_head_whole(world: "World") -> None:
    world.press(
        Verb.ASK_EXTENSION,
        world.in_hand(),
        "build",
        reason="several_offices",
        new_due_on="2026-12-02",
        note="配件在途。",
    )
    (one,) = leading.approvals(world.head, NOW)
    assert (one.grant, one.note) == (Verb.GRANT_EXTENSION, "配件在途。")
    assert dict(one.facts)["延到"] == "12月2日 17:30（共7个工作日）"
    assert leading.approvals(world.clerk, NOW) == leading.approvals(world.leader, NOW) == []


def test_the_desk_costs_the_same_with_much_on_it(
    world: "World", django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for _ in range(3):
        world.in_hand()
        _asked_to_suspend(world)
    leading.piles(world.leader, LATER)  # the plan and the calendar are read once a process
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        leading.piles(world.leader, LATER)
        leading.approvals(world.leader, LATER)
        leading.instructions(world.leader, LATER)
