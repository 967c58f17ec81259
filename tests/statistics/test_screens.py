"""The pages of the statistics: every figure opens to exactly its cases, an office sees its own, the definitions stand beside."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qinqing.cases.words import Verb
from qinqing.statistics import actions
from qinqing.statistics.reads import tables
from qinqing.statistics.reads.tables import Wanted
from qinqing.statistics.rules.periods import month_of, period
from qinqing.statistics.words import Dimension, Measure
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World

As = Callable[..., Client]
LATER = NOW + timedelta(minutes=1)


def some_cases(world: "World") -> None:
    done = world.answered()
    world.press(Verb.RATE, done, "owner", solved="yes", satisfaction="fairly")
    world.press(Verb.REGISTER, done, "clerk")
    world.press(Verb.WRITE_OFF, done, "clerk")
    world.in_hand(moment("2026-11-02 09:00"))
    withdrawn = world.demand("owner2", firm="mould")
    world.press(Verb.WITHDRAW, withdrawn, "owner2", reason="自己解决了。")
    while actions.count_town(world.town, at=LATER):
        pass


@pytest.mark.clause("附1-内容-2", "三职(二)-1")
def test_the_annual_table_has_every_office_and_its_numbers_come_from_the_ledger(as_: As, world: "World") -> None:
    some_cases(world)
    page = as_("clerk").get("/statistics/annual/").content.decode()
    assert "2026年各单位管理服务企业情况" in page
    assert "建管办应办结2" in page
    rows = {one.row.name: one for one in tables.annual(world.clerk, 2026)}
    assert {"经科办", "建管办", "综执安监办"} <= set(rows)
    assert rows["建管办"].row.counts[Measure.IN_TIME] == 1
    sheet = as_("clerk").get("/statistics/annual.xlsx")
    text = ZipFile(BytesIO(sheet.content)).read("xl/worksheets/sheet1.xml").decode()
    strings = text + "".join(
        ZipFile(BytesIO(sheet.content)).read(name).decode()
        for name in ZipFile(BytesIO(sheet.content)).namelist()
        if "sharedStrings" in name
    )
    assert "2026年各单位管理服务企业情况统计表" in strings
    assert "不计分、不排名" in strings


@pytest.mark.parametrize("dimension", [one for one in Dimension if one is not Dimension.TOWN])
def test_every_figure_opens_to_cases_that_add_up_to_it(as_: As, world: "World", dimension: Dimension) -> None:
    some_cases(world)
    wanted = Wanted(month_of(NOW.date()), dimension)
    for row in tables.table(world.clerk, wanted):
        for measure in Measure:
            found = tables.behind(world.clerk, wanted, row.key, measure)
            assert sum(n for _case, n in found.cases) == row.counts[measure], (row.name, measure)
            assert not found.hidden
    page = as_("clerk").get("/statistics/", {"by": dimension.value}).content.decode()
    for url in set(re.findall(r'href="(/statistics/cases/[^"]+)"', page)):
        assert as_("clerk").get(url.replace("&amp;", "&")).status_code == 200


def test_the_page_says_how_each_rate_is_made_and_until_when_it_was_counted(as_: As, world: "World") -> None:
    some_cases(world)
    page = as_("leader").get("/statistics/").content.decode()
    for words in ("怎样算的", "没有评价的不算，不当作满意", "统计到 <time", "批准的延期按新期限算"):
        assert words in page


def test_an_office_sees_its_own_figures_and_nobody_elses(as_: As, world: "World") -> None:
    some_cases(world)
    own = as_("build").get("/statistics/").content.decode()
    assert "建管办" in own
    assert "经科办" not in own.split("<main")[1]
    law = as_("law").get("/statistics/").content.decode()
    assert "建管办" not in law.split("<main")[1]
    for address in ("/statistics/cases/", "/statistics/months/"):
        answer = as_("law").get(address, {"by": "office", "key": world.office("jianguan"), "measure": "due"})
        assert answer.status_code == 404
    assert as_("build").get("/statistics/months/").status_code == 200


def test_a_year_of_one_line_month_by_month(as_: As, world: "World") -> None:
    some_cases(world)
    page = (
        as_("supervisor").get("/statistics/months/", {"by": "office", "key": world.office("jianguan")}).content.decode()
    )
    assert "建管办 · 2026年各月" in page
    assert "11月应办结2" in page
    assert page.count("<tr>") == 13


def test_without_cases_it_says_where_figures_come_from(as_: As, world: "World") -> None:
    page = as_("clerk").get("/statistics/").content.decode()
    assert "不用填报" in page


@pytest.mark.parametrize(
    "query", ["period=2026-13", "period=2026-Q5", "by=officer", "kind=x", "draw=visits", "period=%F0%9F%98%80", "key=99999999999999999999"]
)  # fmt: skip
def test_odd_addresses_do_no_harm(as_: As, world: "World", query: str) -> None:
    assert as_("clerk").get(f"/statistics/?{query}").status_code == 200
    assert as_("clerk").get(f"/statistics/cases/?{query}").status_code in (200, 404)


def test_nobody_can_ask_for_figures_of_officers(world: "World") -> None:
    assert {one.value for one in Dimension} == {"town", "office", "community", "park", "topic", "source"}
    assert not {"visits", "logins", "photos"} & {one.value for one in Measure}


def test_a_page_costs_the_same_whatever_is_behind_it(as_: As, world: "World") -> None:
    def cost() -> int:
        client = as_("clerk")
        client.get("/statistics/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/statistics/").status_code == 200
        return len(seen)

    some_cases(world)
    few = cost()
    for _ in range(3):
        world.answered()
    while actions.count_town(world.town, at=LATER):
        pass
    assert cost() == few
    assert few <= 14


def test_the_sheet_has_the_lines_of_the_page(as_: As, world: "World") -> None:
    some_cases(world)
    answer = as_("clerk").get("/statistics.xlsx", {"period": "2026", "by": "topic"})
    assert answer["Content-Type"].endswith("sheet")
    assert ZipFile(BytesIO(answer.content)).testzip() is None


def test_periods_are_whole_months() -> None:
    quarter = period("2026-Q4")
    assert quarter is not None
    assert quarter.months == ("2026-10", "2026-11", "2026-12")
    assert (quarter.title, str(quarter.first), str(quarter.end)) == ("2026年第四季度", "2026-10-01", "2027-01-01")
    assert period("2026-11") == month_of(NOW.date())
    assert [period(wrong) for wrong in ("", "26", "2026-00", "2026-Q0", "1999")] == [None] * 5


def test_the_command_names_what_is_wrong_and_repairs_it(
    world: "World", qinqing: Callable[..., tuple[int, str, str]]
) -> None:
    from qinqing.statistics.models import Figure

    some_cases(world)
    assert qinqing("statistics", "recount", "--town", world.town.code)[0] == 0
    Figure.objects.filter(dimension="town", month="2026-11").update(due=99)
    code, out, _err = qinqing("statistics", "recount", "--town", world.town.code)
    assert code == 1
    assert "应办结 账面 99" in out
    assert qinqing("statistics", "recount", "--town", world.town.code, "--repair")[0] == 0
    assert qinqing("statistics", "recount", "--town", world.town.code)[0] == 0
