"""Scheduling messages in words; nothing is believed because a message says so."""

import pytest

from privateoffice.connectors.calendars.itip import words_for
from privateoffice.connectors.calendars.tests.samples import one

BODY = "UID:m\nDTSTART:20261112T090000Z\nSUMMARY:Gold group\nORGANIZER:mailto:chair@force.test"
BODY += "\nATTENDEE;PARTSTAT={}:mailto:pa@force.test"


def message(sequence: int = 0, answer: str = "DECLINED") -> dict:
    return one(BODY.format(answer) + f"\nSEQUENCE:{sequence}")


@pytest.mark.hostile("B08")
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "ADD", "PUBLISH", "DECLINECOUNTER"])
def test_only_the_organiser_may_say_what_an_organiser_says(method):
    held = message()
    assert words_for(method, message(1), "CHAIR@force.test", held)["entitled"]
    outsider = words_for(method, message(1), "outsider@elsewhere.test", held)
    assert not outsider["entitled"]
    assert outsider["words"].startswith("outsider@elsewhere.test claims that ")
    assert outsider["words"].endswith("The organiser is chair@force.test, so the diary has not changed.")


def test_a_message_that_names_its_sender_organiser_is_measured_by_what_is_held():
    forged = one(BODY.format("ACCEPTED").replace("chair@force", "outsider@elsewhere"))
    assert not words_for("CANCEL", forged, "outsider@elsewhere.test", message())["entitled"]


@pytest.mark.hostile("B08")
@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "REFRESH"])
def test_only_the_invited_may_answer(method):
    assert words_for(method, message(), "pa@force.test", message())["entitled"]
    assert not words_for(method, message(), "outsider@elsewhere.test", message())["entitled"]


@pytest.mark.hostile("B09")
def test_an_answer_is_told_with_the_version_that_it_answers():
    said = words_for("REPLY", message(1), "pa@force.test", message(3))
    assert (said["answer"], said["stale"], said["version"]) == ("DECLINED", True, 1)
    assert said["words"] == (
        "pa@force.test claims that the answer to “Gold group” is: declined. "
        "This speaks of version 1; version 3 is held."
    )


@pytest.mark.hostile("B09")
def test_an_older_request_changes_nothing():
    said = words_for("REQUEST", message(1), "chair@force.test", message(2))
    assert (said["stale"], said["words"]) == (
        True,
        "chair@force.test claims that “Gold group” has changed. This is older than the version held, which stays.",
    )


@pytest.mark.hostile("B10")
def test_an_unknown_kind_is_told():
    said = words_for("SUMMON", message(), "chair@force.test")
    assert (said["known"], said["entitled"]) == (False, False)
    assert (
        said["words"]
        == "chair@force.test sent a calendar message of a kind that is not known (SUMMON) about “Gold group”."
    )
