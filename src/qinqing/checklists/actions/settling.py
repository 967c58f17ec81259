"""Setting up a town's checklists when its plan is put into force."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qinqing.checklists.drafts import Draft, drafts
from qinqing.checklists.facts import ListsSettled
from qinqing.checklists.models import Checklist, ChecklistVersion
from qinqing.checklists.rules import items
from qinqing.checklists.words import VersionState
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import actions as ledger
from qinqing.people import rights
from qinqing.people.rights import Right

if TYPE_CHECKING:
    from qinqing.plan.spec import Plan


def settle(plan: "Plan", *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Give the actor's town every list of the plan; a new one begins with the system's draft, marked 草案, if there is one.

    Lists that are there keep their versions; doing it twice changes nothing. Returns the codes that got a draft.

    Raises:
        NotAllowed: `by` may not set up lists.

    Source: 附2安-(3)a, 附2安-(3)c.
    """
    with transaction.atomic():
        rights.require(by, Right.MANAGE_CHECKLISTS)
        there = {row.code: row for row in Checklist.objects.select_for_update().filter(town_id=by.town_id)}
        given: list[ChecklistVersion] = []
        for place, listed in enumerate(plan.checklists, start=1):
            draft = drafts().get(listed.code)
            row = there.get(listed.code)
            if row is None:
                row = Checklist.objects.create(
                    town_id=by.town_id,
                    code=listed.code,
                    annex=draft.annex if draft else "",
                    title=listed.name,
                    place=place,
                )
                if draft:
                    given.append(_first_version(row, draft, by, at))
            elif row.place != place:
                row.place = place
                row.save(update_fields=["place"])
        if given:
            codes = tuple(version.checklist.code for version in given)
            ledger.record(
                ListsSettled(codes=codes, sha256s=tuple(version.content_sha256 for version in given)),
                book=by.book,
                on=("checklists", by.town_id),
                label="巡查清单",
                by=by,
                at=at,
                clause="附2安-(3)a",
            )
    return tuple(version.checklist.code for version in given)


def _first_version(row: Checklist, draft: Draft, by: Actor, at: datetime) -> ChecklistVersion:
    body = items.body_of(draft.content, code=row.code, annex=row.annex, title=row.title, number=1, is_draft=True)
    return ChecklistVersion.objects.create(
        checklist=row,
        number=1,
        status=VersionState.PUBLISHED.value,
        title=row.title,
        is_draft_text=True,
        content=body,
        content_sha256=items.digest_of(body),
        items=len(draft.content.items),
        source=draft.source,
        effective_from=at.astimezone(SHANGHAI).date(),
        prepared_at=at,
        prepared_by=by.name,
        published_at=at,
        published_by=by.name,
    )
