"""Whatever is sent to the interface, it answers as its description says, and never with a 5xx."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from qinqing.wsgi import application

if TYPE_CHECKING:
    from tests.cases.world import World

ROLES = ("clerk", "build", "officer", "supervisor", "leader")


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the test's connection open between requests, as Django's own test client does: its transaction lives in it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def description(world: "World", _one_connection: None) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def _operations(description: Any) -> list[Any]:
    return [result.ok() for result in description.get_all_operations()]


def test_every_operation_keeps_to_its_description(world: "World", speak: Callable[..., Any], description: Any) -> None:
    from qinqing.api import actions
    from qinqing.people import reads as people
    from tests.cases.world import NOW

    world.in_hand()
    world.accepted()
    tokens = []
    for name in ROLES:
        account = people.account(world.who[name].account_id or 0)
        tokens.append(actions.issue(username=account.username, name=f"契约{name}", by=world.root, at=NOW))
    operations = _operations(description)
    assert len(operations) > 50
    for operation in operations:
        _probe(operation, tokens)


def _probe(operation: Any, tokens: list[str]) -> None:
    cases = operation.as_strategy()

    @settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=cases, token=st.sampled_from(tokens))
    def probe(case: Any, token: str) -> None:
        # What fits the description may still be refused by the mechanism, in words: that is no fault of the description.
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=[positive_data_acceptance])

    probe()
