"""Following a finding: what a phone sends is kept whatever it says, what is pressed at the desk is refused when it may not be."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from qinqing.evidence.actions.uploads import publish
from qinqing.evidence.words import Flag
from qinqing.findings import policy
from qinqing.findings.actions import held
from qinqing.findings.actions.carrying import into_case
from qinqing.findings.actions.hand import about, append, refuse, take_photos, tell, terms_for, tidy, weigh
from qinqing.findings.facts.findings import FindingChecked
from qinqing.findings.models import Finding, FindingEvent, HeldEvent
from qinqing.findings.rules.events import NEEDS_TEXT
from qinqing.findings.rules.shape import read_event
from qinqing.findings.rules.sight import Happening
from qinqing.findings.words import EventKind, Level, Standing
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, TooLate

if TYPE_CHECKING:
    from qinqing.evidence.words import Body, Record


def take_in(data: "Body", *, record: "Record", by: Actor, at: datetime) -> list[Flag]:
    """Take in a record of kind `finding_event`: one EVENT made outside a visit. The field calls it."""
    return take_event(
        data, record_id=record.id, made_at=record.made_at, by=by, at=at, enterprise_id=record.enterprise_id
    )


def take_event(
    event: Mapping[str, Any],
    *,
    record_id: UUID,
    made_at: datetime,
    by: Actor,
    at: datetime,
    enterprise_id: int | None = None,
) -> list[Flag]:
    """Take in one EVENT (docs/field-protocol.md) and return what is questionable about it. Never refuses.

    The same id a second time changes nothing. An event for a finding that is not here yet is held five days. The state is
    the later event's in the order of arrival, except that what is closed is never undone by an older event; an event
    whose author had not seen another about the same is marked parallel. What is not his to do is kept and has no effect.

    Args:
        event: as the phone sent it, unchecked.
        record_id: the record it came in: the visit's, or its own.
        made_at: the corrected moment.
        by: whose phone it was.
        at: now.
        enterprise_id: the record's firm, for an event whose finding never arrives.

    Source: 附2安-(5)b.
    """
    sent, flags = read_event(event, made_at=made_at)
    if sent is None:
        return flags
    with transaction.atomic():
        finding = _known(sent.finding, by)
        # Asked only now: a twin that was faster held the finding until it had written the event.
        if FindingEvent.objects.filter(pk=sent.id).exists() or HeldEvent.objects.filter(pk=sent.id).exists():
            return []
        if finding is None:
            return flags + held.hold(
                dict(event), sent, record_id=record_id, enterprise_id=enterprise_id, made_at=made_at, by=by, at=at
            )
        its = terms_for(by)
        if finding.is_shared:
            publish(sent.photos, enterprise_id=finding.enterprise_id, by=by, at=at)
        effect = weigh(finding, sent.happening, by=by, at=at, its=its)
        made = append(
            finding,
            sent.happening,
            effect,
            text=sent.text,
            photos=sent.photos,
            by=by,
            at=at,
            its=its,
            id_=sent.id,
            record=record_id,
        )
        into_case(finding, made, by=by, at=at)
    if effect.is_parallel:
        flags.append(Flag("parallel", f"{finding.number}有人同时跟进，两条都已保留，请核对。"))
    return flags + [Flag(one.code, f"{finding.number}：{one.words}") for one in effect.objections]


def _known(uid: UUID, by: Actor) -> Finding | None:
    """Return the finding with this id, or the one that a repeated finding with this id was added to."""
    rows = Finding.objects.select_for_update(of=("self",)).filter(town_id=by.town_id)
    return rows.filter(uid=uid).first() or rows.filter(events__id=uid).first()


def follow_up(
    *,
    finding_id: int,
    kind: str,
    text: str,
    by: Actor,
    at: datetime,
    base_version: int | None = None,
    until: date | None = None,
    level: str = "",
    photos: Sequence[UUID | str] = (),
) -> FindingEvent:
    """Do one press on a finding at the desk or in the portal.

    Args:
        finding_id: the finding.
        kind: a code of `words.EventKind`.
        text: what there is to say.
        by: who presses.
        at: now.
        base_version: what the page showed; None: whatever stands now.
        until: the new deadline of 延期, of a failed recheck, of a judgement.
        level: what 判定 decides.
        photos: attachments brought along.

    Raises:
        NotFound: no such finding in sight. NotAllowed: not his to do.
        TooLate: the finding has moved on since the page was drawn. Refused: words or a date are missing.
    Source: 附2安-(5)a, 附2安-(5)b.
    """
    chosen = EventKind(kind)
    with transaction.atomic():
        finding = policy.take(finding_id, by)
        its = terms_for(by)
        given = Happening(chosen, made_at=at, base_version=base_version, until=until, level=_level(level))
        effect = weigh(finding, given, by=by, at=at, its=its)
        if effect.is_parallel:
            _was_faster(finding)
        refuse(effect.objections)
        words = tidy(text, field="text", label="情况", required=chosen in NEEDS_TEXT)
        kept = take_photos(photos, enterprise_id=finding.enterprise_id, by=by, at=at)
        event = append(finding, given, effect, text=words, photos=kept, by=by, at=at, its=its)
        into_case(finding, event, by=by, at=at)
    return event


def check(*, finding_id: int, text: str, by: Actor, at: datetime) -> Finding:
    """Say that what was questionable about a finding from a phone has been looked at; it leaves the office's list.

    Raises:
        NotFound: no such finding in sight. NotAllowed: not his to follow.
        TooLate: it was looked at already. Refused: nothing was said.
    """
    with transaction.atomic():
        finding = policy.take(finding_id, by)
        if not policy.standing(by, finding) - {Standing.FIRM}:
            raise NotAllowed("核对由跟进这条隐患的单位办理。")
        if not finding.flags:
            raise TooLate("checked", "这条隐患已经核对过了。")
        words = tidy(text, field="text", label="核对情况", limit=200)
        doubts = tuple(flag["words"] for flag in finding.flags)
        finding.flags, finding.touched_at = [], at
        finding.save(update_fields=["flags", "touched_at"])
        said: dict[str, Any] = {**about(finding), "text": words, "flags": doubts}
        tell(finding, FindingChecked(**said), by=by, at=at)
    return finding


def _level(code: str) -> Level | None:
    return Level(code) if code in {one.value for one in Level} else None


def _was_faster(finding: Finding) -> None:
    """Tell the second of two who was first.

    Raises:
        TooLate: always.
    """
    last = FindingEvent.objects.filter(finding=finding).last()
    who = f"{last.by_name}刚刚登记了“{EventKind.label_of(last.kind)}”" if last else "这条隐患刚刚有了变化"
    raise TooLate("moved_on", f"{who}，您的这一次没有生效。请刷新看看最新情况再办。")
