"""The administrator's page of jobs in a real browser: each list, wide and narrow."""

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import queue, services
from privateoffice.foundations.jobs.tests import examples
from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.tasks import read_upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

JOBS = "/administration/jobs/"


@pytest.fixture
def jobs(cast):
    """Two that gave up, one put away, and two that are held."""
    with scope.acting_as_system("test", office=cast.homicide):
        for _ in range(3):
            queue.later(examples.give_up)
        drain()
        queue.later(read_upload, 987654)
        queue.later(read_upload, 987654)
    with scope.acting_as_system("restore"):
        services.hold_owed(clock.now())
        services.put_away(queue.set_aside()[0].pk, reason="The mailbox is closed.")
    return cast


@pytest.mark.parametrize("width", [1440, 390])
def test_every_list_is_sound_and_a_press_does_its_act_once(jobs, visitor, axe, shoot, width):
    page = visitor.open(JOBS, user=jobs.administrator, width=width)
    places = {"gave-up": "", "held": "?show=held", "put-away": "?show=put_away"}
    one = queue.set_aside()[0].pk
    for name, place in {**places, "away": f"{one}/away/", "overview": "../"}.items():
        page.goto(JOBS + place)
        axe(page)
        shoot(page, f"jobs-{name}-{width}", whole=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.goto(JOBS)
    page.get_by_role("button", name="Try again").first.click()
    page.get_by_text("The job is tried again.").wait_for()
    page.goto(f"{JOBS}?show=held")
    page.get_by_role("button", name="Let all go").click()
    page.get_by_role("heading", name="No job is held").wait_for()
