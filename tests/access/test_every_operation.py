"""Every operation of the interface × every role × rows of one's own and of others: the answer equals the lifecycle table."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from qinqing.cases.lifecycle import STEPS, Step, Who
from qinqing.cases.models import Case
from qinqing.cases.needs import Ask
from qinqing.cases.words import Kind, Verb
from qinqing.ledger.models import Entry
from tests.access import matrix, rows

if TYPE_CHECKING:
    from tests.cases.world import World

Speak = Callable[..., Any]
ROLES = tuple(who for who in matrix.SIGNED_IN if who != "owner")
"""Who can have a token: it stands for a post, and an owner has none."""

_OFFICE = {Who.OFFICE, Who.HANDLER, Who.DEPARTMENT_HANDLER}
STANDING: dict[str, set[Who] | None] = {
    "clerk": {Who.HUB},
    "head": {Who.HUB, Who.HUB_HEAD},
    "build": _OFFICE,
    "build_head": _OFFICE,
    "village": set(),
    "officer": {Who.SUBMITTER},
    "leader": {Who.LEADER},
    "supervisor": {Who.SUPERVISOR},
    "discipline": None,
    "sysadmin": None,
    "security": None,
    "auditor": None,
}
"""How each role stands to a case of 演示车灯有限公司 that officer brought in and build handles; None: it is out of his sight."""

READS = {
    "/me": ROLES,
    "/enterprises": ROLES,
    "/enterprises/{enterprise_id}": matrix.STAFF,
    "/tasks": ROLES,
    "/ledger": matrix.READS_ENTRIES,
    "/cases": ROLES,
    "/cases/{case_id}": matrix.STAFF,
}
WRITES = {
    "/cases": ({"enterprise_id": "{enterprise_id}", "text": "厂门口路灯不亮。"}, (*matrix.STAFF, "discipline")),
    "/problems": (
        {
            "enterprise_id": "{enterprise_id}", "text": "通道堆物。", "topic": "fire", "stop_whom": "厂长",
            "stop_at": "2026-11-23T09:00:00+08:00", "stop_way": "当面", "stop_response": "stopped",
        },
        (*matrix.HUB, *matrix.OFFICE, *matrix.VILLAGE),
    ),
}  # fmt: skip
LISTS = {"/enterprises": "enterprise_id", "/tasks": "case_id", "/cases": "case_id"}
"""Lists, and what stands in them. They answer everybody who speaks for a post; whose scope is empty gets nothing."""

_SAMPLE: dict[Ask, Any] = {
    Ask.LINE: "一行", Ask.LONG: "说明", Ask.CHOICE: "x", Ask.CHOICES: [], Ask.DATE: "2026-11-30", Ask.YES: False, Ask.FILES: [],
    Ask.MOMENT: "2026-11-24T09:00:00+08:00", Ask.ITEMS: [{"office": 1, "what": "办", "days": 3}],
}  # fmt: skip
PRESSES = tuple(step for step in STEPS if step.verb is not Verb.REVEAL)


@pytest.fixture
def tell(peopled: "World", speak: Speak) -> Speak:
    """Speak with tokens issued beforehand: what is tried here is taken back, a token with it."""
    for who in ROLES:
        assert speak(who, "get", "/me").status_code == 200
    return speak


def tried(call: Callable[[], Any]) -> tuple[Any, bool]:
    """Return the answer and whether the ledger grew by it; afterwards everything is as before."""
    before = Entry.objects.count()
    point = transaction.savepoint()
    answer = call()
    grew = Entry.objects.count() > before
    transaction.savepoint_rollback(point)
    return answer, grew


def test_every_operation_is_asked_here(client: Any, db: None) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    known = {("get", path) for path in READS} | {("post", path) for path in (*WRITES, "/files")}
    known |= {("post", f"/cases/{{case_id}}/{step.verb.value}") for step in PRESSES}
    assert {(way, path.removeprefix("/api/v1")) for path, ways in paths.items() for way in ways} == known


@pytest.mark.parametrize("stage", ["in_hand", "written_off"])
def test_every_press_is_taken_from_those_the_lifecycle_table_names(peopled: "World", tell: Speak, stage: str) -> None:
    wrong = {}
    cases = {kind: _brought_to(stage, kind, peopled) for kind in Kind}
    for step in PRESSES:
        case = cases[Kind.DEMAND if Kind.DEMAND in step.kinds else Kind.PROBLEM]
        for who in ROLES:
            answer, grew = tried(lambda: _press(tell, who, step, case.pk))  # noqa: B023  called at once
            if answer.status_code not in _expected(step, who) or (grew and answer.status_code != 200):
                wrong[step.verb.value, who] = answer.status_code
    assert wrong == {}


def _brought_to(stage: str, kind: Kind, world: "World") -> Case:
    if kind is Kind.DEMAND:
        case = world.demand("officer")
        world.press(Verb.ACCEPT, case, "clerk", topic="streetlight", grade="ordinary")
        world.press(Verb.FORWARD, case, "clerk", lead=world.office("jianguan"))
        world.press(Verb.SIGN, case, "build", handler=world.build.account_id)
    else:
        case = world.problem("build")  # the office's own matter, in hand from the beginning
    if stage == "written_off":
        outcome = "solved" if kind is Kind.DEMAND else "transferred"
        world.press(Verb.FINISH, case, "build", outcome=outcome, reply="好了。", told_way="phone")
        world.press(Verb.REGISTER, case, "clerk")
        world.press(Verb.WRITE_OFF, case, "clerk")
    return case


def _expected(step: Step, who: str) -> tuple[int, ...]:
    """Say what a role may be answered: taken, too late or something wrong with it; not his post's; or no such case."""
    standing = STANDING[who]
    if standing is None:
        return (404,)
    return (200, 409, 422) if step.who & standing else (403,)


def _press(tell: Speak, who: str, step: Step, case_id: int) -> Any:
    body = {need.name: _SAMPLE[need.ask] for need in step.needs}
    return tell(who, "post", f"/cases/{case_id}/{step.verb.value}", body)


def test_a_case_of_another_town_is_not_there_for_any_press(peopled: "World", tell: Speak) -> None:
    theirs = rows.foreign(peopled)
    wrong = {}
    for step in PRESSES:
        for who in ROLES:
            answer, grew = tried(lambda: _press(tell, who, step, int(str(theirs["case_id"]))))  # noqa: B023
            if answer.status_code != 404 or grew:
                wrong[step.verb.value, who] = answer.status_code
    assert wrong == {}


def test_reading_and_bringing_in_is_for_the_posts_of_the_table(peopled: "World", tell: Speak) -> None:
    own, wrong = rows.own(peopled), {}
    for who in ROLES:
        for path, posts in READS.items():
            answer = tell(who, "get", path.format(**own))
            if (answer.status_code == 200) is not (who in posts) or answer.status_code not in (200, 403, 404):
                wrong[who, path] = answer.status_code
            if path in LISTS and who not in matrix.STAFF and _shown(answer):
                wrong[who, path] = _shown(answer)
        for path, (body, posts) in WRITES.items():
            filled = body | {"enterprise_id": own["enterprise_id"]}
            answer, grew = tried(lambda: tell(who, "post", path, filled))  # noqa: B023
            if (answer.status_code == 201) is not (who in posts) or grew is not (who in posts):
                wrong[who, path] = answer.status_code
    assert wrong == {}


def test_nothing_of_another_town_is_read_or_brought_in(peopled: "World", tell: Speak) -> None:
    theirs, wrong = rows.foreign(peopled), {}
    for who in ROLES:
        for path in READS:
            answer = tell(who, "get", path.format(**theirs))
            if "{" in path and answer.status_code != 404:
                wrong[who, path] = answer.status_code
            if path in LISTS and theirs[LISTS[path]] in _shown(answer):
                wrong[who, path] = _shown(answer)
        for path, (body, _) in WRITES.items():
            filled = body | {"enterprise_id": theirs["enterprise_id"]}
            answer, grew = tried(lambda: tell(who, "post", path, filled))  # noqa: B023
            if answer.status_code not in (403, 404) or grew:
                wrong[who, path] = answer.status_code
    assert wrong == {}


def _shown(answer: Any) -> list[int]:
    """Return the ids on a list: of cases, of firms, of the tasks' cases."""
    found = answer.json()
    if isinstance(found, dict):
        found = found.get("cases", found.get("enterprises", []))
    return [row.get("case_id", row.get("id")) for row in found]
