"""Putting plans into force: versions, what the ledger hears, what stays as it was."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from qinqing.plan import actions, loader, reads
from qinqing.plan.mistakes import PlanRefused
from qinqing.plan.models import PlanVersion
from qinqing.plan.spec import Plan
from tests.plan.files import DEMO, MENGHE

AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
BY = Actor.system("命令行", town_id=1, book="menghe")


def _changed(plan: Plan, sign: int) -> Plan:
    limit = plan.limits.sign.model_copy(update={"value": sign})
    return plan.model_copy(update={"limits": plan.limits.model_copy(update={"sign": limit})})


def _first(at: datetime = AT) -> PlanVersion:
    return actions.load(MENGHE, book="menghe", by=BY, at=at)


@pytest.mark.django_db
class TestLoading:
    def test_the_first_version(self) -> None:
        version = _first()
        assert (version.number, version.loaded_by, version.loaded_at, version.changes) == (1, "系统·命令行", AT, [])
        assert version.digest == loader.read(MENGHE).digest
        assert reads.current("menghe") == loader.read(MENGHE).plan

    def test_the_ledger_hears_of_it(self) -> None:
        version = _first()
        (entry,) = ledger.entries_of("plan", version.pk)
        assert (entry.kind, entry.verb, entry.clause, entry.label) == ("plan.loaded", "启用方案", "序-1", "方案第1版")
        assert entry.facts == {"number": 1, "title": version.title, "digest": version.digest, "changes": []}
        assert entry.sentence == f"启用《{version.title}》第1版，摘要 {version.digest[:12]}。"

    def test_twice_the_same_is_once(self) -> None:
        version = _first()
        again = _first(AT + timedelta(days=1))
        assert (again.pk, again.loaded_at) == (version.pk, AT)
        assert PlanVersion.objects.count() == 1
        assert len(list(ledger.after("menghe", 0, 100))) == 1

    def test_a_change_is_a_new_version_and_says_what_is_new(self) -> None:
        first = _first()
        second = actions.load(_changed(reads.current("menghe"), 2), book="menghe", by=BY, at=AT)
        assert (second.number, second.changes) == (2, ["签收并定人由1个工作日改为2个工作日"])
        (entry,) = ledger.entries_of("plan", second.pk)
        assert "与上一版不同：签收并定人由1个工作日改为2个工作日" in entry.sentence
        assert [line.number for line in reads.versions("menghe")] == [2, 1]
        assert reads.current_version("menghe")[0] == second.pk
        assert reads.version(first.pk).limits.sign.value == 1, "a running case keeps its version"

    def test_going_back_is_a_third_version(self) -> None:
        first = _first()
        actions.load(_changed(reads.current("menghe"), 2), book="menghe", by=BY, at=AT)
        third = _first(AT)
        assert (third.number, third.digest) == (3, first.digest)

    def test_a_text_is_taken_too(self) -> None:
        version = actions.load(MENGHE.read_text(encoding="utf-8"), book="menghe", by=BY, at=AT)
        assert version.digest == _first().digest

    def test_towns_do_not_mix(self) -> None:
        _first()
        demo = Actor.system("命令行", town_id=2, book="demo")
        assert actions.load(DEMO, book="demo", by=demo, at=AT).number == 1
        assert reads.current("demo").town.is_demo
        assert not reads.current("menghe").town.is_demo


@pytest.mark.django_db
class TestRefusing:
    def _nothing_happened(self) -> bool:
        return not PlanVersion.objects.exists() and not list(ledger.after("menghe", 0, 10))

    def test_a_file_that_is_no_plan(self) -> None:
        with pytest.raises(PlanRefused):
            actions.load("title = 1", book="menghe", by=BY, at=AT)
        assert self._nothing_happened()

    def test_a_plan_built_wrongly(self) -> None:
        plan = loader.read(MENGHE).plan
        with pytest.raises(PlanRefused) as refusal:
            actions.load(_changed(plan, 99), book="menghe", by=BY, at=AT)
        assert refusal.value.mistakes[0].key == "limits.sign.value"
        assert self._nothing_happened()

    def test_another_towns_plan(self) -> None:
        with pytest.raises(Refused) as refusal:
            actions.load(DEMO, book="menghe", by=BY, at=AT)
        assert refusal.value.code == "plan_of_another_town"
        assert self._nothing_happened()

    @pytest.mark.parametrize("post", ["hub_head", "leader", "security_admin", "auditor", "contact"])
    def test_whoever_is_not_the_system_administrator(self, post: str) -> None:
        someone = Actor(7, "赵示安", post, "某岗", 1, "menghe")
        with pytest.raises(NotAllowed):
            actions.load(MENGHE, book="menghe", by=someone, at=AT)
        assert self._nothing_happened()

    def test_the_administrator_of_another_town(self) -> None:
        someone = Actor(7, "赵示安", "system_admin", "系统管理员", 2, "demo")
        with pytest.raises(NotAllowed):
            actions.load(MENGHE, book="menghe", by=someone, at=AT)
        assert self._nothing_happened()

    def test_the_systems_administrator_may(self) -> None:
        someone = Actor(7, "赵示安", "system_admin", "系统管理员", 1, "menghe")
        assert actions.load(MENGHE, book="menghe", by=someone, at=AT).loaded_by == "赵示安"


@pytest.mark.django_db
class TestReading:
    def test_a_town_without_a_plan(self) -> None:
        with pytest.raises(NotFound) as refusal:
            reads.current("menghe")
        assert refusal.value.code == "no_plan"

    def test_no_such_version(self) -> None:
        with pytest.raises(NotFound):
            reads.version(10**9)

    def test_a_known_version_asks_no_database(self, django_assert_num_queries: object) -> None:
        version = _first()
        reads.version(version.pk)
        with django_assert_num_queries(0):  # type: ignore[operator]
            reads.version(version.pk)
        with django_assert_num_queries(1):  # type: ignore[operator]
            reads.current_version("menghe")

    def test_a_version_changed_in_the_database_is_not_used(self) -> None:
        version = _first()
        body = version.body.replace('"value":5', '"value":50', 1)
        assert body != version.body
        PlanVersion.objects.filter(pk=version.pk).update(body=body)
        with pytest.raises(Refused) as refusal:
            reads.current("menghe")
        assert refusal.value.code == "plan_altered"

    def test_a_version_of_an_earlier_release_stays_readable(self) -> None:
        body = _first().body.replace('{"campaign_title"', '{"a_part_since_dropped":1,"campaign_title"', 1)
        assert loader.stored(body).title == reads.current("menghe").title


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets only one write at a time")
def test_two_at_once_get_a_number_each_or_are_told() -> None:
    plan, start = loader.read(MENGHE).plan, Barrier(4)
    outcomes: list[object] = []

    def load(sign: int) -> None:
        start.wait()
        try:
            outcomes.append(actions.load(_changed(plan, sign), book="menghe", by=BY, at=AT).number)
        except TooLate as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=load, args=(sign,)) for sign in (2, 3, 4, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(outcome for outcome in outcomes if isinstance(outcome, int))
    assert numbers == list(range(1, len(numbers) + 1))
    assert [outcome for outcome in outcomes if not isinstance(outcome, int)] == ["plan_loaded_meanwhile"] * (
        4 - len(numbers)
    )
    assert PlanVersion.objects.count() == len(numbers) == len(list(ledger.after("menghe", 0, 10)))
