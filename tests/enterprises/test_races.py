"""Two people at the same moment: one wins, the other hears of it. On PostgreSQL with real parallel connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from qinqing.enterprises.actions import cards, files, imports, proposals
from qinqing.enterprises.models import Card, Enterprise
from qinqing.kernel.errors import Refused
from tests.enterprises.lists import csv
from tests.enterprises.town import Town, code, entries, make_town
from tests.people.world import NOW

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets writers in one by one anyway"),
]


@pytest.fixture
def town(transactional_db: None) -> Town:
    return make_town()


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do things at the same moment on connections of their own; a refusal is a result."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(10)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_one_code_one_file(town: Town) -> None:
    def opens(name: str) -> Callable[[], Any]:
        raw = {"name": name, "uscc": code(1)}
        return lambda: files.create(raw=raw, community_id=town.office("v1"), by=town.clerk, at=NOW)

    results = together(*(opens(f"演示{n}厂") for n in range(4)))
    assert Enterprise.objects.count() == 1
    assert sorted(getattr(one, "code", "") for one in results) == ["", "code_taken", "code_taken", "code_taken"]


def test_one_word_on_a_proposal(town: Town) -> None:
    firm = town.firm()
    waiting = proposals.propose(enterprise_id=firm.pk, raw={"name": "演示新名厂"}, by=town.v1_head, at=NOW)
    results = together(
        lambda: proposals.approve(proposal_id=waiting.pk, by=town.clerk, at=NOW),
        lambda: proposals.reject(proposal_id=waiting.pk, note="不符", by=town.hub_head, at=NOW),
    )
    assert sorted(getattr(one, "code", "") for one in results) == ["", "already_decided"]
    assert len(entries(firm)) == 3


def test_one_valid_card(town: Town) -> None:
    firm = town.firm()
    together(*([lambda: cards.issue_card(enterprise_id=firm.pk, by=town.clerk, at=NOW)] * 4))
    assert Card.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_same_list_twice(town: Town) -> None:
    rows = [(f"演示{n}厂", code(n), "示范一村") for n in range(300)]
    content = csv(*rows, headings=("企业名称", "代码", "属地"))
    runs = [imports.prepare(filename="名单.csv", content=content, by=town.clerk, at=NOW)[0] for _ in range(2)]
    results = together(
        *(
            (lambda run=run: imports.carry_out(run_id=run.pk, choice="good", by=town.clerk, at=NOW))  # type: ignore[misc]
            for run in runs
        )
    )
    assert Enterprise.objects.count() == 300
    refused = [one for one in results if isinstance(one, Refused)]
    assert all(one.code in ("changed_meanwhile", "nothing_to_import") for one in refused)
    assert len(refused) == 1
