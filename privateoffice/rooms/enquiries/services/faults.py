"""What makes no sense with an enquiry, in sentences fit to show."""


class IsClosed(Exception):
    """This enquiry is closed. Open it again first."""


class AlreadyAcknowledged(Exception):
    """The caller has been told already."""


class AlreadyRedirected(Exception):
    """This enquiry is with another unit already. Take it back first."""


class NotRedirected(Exception):
    """This enquiry is not with another unit."""


class TooLate(Exception):
    """A reply is never promised beyond the last date of its kind."""
