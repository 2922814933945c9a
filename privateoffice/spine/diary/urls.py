"""Addresses of the diary."""

from django.urls import path

from privateoffice.spine.diary import views

app_name = "diary"

ONE = "diary/<int:year>/<int:number>/"
RUN = "diary/imports/<int:number>/"

urlpatterns = [
    path("diary/", views.week, name="week"),
    path("diary/imports/", views.imports, name="imports"),
    path("diary/to-look-at/", views.to_look_at, name="to_look_at"),
    path(RUN, views.one_import, name="import"),
    path(f"{RUN}look/", views.look, name="look"),
    path(f"{RUN}items/<int:place>/original/", views.item_original, name="item_original"),
    path(ONE, views.engagement, name="engagement"),
    path(f"{ONE}original/", views.original, name="original"),
]
