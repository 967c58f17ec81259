"""Addresses of the papers."""

from django.urls import path

from qinqing.web.documents import issuing, paper, register

urlpatterns = [
    path("papers/", register.register, name="papers"),
    path("papers/<int:issue_id>/", paper.sheet, name="papers_sheet"),
    path("papers/<int:issue_id>/docx/", paper.docx, name="papers_docx"),
    path("papers/<int:issue_id>/pdf/", paper.pdf, name="papers_pdf"),
    path("papers/<int:issue_id>/number/", paper.number, name="papers_number"),
    path("cases/<int:case_id>/papers/", issuing.of_case, name="papers_case"),
    path("papers/new/<slug:subject>/<slug:kind>/<str:key>/", issuing.issue, name="papers_issue"),
]
