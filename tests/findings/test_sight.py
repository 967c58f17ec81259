"""Who sees which findings and lines: the row 巡查/隐患 of the permission matrix."""

from typing import TYPE_CHECKING

import pytest

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.actions import cards
from qinqing.findings import policy
from qinqing.findings.words import Standing
from tests.cases.world import NOW
from tests.findings.sent import STOP, again, opened

if TYPE_CHECKING:
    from qinqing.kernel.actor import Actor
    from tests.cases.world import World

EVERYBODY = (
    "clerk", "head", "build", "build_head", "law", "land", "village", "village2", "officer", "officer2", "leader", "leader2",
    "supervisor", "discipline", "sysadmin", "owner", "owner2",
)  # fmt: skip


def seeing(world: "World", pk: int) -> set[str]:
    return {name for name in EVERYBODY if policy.visible_to(world.who[name]).filter(pk=pk).exists()}


def test_a_minor_one_is_seen_by_its_firm_village_line_hub_and_supervision(world: "World") -> None:
    row = opened(world, category="gas")
    assert seeing(world, row.pk) == {
        "clerk", "head", "build", "build_head", "village", "officer", "leader", "supervisor", "owner",
    }  # fmt: skip


def test_a_grave_one_also_by_the_safety_office_and_every_leader(world: "World") -> None:
    row = opened(world, category="gas", level="grave", stop=STOP)
    assert seeing(world, row.pk) == {
        "clerk", "head", "build", "build_head", "law", "village", "officer", "leader", "leader2", "supervisor", "owner",
    }  # fmt: skip


def test_the_bearer_of_a_card_sees_nothing(world: "World") -> None:
    opened(world)
    cards.issue_card(enterprise_id=world.firms["lamp"], by=world.clerk, at=NOW)
    bearer = enterprises.actor_of_card(enterprises.card_token(world.clerk, world.firms["lamp"]))
    assert bearer is not None
    assert not policy.visible_to(bearer).exists()


def test_whoever_found_it_keeps_reading_it(world: "World") -> None:
    row = opened(world, by="officer2", firm="lamp")
    assert "officer2" in seeing(world, row.pk)
    assert "village2" in seeing(world, row.pk)


@pytest.mark.parametrize(
    ("who", "standing"),
    [
        ("officer", {Standing.OFFICER}),
        ("village", {Standing.OFFICER}),
        ("owner", {Standing.FIRM}),
        ("clerk", {Standing.HUB}),
        ("law", set()),
        ("build", set()),
        ("leader", set()),
        ("supervisor", set()),
    ],
)
def test_standing_to_a_minor_one(world: "World", who: str, standing: set[Standing]) -> None:
    assert policy.standing(world.who[who], again(opened(world))) == standing


def test_registers_are_seen_by_village_departments_hub_and_supervision(world: "World") -> None:
    from tests.findings.test_following import illegal

    line = illegal(world)

    def sees(by: "Actor") -> bool:
        return policy.illegal_buildings(by).filter(pk=line.pk).exists()

    assert {name for name in EVERYBODY if sees(world.who[name])} == {
        "clerk", "head", "build", "build_head", "law", "land", "village", "officer", "leader", "supervisor",
    }  # fmt: skip
