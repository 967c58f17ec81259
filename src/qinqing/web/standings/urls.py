"""Addresses of 红黑榜单."""

from django.urls import path

from qinqing.web.standings import export, lists, office, presses, sheet, typical

urlpatterns = [
    path("standings/", lists.standings, name="standings"),
    path("standings/calculate/", lists.calculate, name="standing_calculate"),
    path("standings/typical/", typical.typical, name="standing_typical"),
    path("standings/typical/take-up/", typical.take_up, name="standing_take_up"),
    path("standings/<int:listing_id>/", sheet.listing, name="standing"),
    path("standings/<int:listing_id>.xlsx", export.export, name="standing_export"),
    path("standings/<int:listing_id>/open/", presses.open_, name="standing_open"),
    path("standings/<int:listing_id>/drop/", presses.drop, name="standing_drop"),
    path("standings/<int:listing_id>/commend/", presses.commend, name="standing_commend"),
    path("standings/<int:listing_id>/submit/", presses.submit, name="standing_submit"),
    path("standings/<int:listing_id>/approve/", presses.approve, name="standing_approve"),
    path("standings/<int:listing_id>/send-back/", presses.send_back, name="standing_send_back"),
    path("standings/<int:listing_id>/publish/", presses.publish, name="standing_publish"),
    path("standings/appeals/<int:appeal_id>/rule/", presses.rule, name="standing_rule"),
    path("standings/offices/<int:score_id>/", office.score, name="standing_score"),
    path("standings/offices/<int:score_id>/cases/", office.cases, name="standing_cases"),
    path("standings/offices/<int:score_id>/appeal/", office.appeal, name="standing_appeal"),
    path("standings/offices/<int:score_id>/veto/", office.veto, name="standing_veto"),
]
