"""交办、转办、会商: whom the hub gives a case to, and what that changes."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Task
from qinqing.cases.words import Verb
from qinqing.consultations.models import Session
from qinqing.kernel.errors import NotAllowed, TooLate
from tests.cases.refusal import refused
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from tests.cases.world import World

DUE = moment("2026-11-30 17:30")


@pytest.mark.clause("二(二)1-诉求-交村", "二(二)1-诉求-指导", "二(二)1-诉求-落实")
def test_handed_to_its_community_with_guidance_the_lead_officer_has_it(world: "World") -> None:
    case = world.press(Verb.HAND, world.accepted(), "clerk", community=world.office("cun01"), guidance="先看现场。")
    task = case.tasks.get()
    assert (case.state, case.route, case.lead_office_id) == ("in_hand", "community", world.office("cun01"))
    assert (task.part, task.state, task.handler_id) == ("lead", "offered", world.officer.account_id)
    assert (task.guidance, task.due_at, task.sign_due_at) == ("先看现场。", DUE, moment("2026-11-24 17:30"))
    assert (case.due_at, case.dispatched_at) == (DUE, NOW)


def test_handed_to_another_community_it_names_its_own_person(world: "World") -> None:
    case = world.press(Verb.HAND, world.accepted(), "clerk", community=world.office("cun02"))
    assert case.tasks.get().handler_id is None


def test_handing_is_refused_to_what_is_no_staffed_community_or_no_officer_of_it(world: "World") -> None:
    case = world.accepted()
    for community, code in ((world.office("jianguan"), "office_unknown"), (world.office("cun03"), "office_empty")):
        with refused(code, field="community"):
            world.press(Verb.HAND, case, "clerk", community=community)
    with refused("handler_unknown", field="handler"):
        world.press(Verb.HAND, case, "clerk", community=world.office("cun01"), handler=world.officer2.account_id)


@pytest.mark.clause("二(二)1-诉求-转办")
def test_forwarded_to_one_lead_and_its_supports_everyone_has_a_task(world: "World") -> None:
    case = world.press(
        Verb.FORWARD,
        world.accepted(),
        "clerk",
        lead=world.office("jianguan"),
        supports=[world.office("zhifa"), world.office("cun01"), world.office("zhifa")],
    )
    parts = {task.office.code: (task.part, task.state, task.due_at) for task in case.tasks.all()}
    assert parts == {
        "jianguan": ("lead", "offered", DUE),
        "zhifa": ("support", "offered", DUE),
        "cun01": ("support", "offered", DUE),
    }
    assert (case.route, case.lead_office_id) == ("department", world.office("jianguan"))


def test_forwarding_is_refused_to_a_community_and_to_a_lead_that_supports_itself(world: "World") -> None:
    case = world.accepted()
    with refused("office_unknown", field="lead"):
        world.press(Verb.FORWARD, case, "clerk", lead=world.office("cun01"))
    with refused("lead_supports", field="supports"):
        world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"), supports=[world.office("jianguan")])
    with refused("office_unknown", field="supports"):
        world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"), supports=[world.office("ducha")])


def test_a_case_goes_nowhere_before_it_is_accepted_nor_twice(world: "World") -> None:
    fresh = world.demand()
    with refused("moved_on", kind=TooLate):
        world.press(Verb.FORWARD, fresh, "clerk", lead=world.office("jianguan"))
    case = world.in_hand()
    with refused("moved_on", kind=TooLate) as told:
        world.press(Verb.FORWARD, case, "clerk2", lead=world.office("zhifa"))
    assert "示build" in told.value.sentence
    assert "签收" in told.value.sentence


@pytest.mark.clause("二(二)0-1")
@pytest.mark.parametrize("who", ["build", "village", "leader", "supervisor"])
def test_only_the_hub_sends_on(world: "World", who: str) -> None:
    case = world.press(Verb.MARK_KEY, world.in_hand(), "clerk", reason="重大项目")
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.FORWARD, case, who, lead=world.office("zhifa"))


def convened(world: "World", case: "Case") -> "Case":
    return world.press(
        Verb.CONVENE,
        case,
        "clerk",
        participants=[world.office("jianguan"), world.office("zhifa"), world.office("cun01")],
        held_at=NOW + timedelta(days=1),
        place="镇政府三楼",
        agenda="东门道路归谁管",
    )


@pytest.mark.clause("二(二)1-诉求-会商", "二(三)-1")
def test_a_consultation_ends_in_an_opinion_whose_items_are_tasks_that_hold_the_case_open(world: "World") -> None:
    case = convened(world, world.in_hand())
    assert (case.state, case.route) == ("consulting", "consultation")
    assert [task.state for task in case.tasks.all()] == ["recalled"]
    case = world.press(
        Verb.RECORD_OPINION,
        case,
        "clerk",
        opinion="建管办牵头修复，执法局清障。",
        items=[
            {"office": world.office("jianguan"), "what": "修复路面", "days": 5},
            {"office": world.office("zhifa"), "what": "清理占道", "days": 2},
        ],
    )
    lead, support = Task.objects.filter(case=case, state="offered").order_by("id")
    assert (lead.part, lead.what, lead.due_at) == ("lead", "修复路面", DUE)
    assert (support.part, support.what, support.due_at) == ("support", "清理占道", moment("2026-11-25 17:30"))
    assert case.due_at == DUE, "consulting moves no limit"
    session = Session.objects.get(case=case)
    assert (session.opinion, [item.working_days for item in session.items.all()]) == (
        "建管办牵头修复，执法局清障。",
        [5, 2],
    )
    world.press(Verb.SIGN, case, "build", handler=world.build.account_id)
    with refused("supports_are_done"):
        world.press(Verb.FINISH, case, "build", outcome="solved", reply="修好。", told_way="phone")
    world.press(Verb.SIGN, case, "law", handler=world.law.account_id)
    world.press(Verb.COMPLETE, case, "law", result="已清理。")
    case = world.press(Verb.FINISH, case, "build", outcome="solved", reply="修好。", told_way="phone")
    assert case.state == "answered"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"participants": []}, "participants_few", "participants"),
        ({"participants": ["jianguan", "jianguan"]}, "participants_few", "participants"),
        ({"participants": ["jianguan", "lingdao"]}, "office_unknown", "participants"),
        ({"held_at": NOW - timedelta(minutes=1)}, "held_in_past", "held_at"),
        ({"place": ""}, "missing", "place"),
        ({"agenda": " "}, "missing", "agenda"),
    ],
)
def test_convening_is_refused_with_the_reason_and_keeps_no_session(
    world: "World", given: dict[str, object], code: str, field: str
) -> None:
    case = world.accepted()
    values: dict[str, object] = {
        "participants": ["jianguan", "zhifa"], "held_at": NOW + timedelta(hours=2), "place": "三楼", "agenda": "道路",
    } | given  # fmt: skip
    values["participants"] = [world.office(str(code)) for code in values["participants"]]  # type: ignore[attr-defined]
    with refused(code, field=field):
        world.press(Verb.CONVENE, case, "clerk", **values)
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "items_missing"),
        ([("jianguan", "修", 5), ("jianguan", "再修", 5)], "items_office_twice"),
        ([("jianguan", "修", 11)], "items_days"),
        ([("jianguan", "修", 0)], "items_days"),
        ([("lingdao", "批", 5)], "office_unknown"),
        ([("jianguan", "", 5)], "missing"),
    ],
)
def test_an_opinion_needs_items_somebody_can_do(world: "World", items: list[tuple[str, str, int]], code: str) -> None:
    case = convened(world, world.accepted())
    given = [{"office": world.office(office), "what": what, "days": days} for office, what, days in items]
    with refused(code, field="items"):
        world.press(Verb.RECORD_OPINION, case, "clerk", opinion="照办。", items=given)
    assert Session.objects.get().recorded_at is None
