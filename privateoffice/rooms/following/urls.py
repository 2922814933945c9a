"""Addresses of the clocks of letters, contributions, and the figures."""

from django.urls import path

from privateoffice.rooms.following import views

app_name = "following"

LETTER = "mail/<int:year>/<int:number>/"
ASKED = f"{LETTER}contributions/<int:action_year>/<int:action_number>/"
DRAFT = "drafts/<int:year>/<int:number>/"
SENT = f"{DRAFT}contributions/<int:action_year>/<int:action_number>/<int:place>/"

urlpatterns = [
    path("owed/", views.clocks, name="clocks"),
    path("owed/figures/", views.figures, name="figures"),
    path("owed/figures/workbook/", views.figures_workbook, name="figures_workbook"),
    path(f"{LETTER}kind/", views.kind, name="kind"),
    path(f"{LETTER}acknowledgement/", views.acknowledgement, name="acknowledgement"),
    path(f"{LETTER}promise/", views.promise, name="promise"),
    path(f"{LETTER}holding/", views.holding, name="holding"),
    path(f"{LETTER}messages/<int:message>/no-reply/", views.no_reply, name="no_reply"),
    path(f"{LETTER}contributions/", views.contribution, name="contribution"),
    path(f"{ASKED}acceptance/", views.acceptance, name="acceptance"),
    path(f"{ASKED}again/", views.again, name="again"),
    path(f"{DRAFT}promised/", views.promised, name="promised"),
    path(f"{SENT}words/", views.words_of, name="words"),
    path(f"{SENT}papers/<int:paper>/", views.paper, name="paper"),
]
