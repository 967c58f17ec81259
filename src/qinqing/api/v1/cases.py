"""Cases: the book, one case, submitting, reporting, and every press of the lifecycle table as an operation of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from ninja import File, Header, Path, Query, Router, Status, UploadedFile
from pydantic import BaseModel, Field, create_model

from qinqing.api import receipts, schemas
from qinqing.api.auth import actor
from qinqing.api.v1 import shapes
from qinqing.cases import files
from qinqing.cases.actions.submit import report, submit
from qinqing.cases.lifecycle import STEPS, Step
from qinqing.cases.needs import Need
from qinqing.cases.options import asking
from qinqing.cases.reads import ledger, lines, sheet
from qinqing.cases.reads.find import get_for
from qinqing.cases.reads.ledger import Filter
from qinqing.cases.words import Source, Verb
from qinqing.consultations.actions import press
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor

if TYPE_CHECKING:
    from qinqing.cases.models import Case

router = Router(tags=["涉企事项"])
TROUBLES: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), schemas.Trouble)
Key = Annotated[str, Header("", alias="Idempotency-Key", max_length=40, pattern="^[A-Za-z0-9_-]*$")]
CaseId = Annotated[int, Path(ge=1, le=schemas.BIGGEST)]


class BookFilter(BaseModel):
    """The filters of the book; see the words of each in the page 一本账."""

    stand: Annotated[str, Field(max_length=12)] = "open"
    kind: Annotated[str, Field(max_length=10)] = ""
    state: Annotated[str, Field(max_length=15)] = ""
    topic: Annotated[str, Field(max_length=40)] = ""
    office: Annotated[int, Field(ge=0, le=schemas.BIGGEST)] = 0
    community: Annotated[int, Field(ge=0, le=schemas.BIGGEST)] = 0
    enterprise: Annotated[int, Field(ge=0, le=schemas.BIGGEST)] = 0
    source: Annotated[str, Field(max_length=15)] = ""
    month: Annotated[str, Field(max_length=7)] = ""
    q: Annotated[str, Field(max_length=60)] = ""


@router.get("/cases", response={200: schemas.CasePage, **TROUBLES}, summary="一本账")
def read_book(
    request: HttpRequest,
    wanted: Annotated[BookFilter, Query()],
    cursor: Annotated[str, Query(max_length=60)] = "",
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> schemas.CasePage:
    """Return a page of the cases this post may see."""
    page = ledger.page(actor(request), Filter(**wanted.model_dump()), clock.now(), cursor=cursor, size=size)
    return schemas.CasePage(cases=[shapes.line(one) for one in page.lines], next=page.next, previous=page.previous)


@router.get("/cases/{case_id}", response={200: schemas.CaseOut, **TROUBLES}, summary="一件事项")
def read_case(request: HttpRequest, case_id: CaseId) -> schemas.CaseOut:
    """Return a case with its tasks, entries, explained limit, and what may be pressed."""
    return _case_out(actor(request), case_id)


@router.post("/cases", response={201: schemas.CaseOut, **TROUBLES}, summary="代企业提交诉求")
def submit_demand(request: HttpRequest, given: schemas.Submission, key: Key) -> Status[schemas.CaseOut]:
    """Bring in a demand; the same Idempotency-Key gives the same case again."""
    by = actor(request)
    values = given.model_dump() | {"files": receipts.files_of(given.files)}
    case = submit(by=by, at=clock.now(), source=Source.INTERFACE.value, press_key=key, **values)
    return Status(201, _case_out(by, case.pk))


@router.post("/problems", response={201: schemas.CaseOut, **TROUBLES}, summary="上报企业问题")
def report_problem(request: HttpRequest, given: schemas.Finding, key: Key) -> Status[schemas.CaseOut]:
    """Report a suspected problem; a grid officer's needs the stop notice."""
    by = actor(request)
    values = given.model_dump() | {"files": receipts.files_of(given.files)}
    case = report(by=by, at=clock.now(), press_key=key, **values)
    return Status(201, _case_out(by, case.pk))


@router.post("/files", response={201: schemas.FileReceipt, **TROUBLES}, summary="上传附件")
def send_file(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> Status[schemas.FileReceipt]:
    """Take a file and return its receipt, to be named in a press or a submission."""
    got = files.receive(file.name or "附件", file)
    receipt = receipts.receipt_of(got)
    return Status(
        201, schemas.FileReceipt(receipt=receipt, name=got.name, size=got.size, mime=got.mime, digest=got.digest)
    )


def _case_out(by: Actor, case_id: int) -> schemas.CaseOut:
    at = clock.now()
    found = sheet.sheet(by, case_id, at)
    tasks = {row.pk: row for row in found.tasks}
    return schemas.CaseOut(
        line=shapes.line(lines.lines([found.case], at)[0]),
        text=found.case.text,
        tasks=[shapes.task(row) for row in found.tasks],
        entries=[shapes.entry(row) for row in found.entries],
        offers=[shapes.offer(o, asking(found.case, tasks.get(o.task_id or 0), by, at)) for o in found.offers],
        due_explained=found.due.explain() if found.due else [],
    )


_EMPTY: dict[str, Any] = {"choices": [], "files": [], "items": [], "yes": False, "line": "", "long": ""}
"""What an optional input is when it is left out; the others are then null."""


def _input_of(need: Need) -> tuple[Any, Any]:
    """Return type and description of one input on the wire."""
    kind = schemas.WIRE[need.ask.value]
    limits: dict[str, Any] = {"max_length": need.limit} if kind is str else {}
    if need.required:
        return kind, Field(description=need.label, **limits)
    if need.ask.value in _EMPTY:
        return kind, Field(default=_EMPTY[need.ask.value], description=need.label, **limits)
    return kind | None, Field(default=None, description=need.label)


def _body_of(step: Step) -> type[BaseModel]:
    """Return the body of a press as a schema, made from the row's needs."""
    inputs: dict[str, Any] = {need.name: _input_of(need) for need in step.needs}
    inputs["task_id"] = (schemas.Id | None, Field(default=None, description="哪一项任务；只有一项时可不填"))
    name = "".join(part.title() for part in step.verb.value.split("_"))
    return create_model(f"{name}Body", **inputs)


def _press_of(step: Step) -> Callable[..., schemas.CaseOut]:
    body = _body_of(step)

    def pressed(request: HttpRequest, case_id: CaseId, given: body) -> schemas.CaseOut:  # type: ignore[valid-type]
        by = actor(request)
        values: dict[str, Any] = given.model_dump()  # type: ignore[attr-defined]
        task_id = values.pop("task_id")
        if "files" in values:
            values["files"] = receipts.files_of(values["files"])
        case: Case = get_for(by, case_id)
        press(step.verb, case.pk, by=by, at=clock.now(), values=values, task_id=task_id)
        return _case_out(by, case.pk)

    pressed.__name__ = f"press_{step.verb.value}"
    pressed.__doc__ = f"{step.label}。依据 {step.clause}。"
    return pressed


for _step in STEPS:
    if _step.verb is not Verb.REVEAL:
        router.post(
            f"/cases/{{case_id}}/{_step.verb.value}",
            response={200: schemas.CaseOut, **TROUBLES},
            summary=_step.label,
            operation_id=f"press_{_step.verb.value}",
        )(_press_of(_step))
