"""Addresses of mailboxes, which the administrator looks after."""

from django.urls import path

from privateoffice.spine.mailboxes import views

app_name = "mailboxes"

ALL = "administration/mailboxes/"
ONE = f"{ALL}<slug:whose>/<slug:slug>/"

urlpatterns = [
    path(ALL, views.mailboxes, name="mailboxes"),
    path(f"{ALL}new/", views.add, name="add"),
    path(ONE, views.mailbox, name="mailbox"),
    path(f"{ONE}settings/", views.settings, name="settings"),
    path(f"{ONE}trial/", views.trial, name="trial"),
    path(f"{ONE}pause/", views.pause, name="pause"),
    path(f"{ONE}taking-up/", views.taking_up, name="taking_up"),
]
