"""Whether the contract still bites: seeded faults in calls and answers, each of which must be noticed."""

import json

import pytest

from emulator.contract import Breach, Contract, Request, Response

pytestmark = pytest.mark.slow  # reading the contract takes seconds

USER = "/v1.0/users/pa"
PERSON = {"emailAddress": {"name": "A", "address": "a@b.example"}}
MESSAGE = {
    "subject": "Hello",
    "body": {"contentType": "text", "content": "Hello."},
    "toRecipients": [PERSON],
    "importance": "normal",
    "isReadReceiptRequested": False,
}
EVENT = {
    "subject": "Board",
    "start": {"dateTime": "2026-11-02T10:00:00", "timeZone": "Europe/London"},
    "end": {"dateTime": "2026-11-02T11:00:00", "timeZone": "Europe/London"},
    "showAs": "busy",
    "attendees": [{**PERSON, "type": "required"}],
    "isAllDay": False,
}
SEND = {"Message": MESSAGE, "SaveToSentItems": True}

SOUND = [
    ("post", "/sendMail", SEND),
    ("post", "/messages", MESSAGE),
    ("patch", "/messages/1", {"isRead": True, "@odata.etag": "x"}),
    ("post", "/messages/1/move", {"DestinationId": "archive"}),
    ("post", "/messages/1/reply", {"Comment": "Thank you."}),
    ("post", "/events", EVENT),
    ("post", "/mailFolders", {"displayName": "Filed", "isHidden": False}),
]
FAULTS = [
    ("subject a number", "post", "/sendMail", {**SEND, "Message": {**MESSAGE, "subject": 5}}),
    ("save a word", "post", "/sendMail", {**SEND, "SaveToSentItems": "perhaps"}),
    (
        "content type unknown",
        "post",
        "/messages",
        {**MESSAGE, "body": {"contentType": "markdown", "content": "x"}},
    ),
    ("importance unknown", "post", "/messages", {**MESSAGE, "importance": "urgent"}),
    ("recipients not a list", "post", "/messages", {**MESSAGE, "toRecipients": PERSON}),
    ("recipient a string", "post", "/messages", {**MESSAGE, "toRecipients": ["a@b.example"]}),
    ("address a number", "post", "/messages", {**MESSAGE, "toRecipients": [{"emailAddress": {"address": 1}}]}),
    ("receipt a word", "post", "/messages", {**MESSAGE, "isReadReceiptRequested": "no"}),
    ("read a word", "patch", "/messages/1", {"isRead": "yes"}),
    ("flag unknown", "patch", "/messages/1", {"flag": {"flagStatus": "maybe"}}),
    ("received no moment", "patch", "/messages/1", {"receivedDateTime": "yesterday"}),
    ("destination a number", "post", "/messages/1/move", {"DestinationId": 7}),
    ("comment a list", "post", "/messages/1/reply", {"Comment": ["x"]}),
    ("shown as unknown", "post", "/events", {**EVENT, "showAs": "maybe"}),
    ("start a string", "post", "/events", {**EVENT, "start": "2026-11-02"}),
    ("attendee type unknown", "post", "/events", {**EVENT, "attendees": [{**PERSON, "type": "guest"}]}),
    ("folder name a number", "post", "/mailFolders", {"displayName": 5}),
    ("name misspelt", "post", "/messages", {**MESSAGE, "toRecipient": [PERSON]}),
    ("name misspelt within", "post", "/messages", {**MESSAGE, "body": {"contenttype": "text", "content": "x"}}),
    ("action in small letters", "post", "/sendMail", {"message": MESSAGE}),
    ("no such address", "post", "/messages/1/sendNow", {}),
]
LISTED = {
    "id": "1",
    "subject": "Hello",
    "receivedDateTime": "2026-11-02T10:00:00Z",
    "importance": "low",
    "from": None,
}
ANSWERS = [
    ("enumeration", {"importance": "urgent"}),
    ("moment", {"receivedDateTime": "2 November"}),
    ("type of an id", {"id": 1}),
    ("list", {"toRecipients": "a@b.example"}),
    ("misspelt", {"recievedDateTime": "2026-11-02T10:00:00Z"}),
]


@pytest.fixture(scope="module")
def contract():
    return Contract()


def call(contract, method, path, body):
    contract.check_request(Request(method, USER + path, json.dumps(body).encode()), body)


@pytest.mark.parametrize(("method", "path", "body"), SOUND, ids=[one[1] for one in SOUND])
def test_a_sound_call_passes(contract, method, path, body):
    call(contract, method, path, body)


@pytest.mark.parametrize(("fault", "method", "path", "body"), FAULTS, ids=[one[0] for one in FAULTS])
def test_a_seeded_fault_in_a_call_is_noticed(contract, fault, method, path, body):
    with pytest.raises(Breach):
        call(contract, method, path, body)


def answer(contract, body):
    request = Request("get", f"{USER}/messages/1")
    contract.check_response(request, Response(200, json.dumps(body).encode()), body)


def test_a_sound_answer_passes_with_nulls_and_what_odata_adds(contract):
    answer(contract, {**LISTED, "@odata.etag": "W/x", "toRecipients": [], "flag": None})


@pytest.mark.parametrize(("fault", "change"), ANSWERS, ids=[one[0] for one in ANSWERS])
def test_a_seeded_fault_in_an_answer_is_noticed(contract, fault, change):
    with pytest.raises(Breach):
        answer(contract, {**LISTED, **change})


def test_a_breach_names_the_operation_and_the_place(contract):
    with pytest.raises(Breach, match=r"^user_CreateMessage: \$\.importance"):
        call(contract, "post", "/messages", {**MESSAGE, "importance": "urgent"})


def test_what_was_called_is_counted(contract):
    call(contract, "post", "/sendMail", SEND)
    assert contract.coverage.endswith("of 170 operations")
