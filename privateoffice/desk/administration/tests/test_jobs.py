"""The administrator's page of jobs: what gave up, what is held, and nothing of any record."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privateoffice.desk.administration.tests.seats import words_of
from privateoffice.desk.administration.views import jobs as page
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import queue, services
from privateoffice.foundations.jobs.api import DBTaskResult
from privateoffice.foundations.jobs.models import PuttingAway
from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.tasks import read_upload

JOBS = "/administration/jobs/"


def gives_up(cast, office=None, count=1):
    """Jobs that gave up: their error quotes what nobody here may see."""
    for _ in range(count):
        with scope.acting_as_system("test", office=office or cast.homicide):
            queue.later(read_upload, 987654)
    drain()
    DBTaskResult.objects.filter(status="READY").update(
        status="FAILED",
        finished_at=clock.now(),
        traceback="DoesNotExist: Mrs Prest rang about HOM/ENQ/2026/0142, password hunter2",
    )


def test_without_a_job_that_gave_up_it_says_so(ada):
    answer = words_of(ada.get(JOBS))
    assert "No job gave up" in answer
    assert "Every job goes as it should." in answer
    assert "No job is held" in words_of(ada.get(f"{JOBS}?show=held"))
    assert "No job was put away" in words_of(ada.get(f"{JOBS}?show=put_away"))


def test_a_job_that_gave_up_is_named_with_its_office_tries_and_a_plain_error(ada, cast):
    gives_up(cast)
    answer = words_of(ada.get(JOBS))
    for said in ("Read one upload", "Homicide", "What it was about is no longer there.", "1 job gave up"):
        assert said in answer
    for unsaid in ("hunter2", "Prest", "ENQ", "987654"):
        assert unsaid not in answer


def test_the_overview_tells_the_administrator(ada, cast):
    assert "gave up" not in words_of(ada.get("/administration/"))
    gives_up(cast)
    assert '1 job gave up</span><a href="/administration/jobs/">' in words_of(ada.get("/administration/"))


def test_it_is_tried_again_once(ada, cast):
    gives_up(cast)
    job = queue.set_aside().get()
    answer = ada.post(f"{JOBS}{job.pk}/again/", follow=True)
    assert "The job is tried again." in words_of(answer)
    answer = ada.post(f"{JOBS}{job.pk}/again/", follow=True)
    assert "This job has moved on meanwhile." in words_of(answer)
    assert queue.waiting().count() == 1


def test_it_is_put_away_with_a_reason_only(ada, cast):
    gives_up(cast)
    address = f"{JOBS}{queue.set_aside().get().pk}/away/"
    assert ada.get(address).status_code == 200
    assert ada.post(address, {"reason": ""}).status_code == 422
    assert "The job is put away." in words_of(
        ada.post(address, {"reason": "The file was withdrawn."}, follow=True)
    )
    assert PuttingAway.objects.get().put_away_by == "Ada Quillfeather"
    assert "The file was withdrawn." in words_of(ada.get(f"{JOBS}?show=put_away"))
    assert ada.get(address).status_code == 404


def test_held_jobs_are_let_go_one_by_one_or_all(ada, cast):
    with scope.acting_as_system("test", office=cast.homicide):
        for _ in range(3):
            queue.later(read_upload, 987654)
    with scope.acting_as_system("restore"):
        services.hold_owed(clock.now())
    assert "3 jobs are held" in words_of(ada.get("/administration/"))
    assert words_of(ada.get(f"{JOBS}?show=held")).count("At once") == 3
    first = queue.held()[0]
    assert "The job goes." in words_of(ada.post(f"{JOBS}{first.pk}/go/", follow=True))
    assert queue.held().count() == 2
    assert "Every held job goes." in words_of(ada.post(f"{JOBS}go/", follow=True))
    assert queue.waiting().count() == 3


def test_the_list_has_pages_and_costs_the_same_however_long_it_is(ada, cast, monkeypatch):
    monkeypatch.setattr(page, "A_PAGE", 3)
    ada.get(JOBS)
    found = []
    for count in (1, 2, 4):
        gives_up(cast, cast.proactive if count == 2 else cast.homicide, count)
        with CaptureQueriesContext(connection) as asked:
            answer = ada.get(JOBS)
        found.append(len(asked))
    assert len(set(found)) == 1
    assert "Page 1 of 3" in unescape(answer.content.decode())


def test_nobody_else_sees_it(pa, outsider, cast):
    gives_up(cast)
    job = queue.set_aside().get().pk
    for client in (pa, outsider):
        assert client.get(JOBS).status_code == 404
        for place in (f"{job}/again/", f"{job}/away/", f"{job}/go/", "go/"):
            assert client.post(JOBS + place, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("show", ["", "nothing", "held%00", "gave_up"])
def test_a_list_that_is_not_there_is_the_first(ada, show):
    assert "No job gave up" in words_of(ada.get(f"{JOBS}?show={show}"))
