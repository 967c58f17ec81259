"""Addresses of the book and its seals."""

from django.urls import path

from qinqing.web.ledger import entries, seals

urlpatterns = [
    path("entries/", entries.listing, name="ledger_entries"),
    path("entries/check/", entries.check, name="ledger_check"),
    path("seals/", seals.listing, name="ledger_seals"),
    path("seals/<str:day>/", seals.sheet, name="ledger_seal"),
]
