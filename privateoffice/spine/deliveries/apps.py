"""Sets up the outbox with the carrier that needs no server."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "privateoffice.spine.deliveries"

    def ready(self):
        from privateoffice.spine.deliveries.services import carriers, maildir

        carriers.register("mail", maildir.MaildirCarrier)
