"""Why a backup is not trusted: each reason is one sentence, fit to show."""


class NotGood(Exception):
    """The backup cannot be used. Nothing was changed."""


class Foreign(NotGood):
    """This is no backup of Private Office."""


class Cut(NotGood):
    """The backup is cut short: its end is missing."""


class Altered(NotGood):
    """The backup was altered, or the disk that it lay on damaged it."""


class OtherKey(NotGood):
    """The backup is of an office with another key."""


class WrongKey(NotGood):
    """The backup is sealed, and this key or passphrase does not open it."""


class Sealed(NotGood):
    """The backup is sealed."""


class Newer(NotGood):
    """The backup was made by a newer version of Private Office."""
