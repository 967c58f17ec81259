"""The interface does what the pages do: same actions, same scopes, same words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.api import actions
from qinqing.cases.lifecycle import STEPS
from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

Speak = Callable[..., Any]


def test_a_case_goes_from_submission_to_write_off_over_the_interface(
    world: "World", speak: Speak, clock: "Clock"
) -> None:
    made = speak("officer", "post", "/cases", {"enterprise_id": world.firms["lamp"], "text": "三盏路灯不亮。"})
    assert made.status_code == 201
    number, key = made.json()["line"]["number"], made.json()["line"]["id"]
    assert number == "诉〔2026〕0001号"

    def press(who: str, verb: str, **values: Any) -> Any:
        answer = speak(who, "post", f"/cases/{key}/{verb}", values)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    press("clerk", "accept", topic="streetlight", grade="ordinary")
    press("clerk", "forward", lead=world.office("jianguan"))
    press("build", "sign", handler=world.build.account_id)
    done = press("build", "finish", outcome="solved", reply="已修好。", told_way="phone")
    assert done["line"]["state"] == "answered"
    press("clerk", "register")
    closed = press("clerk", "write_off")
    assert closed["line"]["state"] == "written_off"
    assert [entry["verb"] for entry in closed["entries"]] == [
        "提交",
        "接办",
        "转办",
        "签收",
        "办结反馈",
        "整理",
        "销账",
    ]


def test_every_row_of_the_lifecycle_table_is_an_operation(client: Any, db: None) -> None:
    paths = client.get("/api/v1/openapi.json").json()
    assert paths["openapi"] == "3.1.0"
    pressable = {step.verb.value for step in STEPS if step.verb is not Verb.REVEAL}
    assert pressable == {
        path.rsplit("/", 1)[1] for path in paths["paths"] if path.startswith("/api/v1/cases/{case_id}/")
    }


def test_the_same_key_gives_the_same_case_again(world: "World", speak: Speak, clock: "Clock") -> None:
    body = {"enterprise_id": world.firms["lamp"], "text": "招工。"}
    ids = {speak("clerk", "post", "/cases", body, **{"Idempotency-Key": "k1"}).json()["line"]["id"] for _ in range(5)}
    assert len(ids) == 1
    assert Case.objects.count() == 1


def test_a_refusal_says_code_sentence_and_field(world: "World", speak: Speak, clock: "Clock") -> None:
    answer = speak("clerk", "post", "/cases", {"enterprise_id": world.firms["lamp"], "text": "　"})
    assert answer.status_code == 422
    assert answer.json() == {"code": "missing", "sentence": "请填写诉求内容。", "field": "text"}
    assert Case.objects.count() == 0


def test_what_is_not_in_sight_is_not_found(world: "World", speak: Speak, clock: "Clock") -> None:
    case = world.demand()
    assert speak("social", "get", f"/cases/{case.pk}").status_code == 404
    assert speak("social", "get", "/cases?stand=all").json()["cases"] == []
    assert speak("clerk", "get", f"/cases/{case.pk}").status_code == 200


@pytest.mark.parametrize("path", ["/cases", "/me", "/enterprises", "/tasks", "/ledger"])
def test_without_a_token_nobody_is_answered(client: Any, db: None, path: str) -> None:
    answer = client.get(f"/api/v1{path}", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthenticated"


def test_a_revoked_token_is_none(world: "World", speak: Speak, clock: "Clock") -> None:
    assert speak("clerk", "get", "/me").status_code == 200
    actions.revoke(name="clerk", by=world.root, at=NOW)
    assert speak("clerk", "get", "/me").status_code == 401


def test_the_whole_book_is_for_those_who_read_it_all(world: "World", speak: Speak, clock: "Clock") -> None:
    world.demand()
    assert speak("build", "get", "/ledger").status_code == 403
    entries = speak("clerk", "get", "/ledger?limit=500").json()
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
