"""The four routes of a demand, end to end."""

from typing import TYPE_CHECKING

import pytest

from qinqing.cases.words import Verb
from tests.cases.world import moment

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.mark.clause("二(二)1-诉求-转办", "二(四)-6", "二(四)-2c")
def test_forwarded_to_a_department_it_comes_to_write_off_in_eight_entries(world: "World") -> None:
    case = world.answered()
    case = world.press(Verb.RATE, case, "owner", solved="yes", satisfaction="very")
    case = world.press(Verb.REGISTER, case, "clerk")
    case = world.press(Verb.WRITE_OFF, case, "clerk")
    assert world.verbs(case) == ["提交", "接办", "转办", "签收", "办结反馈", "评价", "整理", "销账"]
    assert case.state == "written_off"
    assert case.due_at == moment("2026-11-30 17:30")


@pytest.mark.clause("二(一)-6", "二(二)1-诉求-交村", "二(二)1-诉求-落实")
def test_handed_to_the_community_its_lead_officer_sees_to_it(world: "World") -> None:
    case = world.press(Verb.HAND, world.accepted(), "clerk", community=world.office("cun01"), guidance="先到现场看。")
    task = case.tasks.get()
    assert task.handler_id == world.officer.account_id
    world.press(Verb.SIGN, case, "officer", handler=world.officer.account_id)
    case = world.press(Verb.FINISH, case, "officer", outcome="solved", reply="已修好。", told_way="in_person")
    assert case.state == "answered"
