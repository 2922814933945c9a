"""Addresses of the register of actions."""

from django.urls import include, path

from privateoffice.spine.actions.views import acts, assigning, register
from privateoffice.spine.actions.views.action import action

app_name = "actions"

of_one = [
    path("", action, name="action"),
    path("words/", acts.words_of, name="words"),
    path("date/", acts.date_of, name="date"),
    path("owner/", acts.owner_of, name="owner"),
    path("risk/", acts.risk, name="risk"),
    path("risk/end/", acts.on_track, name="on_track"),
    path("note/", acts.note, name="note"),
    path("discharge/", acts.discharge, name="discharge"),
    path("acceptance/", acts.acceptance, name="acceptance"),
    path("return/", acts.send_back, name="return"),
    path("withdrawal/", acts.withdrawal, name="withdrawal"),
    path("reopening/", acts.reopening, name="reopening"),
    path("nudge/", acts.nudge, name="nudge"),
    path("pause/", acts.pause, name="pause"),
    path("pause/end/", acts.resumption, name="resumption"),
]

urlpatterns = [
    path("actions/", register.register, name="register"),
    path("actions/mine/", register.mine, name="mine"),
    path("actions/new/", assigning.assign, name="assign"),
    path("actions/people/", assigning.people, name="people"),
    path("actions/leaver/", assigning.leaver, name="leaver"),
    path("actions/<int:year>/<int:number>/", include(of_one)),
]
