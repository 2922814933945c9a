"""Whether the emulator behaves as Microsoft documents Graph, and notices what is not in the contract."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from emulator.graph import subscribing
from emulator.graph.state import moment
from emulator.graph.tests.kit import BOX, IMMUTABLE, OTHER, Client
from emulator.tests.test_contract import FAULTS, MESSAGE

pytestmark = pytest.mark.slow  # reading the contract takes seconds

PLAIN = {"Prefer": ""}
OF_MAIL = [fault for fault in FAULTS if not fault[2].startswith("/events")]


@pytest.fixture
def client():
    made = Client()
    yield made
    assert made.emulator.checker.breaches == []


def test_without_a_token_nobody_comes_in(client):
    answer = client.call("GET", "/mailFolders", Authorization="Bearer none")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "InvalidAuthenticationToken")


def test_an_application_that_is_held_to_a_mailbox_is_refused_elsewhere(client):
    for path in ("/mailFolders", "/messages"):
        answer = client.call("GET", path, box=OTHER)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "ErrorAccessDenied")


def test_the_well_known_folders_are_there_under_their_names(client):
    found = client.get("/mailFolders?$top=100&$select=id,displayName")["value"]
    assert {"Inbox", "Sent Items", "Drafts", "Deleted Items"} < {each["displayName"] for each in found}
    assert set(found[0]) == {"id", "displayName"}
    assert client.get("/mailFolders/inbox")["id"] in {each["id"] for each in found}


def test_folders_come_in_pages_and_with_those_within(client):
    inner = client.box.add_folder("2026", client.box.folder("archive").id)
    page = client.get("/mailFolders?$top=4")
    assert len(page["value"]) == 4
    assert len(client.get(page["@odata.nextLink"])["value"]) == 3
    assert client.get("/mailFolders/archive/childFolders")["value"][0]["id"] == inner.id


def test_delta_tells_all_then_only_what_changed(client):
    client.deliver(5)
    told, link = client.changes(Prefer='IdType="ImmutableId", odata.maxpagesize=2')
    assert len(told) == 5
    assert client.changes(link)[0] == []
    client.deliver()
    client.call("PATCH", f"/messages/{told[0]['id']}", {"isRead": True})
    client.call("DELETE", f"/messages/{told[1]['id']}")
    client.call("POST", f"/messages/{told[2]['id']}/move", {"DestinationId": "archive"})
    changed, _ = client.changes(link, Prefer='IdType="ImmutableId", odata.maxpagesize=2')
    reasons = {one["id"]: one.get("@removed", {}).get("reason") for one in changed}
    assert reasons[told[0]["id"]] is None
    assert (reasons[told[1]["id"]], reasons[told[2]["id"]]) == ("deleted", "changed")
    assert len(changed) == 4


def test_a_delta_that_is_too_old_is_gone(client):
    _, link = client.changes()
    client.deliver()
    client.box.forgotten = client.box.version
    answer = client.call("GET", link)
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "syncStateNotFound")


@pytest.mark.parametrize(("prefer", "stays"), [(IMMUTABLE, True), (PLAIN, False)], ids=["immutable", "plain"])
def test_an_id_stays_when_a_message_moves_only_where_that_was_asked_for(client, prefer, stays):
    client.deliver()
    before = client.changes(**prefer)[0][0]["id"]
    after = client.call("POST", f"/messages/{before}/move", {"DestinationId": "archive"}, **prefer).json()["id"]
    assert (before == after) == stays
    assert client.call("GET", f"/messages/{before}", **prefer).status_code == (200 if stays else 404)


def test_a_draft_is_made_changed_sent_and_found_under_the_same_id(client):
    draft = client.call("POST", "/messages", MESSAGE | {"internetMessageId": "<own@x>"}).json()
    assert (draft["isDraft"], draft["internetMessageId"]) == (True, "<own@x>")
    client.call("PATCH", f"/messages/{draft['id']}", {"subject": "Changed"})
    answer = client.call("POST", f"/messages/{draft['id']}/send")
    assert (answer.status_code, answer.content, "Content-Type" in answer.headers) == (202, b"", False)
    sent = client.get(f"/messages/{draft['id']}?$select=isDraft,subject,parentFolderId")
    assert (sent["isDraft"], sent["subject"]) == (False, "Changed")
    assert sent["parentFolderId"] == client.get("/mailFolders/sentitems")["id"]
    again = client.call("POST", f"/messages/{draft['id']}/send")
    assert again.status_code == 400
    assert client.call("PATCH", f"/messages/{draft['id']}", {"subject": "Late"}).status_code == 400
    found = client.get("/messages?$filter=internetMessageId eq '<own@x>'")["value"]
    assert [one["id"] for one in found] == [draft["id"]]
    assert len(client.tenant.outside) == 1


def test_what_is_sent_within_the_tenant_arrives(client):
    message = MESSAGE | {"toRecipients": [{"emailAddress": {"name": "Chief", "address": OTHER}}]}
    assert client.call("POST", "/sendMail", {"Message": message, "SaveToSentItems": False}).status_code == 202
    box = client.tenant.box(OTHER)
    assert len(box.lying(box.folder("inbox").id, 2**40)) == 1
    assert client.get("/mailFolders/sentitems/messages")["value"] == []


def test_without_recipients_nothing_is_sent(client):
    draft = client.call("POST", "/messages", {"subject": "Nobody"}).json()
    answer = client.call("POST", f"/messages/{draft['id']}/send")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "ErrorInvalidRecipients")


def test_an_answer_keeps_to_its_conversation(client):
    client.deliver()
    [asked] = client.changes()[0]
    reply = client.call("POST", f"/messages/{asked['id']}/createReply", {"Comment": ""}).json()
    assert (reply["subject"], reply["conversationId"]) == ("Re: Hello", asked["conversationId"])
    raw = client.call("GET", f"/messages/{reply['id']}/$value").content
    assert b"In-Reply-To: <m0@x.example>" in raw


def test_the_bytes_of_a_message_are_as_they_came(client):
    client.deliver()
    [one] = client.changes()[0]
    assert client.call("GET", f"/messages/{one['id']}/$value").content.startswith(b"From: A <a@x.example>\r\n")


def test_a_file_goes_up_in_ranges_that_follow_each_other(client):
    draft = client.call("POST", "/messages", MESSAGE).json()["id"]
    item = {"AttachmentItem": {"attachmentType": "file", "name": "a.bin", "size": 6}}
    url = client.call("POST", f"/messages/{draft}/attachments/createUploadSession", item).json()["uploadUrl"]
    path = url.removeprefix("https://graph.microsoft.com")

    def put(piece, first):
        told = {"Content-Range": f"bytes {first}-{first + len(piece) - 1}/6"}
        return client.http.put(path, content=piece, headers=told)

    assert put(b"abc", 0).json()["nextExpectedRanges"] == ["3-"]
    assert put(b"def", 4).status_code == 416
    assert put(b"def", 3).status_code == 201
    [one] = client.get(f"/messages/{draft}/attachments")["value"]
    assert (one["name"], one["size"]) == ("a.bin", 6)


class Listener(BaseHTTPRequestHandler):
    """Says the word back, as it was or another, and keeps what it is told."""

    says, heard = "{}", []

    def do_POST(self):
        word = parse_qs(urlsplit(self.path).query).get("validationToken", [""])[0]
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if body:
            self.heard.append(json.loads(body))
        self.send_response(200 if word else 202)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(self.says.format(word).encode())

    def log_message(self, *_):
        """Quietly."""


@pytest.fixture
def listener():
    class Mine(Listener):
        heard = []

    with HTTPServer(("127.0.0.1", 0), Mine) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        Mine.address = f"http://127.0.0.1:{server.server_port}/hint"
        yield Mine
        server.shutdown()
        thread.join()


def test_nobody_is_told_who_did_not_say_the_word_back(client, listener):
    listener.says = "Thank you"
    asked = {"changeType": "created", "notificationUrl": listener.address, "resource": f"users/{BOX}/messages"}
    answer = client.call(
        "POST", "https://graph.microsoft.com/v1.0/subscriptions", asked | {"expirationDateTime": moment()}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "ValidationError")
    assert (subscribing.tell(client.tenant, BOX), listener.heard) == ([], [])


def test_subscriptions_are_made_told_of_renewed_and_ended(client, listener):
    told = {
        "changeType": "created",
        "notificationUrl": listener.address,
        "clientState": "our word",
        "resource": f"users/{BOX}/messages",
        "expirationDateTime": moment(),
    }

    def call(method, path="", body=None):
        return client.call(method, f"https://graph.microsoft.com/v1.0/subscriptions{path}", body)

    made = call("POST", body=told).json()
    assert subscribing.tell(client.tenant, BOX) == [202]
    [note] = listener.heard[0]["value"]
    assert (note["subscriptionId"], note["clientState"], note["changeType"]) == (made["id"], "our word", "created")
    assert call("PATCH", f"/{made['id']}", {"expirationDateTime": "2027-01-01T00:00:00Z"}).status_code == 200
    assert call("GET", f"/{made['id']}").json()["expirationDateTime"] == "2027-01-01T00:00:00Z"
    assert [each["id"] for each in call("GET").json()["value"]] == [made["id"]]
    assert call("DELETE", f"/{made['id']}").status_code == 204
    assert call("GET", f"/{made['id']}").status_code == 404
    assert call("POST", body={"changeType": "created"}).status_code == 400


def test_a_fault_is_met_as_often_as_it_was_planned(client):
    client.emulator.faults.plan("mailFolders", 429, pause="7", times=2)
    answers = [client.call("GET", "/mailFolders") for _ in range(3)]
    assert [each.status_code for each in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "7"


@pytest.mark.parametrize(("fault", "method", "path", "body"), OF_MAIL, ids=[one[0] for one in OF_MAIL])
def test_a_seeded_fault_in_a_call_is_noticed_on_its_way_in(fault, method, path, body):
    client = Client()
    answer = client.call(method.upper(), path, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "contractBreach")
    assert len(client.emulator.checker.breaches) == 1
    assert client.box.messages == {}


@pytest.mark.parametrize(
    "seeded",
    [{"importance": "urgent"}, {"receivedDateTime": "yesterday"}, {"isRead": "yes"}, {"recievedDateTime": "x"}],
    ids=lambda one: next(iter(one)),
)
def test_a_seeded_fault_in_an_answer_is_noticed_on_its_way_out(seeded):
    client = Client()
    client.deliver()
    next(iter(client.box.messages.values())).told.update(seeded)
    answer = client.call("GET", "/mailFolders/inbox/messages/delta")
    assert (answer.status_code, json.loads(answer.content)["error"]["code"]) == (500, "contractBreach")
    assert len(client.emulator.checker.breaches) == 1


def test_a_question_that_the_contract_does_not_know_is_noticed():
    client = Client()
    assert client.call("GET", "/mailFolders?$selekt=id").status_code == 400
    assert "$selekt" in client.emulator.checker.breaches[0]
