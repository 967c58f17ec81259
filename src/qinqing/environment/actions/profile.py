"""The card: process, permit class, measures, and the 产污环节 with what treats them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from qinqing.enterprises import values
from qinqing.environment import facts, policy, rules
from qinqing.environment.actions import writing
from qinqing.environment.models import Profile, Stage
from qinqing.environment.words import REPORTING, Drainage, PermitClass
from qinqing.kernel.actor import Actor
from qinqing.kernel.choices import Words
from qinqing.kernel.errors import NotFound, Refused


def _text(most: int) -> "Read":
    return lambda name, raw: values.paragraph(name, str(raw or ""), most)


def _line(most: int) -> "Read":
    return lambda name, raw: values.line(name, str(raw or ""), most)


def _choice(words: type[Words]) -> "Read":
    def read(name: str, raw: Any) -> str:
        code = str(raw or "unknown")
        if code not in dict(words.choices()):
            raise Refused("unknown_choice", "请从列表中选择。", field=name)
        return code

    return read


Read = Callable[[str, Any], Any]
FIELDS: dict[str, tuple[str, Read]] = {
    "process": ("工艺流程", _text(4000)),
    "drainage": ("雨污分流", _choice(Drainage)),
    "permit_class": ("排污许可类别", _choice(PermitClass)),
    "is_quarterly": ("季报要求", lambda _, raw: bool(raw)),
    "is_monthly": ("月报要求", lambda _, raw: bool(raw)),
    "yearly_by": ("年报期限", lambda _, raw: rules.read_yearly_by(str(raw or "").strip())),
    "reports_since": (
        "执行报告起始日",
        lambda name, raw: raw if isinstance(raw, date) else values.day(name, str(raw or "")),
    ),
    "hazardous_codes": ("危废类别代码", _line(200)),
    "storage": ("危废贮存", _line(120)),
    "measures_yellow": ("黄色预警减排措施", _text(2000)),
    "measures_orange": ("橙色预警减排措施", _text(2000)),
    "measures_red": ("红色预警减排措施", _text(2000)),
    "measures_other": ("临时管控、错峰生产措施", _text(2000)),
    "monitoring_times": ("每年自行监测次数", lambda name, raw: values.whole(name, str(raw or ""), 12, "次")),
    "note": ("备注", _text(2000)),
}
"""Every fact of the card that `keep_profile` takes: its label and how it is read from what was typed."""


def keep_profile(*, enterprise_id: int, raw: Mapping[str, Any], by: Actor, at: datetime) -> Profile:
    """Fill in or change the card; only the facts that `raw` names are touched, as typed.

    A firm whose class begins to owe reports owes them from today, unless `reports_since` says otherwise.

    Raises:
        NotFound: not a firm he may see. NotAllowed: he may only read it.
        Refused: a fact cannot be taken, an unknown field, or nothing changes.

    Source: 附2环-(1), 附2环-(4)a, 附2环-(6)b.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        profile = Profile.objects.filter(pk=enterprise_id).first() or Profile(enterprise=enterprise)
        unknown = sorted(set(raw) - set(FIELDS))
        if unknown:
            raise Refused("unknown_field", f"没有这个字段：{'、'.join(unknown)}", field=unknown[0])
        read = {name: FIELDS[name][1](name, value) for name, value in raw.items()}
        if read.get("permit_class", profile.permit_class) in REPORTING and not (
            profile.reports_since or read.get("reports_since")
        ):
            read["reports_since"] = at.date()
        changed = {name: value for name, value in read.items() if getattr(profile, name) != value}
        if not changed:
            raise Refused("nothing_changed", "没有改动。")
        for name, value in changed.items():
            setattr(profile, name, value)
        profile.updated_at, profile.updated_by = at, writing.signature(by)
        profile.save()
        labels = tuple(FIELDS[name][0] for name in changed)
        told = facts.ProfileKept(enterprise=enterprise.name, changed=labels)
        writing.tell(told, enterprise, by=by, at=at, clause="附2环-(4)a")
    return profile


def keep_stage(
    *,
    enterprise_id: int,
    name: str,
    by: Actor,
    at: datetime,
    pollutants: str = "",
    facility: str = "",
    principle: str = "",
    standard: str = "",
    situation: str = "",
    stage_id: int | None = None,
) -> Stage:
    """Register a 产污环节, or correct one.

    Raises:
        NotFound: not a firm he may see, or no such stage of it. NotAllowed: he may only read it.
        Refused: no name, a text too long.

    Source: 附2环-(4)a.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        stage = _stage(enterprise_id, stage_id) if stage_id is not None else Stage(enterprise=enterprise)
        stage.name = values.line("name", name, 60)
        if not stage.name:
            raise Refused("missing", "请填写产污环节，如：喷漆、注塑、酸洗。", field="name")
        stage.pollutants = values.line("pollutants", pollutants, 120)
        stage.facility = values.line("facility", facility, 120)
        stage.principle = values.paragraph("principle", principle, 2000)
        stage.standard = values.line("standard", standard, 160)
        stage.situation = values.line("situation", situation, 200)
        stage.save()
        told = facts.StageKept(
            enterprise=enterprise.name,
            stage_id=stage.pk,
            stage=stage.name,
            facility=stage.facility,
            pollutants=stage.pollutants,
            standard=stage.standard,
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附2环-(4)a")
    return stage


def end_stage(*, enterprise_id: int, stage_id: int, by: Actor, at: datetime) -> Stage:
    """Say that a 产污环节 is no more.

    Raises:
        NotFound: no such stage of a firm he may see. NotAllowed: he may only read it.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        stage = _stage(enterprise_id, stage_id)
        stage.ended_at = at
        stage.save(update_fields=["ended_at"])
        told = facts.StageEnded(enterprise=enterprise.name, stage_id=stage.pk, stage=stage.name)
        writing.tell(told, enterprise, by=by, at=at, clause="附2环-(4)a")
    return stage


def _stage(enterprise_id: int, stage_id: int) -> Stage:
    found = Stage.objects.filter(pk=stage_id, enterprise_id=enterprise_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound("没有这个产污环节。")
    return found
