"""Addresses of the ledger and the board."""

from django.urls import path

from privateoffice.desk.ledger import views

app_name = "ledger"

urlpatterns = [
    path("ledger/", views.day, name="day"),
    path("ledger/lines/", views.lines, name="lines"),
    path("board/", views.board, name="board"),
    path("ledger/adrift/", views.adrift, name="adrift"),
]
