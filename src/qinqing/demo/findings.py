"""Findings, buildings and a 两违 of the demonstration town, told through the real actions. All invented."""

import io
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from PIL import Image, ImageDraw

from qinqing.demo.cast import Cast
from qinqing.evidence import actions as evidence
from qinqing.findings import actions
from qinqing.findings.rules.shape import Stop
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.people import reads as people

_SIZE = (320, 240)
_BEFORE, _AFTER = "#b7a58a", "#8fae9b"


def tell(*, at: datetime) -> int:
    """Leave findings in every state, two buildings and a 两违; return how many findings."""
    stories = [_open, _claimed, _passed, _overdue, _grave, _judged, _handed_over, _illegal, _unsent]
    scene = _Scene(at, at)
    for story in stories:
        scene.at = at
        story(scene)
    _buildings(scene)
    return len(stories)


class _Scene(Cast):
    """A cast with the officers of the firms, and a camera that draws."""

    def firm(self, owner: str) -> int:
        return self.who(owner).enterprise_id or 0

    def officer(self, owner: str) -> Actor:
        """Return the lead officer of an owner's firm."""
        account = grids.lead_of(self.firm(owner), self.until.date()) or 0
        posts = people.posts_of(account, self.until.date())
        return people.actor_of(posts[0], via="job")

    def head(self, owner: str) -> Actor:
        """Return the head of the village an owner's firm lies in."""
        return self.who(f"{people.office(self.officer(owner).office_id or 0).code}head")

    def shot(self, by: Actor, colour: str = _BEFORE) -> UUID:
        """Take a picture: a drawn corner of a hall, nobody's real one."""
        picture = Image.new("RGB", _SIZE, colour)
        pen = ImageDraw.Draw(picture)
        pen.polygon([(0, 240), (110, 140), (210, 140), (320, 240)], fill="#6d6a63")
        pen.rectangle([60, 150, 130, 200] if colour == _BEFORE else [20, 210, 45, 225], fill="#4e5b60")
        pen.rectangle([0, 0, 320, 18], fill="#3d4a4f")
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=60)
        return evidence.receive_upload("演示照片.jpg", io.BytesIO(out.getvalue()), by=by, at=self.at)

    def find(self, owner: str, text: str, *, days_ago: float = 0, shots: int = 0, **more: object) -> int:
        """Let the firm's officer write a finding down some days ago."""
        self.at = self.morning(days_ago)
        by = self.officer(owner)
        made = actions.register(
            enterprise_id=self.firm(owner),
            text=text,
            photos=[self.shot(by) for _ in range(shots)],
            by=by,
            at=self.at,
            **more,  # type: ignore[arg-type]  # of register's own
        )
        return made.pk

    def morning(self, days_ago: float) -> datetime:
        """Return a working hour so many days ago, never later than the present."""
        then = (self.until - timedelta(days=days_ago)).replace(hour=10, minute=20)
        return min(then, self.until - timedelta(minutes=30))

    def follow(self, finding: int, kind: str, by: Actor, text: str, *, after: float = 1, **more: object) -> None:
        """Let somebody follow it some days later."""
        self.pass_time(days=after)
        actions.follow_up(finding_id=finding, kind=kind, text=text, by=by, at=self.at, **more)  # type: ignore[arg-type]

    def stopped(self, whom: str) -> Stop:
        """Return a stop notice of this moment."""
        return Stop(whom=whom, at=self.at, way="当面", response="stopped")


def _open(scene: _Scene) -> None:
    scene.find(
        "owner01",
        "冲压车间一台冲床光电保护疑似失灵，伸手时没有停机。",
        days_ago=13,
        shots=1,
        category="safety",
        place_text="冲压车间3号机",
        advice="请停用这台冲床并报修，修好试过再用。",
    )


def _claimed(scene: _Scene) -> None:
    made = scene.find(
        "owner02",
        "成品仓库安全出口上方指示灯不亮。",
        days_ago=6,
        shots=1,
        category="fire",
        place_text="成品仓库北门",
        advice="请更换指示灯，更换前派人值守。",
    )
    owner = scene.who("owner02")
    scene.follow(
        made,
        "rectified_claim",
        owner,
        "昨天换了两盏新的指示灯，试过都亮。",
        after=4,
        photos=[scene.shot(owner, _AFTER)],
    )


def _passed(scene: _Scene) -> None:
    made = scene.find(
        "owner03",
        "危废仓库标识牌脱落，台账停在上个月。",
        days_ago=16,
        shots=1,
        category="environment",
        place_text="危废仓库",
        advice="请挂好标识牌，补齐台账。",
    )
    owner, officer = scene.who("owner03"), scene.officer("owner03")
    scene.follow(made, "rectified_claim", owner, "标识牌已挂好，台账补到今天。", after=5)
    scene.follow(made, "recheck_pass", officer, "标识牌挂好，台账连续。", after=2, photos=[scene.shot(officer, _AFTER)])


def _overdue(scene: _Scene) -> None:
    scene.find(
        "owner05",
        "灭火器压力指针在红区，共四具。",
        days_ago=22,
        category="fire",
        place_text="一楼走廊",
        advice="请尽快检修或更换。",
    )


def _grave(scene: _Scene) -> None:
    scene.at = scene.morning(0.2)
    scene.find(
        "owner07",
        "打磨间粉尘积得厚，除尘系统没有开，疑似粉尘爆炸隐患。",
        days_ago=0.2,
        shots=2,
        category="safety",
        level="grave",
        place_text="打磨间",
        advice="请立即停止打磨，清扫干净、开启除尘后再恢复。",
        stop=scene.stopped("演示厂长"),
    )


def _judged(scene: _Scene) -> None:
    scene.at = scene.morning(9)
    made = scene.find(
        "owner11",
        "有限空间作业没有通风检测记录，现场没有监护人。",
        days_ago=9,
        category="safety",
        level="grave",
        place_text="污水池",
        advice="请立即停止作业，检测合格、有人监护再进入。",
        stop=scene.stopped("演示车间主任"),
    )
    law, owner = scene.who("zhifa1"), scene.who("owner11")
    until = (scene.until + timedelta(days=4)).astimezone(SHANGHAI).date()
    scene.follow(made, "judged", law, "对照判定标准，属于重大事故隐患。", after=1, level="major", until=until)
    scene.follow(made, "rectified_claim", owner, "已买检测仪，明确监护人，补了审批单。", after=5)


def _handed_over(scene: _Scene) -> None:
    made = scene.find(
        "owner13",
        "氧气瓶和乙炔瓶放在一起，没有固定。",
        days_ago=30,
        category="safety",
        place_text="维修间",
        advice="请分开存放并固定。",
    )
    officer = scene.officer("owner13")
    until = (scene.until - timedelta(days=6)).astimezone(SHANGHAI).date()
    scene.follow(made, "recheck_fail", officer, "气瓶还放在一起，只固定了一只。", after=14, until=until)
    scene.follow(made, "transferred", officer, "劝导两次、延期一次，仍没有整改。", after=11)


def _illegal(scene: _Scene) -> None:
    scene.at = scene.morning(3)
    officer = scene.officer("owner17")
    actions.register_illegal(
        enterprise_id=scene.firm("owner17"),
        text="厂区北侧围墙外搭建彩钢棚，疑似没有手续。",
        kind="building",
        location="厂区北侧围墙外",
        area_m2=None,
        stage="frame",
        source="tip",
        source_no="演示举报0012",
        photos=[scene.shot(officer), scene.shot(officer)],
        stop=scene.stopped("演示厂长"),
        by=officer,
        at=scene.at,
    )


def _unsent(scene: _Scene) -> None:
    """A phone sends a problem without a stop notice: it is taken in, and the office has to complete it."""
    actions.open_from_visit(
        {
            "id": str(uuid4()),
            "category": "fire",
            "level": "minor",
            "text": "车间南门从外面上了锁，疑似影响疏散。",
            "advice": "请打开并保持畅通。",
            "is_problem": True,
            "place_text": "车间南门",
        },
        visit_id=uuid4(),
        enterprise_id=scene.firm("owner21"),
        made_at=scene.at,
        by=scene.officer("owner21"),
        at=scene.at,
    )


def _buildings(scene: _Scene) -> None:
    scene.at = scene.morning(48)
    by = scene.officer("owner29")
    made = actions.register_building(
        enterprise_id=scene.firm("owner29"),
        details={
            "name": "老电镀车间",
            "owner": "示范村集体资产管理（演示）",
            "user": "演示电镀有限公司",
            "land_type": "collective",
            "structure": "masonry",
            "floors": 2,
            "hazard": "东墙斜裂缝约两米，屋面渗水。",
        },
        photos=[scene.shot(by)],
        by=by,
        at=scene.at,
    )
    done = partial(scene.pass_time, days=2)
    done()
    actions.tell_building(
        building_id=made.pk,
        text="当面送达告知单，请尽快委托鉴定。",
        owner_at=scene.at,
        user_at=scene.at,
        by=by,
        at=scene.at,
    )
    done()
    actions.appraise_building(
        building_id=made.pk,
        grade="C",
        on=scene.at.astimezone(SHANGHAI).date(),
        appraiser="演示房屋鉴定机构",
        report_no="演鉴〔2026〕021号",
        by=scene.head("owner29"),
        at=scene.at,
    )
    by = scene.officer("owner36")
    actions.register_building(
        enterprise_id=scene.firm("owner36"),
        details={
            "name": "二号厂房加层",
            "owner": "演示置业（虚构）",
            "user": "演示注塑厂",
            "hazard": "屋面加层，下层梁有裂缝。",
        },
        by=by,
        at=scene.until,
    )
