"""A finding that is a problem becomes a case of the spine, in the same transaction, through the spine's own action.

What the spine refuses is never lost: the finding stays, the refusal stands in the office's list, and is pressed again there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from qinqing.cases.actions import submit as cases
from qinqing.cases.files import MOST, Received
from qinqing.cases.words import Severity
from qinqing.evidence import reads as evidence
from qinqing.evidence.words import Flag
from qinqing.findings import policy
from qinqing.findings.actions import illegal
from qinqing.findings.actions.hand import about, take_photos, tell, terms_for
from qinqing.findings.facts.findings import FindingReported
from qinqing.findings.models import Finding, Unreported
from qinqing.findings.rules.shape import Stop
from qinqing.findings.words import SAFETY_ONLY, Level, Standing, Trouble
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, Refused
from qinqing.people import reads as people

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from qinqing.evidence.reads import Photo
    from qinqing.findings.terms import Terms

NOT_REPORTED = "not_reported"
_A_ROUND = 50
_MAY_RETRY = frozenset({Standing.OFFICER, Standing.FINDER, Standing.SAFETY, Standing.HUB})


def is_problem(finding: Finding) -> bool:
    """Say whether a finding is to be a case: the officer says so, or it looks grave."""
    return finding.is_problem or finding.level in SAFETY_ONLY


def stored(stop: Stop | None) -> dict[str, Any] | None:
    """Return a stop notice as the row keeps it."""
    if stop is None:
        return None
    told = stop.at.isoformat() if stop.at else ""
    return {"whom": stop.whom, "at": told, "way": stop.way, "response": stop.response, "why_not": stop.why_not}


def report(finding: Finding, *, by: Actor, at: datetime, its: "Terms") -> None:
    """Make the case of a finding.

    Raises:
        Refused and its kin: whatever the spine says, or that its photos are still on their way.
    Source: 附2安-(5)b, 二(二)2-问题-网格-告知, 二(二)2-问题-网格-上报.
    """
    category = its.category_or_other(finding.category)
    photos = evidence.photos(finding.photos)
    if category.needs_photo and len([one for one in photos if one.is_here]) < len(finding.photos):
        raise Refused(Trouble.PHOTOS_COMING.value, "照片还在上传，传齐后自动上报为企业问题。")
    case = _make_case(finding, category.code, photos, by, at)
    finding.case = case
    finding.save(update_fields=["case"])
    if category.rechecks:
        illegal.from_finding(finding, by=by, at=at, its=its)


def _make_case(finding: Finding, topic: str, photos: "list[Photo]", by: Actor, at: datetime) -> "Case":
    stop = finding.stop or {}
    severity = Severity.GENERAL if finding.level == Level.MINOR else Severity.MAJOR
    return cases.report(
        by=by,
        at=at,
        enterprise_id=finding.enterprise_id,
        text=f"{finding.text}\n（隐患线索 {finding.number}）",
        topic=topic,
        severity=severity.value,
        place=finding.place_text,
        stop_whom=stop.get("whom", ""),
        stop_at=datetime.fromisoformat(stop["at"]) if stop.get("at") else None,
        stop_way=stop.get("way", ""),
        stop_response=stop.get("response", ""),
        stop_why_not=stop.get("why_not", ""),
        files=[_file(one) for one in photos if one.is_here][:MOST],
        press_key=f"finding:{finding.uid}",
    )


def _file(photo: "Photo") -> Received:
    """Return a photo as the cases take it: evidence keeps its bytes where the cases look for them."""
    return Received(photo.sha256, photo.name or f"{photo.label}.jpg", photo.size, photo.type)


def try_report(finding: Finding, *, by: Actor, at: datetime, its: "Terms") -> list[Flag]:
    """Make the case of a finding from a phone; what the spine refuses is put on the office's list and returned as a flag."""
    try:
        with transaction.atomic():
            report(finding, by=by, at=at, its=its)
    except Refused as refusal:
        finding.case = None
        words = refusal.sentence[:300]
        Unreported.objects.update_or_create(
            finding=finding, defaults={"code": refusal.code[:40], "words": words, "at": at, "settled_at": None}
        )
        return [Flag(NOT_REPORTED, f"还没有作为企业问题上报：{words}")]
    Unreported.objects.filter(finding=finding, settled_at__isnull=True).update(settled_at=at)
    return []


def retry_report(
    *, finding_id: int, by: Actor, at: datetime, stop: Stop | None = None, photos: Sequence[UUID | str] = ()
) -> Finding:
    """Report a finding again whose case the spine had refused, with what was missing.

    Args:
        finding_id: a finding on the office's list.
        by: somebody of the firm's village, of the office that found it, of the safety office, or of the hub.
        at: now.
        stop: the stop notice, where it was missing.
        photos: attachments brought now, where pictures were missing.

    Raises:
        NotFound: no such finding in sight. NotAllowed: not his to report.
        Refused: it is no problem, or is a case already; or whatever the spine says, beside its field.
    Source: 二(二)2-问题-网格-上报.
    """
    with transaction.atomic():
        finding = policy.take(finding_id, by)
        if not policy.standing(by, finding) & _MAY_RETRY:
            raise NotAllowed("补报由属地村（社区）、发现单位、综执安监办或中转站办理。")
        if finding.case_id is not None or not is_problem(finding):
            raise Refused("nothing_to_report", "这条隐患已经上报，或不需要作为企业问题上报。")
        its = terms_for(by)
        if stop is not None:
            finding.stop = stored(stop)
        finding.photos = [*finding.photos, *take_photos(photos, enterprise_id=finding.enterprise_id, by=by, at=at)]
        finding.touched_at = at
        finding.save(update_fields=["stop", "photos", "touched_at"])
        report(finding, by=_reporter(finding, by, at), at=at, its=its)
        _told(finding, by=by, at=at)
    return finding


def settle_reports(*, at: datetime) -> int:
    """Report what waited for its photos and has them now, as the officer who found it; return how many became cases."""
    waiting = Unreported.objects.filter(code=Trouble.PHOTOS_COMING.value, settled_at__isnull=True).order_by("at")
    done = 0
    for finding_id in list(waiting.values_list("finding_id", flat=True)[:_A_ROUND]):
        with transaction.atomic():
            finding = Finding.objects.select_for_update(of=("self",)).select_related("town").get(pk=finding_id)
            if not _photos_are_here(finding):
                continue
            machine = Actor.system("补报", town_id=finding.town_id, book=finding.town.code)
            flags = try_report(finding, by=_reporter(finding, machine, at), at=at, its=terms_for(machine))
            if not flags:
                _told(finding, by=machine, at=at)
                done += 1
    return done


def _photos_are_here(finding: Finding) -> bool:
    return len([one for one in evidence.photos(finding.photos) if one.is_here]) == len(finding.photos)


def _told(finding: Finding, *, by: Actor, at: datetime) -> None:
    Unreported.objects.filter(finding=finding, settled_at__isnull=True).update(settled_at=at)
    number = finding.case.number if finding.case else ""
    tell(finding, FindingReported(**about(finding), case_number=number), by=by, at=at)  # type: ignore[arg-type]


def _reporter(finding: Finding, by: Actor, at: datetime) -> Actor:
    """Return who reports: whoever presses where he may report it himself, else whoever found it, from his post today.

    The hub and the safety office press on an officer's behalf: it stays an officer's report, with the village's task.
    """
    if policy.standing(by, finding) & {Standing.OFFICER, Standing.FINDER}:
        return by
    posts = people.posts_of(finding.found_by_id, at.astimezone(SHANGHAI).date()) if finding.found_by_id else []
    here = next((post for post in posts if post.office_id == finding.found_office_id), None)
    return people.actor_of(here, via=by.via) if here else by
