"""What is remembered of a form that was sent: whose it was, a digest of what it said, and where it led."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models


class SendingQuerySet(models.QuerySet):
    def twins_of(self, sending: "Sending", within: timedelta):
        """The same person's other sendings of the very same content, a short time before."""
        same = self.filter(sender_id=sending.sender_id, content=sending.content).exclude(pk=sending.pk)
        return same.filter(sent_at__gte=sending.sent_at - within).exclude(answer="").order_by("-sent_at")

    def older_than(self, moment: Any):
        return self.filter(sent_at__lt=moment)


class Sending(models.Model):
    """The first sending of one form. Its row is written in the transaction of what the form did, or not at all."""

    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    answer = models.CharField(max_length=2000, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    objects = SendingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "token"], name="a_form_is_sent_once")]
        indexes = [models.Index(fields=["sender", "content"], name="the_same_content_again")]

    def __str__(self):
        return f"{self.sender_id} at {self.sent_at:%Y-%m-%d %H:%M}"
