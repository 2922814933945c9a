"""What people do with jobs: tried again, put away, held after a restore and let go."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import queue, saying, scheduler, services
from privateoffice.foundations.jobs.api import DBTaskResult, TaskResultStatus
from privateoffice.foundations.jobs.leases import take
from privateoffice.foundations.jobs.models import Hold, PuttingAway
from privateoffice.foundations.jobs.tasks import clear_away
from privateoffice.foundations.jobs.tests import examples
from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.registry.declarations import Every


@pytest.fixture
def ada(cast):
    with scope.acting(cast.administrator, office=None):
        yield cast.administrator


@pytest.fixture
def gave_up(cast):
    with scope.acting_as_system("test", office=cast.homicide):
        queue.later(examples.give_up)
    drain()
    return queue.set_aside().get()


def verbs():
    return list(Entry.objects.filter(verb__startswith="jobs.").order_by("pk").values_list("verb", "actor"))


def test_a_job_is_put_away_with_a_reason_and_can_still_be_tried_again(gave_up, ada):
    services.put_away(gave_up.pk, reason="The mailbox is closed.")
    assert list(queue.set_aside()) == []
    assert [job.putting_away.reason for job in queue.put_away()] == ["The mailbox is closed."]
    services.take_up_again(gave_up.pk)
    assert not PuttingAway.objects.exists()
    assert [job.pk for job in queue.waiting()] == [gave_up.pk]
    assert verbs() == [("jobs.put_away", "Ada Quillfeather"), ("jobs.take_up_again", "Ada Quillfeather")]


def test_each_act_is_done_once(gave_up, ada):
    services.put_away(gave_up.pk, reason="No")
    with pytest.raises(services.MovedOn):
        services.put_away(gave_up.pk, reason="No again")
    services.take_up_again(gave_up.pk)
    with pytest.raises(services.MovedOn):
        services.take_up_again(gave_up.pk)
    with pytest.raises(services.MovedOn):
        services.let_go(gave_up.pk)
    assert len(verbs()) == 2


def test_nobody_but_the_administrator_may(gave_up, cast):
    with scope.acting(cast.pa, office=cast.homicide):
        for act in (services.take_up_again, services.let_go):
            with pytest.raises(Refused):
                act(gave_up.pk)


def notes():
    return [mark for mark in examples.marks() if mark.startswith("note")]


def owed(cast):
    """One job that waits, one for tomorrow, and one that a worker had in its hands."""
    with scope.acting_as_system("test", office=cast.homicide):
        queue.later(examples.note, 1)
        take("a worker that is no more")
        queue.later(examples.note, 2)
        queue.later(examples.note.using(run_after=clock.now() + timedelta(days=1)), 3)


def hold_owed():
    with scope.acting_as_system("restore"):
        return services.hold_owed(clock.now() - timedelta(hours=1))


def test_what_a_restored_house_owed_waits_until_it_is_let_go(cast, ada, time_machine):
    owed(cast)
    assert hold_owed() == 3
    assert services.counted() == {"waiting": 0, "running": 0}
    time_machine.move_to(clock.now() + timedelta(days=2))
    assert drain() == 0
    assert services.let_all_go() == 3
    assert not Hold.objects.exists()
    assert drain() == 3
    assert notes() == ["note 1", "note 2", "note 3"]


def test_one_held_job_is_let_go_at_its_own_moment_and_another_put_away(cast, ada):
    owed(cast)
    hold_owed()
    first, second, tomorrow = queue.held()
    services.let_go(tomorrow.pk)
    assert drain() == 0
    services.put_away(second.pk, reason="Done by hand.")
    services.let_go(first.pk)
    assert drain() == 1
    assert notes() == ["note 1"]


def test_a_second_restore_of_a_backup_with_held_jobs_keeps_when_they_were_to_begin(cast, ada):
    owed(cast)
    hold_owed()
    assert hold_owed() == 0
    assert queue.held().count() == 3
    services.let_all_go()
    assert drain() == 2


def test_a_restored_house_makes_up_for_no_schedule_and_goes_on_with_the_next(cast, monkeypatch, time_machine):
    every = Every("0 7 * * *", examples.say_who, "the morning round", once_for_the_house=True)
    monkeypatch.setattr(scheduler, "schedules", lambda: iter([("tests: round", every)]))
    noon = datetime(2026, 1, 26, 12, tzinfo=UTC)
    scheduler.fire(noon - timedelta(days=9))
    assert scheduler.fire(noon - timedelta(days=8)) == 1
    time_machine.move_to(noon)
    hold_owed()
    assert queue.held().count() == 1
    assert scheduler.fire(noon + timedelta(minutes=1)) == 0
    assert scheduler.fire(noon + timedelta(hours=19)) == 1


def test_what_was_put_away_is_forgotten_after_a_month(gave_up, ada, time_machine):
    services.put_away(gave_up.pk, reason="No")
    time_machine.move_to(clock.now() + timedelta(days=29))
    clear_away.call()
    assert queue.put_away().exists()
    time_machine.move_to(clock.now() + timedelta(days=2))
    clear_away.call()
    assert not DBTaskResult.objects.filter(pk=gave_up.pk).exists()


@pytest.mark.parametrize(
    ("path", "traceback", "said"),
    [
        ("privateoffice.foundations.offices.scope.ScopeEnded", "", "The asker's role or cover ended before this"),
        ("builtins.OSError", "OSError: [Errno 28] No space left on device: '/secret/x'", "The disk is full."),
        ("builtins.ValueError", "ValueError: the password is hunter2", "a fault of its own (ValueError)"),
        ("privateoffice.no.longer.There", "There: hunter2", "a fault of its own (There)"),
        ("django.db.utils.OperationalError", "hunter2", "The database was busy or did not answer."),
    ],
)
def test_why_a_job_gave_up_is_said_without_what_the_error_quoted(path, traceback, said):
    job = DBTaskResult(exception_class_path=path, traceback=traceback)
    assert said in saying.why_it_gave_up(job)
    assert "hunter2" not in saying.why_it_gave_up(job)


def test_a_job_is_named_in_the_words_of_its_task():
    def name(path):
        return saying.name_of(DBTaskResult(task_path=path))

    assert name("privateoffice.foundations.keeping.tasks.look_through_files") == "Read every kept file again"
    assert name("privateoffice.spine.gone.tasks.send_the_parcels") == "Send the parcels"


def jobs(*words):
    out = StringIO()
    call_command("jobs", *words, stdout=out)
    return out.getvalue()


def test_the_command_lists_tries_again_and_lets_go(gave_up, cast):
    assert f"  {gave_up.pk}  Give up. It would only have failed again." in jobs()
    assert "Gave up: 0" in jobs("--again", "all")
    hold_owed()
    assert "Held: 1" in jobs()
    assert "Held: 0" in jobs("--let-go", str(gave_up.pk))
    hold_owed()
    assert "Let go: 1" in jobs("--let-go")
    with pytest.raises(CommandError, match="is held"):
        jobs("--let-go", str(gave_up.pk))
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
