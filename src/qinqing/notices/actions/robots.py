"""An office's group robot: taken in, tried, ended; and messages that did not get through, queued anew."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ledger import actions as ledger
from qinqing.notices.channels import ChannelError, is_on, robots
from qinqing.notices.facts import DeliveriesRetried, RobotAdded, RobotEnded
from qinqing.notices.models import Post, Robot
from qinqing.notices.words import ROBOTS, Channel, Delivery
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right

_MOST_RETRIED = 1000


def add_robot(*, channel: str, url: str, by: Actor, at: datetime) -> Robot:
    """Take in the robot of the actor's office's group, in place of the former one of that kind.

    Raises:
        NotAllowed: `by` looks after no office's channels.
        Refused: the kind is not switched on; the address points inside the network or is no such robot's.

    Source: domain §10; 三要(四)-1.
    """
    rights.require(by, Right.SET_ROBOT)
    kind = _kind(channel)
    clean_url = robots.checked(kind, url)  # outside the transaction: it looks a name up
    with transaction.atomic():
        office = people.office(by.office_id or 0)
        _open(by).filter(channel=kind.value).update(ended_at=at)
        robot = Robot.objects.create(
            office_id=office.pk, channel=kind.value, sealed_url=secrets.seal(clean_url, robots.PURPOSE), added_at=at
        )
        fact = RobotAdded(office=office.name, channel=kind.label)
        ledger.record(fact, book=by.book, on=("robot", robot.pk), label=office.name, by=by, at=at, clause="三要(四)-1")
    return robot


def end_robot(*, robot_id: int, by: Actor, at: datetime) -> None:
    """End a robot of the actor's office; what is queued for it is not sent.

    Raises:
        NotAllowed: `by` looks after no office's channels.
        NotFound: no such robot at his office.
    """
    with transaction.atomic():
        rights.require(by, Right.SET_ROBOT)
        robot = _robot(robot_id, by)
        robot.ended_at = at
        robot.save(update_fields=["ended_at"])
        fact = RobotEnded(office=robot.office.name, channel=Channel.label_of(robot.channel))
        ledger.record(fact, book=by.book, on=("robot", robot.pk), label=robot.office.name, by=by, at=at)


def try_robot(*, robot_id: int, by: Actor) -> None:
    """Say a word in the group now, so that its owner sees that it works.

    Raises:
        NotAllowed: `by` looks after no office's channels.
        NotFound: no such robot at his office.
        Refused: it did not get through; the sentence says why.
    """
    rights.require(by, Right.SET_ROBOT)
    robot = _robot(robot_id, by)
    kind = _kind(robot.channel)
    try:
        robots.say(
            kind, secrets.unseal(robot.sealed_url, robots.PURPOSE), "[亲清] 试发：这个群已接通，今后只收到编号和链接。"
        )
    except ChannelError as trouble:
        raise Refused("robot_trial_failed", f"试发没有成功：{trouble}", field="url") from trouble


def retry(*, by: Actor, at: datetime, post_ids: Iterable[int] | None = None) -> int:
    """Queue anew what was given up, all of the town by default (1000 at a time); return how many.

    Raises:
        NotAllowed: `by` does not look after deliveries.
    """
    with transaction.atomic():
        rights.require(by, Right.TEND_DELIVERIES)
        rows = Post.objects.filter(state=Delivery.FAILED.value, notice__book=by.book)
        if post_ids is not None:
            rows = rows.filter(pk__in=list(post_ids))
        keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:_MOST_RETRIED])
        count = Post.objects.filter(pk__in=keys, state=Delivery.FAILED.value).update(
            state=Delivery.QUEUED.value, tries=0, due_at=at, trouble=""
        )
        if count:
            fact = DeliveriesRetried(count=count)
            ledger.record(fact, book=by.book, on=("town", by.town_id), label="消息发送", by=by, at=at)
    return count


def _kind(channel: str) -> Channel:
    kind = next((one for one in ROBOTS if one.value == channel), None)
    if kind is None or not is_on(kind):
        raise Refused("channel_off", "本镇没有开通这个渠道，请找系统管理员。", field="channel")
    return kind


def _open(by: Actor) -> QuerySet[Robot]:
    return Robot.objects.filter(office_id=by.office_id or 0, ended_at__isnull=True)


def _robot(robot_id: int, by: Actor) -> Robot:
    found = _open(by).select_related("office").filter(pk=robot_id).first()
    if found is None:
        raise NotFound("没有这个群机器人，或已停用。", code="robot_not_found")
    return found
