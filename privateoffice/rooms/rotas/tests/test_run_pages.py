"""What a run of the solver shows once it has ended: the fields that are needed, and no others."""

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import performing
from privateoffice.rooms.rotas.models import Run

FILLED = {
    "assignments": [], "gaps": [], "waived": ["A rule."], "cost": 3, "bound": 3, "words": "Proven.", "seed": 1,
    "version": "blocks 1", "model": "abc", "seconds": 1.0, "cut_short": False,
}  # fmt: skip


@pytest.fixture
def page_of(ground, cast):
    client = Client()
    client.force_login(cast.pa)

    def shown(kind: str, result: dict) -> str:
        with performing("rotas.ask_solver"):
            number = Run.objects.count() + 1
            Run.objects.create(
                period=ground.period,
                number=number,
                kind=kind,
                basis=0,
                result=result,
                state="done",
                ended_at=clock.now(),
            )
        answer = client.get(f"{ground.period.get_absolute_url()}runs/{number}/")
        assert answer.status_code == 200
        return answer.content.decode()

    return shown


def test_a_rota_that_breaks_rules_asks_why_and_who_authorised_it(page_of, ground):
    duty, person = ground.duty("S-20261207"), ground.people["Pennistone"]
    filled = FILLED | {"assignments": [[str(duty.pk), str(person.pk)]]}
    assert 'name="authorised_by"' in page_of("fill", filled)
    assert 'name="authorised_by"' not in page_of("fill", filled | {"waived": []})


def test_how_a_rota_was_worked_out_is_said(page_of):
    assert "day by day: the fewest gaps first" in page_of("fill", FILLED | {"method": "day"})
    said = page_of("fill", FILLED | {"method": "blocks", "why_blocks": "It has only one duty a day."})
    assert "not day by day. It has only one duty a day." in said


def test_a_way_that_breaks_nothing_is_one_press(page_of):
    way = {"words": "Leave it open.", "price": 1, "assignments": [["1", ""]]}
    why = {"duty": "1", "sentence": "No.", "reasons": ["A"], "verified": True}
    assert 'name="authorised_by"' not in page_of("why", {"why": [why | {"ways": [way | {"asks": False}]}]})
    assert 'name="authorised_by"' in page_of("why", {"why": [why | {"ways": [way | {"asks": True}]}]})
