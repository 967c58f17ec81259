"""Rows turned into what goes over the wire."""

from typing import TYPE_CHECKING, Any

from qinqing.api import schemas
from qinqing.cases.options import Asking, options_for
from qinqing.cases.reads.lines import Line
from qinqing.cases.rules.offers import Offer

if TYPE_CHECKING:
    from qinqing.cases.models import Task
    from qinqing.ledger.models import Entry


def line(found: Line) -> schemas.CaseLine:
    """Return a line of the book."""
    values: dict[str, Any] = {name: getattr(found, name) for name in schemas.CaseLine.model_fields if name != "lamp"}
    values["office"] = found.office_full
    return schemas.CaseLine(**values, lamp=schemas.LampOut(tone=str(found.lamp.tone), words=found.lamp.words))


def task(row: "Task") -> schemas.TaskOut:
    """Return a task, fetched with its office and handler."""
    named: dict[str, Any] = {"office": row.office.name, "handler": row.handler.name if row.handler else ""}
    rest = {name: getattr(row, name) for name in schemas.TaskOut.model_fields if name not in named}
    return schemas.TaskOut(**named, **rest)


def entry(row: "Entry") -> schemas.EntryOut:
    """Return an entry of the ledger."""
    return schemas.EntryOut(**{name: getattr(row, name) for name in schemas.EntryOut.model_fields})


def offer(found: Offer, ask: Asking) -> schemas.OfferOut:
    """Return an offer with its inputs and their choices."""
    needs = [
        schemas.NeedOut(
            name=need.name,
            label=need.label,
            ask=need.ask.value,
            required=need.required,
            options=[schemas.OptionOut(value=o.value, label=o.label, hint=o.hint) for o in options_for(need, ask)],
        )
        for need in found.step.needs_for(ask.case.kind)
    ]
    step = found.step
    return schemas.OfferOut(
        verb=step.verb.value, label=step.label, clause=step.clause, task_id=found.task_id, needs=needs
    )
