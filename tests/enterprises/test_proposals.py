"""Sensitive facts wait for the hub."""

import pytest

from qinqing.enterprises import queues
from qinqing.enterprises.actions import files, proposals
from qinqing.enterprises.models import Enterprise, Proposal
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from tests.enterprises.town import Town, code, entries, make_town, state
from tests.people.world import NOW


@pytest.fixture
def firm(town: Town) -> Enterprise:
    return town.firm("演示甲厂", workers=10)


@pytest.fixture
def officer(town: Town, firm: Enterprise) -> Actor:
    return town.officer("甲", firm)


@pytest.mark.clause("附1-(2)b")
class TestAmend:
    def test_officer_writes_the_plain_and_proposes_the_sensitive(self, firm: Enterprise, officer: Actor) -> None:
        done = files.amend(
            enterprise_id=firm.pk,
            raw={"name": "演示甲有限公司", "uscc": code(50), "scale": "规上", "workers": "12", "short": ""},
            reason="换照",
            by=officer,
            at=NOW,
        )
        firm.refresh_from_db()
        assert (firm.name, firm.uscc, firm.scale, firm.workers) == ("演示甲厂", code(1), "unknown", 12)
        assert done.proposal is not None
        assert set(done.proposal.changes) == {"name", "uscc", "scale"}
        assert entries(firm) == ["enterprise.created", "enterprise.updated", "enterprise.proposed"]

    def test_the_hub_writes_everything(self, town: Town, firm: Enterprise) -> None:
        done = files.amend(enterprise_id=firm.pk, raw={"name": "演示甲有限公司", "is_key": "是"}, by=town.clerk, at=NOW)
        firm.refresh_from_db()
        assert done.proposal is None
        assert (firm.name, firm.is_key) == ("演示甲有限公司", True)

    def test_a_department_writes_its_own_line_only(self, town: Town, firm: Enterprise) -> None:
        done = files.amend(
            enterprise_id=firm.pk,
            raw={"tags": ["painting"], "registered_address": "演示路1号"},
            by=town.handler,
            at=NOW,
        )
        assert [change.label for change in done.changes] == ["特征标签"]
        assert done.proposal is not None
        assert set(done.proposal.changes) == {"registered_address"}

    def test_one_bad_fact_and_nothing_is_kept(self, firm: Enterprise, officer: Actor) -> None:
        before = state(firm)
        with pytest.raises(Refused) as refusal:
            files.amend(enterprise_id=firm.pk, raw={"workers": "12", "uscc": "123"}, by=officer, at=NOW)
        assert refusal.value.field == "uscc"
        assert state(firm) == before
        assert not Proposal.objects.exists()

    def test_the_same_proposal_five_times_is_one(self, firm: Enterprise, officer: Actor) -> None:
        proposals.propose(enterprise_id=firm.pk, raw={"name": "演示新厂"}, by=officer, at=NOW)
        for _ in range(4):
            with pytest.raises(Refused, match="不必重复提交"):
                proposals.propose(enterprise_id=firm.pk, raw={"name": "演示新厂"}, by=officer, at=NOW)
        assert Proposal.objects.count() == 1


@pytest.mark.clause("附1-(2)b")
class TestDecide:
    def test_approving_writes_it(self, town: Town, firm: Enterprise, officer: Actor) -> None:
        raw = {"uscc": code(50), "scale": "规上", "scale_year": "2026", "is_key": True, "legal_person": "演示乙"}
        proposal = proposals.propose(enterprise_id=firm.pk, raw=raw, by=officer, at=NOW)
        assert [line.id for line in queues.proposals_waiting(town.clerk)] == [proposal.pk]
        proposals.approve(proposal_id=proposal.pk, by=town.clerk, at=NOW)
        firm.refresh_from_db()
        assert (firm.uscc, firm.scale, firm.scale_year, firm.is_key) == (code(50), "above", 2026, True)
        assert queues.proposals_waiting(town.clerk) == []
        sentence = ledger.entries_of("enterprise", firm.pk).last().sentence  # type: ignore[union-attr]
        assert "演示甲（网格员）" in sentence
        assert "规模由“未核定”改为“规上”" in sentence

    def test_rejecting_needs_a_reason_and_leaves_the_file(self, town: Town, firm: Enterprise, officer: Actor) -> None:
        proposal = proposals.propose(enterprise_id=firm.pk, raw={"name": "演示新厂"}, by=officer, at=NOW)
        with pytest.raises(Refused, match="理由"):
            proposals.reject(proposal_id=proposal.pk, note=" ", by=town.clerk, at=NOW)
        proposals.reject(proposal_id=proposal.pk, note="与执照不符", by=town.clerk, at=NOW)
        firm.refresh_from_db()
        assert firm.name == "演示甲厂"
        line = queues.proposals_of(officer, firm.pk)[0]
        assert (line.state_label, line.decided_note) == ("未通过", "与执照不符")

    def test_second_hand_is_told_who_was_first(self, town: Town, firm: Enterprise, officer: Actor) -> None:
        proposal = proposals.propose(enterprise_id=firm.pk, raw={"name": "演示新厂"}, by=officer, at=NOW)
        proposals.approve(proposal_id=proposal.pk, by=town.clerk, at=NOW)
        before = state(firm)
        with pytest.raises(TooLate, match=town.clerk.name):
            proposals.reject(proposal_id=proposal.pk, note="晚了", by=town.hub_head, at=NOW)
        assert state(firm) == before

    def test_a_number_taken_meanwhile_is_refused(self, town: Town, firm: Enterprise, officer: Actor) -> None:
        proposal = proposals.propose(enterprise_id=firm.pk, raw={"uscc": code(60)}, by=officer, at=NOW)
        town.firm("演示抢先厂", uscc=code(60))
        before = state(firm)
        with pytest.raises(Refused, match="演示抢先厂"):
            proposals.approve(proposal_id=proposal.pk, by=town.clerk, at=NOW)
        assert state(firm) == before
        proposal.refresh_from_db()
        assert proposal.state == "waiting"

    def test_only_the_hub_of_this_town(self, town: Town, firm: Enterprise, officer: Actor) -> None:
        proposal = proposals.propose(enterprise_id=firm.pk, raw={"name": "演示新厂"}, by=officer, at=NOW)
        for by in (officer, town.v1_head, town.handler):
            with pytest.raises(NotAllowed):
                proposals.approve(proposal_id=proposal.pk, by=by, at=NOW)
        with pytest.raises(NotFound):
            proposals.approve(proposal_id=proposal.pk, by=make_town("other").clerk, at=NOW)
