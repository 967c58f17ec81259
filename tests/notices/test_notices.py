"""Who is told: derived from the ledger by one table, once each, never lost, never the one who pressed."""

from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.facts import closing, intake, work
from qinqing.cases.facts.base import KINDS
from qinqing.cases.words import Verb
from qinqing.kernel.actor import Actor
from qinqing.ledger.facts import ANNOUNCED
from qinqing.notices import actions, reads
from qinqing.notices.models import Cursor, Notice, Post
from qinqing.notices.routes import ROUTES
from tests.cases.world import NOW, moment
from tests.repo import tree

if TYPE_CHECKING:
    from tests.cases.world import World

MORNING = moment("2026-11-24 08:45")
assert closing
assert intake
assert work


for _path in tree.python_files():  # a fact is known once its module is read
    if "facts" in _path.with_suffix("").parts:
        import_module(".".join(_path.relative_to(tree.SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"))


def inbox(world: "World", name: str) -> list[str]:
    told = reversed(reads.inbox(world.who[name]))
    return [
        notice.heading.split(" · ")[0] for notice in told if notice.case_id
    ]  # the town's own lists make notices too


def test_every_fact_of_a_case_or_announced_has_a_route_and_every_route_a_fact() -> None:
    assert set(ROUTES) == set(KINDS) | set(ANNOUNCED)


@pytest.mark.clause("二(四)-6")
def test_finishing_tells_enterprise_and_hub_from_one_entry(world: "World") -> None:
    case = world.answered()
    actions.pump(at=NOW)
    assert inbox(world, "owner")[-1] == "办结反馈"
    assert inbox(world, "clerk")[-1] == "办结反馈"
    seqs = set(Notice.objects.filter(kind="case.finished", case=case).values_list("seq", flat=True))
    assert len(seqs) == 1


@pytest.mark.clause("附1-(3)c", "二(一)-7")
def test_first_asked_and_lead_officer_hear_of_every_milestone(world: "World") -> None:
    case = world.demand("officer", text="招不到注塑工。")
    case = world.press(Verb.ACCEPT, case, "clerk", topic="recruitment", grade="ordinary")
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("shewu"))
    world.press(Verb.SIGN, case, "social", handler=world.social.account_id)
    world.press(Verb.FINISH, case, "social", outcome="solved", reply="已发布招聘。", told_way="phone")
    actions.pump(at=NOW)
    assert inbox(world, "officer") == ["接办", "转办", "办结反馈"]


def test_nobody_is_told_of_what_he_did_himself_and_nobody_twice(world: "World") -> None:
    world.answered()
    actions.pump(at=NOW)
    assert actions.pump(at=NOW) == 0
    assert "办结反馈" not in inbox(world, "build")
    per_person = Notice.objects.values_list("account_id", "seq")
    assert len(per_person) == len(set(per_person))


def test_a_worker_that_died_before_moving_the_cursor_tells_nobody_twice(world: "World") -> None:
    world.answered()
    actions.pump(at=NOW)
    before = Notice.objects.count()
    Cursor.objects.update(seq=0)
    actions.pump(at=NOW)
    assert Notice.objects.count() == before


def test_the_enterprise_hears_of_a_problem_only_what_was_published(world: "World") -> None:
    case = world.problem("law")
    actions.pump(at=NOW)
    assert inbox(world, "owner") == []
    world.press(Verb.PUBLISH, case, "law", notice="疑似疏散通道堆物，请尽快清理。")
    actions.pump(at=NOW)
    assert inbox(world, "owner") == ["告知企业"]


class TestDelivery:
    def queued(self, world: "World") -> Actor:
        from qinqing.people.models import Account

        Account.objects.filter(pk=world.clerk.account_id).update(email="clerk@example.invalid")
        actions.choose(by=world.clerk, email=True)
        world.demand()
        actions.pump(at=NOW)
        return world.clerk

    def test_a_failing_server_is_tried_again_later_and_in_the_end_given_up(self, world: "World") -> None:
        self.queued(world)
        tried: list[int] = []

        def fail(posts: Sequence[Post]) -> None:
            tried.extend(post.pk for post in posts)
            raise ConnectionRefusedError("演示：邮件服务器拒绝")

        at = MORNING
        for _ in range(40):
            actions.deliver(at=at, send=fail)
            at += timedelta(hours=3)
        post = Post.objects.get()
        assert len(tried) == actions.MOST_TRIES
        assert post.state == "failed"
        assert "拒绝" in post.trouble

    def test_a_worker_that_dies_while_sending_leaves_the_post_to_another(self, world: "World") -> None:
        self.queued(world)

        def die(posts: Sequence[Post]) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            actions.deliver(at=MORNING, send=die)
        sent: list[int] = []
        assert actions.deliver(at=MORNING, send=lambda posts: sent.append(posts[0].pk)) == 0
        actions.deliver(at=MORNING + actions.LEASE, send=lambda posts: sent.append(posts[0].pk))
        assert len(sent) == 1
        assert Post.objects.get().state == "sent"

    def test_an_email_names_no_person_and_no_matter(self, world: "World", mailoutbox: list) -> None:  # type: ignore[type-arg]
        from qinqing.notices import channels

        self.queued(world)
        actions.deliver(at=MORNING, send=channels.send)
        text = mailoutbox[0].subject + mailoutbox[0].body
        assert "诉〔2026〕0001号" in text
        assert "路灯" not in text
        assert "演示车灯" not in text


def test_a_chore_is_claimed_once_and_again_only_when_its_worker_died(db: None) -> None:
    first = actions.claim("seal", "2026-11-23 00:05", at=NOW)
    assert first is not None
    assert actions.claim("seal", "2026-11-23 00:05", at=NOW) is None
    again = actions.claim("seal", "2026-11-23 00:05", at=NOW + timedelta(hours=1))
    assert again is not None
    actions.finish(again, at=NOW, result="完成")
    assert actions.claim("seal", "2026-11-23 00:05", at=NOW + timedelta(days=2)) is None


def test_who_is_only_told_finds_nothing_to_do_in_his_inbox(world: "World") -> None:
    case = world.answered()
    actions.pump(at=NOW)

    def to_do(name: str) -> set[str]:
        account = world.who[name].account_id or 0
        return set(Notice.objects.filter(account_id=account, case=case, action=True).values_list("kind", flat=True))

    assert to_do("owner") == {"case.finished"}
    assert to_do("build") == {"case.forwarded"}
    assert to_do("clerk2") == {"case.submitted", "case.finished"}
    assert to_do("officer") == set()
