"""协调会商: who is called together, what is agreed, what it makes of the case, and who reads of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import serializers
from django.test import Client

from qinqing.cases import policy as cases
from qinqing.cases.models import Task
from qinqing.cases.words import Verb
from qinqing.consultations import reads
from qinqing.consultations.models import Invitation, Item, Session, Sitting
from qinqing.kernel.errors import NotAllowed, NotFound, TooLate
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices.models import Notice
from qinqing.people.models import Account
from tests.cases import refusal
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from tests.cases.world import World
    from tests.conftest import Clock

TOMORROW = NOW + timedelta(days=1)
DUE = moment("2026-11-30 17:30")


@contextmanager
def refused(code: str, **more: Any) -> Iterator["pytest.ExceptionInfo[Any]"]:
    """Expect a refusal that leaves neither case nor session changed."""
    tables = (Sitting, Invitation, Session, Item, Session.offices.through)
    before = [serializers.serialize("json", table._default_manager.order_by("pk")) for table in tables]
    with refusal.refused(code, **more) as caught:
        yield caught
    assert [serializers.serialize("json", table._default_manager.order_by("pk")) for table in tables] == before


def convene(world: "World", case: "Case", by: str = "clerk", **more: Any) -> "Case":
    offices = more.pop("offices", ("jianguan", "zhifa", "cun01"))
    given = {"held_at": TOMORROW, "place": "镇政府三楼", "agenda": "东门道路归谁管"} | more
    return world.press(Verb.CONVENE, case, by, participants=[world.office(code) for code in offices], **given)


def agree(world: "World", case: "Case", *items: tuple[str, str, int], by: str = "clerk", **more: Any) -> "Case":
    agreed = items or (("jianguan", "修复路面", 5), ("zhifa", "清理占道", 2))
    rows = [{"office": world.office(office), "what": what, "days": days} for office, what, days in agreed]
    given = {"opinion": "建管办牵头修复，执法局清障。", "items": rows} | more
    return world.press(Verb.RECORD_OPINION, case, by, **given)


@pytest.mark.clause("二(三)-1", "二(三)-3")
def test_a_session_keeps_who_when_where_and_about_what(world: "World") -> None:
    case = convene(world, world.accepted(), place="  镇政府三楼 ", agenda="东门道路归谁管\x00")
    session = Session.objects.get()
    assert (session.case_id, session.place_in_case, session.sitting.held_at) == (case.pk, 1, TOMORROW)
    assert (session.sitting.place, session.agenda, session.sitting.convened_by_name) == (
        "镇政府三楼",
        "东门道路归谁管",
        world.clerk.name,
    )
    assert {office.code for office in session.offices.all()} == {"jianguan", "zhifa", "cun01"}
    assert (case.state, case.route, case.due_at) == ("consulting", "consultation", DUE), "consulting moves no limit"
    assert world.verbs(case)[-1] == "会商"


def test_the_offices_called_are_told_and_read_the_case_from_then_on(world: "World") -> None:
    case = world.accepted()
    assert not cases.visible_to(world.law).filter(pk=case.pk).exists()
    convene(world, case)
    notices.pump(at=NOW)
    for who in ("build", "law", "village"):
        assert cases.visible_to(world.who[who]).filter(pk=case.pk).exists()
        told = Notice.objects.get(account_id=world.who[who].account_id or 0, kind="case.convened")
        assert told.action
        assert "镇政府三楼" in told.sentence
        assert reads.waiting(world.who[who])[0].case_id == case.pk
    assert not Notice.objects.filter(account_id=world.land.account_id or 0, kind="case.convened").exists()
    assert reads.waiting(world.land) == []
    assert reads.waiting(world.owner) == [], "an enterprise reads of the session only what its own page says"


def test_work_already_given_is_taken_back_until_there_is_an_opinion(world: "World") -> None:
    case = world.in_hand()
    convene(world, case)
    task = Task.objects.get(case=case)
    assert task.state == "recalled"
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.FINISH, case, "law", outcome="solved", reply="好了。", told_way="phone")
    with refused("moved_on", kind=TooLate):
        world.press(Verb.FINISH, case, "build", outcome="solved", reply="好了。", told_way="phone")


@pytest.mark.clause("二(二)1-诉求-会商")
def test_each_item_agreed_is_a_task_with_its_own_limit_the_first_leads(world: "World") -> None:
    case = agree(
        world, convene(world, world.accepted()), ("zhifa", "清障", 2), ("jianguan", "修路", 3), ("cun01", "告知", 9)
    )
    tasks = {task.office.code: (task.part, task.what, task.due_at) for task in case.tasks.all()}
    assert tasks == {
        "zhifa": ("lead", "清障", DUE),  # it answers the enterprise, so its limit is the case's
        "jianguan": ("support", "修路", moment("2026-11-26 17:30")),
        "cun01": ("support", "告知", DUE),  # never later than the case's own
    }
    session = Session.objects.get()
    assert [(item.office.code, item.what, item.working_days, item.is_lead) for item in session.items.all()] == [
        ("zhifa", "清障", 2, True),
        ("jianguan", "修路", 3, False),
        ("cun01", "告知", 9, False),
    ]
    assert (session.opinion, session.recorded_by_name, session.recorded_at) == (
        "建管办牵头修复，执法局清障。",
        world.clerk.name,
        NOW,
    )
    assert (case.state, case.lead_office_id) == ("in_hand", world.office("zhifa"))
    last = list(ledger.entries_of("case", case.pk))[-1]
    assert "清障（2个工作日）" in last.sentence
    assert "。。" not in last.sentence


def test_an_office_that_was_not_at_the_table_may_be_given_a_share(world: "World") -> None:
    case = agree(world, convene(world, world.accepted()), ("ziran", "核红线", 3))
    assert case.tasks.get().office.code == "ziran"
    assert cases.visible_to(world.land).filter(pk=case.pk).exists()


@pytest.mark.clause("二(三)-1")
def test_a_case_may_be_consulted_again_and_each_session_keeps_its_own_opinion(world: "World") -> None:
    case = agree(world, convene(world, world.accepted()))
    case = convene(world, case, agenda="两家意见不一致，再议", held_at=TOMORROW + timedelta(days=1))
    case = agree(world, case, ("jianguan", "一并修复", 3), opinion="统一由建管办修复。")
    assert list(Session.objects.order_by("id").values_list("place_in_case", "opinion")) == [
        (1, "建管办牵头修复，执法局清障。"),
        (2, "统一由建管办修复。"),
    ]
    live = Task.objects.filter(case=case, state="offered")
    assert [task.office.code for task in live] == ["jianguan"]
    assert [session.place_in_case for session in reads.sessions_of(case.pk)] == [1, 2]


@pytest.mark.clause("三要(四)-4")
def test_two_offices_returning_a_case_make_a_consultation_the_next_step(world: "World") -> None:
    case = world.accepted()
    for office, who in (("zhifa", "law"), ("ziran", "land")):
        world.press(Verb.FORWARD, case, "clerk", lead=world.office(office))
        world.press(Verb.RETURN, case, who, reason="not_ours", basis="三（三）", note="不属本单位。")
        case = world.press(Verb.ACCEPT_RETURN, case, "clerk")
    from qinqing.cases.reads.find import offers_for

    assert offers_for(world.clerk, case, NOW)[0].verb is Verb.CONVENE


class TestRefusals:
    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"offices": ()}, "participants_few", "participants"),
            ({"offices": ("jianguan",)}, "participants_few", "participants"),
            ({"offices": ("jianguan", "jianguan")}, "participants_few", "participants"),
            ({"offices": ("jianguan", "lingdao")}, "office_unknown", "participants"),
            ({"offices": ("jianguan", "cun03")}, "office_empty", "participants"),
            ({"held_at": NOW - timedelta(minutes=1)}, "held_in_past", "held_at"),
            ({"place": " \u200b"}, "missing", "place"),
            ({"place": "楼" * 101}, "too_long", "place"),
            ({"agenda": ""}, "missing", "agenda"),
        ],
    )
    def test_a_meeting_that_cannot_be_is_not_called(
        self, world: "World", given: dict[str, Any], code: str, field: str
    ) -> None:
        case = world.accepted()
        with refused(code, field=field):
            convene(world, case, **given)

    @pytest.mark.parametrize(
        ("items", "code"),
        [
            ([], "items_missing"),
            ([("jianguan", "修", 5), ("jianguan", "再修", 5)], "items_office_twice"),
            ([("jianguan", "修", 0)], "items_days"),
            ([("jianguan", "修", 11)], "items_days"),
            ([("jianguan", " ", 5)], "missing"),
            ([("jianguan", "修" * 501, 5)], "too_long"),
            ([("lingdao", "批示", 5)], "office_unknown"),
            ([("cun03", "告知", 5)], "office_empty"),
        ],
    )
    def test_an_opinion_nobody_could_carry_out_is_not_recorded(
        self, world: "World", items: list[tuple[str, str, int]], code: str
    ) -> None:
        case = convene(world, world.accepted())
        rows = [{"office": world.office(office), "what": what, "days": days} for office, what, days in items]
        with refused(code, field="items"):
            agree(world, case, items=rows)

    @pytest.mark.parametrize(
        "row", [{}, {"office": "x", "what": "修", "days": 1}, {"office": 1, "what": "修", "days": "好"}, 7, None]
    )
    def test_items_that_are_no_items_are_refused_in_words(self, world: "World", row: Any) -> None:
        case = convene(world, world.accepted())
        with refused("items_unclear", field="items"):
            agree(world, case, items=[row])

    def test_an_empty_opinion_is_none(self, world: "World") -> None:
        case = convene(world, world.accepted())
        with refused("missing", field="opinion"):
            agree(world, case, opinion="  ")

    def test_only_the_hub_calls_and_records(self, world: "World") -> None:
        case = world.press(Verb.MARK_KEY, world.in_hand(), "clerk", reason="重大项目")
        for who in ("build", "build_head", "village", "leader", "supervisor", "owner"):
            with refused("not_allowed", kind=NotAllowed):
                convene(world, case, who)
        with refused("not_found", kind=NotFound):
            convene(world, case, "owner2")
        case = convene(world, case)
        for who in ("build", "law", "village", "leader", "supervisor"):
            with refused("not_allowed", kind=NotAllowed):
                agree(world, case, by=who)

    def test_an_opinion_comes_after_a_meeting_and_once(self, world: "World") -> None:
        case = world.accepted()
        with refused("moved_on", kind=TooLate):
            agree(world, case)
        case = agree(world, convene(world, case))
        with refused("moved_on", kind=TooLate):
            agree(world, case, by="clerk2")


def test_the_page_shows_what_is_to_be_held_and_what_was_agreed(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    agree(world, convene(world, world.accepted()))
    convene(world, world.accepted(text="第二件：绿化带遮挡视线。"), agenda="谁来修剪")
    for who, sees in (("clerk", True), ("law", True), ("supervisor", True), ("land", False)):
        client = Client()
        client.force_login(Account.objects.get(pk=world.who[who].account_id or 0))
        page = client.get("/consultations")
        assert page.status_code == 200
        text = page.content.decode()
        assert ("谁来修剪" in text) is sees
        assert ("修复路面" in text) is sees


def test_the_page_asks_the_database_no_more_for_many_sessions(
    world: "World", clock: "Clock", django_assert_max_num_queries: Any
) -> None:
    clock.at("2026-11-23 09:30")
    client = Client()
    client.force_login(Account.objects.get(pk=world.clerk.account_id or 0))
    for _ in range(4):
        agree(world, convene(world, world.accepted()))
        convene(world, world.accepted())
    client.get("/consultations")
    with django_assert_max_num_queries(22):
        client.get("/consultations")
