"""Addresses of day packs."""

from django.urls import path

from privateoffice.desk.daypack import views

app_name = "daypack"

urlpatterns = [
    path("day-packs/", views.packs, name="packs"),
    path("day-packs/new/", views.new, name="new"),
    path("day-packs/<int:year>/<int:number>/", views.pack, name="pack"),
    path("day-packs/<int:year>/<int:number>/paper/", views.paper, name="paper"),
]
