"""Addresses of enquiries."""

from django.urls import path

from privateoffice.rooms.enquiries import views

app_name = "enquiries"

ONE = "enquiries/<int:year>/<int:number>/"

urlpatterns = [
    path("enquiries/", views.enquiries, name="enquiries"),
    path("enquiries/new/", views.new, name="new"),
    path("enquiries/callers/", views.callers, name="callers"),
    path("enquiries/advice/", views.advice, name="advice"),
    path("enquiries/figures/", views.figures, name="figures"),
    path(ONE, views.enquiry, name="enquiry"),
    path(f"{ONE}acknowledgement/", views.acknowledgement, name="acknowledgement"),
    path(f"{ONE}resolution/", views.resolution, name="resolution"),
    path(f"{ONE}redirection/", views.redirection, name="redirection"),
    path(f"{ONE}acceptance/", views.acceptance, name="acceptance"),
    path(f"{ONE}recall/", views.recall, name="recall"),
    path(f"{ONE}chaser/", views.chaser, name="chaser"),
    path(f"{ONE}reopening/", views.reopening, name="reopening"),
    path(f"{ONE}promise/", views.promise, name="promise"),
    path(f"{ONE}kind/", views.kind, name="kind"),
    path(f"{ONE}owner/", views.owner, name="owner"),
    path(f"{ONE}note/", views.note, name="note"),
    path(f"{ONE}split/", views.split, name="split"),
    path(f"{ONE}correction/", views.correction, name="correction"),
]
