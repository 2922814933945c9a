"""Addresses of the outbox."""

from django.urls import path

from privateoffice.spine.deliveries import views

app_name = "deliveries"

ONE = "deliveries/<int:year>/<int:number>/"

urlpatterns = [
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/hold/", views.hold_all, name="hold_all"),
    path(ONE, views.delivery, name="delivery"),
    path(f"{ONE}withdrawal/", views.withdrawal, name="withdrawal"),
    path(f"{ONE}hold/", views.hold, name="hold"),
    path(f"{ONE}release/", views.release, name="release"),
    path(f"{ONE}again/", views.again, name="again"),
    path(f"{ONE}settlement/", views.settlement, name="settlement"),
    path(f"{ONE}surrender/", views.surrender, name="surrender"),
    path(f"{ONE}seen-to/", views.seen_to, name="seen_to"),
    path(f"{ONE}files/<int:position>/", views.enclosed, name="enclosed"),
]
