"""Addresses of drafts."""

from django.urls import path

from privateoffice.spine.letters import views

app_name = "letters"

ONE = "drafts/<int:year>/<int:number>/"

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/begin/", views.begin, name="begin"),
    path("drafts/batch/", views.batch, name="batch"),
    path("drafts/lines/", views.lines, name="lines"),
    path("drafts/lines/<int:line>/", views.line_change, name="line_change"),
    path("drafts/templates/", views.templates, name="templates"),
    path("drafts/templates/<int:template>/", views.template_change, name="template_change"),
    path("drafts/word/", views.letterhead, name="letterhead"),
    path("drafts/word/file/", views.letterhead_file, name="letterhead_file"),
    path("drafts/authority/", views.authority, name="authority"),
    path("drafts/authority/settlement/", views.settlement, name="settlement"),
    path("drafts/authority/place/", views.place, name="place"),
    path(ONE, views.draft, name="draft"),
    path(f"{ONE}files/", views.files, name="files"),
    path(f"{ONE}files/<slug:digest>/", views.file, name="file"),
    path(f"{ONE}files/<slug:digest>/removal/", views.file_removal, name="file_removal"),
    path(f"{ONE}papers/", views.papers, name="papers"),
    path(
        f"{ONE}papers/<slug:place>/<int:held_year>/<int:held_number>/<slug:key>/",
        views.held_paper,
        name="held_paper",
    ),
    path(f"{ONE}papers/<int:message>/<int:place>/", views.kept_paper, name="kept_paper"),
    path(f"{ONE}lines/<int:line>/", views.line, name="line"),
    path(f"{ONE}letter/", views.letter, name="letter"),
    path(f"{ONE}acceptance/", views.acceptance, name="acceptance"),
    path(f"{ONE}going/", views.going, name="going"),
    path(f"{ONE}recall/", views.recall, name="recall"),
    path(f"{ONE}end/", views.end, name="end"),
]
