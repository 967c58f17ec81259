"""Addresses of 催办督办."""

from django.urls import path

from qinqing.web.supervision import listing, order, proposal

urlpatterns = [
    path("supervision/", listing.waiting, name="supervision"),
    path("supervision/settled/", listing.settled, name="supervision_settled"),
    path("supervision/<int:order_id>/", order.sheet, name="supervision_order"),
    path("supervision/<int:order_id>/reply/", order.reply, name="supervision_reply"),
    path("supervision/<int:order_id>/cancel/", order.cancel, name="supervision_cancel"),
    path("supervision/proposals/<int:order_proposal_id>/", proposal.sheet, name="supervision_proposal"),
    path("supervision/proposals/<int:order_proposal_id>/dismiss/", proposal.dismiss, name="supervision_dismiss"),
]
