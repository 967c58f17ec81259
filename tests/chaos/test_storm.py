"""The storm: killed browsers, a restarted town, three requests in ten gone wrong, two tabs, a lapsed sign-in, somebody else on
the phone, a clock three days wrong, a retired checklist and a reassigned firm: 0 lost, 0 doubled, every photo bit-equal."""

import contextlib
import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.chaos.handset import Handset
from tests.chaos.invariants import unfinished, violations
from tests.chaos.proxy import Proxy
from tests.chaos.town import Town, plain

OFFICER, OTHER = "严示富", "华示博"
VISITS, PHOTOS = 10, 2
THREE_DAYS_MS = 3 * 86_400_000
CALM_S = 90
FAULTS_AT_LEAST = 15


def begin(phone: Handset, name: str, tabs: int = 1) -> None:
    """Sign in, make the phone known, fetch the day."""
    phone.open(tabs)
    phone.sign_in(name)
    phone.show()
    phone.wait("window.chaos.who()")
    phone.ask("window.chaos.register()")
    phone.wait("window.chaos.ready()", 60)


def back(phone: Handset, tabs: int = 1, **more: Any) -> None:
    """Start the browser again as its owner would, with the client in every tab.

    A browser writes its cookies down every half minute: killed right after the phone was made known, it has forgotten who it
    is. Its owner then signs in again, as the page asks him to; what waits has waited.
    """
    phone.open(tabs, **more)
    phone.tabs[0].goto("/field/")
    if is_signed_out(phone):
        phone.sign_in(OFFICER)
    look(phone)


def look(phone: Handset) -> None:
    """Open the client in every tab, with or without the town."""
    for tab in range(len(phone.tabs)):
        phone.show(tab)
        phone.wait("window.chaos.who()", tab=tab)


def is_signed_out(phone: Handset) -> bool:
    """Ask the town until it answers itself; a dead line says nothing about a sign-in."""
    for _ in range(40):
        told = phone.ask(
            "fetch('/field/api/session', {headers: {'X-Qinqing-Field': '1'}})"
            ".then((a) => a.json()).then((a) => a.code || 'known', () => '')"
        )
        if told:
            return bool(told == "signed_out")
        time.sleep(0.25)
    raise TimeoutError("the town was not there to say whether the phone is signed in")


def finish(phone: Handset, promised: dict[str, Any], nth: int, seed: int, tab: int = 0) -> dict[str, Any] | None:
    """Finish a visit; what is called finished is a promise from then on. None where the browser died before."""
    with contextlib.suppress(Exception):
        one: dict[str, Any] = phone.ask(f"window.chaos.visit({nth}, {PHOTOS}, {seed})", tab)
        one["true_ms"] = time.time() * 1000
        promised[one["id"]] = one
        return one
    return None


def press(phone: Handset) -> None:
    """Press the button in every tab, as people do who do not trust a bad line; what comes next does not wait for it."""
    for page in phone.tabs:
        page.evaluate(
            "location.hash = '#/sync'; setTimeout(() => document.querySelector('[data-testid=\"sync-now\"]')?.click(), 100)"
        )
    time.sleep(0.3)


def calm_down(phone: Handset, seconds: float = CALM_S) -> dict[str, Any]:
    """Let the phone send in good weather until nothing waits; returns what it holds then."""
    until = time.monotonic() + seconds
    while True:
        phone.sync()
        held: dict[str, Any] = phone.ask("window.chaos.state()")
        if not unfinished(held) or time.monotonic() > until:
            return held


def test_nothing_is_lost_doubled_or_changed(
    town: Town, line: Proxy, handset: Callable[..., Handset], seed: int
) -> None:
    dice = random.Random(seed)
    phone, promised = handset(), dict[str, Any]()
    before = frozenset(town.arrived())
    begin(phone, OFFICER, tabs=2)
    back_in_both(phone)
    line.line.rate = 0.3
    blows = dice.sample(("kill", "kill", "kill", "restart", "signed_out", "clock"), 6)
    for nth in range(VISITS):
        finish(phone, promised, nth, seed * 1000 + nth, tab=dice.randrange(len(phone.tabs)))
        press(phone)
        if nth % 2 == 1 and blows:
            strike(blows.pop(), phone, town, line, dice)
    line.line.rate, line.line.is_down = 0.0, True
    cut_off = finish(phone, promised, 0, seed * 1000 + 900)
    assert cut_off
    change_the_town_meanwhile(town, cut_off)
    line.line.is_down = False
    somebody_else(phone, promised, town)
    held = calm_down(phone)
    assert len(promised) >= VISITS - 3, "too few visits were finished to show anything"
    assert sum(line.line.faults.values()) >= FAULTS_AT_LEAST, line.line.faults
    assert violations(town, held, promised, strangers=before) == []
    assert unfinished(held) == []
    assert {one["id"] for one in held["receipts"]} == set(promised)
    assert clocks_off(town, promised) == []
    assert {"checklist_retired", "enterprise_reassigned"} <= flags_of(town, cut_off["id"])


def back_in_both(phone: Handset) -> None:
    phone.show(1)
    phone.wait("window.chaos.who()", tab=1)


def strike(blow: str, phone: Handset, town: Town, line: Proxy, dice: random.Random) -> None:
    time.sleep(dice.uniform(0.2, 1.2))
    if blow == "kill":
        phone.kill()
        back(phone, tabs=2)
    elif blow == "restart":
        town.kill()
        town.start()
    elif blow == "signed_out":
        phone.context.clear_cookies(name="qinqing")
    elif blow == "clock":
        phone.kill()
        back(phone, shift_ms=THREE_DAYS_MS)
        rate, line.line.rate = line.line.rate, 0.0
        phone.sync()  # one contact, so that the phone knows how wrong it is
        phone.wait("window.chaos.sample().then((one) => one && Math.abs(one.wall_ms - Date.now()) < 60000)", 30)
        line.line.rate = rate


AT_THE_OFFICE = """
from qinqing.checklists import actions as lists
from qinqing.checklists.models import ChecklistVersion
from qinqing.enterprises.models import Enterprise
from qinqing.grids import reads as ties
from qinqing.grids.actions import handover, officers
from qinqing.kernel import clock
from qinqing.people import reads as people
from qinqing.people.words import Role

now = clock.now()
day = now.astimezone(clock.SHANGHAI).date()
firm = Enterprise.objects.get(pk=%(firm)s)
posts = people.holders(firm.town_id, [Role.HUB_HEAD, Role.OFFICE_HEAD], day)
hub = people.actor_of(next(post for post in posts if post.role == Role.HUB_HEAD))
village = people.actor_of(next(post for post in posts if post.office_id == firm.community_id))

row = ChecklistVersion.objects.get(checklist__town=firm.town_id, checklist__code=%(code)s, status="published")
lists.retire(code=%(code)s, number=row.number, reason="演示：停用", by=hub, at=now)

served = [grid.pk for grid in ties.grids_of(firm.community_id)][:1]
heir = officers.name_officer(
    community_id=firm.community_id, name="演示接手人", grid_ids=served, starts_on=day, by=village, at=now
)
handover.hand_over(
    enterprise_ids=[firm.pk],
    to_officer_id=heir.post.account_id,
    effective_on=day,
    reason="演示：换人联系",
    by=village,
    at=now,
)
"""


def change_the_town_meanwhile(town: Town, visit: dict[str, Any]) -> None:
    """Retire a checklist the waiting visit was made with, and give its firm to another officer: the phone knows nothing of it."""
    town.office(AT_THE_OFFICE % {"firm": visit["enterprise"], "code": plain(visit["lists"][0])})


def somebody_else(phone: Handset, promised: dict[str, Any], town: Town) -> None:
    """Another officer takes the phone with the queue full: he sends nothing of it and sees nothing of it."""
    first = phone.ask("window.chaos.who()")
    waiting = {one["id"] for one in phone.ask("window.chaos.state()")["outbox"]}
    phone.context.clear_cookies()
    phone.sign_in(OTHER)
    phone.follow()
    other = phone.wait(f"window.chaos.who().then((who) => who !== {first} && who)")
    held = phone.ask("window.chaos.state()")
    assert held["outbox"] == []
    phone.context.clear_cookies()
    phone.sign_in(OFFICER)
    phone.follow()
    phone.wait(f"window.chaos.who().then((who) => who === {first})")
    assert [key for key in promised if key in town.arrived() and town.arrived()[key].account == other] == []
    kept = phone.ask("window.chaos.state()")
    still = {one["id"] for one in kept["outbox"]} | {one["id"] for one in kept["receipts"]}
    assert waiting <= still


def flags_of(town: Town, record: str) -> set[str]:
    """Return what the town finds questionable about a visit it took."""
    rows = town.sql("SELECT flags FROM patrol_visit WHERE replace(uid, '-', '') = ?", record.replace("-", ""))
    return {flag["code"] for (flags,) in rows for flag in json.loads(flags)}


def clocks_off(town: Town, promised: dict[str, Any]) -> list[str]:
    """Return records whose corrected moment lies more than ten minutes from the true one."""
    found = []
    for key, one in town.arrived().items():
        if key in promised:
            made = datetime.fromisoformat(one.made_at).replace(tzinfo=UTC).timestamp() * 1000
            if abs(made - promised[key]["true_ms"]) > 600_000:
                found.append(f"{key}: {one.made_at}")
    return found


def test_what_a_browser_forgets_is_missed_by_the_office(
    town: Town, line: Proxy, handset: Callable[..., Handset]
) -> None:
    """I9: the origin's storage is wiped; the phone cannot know, the town does at the next contact."""
    phone, promised = handset(), dict[str, Any]()
    begin(phone, OFFICER)
    line.line.blocks = ("/field/api/records/",)
    for nth in range(2):
        assert finish(phone, promised, nth, 70_000 + nth)
    phone.sync()
    session = phone.context.new_cdp_session(phone.tabs[0])
    phone.tabs[0].goto("/demo/")
    session.send("Storage.clearDataForOrigin", {"origin": phone.base, "storageTypes": "indexeddb"})
    line.line.blocks = ()
    phone.show()
    phone.wait("window.chaos.who()")
    phone.wait("window.chaos.ready()", 60)
    phone.sync()
    missed = {row[0].replace("-", "") for row in town.sql("SELECT record FROM field_loss WHERE found_at IS NULL")}
    assert {key.replace("-", "") for key in promised} <= missed


def test_a_draft_called_kept_survives_a_kill(line: Proxy, handset: Callable[..., Handset], town: Town) -> None:
    """I7: SIGKILL right after 已保存 loses neither text nor photos."""
    phone = handset()
    begin(phone, OFFICER)
    line.line.is_down = True
    for nth in range(3):
        one = phone.ask(f"window.chaos.visit({nth}, 1, {80_000 + nth})")
        phone.kill()
        phone.open()
        look(phone)
        held = phone.ask("window.chaos.state()")
        row = next(row for row in held["outbox"] if row["id"] == one["id"])
        assert row["sha256"] == one["sha256"]
        assert [held["photos"][photo["id"]] for photo in one["attachments"]] == [
            photo["sha256"] for photo in one["attachments"]
        ]


@pytest.mark.parametrize("weather", ["down", "hangs"])
def test_it_opens_without_the_town(line: Proxy, handset: Callable[..., Handset], weather: str) -> None:
    """The shell comes from the phone when nothing answers; and the line really is dead, or this would show nothing."""
    phone = handset()
    begin(phone, OFFICER)
    phone.wait("navigator.serviceWorker.ready.then((r) => !!r.active)")
    if weather == "down":
        line.line.is_down = True
        assert phone.ask("fetch('/health/live').then(() => 'reached', () => 'dead')") == "dead"
    else:
        line.line.hangs = True
    phone.tabs[0].goto("/field/")
    phone.tabs[0].wait_for_selector('[data-screen="today"], [data-testid="firms"], main', timeout=10_000)
    assert "今日" in phone.tabs[0].inner_text("body")
