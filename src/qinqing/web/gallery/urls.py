"""The gallery."""

from django.urls import path

from qinqing.web.gallery import gallery

urlpatterns = [path("parts/", gallery.gallery, name="parts"), path("parts/form/", gallery.form, name="parts_form")]
