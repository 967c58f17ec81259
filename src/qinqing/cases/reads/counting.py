"""What the statistics ask of cases: the few things of a case that say along which lines it is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qinqing.cases import policy
from qinqing.cases.models import Case
from qinqing.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case belongs. `topic` is the plan's code, "" before 接办."""

    id: int
    kind: str
    hub_id: int
    plan_version_id: int
    community_id: int
    park_id: int | None
    topic: str
    source: str


_COLUMNS = ("pk", "kind", "hub_id", "plan_version_id", "community_id", "park_id", "topic", "source")


def standing_of(case_ids: Iterable[int]) -> list[Standing]:
    """Return where these cases belong, by id upwards. One query."""
    rows = Case.objects.filter(pk__in=list(case_ids)).order_by("pk").values_list(*_COLUMNS)
    return [Standing(*row) for row in rows]


def ids_after(town_id: int, case_id: int, limit: int) -> list[int]:
    """Return the next cases of a town by id."""
    return list(
        Case.objects.filter(town_id=town_id, pk__gt=case_id).order_by("pk").values_list("pk", flat=True)[:limit]
    )


def seen_among(by: Actor, case_ids: Sequence[int]) -> dict[int, Case]:
    """Return those of some cases that a person may see, by id, office and enterprise fetched along."""
    rows = policy.visible_to(by).filter(pk__in=list(case_ids)).select_related("lead_office", "community")
    return {case.pk: case for case in rows}
