"""例会: recording one, and putting right who came."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from qinqing.cases.actions.hand import tidy
from qinqing.enterprises import reads as enterprises
from qinqing.evidence.actions import claim
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ledger.subjects import number_of
from qinqing.outreach import policy
from qinqing.outreach.actions.telling import signature, tell
from qinqing.outreach.facts import meetings as facts
from qinqing.outreach.models import Attendance, Meeting
from qinqing.patrol.actions.counting import meetings_attended
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind
from qinqing.plan import reads as plans

Asked = Mapping[int, tuple[bool, str]]
"""By enterprise: whether it came, and who came for it."""


def record_meeting(
    *,
    meeting_id: UUID,
    topic: str,
    held_at: datetime,
    attendance: Asked,
    by: Actor,
    at: datetime,
    topics: Sequence[str] = (),
    where: str = "",
    text: str = "",
    attachments: Sequence[UUID | str] = (),
    made_at: datetime | None = None,
) -> Meeting:
    """Record a meeting with who was asked and who came. The same id gives the same meeting again.

    It counts towards the year it was held in, for every enterprise that came and for who held it.

    Args:
        topics: codes of the plan's list of meeting topics; unknown ones are left out.

    Raises:
        NotAllowed: the post does not. NotFound: a firm is not of this town.
        Refused: no topic, nobody asked, a day to come.

    Source: 附2安-(4)a, 附2安-(4)b.
    """
    rights.require(by, Right.REACH_OUT)
    heading = tidy(topic, field="topic", label="主题", limit=120)
    place = tidy(where, field="where", label="地点", limit=120, required=False)
    words = tidy(text, field="text", label="纪要", limit=10_000, required=False)
    if not attendance:
        raise Refused("nobody_asked", "请勾选应到的企业。", field="attended")
    if held_at > at + timedelta(minutes=10):
        raise Refused("held_in_future", "例会开过再记，时间不能晚于现在。", field="held_at")
    known = {one.code: one.name for one in plans.current(by.book).meeting_topics}
    chosen = [code for code in dict.fromkeys(topics) if code in known]
    with transaction.atomic():
        firms = _firms(by, attendance)
        meeting, is_new = Meeting.objects.get_or_create(
            pk=meeting_id,
            defaults={
                "town_id": by.town_id,
                "community_id": by.office_id if by.office_kind == OfficeKind.COMMUNITY else None,
                "topic": heading,
                "topics": chosen,
                "held_at": held_at,
                "year": held_at.astimezone(SHANGHAI).year,
                "where": place,
                "text": words,
                "attachments": [str(one) for one in claim(attachments, enterprise_id=None, by=by, at=at)],
                "host_id": by.account_id,
                "host_name": signature(by),
                "made_at": made_at or at,
                "received_at": at,
            },
        )
        if not is_new:
            return meeting
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, enterprise_id=firm, attended=came, name=name[:60])
            for firm, (came, name) in sorted(attendance.items())
        )
        came = tuple(sorted(firm for firm, (is_there, _) in attendance.items() if is_there))
        count_attended(meeting, came, by=by, at=at)
        when = held_at.astimezone(SHANGHAI)
        fact = facts.Held(
            about=f"meeting:{meeting.pk}",
            title=heading,
            office_ids=(meeting.community_id,) if meeting.community_id else (),
            enterprise_ids=came,
            to_enterprise=f"已记录您参加{when:%m月%d日}的例会“{heading}”。",
            meeting_id=str(meeting.pk),
            held_at=when.isoformat(timespec="minutes"),
            topics=tuple(known[code] for code in chosen),
            asked=len(firms),
        )
        tell(fact, ("meeting", number_of(meeting.pk)), by=by, at=at, clause="附2安-(4)a")
    return meeting


def correct_attendance(
    *, meeting_id: UUID, enterprise_id: int, attended: bool, reason: str, by: Actor, at: datetime, name: str = ""
) -> Attendance:
    """Put right whether an enterprise came; the correction and its reason stay beside it.

    Raises:
        NotFound: not a meeting he reads, or an enterprise that was not asked. NotAllowed: neither host nor head.
        Refused: no reason, or nothing changes.

    Source: 附2安-(4)a.
    """
    why = tidy(reason, field="reason", label="更正理由", limit=200)
    with transaction.atomic():
        meeting = policy.take_meeting(meeting_id, by)
        row = Attendance.objects.select_related("enterprise").filter(
            meeting=meeting, enterprise_id=enterprise_id
        ).first()  # fmt: skip
        if row is None:
            raise NotFound("这家企业不在这次例会的应到名单里。")
        if row.attended == attended:
            raise Refused("nothing_changed", "到会情况没有变化。", field="attended")
        row.attended, row.name, row.corrected = attended, (name or row.name)[:60], why
        row.save(update_fields=["attended", "name", "corrected"])
        count_attended(meeting, (enterprise_id,), by=by, at=at)
        fact = facts.Corrected(
            about=f"meeting:{meeting.pk}",
            title=meeting.topic,
            enterprise_ids=(enterprise_id,),
            meeting_id=str(meeting.pk),
            enterprise=row.enterprise.name,
            attended=attended,
            reason=why,
        )
        tell(fact, ("meeting", number_of(meeting.pk)), by=by, at=at, clause="附2安-(4)a")
    return row


def count_attended(meeting: Meeting, firms: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Bring the firms' duty of the year in line with the meetings they attended. Source: 附2安-(4)a."""
    if not firms:
        return
    counted = (
        Attendance.objects.filter(enterprise_id__in=list(firms), meeting__year=meeting.year)
        .values_list("enterprise_id")
        .annotate(total=Count("id", filter=Q(attended=True)))
        .order_by()
    )
    meetings_attended(
        dict(counted),
        year=meeting.year,
        note=f"参加例会“{meeting.topic}”",
        on=meeting.held_at.astimezone(SHANGHAI).date(),
        by=by,
        at=at,
    )


def _firms(by: Actor, attendance: Asked) -> set[int]:
    """Return the ids of the firms asked.

    Raises:
        NotFound: one is not of this town.
    """
    found = {pk for pk, firm in enterprises.by_ids(attendance).items() if firm.town_id == by.town_id}
    if len(found) < len(attendance):
        raise NotFound("应到名单里有一家企业不在本镇，请刷新后再选。")
    return found
