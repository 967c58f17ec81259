"""A special campaign of the demonstration town, half done, by the real actions. All invented."""

from datetime import datetime, timedelta

from qinqing.campaigns.actions import close_campaign, open_campaign
from qinqing.demo.cast import Cast
from qinqing.outreach.reads.targets import Target


def tell(*, at: datetime) -> None:
    """Leave one campaign under way and one summed up."""
    cast = Cast(at, at)
    hub = cast.who("hub1")
    done = open_campaign(
        name="重点行业企业走访服务（演示）",
        basis="演示镇企业联系服务机制工作方案",
        starts_on=(at - timedelta(days=35)).date(),
        ends_on=(at - timedelta(days=9)).date(),
        target=Target(only_key=True),
        text="问用电、用工、用地有什么困难，能当场答复的当场答复。",
        by=hub,
        at=at - timedelta(days=36),
        is_demo=True,
    )
    close_campaign(
        campaign_id=done.pk,
        summary="走访中企业主要反映错峰用电和夜班交通，已按诉求分别交办；没有走访到的企业结合本季度巡查补上。（演示）",
        by=hub,
        at=at - timedelta(days=7),
    )
    open_campaign(
        name="岁末年初安全走访（演示）",
        basis="镇安委办通知（演示）",
        starts_on=(at - timedelta(days=40)).date(),
        ends_on=(at + timedelta(days=30)).date(),
        target=Target(),
        text="结合日常巡查进行，重点看消防通道、用电和有限空间；问企业有什么要帮助的。",
        by=hub,
        at=at - timedelta(days=41),
        is_demo=True,
    )
