"""Meetings, publicity, alerts, errands, an accident and environment files of the demonstration town, by the real actions. All invented."""

from datetime import datetime, timedelta
from uuid import uuid4

from qinqing.accidents import actions as accidents
from qinqing.demo.cast import Cast
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.actions import files
from qinqing.environment.actions import papers, profile, yearly
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.outreach.actions import alerts, contacts, errands, meetings, messages, publicity
from qinqing.outreach.actions.alerts import Reply
from qinqing.outreach.actions.publicity import Answer
from qinqing.outreach.reads.targets import Target
from qinqing.people import reads as people

_EMITTING = {
    "演示车灯有限公司": ["emission", "hazardous_waste", "emission_list"],
    "演示喷涂有限公司": ["painting", "emission", "hazardous_waste", "emission_list"],
    "演示电镀有限公司": ["plating", "emission", "wastewater", "hazardous_waste", "emission_list"],
    "演示铝业有限公司": ["molten_metal", "emission", "emission_list"],
    "演示轮毂有限公司": ["molten_metal", "emission", "hazardous_waste", "emission_list"],
    "演示压铸有限公司": ["molten_metal", "emission"],
}
"""Which invented firms emit what."""


def tell(*, at: datetime) -> int:
    """Leave a few of each, some done, some waiting; return how many entries of outreach were made."""
    (scene := _Scene(at, at)).tag()
    for step in (steps := (_environment, _meetings, _publicity, _alerts, _errands, _contacts, _accident)):
        step(scene)
    return len(steps)


class _Scene(Cast):
    """A cast with firms by name and their lead officers."""

    def firm(self, name: str) -> int:
        return enterprises.by_exact_name(self.town.pk, name) or 0

    def officer(self, name: str) -> Actor:
        account = grids.lead_of(self.firm(name), self.until.date()) or 0
        return people.actor_of(people.posts_of(account, self.until.date())[0], via="job")

    def ago(self, **by: float) -> datetime:
        return self.until - timedelta(**by)

    def afternoon(self, *, days: int) -> datetime:
        """Return two o'clock of the last weekday so many days ago: when a village would meet."""
        day = self.ago(days=days).astimezone(SHANGHAI).replace(hour=14, minute=0)
        return day - timedelta(days=max(day.weekday() - 4, 0))

    def tag(self) -> None:
        for name, tags in _EMITTING.items():
            given = enterprises.of_town(self.town.pk, self.firm(name)).tags
            if more := [tag for tag in tags if tag not in given]:
                raw = {"tags": [*given, *more]}
                files.update(enterprise_id=self.firm(name), raw=raw, by=self.who("hub1"), at=self.ago(days=30))


def _environment(scene: _Scene) -> None:
    lamp, spray, plating = "演示车灯有限公司", "演示喷涂有限公司", "演示电镀有限公司"
    today = scene.until.date()
    cards: dict[str, dict[str, object]] = {
        lamp: {
            "process": "注塑—破碎回用—喷涂—镀铝—装配",
            "permit_class": "simple",
            "hazardous_codes": "HW49、HW12",
            "measures_orange": "溶剂型喷涂线停产，注塑错峰",
            "measures_red": "涉气工序全部停产",
        },
        spray: {
            "process": "前处理—喷粉—烘干",
            "permit_class": "key",
            "is_quarterly": True,
            "reports_since": f"{today.year}-01-01",
            "measures_yellow": "喷粉线限产百分之三十",
            "measures_orange": "喷粉线停产",
        },
        plating: {"process": "除油—酸洗—镀锌—钝化", "permit_class": "key", "measures_yellow": "酸洗槽降负荷"},
    }
    for name, raw in cards.items():
        by = scene.officer(name)
        profile.keep_profile(enterprise_id=scene.firm(name), raw=raw, by=by, at=scene.ago(days=20))
    by, firm = scene.officer(lamp), scene.firm(lamp)
    since = scene.ago(days=20)
    profile.keep_stage(
        enterprise_id=firm,
        name="喷涂房",
        pollutants="非甲烷总烃、颗粒物",
        facility="水帘+二级活性炭",
        principle="水帘除漆雾，活性炭吸附有机物，每季更换。",
        standard="大气污染物综合排放标准",
        situation="每天8小时，15米排气筒",
        by=by,
        at=since,
    )
    papers.keep_paper(
        enterprise_id=firm, kind="eia", number="示环审〔2019〕12号", whom="演示区生态环境局", by=by, at=since
    )
    papers.keep_paper(
        enterprise_id=firm, kind="discharge", number="示排许0001", ends_on=today + timedelta(days=26), by=by, at=since
    )
    papers.keep_paper(
        enterprise_id=firm,
        kind="hazardous",
        whom="演示固废处置有限公司",
        detail="HW49、HW12，年5吨",
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=165),
        by=by,
        at=since,
    )
    yearly.note_monitoring(
        enterprise_id=firm,
        done_on=today - timedelta(days=80),
        result="met",
        agency="演示检测有限公司",
        items="有组织废气",
        by=by,
        at=since,
    )


def _meetings(scene: _Scene) -> None:
    officer = scene.officer("演示车灯有限公司")
    own = list(enterprises.visible_to(officer).order_by("pk").values_list("pk", flat=True))
    for days, topic in ((92, "汛期安全生产例会"), (62, "节前安全生产例会"), (9, "岁末年初安全生产例会")):
        meetings.record_meeting(
            meeting_id=uuid4(),
            topic=topic,
            topics=["situation", "priorities", "law"],
            held_at=scene.afternoon(days=days + 1),
            where="村委会二楼会议室",
            text="通报近期事故，讲解岁末年初防火防爆要点，听取企业诉求。",
            attendance={firm: (place != 1, "负责人") for place, firm in enumerate(own)},
            by=officer,
            at=scene.ago(days=days),
        )


def _publicity(scene: _Scene) -> None:
    law = scene.who("zhifa1")
    leaflet = publicity.add_material(
        title="岁末年初消防安全提示",
        kind="leaflet",
        text="一、人走断电。\n二、疏散通道不堆物、不上锁。\n三、动火先审批，清可燃物，有人看护。",
        by=law,
        at=scene.ago(days=12),
    )
    rules = publicity.add_material(
        title="排污许可管理要点",
        kind="law",
        line="environment",
        text="持证排污、按证排污；按许可证要求开展自行监测、提交执行报告。",
        by=law,
        at=scene.ago(days=12),
    )
    batch = publicity.send_batch(
        material_ids=[leaflet.pk],
        target=Target(only_key=True),
        due_on=(scene.until + timedelta(days=5)).date(),
        by=law,
        at=scene.ago(days=10),
    )
    for name, way in (("演示喷涂有限公司", "signed"), ("演示电镀有限公司", "handed")):
        publicity.take_receipts(
            batch_id=batch.pk,
            answers=[Answer(scene.firm(name), way, "负责人")],
            by=scene.officer(name),
            at=scene.ago(days=8),
        )
    publicity.send_batch(material_ids=[rules.pk], target=Target(tag="emission"), by=law, at=scene.ago(days=2))


def _alerts(scene: _Scene) -> None:
    law = scene.who("zhifahead")
    first = alerts.start_alert(
        level="yellow",
        measures="涉气企业按清单限产，停止露天喷涂。",
        starts_at=scene.ago(days=16),
        by=law,
        at=scene.ago(days=16),
    )
    alerts.lift_alert(alert_id=first.pk, note="市里已解除", by=law, at=scene.ago(days=14))
    alert = alerts.start_alert(
        level="orange",
        measures="清单企业按“一厂一策”落实橙色预警措施，停止使用溶剂型涂料，国四以下货车不进出。",
        starts_at=scene.ago(hours=3),
        ends_at=scene.until + timedelta(days=2),
        by=law,
        at=scene.ago(hours=3),
    )
    for name, state, hours in (
        ("演示喷涂有限公司", "in_place", 1),
        ("演示铝业有限公司", "told", 2),
        ("演示轮毂有限公司", "unreached", 2),
    ):
        moment = scene.ago(hours=hours)
        alerts.reply(
            alert_id=alert.pk, replies=[Reply(scene.firm(name), state, moment)], by=scene.officer(name), at=moment
        )


def _errands(scene: _Scene) -> None:
    law, builder = scene.who("zhifahead"), scene.who("jianguan1")
    given = errands.give_errand(
        title="有限空间作业企业清点",
        text="逐家核对台账、警示标志和救援器材，有变化的在企业档案里改。",
        due_at=scene.until + timedelta(days=4),
        by=law,
        at=scene.ago(days=3),
    )
    errands.do_share(
        errand_id=given.pk, note="名下企业已清点，无变化。", by=scene.officer("演示车灯有限公司"), at=scene.ago(days=1)
    )
    errands.give_errand(
        title="工业厂房结构安全专项排查",
        text="重点看老厂房、加层、漏水裂缝。",
        line="building",
        external="房屋安全排查APP",
        whom="communities",
        community_ids=[scene.office("cun01"), scene.office("cun02")],
        due_at=scene.until + timedelta(days=9),
        by=builder,
        at=scene.ago(days=2),
    )


def _contacts(scene: _Scene) -> None:
    name = "演示车灯有限公司"
    officer, firm = scene.officer(name), scene.firm(name)
    contacts.note_contact(
        note_id=uuid4(),
        enterprise_id=firm,
        way="wechat",
        with_name="办公室",
        text="下月有客户验厂，问厂区外路面修补安排。",
        by=officer,
        at=scene.ago(days=1),
    )
    contacts.note_contact(
        note_id=uuid4(),
        enterprise_id=firm,
        way="phone",
        text="通知了岁末消防检查要点。",
        by=officer,
        at=scene.ago(days=4),
    )
    messages.send_message(
        enterprise_id=firm,
        text="请问橙色预警期间，水性漆喷涂可以做吗？",
        by=scene.who("owner01"),
        at=scene.ago(hours=2),
    )
    messages.send_message(
        enterprise_id=firm,
        text="水性漆可以，溶剂型要停。您在通知里点“已落实”就行。",
        by=officer,
        at=scene.ago(hours=1.5),
    )


def _accident(scene: _Scene) -> None:
    name = "演示压铸有限公司"
    officer, law = scene.officer(name), scene.who("zhifahead")
    made = accidents.report(
        accident_id=uuid4(),
        what="fire",
        enterprise_id=scene.firm(name),
        where="熔炼车间配电箱",
        casualties="none",
        text="配电箱冒烟，员工已用灭火器扑灭。",
        called=True,
        by=officer,
        at=scene.ago(days=6),
    )
    accidents.see(accident_id=made.pk, by=law, at=scene.ago(days=6) + timedelta(minutes=3))
    accidents.arrive(accident_id=made.pk, by=officer, at=scene.ago(days=6) + timedelta(minutes=12))
    accidents.note(
        accident_id=made.pk, kind="measure", text="已断电，疏散该车间二十余人，消防到场确认无复燃。", by=officer,
        at=scene.ago(days=6) + timedelta(minutes=25),
    )  # fmt: skip
    accidents.close(
        accident_id=made.pk,
        text="线路老化引起，无人员伤亡；责成企业更换线路。",
        by=law,
        at=scene.ago(days=6) + timedelta(hours=2),
    )
    accidents.note(
        accident_id=made.pk,
        kind="aftercare",
        text="回访企业，线路已更换，安抚当班员工。",
        by=officer,
        at=scene.ago(days=5),
    )
