"""The data of the two papers of a finding: 劝导告知单 and 整改告知. Another folder draws them.

An officer's patrol is no inspection: the papers state what was seen, advise, and say that they are no basis of a penalty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qinqing.findings.models import Finding
from qinqing.findings.words import Level
from qinqing.kernel.clock import SHANGHAI

DISCLAIMER = "本单为网格巡查告知，不作为行政处罚依据。"


@dataclass(frozen=True)
class AdvicePaper:
    """劝导告知单: when and where, the neutral fact, the advice, and what it is not."""

    number: str
    enterprise: str
    place: str
    at: datetime
    fact: str
    advice: str
    deadline: date | None
    told: str
    officer: str
    office: str
    photos: tuple[UUID, ...]
    disclaimer: str = DISCLAIMER


@dataclass(frozen=True)
class NoticeItem:
    """One hazard of a rectification notice."""

    number: str
    category: str
    level: str
    place: str
    fact: str
    advice: str
    deadline: date | None
    is_fixed: bool
    follower: str


@dataclass(frozen=True)
class RectificationNotice:
    """整改告知: all hazards of one visit, each with its advice and its day."""

    enterprise: str
    at: datetime
    officer: str
    office: str
    items: tuple[NoticeItem, ...]
    disclaimer: str = DISCLAIMER


def paper_of_advice(finding: Finding) -> AdvicePaper:
    """Return what stands on the 劝导告知单 of a finding the asker may see.

    Source: 附2安-(5)a, 二(二)2-问题-网格-告知.
    """
    return AdvicePaper(
        number=finding.number,
        enterprise=finding.enterprise.name,
        place=finding.place_text,
        at=finding.made_at.astimezone(SHANGHAI),
        fact=f"走访时看到：{finding.text}",
        advice=finding.advice or "请尽快核对并消除隐患，消除前采取防护措施。",
        deadline=finding.deadline,
        told=stop_words(finding),
        officer=finding.found_by_name,
        office=finding.found_office.name if finding.found_office else "",
        photos=tuple(UUID(one) for one in finding.photos),
    )


def rectification_notice(findings: Sequence[Finding]) -> RectificationNotice:
    """Return what stands on the rectification notice of a visit's findings, which the asker may see; at least one.

    Source: 附2安-(5)b.
    """
    first = findings[0]
    return RectificationNotice(
        enterprise=first.enterprise.name,
        at=first.made_at.astimezone(SHANGHAI),
        officer=first.found_by_name,
        office=first.found_office.name if first.found_office else "",
        items=tuple(
            NoticeItem(
                number=row.number,
                category=row.category_name,
                level=Level.label_of(row.level),
                place=row.place_text,
                fact=row.text,
                advice=row.advice,
                deadline=row.deadline,
                is_fixed=row.is_fixed_on_spot,
                follower=row.owner_office.name,
            )
            for row in findings
        ),
    )


def stop_words(finding: Finding) -> str:
    """Return in a sentence who was told to stop, when, how, and what the firm did; "" where nothing is known."""
    stop = finding.stop or {}
    if stop.get("response") in ("stopped", "refused"):
        told = datetime.fromisoformat(stop["at"]).astimezone(SHANGHAI) if stop.get("at") else None
        when = f"{told:%m月%d日 %H:%M}" if told else ""
        did = {"stopped": "企业已停止", "refused": "企业未停止"}.get(stop["response"], "")
        return f"{when}{stop.get('way', '')}告知{stop.get('whom', '')}停止，{did}。"
    return f"未能当场告知：{stop['why_not']}。" if stop.get("why_not") else ""
