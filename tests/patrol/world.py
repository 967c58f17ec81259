"""The small town of the cases with its checklists, and phones that bring visits: made by the real actions, taken in as the field does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from qinqing.checklists import actions as checklists
from qinqing.checklists import reads as lists
from qinqing.enterprises.actions import files
from qinqing.evidence.words import Flag, Place, Record, Sent
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.patrol import actions
from qinqing.patrol.models import Duty, Visit
from qinqing.plan import reads as plans
from tests.cases.world import NOW, World, make_world, moment

__all__ = ["NOW", "Rounds", "make_rounds", "moment"]


_PLAIN = {"yn": "ok", "text": "演示", "number": "3", "date": "2026-11-20", "choice": ""}


@dataclass
class Rounds:
    """The town, and what phones bring."""

    world: World

    def __getattr__(self, name: str) -> Actor:
        return self.world.who[name]

    def firm(self, name: str, *, village: str = "cun01", **raw: Any) -> int:
        """Open one more firm; `raw` as `files.create` takes it."""
        given = {"name": name, "uscc": "", "no_code_reason": "演示", **raw}
        made = files.create(
            raw=given, community_id=self.world.office(village), by=self.world.clerk, at=NOW, is_demo=True
        )
        return made.pk

    def owe(self, at: datetime = NOW) -> None:
        """Lay out what is owed."""
        actions.open_duties(at=at)

    def answers(self, code: str, *, bad: tuple[str, ...] = (), **value: str) -> dict[str, Any]:
        """Return a checklist of the town gone through: everything in order, but for the items named."""
        version = lists.current(self.world.town.pk)[code]
        given = []
        for item in version.content.items:
            mark = "bad" if item.key in bad else _PLAIN[item.answer.value]
            mark = item.choices[-1].code if item.choices else mark
            shown = value.get(item.key.replace("-", "_"), mark)
            given.append({"item": item.key, "repeat": 0, "value": shown, "note": "", "text": item.text, "photos": []})
        return {"code": code, "sha256": version.sha256, "answers": given}

    def body(self, at: datetime, *codes: str, **more: Any) -> dict[str, Any]:
        """Return the data of a visit that began a while before `at`."""
        begun = int((at - timedelta(minutes=40)).timestamp() * 1000)
        return {
            "nature": "routine",
            "started_ms": begun,
            "finished_ms": begun + 35 * 60_000,
            "exception": "",
            "joint_with": [],
            "checklists": more["checklists"] if "checklists" in more else [self.answers(code) for code in codes],
            "findings": [],
            "events": [],
            "acknowledgement": {"how": "absent", "name": "", "reason": "厂长外出", "attachment": None},
            "summary": "",
            "status": "",
            "facts": {},
            **more,
        }

    def record(self, at: datetime, firm: int | None, by: Actor, **more: Any) -> Record:
        """Return the frozen record that such data came in; `offset_ms` shifts the phone's clock."""
        given: dict[str, Any] = {
            "id": uuid4(), "kind": "visit", "enterprise_id": firm, "made_at": at, "received_at": at, "place": None,
            "attachments": (), "device": "", "by_account": by.account_id, "wall_at": at, "offset_ms": 0,
        }  # fmt: skip
        return Record(**(given | more))

    def send(self, data: dict[str, Any], record: Record, by: Actor) -> list[Flag]:
        """Let the server take it in, in one transaction, as the field does."""
        with transaction.atomic():
            return actions.take_in(data, record=record, by=by, at=record.received_at)

    def visit(
        self, at: datetime = NOW, firm: str | int = "lamp", by: str = "officer", codes: tuple[str, ...] = ("F6", "F7"),
        received: datetime | None = None, place: Place | None = None, attachments: tuple[Sent, ...] = (),
        uid: UUID | None = None, **data: Any,
    ) -> Visit:  # fmt: skip
        """Make a visit and let it arrive; return what became of it."""
        actor, pk = self.world.who[by], self.world.firms[firm] if isinstance(firm, str) else firm
        record = self.record(
            at, pk, actor, received_at=received or at, place=place, attachments=attachments, id=uid or uuid4()
        )
        self.send(self.body(at, *codes, **data), record, actor)
        return Visit.objects.get(uid=record.id)

    def duties(self, firm: str | int = "lamp", **narrow: Any) -> dict[str, str]:
        """Return how a firm's duties stand: "F6 2026Q4" → "open"."""
        pk = self.world.firms[firm] if isinstance(firm, str) else firm
        rows = Duty.objects.filter(enterprise_id=pk, **narrow)
        return {f"{duty.code} {duty.period}".strip(): duty.state for duty in rows.order_by("due_on", "code")}


def make_rounds() -> Rounds:
    world = make_world()
    checklists.settle(plans.current(world.town.code), by=world.root, at=NOW)
    return Rounds(world)


def codes_of(visit: Visit) -> list[str]:
    """Return the codes of what is questionable about a visit."""
    return [flag["code"] for flag in visit.flags]


def at(text: str) -> datetime:
    """Return "2026-11-23 09:00" in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
