"""Addresses of mailboxes, which the administrator looks after."""

from django.urls import path

from privateoffice.spine.mailboxes import views

app_name = "mailboxes"

ALL = "administration/mailboxes/"
OWN = "<slug:office>/microsoft-365/"
ONE = f"{ALL}<slug:whose>/<slug:slug>/"

urlpatterns = [
    path(ALL, views.mailboxes, name="mailboxes"),
    path(f"{ALL}new/", views.add, name="add"),
    path(ONE, views.mailbox, name="mailbox"),
    path(f"{ONE}settings/", views.settings, name="settings"),
    path(f"{ONE}trial/", views.trial, name="trial"),
    path(f"{ONE}pause/", views.pause, name="pause"),
    path(f"{ONE}taking-up/", views.taking_up, name="taking_up"),
    path(f"{ONE}tenant/", views.tenant, name="tenant"),
    path(f"{ONE}probe/", views.probe, name="probe"),
    path("notifications/microsoft-365/", views.notifications, name="notifications"),
    path(OWN, views.own_sign_ins, name="own_sign_ins"),
    path(f"{OWN}signed-in/", views.signed_in, name="signed_in"),
    path(f"{OWN}<slug:slug>/end/", views.end_sign_in, name="end_sign_in"),
]
