"""Addresses of the statistics."""

from django.urls import path

from qinqing.web.statistics import annual, behind, tables, trend

urlpatterns = [
    path("statistics/", tables.statistics, name="statistics"),
    path("statistics.xlsx", tables.export, name="statistics_export"),
    path("statistics/months/", trend.months, name="statistics_months"),
    path("statistics/cases/", behind.cases, name="statistics_cases"),
    path("statistics/annual/", annual.annual, name="statistics_annual"),
    path("statistics/annual.xlsx", annual.export, name="statistics_annual_export"),
]
