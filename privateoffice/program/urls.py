"""Addresses that belong to no office."""

from django.urls import path

from privateoffice.program import views

app_name = "program"

urlpatterns = [
    path("", views.home, name="home"),
    path("setup/<str:secret>/", views.setup, name="setup"),
    path("health/", views.health, name="health"),
]
