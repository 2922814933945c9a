"""Addresses of handing over and handing back."""

from django.urls import path

from privateoffice.desk.handover import views

app_name = "handover"

ONE = "cover-notes/<int:year>/<int:number>/"

urlpatterns = [
    path("handover/", views.handover, name="handover"),
    path("handover/known/", views.known, name="known"),
    path("handover/<int:granted>/note/", views.write, name="write"),
    path(ONE, views.note, name="note"),
    path(f"{ONE}paper/", views.paper, name="paper"),
    path(f"{ONE}handing-back/", views.hand_back, name="hand_back"),
    path(f"{ONE}away/", views.away, name="away"),
    path(f"{ONE}return/", views.take_back, name="take_back"),
]
