"""The pages of the lists: who sees what when, every press, the sheet and the bulletin."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qinqing.cases.models import Case
from qinqing.documents import actions as papers
from qinqing.documents import reads as register
from qinqing.documents.words import PaperKind, Subject
from qinqing.kernel.errors import NotFound
from qinqing.standings.models import Appeal, Listing
from tests.standings.conftest import AFTER, CODE, calculated, of, opened, published, submitted

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

As = Callable[..., Client]
STAFF = ("clerk", "build", "build_head", "village", "officer", "leader", "supervisor", "discipline")


@pytest.mark.clause("三要(三)-2")
def test_the_whole_way_by_the_pages(as_: As, world: "World", quarter: list[Case], clock: "Clock") -> None:
    clock.at("2027-01-05 09:00")
    assert "按账目计算" in as_("clerk").get("/standings/").content.decode()
    as_("clerk").post("/standings/calculate/", {"code": CODE})
    row = Listing.objects.get()
    here, score = f"/standings/{row.pk}/", of(world, row)
    assert as_("build_head").get(here).status_code == 404
    as_("clerk").post(f"{here}open/")
    mine = f"/standings/offices/{score.pk}/"
    page = as_("build_head").get(mine).content.decode()
    assert "申诉" in page
    assert "84.00" in page
    assert as_("village").get(mine).status_code == 404
    assert "社务办" not in as_("build_head").get(here).content.decode()
    clock.at("2027-01-07 09:00")
    refused = as_("build_head").post(f"{mine}appeal/", {"case_number": "X", "reason": "有误"})
    assert refused.status_code == 422
    as_("build_head").post(f"{mine}appeal/", {"case_number": quarter[-1].number, "reason": "企业要求暂缓。"})
    assert "企业要求暂缓" in as_("supervisor").get(here).content.decode()
    rule = f"/standings/appeals/{Appeal.objects.get().pk}/rule/"
    as_("supervisor").post(rule, {"upheld": "yes", "ruling": "属实。"})
    clock.at("2027-01-12 09:00")
    as_("clerk").post(f"{here}submit/")
    assert "批准" in as_("leader").get(here).content.decode()
    as_("leader").post(f"{here}approve/")
    as_("clerk").post(f"{here}publish/")
    row.refresh_from_db()
    assert row.state == "published"
    for who in STAFF:
        page = as_(who).get(here).content.decode()
        assert "建管办" in page, who
        assert "90.00" in page, who
    assert as_("owner").get(here).status_code in (403, 404)


def test_nobody_but_those_concerned_reads_the_cases_of_an_office(as_: As, world: "World", quarter: list[Case]) -> None:
    score = of(world, published(world))
    address = f"/standings/offices/{score.pk}/cases/?part=in_time"
    assert quarter[0].number in as_("build").get(address).content.decode()
    for who in ("village2", "discipline"):
        assert quarter[0].number not in as_(who).get(address).content.decode()


def test_before_publication_the_others_see_nothing(as_: As, world: "World", quarter: list[Case]) -> None:
    row = submitted(world)
    assert as_("discipline").get(f"/standings/{row.pk}/").status_code == 404
    assert as_("leader").get(f"/standings/{row.pk}/").status_code == 200
    assert as_("discipline").get("/standings/").status_code == 200


def test_the_sheet_and_few_statements(as_: As, world: "World", quarter: list[Case]) -> None:
    row = published(world)
    assert as_("clerk").get(f"/standings/{row.pk}.xlsx").content[:2] == b"PK"
    client = as_("clerk")
    client.get("/standings/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"/standings/{row.pk}/")
    assert len(asked) <= 24


@pytest.mark.clause("三要(三)-2")
def test_the_bulletin_says_what_was_published(world: "World", quarter: list[Case]) -> None:
    row = opened(world)
    with pytest.raises(NotFound):
        papers.issue(kind=PaperKind.BULLETIN, subject=Subject.TOWN, key=CODE, by=world.clerk, at=AFTER)
    Listing.objects.filter(pk=row.pk).update(state="dropped")
    row = published(world)
    issue = papers.issue(kind=PaperKind.BULLETIN, subject=Subject.TOWN, key=CODE, by=world.clerk, at=AFTER)
    paper = register.paper_of(issue)
    text = str(paper.plain())
    assert issue.is_draft
    assert "送审稿" in paper.marks
    for words in (
        "2026年第四季度",
        "一、总体情况",
        "二、红榜",
        "三、黑榜",
        "本期没有单位列入黑榜",
        "建管办",
        "84.00",
        row.digest[:12],
    ):
        assert words in text
    numbered = papers.enter_number(issue_id=issue.pk, number="演政〔2027〕1号", by=world.clerk, at=AFTER)
    assert "送审稿" not in register.paper_of(numbered).marks


def test_an_empty_town_says_how_to_begin(as_: As) -> None:
    assert "还没有公布的红黑榜" in as_("build").get("/standings/").content.decode()
    assert "还没有典型案例" in as_("build").get("/standings/typical/").content.decode()


def test_a_press_that_is_refused_says_so_on_the_page(as_: As, world: "World", quarter: list[Case]) -> None:
    row = calculated(world)
    answer = as_("clerk").post(f"/standings/{row.pk}/submit/")
    assert answer.status_code == 422
    assert "请先开始申诉期" in answer.content.decode()
