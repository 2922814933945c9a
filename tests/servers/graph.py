"""The emulator of Microsoft Graph for tests: one for the whole run, on loopback, held to the contract."""

import secrets

import pytest

from emulator.graph import subscribing
from emulator.graph.app import Emulator
from emulator.graph.faults import Faults
from emulator.graph.mime import told_of
from emulator.graph.serving import Running
from emulator.graph.state import Tenant

CLIENT, SECRET = "the-office", "a word of the application"


class Graph:
    """The emulator, and mailboxes in it as somebody with Outlook sees them."""

    def __init__(self, running: Running):
        self.running, self.emulator = running, running.emulator
        self.tenant = self.emulator.tenant
        self.faults = Faults()
        self.user = f"user-{secrets.token_hex(4)}@force.example"
        self.tenant.add_box(self.user)
        self.tenant.add_application(CLIENT, SECRET, held_to={self.user, "pa@homicide.example"})
        self.tenant.outside.clear()
        self.tenant.subscriptions.clear()
        self.emulator.faults, self.emulator.checker.breaches, self.emulator.calls = self.faults, [], []

    @property
    def box(self):
        return self.tenant.box(self.user)

    @property
    def place(self) -> dict[str, object]:
        """How the office is told where it is."""
        return {
            "tenant": self.tenant.name,
            "client": CLIENT,
            "user": self.user,
            "login_url": self.running.url,
            "graph_url": self.running.url,
            "authority": self.running.authority,
        }

    def deliver(self, *raws, folder="inbox", **told):
        for raw in raws:
            with self.tenant.lock:
                known, files = told_of(raw)
                self.box.add(folder, known | told, raw=raw, attachments=files)

    def lying(self, folder="inbox"):
        return self.box.lying(self.box.folder(folder).id, 2**40)

    def calls(self, piece: str) -> list[str]:
        return [call for call in self.emulator.calls if piece in call]

    def notify(self, **other) -> list[int]:
        """Say to whoever subscribed that a message came; what each answered."""
        return subscribing.tell(self.tenant, self.user, **other)

    @property
    def sent(self) -> list[str]:
        """The Message-IDs of what has left the tenant, each as often as it left."""
        return [message_id for message_id, _, _ in self.tenant.outside]


@pytest.fixture(scope="session")
def running_graph():
    with Running(Emulator(Tenant())) as running:
        yield running


@pytest.fixture
def graph(running_graph):
    made = Graph(running_graph)
    yield made
    assert made.emulator.checker.breaches == []
