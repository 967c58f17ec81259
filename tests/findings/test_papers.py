"""What stands on the two papers: neutral words, advice, and that they are no basis of a penalty."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from qinqing.findings import actions, reads
from qinqing.findings.models import Finding
from tests.cases.world import NOW
from tests.findings.sent import STOP, finding, opened

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.mark.clause("附2安-(5)a")
def test_the_paper_of_advice_states_what_was_seen_and_advises(world: "World") -> None:
    row = reads.get_for(world.officer, opened(world, level="grave", stop=STOP).pk)
    paper = reads.paper_of_advice(row)
    assert paper.disclaimer == "本单为网格巡查告知，不作为行政处罚依据。"
    assert (paper.place, paper.advice, paper.enterprise) == ("冲压车间", "请停用并报修。", "演示车灯有限公司")
    assert paper.fact == "走访时看到：冲床光电保护疑似失灵。"
    assert paper.told == "11月23日 09:00当面告知演示厂长停止，企业已停止。"
    said = " ".join(str(one) for one in (paper.fact, paper.advice, paper.disclaimer, paper.told))
    assert not [word for word in ("检查", "执法", "责令", "罚款") if word in said]


def test_the_notice_lists_every_finding_of_a_visit(world: "World") -> None:
    visit = uuid4()
    for text in ("灭火器过期。", "通道堆物。"):
        actions.open_from_visit(
            finding(text=text, category="fire"),
            visit_id=visit,
            enterprise_id=world.firms["lamp"],
            made_at=NOW,
            by=world.officer,
            at=NOW,
        )
    notice = reads.rectification_notice(reads.of_visit(world.officer, visit))
    assert [item.fact for item in notice.items] == ["灭火器过期。", "通道堆物。"]
    assert [item.number for item in notice.items] == ["隐〔2026〕0001号", "隐〔2026〕0002号"]
    assert {item.deadline for item in notice.items} == {Finding.objects.all()[0].deadline}
    assert reads.of_visit(world.officer2, visit) == []
