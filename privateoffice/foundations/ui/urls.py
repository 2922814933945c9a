"""Addresses of the look itself."""

from django.urls import path

from privateoffice.foundations.ui import views

app_name = "ui"

urlpatterns = [
    path("offices.css", views.offices_css, name="offices_css"),
    path("keys/", views.preferences, name="preferences"),
    path("components/", views.components, name="components"),
    path("<slug:office>/standing/", views.standing, name="standing"),
]
