"""When a notice leaves the house: urgent at once, prompt after the night, the rest in one morning letter, never twice."""

from collections.abc import Sequence
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.cases.words import Verb
from qinqing.notices import actions, channels, rules
from qinqing.notices.actions import delivering
from qinqing.notices.models import Cursor, Notice, Post
from qinqing.notices.words import Pace
from qinqing.people.models import Account
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from tests.cases.world import World

HOURS = {"quiet_from": time(21), "quiet_to": time(7, 30), "digest_at": time(8, 45)}
NEXT_MORNING = moment("2026-11-24 08:45")


@pytest.mark.parametrize(
    ("pace", "told", "leaves"),
    [
        (Pace.URGENT, "2026-11-23 23:10", "2026-11-23 23:10"),
        (Pace.PROMPT, "2026-11-23 20:59", "2026-11-23 20:59"),
        (Pace.PROMPT, "2026-11-23 21:00", "2026-11-24 07:30"),
        (Pace.PROMPT, "2026-11-24 03:00", "2026-11-24 07:30"),
        (Pace.PROMPT, "2026-11-24 07:29", "2026-11-24 07:30"),
        (Pace.PROMPT, "2026-11-24 07:30", "2026-11-24 07:30"),
        (Pace.DIGEST, "2026-11-23 09:00", "2026-11-24 08:45"),
        (Pace.DIGEST, "2026-11-24 08:45", "2026-11-24 08:45"),
        (Pace.DIGEST, "2026-11-24 08:46", "2026-11-25 08:45"),
    ],
)
def test_leaves_when_it_may(pace: Pace, told: str, leaves: str) -> None:
    assert rules.leaves_at(pace, moment(told), **HOURS) == moment(leaves)


def by_mail(world: "World", *names: str) -> None:
    for name in names:
        Account.objects.filter(pk=world.who[name].account_id).update(email=f"{name}@example.invalid")
        actions.choose(by=world.who[name], email=True)


def test_a_day_is_one_morning_letter_without_a_name(world: "World", mailoutbox: list) -> None:  # type: ignore[type-arg]
    by_mail(world, "clerk2", "head")
    for _ in range(60):
        world.demand()
    while actions.pump(at=NOW):
        pass
    assert actions.deliver(at=moment("2026-11-24 08:44"), send=channels.send) == 0
    assert [actions.deliver(at=NEXT_MORNING, send=channels.send) for _ in range(3)] == [60, 60, 0], (
        "a letter is never halved"
    )
    assert sorted(letter.to[0] for letter in mailoutbox) == ["clerk2@example.invalid", "head@example.invalid"]
    letter = mailoutbox[0]
    assert letter.subject == "[亲清] 今日60件待办"
    assert "诉〔2026〕0001号" in letter.body
    for secret in ("路灯", "演示", "示owner"):
        assert secret not in letter.subject + letter.body


def test_an_order_goes_at_once_by_day_and_after_the_night(world: "World") -> None:
    by_mail(world, "build")
    world.press(Verb.URGE, world.in_hand(), "clerk", note="请抓紧。")
    world.press(Verb.URGE, world.in_hand(), "clerk", moment("2026-11-23 22:00"), note="请抓紧。")
    actions.pump(at=NOW)
    sent: list[Sequence[Post]] = []
    actions.deliver(at=NOW, send=sent.append)
    assert [post.notice.kind for letter in sent for post in letter] == ["case.urged"] * 2, "read by the worker by day"
    Post.objects.all().delete()
    Cursor.objects.update(seq=0)
    Notice.objects.all().delete()
    actions.pump(at=moment("2026-11-23 22:00"))
    sent.clear()
    actions.deliver(at=moment("2026-11-23 23:59"), send=sent.append)
    assert sent == []
    actions.deliver(at=moment("2026-11-24 07:30"), send=sent.append)
    assert len(sent) == 2


def test_a_letter_that_fails_is_tried_three_times_later_and_later(world: "World") -> None:
    by_mail(world, "clerk2")
    world.demand()
    world.demand()
    actions.pump(at=NOW)

    def stall(posts: Sequence[Post]) -> None:
        raise TimeoutError

    tries = []
    for minutes in (0, 4, 5, 29, 30, 60, 600):
        at = NEXT_MORNING.replace(hour=8 + (45 + minutes) // 60, minute=(45 + minutes) % 60)
        tries.append(actions.deliver(at=at, send=stall))
    assert tries == [2, 0, 2, 0, 2, 0, 0]
    assert set(Post.objects.values_list("state", "tries", "trouble")) == {("failed", 3, "TimeoutError")}


def test_an_urgent_message_does_not_wait_behind_a_long_queue(world: "World") -> None:
    by_mail(world, "build", "clerk2")
    for _ in range(8):
        world.demand()
    world.press(Verb.URGE, world.in_hand(), "clerk", note="请抓紧。")
    while actions.pump(at=NOW):
        pass
    one = Post.objects.get(notice__kind="case.urged")
    Post.objects.filter(pk=one.pk).update(pace=Pace.URGENT.value, due_at=NEXT_MORNING)
    sent: list[Sequence[Post]] = []
    actions.deliver(at=NEXT_MORNING, send=sent.append, most=3)
    assert [post.pk for letter in sent for post in letter] == [one.pk]


def test_a_round_is_a_few_statements_however_long_a_letter_is(
    world: "World", django_assert_max_num_queries: Any
) -> None:
    by_mail(world, "clerk2")
    for _ in range(40):
        world.demand()
    while actions.pump(at=NOW):
        pass
    with django_assert_max_num_queries(12):
        assert actions.deliver(at=NEXT_MORNING, send=lambda posts: None) == 40


def test_a_round_held_up_by_a_gateway_leaves_the_rest_for_later_and_sends_nothing_twice(
    world: "World", monkeypatch: pytest.MonkeyPatch
) -> None:
    by_mail(world, "clerk", "clerk2", "head")
    world.demand()
    actions.pump(at=NOW)
    monkeypatch.setattr(delivering, "ROUND_S", 0.0)
    sent: list[str] = []

    def send(posts: Sequence[Post]) -> None:
        sent.append(posts[0].address)

    assert actions.deliver(at=NEXT_MORNING, send=send) == 1
    assert actions.deliver(at=NEXT_MORNING, send=send) == 0, "leased"
    later = NEXT_MORNING + actions.LEASE
    assert [actions.deliver(at=later + actions.LEASE * n, send=send) for n in range(3)] == [1, 1, 0]
    assert len(sent) == len(set(sent)) == 3
