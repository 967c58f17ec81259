"""Every test of the field has the cases' small town, a clock that stands still, and phones that speak the protocol."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.field.phone import Phone

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


@pytest.fixture
def world(db: None, clock: "Clock") -> "World":
    from tests.cases.world import make_world

    return make_world()


@pytest.fixture
def phone(world: "World") -> Phone:
    """Return the phone of the officer of the lamp factory, signed in and with a credential."""
    return Phone(world, "officer")


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a kind of record whose folder is `tests.field.probe`."""
    from qinqing.field.actions import handlers
    from tests.field import probe

    monkeypatch.setitem(handlers.HANDLERS, "probe", probe.take_in)
    return "probe"


@pytest.fixture
def phone_of(world: "World") -> Callable[..., Phone]:
    return lambda who, **more: Phone(world, who, **more)
