"""Every address × every role × rows of one's own and of others: the answer equals the matrix; a new address needs a row."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from qinqing.ledger.models import Entry
from qinqing.people.models import Account
from tests.access import matrix, rows

if TYPE_CHECKING:
    from tests.cases.world import World

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_NOT_HIS = (403, 404)


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, route) of every page the resolver knows."""
    for pattern in patterns if patterns is not None else get_resolver("qinqing.web.urls").url_patterns:
        route = before + (pattern.pattern._route if isinstance(pattern.pattern, RoutePattern) else "")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield pattern.name or "", route


ALL = sorted(set(addresses()))
ROUTES = {name: route for name, route in ALL if name not in matrix.PUBLIC}


def browser(world: "World", who: str) -> Client:
    client = Client()
    if who != "nobody":
        client.force_login(Account.objects.get(pk=world.who[who].account_id))
    return client


def concrete(route: str, known: Mapping[str, object]) -> str:
    """Return the route with every part filled in from the rows known; a part nobody made a row for stands for a KeyError."""
    return "/" + _PART.sub(lambda part: str(known[part[1]]), route)


def parts(route: str) -> set[str]:
    return set(_PART.findall(route))


def tried(client: Client, address: str, body: Mapping[str, str] | None = None) -> tuple[int, bool]:
    """Return what an address answers, and whether the ledger grew by it; afterwards everything is as before."""
    before, cookies = Entry.objects.count(), client.cookies.copy()
    point = transaction.savepoint()
    answer = client.get(address) if body is None else client.post(address, body)
    grew = Entry.objects.count() > before
    transaction.savepoint_rollback(point)
    client.cookies = cookies
    return answer.status_code, grew


def test_every_address_is_named_once() -> None:
    names = [name for name, _ in ALL]
    assert all(names)
    assert len(set(names)) == len(names)


def test_every_address_has_its_row() -> None:
    known = matrix.PUBLIC | set(matrix.OPENS) | set(matrix.PRESSES) | matrix.ELSEWHERE
    assert {name for name, _ in ALL} - known == set(), "a new address needs a row in tests/access/matrix.py"
    assert known - {name for name, _ in ALL} == set(), "no such address any more"
    assert len(known) == len(matrix.PUBLIC) + len(matrix.OPENS) + len(matrix.PRESSES) + len(matrix.ELSEWHERE)


def test_nobody_signed_in_is_sent_to_sign_in_from_every_page_that_is_not_public(peopled: "World") -> None:
    client, open_to_all = browser(peopled, "nobody"), {}
    for name, route in ROUTES.items():
        status = client.get("/" + _PART.sub(_anything, route)).status_code
        if status not in (302, 303):
            open_to_all[name] = status
    assert open_to_all == {}


def _anything(part: re.Match[str]) -> str:
    if part[0].startswith("<uuid:"):
        return "00000000-0000-4000-8000-000000000000"
    return "987654321" if part[0].startswith("<int:") else "x"


def test_every_page_opens_to_the_posts_of_the_matrix(peopled: "World") -> None:
    own, wrong = rows.own(peopled), {}
    for who in matrix.EVERYBODY[:-1]:
        client, known = browser(peopled, who), own | rows.of(peopled.who[who])
        for name, posts in matrix.OPENS.items():
            status, _ = tried(client, concrete(ROUTES[name], known))
            allowed = (200, 302, 303) if who in posts else _to_the_portal(name, who)
            if status not in allowed:
                wrong[who, name] = status
    assert wrong == {}


def _to_the_portal(name: str, who: str) -> tuple[int, ...]:
    return (303,) if who == "owner" and name in matrix.SENT_TO_THE_PORTAL else _NOT_HIS


def test_every_press_is_taken_from_the_posts_of_the_matrix(peopled: "World") -> None:
    """Pressed with a form filled in rightly: nobody else's press is taken, and nothing of it is written."""
    own, wrong = rows.own(peopled), {}
    for who in matrix.EVERYBODY[:-1]:
        client, known = browser(peopled, who), own | rows.of(peopled.who[who])
        for name, (posts, body) in matrix.PRESSES.items():
            filled = {field: value.format(**known) for field, value in body.items()}
            status, grew = tried(client, concrete(ROUTES[name], known), filled)
            if (status in _NOT_HIS) is (who in posts) or status >= 500 or (grew and who not in posts):
                wrong[who, name] = status
    assert wrong == {}


def test_a_row_of_another_town_is_not_there(peopled: "World") -> None:
    """404, or 403 where the post never opens such pages; never the page, never a press, never a fault."""
    theirs, wrong = rows.foreign(peopled), {}
    named = set(theirs) - {"day", "part", "verb", "officer_account"}
    for who in matrix.EVERYBODY[:-1]:
        client = browser(peopled, who)
        for name, route in ROUTES.items():
            if not parts(route) & named or not parts(route) <= set(theirs):
                continue
            body = matrix.PRESSES[name][1] if name in matrix.PRESSES else None
            filled = None if body is None else {field: value.format(**theirs) for field, value in body.items()}
            status, grew = tried(client, concrete(route, theirs), filled)
            sent_on = who == "owner" and name in matrix.SENT_TO_THE_PORTAL and status == 303
            if (status not in _NOT_HIS and not sent_on) or grew:
                wrong[who, name] = status
    assert wrong == {}


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
