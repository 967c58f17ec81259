"""签收、定人、进展、退回: what an office does with its share, and the strict rules of returning."""

from typing import TYPE_CHECKING

import pytest

from qinqing.cases.reads import find
from qinqing.cases.reads.sheet import public_story
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed, TooLate
from qinqing.ledger import reads as ledger
from qinqing.ledger.reads import entries_of
from tests.cases.refusal import refused
from tests.cases.world import moment

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from tests.cases.world import World

BACK = {"reason": "not_ours", "basis": "三（四）道路保洁属综合行政执法局", "note": "请转执法局。"}
IN_TIME = moment("2026-11-24 17:30")
TOO_LATE = moment("2026-11-24 17:30").replace(second=1)


def forwarded(world: "World", **more: object) -> "Case":
    return world.press(Verb.FORWARD, world.accepted(), "clerk", lead=world.office("jianguan"), **more)


@pytest.mark.clause("三要(二)-1")
def test_signing_names_the_person_who_answers_for_it(world: "World") -> None:
    case = forwarded(world)
    with refused("handler_unknown", field="handler"):
        world.press(Verb.SIGN, case, "build_head", handler=world.law.account_id)
    case = world.press(Verb.SIGN, case, "build_head", handler=world.build.account_id)
    task = case.tasks.get()
    assert (task.state, task.handler_id, case.handler_id) == ("working", world.build.account_id, world.build.account_id)
    assert ledger.entries_of("case", case.pk).last().facts["late"] is False


def test_signing_after_one_working_day_is_noted_as_late(world: "World") -> None:
    case = forwarded(world)
    world.press(Verb.SIGN, case, "build", TOO_LATE, handler=world.build.account_id)
    assert ledger.entries_of("case", case.pk).last().facts["late"] is True


def test_the_head_names_another_person_and_the_first_keeps_reading(world: "World") -> None:
    case = world.in_hand()
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.NAME_HANDLER, case, "clerk", handler=world.build_head.account_id)
    case = world.press(Verb.NAME_HANDLER, case, "build_head", handler=world.build_head.account_id)
    assert case.handler_id == world.build_head.account_id
    with refused("handler_same", field="handler"):
        world.press(Verb.NAME_HANDLER, case, "build_head", handler=world.build_head.account_id)
    assert find.get_for(world.build, case.pk).pk == case.pk
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.FINISH, case, "build", outcome="solved", reply="好了。", told_way="phone")


def test_the_enterprise_reads_only_the_progress_meant_for_it(world: "World") -> None:
    case = world.in_hand()
    world.press(Verb.PROGRESS, case, "build", note="灯具缺货，内部协调中。")
    case = world.press(Verb.PROGRESS, case, "build", note="灯具已订，周四到货。", told_enterprise=True)
    told = [
        entry.facts.get("note")
        for entry in public_story(case, list(entries_of("case", case.pk)))
        if entry.kind == "case.progressed"
    ]
    assert told == ["灯具已订，周四到货。"]
    with refused("missing", field="note"):
        world.press(Verb.PROGRESS, case, "build", note="")


@pytest.mark.clause("三要(四)-4")
def test_an_office_returns_within_one_working_day_to_the_second(world: "World") -> None:
    case = forwarded(world)
    with refused("return_in_time"):
        world.press(Verb.RETURN, case, "build", TOO_LATE, **BACK)
    case = world.press(Verb.RETURN, case, "build", IN_TIME, **BACK)
    assert (case.state, case.returns, case.lead_office_id) == ("accepted", 1, None)
    assert case.due_at == moment("2026-11-30 17:30"), "the clock never restarts"


@pytest.mark.clause("三要(四)-4")
def test_returning_needs_a_reason_of_the_list_and_its_ground(world: "World") -> None:
    case = forwarded(world)
    for spoilt, code in (({"reason": "太忙"}, "reason_unknown"), ({"basis": ""}, "missing"), ({"note": ""}, "missing")):
        with refused(code, field=next(iter(spoilt))):
            world.press(Verb.RETURN, case, "build", **(BACK | spoilt))


@pytest.mark.clause("三要(四)-4")
def test_the_hub_rules_before_the_case_goes_on(world: "World") -> None:
    case = world.press(Verb.RETURN, forwarded(world), "build", **BACK)
    with refused("return_is_ruled"):
        world.press(Verb.FORWARD, case, "clerk", lead=world.office("zhifa"))
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.ACCEPT_RETURN, case, "build")
    case = world.press(Verb.ACCEPT_RETURN, case, "clerk")
    assert case.tasks.get().ruling == "accepted"
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("zhifa"))
    assert case.due_at == moment("2026-11-30 17:30")


@pytest.mark.clause("三要(四)-4")
def test_an_overruled_return_stays_with_the_office_is_counted_and_was_its_last(world: "World") -> None:
    case = forwarded(world, supports=[world.office("zhifa")])
    case = world.press(Verb.RETURN, case, "build", **BACK)
    assert {task.state for task in case.tasks.all()} == {"returned", "recalled"}
    with refused("missing", field="note"):
        world.press(Verb.OVERRULE_RETURN, case, "clerk", note="")
    case = world.press(Verb.OVERRULE_RETURN, case, "clerk", note="三（三）路灯属建管办。")
    assert (case.state, case.lead_office_id) == ("in_hand", world.office("jianguan"))
    assert [(task.state, task.ruling) for task in case.tasks.all()] == [("offered", "overruled"), ("offered", "")]
    assert case.tasks.filter(ruling="overruled", office=world.office("jianguan")).count() == 1
    with refused("returned_only_once"):
        world.press(Verb.RETURN, case, "build", **BACK)


@pytest.mark.clause("三要(四)-4")
def test_given_again_to_an_office_that_returned_it_it_cannot_come_back_twice(world: "World") -> None:
    case = world.press(Verb.RETURN, forwarded(world), "build", **BACK)
    case = world.press(Verb.ACCEPT_RETURN, case, "clerk")
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"))
    live = case.tasks.get(state="offered")
    with refused("returned_only_once"):
        world.press(Verb.RETURN, case, "build", task_id=live.pk, **BACK)


@pytest.mark.clause("三要(四)-4", "二(二)1-诉求-会商")
def test_two_offices_returning_propose_a_consultation_before_all_else(world: "World") -> None:
    case = world.press(Verb.RETURN, forwarded(world), "build", **BACK)
    case = world.press(Verb.ACCEPT_RETURN, case, "clerk")
    assert find.offers_for(world.clerk, case, IN_TIME)[0].verb is Verb.FORWARD
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("zhifa"))
    case = world.press(Verb.RETURN, case, "law", **BACK)
    case = world.press(Verb.ACCEPT_RETURN, case, "clerk")
    assert find.sight_of(case).proposes_consultation
    assert find.offers_for(world.clerk, case, IN_TIME)[0].verb is Verb.CONVENE
    assert ledger.entries_of("case", case.pk).last().facts["proposes_consultation"] is True


def test_what_lies_with_the_superior_cannot_be_returned(world: "World") -> None:
    case = world.in_hand()
    case = world.press(
        Verb.SUBMIT_UPWARD, case, "build", superior="区住建局", sent_on=IN_TIME.date().replace(day=23),
        expected_on=IN_TIME.date(), note="请支持。",
    )  # fmt: skip
    with refused("return_before_upward"):
        world.press(Verb.RETURN, case, "build", **BACK)


def test_a_returned_support_leaves_the_case_in_hand(world: "World") -> None:
    case = forwarded(world, supports=[world.office("zhifa")])
    case = world.press(Verb.RETURN, case, "law", **BACK)
    assert (case.state, case.lead_office_id) == ("in_hand", world.office("jianguan"))
    case = world.press(Verb.ACCEPT_RETURN, case, "clerk")
    assert case.tasks.get(part="support").ruling == "accepted"


def test_an_officer_presses_only_on_what_was_given_to_him_by_name(world: "World") -> None:
    case = world.press(Verb.HAND, world.accepted(), "clerk", community=world.office("cun01"))
    case = world.press(Verb.SIGN, case, "village", handler=world.village.account_id)
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.PROGRESS, case, "officer", note="我来办。")
    case = world.press(Verb.NAME_HANDLER, case, "village", handler=world.officer.account_id)
    assert world.press(Verb.PROGRESS, case, "officer", note="已联系。").handler_id == world.officer.account_id


def test_asking_for_a_consultation_shows_at_the_hub_once(world: "World") -> None:
    case = world.press(Verb.ASK_CONSULTATION, world.in_hand(), "build", note="涉及三家单位。")
    assert case.wants_consultation
    with refused("consultation_not_asked"):
        world.press(Verb.ASK_CONSULTATION, case, "build", note="再请一次。")
    assert find.offers_for(world.clerk, case, IN_TIME)[0].verb is Verb.CONVENE


def test_signing_twice_tells_who_signed(world: "World") -> None:
    case = world.in_hand()
    with refused("moved_on", kind=TooLate) as told:
        world.press(Verb.SIGN, case, "build_head", handler=world.build_head.account_id)
    assert "示build" in told.value.sentence
