"""Enterprises, tasks, the ledger's entries, and who one is."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router

from qinqing.api import schemas
from qinqing.api.auth import actor
from qinqing.api.v1 import shapes
from qinqing.api.v1.cases import TROUBLES
from qinqing.cases.reads import find
from qinqing.cases.words import TaskState
from qinqing.enterprises import listing
from qinqing.enterprises import reads as enterprises
from qinqing.kernel.errors import NotAllowed
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.people.words import EVERYTHING_ROLES, Role

router = Router()
_READS_THE_BOOK = EVERYTHING_ROLES | {Role.AUDITOR}


@router.get("/me", response={200: schemas.Me, **TROUBLES}, tags=["身份"], summary="本令牌代表谁")
def me(request: HttpRequest) -> schemas.Me:
    """Return for whom this token speaks."""
    by = actor(request)
    town = people.town_of(by.town_id).name
    return schemas.Me(
        name=by.name, post=by.post, post_label=by.post_label, office_id=by.office_id, office=by.office_name, town=town
    )


@router.get("/enterprises", response={200: schemas.EnterprisePage, **TROUBLES}, tags=["企业"], summary="企业名录")
def read_enterprises(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=60)] = "",
    after: Annotated[str, Query(max_length=300)] = "",
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> schemas.EnterprisePage:
    """Return firms this post may see, by name fragment, code or pinyin initials."""
    page = listing.search(actor(request), q, after=after, size=size)
    rows = [_firm(row) for row in page.rows]
    return schemas.EnterprisePage(enterprises=rows, after=page.after)


@router.get(
    "/enterprises/{enterprise_id}",
    response={200: schemas.EnterpriseLine, **TROUBLES},
    tags=["企业"],
    summary="一家企业",
)
def read_enterprise(
    request: HttpRequest, enterprise_id: Annotated[int, Path(ge=1, le=schemas.BIGGEST)]
) -> schemas.EnterpriseLine:
    """Return one firm this post may see."""
    return _firm(listing.row(enterprises.get_for(actor(request), enterprise_id)))


def _firm(row: listing.Row) -> schemas.EnterpriseLine:
    return schemas.EnterpriseLine(**{name: getattr(row, name) for name in schemas.EnterpriseLine.model_fields})


@router.get("/tasks", response={200: list[schemas.TaskOut], **TROUBLES}, tags=["办理任务"], summary="本单位的任务")
def read_tasks(
    request: HttpRequest,
    state: Annotated[TaskState | None, Query()] = None,
    after: Annotated[int, Query(ge=0, le=schemas.BIGGEST)] = 0,
) -> list[schemas.TaskOut]:
    """Return the tasks of this post's office, oldest first, a hundred at a time; go on after the last one's id."""
    rows = find.tasks_at(actor(request), state=state, after=after)
    return [shapes.task(row) for row in rows]


@router.get("/ledger", response={200: list[schemas.EntryOut], **TROUBLES}, tags=["账目"], summary="逐笔账目")
def read_ledger(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, le=schemas.BIGGEST)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[schemas.EntryOut]:
    """Return the entries of the town's book after a number, in order: for those who read it all.

    Raises:
        NotAllowed: the post reads single cases only.
    """
    by = actor(request)
    if by.post not in _READS_THE_BOOK:
        raise NotAllowed("逐笔账目只供中转站、督查和审计查看。")
    return [shapes.entry(row) for row in ledger.after(by.book, after, limit)]
