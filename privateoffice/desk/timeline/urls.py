"""Addresses of matters, and of what can be done with a record of any kind."""

from django.urls import path

from privateoffice.desk.timeline import views

app_name = "timeline"

ONE = "matters/<int:year>/<int:number>/"
ANY = "records/<path:record>/"

urlpatterns = [
    path("matters/", views.matters, name="matters"),
    path("matters/new/", views.new, name="new"),
    path(ONE, views.matter, name="matter"),
    path(f"{ONE}correction/", views.correction, name="correction"),
    path(f"{ONE}closing/", views.closing, name="closing"),
    path(f"{ONE}reopening/", views.reopening, name="reopening"),
    path(f"{ONE}records/", views.put_on, name="put_on"),
    path(f"{ONE}records/off/", views.take_off, name="take_off"),
    path("records/matter/", views.place, name="place"),
    path(f"{ANY}marking/", views.marking, name="marking"),
    path(f"{ANY}readers/", views.readers, name="readers"),
    path(f"{ANY}readers/everybody/", views.everybody, name="everybody"),
    path(f"{ANY}conflict/", views.conflict, name="conflict"),
    path(f"{ANY}hold/", views.hold, name="hold"),
    path(f"{ANY}hold/lifting/", views.lifting, name="lifting"),
    path(f"{ANY}link/", views.link, name="link"),
    path(f"{ANY}story/", views.story, name="story"),
]
