"""Queueing what leaves the house: to each person by the channels he chose, to each office's group once a fact."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from qinqing.notices import rules
from qinqing.notices.channels import is_on
from qinqing.notices.models import Choice, Notice, Post, Robot
from qinqing.notices.routes import ROUTES
from qinqing.notices.words import ROBOTS, Channel
from qinqing.people import reads as people
from qinqing.people.words import STAFF_ROLES
from qinqing.plan.ladder_spec import Telling
from qinqing.workdays.rules.calendar import in_shanghai


def queue(made: Sequence[Notice], telling: Telling, at: datetime) -> None:
    """Queue posts for these notices, which stand in the inboxes already; what was queued before is not queued again."""
    if not made:
        return
    accounts = {notice.account_id for notice in made}
    choices = {choice.pk: choice for choice in Choice.objects.filter(account_id__in=accounts)}
    groups = _groups(accounts, at)
    if not choices and not groups:
        return
    rows = Notice.objects.filter(
        book=made[0].book, seq__in={notice.seq for notice in made}, account_id__in=choices.keys() | groups.keys()
    )
    fresh = list(rows.select_related("account").order_by("account_id", "seq"))
    posts = [_post(notice, channel, address, None, telling, at) for notice, channel, address in _own(fresh, choices)]
    posts += [
        _post(notice, Channel(robot.channel), f"robot:{robot.pk}", robot, telling, at)
        for notice, robot in _shared(fresh, groups)
    ]
    Post.objects.bulk_create(posts, ignore_conflicts=True)


def _own(fresh: Iterable[Notice], choices: dict[int, Choice]) -> Iterable[tuple[Notice, Channel, str]]:
    """Yield by which channels each notice goes to its own reader."""
    for notice in fresh:
        choice = choices.get(notice.account_id)
        if choice is None:
            continue
        if choice.email and notice.account.email:
            yield notice, Channel.EMAIL, notice.account.email
        for channel, wanted in (
            (Channel.SMS, choice.sms and choice.sealed_phone),
            (Channel.GOV, choice.gov and choice.gov_id),
        ):
            if wanted and is_on(channel):
                yield notice, channel, f"account:{notice.account_id}"


def _groups(accounts: Iterable[int], at: datetime) -> dict[int, list[Robot]]:
    """Return the group robots of the offices these people sit at, by account."""
    robots: dict[int, list[Robot]] = {}
    for robot in Robot.objects.filter(
        ended_at__isnull=True, channel__in=[channel.value for channel in ROBOTS if is_on(channel)]
    ):
        robots.setdefault(robot.office_id, []).append(robot)
    if not robots:
        return {}
    seats = people.seats_of(accounts, STAFF_ROLES, in_shanghai(at).date())
    found: dict[int, list[Robot]] = {}
    for account, office in seats:
        found.setdefault(account, []).extend(robots.get(office, []))
    return {account: spoken for account, spoken in found.items() if spoken}


def _shared(fresh: Iterable[Notice], groups: dict[int, list[Robot]]) -> Iterable[tuple[Notice, Robot]]:
    """Yield what each group hears: of a fact that asks somebody of the office to act, once, whoever of them is told."""
    asking = [notice for notice in fresh if notice.action and notice.account_id in groups]
    told = {
        (notice.seq, robot_id)
        for notice, robot_id in (
            (post.notice, post.robot_id)
            for post in Post.objects.select_related("notice").filter(
                robot_id__isnull=False,
                notice__book=asking[0].book if asking else "",
                notice__seq__in={notice.seq for notice in asking},
            )
        )
    }
    for notice in asking:
        for robot in groups[notice.account_id]:
            if (notice.seq, robot.pk) not in told:
                told.add((notice.seq, robot.pk))
                yield notice, robot


def _post(notice: Notice, channel: Channel, address: str, robot: Robot | None, telling: Telling, at: datetime) -> Post:
    """Make a post due at the moment it may leave: at once, after the quiet hours, or with the morning's message."""
    pace = ROUTES[notice.kind].pace
    due = rules.leaves_at(
        pace, at, quiet_from=telling.quiet_from, quiet_to=telling.quiet_to, digest_at=telling.digest_at
    )
    return Post(notice=notice, channel=channel.value, address=address, robot=robot, pace=pace.value, due_at=due)
