"""Addresses of the register of retention."""

from django.urls import path

from privateoffice.desk.retention import views

app_name = "retention"

urlpatterns = [
    path("retention/", views.register, name="register"),
    path("retention/held/", views.held, name="held"),
    path("retention/decided/", views.decided, name="decided"),
    path("retention/decision/", views.decision, name="decision"),
    path("retention/kinds/<slug:kind>/", views.kind, name="kind"),
]
