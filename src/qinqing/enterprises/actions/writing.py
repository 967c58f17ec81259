"""What the verbs share: comparing, writing, telling. No verb of its own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from qinqing.enterprises import reads, rules, showing, values
from qinqing.enterprises.facts import files
from qinqing.enterprises.facts.base import OnFile
from qinqing.enterprises.facts.change import Change
from qinqing.enterprises.models import Enterprise, Park
from qinqing.kernel import text
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.ledger import reads as entries

_NUMBER = ("uscc", "old_number", "no_code_reason")
_MOVES_VERSION = [
    fact.kind for fact in (files.Created, files.Updated, files.ProposalApproved, files.StatusChanged, files.Assigned)
]


def tell(fact: OnFile, enterprise: Enterprise, *, by: Actor, at: datetime, clause: str) -> None:
    """Record a fact on the firm's own page of the ledger, with whom it concerns: the firm's officer and community."""
    fact = replace(
        fact,
        about=f"enterprise:{enterprise.pk}",
        title=enterprise.name,
        office_ids=(enterprise.community_id,) if enterprise.community_id else (),
        enterprise_ids=(enterprise.pk,),
    )
    ledger.record(
        fact, book=by.book, on=("enterprise", enterprise.pk), label=enterprise.name, by=by, at=at, clause=clause
    )


def signature(by: Actor) -> str:
    """Return how a person is written beside what he did: 演示甲（网格员）."""
    return f"{by.name}（{by.post_label}）"[:60]


def read(enterprise: Enterprise, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return raw changes as stored values; numbers are judged together with the ones the file has.

    Raises:
        Refused: the first fact that cannot be taken.
    """
    changes = rules.read_changes(raw)
    if any(name in changes for name in _NUMBER):
        now = {name: changes.get(name, getattr(enterprise, name)) or "" for name in _NUMBER}
        changes |= rules.read_number(now["uscc"], now["old_number"], now["no_code_reason"])
    if not changes.get("name", True):
        raise Refused("name_missing", "请填写企业名称", field="name")
    if "park_id" in changes:
        park(enterprise.town_id, changes["park_id"])
    return changes


def park(town_id: int, park_id: int | None) -> Park | None:
    """Return the town's park with this id; None for none.

    Raises:
        Refused: no such park in this town.
    """
    if park_id is None:
        return None
    found = Park.objects.filter(town_id=town_id, pk=park_id).first()
    if found is None:
        raise Refused("unknown_park", "本镇没有这个园区，请从列表中选择。", field="park_id")
    return found


def differences(enterprise: Enterprise, values_: Mapping[str, Any]) -> dict[str, Any]:
    """Return only what differs from the file. Empty pinyin means "by machine", which is how most files stand already."""
    found = {name: value for name, value in values_.items() if getattr(enterprise, name) != value}
    if found.get("initials") == "" and not enterprise.initials_by_hand:
        del found["initials"]
    return found


def in_words(enterprise: Enterprise, changed: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return changes before and after, in words; what follows from another change is left out."""
    return tuple(
        Change(
            label=rules.FIELDS[name].label,
            old=_words(name, getattr(enterprise, name)),
            new=_words(name, value),
        )
        for name, value in changed.items()
        if name in rules.FIELDS
    )


def _words(name: str, value: Any) -> str:
    if name == "park_id" and value is not None:
        return str(Park.objects.filter(pk=value).first() or value)
    return showing.in_words(name, value)


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it; `rules.read_changes` takes it back."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def apply(enterprise: Enterprise, changed: Mapping[str, Any], at: datetime) -> None:
    """Set the changes and what follows from them (search key, pinyin), and save.

    Raises:
        Refused: the number belongs to another firm of the town.
    """
    for name, value in changed.items():
        setattr(enterprise, name, value)
    if "initials" in changed:
        enterprise.initials_by_hand = bool(changed["initials"])
        enterprise.initials = changed["initials"]
    follow_name(enterprise)
    enterprise.updated_at = at
    save(enterprise)


def apply_checked(enterprise: Enterprise, changed: Mapping[str, Any], at: datetime) -> None:
    """Set changes whose numbers an import has already compared with the whole town, and save only them."""
    for name, value in changed.items():
        setattr(enterprise, name, value)
    follow_name(enterprise)
    enterprise.updated_at = at
    enterprise.save(update_fields=[*changed, "name_key", "initials", "initials_by_hand", "updated_at"])


def follow_name(enterprise: Enterprise) -> None:
    """Recompute what is derived from the name. Pinyin set by hand stays (解氏, 单县 are read wrong by any machine)."""
    enterprise.name_key = values.name_key(enterprise.name)
    if not enterprise.initials_by_hand or not enterprise.initials:
        enterprise.initials_by_hand = False
        enterprise.initials = text.initials(enterprise.name)[:120]


def save(enterprise: Enterprise) -> None:
    """Save; a number that somebody else registered first is a refusal, not a fault.

    Raises:
        Refused: `code_taken`, naming the other firm.
    """
    for field in ("uscc", "old_number"):
        value = getattr(enterprise, field)
        other = value and Enterprise.objects.filter(town_id=enterprise.town_id, **{field: value}).exclude(
            pk=enterprise.pk
        )
        if other and (holder := other.first()):
            raise Refused("code_taken", f"这个代码已登记在“{holder.name}”名下。", field=field)
    try:
        with transaction.atomic():
            enterprise.save()
    except IntegrityError as fault:
        # Two people open the same file in the same moment; the database lets one of them.
        raise Refused("code_taken", "这个代码刚刚已被登记，请刷新后查看。", field="uscc") from fault


def require_unchanged(enterprise: Enterprise, seen: str) -> None:
    """Let pass only who has the newest state before his eyes.

    `seen` is `reads.version` of the file as it stood on the page; "" skips the question (API without it).

    Raises:
        TooLate: it names who changed the file meanwhile.
    """
    if seen and seen != reads.version(enterprise):
        last = entries.entries_of("enterprise", enterprise.pk).filter(kind__in=_MOVES_VERSION).last()
        who = f"{last.actor_name}刚刚“{last.verb}”" if last else "他人刚刚更新"
        raise TooLate("changed_meanwhile", f"{who}了这家企业的档案，请核对最新内容后再保存。")
