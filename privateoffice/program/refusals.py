"""Reasons not to start, each one sentence that says what to do."""


class CannotStart(Exception):
    """The office cannot be opened here and now. The text is fit to show."""
