"""The way of a list after the hub has checked it: objections, rulings, approval, publication."""

from datetime import datetime

from django.db import transaction

from qinqing.cases.terms import terms_of
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import Role
from qinqing.standings import facts
from qinqing.standings.actions.shared import count_again, place_all, plain_score, scheme_of, take, tell, tidy, titled
from qinqing.standings.models import Appeal, Evidence, Listing, Score
from qinqing.standings.reads.lists import period_of
from qinqing.standings.words import AppealState, State

_A_YEAR = 12


def open_appeals(listing_id: int, *, by: Actor, at: datetime) -> Listing:
    """The hub has checked the list: every office reads its own result and may object for the plan's working days.

    Source: 三要(三)-2; domain §3.8.
    """
    with transaction.atomic():
        listing = take(listing_id, State.CHECKING, by=by)
        rights.require(by, Right.CALCULATE_STANDINGS)
        if _is_year(listing):
            raise Refused("year_has_none", "年度榜由已公布的季度榜折算，异议在各季度提出；核对后直接报审。")
        terms = terms_of(listing.plan_version_id)
        listing.appeal_by = terms.due(at, scheme_of(listing).appeal.value)
        listing.state = State.APPEALING.value
        listing.save(update_fields=["appeal_by", "state"])
        until = listing.appeal_by.astimezone(SHANGHAI)
        offices = tuple(Score.objects.filter(listing=listing).order_by("office_id").values_list("office_id", flat=True))
        fact = facts.Opened(
            period=titled(listing),
            appeal_by=f"{until.month}月{until.day}日 {until:%H:%M}",
            about=_about(listing),
            title=f"{titled(listing)}红黑榜",
            office_ids=offices,
        )
        tell(fact, listing, by=by, at=at)
        return listing


def appeal(score_id: int, *, by: Actor, at: datetime, case_number: str, reason: str) -> Appeal:
    """An office objects to a matter being counted in its result.

    Raises:
        NotAllowed: another office, or a post that does not speak for it.
        TooLate: the window is closed. Refused: `not_counted_here`, `already_appealed`, `missing`.

    Source: 三要(三)-2; domain §3.8.
    """
    with transaction.atomic():
        score = Score.objects.select_related("office").filter(pk=score_id).first()
        if score is None:
            raise NotFound("没有这个单位的结果，或还没有公布。")
        listing = take(score.listing_id, State.APPEALING, by=by)
        rights.require(by, Right.APPEAL_STANDINGS)
        if score.office_id != by.office_id:
            raise NotAllowed("只能为本单位申诉。")
        if listing.appeal_by is None or at > listing.appeal_by:
            until = (listing.appeal_by or at).astimezone(SHANGHAI)
            raise TooLate(
                "appeal_over",
                f"{titled(listing)}的申诉期到{until.month}月{until.day}日 {until:%H:%M}为止，已经过了；"
                "确有差错的，请向督查反映，下一期更正。",
            )
        words = tidy(reason, field="reason", label="申诉理由", limit=500)
        number = tidy(case_number, field="case_number", label="事项编号", limit=40)
        behind = Evidence.objects.filter(score=score, case__number=number).select_related("case").first()
        if behind is None:
            raise Refused(
                "not_counted_here", "这件事项没有计入本单位这一期的得分，请从得分明细里选。", field="case_number"
            )
        if Appeal.objects.filter(score=score, case=behind.case).exists():
            raise Refused("already_appealed", "这件事项已经申诉过，等督查裁定。", field="case_number")
        row = Appeal.objects.create(
            listing=listing, score=score, case=behind.case, reason=words, at=at, by_name=by.name
        )
        rulers = _holders(by, Role.SUPERVISOR, at)
        fact = facts.Appealed(
            period=titled(listing),
            office=score.office.short,
            case_number=number,
            reason=words,
            about=_about(listing),
            title=score.office.short,
            account_ids=rulers,
        )
        tell(fact, listing, by=by, at=at)
        return row


def rule(appeal_id: int, *, by: Actor, at: datetime, upheld: bool, ruling: str) -> Appeal:
    """Supervision rules: upheld, and the matter no longer counts for that office, for or against; or not.

    Raises:
        NotAllowed, NotFound, TooLate, Refused.

    Source: 三要(三)-1; domain §3.6, §3.8.
    """
    with transaction.atomic():
        row = Appeal.objects.select_related("score__office", "case").filter(pk=appeal_id).first()
        if row is None:
            raise NotFound("没有这件申诉，或不在您的查看范围内。")
        listing = take(row.listing_id, State.APPEALING, by=by)
        rights.require(by, Right.RULE_STANDINGS)
        if row.state != AppealState.WAITING:
            raise TooLate("ruled", f"这件申诉已由{row.ruled_by_name}裁定：{AppealState.label_of(row.state)}。")
        words = tidy(ruling, field="ruling", label="裁定理由", limit=500)
        state = AppealState.UPHELD if upheld else AppealState.REJECTED
        row.state, row.ruling, row.ruled_at, row.ruled_by_name = state.value, words, at, by.name
        row.save(update_fields=["state", "ruling", "ruled_at", "ruled_by_name"])
        before = row.score.total
        if upheld:
            Evidence.objects.filter(score=row.score, case=row.case).update(is_excluded=True)
            count_again(row.score, scheme_of(listing))
        place_all(listing)
        fact = facts.Ruled(
            period=titled(listing),
            office=row.score.office.short,
            case_number=row.case.number,
            case_id=row.case_id,
            is_upheld=upheld,
            outcome=state.label,
            ruling=words,
            before=f"{before:.2f}",
            after=f"{row.score.total:.2f}",
            about=_about(listing),
            title=row.score.office.short,
            office_ids=(row.score.office_id,),
        )
        tell(fact, listing, by=by, at=at)
        return row


def submit(listing_id: int, *, by: Actor, at: datetime) -> Listing:
    """The hub submits the list for approval: after the window, with every objection ruled on; a year's at once.

    Raises:
        NotAllowed, NotFound, TooLate; Refused: `window_open`, `appeals_waiting`.
    """
    with transaction.atomic():
        listing = take(listing_id, State.APPEALING, State.CHECKING, by=by)
        rights.require(by, Right.CALCULATE_STANDINGS)
        if listing.state == State.CHECKING and not _is_year(listing):
            raise Refused("not_opened", "还没有送各单位核对，请先开始申诉期。")
        if listing.appeal_by is not None and at <= listing.appeal_by:
            until = listing.appeal_by.astimezone(SHANGHAI)
            raise Refused("window_open", f"申诉期到{until.month}月{until.day}日 {until:%H:%M}为止，之后才能报审。")
        waiting = Appeal.objects.filter(listing=listing, state=AppealState.WAITING.value).count()
        if waiting:
            raise Refused("appeals_waiting", f"还有{waiting}件申诉没有裁定，请督查裁定后再报审。")
        listing.state, listing.submitted_at = State.SUBMITTED.value, at
        listing.save(update_fields=["state", "submitted_at"])
        fact = facts.Submitted(
            period=titled(listing),
            about=_about(listing),
            title=f"{titled(listing)}红黑榜",
            account_ids=_holders(by, Role.LEADER, at),
        )
        tell(fact, listing, by=by, at=at)
        return listing


def approve(listing_id: int, *, by: Actor, at: datetime) -> Listing:
    """A leader approves the list as it is."""
    with transaction.atomic():
        listing = take(listing_id, State.SUBMITTED, by=by)
        rights.require(by, Right.APPROVE_STANDINGS)
        listing.state, listing.decided_at, listing.decided_by_name = State.APPROVED.value, at, by.name
        listing.save(update_fields=["state", "decided_at", "decided_by_name"])
        fact = facts.Approved(
            period=titled(listing), digest=listing.digest, about=_about(listing), title=f"{titled(listing)}红黑榜"
        )
        tell(fact, listing, by=by, at=at)
        return listing


def send_back(listing_id: int, *, by: Actor, at: datetime, reason: str) -> Listing:
    """A leader does not approve: the list is void, and calculated anew when what he asks for is done."""
    with transaction.atomic():
        listing = take(listing_id, State.SUBMITTED, by=by)
        rights.require(by, Right.APPROVE_STANDINGS)
        words = tidy(reason, field="reason", label="退回原因", limit=200)
        fact = facts.SentBack(
            period=titled(listing), reason=words, about=_about(listing), title=f"{titled(listing)}红黑榜"
        )
        tell(fact, listing, by=by, at=at)
        listing.state, listing.reason = State.DROPPED.value, words
        listing.decided_at, listing.decided_by_name = at, by.name
        listing.save(update_fields=["state", "reason", "decided_at", "decided_by_name"])
        return listing


def publish(listing_id: int, *, by: Actor, at: datetime) -> Listing:
    """The hub publishes the approved list inside the town; from now on the database refuses every change to it.

    Source: 三要(三)-2.
    """
    with transaction.atomic():
        listing = take(listing_id, State.APPROVED, by=by)
        rights.require(by, Right.CALCULATE_STANDINGS)
        scores = list(Score.objects.filter(listing=listing).select_related("office").order_by("office_id"))
        fact = facts.Published(
            period=titled(listing),
            digest=listing.digest,
            scores=tuple(plain_score(one) for one in scores),
            about=_about(listing),
            title=f"{titled(listing)}红黑榜",
            office_ids=tuple(one.office_id for one in scores),
        )
        tell(fact, listing, by=by, at=at)
        listing.state, listing.published_at = State.PUBLISHED.value, at
        listing.save(update_fields=["state", "published_at"])
        return listing


def _about(listing: Listing) -> str:
    return f"standing:{listing.pk}"


def _is_year(listing: Listing) -> bool:
    return len(period_of(listing).months) == _A_YEAR


def _holders(by: Actor, role: Role, at: datetime) -> tuple[int, ...]:
    return tuple(dict.fromkeys(post.account_id for post in people.holders(by.town_id, [role], at.date())))
