"""Why something about a clock or a contribution is refused, each in a sentence fit to show."""


class NotRunning(Exception):
    """Nothing is owed here any more."""


class AlreadyAcknowledged(Exception):
    """It was acknowledged already."""


class NoSuchKind(ValueError):
    """There is no such kind of correspondence."""


class NotThatDay(ValueError):
    """Choose a working day to come, other than the day promised now."""


class TooLate(ValueError):
    """A reply is promised no later than the last day of its kind, while that day is still to come."""


class NoReplyOfOurs(ValueError):
    """This is not a letter of ours that ended a clock."""


class AlreadySent(Exception):
    """The holding reply is on its way or was sent. Change the date promised on the conversation."""


class NotReceived(Exception):
    """Nothing has come for this contribution yet."""


class NobodyToAsk(ValueError):
    """Choose one person: somebody of the directory, or a name with an address."""
