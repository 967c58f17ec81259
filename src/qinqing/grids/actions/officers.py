"""The roster of officers: naming, changing what it says, ending, and showing phone numbers."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from qinqing.enterprises import values
from qinqing.grids import policy, rules
from qinqing.grids.actions.desk import Desk, post_open, reaching, reason_given, registrar, take, take_officer
from qinqing.grids.cards import PHONE_PURPOSE, phone_of
from qinqing.grids.facts.roster import OfficerEdited, OfficerEnded, OfficerNamed, PhonesRevealed
from qinqing.grids.models import Grid, Membership, Officer
from qinqing.grids.reads import attached
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.kernel.text import clean, mask_phone
from qinqing.people import reads as people
from qinqing.people.actions import accounts, posts
from qinqing.people.words import Role

CLAUSE = "二(一)-1"
LONGEST_TITLE = 30
_NOT_IN_USERNAME = re.compile(r"[^a-z0-9\u4e00-\u9fff]")


def name_officer(
    *,
    community_id: int,
    by: Actor,
    at: datetime,
    name: str = "",
    account_id: int | None = None,
    phone: str = "",
    title: str = "",
    is_full_time: bool = False,
    grid_ids: Collection[int] = (),
    starts_on: date | None = None,
) -> Officer:
    """Put somebody on a community's roster of officers, and in grids if given.

    He is either a person of this community who has an account, or a new one: then an account without a password is made;
    the system administrator opens the sign-in. The post itself is granted by the system on the strength of this press,
    with an entry of its own, because keeping the roster is the community's duty and its right.

    Args:
        community_id: the village or community.
        by: who keeps its lists.
        at: now.
        name: of a new person.
        account_id: of a person of this community; then `name` is not used.
        phone: optional; stored sealed.
        title: 职务, e.g. 村委委员.
        is_full_time: 专职, else 兼职.
        grid_ids: grids he serves from the first day on.
        starts_on: first day; today if not given.

    Raises:
        NotFound, NotAllowed: as `desk.take`; or no such person or grid in this community.
        Refused: he is on the roster already; name, phone, title or first day are not usable.

    Source: 二(一)-1, 三职(一)-1.
    """
    with transaction.atomic():
        desk = take(community_id, by=by, at=at)
        first_day = starts_on or desk.today
        if first_day > desk.today + timedelta(days=rules.FURTHEST_AHEAD_DAYS):
            raise Refused("day_too_far", "任职日期最多提前一年登记，请核对年份。", field="starts_on")
        grids = _grids(desk, grid_ids)
        phone, title = values.phone("phone", phone), _good_title(title)
        account_id = _person(desk, name, account_id)
        post_id = _post(desk, account_id, first_day)
        officer = Officer(post_id=post_id, title=title, is_full_time=is_full_time)
        _set_phone(officer, phone)
        officer.save(force_insert=True)
        Membership.objects.bulk_create(Membership(officer=officer, grid=grid, starts_on=first_day) for grid in grids)
        fact = OfficerNamed(
            community=desk.community.name,
            stands_in=desk.stands_in,
            officer_id=account_id,
            officer=officer.post.account.name,
            title=title,
            is_full_time=is_full_time,
            grids=tuple(grid.name for grid in grids),
            starts_on=first_day.isoformat(),
        )
        desk.tell(fact, CLAUSE)
    return officer


def edit_officer(
    *, officer_id: int, by: Actor, at: datetime, title: str, is_full_time: bool, phone: str | None = None
) -> Officer:
    """Change what the roster says of an officer; `phone` None leaves the number as it is, "" takes it off.

    Raises:
        NotFound, NotAllowed, Refused: as `name_officer`; also when nothing would change.
    """
    with transaction.atomic():
        officer, desk = take_officer(officer_id, by=by, at=at)
        title = _good_title(title)
        changed = []
        if title != officer.title:
            changed.append("职务")
        if is_full_time != officer.is_full_time:
            changed.append("专兼职")
        if phone is not None and (phone := values.phone("phone", phone)) != phone_of(officer):
            changed.append("电话")
            _set_phone(officer, phone)
        if not changed:
            raise Refused("nothing_changed", "没有改动。")
        officer.title, officer.is_full_time = title, is_full_time
        officer.save(update_fields=["title", "is_full_time", "phone_encrypted", "phone_mask"])
        fact = OfficerEdited(
            community=desk.community.name,
            stands_in=desk.stands_in,
            officer_id=officer.post.account_id,
            officer=officer.post.account.name,
            changed=tuple(changed),
        )
        desk.tell(fact, CLAUSE)
    return officer


def end_officer(*, officer_id: int, last_day: date, reason: str, by: Actor, at: datetime) -> Officer:
    """Take an officer off the roster after a last day (inclusive; yesterday at the earliest).

    Raises:
        NotFound, NotAllowed: as `desk.take`.
        Refused: he would still answer for enterprises after that day, as lead or deputy: the sentence says for how many
            and that a hand-over comes first; or the day rewrites history.

    Source: 二(一)-1.
    """
    with transaction.atomic():
        officer, desk = take_officer(officer_id, by=by, at=at)
        reason = reason_given(reason)
        name = officer.post.account.name
        firms = attached(officer, after=last_day)
        if firms:
            raise Refused(
                "officer_has_enterprises",
                f"{last_day:%-m月%-d日}之后{name}名下还有{firms}家企业，请先办交接（可一次全选），再登记离任。",
                field="last_day",
            )
        posts.end_post(post_id=officer.post_id, ends_on=last_day, by=registrar(desk), at=at)
        for membership in Membership.objects.filter(reaching(last_day), officer=officer):
            membership.ends_on = max(last_day, membership.starts_on)
            membership.save(update_fields=["ends_on"])
        fact = OfficerEnded(
            community=desk.community.name,
            stands_in=desk.stands_in,
            officer_id=officer.post.account_id,
            officer=name,
            ends_on=last_day.isoformat(),
            reason=reason,
        )
        desk.tell(fact, CLAUSE)
    return officer


def _grids(desk: Desk, grid_ids: Collection[int]) -> list[Grid]:
    wanted = set(grid_ids)
    found = list(Grid.objects.filter(pk__in=wanted, community=desk.community, is_active=True))
    if len(found) != len(wanted):
        raise NotFound("所选网格不在本村（社区），或已撤销。", code="grid_not_found")
    return found


def _person(desk: Desk, name: str, account_id: int | None) -> int:
    """Return the account of the person: one of this community's people, or a new one without a password."""
    if account_id is not None:
        here = {post.account_id for post in people.people_of(desk.community.pk, None, desk.today)}
        if account_id not in here:
            raise NotFound("请从本村（社区）人员中选择，或填写新网格员的姓名。", code="person_not_here")
        return account_id
    made = accounts.add_account(username=_free_username(name), name=name, password=None, by=registrar(desk), at=desk.at)
    return made.pk


def _free_username(name: str) -> str:
    """Return a user name nobody has: the person's name, with a number behind it if need be (张三, 张三2)."""
    stem = _NOT_IN_USERNAME.sub("", clean(name).lower())[:30]
    stem = stem if len(stem) >= 2 else f"网格员{stem}"
    for number in range(1, 1000):
        wanted = stem if number == 1 else f"{stem}{number}"
        try:
            people.account_by_username(wanted)
        except NotFound:
            return wanted
    raise Refused("username_taken", "同名的人太多，请由系统管理员先建账号，再从名单中选择。", field="name")


def _post(desk: Desk, account_id: int, first_day: date) -> int:
    """Return his open post as a grid officer here, granting it if he has none; refuse who is on the roster already."""
    for post in people.people_of(desk.community.pk, [Role.GRID_OFFICER], desk.today):
        if post.account_id == account_id:
            if Officer.objects.filter(post=post).exists():
                raise Refused("already_officer", f"{post.account.name}已在网格员名册上。", field="account")
            return post.pk
    post = posts.name_post(
        account_id=account_id,
        office_id=desk.community.pk,
        role=Role.GRID_OFFICER.value,
        starts_on=first_day,
        by=registrar(desk),
        at=desk.at,
    )
    return post.pk


def _set_phone(officer: Officer, phone: str) -> None:
    officer.phone_encrypted = secrets.seal(phone, PHONE_PURPOSE) if phone else ""
    officer.phone_mask = mask_phone(phone)


def _good_title(raw: str) -> str:
    title = " ".join(clean(raw).split())
    if len(title) > LONGEST_TITLE:
        raise Refused("title_too_long", f"职务最多{LONGEST_TITLE}个字。", field="title")
    return title


def reveal_phones(
    *, community_id: int, purpose: str, by: Actor, at: datetime, officer_ids: Collection[int] | None = None
) -> dict[int, str]:
    """Return full phone numbers of a community's officers by roster id, leaving one entry that names them.

    Args:
        community_id: the village or community.
        purpose: what for, in 中文, kept in the entry.
        by: whoever may see the lists and reveal phones.
        at: now.
        officer_ids: whose; everybody on the roster today if not given.

    Raises:
        NotFound: no such lists, or nobody to show.
        NotAllowed: his post does not reveal phones.
    """
    with transaction.atomic():
        community = people.office(community_id)
        policy.require_see_phones(by, community)
        day = at.date()
        rows = Officer.objects.filter(post_open(day), post__office_id=community_id, post__starts_on__lte=day)
        if officer_ids is not None:
            rows = rows.filter(pk__in=officer_ids)
        found = list(rows.exclude(phone_encrypted="").select_related("post__account").order_by("pk"))
        if not found:
            raise NotFound("没有登记电话。", code="no_phone")
        desk = Desk(community, by, at, stands_in=False)
        fact = PhonesRevealed(
            community=community.name,
            officers=tuple(officer.post.account.name for officer in found),
            purpose=clean(purpose)[:100],
        )
        desk.tell(fact, "")
    return {officer.pk: phone_of(officer) for officer in found}
