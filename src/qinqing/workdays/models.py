"""The calendar of the State Council's notices: nationwide, one for all towns."""

from django.db import models
from django.db.models import Q

from qinqing.workdays.words import Mark


class Notice(models.Model):
    """One import of a year's notice. Rows are only added: the newest of a year is in force, older ones are its history.

    A year with a notice is confirmed; any other is 暂定. The newest id is the version of the whole calendar.
    """

    year = models.PositiveSmallIntegerField("年份")
    papers = models.TextField("依据", blank=True)
    digest = models.CharField("内容摘要", max_length=64)
    confirmed_at = models.DateTimeField("录入时间", null=True)
    """None: came with the system."""
    confirmed_by = models.CharField("录入人", max_length=60)

    class Meta:
        indexes = [models.Index(fields=["year"], name="notice_year")]

    def __str__(self) -> str:
        return f"{self.year}年放假安排"


class CalendarDay(models.Model):
    """A day that a notice moves. December and January days may stand in two years' notices: the later year's decides."""

    notice_year = models.PositiveSmallIntegerField("通知年份")
    on = models.DateField("日期")
    mark = models.CharField("放假或上班", max_length=8, choices=Mark.choices())
    label = models.CharField("节日", max_length=20)

    class Meta:
        ordering = ["notice_year", "on"]
        constraints = [
            models.UniqueConstraint(fields=["notice_year", "on"], name="calendar_day_once_per_notice"),
            models.CheckConstraint(condition=Q(mark__in=[mark.value for mark in Mark]), name="calendar_day_mark_known"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.label}{Mark.label_of(self.mark)}"
