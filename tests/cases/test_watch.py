"""What leaders and supervision see without being asked, and the one press from there."""

from typing import TYPE_CHECKING

import pytest

from qinqing.cases.reads import watch
from qinqing.cases.words import Verb
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World

LATER = moment("2026-12-02 09:00")


@pytest.mark.clause("三要(三)-1")
def test_supervision_finds_late_matters_with_the_order_one_press_away(world: "World") -> None:
    late = world.in_hand()
    world.answered()
    assert watch.watched(world.supervisor, NOW) == []
    found = watch.watched(world.supervisor, LATER)
    assert [(line.id, line.next and line.next.verb) for line in found] == [(late.pk, Verb.SUPERVISE)]
    assert watch.watched(world.build, LATER) == []


@pytest.mark.clause("三要(二)-2")
def test_a_leader_sees_key_and_late_matters_of_his_line_only(world: "World") -> None:
    key = world.in_hand()
    world.press(Verb.MARK_KEY, key, "clerk", reason="省重点项目")
    assert [line.id for line in watch.watched(world.leader, NOW)] == [key.pk]
    assert watch.watched(world.leader2, NOW) == []
