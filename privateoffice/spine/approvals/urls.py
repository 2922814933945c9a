"""Addresses of approvals."""

from django.urls import path

from privateoffice.spine.approvals import views

app_name = "approvals"

ONE = "approvals/<int:year>/<int:number>/"

urlpatterns = [
    path("approvals/", views.approvals, name="approvals"),
    path("approvals/new/", views.new, name="new"),
    path("approvals/many/", views.many, name="many"),
    path("approvals/delegations/", views.delegations, name="delegations"),
    path("approvals/delegations/<int:delegation>/revocation/", views.revocation, name="revocation"),
    path(ONE, views.submission, name="submission"),
    path(f"{ONE}approval/", views.approval, name="approval"),
    path(f"{ONE}return/", views.return_, name="return"),
    path(f"{ONE}amendment/", views.amendment, name="amendment"),
    path(f"{ONE}withdrawal/", views.withdrawal, name="withdrawal"),
    path(f"{ONE}paper/", views.paper, name="paper"),
    path(f"{ONE}files/<int:version>/<int:position>/", views.attachment, name="attachment"),
]
