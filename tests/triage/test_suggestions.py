"""Suggestions at the hub's desk: from the plan alone, from decisions, judged only where they were not learnt."""

from datetime import timedelta

import pytest

from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed
from qinqing.triage import actions, reads
from qinqing.triage.models import Judgement, Learned
from tests.cases.world import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.mark.clause("附1-内容-1")
def test_a_demand_is_given_topic_office_way_clause_and_the_words_that_led_to_it(world: World) -> None:
    before = reads.suggest(world.clerk, "", "厂门口路灯不亮")[0]
    actions.learn(by=world.head, at=NOW)
    found = reads.suggest(world.clerk, "", "厂门口路灯不亮，夜里看不见")[0]
    assert (before.topic, found.topic) == ("streetlight", "streetlight")
    assert found.office
    assert found.route == "转办部门"
    assert "路灯" in found.words
    assert found.clause.startswith("三职")
    assert "路灯" in found.duty


def test_the_hubs_decisions_teach_what_the_plan_does_not_say(world: World) -> None:
    actions.learn(by=world.head, at=NOW)
    odd = "班车绕厂一圈，工人上下班不方便"
    assert "recruitment" not in [one.topic for one in reads.suggest(world.clerk, "", odd)][:1]
    for number in range(3):
        case = world.demand(at=NOW + timedelta(minutes=number), text=f"{odd}，第{number}次反映")
        world.press(Verb.ACCEPT, case, "clerk", NOW + timedelta(minutes=number), topic="recruitment", grade="ordinary")
    actions.learn(by=world.head, at=LATER)
    assert reads.suggest(world.clerk, "", odd)[0].topic == "recruitment"


def test_a_decision_is_judged_once_and_only_by_a_lesson_that_did_not_learn_it(world: World) -> None:
    world.accepted(at=NOW - timedelta(hours=1))
    actions.learn(by=world.head, at=NOW)
    world.accepted(at=LATER)
    assert actions.judge(town_id=world.town.pk, at=LATER) == 1
    assert actions.judge(town_id=world.town.pk, at=LATER) == 0
    rate = reads.hit_rate(world.town.pk)
    assert (rate.judged, rate.first, rate.among_three) == (1, 1, 1)
    assert reads.hit_rate(world.town.pk, "2026-10").percent(0) == "—"


def test_a_miss_is_listed_with_what_was_suggested(world: World) -> None:
    actions.learn(by=world.head, at=NOW)
    case = world.demand(at=LATER, text="路灯不亮，请修路灯。")
    world.press(Verb.ACCEPT, case, "clerk", LATER, topic="training", grade="ordinary")
    actions.judge(town_id=world.town.pk, at=LATER)
    (row,) = reads.misses(world.town.pk)
    assert (row.case_id, row.chosen) == (case.pk, "training")
    assert "streetlight" in row.suggested


def test_only_the_hubs_head_learns_anew(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.learn(by=world.build, at=NOW)
    assert not Learned.objects.exists()
    assert not Judgement.objects.exists()


def test_what_may_be_the_same_is_found_in_the_firm_and_in_its_village(world: World) -> None:
    text = "东门外三盏路灯不亮，夜班工人下班不安全，请尽快修一下。"
    case = world.demand(text=text)
    again = world.demand(text="东门外三盏路灯还是不亮，夜班下班不安全，请修一下。", at=LATER)
    other = world.demand(text="想了解技改补贴怎么申请。", at=LATER)
    found = reads.alike(world.clerk, again)
    assert [one.case.pk for one in found] == [case.pk]
    assert found[0].is_same_firm
    assert reads.alike(world.clerk, other) == []
