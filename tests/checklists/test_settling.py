"""A town begins with the system's drafts, marked so, and keeps what it has when its plan is put into force again."""

import pytest

from qinqing.checklists import actions, reads
from qinqing.checklists.models import Checklist, ChecklistVersion
from qinqing.kernel.errors import NotAllowed
from qinqing.ledger.models import Entry
from qinqing.plan import reads as plans
from tests.cases.world import NOW, World

COUNTS = {"F4": 40, "F5": 31, "F6": 23, "F7": 33, "ENV": 24, "LW": 10, "BLD": 14, "GAS": 8}


@pytest.mark.clause("附2安-(3)a")
@pytest.mark.clause("附2安-(3)c")
def test_the_eight_drafts_are_in_use_and_marked(lists: World) -> None:
    found = reads.current(lists.town.pk)
    assert {code: version.items for code, version in found.items()} == COUNTS
    assert list(found) == list(COUNTS)
    assert all(version.is_draft_text and version.title.endswith("（草案）") for version in found.values())
    assert found["F4"].annex == "附件4"
    assert all(version.content.by_key[f"{code}-01"].text for code, version in found.items())


def test_a_second_time_changes_nothing(lists: World) -> None:
    before = list(ChecklistVersion.objects.values()), list(Checklist.objects.values()), Entry.objects.count()
    assert actions.settle(plans.current("demo"), by=lists.root, at=NOW) == ()
    assert (list(ChecklistVersion.objects.values()), list(Checklist.objects.values()), Entry.objects.count()) == before


def test_it_is_in_the_ledger(lists: World) -> None:
    entry = Entry.objects.get(kind="checklist.settled")
    assert "F4、F5、F6、F7、ENV、LW、BLD、GAS" in entry.sentence


def test_nobody_else_may(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.settle(plans.current("demo"), by=world.clerk, at=NOW)
    assert not Checklist.objects.exists()


def test_a_visit_finds_its_version_by_digest(lists: World) -> None:
    version = reads.current(lists.town.pk)["F7"]
    assert reads.version_by_sha(lists.town.pk, version.sha256) == version
    assert reads.versions_by_sha(lists.town.pk, [version.sha256, "0" * 64]) == {version.sha256: version}
