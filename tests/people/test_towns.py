"""Setting up a town and its offices from the plan."""

from types import SimpleNamespace

import pytest

from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.ledger import reads as ledger
from qinqing.people import reads
from qinqing.people.actions import towns
from qinqing.people.models import Office
from tests.people.world import NOW, World, plan, root


def test_installs_offices_in_the_plans_order_and_the_standing_ones(world: World) -> None:
    codes = [office.code for office in reads.offices(world.town.pk)]
    assert codes == ["hub", "build", "land", "v1", "v2", "leadership", "supervision", "administration"]
    assert reads.office_by_code(world.town.pk, "land").is_outpost
    assert [office.code for office in reads.offices(world.town.pk, kinds=["community"])] == ["v1", "v2"]


def test_installing_again_changes_nothing_and_says_nothing(world: World) -> None:
    before = len(ledger.entries_of("town", world.town.pk))
    towns.install_town(plan(), by=world.root, at=NOW, is_demo=True)
    told = towns.install_offices(plan(), town=world.town, by=world.root, at=NOW)
    assert (told.added, told.changed, told.retired) == ((), (), ())
    assert len(ledger.entries_of("town", world.town.pk)) == before


def test_a_new_version_renames_adds_and_retires_without_losing_rows(world: World) -> None:
    gone = reads.office_by_code(world.town.pk, "v2")
    communities = [
        SimpleNamespace(code="v1", kind="community", name="示范第一村", short="一村"),
        SimpleNamespace(code="v3", kind="community", name="示范三村", short="三村"),
    ]
    told = towns.install_offices(plan(communities=communities), town=world.town, by=world.root, at=NOW)
    assert (told.added, told.retired) == (("示范三村",), ("示范二村",))
    assert "示范第一村" in told.changed
    assert reads.office_by_code(world.town.pk, "v1").name == "示范第一村"
    assert not Office.objects.get(pk=gone.pk).is_active
    assert "v2" not in [office.code for office in reads.offices(world.town.pk)]
    assert "v2" in [office.code for office in reads.offices(world.town.pk, active=False)]
    last = list(ledger.entries_of("town", world.town.pk))[-1]
    assert last.sentence == "按方案设置单位：新设示范三村；更新示范第一村；停用示范二村。"


def test_a_retired_office_comes_back_as_the_same_row(world: World) -> None:
    before = reads.office_by_code(world.town.pk, "v2").pk
    one = [SimpleNamespace(code="v1", kind="community", name="示范一村", short="一村")]
    towns.install_offices(plan(communities=one), town=world.town, by=world.root, at=NOW)
    towns.install_offices(plan(), town=world.town, by=world.root, at=NOW)
    back = reads.office_by_code(world.town.pk, "v2")
    assert back.is_active
    assert back.pk == before


def test_only_who_may_load_plans_installs(world: World) -> None:
    with pytest.raises(NotAllowed):
        towns.install_offices(plan(), town=world.town, by=world.security_admin, at=NOW)
    with pytest.raises(NotAllowed):
        towns.install_town(plan("other"), by=world.auditor, at=NOW)
    with pytest.raises(NotFound):
        reads.town("other")


def test_another_towns_plan_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match="other"):
        towns.install_offices(plan("other"), town=world.town, by=root(world.town), at=NOW)
