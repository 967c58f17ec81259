"""领导台 and 跟进台 as pages: one press after reading decides, figures lead to their rows, the sheet says the same."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
from django.test import Client

from qinqing.cases.models import Case
from qinqing.cases.words import Verb

if TYPE_CHECKING:
    from tests.cases.world import World

As = Callable[..., Client]


def _asked(world: "World") -> Case:
    return world.press(
        Verb.ASK_SUSPENSION, world.in_hand(), "build", reason="funds_planned", scheme="列入明年计划。", next_reply_on=date(2026, 12, 20)
    )  # fmt: skip


def test_a_leader_reads_and_approves_with_one_press(as_: As, world: "World") -> None:
    case = _asked(world)
    leader = as_("leader")
    shown = leader.get("/leader").content.decode()
    assert "列入明年计划。" in shown
    assert f'action="/cases/{case.pk}/suspend?from=leader"' in shown
    answer = leader.post(f"/cases/{case.pk}/suspend?from=leader", {})
    assert (answer.status_code, answer["Location"]) == (303, "/leader")
    case.refresh_from_db()
    assert case.state == "suspended"
    assert "请您审批" not in leader.get("/leader").content.decode()


def test_the_hubs_head_approves_an_extension_from_today(as_: As, world: "World") -> None:
    case = world.press(
        Verb.ASK_EXTENSION,
        world.in_hand(),
        "build",
        reason="several_offices",
        new_due_on="2026-12-02",
        note="配件在途。",
    )
    shown = as_("head").get("/today").content.decode()
    assert "配件在途。" in shown
    as_("head").post(f"/cases/{case.pk}/grant_extension?from=today", {})
    case.refresh_from_db()
    assert case.extension == "granted"


def test_an_instruction_is_written_and_answered_on_the_pages(as_: As, world: "World") -> None:
    case = world.in_hand()
    said = {"note": "请三天内修好。", "leading": "push", "reply_by": "3"}
    assert as_("leader").post(f"/cases/{case.pk}/instruct?from=leader", said)["Location"] == "/leader"
    assert "请三天内修好。" in as_("leader").get("/leader").content.decode()
    assert "回复批示" in as_("build").get("/today").content.decode()
    asked = as_("build").get(f"/cases/{case.pk}/answer_instruction").content.decode()
    assert "请三天内修好。" in asked
    as_("build").post(f"/cases/{case.pk}/answer_instruction", {"note": "今晚装。"})
    assert "今晚装。" in as_("leader").get("/leader").content.decode()
    refused = as_("leader").post(f"/cases/{case.pk}/instruct", {"note": "", "leading": "push", "reply_by": "3"})
    assert refused.status_code == 422


def test_the_tracker_and_its_sheet_say_the_same(as_: As, world: "World") -> None:
    world.in_hand()
    world.demand()
    shown = as_("clerk").get("/tracker").content.decode()
    assert "建管办办理中1件" in shown
    assert f"holder={world.office('jianguan')}&amp;stage=working" in shown
    book = openpyxl.load_workbook(BytesIO(as_("clerk").get("/tracker.xlsx").content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]  # type: ignore[union-attr]
    sums = next(row for row in cells if row[0] == "合计")
    assert sums[1] == 2
    assert as_("clerk").get("/ledger", {"holder": "999", "stage": "nonsense"}).status_code == 200


def test_an_empty_tracker_says_how_it_fills(as_: As) -> None:
    assert "没有在账的事项" in as_("clerk").get("/tracker").content.decode()
    assert "没有等您过问的事项" in as_("leader").get("/leader").content.decode()
