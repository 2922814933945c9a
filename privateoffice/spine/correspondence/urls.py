"""Addresses of mail."""

from django.urls import path

from privateoffice.spine.correspondence import views

app_name = "correspondence"

ONE = "mail/<int:year>/<int:number>/"
MESSAGE = f"{ONE}messages/<int:message>/"
ASK = f"{MESSAGE}asks/<int:ask>/"

urlpatterns = [
    path("mail/", views.conversations, name="conversations"),
    path("mail/imports/", views.imports, name="imports"),
    path("mail/imports/<int:number>/", views.one_import, name="import"),
    path("mail/imports/<int:number>/look/", views.look, name="look"),
    path("mail/answers/", views.answers, name="answers"),
    path(f"{MESSAGE}answers/<int:action_year>/<int:action_number>/", views.answer, name="answer"),
    path("mail/for-the-commander/", views.for_the_commander, name="for_the_commander"),
    path("mail/many/", views.many, name="many"),
    path("mail/rules/", views.rules, name="rules"),
    path("mail/rules/new/", views.rule_new, name="rule_new"),
    path("mail/rules/<int:rule>/", views.rule, name="rule"),
    path("mail/rules/<int:rule>/change/", views.rule_change, name="rule_change"),
    path("mail/rules/<int:rule>/trial/", views.rule_trial, name="rule_trial"),
    path("mail/rules/<int:rule>/proposing/", views.rule_proposing, name="rule_proposing"),
    path("mail/rules/<int:rule>/acting/", views.rule_acting, name="rule_acting"),
    path("mail/rules/<int:rule>/rest/", views.rule_rest, name="rule_rest"),
    path("mail/rules/<int:rule>/end/", views.rule_end, name="rule_end"),
    path(ONE, views.conversation, name="conversation"),
    path(f"{ONE}merging/", views.merging, name="merging"),
    path(f"{ONE}putting-back/<str:act>/", views.putting_back, name="putting_back"),
    path(f"{MESSAGE}splitting/", views.splitting_off, name="splitting_off"),
    path(f"{ONE}privacy/", views.privacy, name="privacy"),
    path(f"{MESSAGE}body/", views.body, name="body"),
    path(f"{MESSAGE}pictures/", views.pictures, name="pictures"),
    path(f"{MESSAGE}original/", views.original, name="original"),
    path(f"{MESSAGE}attachments/<int:place>/", views.attachment, name="attachment"),
    path(f"{MESSAGE}attachments/<int:place>/preview/", views.attachment_preview, name="preview"),
    path(f"{ASK}disposition/", views.disposition, name="disposition"),
    path(f"{ASK}undoing/", views.undoing, name="undoing"),
    path(f"{ASK}proposal/<int:rule>/", views.proposal, name="proposal"),
    path(f"{ASK}split/", views.split, name="split"),
    path(f"{ASK}enquiry/", views.enquiry, name="enquiry"),
    path(f"{ASK}action/", views.action, name="action"),
    path(f"{ASK}engagement/", views.engagement, name="engagement"),
    path(f"{ASK}redirection/", views.redirection, name="redirection"),
    path(f"{ASK}filing/", views.filing, name="filing"),
    path(f"{ASK}waiting/", views.waiting, name="waiting"),
    path(f"{ASK}commander/", views.commander, name="commander"),
    path(f"{ASK}put-off/", views.put_off, name="put_off"),
    path(f"{ASK}reading/", views.reading, name="reading"),
    path(f"{ASK}sight/", views.sight, name="sight"),
    path(f"{ASK}ruling/", views.ruling, name="ruling"),
    path(f"{ASK}otherwise/", views.otherwise, name="otherwise"),
]
