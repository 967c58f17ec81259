"""上报上级: by the department itself, only after dispatch, followed every five working days, answered on a frozen copy."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core import signing
from django.test import Client

from qinqing.cases.models import Case, Upward
from qinqing.cases.reads import find
from qinqing.cases.reads.lines import state_words
from qinqing.cases.reads.today import stale_upwards
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed
from qinqing.ledger import reads as ledger
from tests.cases.refusal import everything, refused
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

SENT = {"superior": "区住建局", "document_no": "演建报〔2026〕3号", "sent_on": NOW.date(), "expected_on": date(2026, 12, 4),
        "note": "请支持路灯改造经费。"}  # fmt: skip


def upward(world: "World") -> Case:
    return world.press(Verb.SUBMIT_UPWARD, world.in_hand(), "build", **SENT)


@pytest.mark.clause("二(二)1-诉求-上报")
def test_the_department_submits_after_dispatch_and_the_clock_runs_on(world: "World") -> None:
    case = upward(world)
    row = Upward.objects.get()
    assert (case.upward, case.state, state_words(case)) == (True, "in_hand", "上级办理中")
    assert case.due_at == moment("2026-11-30 17:30")
    assert row.next_progress_at == moment("2026-11-30 17:30"), "five working days"
    with refused("not_upward_yet"):
        world.press(Verb.SUBMIT_UPWARD, case, "build", **SENT)


@pytest.mark.clause("二(二)1-诉求-上报")
@pytest.mark.parametrize("who", ["clerk", "head", "village", "officer"])
def test_neither_the_hub_nor_a_community_submits_upward_for_a_department(world: "World", who: str) -> None:
    case = world.in_hand()
    with refused("not_allowed", kind=NotAllowed):
        world.press(Verb.SUBMIT_UPWARD, case, who, task_id=case.tasks.get().pk, **SENT)


def test_nobody_submits_upward_before_the_hub_gave_it_to_the_department(world: "World") -> None:
    case = world.press(Verb.FORWARD, world.accepted(), "clerk", lead=world.office("jianguan"))
    with refused("not_allowed", kind=NotAllowed):  # not signed for yet: nobody's name stands on it
        world.press(Verb.SUBMIT_UPWARD, case, "build", **SENT)


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        ({"superior": ""}, "missing"),
        ({"sent_on": date(2026, 11, 24)}, "sent_in_future"),
        ({"expected_on": date(2026, 11, 22)}, "expected_before_sent"),
        ({"note": ""}, "missing"),
    ],
)
def test_an_upward_submission_must_make_sense(world: "World", spoilt: dict[str, object], code: str) -> None:
    case = world.in_hand()
    with refused(code, field=next(iter(spoilt))):
        world.press(Verb.SUBMIT_UPWARD, case, "build", **(SENT | spoilt))


def test_today_in_shanghai_is_no_future_in_the_small_hours(world: "World") -> None:
    """At 00:30 in Shanghai it is still yesterday in UTC; the day of the plan is Shanghai's."""
    from datetime import UTC

    early = moment("2026-11-24 00:30").astimezone(UTC)
    case = world.in_hand()
    case = world.press(Verb.SUBMIT_UPWARD, case, "build", early, **(SENT | {"sent_on": date(2026, 11, 24)}))
    assert case.upward


@pytest.mark.clause("二(二)1-诉求-上报")
def test_five_working_days_without_progress_are_shown_as_stale_until_one_is_noted(world: "World") -> None:
    case = upward(world)
    assert not stale_upwards(world.build, moment("2026-11-30 17:30"))
    late = moment("2026-11-30 17:30").replace(second=1)
    assert [line.id for line in stale_upwards(world.build, late)] == [case.pk]
    assert [line.id for line in stale_upwards(world.clerk, late)] == [case.pk]
    world.press(Verb.UPWARD_PROGRESS, case, "build", late, note="区里已转市局。")
    assert Upward.objects.get().next_progress_at == moment("2026-12-07 17:30")
    assert not stale_upwards(world.build, late)


def test_the_answer_of_the_superior_brings_the_task_back(world: "World") -> None:
    case = world.press(Verb.UPWARD_ANSWER, upward(world), "build", answer="经费已批。")
    row = Upward.objects.get()
    assert (case.upward, row.answer, row.answered_at) == (False, "经费已批。", NOW)
    with refused("is_upward"):
        world.press(Verb.UPWARD_PROGRESS, case, "build", note="再问问。")


@pytest.mark.clause("二(二)1-诉求-上报")
def test_the_link_shows_a_copy_frozen_when_it_was_sent_and_takes_one_answer(world: "World", clock: "Clock") -> None:
    case = upward(world)
    clock.at("2026-11-24 10:00")
    address = f"/upward/{find.upward_token(Upward.objects.get())}"
    world.press(Verb.PROGRESS, case, "build", note="内部意见：经费恐怕批不下来。")
    Case.objects.filter(pk=case.pk).update(text="事后改过的内容")
    page = Client().get(address)
    assert page.status_code == 200
    assert "厂区东门外三盏路灯不亮" in page.content.decode()
    assert "事后改过的内容" not in page.content.decode()
    assert "内部意见" not in page.content.decode()
    answered = Client().post(address, {"answer": "同意安排经费。", "answered_by": "区住建局示某"})
    assert answered.status_code in (200, 303)
    row = Upward.objects.get()
    assert (row.answer, row.answered_by_name) == ("同意安排经费。", "区住建局示某")
    entry = ledger.entries_of("case", case.pk).last()
    assert (entry.verb, entry.facts["by_link"], entry.actor_id) == ("上级答复", True, None)
    before = everything()
    again = Client().post(address, {"answer": "改主意了。", "answered_by": "别人"})
    assert again.status_code < 500
    assert everything() == before


@pytest.mark.parametrize("token", ["x", "1", "MQ:1abc:def", "../../etc/passwd", "%00", "诉"])
def test_a_forged_link_shows_nothing(world: "World", token: str) -> None:
    upward(world)
    for page in (Client().get(f"/upward/{token}"), Client().post(f"/upward/{token}", {"answer": "假的"})):
        assert page.status_code in (400, 403, 404)
        assert "路灯" not in page.content.decode()


def test_a_link_signed_for_something_else_is_no_link(world: "World", clock: "Clock") -> None:
    upward(world)
    row = Upward.objects.get()
    for foreign in (signing.dumps(row.pk), signing.dumps(row.pk, salt="cases.rate")):
        assert find.upward_of_token(foreign) is None
    token = find.upward_token(row)
    clock.at("2027-06-01 09:00")
    assert find.upward_of_token(token) is None, "half a year is the longest"


def test_finishing_closes_an_upward_submission_that_was_never_answered(world: "World") -> None:
    case = world.press(
        Verb.FINISH, upward(world), "build", outcome="partly", reply="已上报，先修一盏。", told_way="phone"
    )
    assert (case.upward, Upward.objects.get().answered_at) == (False, NOW)
