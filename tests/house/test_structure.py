"""The house keeps its shape where imports cannot show it."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from privateoffice.foundations.offices.edge import FOREIGN_VIEWS
from privateoffice.foundations.offices.models.office import RESERVED_SLUGS
from privateoffice.foundations.registry import house
from tests.house import structure

ROOT = Path(__file__).resolve().parents[2]

OUTSIDE = {
    "health/": "for the machine's own watch; says ok or what is not",
    "offices.css": "the colours of offices are no secret, and the sign-in page wears them",
    "keys/": "a list of keys, and how pages look for this browser",
    "components/": "invented words only, for who builds pages",
    "setup/<str:secret>/": "the link itself is the proof, and it works once",
    "sign-in/outside/<str:provider_id>/login/callback/": "whoever comes back from the provider is nobody yet",
    "sign-in/log/": "the tries to sign in with one's own name",
    "sign-in/sessions/": "one's own sessions, whatever the office",
    "sign-in/sessions/end/": "ends one's own sessions",
    "sign-in/sessions/<int:number>/end/": "ends one of one's own sessions; another's is not there",
    "duties/<str:secret>/": "the link in a mail is the proof, and shows one person's own duties",
    "feeds/<str:secret>.ics": "the secret is the proof, and a calendar program has nothing else to show",
    "notifications/microsoft-365/": "what comes bears the word that we gave; it only brings a reading forward",
    "": "sends the person to the Today of their office",
}
"""Views that show nothing of any office. A view that is added here is a hole that somebody has to argue for."""


def test_foreign_keys_point_down_the_house():
    for model in structure.house_models():
        for field in model._meta.fields:
            target = field.related_model if isinstance(field, ForeignKey) else None
            if target in structure.house_models() and target._meta.app_label != model._meta.app_label:
                same_ground = structure.floor(model) == structure.floor(target) == 0
                assert same_ground or structure.floor(target) < structure.floor(model), field


@pytest.mark.parametrize(("address", "pattern"), list(structure.patterns()), ids=lambda value: str(value)[:60])
def test_every_view_declares_its_verb_or_that_it_stands_outside(address, pattern):
    view = pattern.callback
    if view.__module__.startswith(FOREIGN_VIEWS):
        return
    view = getattr(view, "view_class", view)
    if hasattr(view, "outside"):
        assert address in OUTSIDE, f"{address} stands outside the gates and is not on the list"
    else:
        assert house.roles_for(view.verb), f"{address} declares a verb that nobody may do: {view.verb}"


def test_every_verb_has_roles_and_a_phrase():
    for verb, place in structure.verbs().items():
        assert house.roles_for(verb), f"{place}: nobody may {verb}"
        assert house.phrase_for(verb) != verb.replace(".", " ").replace("_", " "), f"no phrase for {verb}"


def test_every_role_line_of_a_policy_belongs_to_a_verb_or_a_view():
    viewed = {getattr(getattr(p.callback, "view_class", p.callback), "verb", "") for _, p in structure.patterns()}
    known = viewed | structure.verbs().keys()
    declared = {verb for room in house.rooms() for verb in room.policy}
    assert declared - known == set()


def test_every_verb_is_tried_by_a_test():
    tests = "\n".join(path.read_text() for path in ROOT.rglob("test_*.py") if ".venv" not in path.parts)
    for verb, place in structure.verbs().items():
        function = place.rsplit(".", 1)[1]
        assert re.search(rf"\b{function}\(", tests), f"no test performs {verb}"


NEVER_OWED = {"records.matter"}
"""Kinds that are closed though nobody owes them: a matter is a thread of what is owed."""


def test_whatever_can_stand_open_tells_the_ledger():
    """Else it could lose its owner or its date and nobody would hear of it."""
    told = {each.model._meta.label_lower for each in house.opens()}
    for kind in house.kinds():
        if kind.keep.after == "closed" and kind.label not in NEVER_OWED:
            assert kind.label in told, (
                f"{kind.label} can be open: give its room.py `opens` (see spine/actions/ledger.py)"
            )


def test_no_template_reaches_into_another_room():
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("privateoffice.")}
    for path in (ROOT / "privateoffice").rglob("templates/**/*.html"):
        own = path.relative_to(ROOT / "privateoffice").parts[1]
        for included in re.findall(r"{%-? *(?:include|extends) +[\"']([^\"'/]+)/", path.read_text()):
            assert included in {own, "ui"} or included not in rooms, f"{path} uses a template of {included}"


def test_no_style_and_no_script_is_written_into_a_template():
    for path in (ROOT / "privateoffice").rglob("templates/**/*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", text), path


def test_nothing_in_the_tree_names_the_machine_it_was_made_on():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    forbidden = re.compile(rb"/(?:work|root|farm)/|pypi[.]org|python[h]osted|registry[.]npmjs|deb[.]debian[.]org")
    for name in filter(None, listed.decode().split("\0")):
        path = ROOT / name
        if path == Path(__file__) or {"vendor", "contracts"} & set(path.parts) or not path.is_file():
            continue
        assert not forbidden.search(path.read_bytes()), name


def test_no_office_can_take_an_address_of_the_program():
    first = {address.split("/")[0] for address, _ in structure.patterns()} - {"<slug:office>", ""}
    assert first - RESERVED_SLUGS == set()
