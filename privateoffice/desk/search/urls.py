"""Addresses of Search."""

from django.urls import path

from privateoffice.desk.search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/hits/", views.hits, name="hits"),
]
