"""Whoever may not see something cannot tell whether it is there: by any page, file, search, count or status.

One office is walked twice by the same person, at the same stopped moment: before anything restricted is planted
in it, and after. Every address must answer the same, byte for byte, but for the numbers that cover is told.
"""

from datetime import timedelta

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock, working_days
from tests.crawl.walking import Walk, differences, guesses
from tests.crawl.world import PLAIN, SECRET, World

pytestmark = pytest.mark.slow

NOW = clock.moment(working_days.on_or_after(clock.today().replace(month=3, day=18)), "11:00")


@pytest.fixture
def world(cast, tmp_path, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60  # However long a walk takes, it is asked the same.
    with clock.stopped_at(NOW):
        cover = cast.cover(hours=3)
        world = World(cast, tmp_path)
        world.plant(PLAIN)
        world.packs()
        world.note(cover)
        yield world


def walk(user) -> Walk:
    client = Client()
    client.force_login(user)
    return Walk(client).from_the_door().seeking(PLAIN, SECRET).guessing()


RESTRICTED = ({"marking": 2}, {"readers": ("commander",)})
"""What somebody may not see: by its marking, and by its named readers."""


@pytest.mark.hostile("F01", "F03")
@pytest.mark.parametrize("who", ["outsider", "reader", "slt_member"])
def test_nothing_restricted_can_be_told_from_nothing(world, who):
    """F01, F03: as a covering PA (the outsider with cover), as a reader, as a member of the SLT."""
    user = getattr(world.cast, who)
    before = walk(user)
    assert before.holding(PLAIN)
    for how in RESTRICTED:
        world.plant(SECRET, **how)
    world.packs()
    after = walk(user)
    assert [address for address in after.holding(SECRET) if SECRET not in address] == []
    assert "\n".join(differences(before, after)) == ""


@pytest.mark.hostile("F01")
def test_a_stranger_finds_nothing_at_any_address(world):
    """F01: what is there answers like what is not, whatever the number, whatever is posted."""
    world.plant(SECRET, marking=2)
    client = Client()
    client.force_login(world.cast.outsider)
    world.cast.homicide.covers.all().update(starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=2))
    answers = {(answer.status_code, answer.content) for answer in map(client.get, guesses("homicide"))}
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    posted = {client.post(address).status_code for address in guesses("homicide")}
    assert posted == {404}


@pytest.mark.hostile("F02")
def test_all_that_cover_opened_is_closed_when_it_ends(world):
    """F02: every page, file, part and form that the coverer had reached, and a form that is sent once more."""
    client = Client()
    client.force_login(world.cast.outsider)
    reached = Walk(client).from_the_door()
    sent = {"text": f"{PLAIN} rang again", "once_token": "a" * 32}
    place = next(a for a in reached.answers if a.startswith("/homicide/enquiries/") and a.endswith("/note/"))
    assert client.post(place, sent).status_code == 302
    files = [told for _, told, _ in reached.answers.values() if not told.startswith("text/html")]
    assert len(files) > 3
    assert any(address.endswith("/story/") and told[0] == 200 for address, told in reached.answers.items())
    with clock.stopped_at(world.cast.homicide.covers.get().ends_at):
        assert client.post(place, sent).status_code == 404
        for address in reached.answers:
            if address.startswith("/homicide/"):
                answer = client.get(address)
                assert (answer.status_code, PLAIN.encode() in answer.content) == (404, False), address
