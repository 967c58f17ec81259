"""`qinqing doctor` on installations with something missing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from qinqing.ledger import guards

Run = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.django_db


def _findings(out: str) -> dict[str, dict[str, Any]]:
    return {one["about"]: one for one in json.loads(out)["findings"]}


def test_a_fresh_database_is_well_but_has_no_town(qinqing: Run) -> None:
    code, out, _ = qinqing("doctor", "--json")
    found = _findings(out)
    assert code == 1
    assert json.loads(out)["ok"] is False
    assert [found[about]["state"] for about in ("数据库", "数据库结构", "账目保护", "数据目录")] == ["well"] * 4
    assert found["镇与方案"]["state"] == "wrong"
    assert "qinqing plan load" in found["镇与方案"]["remedy"]


def test_a_missing_trigger_is_told_by_name(qinqing: Run) -> None:
    guards.remove()
    code, out, _ = qinqing("doctor", "--json")
    guards.install()
    found = _findings(out)["账目保护"]
    assert code == 1
    assert found["state"] == "wrong"
    assert "ledger verify" in found["remedy"]


def test_a_missing_table_is_told_with_the_way_out(qinqing: Run) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cache RENAME TO cache_gone")
    code, out, _ = qinqing("doctor", "--json")
    assert code == 1
    assert _findings(out)["数据库结构"]["says"] == "缺少缓存表"


def test_people_get_a_table_and_advice(qinqing: Run) -> None:
    code, out, _ = qinqing("doctor")
    assert code == 1
    assert out.splitlines()[0].startswith("正常  数据库")
    assert "处需要处理" in out.splitlines()[-1]
