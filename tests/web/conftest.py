"""Pages: the small demonstration town of the cases' tests, a clock that stands still, and browsers that are signed in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


@pytest.fixture
def world(db: None, clock: "Clock") -> "World":
    from tests.cases.world import make_world

    return make_world()


@pytest.fixture
def as_(world: "World") -> Callable[..., Client]:
    """Give the browser of a person of the town: `as_("clerk").get("/ledger")`."""
    from qinqing.people.models import Account

    def signed_in(name: str, **options: bool) -> Client:
        client = Client(**options)
        client.force_login(Account.objects.get(pk=world.who[name].account_id))
        return client

    return signed_in
