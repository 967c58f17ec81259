"""What a balancer asks."""

from typing import Any

from qinqing.ledger import guards


def test_alive_and_ready(client: Any, db: None) -> None:
    assert client.get("/health/live").json() == {"ok": True}
    assert client.get("/health/ready").json() == {"ok": True, "troubles": []}


def test_an_unguarded_ledger_is_not_ready(client: Any, db: None) -> None:
    guards.remove()
    answer = client.get("/health/ready")
    guards.install()
    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["账目的保护触发器缺失"]
