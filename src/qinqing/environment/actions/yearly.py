"""What comes round: self-monitoring and 执行报告."""

from datetime import date, datetime

from django.db import transaction

from qinqing.enterprises import values
from qinqing.environment import facts, policy, reads
from qinqing.environment.actions import writing
from qinqing.environment.models import Monitoring, SentReport
from qinqing.environment.words import Result
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate


def note_monitoring(
    *,
    enterprise_id: int,
    done_on: date,
    result: str,
    by: Actor,
    at: datetime,
    agency: str = "",
    items: str = "",
    number: str = "",
) -> Monitoring:
    """Register that a firm monitored itself; it counts for the year of `done_on`.

    Raises:
        NotFound: not a firm he may see. NotAllowed: he may only read it. Refused: a day to come, an unknown result.

    Source: 附2环-(6)a.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        _require_past(done_on, at, "done_on")
        if result not in dict(Result.choices()):
            raise Refused("unknown_choice", "请选择监测结果。", field="result")
        row = Monitoring.objects.create(
            enterprise=enterprise,
            year=done_on.year,
            done_on=done_on,
            agency=values.line("agency", agency, 120),
            items=values.line("items", items, 200),
            result=result,
            number=values.line("number", number, 80),
            kept_by=writing.signature(by),
            kept_at=at,
        )
        told = facts.Monitored(
            enterprise=enterprise.name, done_on=f"{done_on}", agency=row.agency, result=Result.label_of(result)
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附2环-(6)a")
    return row


def note_report(
    *, enterprise_id: int, period: str, sent_on: date, by: Actor, at: datetime, number: str = ""
) -> SentReport:
    """Register that a 执行报告 was uploaded to the state's platform: the period, the day, the receipt's number.

    Raises:
        NotFound: not a firm he may see. NotAllowed: he may only read it.
        Refused: a report the firm does not owe, a day to come. TooLate: registered already.

    Source: 附2环-(6)b.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        owed = {line.report.code: line.report for line in reads.reports_of(enterprise_id, today=at.date())}
        if period not in owed:
            raise Refused("not_owed", "按排污许可类别，这家企业没有这一期执行报告。", field="period")
        _require_past(sent_on, at, "sent_on")
        if SentReport.objects.filter(enterprise=enterprise, period=period).exists():
            raise TooLate("already_sent", f"{owed[period].label}已经登记过上传。")
        row = SentReport.objects.create(
            enterprise=enterprise,
            period=period,
            sent_on=sent_on,
            number=values.line("number", number, 80),
            kept_by=writing.signature(by),
            kept_at=at,
        )
        told = facts.ReportSent(
            enterprise=enterprise.name,
            period=period,
            report=owed[period].label,
            sent_on=f"{sent_on}",
            number=row.number,
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附2环-(6)b")
    return row


def _require_past(day: date, at: datetime, field: str) -> None:
    if day > at.date():
        raise Refused("day_to_come", "日期不能晚于今天。", field=field)
