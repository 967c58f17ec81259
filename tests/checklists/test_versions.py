"""Taking a version in, publishing, retiring, dropping: who may, what changes, what the ledger says."""

from dataclasses import replace

import pytest

from qinqing.checklists import actions, looking, reads
from qinqing.checklists.models import ChecklistVersion
from qinqing.checklists.rules.items import Item, in_order
from qinqing.checklists.words import AnswerKind, VersionState
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger.models import Entry
from qinqing.people.words import Role
from tests.cases.world import World
from tests.checklists.drafts import LATER, changed, prepared, state
from tests.checklists.papers import plain, sheet


def test_a_version_waits_and_then_comes_into_use(lists: World) -> None:
    old = reads.current(lists.town.pk)["F4"]
    waiting = prepared(lists)
    assert (waiting.number, waiting.status, waiting.title) == (2, VersionState.DRAFT, old.name)
    assert reads.current(lists.town.pk)["F4"] == old
    published = actions.publish(code="F4", number=2, by=lists.head, at=LATER)
    assert reads.current(lists.town.pk)["F4"] == published
    assert (published.status, published.effective_from) == (VersionState.PUBLISHED, LATER.date())
    assert published.body == waiting.body
    retired = reads.version("F4", 1, by=lists.clerk)
    assert (retired.status, retired.effective_to, retired.body) == (VersionState.RETIRED, LATER.date(), old.body)
    assert reads.version_by_sha(lists.town.pk, old.sha256) == retired, "visits made with it still find it"
    said = [entry.sentence for entry in Entry.objects.filter(kind__startswith="checklist.").order_by("seq")][1:]
    assert "新增1项，删去1项，改动1项" in said[0]
    assert (
        said[1]
        == "发布清单 F4《工业企业安全生产网格化巡查清单（重点行业领域企业）》第2版，共40项，自2026-12-01起使用，第1版停用。"
    )


def test_keys_stay_while_a_text_changes(lists: World) -> None:
    prepared(lists)
    new = actions.publish(code="F4", number=2, by=lists.head, at=LATER)
    assert new.content.by_key["F4-01"].text.endswith("（查看任命文件）")
    assert "F4-02" not in new.content.by_key


def test_a_waiting_version_is_not_found_by_digest(lists: World) -> None:
    waiting = prepared(lists)
    with pytest.raises(NotFound):
        reads.version_by_sha(lists.town.pk, waiting.sha256)
    assert reads.versions_by_sha(lists.town.pk, [waiting.sha256]) == {}


def test_a_second_import_replaces_the_waiting_one(lists: World) -> None:
    first = prepared(lists)
    content = replace(changed(lists), items=tuple(item for item in changed(lists).items if item.key != "F4-99"))
    second = actions.prepare(code="F4", content=content, is_draft_text=True, by=lists.head, at=LATER)
    assert second.number == first.number
    assert second.id != first.id
    assert ChecklistVersion.objects.filter(checklist__code="F4").count() == 2
    assert second.title.endswith("（草案）")
    assert Entry.objects.latest("seq").sentence.endswith("替换原来待发布的，待发布。")


def test_the_same_again_is_refused(lists: World) -> None:
    now, before = reads.current(lists.town.pk)["F4"], state(lists)
    with pytest.raises(Refused, match="与使用中的第1版完全一样"):
        actions.prepare(code="F4", content=now.content, is_draft_text=True, by=lists.head, at=LATER)
    assert state(lists) == before
    official = actions.prepare(
        code="F4", content=now.content, is_draft_text=False, source="演示文件", by=lists.head, at=LATER
    )
    assert official.number == 2, "the same text, now the town's own"


def test_a_key_used_for_another_way_of_answering_is_refused(lists: World) -> None:
    content = reads.current(lists.town.pk)["F4"].content
    items = [replace(item, answer=AnswerKind.TEXT) if item.key == "F4-05" else item for item in content.items]
    before = state(lists)
    with pytest.raises(Refused, match="F4-05 以前按“是否”回答，不能改成“文字”"):
        actions.prepare(
            code="F4", content=in_order(content.sections, items), is_draft_text=True, by=lists.head, at=LATER
        )
    assert state(lists) == before


def test_a_key_is_remembered_after_it_was_left_out(lists: World) -> None:
    prepared(lists)
    actions.publish(code="F4", number=2, by=lists.head, at=LATER)
    content = reads.current(lists.town.pk)["F4"].content
    back = Item("F4-02", content.sections[0].title, "安全员姓名", answer=AnswerKind.TEXT)
    with pytest.raises(Refused, match="F4-02 以前按“是否”回答"):
        actions.prepare(
            code="F4",
            content=in_order(content.sections, [*content.items, back]),
            is_draft_text=True,
            by=lists.head,
            at=LATER,
        )


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ({"text": ""}, "F4-01：请填写巡查内容。"),
        ({"key": "F4-02"}, "编号 F4-02 与前面的一项重复"),
        ({"text": "两行\n字"}, "不要有首尾空格、连续空格、换行"),
    ],
)
def test_content_that_is_not_in_order_is_refused(lists: World, spoil: dict[str, str], sentence: str) -> None:
    content = reads.current(lists.town.pk)["F4"].content
    items = (replace(content.items[0], **spoil), *content.items[1:])
    before = state(lists)
    with pytest.raises(Refused, match=sentence):
        actions.prepare(code="F4", content=replace(content, items=items), is_draft_text=True, by=lists.head, at=LATER)
    assert state(lists) == before


class TestWhoMay:
    @pytest.mark.parametrize("name", ["clerk", "build", "law", "officer", "village", "leader", "supervisor", "owner"])
    def test_others_may_not(self, lists: World, name: str) -> None:
        before = state(lists)
        with pytest.raises(NotAllowed):
            prepared(lists, by=name)
        assert state(lists) == before

    @pytest.mark.clause("三职(四)-2")
    def test_the_head_of_the_competent_office(self, lists: World) -> None:
        head = lists.person("law_head", "zhifa", Role.OFFICE_HEAD)
        assert prepared(lists, by="law_head").number == 2
        assert actions.publish(code="F4", number=2, by=head, at=LATER).number == 2
        with pytest.raises(NotAllowed, match="清单 GAS 由建管办负责人或经科办负责人维护"):
            prepared(lists, by="law_head", code="GAS")
        assert prepared(lists, by="build_head", code="GAS").number == 2

    def test_everybody_at_work_reads(self, lists: World) -> None:
        for name in ("clerk", "head", "build", "village", "officer", "leader", "supervisor"):
            assert len(reads.lines(lists.who[name])) == 8
        for name in ("sysadmin", "discipline", "owner"):
            with pytest.raises(NotAllowed):
                reads.lines(lists.who[name])

    def test_another_town_sees_nothing(self, lists: World) -> None:
        stranger = Actor(1, "示外", "hub_head", "中转站负责人", lists.town.pk + 1, "other")
        with pytest.raises(NotFound):
            reads.version("F4", 1, by=stranger)
        with pytest.raises(NotFound):
            actions.publish(code="F4", number=1, by=stranger, at=LATER)


class TestPublishing:
    def test_twice(self, lists: World) -> None:
        prepared(lists)
        actions.publish(code="F4", number=2, by=lists.head, at=LATER)
        before = state(lists)
        with pytest.raises(TooLate, match=r"第2版已由.*发布，现在是“使用中”"):
            actions.publish(code="F4", number=2, by=lists.head, at=LATER)
        assert state(lists) == before

    def test_what_is_not_there(self, lists: World) -> None:
        with pytest.raises(TooLate):
            actions.publish(code="F4", number=7, by=lists.head, at=LATER)
        with pytest.raises(NotFound):
            actions.publish(code="X9", number=1, by=lists.head, at=LATER)


class TestDropping:
    def test_a_waiting_one(self, lists: World) -> None:
        prepared(lists)
        actions.drop(code="F4", number=2, by=lists.head, at=LATER)
        assert [version.number for version in reads.versions("F4", by=lists.head)] == [1]
        assert "放弃待发布的清单 F4" in Entry.objects.latest("seq").sentence

    def test_never_one_in_use(self, lists: World) -> None:
        before = state(lists)
        with pytest.raises(TooLate):
            actions.drop(code="F4", number=1, by=lists.head, at=LATER)
        assert state(lists) == before


class TestRetiring:
    def test_without_a_successor(self, lists: World) -> None:
        actions.retire(code="GAS", number=1, reason="并入消防清单", by=lists.head, at=LATER)
        assert "GAS" not in reads.current(lists.town.pk)
        gas = next(line for line in reads.lines(lists.clerk) if line.code == "GAS")
        assert (gas.in_use, gas.waiting, gas.versions) == (None, None, 1)
        assert Entry.objects.latest("seq").sentence.endswith("自2026-12-01起不再使用：并入消防清单。")

    def test_needs_a_reason_and_a_version_in_use(self, lists: World) -> None:
        prepared(lists)
        before = state(lists)
        with pytest.raises(Refused, match="请写明为什么停用"):
            actions.retire(code="F4", number=1, reason=" ", by=lists.head, at=LATER)
        with pytest.raises(Refused, match="第2版待发布，不是使用中的版本"):
            actions.retire(code="F4", number=2, reason="试试", by=lists.head, at=LATER)
        assert state(lists) == before


class TestLooking:
    def test_says_what_would_change_and_writes_nothing(self, lists: World) -> None:
        before = state(lists)
        found = looking.look("F6", "新.xlsx", sheet([plain("F6-02"), plain("F6-77")]), by=lists.head)
        assert found.content
        assert found.difference
        assert str(found.difference) == "新增1项，删去22项，改动1项，部位次序有调整"
        assert [doubt for doubt in found.doubts if doubt.startswith("F6-02 的内容和以前差别很大")]
        assert looking.from_text(found.text) == found.content
        assert state(lists) == before

    def test_warns_of_the_wrong_list(self, lists: World) -> None:
        found = looking.look("F5", "新.xlsx", sheet([plain("F6-02")]), by=lists.head)
        assert "没有一个编号与以前的版本相同，是不是选错了清单？" in found.doubts

    def test_names_bad_cells(self, lists: World) -> None:
        found = looking.look("F6", "新.xlsx", sheet([plain("F6-02", answer="文字")]), by=lists.head)
        assert found.content is None
        assert [cell.spot for cell in found.bad] == ["G2"]
        assert found.text == ""

    def test_is_for_who_keeps_the_list(self, lists: World) -> None:
        with pytest.raises(NotAllowed):
            looking.look("F6", "新.xlsx", sheet([plain("F6-02")]), by=lists.clerk)

    @pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"sections":[],"items":[{}]}', "{" * 5000])
    def test_a_damaged_text_is_refused(self, text: str) -> None:
        with pytest.raises(Refused, match="没有完整送到"):
            looking.from_text(text)
