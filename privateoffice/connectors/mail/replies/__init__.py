"""Reading the answer to a chaser: done, a new date, not mine; whatever is not sure is left to a person."""

from privateoffice.connectors.mail.replies.answer import Act, Answer
from privateoffice.connectors.mail.replies.judging import read_reply

__all__ = ["Act", "Answer", "read_reply"]
