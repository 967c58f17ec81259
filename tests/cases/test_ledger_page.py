"""一本账: filters say what they say, pages follow each other without loss or doubling, and no page asks too often."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinqing.cases.reads.ledger import Filter, figures, page, stream
from qinqing.cases.words import Verb
from qinqing.people.models import Account
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

ROUND = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def numbers(world: "World", who: str = "clerk", at: object = NOW, **wanted: Any) -> list[str]:
    return [line.number for line in page(world.who[who], Filter(**wanted), at).lines]  # type: ignore[arg-type]


@pytest.mark.clause("二(四)-1")
def test_every_matter_is_exactly_one_line_and_the_sheet_has_as_many(world: "World") -> None:
    cases = [world.demand(), world.demand("owner2", firm="mould"), world.problem("officer"), world.problem("law")]
    shown = numbers(world, stand="all")
    assert sorted(shown) == sorted(case.number for case in cases)
    assert [line.number for line in stream(world.clerk, Filter(stand="all"), NOW)] == shown
    assert figures(world.clerk, ("all", "open", "ended"), NOW) == {"all": 4, "open": 4, "ended": 0}
    assert figures(world.clerk, ("all",), NOW, limit=3) == {"all": 3}


def test_each_filter_finds_its_own(world: "World") -> None:
    fresh, working, done = world.demand(), world.in_hand(), world.answered()
    other = world.press(Verb.MARK_KEY, world.demand("owner2", firm="mould"), "clerk", reason="重大")
    gone = world.press(Verb.WITHDRAW, world.demand(), "owner", reason="好了")
    problem = world.problem("law")
    assert set(numbers(world)) == {case.number for case in (fresh, working, done, other, problem)}
    for wanted, cases in (
        ({"stand": "ended"}, [gone]),
        ({"stand": "answered"}, [done]),
        ({"kind": "problem"}, [problem]),
        ({"state": "submitted", "enterprise": world.firms["lamp"]}, [fresh]),
        ({"office": world.office("jianguan")}, [done, working]),
        ({"community": world.office("cun02")}, [other]),
        ({"key": True}, [other]),
        ({"topic": "streetlight"}, [done, working]),
        ({"source": "department"}, [problem]),
        ({"month": "2026-10"}, []),
        ({"month": "nonsense"}, []),
        ({"stand": "nonsense"}, []),
        ({"state": "nonsense"}, []),
    ):
        assert numbers(world, **wanted) == [case.number for case in cases], wanted
    assert numbers(world, "build", task="working") == [working.number]


def test_late_and_soon_are_what_the_lamp_says(world: "World") -> None:
    case, answered = world.demand(), world.answered()
    close = moment("2026-11-30 17:30")
    assert numbers(world, at=close, stand="late") == []
    assert numbers(world, at=close + timedelta(seconds=1), stand="late") == [case.number]
    assert numbers(world, at=close, stand="soon") == [case.number]
    assert numbers(world, at=NOW, stand="soon") == []
    assert answered.number not in numbers(world, at=close + timedelta(days=3), stand="late")


@ROUND
@given(size=st.integers(1, 7), stand=st.sampled_from(["all", "open", "late"]), turn=st.integers(0, 12))
def test_pages_follow_each_other_without_loss_or_doubling(thirteen: "World", size: int, stand: str, turn: int) -> None:
    by, at, wanted = thirteen.clerk, moment("2026-12-20 09:00"), Filter(stand=stand)
    whole = [line.id for line in page(by, wanted, at, size=100).lines]
    seen, cursor, pages = [], "", []
    while True:
        shown = page(by, wanted, at, cursor=cursor, size=size)
        pages.append([line.id for line in shown.lines])
        seen += pages[-1]
        if not shown.next:
            break
        cursor = shown.next
    assert seen == whole
    back = page(by, wanted, at, cursor=cursor, size=size)
    for expected in reversed(pages[:-1]):
        assert back.previous
        back = page(by, wanted, at, cursor=back.previous, size=size)
        assert [line.id for line in back.lines] == expected
    assert not back.previous or turn >= 0


@pytest.fixture
def thirteen(world: "World") -> "World":
    for number in range(13):
        world.demand(at=NOW + timedelta(hours=number // 3))  # several share one limit: the id decides
    return world


@pytest.mark.parametrize("cursor", [">", "<", ">x", ">9" * 40, "<-1", ">1e999_1", ">nan_1", "\u0661", ">²"])
def test_a_spoilt_cursor_is_no_fault(thirteen: "World", cursor: str) -> None:
    for stand in ("all", "late"):
        page(thirteen.clerk, Filter(stand=stand), NOW, cursor=cursor)


@pytest.mark.parametrize(
    ("who", "address", "most"),
    [
        ("clerk", "/ledger", 17),
        ("clerk", "/ledger?stand=all&q=路灯&kind=demand", 17),
        ("build", "/ledger", 17),
        ("clerk", "/today", 15),
        ("build", "/today", 15),
        ("officer", "/today", 15),
        ("clerk", "/cases/{case}", 25),
        ("build", "/cases/{case}", 25),
    ],
)
def test_no_page_asks_the_database_more_often_than_agreed(
    world: "World", clock: "Clock", who: str, address: str, most: int
) -> None:
    clock.at("2026-11-23 09:30")
    for _ in range(6):
        case = world.in_hand()
    browser = Client()
    browser.force_login(Account.objects.get(pk=world.who[who].account_id))
    address = address.format(case=case.pk)
    assert browser.get(address).status_code == 200  # caches of plan and calendar filled, the session bound
    own = questions(browser, address)
    assert len(own) <= most, "\n".join(own)
    for _ in range(6):
        world.in_hand()
    assert len(questions(browser, address)) <= len(own), "not one question a row"


def questions(browser: Client, address: str) -> list[str]:
    """Return what a page asks the database; the look whether the calendar changed comes once a second, not once a page."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"] and '"workdays_notice"' not in q["sql"]]
