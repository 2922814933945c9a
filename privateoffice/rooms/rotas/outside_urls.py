"""Addresses outside every office: what links in mails and calendar programs open."""

from django.urls import path

from privateoffice.rooms.rotas.views import outside

app_name = "duties"

urlpatterns = [
    path("duties/<str:secret>/", outside.by_link, name="by_link"),
    path("feeds/<str:secret>.ics", outside.feed, name="feed"),
]
