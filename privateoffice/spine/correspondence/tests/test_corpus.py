"""The whole corpus of other people's mail: taken in, every page opened, given back byte for byte."""

import hashlib
import os
from pathlib import Path

import pytest
from django.test import Client

from privateoffice.connectors.mail.sources import messages_in
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Conversation, ImportItem, Message

ROOT = Path(__file__).resolve().parents[4]
CORPUS = Path(os.environ.get("PRIVATE_OFFICE_CORPORA", ROOT.parent / "shared" / "corpora")) / "mail"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora are not on this machine"),
]


def taken(cast):
    with scope.acting_as_system("import", office=cast.homicide):
        return services.take_in(messages_in(CORPUS), source="corpus")


@pytest.mark.hostile("A09")
def test_the_corpus_is_taken_in_once_shown_and_given_back(cast):
    first = taken(cast)
    found = {hashlib.sha256(b"".join(one.pieces())).hexdigest(): one.place for one in messages_in(CORPUS)}
    with scope.acting(cast.pa, office=cast.homicide):
        outside = set(
            ImportItem.objects.filter(outcome=ImportItem.Outcome.HELD_OUTSIDE).values_list("digest", flat=True)
        )
        given = {one.original.digest: one.original.read() for one in services.hand_over()}
        conversations = list(Conversation.objects.all())
        messages = list(Message.objects.select_related("record__office"))
    assert first.read == first.new + first.unchanged == sum(1 for _ in messages_in(CORPUS))
    assert given.keys() == found.keys() - outside
    assert all(hashlib.sha256(raw).hexdigest() == digest for digest, raw in given.items())

    again = taken(cast)
    assert (again.read, again.new, again.unchanged) == (first.read, 0, first.read)
    assert again.needs_a_look == first.needs_a_look

    client = Client()
    client.force_login(cast.pa)
    for conversation in conversations:
        assert client.get(conversation.get_absolute_url()).status_code == 200, conversation
    for message in messages:
        _open(client, message)


def _open(client, message):
    for part in ("original/", *(f"attachments/{at}/" for at, _ in enumerate(message.attachments, start=1))):
        answer = client.get(message.address + part)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream"), message.place
        assert answer["Content-Disposition"].startswith("attachment"), message.place
    if message.has_html:
        answer = client.get(message.address + "body/")
        assert answer.status_code == 200
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert b"<script" not in answer.content.lower()
