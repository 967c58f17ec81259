"""Which enterprise needs which lists, by class and by trait; the plan of the town says so."""

from itertools import product

import pytest

from qinqing.checklists import reads, rules
from qinqing.checklists.drafts import drafts
from qinqing.checklists.rules.needed import sources
from qinqing.enterprises.actions import files
from qinqing.enterprises.models import Enterprise
from qinqing.enterprises.words import KEY_TAGS, Scale, Tag
from qinqing.plan import loader
from qinqing.plan.spec import Plan
from qinqing.plan.words import Period
from tests.cases.world import NOW, World
from tests.plan.files import MENGHE


@pytest.fixture(scope="module")
def plan() -> Plan:
    return loader.read(MENGHE).plan


@pytest.mark.clause("附2安-(3)a")
@pytest.mark.clause("附2安-(3)c")
@pytest.mark.parametrize(
    ("scale", "is_key", "codes"),
    [
        ("above", True, ("F4", "F7")),
        ("below", True, ("F4", "F7")),
        ("small", True, ("F4", "F7")),
        ("above", False, ("F5", "F7")),
        ("below", False, ("F6", "F7")),
        ("small", False, ("F6", "F7")),
        ("unknown", False, ("F6", "F7")),
        ("non_industrial", False, ()),
    ],
)
def test_by_class(plan: Plan, scale: str, is_key: bool, codes: tuple[str, ...]) -> None:
    assert rules.needed(plan, scale=scale, is_key=is_key) == codes


@pytest.mark.parametrize(
    ("traits", "more"),
    [
        (["emission"], ["ENV"]),
        (["painting"], ["ENV"]),
        (["illegal_building"], ["LW"]),
        (["old_building"], ["BLD"]),
        (["gas_user"], ["GAS"]),
        (["gas_furnace", "wastewater", "old_building"], ["ENV", "BLD", "GAS"]),
        (["dust"], []),
        (["nothing_like_this"], []),
    ],
)
def test_by_trait(plan: Plan, traits: list[str], more: list[str]) -> None:
    assert rules.needed(plan, scale="above", is_key=False, traits=traits) == ("F5", "F7", *more)


def test_every_class_and_trait_of_the_plan_is_one_of_the_enterprise_file(plan: Plan) -> None:
    traits = {trait for row in plan.checklist_addons for trait in row.traits}
    assert traits <= {tag.value for tag in Tag}
    scales = [scale for row in plan.checklist_sets for scale in row.scales]
    assert sorted(scales) == ["above", "below", "small", "unknown"]
    assert {one.code for one in plan.checklists} == set(drafts())
    assert set(KEY_TAGS) < {tag.value for tag in Tag}


def test_each_enterprise_belongs_to_one_class(plan: Plan) -> None:
    for scale, is_key in product(Scale, (True, False)):
        mine = [row for row in plan.checklist_sets if row.fits(scale.value, is_key)]
        assert len(mine) == (0 if scale == Scale.NON_INDUSTRIAL and not is_key else 1)


@pytest.mark.clause("附2安-(3)b")
@pytest.mark.clause("附2安-(3)d")
def test_each_list_is_due_once_a_quarter(plan: Plan) -> None:
    for scale, is_key in (("above", True), ("above", False), ("below", False)):
        rows = sources(plan, scale=scale, is_key=is_key, traits=[tag.value for tag in Tag])
        assert {(row.period, row.times) for row in rows} == {(Period.QUARTER, 1)}
    assert [row.provisional for row in plan.checklist_sets] == [False, False, False], "the plan's own number"
    assert all(row.provisional for row in plan.checklist_addons), "the plan gives none for these"


def test_an_enterprise_of_the_town(lists: World) -> None:
    firm = lists.firms["lamp"]
    assert reads.needed_by(Enterprise.objects.get(pk=firm)) == ("F6", "F7")
    files.update(
        enterprise_id=firm,
        raw={"scale": "above", "tags": ["painting"], "is_key": True},
        by=lists.head,
        at=NOW,
    )
    assert reads.needed_by(Enterprise.objects.get(pk=firm)) == ("F4", "F7", "ENV")
