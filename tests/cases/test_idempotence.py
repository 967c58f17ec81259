"""The same form sent again is the same case; a key is the sender's own."""

from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Case, Serial
from qinqing.kernel.errors import Refused
from tests.cases.refusal import everything

if TYPE_CHECKING:
    from tests.cases.world import World


def test_five_identical_submits_make_one_case_one_number_one_entry(world: "World") -> None:
    first = world.demand(press_key="abc")
    after = everything()
    again = [world.demand(press_key="abc") for _ in range(4)]
    assert {case.pk for case in again} == {first.pk}
    assert everything() == after
    assert Serial.objects.get(prefix="诉").last == 1


def test_five_identical_reports_make_one_problem(world: "World") -> None:
    assert len({world.problem("officer", press_key="r1").pk for _ in range(5)}) == 1


def test_the_same_key_of_another_person_is_another_case(world: "World") -> None:
    world.demand(press_key="abc")
    world.demand("owner2", firm="mould", press_key="abc")
    assert Case.objects.count() == 2


def test_without_a_key_the_same_words_are_two_matters(world: "World") -> None:
    world.demand()
    world.demand()
    assert Case.objects.count() == 2


def test_a_refused_form_does_not_use_up_its_key(world: "World") -> None:
    with pytest.raises(Refused):
        world.demand(text="", press_key="abc")
    assert world.demand(press_key="abc").number == "诉〔2026〕0001号"
