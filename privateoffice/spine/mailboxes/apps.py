"""Sets up the carrier of mail, which goes by the mailbox of the sender."""

from django.apps import AppConfig


class MailboxesConfig(AppConfig):
    name = "privateoffice.spine.mailboxes"

    def ready(self):
        from privateoffice.spine.deliveries.services import carriers
        from privateoffice.spine.mailboxes.services.carrying import MailCarrier

        carriers.register("mail", MailCarrier)
