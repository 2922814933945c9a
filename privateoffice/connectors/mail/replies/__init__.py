"""Reading the answer to a chaser: done, a new date, not mine; what is not sure is left to a person."""

from privateoffice.connectors.mail.replies.acknowledging import read_acknowledgement
from privateoffice.connectors.mail.replies.answer import Act, Answer
from privateoffice.connectors.mail.replies.judging import read_reply

__all__ = ["Act", "Answer", "read_acknowledgement", "read_reply"]
