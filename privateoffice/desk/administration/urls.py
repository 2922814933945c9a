"""Addresses of administration for the whole house, then of people and cover in an office."""

from django.urls import path

from privateoffice.desk.administration.views import (
    accounts,
    cover,
    holders,
    house,
    importing,
    jobs,
    keeping,
    people,
    signings_in,
    staff,
)

app_name = "administration"

HOUSE, OFFICE = "administration/", "<slug:office>/"
ONE_OFFICE = f"{HOUSE}offices/<slug:slug>/"
ONE_OF_STAFF = f"{HOUSE}people/<str:mark>/"
ONE_PERSON = f"{OFFICE}people/<str:mark>/"

urlpatterns = [
    path(HOUSE, house.overview, name="administration"),
    path(f"{HOUSE}offices/", house.offices, name="offices"),
    path(f"{HOUSE}offices/new/", house.add, name="add_office"),
    path(ONE_OFFICE, house.office, name="office"),
    path(f"{ONE_OFFICE}settings/", house.settings, name="settings"),
    path(f"{ONE_OFFICE}holders/new/", holders.appointment, name="appointment"),
    path(f"{ONE_OFFICE}cover/new/", cover.house_grant, name="house_grant"),
    path(f"{HOUSE}administrators/", holders.administrators, name="administrators"),
    path(f"{HOUSE}administrators/new/", holders.administrator, name="administrator"),
    path(f"{HOUSE}holders/<int:held>/end/", holders.relief, name="relief"),
    path(f"{HOUSE}keeping/", keeping.keeping, name="keeping"),
    path(f"{HOUSE}keeping/heads.pdf", keeping.heads, name="heads"),
    path(f"{HOUSE}jobs/", jobs.jobs, name="jobs"),
    path(f"{HOUSE}jobs/go/", jobs.let_all_go, name="let_all_jobs_go"),
    path(f"{HOUSE}jobs/<uuid:job>/again/", jobs.again, name="job_again"),
    path(f"{HOUSE}jobs/<uuid:job>/go/", jobs.let_go, name="let_job_go"),
    path(f"{HOUSE}jobs/<uuid:job>/away/", jobs.put_away, name="put_job_away"),
    path(f"{HOUSE}accounts/", accounts.accounts, name="accounts"),
    path(f"{HOUSE}sign-ins/", signings_in.signings_in, name="signings_in"),
    path(f"{HOUSE}people/", staff.staff, name="staff"),
    path(ONE_OF_STAFF, staff.member, name="member"),
    path(f"{ONE_OF_STAFF}link/", accounts.invitation, name="invitation"),
    path(f"{ONE_OF_STAFF}second-factor/", accounts.second_factor, name="second_factor"),
    path(f"{ONE_OF_STAFF}access/end/", accounts.closing, name="closing"),
    path(f"{ONE_OF_STAFF}office/", staff.move, name="move"),
    path(f"{HOUSE}cover/", cover.standing, name="standing_cover"),
    path(f"{HOUSE}cover/<int:granted>/end/", cover.house_end, name="house_end"),
    path(f"{OFFICE}people/", people.people, name="people"),
    path(f"{OFFICE}people/new/", people.new, name="new_person"),
    path(f"{OFFICE}people/import/", importing.upload, name="upload"),
    path(f"{OFFICE}people/import/<str:digest>/", importing.preview, name="preview"),
    path(ONE_PERSON, people.person, name="person"),
    path(f"{ONE_PERSON}correction/", people.correction, name="correction"),
    path(f"{ONE_PERSON}leaving/", people.leaving, name="leaving"),
    path(f"{OFFICE}cover/", cover.cover, name="cover"),
    path(f"{OFFICE}cover/new/", cover.grant, name="grant"),
    path(f"{OFFICE}cover/<int:granted>/end/", cover.end, name="end"),
]
