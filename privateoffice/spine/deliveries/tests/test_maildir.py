"""The embedded carrier: a message of the office lies in its own Maildir, as it was bound."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.tests.samples import offered
from privateoffice.spine.deliveries import services
from privateoffice.spine.deliveries.models import Delivery


@pytest.fixture
def home(settings, tmp_path):
    settings.FILES_DIR, settings.OUTBOX_DIR = tmp_path / "files", tmp_path / "outbox"
    return tmp_path


def test_an_approved_letter_lies_in_the_maildir_as_it_was_approved(cast, home):
    blind = Addressee("bcc", "", "records@homicide.example")
    with scope.acting(cast.pa, office=cast.homicide):
        letter = offered(recipients=[Addressee("to", "Zoë Prestwood MP", "office@prestwood.example"), blind])
    with scope.acting(cast.commander, office=cast.homicide):
        approvals.approve(letter, fingerprint=letter.offer.fingerprint)
    for minutes in (0, 1, 2):
        with (
            clock.stopped_at(clock.now() + timedelta(minutes=minutes)),
            scope.acting_as_system("test", office=cast.homicide),
        ):
            services.send_due()
    (file,) = (home / "outbox" / "homicide" / "new").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["From"], message["To"], message["Bcc"], message["Subject"]) == (
        "Detective Chief Superintendent Imogen Calderwick <commander@homicide.example>",
        "Zoë Prestwood MP <office@prestwood.example>",
        None,
        "Family liaison for your constituent",
    )
    body, annex = message.iter_parts()
    assert (
        body.get_content().replace("\r\n", "\n")
        == "Dear Ms Prestwood\n\nThank you for your letter.\n\nYours sincerely\n"
    )
    assert (annex.get_filename(), annex.get_content()) == ("annex.pdf", b"%PDF-1.7 annex")
    with scope.acting(cast.pa, office=cast.homicide):
        delivery = Delivery.objects.with_states().get()
    assert (delivery.state, delivery.message_id) == ("sent", message["Message-ID"])
