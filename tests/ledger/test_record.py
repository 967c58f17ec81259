"""Appending an entry: what is kept, and that it lives and dies with its transaction."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.ledger import actions, chain, reads
from qinqing.ledger.facts import Fact
from qinqing.ledger.models import Entry, Head
from tests.ledger.book import CLERK, MONDAY, SYSTEM, Forwarded, append


@pytest.mark.django_db
class TestRecord:
    def test_keeps_who_did_what_when_and_by_which_clause(self) -> None:
        made = append(12, files=["ab" * 32])

        kept = reads.entries_of("case", 12).get()
        assert kept == made
        assert (kept.book, kept.seq, kept.subject_seq, kept.label) == ("demo", 1, 1, "诉〔2026〕0012号")
        assert (kept.kind, kept.verb, kept.sentence) == ("case.forwarded", "转办", "转办至建管办，5 个工作日内办结")
        assert kept.facts == {"to": "建管办", "days": 5, "extra": None}
        assert kept.at == MONDAY
        assert kept.at.utcoffset() == timedelta(hours=8)
        assert (kept.actor_id, kept.actor_name, kept.post) == (7, "演示 接办员", "hub_clerk")
        assert (kept.office_id, kept.office_name, kept.via) == (3, "经济和科技发展办公室", "web")
        assert kept.clause == "二(二)1-诉求-转办"
        assert kept.files == ("ab" * 32,)
        assert (kept.previous, kept.algorithm) == ("", chain.ALGORITHM)

    def test_a_system_job_has_no_account_and_no_office(self) -> None:
        kept = append(by=SYSTEM)
        assert (kept.actor_id, kept.office_id, kept.actor_name, kept.post) == (None, None, "系统·封账", "system")

    def test_each_book_counts_from_one_and_each_subject_within_it(self) -> None:
        for case, book in [(1, "demo"), (2, "demo"), (1, "demo"), (9, "other"), (2, "demo")]:
            append(case, book=book)
        rows = list(Entry.objects.order_by("book", "seq").values_list("book", "seq", "subject_id", "subject_seq"))
        assert rows == [("demo", 1, 1, 1), ("demo", 2, 2, 1), ("demo", 3, 1, 2), ("demo", 4, 2, 2), ("other", 1, 9, 1)]

    def test_each_digest_follows_from_the_one_before(self) -> None:
        first, second = append(), append()
        assert second.previous == first.digest
        assert reads.book_head("demo") == reads.BookHead("demo", 2, second.digest)

    def test_the_stamp_is_beijing_time_whatever_the_moment_was_given_in(self) -> None:
        assert append(at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC)).stamp == "2026-11-23T09:00:00.000000+08:00"

    def test_takes_out_what_nobody_can_see(self) -> None:
        fact = Forwarded(to="建\x1f管\x00办\u202e", extra={"raw": "a\x1fb\x00c\ud83d"})
        kept = Entry.objects.get(pk=append(fact=fact).pk)
        assert kept.sentence == "转办至建管办，5 个工作日内办结"
        assert kept.facts["extra"] == {"raw": "a\x1fb\x00c\ufffd"}

    def test_long_and_rare_text_is_kept_whole(self) -> None:
        name = "𠮷犇䶮堃😀" * 20_000
        assert Entry.objects.get(pk=append(fact=Forwarded(to=name)).pk).facts["to"] == name

    def test_moments_dates_and_money_become_text(self) -> None:
        extra = {"at": MONDAY, "on": date(2026, 11, 23), "sum": Decimal("1.10"), "tuple": (1, 2)}
        facts = append(fact=Forwarded(to="x", extra=extra)).facts
        assert facts["extra"] == {
            "at": "2026-11-23T09:00:00.000000+08:00",
            "on": "2026-11-23",
            "sum": "1.10",
            "tuple": [1, 2],
        }

    def test_facts_are_one_canonical_text(self) -> None:
        text = append(fact=Forwarded(to="甲", extra={"b": 1, "a": 2})).facts_text
        assert text == '{"days":5,"extra":{"a":2,"b":1},"to":"甲"}'


class TestRefuses:
    @pytest.mark.django_db(transaction=True)
    def test_outside_a_transaction(self) -> None:
        with pytest.raises(RuntimeError, match="transaction"):
            actions.record(Forwarded(to="x"), book="demo", on=("case", 1), label="x", by=CLERK, at=MONDAY)
        assert not Entry.objects.exists()
        assert not Head.objects.exists()

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"book": ""}, ValueError),
            ({"book": "*seals"}, ValueError),
            ({"at": datetime(2026, 11, 23, 9, 0)}, ValueError),  # noqa: DTZ001  the point of the test
            ({"files": ["../etc/passwd"]}, ValueError),
            ({"files": ["ab " * 20]}, ValueError),
            ({"fact": Forwarded(to="x", extra={1, 2})}, TypeError),
            ({"fact": Forwarded(to="x", extra=float("nan"))}, ValueError),
        ],
    )
    def test_what_could_not_be_hashed_or_read_again(self, wrong: dict[str, Any], error: type[Exception]) -> None:
        with pytest.raises(error):
            append(**wrong)
        assert not Entry.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_a_rollback_leaves_neither_row_nor_entry(self) -> None:
        append()
        with transaction.atomic():
            append()
            append(2)
            transaction.set_rollback(True)
        assert Entry.objects.count() == 1
        assert reads.book_head("demo").seq == 1
        assert append().seq == 2


class TestFact:
    def test_must_say_its_sentence(self) -> None:
        @dataclass(frozen=True, kw_only=True)
        class Mute(Fact):
            kind: ClassVar[str] = "x.muted"
            verb: ClassVar[str] = "无"

        with pytest.raises(NotImplementedError):
            Mute().sentence()
        assert json.loads(chain.canonical_json(Mute().payload())) == {}


def test_an_actor_without_account_is_named_after_its_job() -> None:
    assert Actor.system("封账", town_id=1, book="demo").name == SYSTEM.name
