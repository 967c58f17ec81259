"""减排通知: starting one, noting how far each enterprise is, lifting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qinqing.cases.actions.hand import tidy
from qinqing.enterprises.words import Tag
from qinqing.environment import reads as environment
from qinqing.evidence.actions import claim
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.outreach import policy
from qinqing.outreach.actions.telling import signature, tell
from qinqing.outreach.facts import alerts as facts
from qinqing.outreach.models import Alert, AlertFirm, AlertReply
from qinqing.outreach.reads.targets import Target, firms_for
from qinqing.outreach.rules.alerts import moved, tally
from qinqing.outreach.words import UNTOLD, AlertState, Source
from qinqing.plan import reads as plans

CLAUSE = "附2环-(5)"
_FROM_ENTERPRISE = (AlertState.TOLD.value, AlertState.IN_PLACE.value)


def start_alert(
    *,
    level: str,
    measures: str,
    starts_at: datetime,
    by: Actor,
    at: datetime,
    title: str = "",
    number: str = "",
    ends_at: datetime | None = None,
    target: Target | None = None,
) -> Alert:
    """Start an alert for the enterprises on the 应急减排清单, narrowed by a target if one is given; nobody else hears of it.

    Each enterprise gets the measures its environment file holds for the level; the list stays as it is now.

    Raises:
        NotAllowed: neither the environment's office nor the hub.
        Refused: unknown level, no measures, it would end before it starts, or no enterprise is on the list.

    Source: 附2环-(5).
    """
    policy.require_start_alert(by)
    levels = {one.code: one.name for one in plans.current(by.book).alert_levels}
    if level not in levels:
        raise Refused("unknown_choice", "请选择预警级别或管控种类。", field="level")
    words = tidy(measures, field="measures", label="减排要求", limit=4000)
    heading = tidy(title, field="title", label="标题", limit=120, required=False) or (
        f"{levels[level]}（{starts_at.astimezone(SHANGHAI):%-m月%-d日}起）"
    )
    if ends_at is not None and ends_at <= starts_at:
        raise Refused("ends_before_start", "预计解除时间要晚于开始时间。", field="ends_at")
    with transaction.atomic():
        wanted = target or Target()
        listed = Target(wanted.community_id, wanted.park_id, wanted.scale, Tag.EMISSION_LIST.value, wanted.only_key)
        firms = list(firms_for(by, listed).order_by("pk").values_list("pk", "community_id"))
        if not firms:
            raise Refused("nobody_listed", "没有列入应急减排清单的在营企业，请先在企业档案里标上“应急减排清单”。")
        alert = Alert.objects.create(
            town_id=by.town_id,
            level=level,
            level_name=levels[level],
            title=heading,
            number=tidy(number, field="number", label="文号", limit=80, required=False),
            measures=words,
            starts_at=starts_at,
            ends_at=ends_at,
            by_name=signature(by),
            at=at,
        )
        own = environment.measures_for([firm for firm, _ in firms], level)
        AlertFirm.objects.bulk_create(
            AlertFirm(alert=alert, enterprise_id=firm, measures=own.get(firm, "")) for firm, _ in firms
        )
        fact = facts.Started(
            about=f"alert:{alert.pk}",
            title=heading,
            office_ids=tuple(sorted({office for _, office in firms if office is not None})),
            enterprise_ids=tuple(firm for firm, _ in firms),
            to_enterprise=f"{levels[level]}：{heading}。请按要求落实减排措施并确认。{words}",
            alert_id=alert.pk,
            level=levels[level],
            starts_at=_iso(starts_at),
            ends_at=_iso(ends_at) if ends_at else "",
            measures=words,
        )
        tell(fact, ("alert", alert.pk), by=by, at=at, clause=CLAUSE)
    return alert


@dataclass(frozen=True, slots=True)
class Reply:
    """What became known of one enterprise, and when."""

    enterprise_id: int
    state: str
    happened_at: datetime
    note: str = ""
    attachments: tuple[UUID | str, ...] = ()


def reply(
    *, alert_id: int, replies: Sequence[Reply], by: Actor, at: datetime, source: str = Source.OFFICE.value
) -> list[int]:
    """Note how far enterprises are: called in vain, told, in place. Every reply stays; the state only goes forward.

    Returns the enterprises that are on the list and in reach; the others were left out.

    Raises:
        NotAllowed: the post does not. NotFound: no such alert for him.
        Refused: an unknown state, or none of the enterprises is his on this list.

    Source: 附2环-(5).
    """
    if not policy.may_reply(by):
        raise NotAllowed("通知情况由网格员、村（社区）、环保主管部门和中转站登记。")
    if any(one.state not in dict(AlertState.choices()) or one.state == AlertState.WAITING for one in replies):
        raise Refused("unknown_choice", "请选择未接通、已通知或已落实。", field="state")
    with transaction.atomic():
        alert = _alert(alert_id, by)
        rows = _rows(alert, [one.enterprise_id for one in replies], by)
        known = [one for one in replies if one.enterprise_id in rows]
        if not known:
            raise NotFound("这些企业不在这次减排通知里，或不在您的范围内。")
        for one in known:
            _note(rows[one.enterprise_id], one, source, by=by, at=at)
        fact = facts.Replied(
            about=f"alert:{alert.pk}",
            title=alert.title,
            enterprise_ids=tuple(dict.fromkeys(one.enterprise_id for one in known)),
            alert_id=alert.pk,
            replies=tuple(
                (
                    one.enterprise_id,
                    rows[one.enterprise_id].enterprise.name,
                    AlertState.label_of(one.state),
                    one.note[:400],
                )
                for one in known
            ),
        )
        tell(fact, ("alert", alert.pk), by=by, at=at, clause=CLAUSE)
    return list(dict.fromkeys(one.enterprise_id for one in known))


def confirm(*, alert_id: int, state: str, by: Actor, at: datetime, note: str = "") -> AlertFirm:
    """Let an enterprise confirm itself that it knows of the alert, or that its measures are in place.

    Raises:
        NotFound: no alert of his enterprise. NotAllowed: not the enterprise itself.
        Refused: an unknown state. TooLate: confirmed already.

    Source: 附2环-(5).
    """
    if by.enterprise_id is None:
        raise NotAllowed("由企业自己确认；替企业登记请在减排通知页。")
    if state not in _FROM_ENTERPRISE:
        raise Refused("unknown_choice", "请选择已知晓或已落实。", field="state")
    words = tidy(note, field="note", label="说明", limit=400, required=False)
    with transaction.atomic():
        alert = _alert(alert_id, by)
        row = _rows(alert, [by.enterprise_id], by).get(by.enterprise_id)
        if row is None:
            raise NotFound(policy.NOT_FOUND)
        if moved(row.state, state) == row.state:
            raise TooLate("confirmed_already", f"已经登记为“{AlertState.label_of(row.state)}”。")
        _note(row, Reply(by.enterprise_id, state, at, words), Source.ENTERPRISE.value, by=by, at=at)
        fact = facts.Confirmed(
            about=f"alert:{alert.pk}",
            title=alert.title,
            enterprise_ids=(by.enterprise_id,),
            alert_id=alert.pk,
            enterprise=row.enterprise.name,
            state=AlertState.label_of(state) if state == AlertState.IN_PLACE else "已知晓",
            note=words,
        )
        tell(fact, ("alert", alert.pk), by=by, at=at, clause=CLAUSE)
    return row


def lift_alert(*, alert_id: int, by: Actor, at: datetime, note: str = "") -> Alert:
    """End an alert: the enterprises may go on as usual.

    Raises:
        NotAllowed: neither the environment's office nor the hub. NotFound: no such alert. TooLate: lifted already.

    Source: 附2环-(5).
    """
    policy.require_start_alert(by)
    words = tidy(note, field="note", label="说明", limit=400, required=False)
    with transaction.atomic():
        alert = _alert(alert_id, by)
        alert.lifted_at = at
        alert.save(update_fields=["lifted_at"])
        firms = dict(AlertFirm.objects.filter(alert=alert).values_list("enterprise_id", "state"))
        found = tally(firms.values(), alert.at, at, 0)
        fact = facts.Lifted(
            about=f"alert:{alert.pk}",
            title=alert.title,
            enterprise_ids=tuple(firms),
            to_enterprise=f"“{alert.title}”已解除，可以恢复正常生产。",
            alert_id=alert.pk,
            note=words,
            told=found.told,
            in_place=found.in_place,
        )
        tell(fact, ("alert", alert.pk), by=by, at=at, clause=CLAUSE)
    return alert


def _alert(alert_id: int, by: Actor) -> Alert:
    """Lock an alert this person reads and that is not lifted."""
    alert = policy.alerts_visible_to(by).select_for_update(of=("self",)).filter(pk=alert_id).first()
    if alert is None:
        raise NotFound("没有这次减排通知，或不在您的查看范围内。")
    if alert.lifted_at is not None:
        raise TooLate("lifted_already", f"这次减排已于{alert.lifted_at.astimezone(SHANGHAI):%m-%d %H:%M}解除。")
    return alert


def _rows(alert: Alert, enterprise_ids: Sequence[int], by: Actor) -> dict[int, AlertFirm]:
    rows = policy.alert_firms_visible_to(by).select_for_update(of=("self",)).select_related("enterprise")
    return {row.enterprise_id: row for row in rows.filter(alert=alert, enterprise_id__in=list(enterprise_ids))}


def _note(row: AlertFirm, one: Reply, source: str, *, by: Actor, at: datetime) -> None:
    kept = claim(one.attachments, enterprise_id=one.enterprise_id, by=by, at=at)
    AlertReply.objects.create(
        firm=row,
        state=one.state,
        source=source,
        note=one.note[:400],
        attachments=[str(key) for key in kept],
        by_name=signature(by),
        happened_at=one.happened_at,
        at=at,
    )
    row.state = moved(row.state, one.state)
    if one.state not in UNTOLD:
        row.told_at = min(filter(None, (row.told_at, one.happened_at)))
    if one.state == AlertState.IN_PLACE:
        row.in_place_at = min(filter(None, (row.in_place_at, one.happened_at)))
    row.save(update_fields=["state", "told_at", "in_place_at"])


def _iso(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="minutes")
