"""Suggesting a topic from what the owner wrote."""

import pytest

from qinqing.plan import loader
from qinqing.plan.suggest import suggest_topics
from tests.plan.files import MENGHE

PLAN = loader.read(MENGHE).plan


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("东门外到公交站这段路三盏路灯从上周三开始不亮，夜班工人走这段太黑", "streetlight"),
        ("厂门口道路坑洼，雨天积水进车间", "road"),
        ("注塑车间扩建，环评手续怎么办", "eia"),
        ("活性炭多久换一次，废气处理设施要不要换", "pollution_control"),
        ("二期需要用地指标，什么时候能供地", "land_quota"),
        ("招10名注塑工，一直招不到人", "recruitment"),
        ("稳岗补贴和社保缴费怎么算", "social_insurance"),
        ("消防通道被隔壁货车堵住了", "fire_safety"),
        ("想办贷款，银行要求担保", "finance"),
        ("车间电压不稳，想增容", "utilities"),
    ],
)
def test_the_likeliest_comes_first(text: str, code: str) -> None:
    assert suggest_topics(PLAN, text)[0].code == code


def test_nothing_is_suggested_for_nothing() -> None:
    assert suggest_topics(PLAN, "") == []
    assert suggest_topics(PLAN, "abc 123 😀") == []


def test_no_more_than_asked_for_and_of_the_kind() -> None:
    text = "路灯 道路 消防 违建 社保 招聘 培训"
    assert len(suggest_topics(PLAN, text)) == 3
    assert "illegal_building" not in [topic.code for topic in suggest_topics(PLAN, text, most=50)]
    assert all("problem" in topic.kinds for topic in suggest_topics(PLAN, text, "problem", most=50))


def test_full_width_letters_and_case_do_not_matter() -> None:
    topics = {topic.code: topic for topic in PLAN.topics}
    topic = topics["finance"].model_copy(update={"keywords": ("VOCs",)})
    plan = PLAN.model_copy(update={"topics": (topic,)})
    assert suggest_topics(plan, "ｖｏｃｓ 治理") == [topic]  # noqa: RUF001  full width on purpose
