"""Every address × every role × rows of one's own and of others: the answer equals the matrix; a new address needs a row."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.access import matrix

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

NOWHERE = 987_654_321
"""The id of no row anywhere."""


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, route) of every page the resolver knows."""
    for pattern in patterns if patterns is not None else get_resolver("qinqing.web.urls").url_patterns:
        route = before + (pattern.pattern._route if isinstance(pattern.pattern, RoutePattern) else "")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield pattern.name or "", route


ALL = sorted(set(addresses()))
WITHOUT_ROW = [(name, route) for name, route in ALL if "<" not in route]
WITH_ROW = [(name, route) for name, route in ALL if "<int:" in route or "<uuid:" in route]


@pytest.fixture
def peopled(world: "World", clock: "Clock") -> "World":
    clock.at("2026-11-23 09:30")
    world.person("security", "xitong", Role.SECURITY_ADMIN)
    world.person("auditor", "xitong", Role.AUDITOR)
    return world


def browser(world: "World", who: str) -> Client:
    client = Client()
    if who != "nobody":
        client.force_login(Account.objects.get(pk=world.who[who].account_id))
    return client


def answer(client: Client, address: str) -> int:
    return client.get("/" + address).status_code


def test_every_address_is_named_once() -> None:
    names = [name for name, _ in ALL]
    assert all(names)
    assert len(set(names)) == len(names)


def test_every_address_has_its_row() -> None:
    known = matrix.PUBLIC | set(matrix.OPENS) | matrix.ELSEWHERE | matrix.SENT_TO_THE_PORTAL
    assert {name for name, _ in ALL} - known == set(), "a new address needs a row in tests/access/matrix.py"


def test_nobody_signed_in_is_sent_to_sign_in_from_every_page_that_is_not_public(peopled: "World") -> None:
    client = browser(peopled, "nobody")
    open_to_all = {}
    for name, route in ALL:
        concrete = fill(route, NOWHERE)
        if name not in matrix.PUBLIC and (found := client.get("/" + concrete)).status_code not in (302, 303):
            open_to_all[name] = found.status_code
    assert open_to_all == {}


@pytest.mark.parametrize("who", matrix.EVERYBODY[:-1])
def test_what_is_not_yours_is_not_there(peopled: "World", who: str) -> None:
    """An id that is no row of one's scope: 404, or 403 where the post never opens such pages; never the page, never a fault."""
    client, wrong = browser(peopled, who), {}
    for name, route in WITH_ROW:
        if name in matrix.PUBLIC or (who == "owner" and name in matrix.SENT_TO_THE_PORTAL):
            continue
        if (status := answer(client, fill(route, NOWHERE))) not in (403, 404, 405):
            wrong[name] = status
    assert wrong == {}


@pytest.mark.parametrize("who", matrix.EVERYBODY[:-1])
def test_pages_without_a_row_open_to_the_posts_of_the_matrix(peopled: "World", who: str) -> None:
    client, wrong = browser(peopled, who), {}
    for name, route in WITHOUT_ROW:
        status = answer(client, route)
        assert status < 500, (who, name, status)
        if name not in matrix.OPENS:
            continue
        let_in = status in (200, 302, 303)
        if let_in != (who in matrix.OPENS[name]):
            wrong[name] = status
    assert wrong == {}


@pytest.mark.parametrize("who", matrix.EVERYBODY[:-1])
def test_the_pages_of_a_case_open_to_those_who_have_to_do_with_it(peopled: "World", who: str) -> None:
    own = peopled.in_hand()
    for name, route in (
        ("cases_sheet", "cases/{}"),
        ("cases_verify", "cases/{}/verify"),
        ("portal_case", "portal/matters/{}/"),
    ):
        status = answer(browser(peopled, who), route.format(own.pk))
        assert (status == 200) == (who in matrix.OPENS[name]), (who, name, status)


@pytest.mark.parametrize("who", ["build", "build_head", "village", "officer", "leader", "owner", "discipline"])
def test_a_case_of_another_firm_office_and_village_is_not_there(peopled: "World", who: str) -> None:
    foreign = peopled.demand("owner2", firm="mould")
    client = browser(peopled, who)
    for address in (f"cases/{foreign.pk}", f"cases/{foreign.pk}/verify", f"cases/{foreign.pk}/urge",
                    f"portal/matters/{foreign.pk}/", f"portal/matters/{foreign.pk}/withdraw/"):  # fmt: skip
        assert client.get("/" + address, follow=True).status_code in (403, 404), address
        before = foreign.touched_at
        client.post("/" + address, {"note": "x", "reason": "x"})
        foreign.refresh_from_db()
        assert (foreign.touched_at, foreign.state) == (before, "submitted")


def fill(route: str, number: int) -> str:
    """Return the route with every part filled in."""
    for part, value in (
        ("<str:day>", "2026-11-22"),
        ("<slug:part>", "offices"),
        ("<slug:verb>", "urge"),
        ("<slug:code>", "F4"),
        ("<slug:kind>", "visit"),
        ("<str:token>", "x"),
    ):
        route = route.replace(part, value)
    while "<uuid:" in route:
        start = route.index("<uuid:")
        route = route[:start] + str(UUID(int=number)) + route[route.index(">", start) + 1 :]
    while "<int:" in route:
        start = route.index("<int:")
        route = route[:start] + str(number) + route[route.index(">", start) + 1 :]
    return route
