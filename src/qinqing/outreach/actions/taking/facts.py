"""企业信息更新 from a phone: what the officer's hand reaches is written, the rest waits for the hub."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qinqing.enterprises.actions import files
from qinqing.environment.actions.profile import keep_profile
from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.outreach.rules.bodies import Reader

_ENVIRONMENT = "environment."
"""Fields of the environment card come under this prefix: environment.process."""


def take_in_facts(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    """Amend the firm's file: one field that cannot be taken does not keep the others out.

    `changes` may also hold `status` (经营状态), `verified: true` (核实无误) and `environment.…`.

    Raises:
        NotFound, NotAllowed: not a firm of his (any more): kept for a person.

    Source: 附1-(2)b, 附1-(2)a, 附2环-(1).
    """
    read = Reader(data, record)
    changes = data.get("changes")
    if record.enterprise_id is None or not isinstance(changes, Mapping):
        raise Refused("enterprise_missing", "没有写明是哪家企业，或没有要改的内容。")
    given: dict[str, Any] = {str(name): value for name, value in changes.items()}
    keep = _Keeper(read, record.enterprise_id, read.line("reason", 200), by, at)
    status, verified = given.pop("status", None), given.pop("verified", False)
    environment = {name: given.pop(name) for name in list(given) if name.startswith(_ENVIRONMENT)}
    if given:
        keep.file(given)
    if environment:
        keep.environment({name.removeprefix(_ENVIRONMENT): value for name, value in environment.items()})
    if status:
        keep.status(str(status))
    if verified is True:
        files.confirm_verified(enterprise_id=record.enterprise_id, by=by, at=at)
    return read.flags


class _Keeper:
    """Writes one firm's facts; what cannot be taken becomes a flag."""

    def __init__(self, read: Reader, firm: int, reason: str, by: Actor, at: datetime) -> None:
        self.read, self.firm, self.reason, self.by, self.at = read, firm, reason, by, at

    def file(self, raw: dict[str, Any]) -> None:
        """Write or propose the facts: together if they can be, else one by one."""
        try:
            self._amend(raw)
        except (NotFound, NotAllowed):
            raise
        except Refused as refusal:
            if len(raw) == 1:
                self._flag(refusal, next(iter(raw)))
                return
            for name, value in raw.items():
                self.file({name: value})

    def _amend(self, raw: dict[str, Any]) -> None:
        done = files.amend(enterprise_id=self.firm, raw=raw, reason=self.reason, by=self.by, at=self.at)
        if done.proposal is not None:
            self.read.flag("waits_for_hub", "名称、代码、规模等敏感信息已提请中转站审核，审核后生效。")

    def environment(self, raw: dict[str, Any]) -> None:
        """Write facts of the environment card."""
        try:
            keep_profile(enterprise_id=self.firm, raw=raw, by=self.by, at=self.at)
        except (NotFound, NotAllowed):
            raise
        except Refused as refusal:
            self._flag(refusal, next(iter(raw)))

    def status(self, status: str) -> None:
        """Change the firm's standing."""
        try:
            files.change_status(enterprise_id=self.firm, status=status, note=self.reason[:200], by=self.by, at=self.at)
        except (NotFound, NotAllowed):
            raise
        except Refused as refusal:
            self._flag(refusal, "status")

    def _flag(self, refusal: Refused, name: str) -> None:
        if refusal.code not in ("nothing_changed", "status_unchanged", "already_proposed"):
            self.read.flag(f"fact_{name}"[:40], f"“{name}”没有改成：{refusal.sentence}")
