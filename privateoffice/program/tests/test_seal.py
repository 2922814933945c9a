"""Secrets at rest open with this office's key and for their own purpose, and with nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.foundations import seal


@given(st.text())
def test_what_is_sealed_opens_again_and_cannot_be_read(text):
    closed = seal.sealed(text, "mailboxes")
    assert seal.opened(closed, "mailboxes") == text
    assert len(text) < 8 or text not in closed


def test_another_purpose_and_an_altered_seal_do_not_open():
    closed = seal.sealed("three odd words", "mailboxes")
    for text, purpose in ((closed, "second factors"), (closed[:-6] + "AAAAAA", "mailboxes"), ("", "mailboxes")):
        with pytest.raises(seal.WrongKey):
            seal.opened(text, purpose)


def test_the_key_of_another_office_does_not_open(monkeypatch):
    closed = seal.sealed("three odd words", "mailboxes")
    monkeypatch.setattr("privateoffice.settings._MASTER_KEY", b"of another office")
    with pytest.raises(seal.WrongKey):
        seal.opened(closed, "mailboxes")
