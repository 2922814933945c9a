"""Addresses of Today: the first page of an office."""

from django.urls import path

from privateoffice.desk.today import views

app_name = "today"

urlpatterns = [
    path("", views.today, name="today"),
    path("put-off/", views.put_off, name="put_off"),
    path("put-off/<int:row>/back/", views.bring_back, name="bring_back"),
]
