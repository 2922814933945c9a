"""The whole house's addresses: the program's own, then each office's rooms."""

from django.urls import include, path

OFFICE = "<slug:office>/"

handler404 = "privateoffice.foundations.ui.failures.not_found"
handler500 = "privateoffice.foundations.ui.failures.broken"

urlpatterns = [
    path("", include("privateoffice.program.urls")),
    path("", include("privateoffice.foundations.ui.urls")),
    path("sign-in/", include("privateoffice.program.sign_in_urls")),
    path("", include("privateoffice.rooms.rotas.outside_urls")),
    path("", include("privateoffice.spine.mailboxes.urls")),
    path("", include("privateoffice.desk.administration.urls")),  # before the offices: none is called so
    path(OFFICE, include("privateoffice.desk.today.urls")),
    path(OFFICE, include("privateoffice.desk.daypack.urls")),
    path(OFFICE, include("privateoffice.spine.diary.urls")),
    path(OFFICE, include("privateoffice.desk.search.urls")),
    path(OFFICE, include("privateoffice.desk.timeline.urls")),
    path(OFFICE, include("privateoffice.desk.retention.urls")),
    path(OFFICE, include("privateoffice.desk.ledger.urls")),
    path(OFFICE, include("privateoffice.desk.handover.urls")),
    path(OFFICE, include("privateoffice.spine.actions.urls")),
    path(OFFICE, include("privateoffice.spine.approvals.urls")),
    path(OFFICE, include("privateoffice.spine.deliveries.urls")),
    path(OFFICE, include("privateoffice.rooms.following.urls")),
    path(OFFICE, include("privateoffice.spine.letters.urls")),
    path(OFFICE, include("privateoffice.spine.correspondence.urls")),
    path(OFFICE, include("privateoffice.rooms.enquiries.urls")),
    path(OFFICE, include("privateoffice.rooms.rotas.urls")),
]
