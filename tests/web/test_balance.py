"""账平表: the month's balance of every office; each figure opens to exactly as many rows."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from qinqing.cases.reads import books
from qinqing.cases.reads.books import Figure
from qinqing.cases.words import Verb
from tests.cases.world import moment

if TYPE_CHECKING:
    from tests.cases.world import World

As = Callable[..., Client]


@pytest.mark.clause("二(四)-2c")
def test_every_figure_opens_to_as_many_rows(world: "World") -> None:
    world.in_hand(moment("2026-10-30 09:00"))
    done = world.answered(moment("2026-10-30 09:00"))
    for verb in (Verb.REGISTER, Verb.WRITE_OFF):
        world.press(verb, done, "clerk", moment("2026-11-02 09:00"))
    world.accepted(moment("2026-11-30 23:30"))
    for office in ("jingke", "jianguan"):
        for month in ("2026-10", "2026-11", "2026-12"):
            of_month = books.balances(world.town.pk, month)[world.office(office)]
            figures = (of_month.opening, of_month.hung, of_month.cleared, of_month.closing)
            rows = [len(books.held(world.clerk, world.office(office), month, figure)) for figure in Figure]
            assert tuple(rows) == figures, (office, month)


def test_the_hub_sees_every_office_and_an_office_its_own(as_: As, world: "World") -> None:
    world.in_hand()
    shown = as_("clerk").get("/ledger/balance").content.decode()
    assert "2026年11月账平表" in shown
    assert "建管办本月挂账1件" in shown
    own = as_("law").get("/ledger/balance").content.decode()
    assert "建管办" not in own
    assert as_("law").get(f"/ledger/balance?office={world.office('jianguan')}&figure=hung").status_code == 404
    rows = as_("build").get(f"/ledger/balance?month=2026-11&office={world.office('jianguan')}&figure=hung")
    assert "厂区东门外三盏路灯不亮" in rows.content.decode()


@pytest.mark.parametrize("month", ["2026-13", "x", "9999-12", "0000-00"])
def test_a_month_that_is_none_counts_as_this_one(as_: As, month: str) -> None:
    assert "2026年11月账平表" in as_("clerk").get("/ledger/balance", {"month": month}).content.decode()
