"""What makes no sense with a rota, in sentences fit to show."""


class NoSuchTurn(ValueError):
    """This person is not on the rota for that duty on these days."""


class NothingToUndo(Exception):
    """There is nothing here that can be undone. What was published is changed by another change."""


class NothingChanged(Exception):
    """Nothing would change."""


class AlreadyThere(ValueError):
    """The rota has duties in these days already. Choose days that no other period holds."""


class NotInside(ValueError):
    """The day must lie inside the duty, after its first day."""


class NeedsAReason(Exception):
    """This breaks a rule that the law lets you break. Say why, and who authorised it."""


class MayNotBe(Exception):
    """No one may waive this rule."""


class HasGaps(Exception):
    """The rota has gaps. Publish it with them only if you say so."""


class NotPublished(Exception):
    """This rota is not published yet, so nobody has been told of it."""


class AlreadyAcknowledged(Exception):
    """They have said already that they have it."""


class AlreadySwapping(Exception):
    """One of these duties is in a swap already that has not ended."""


class SwapOver(Exception):
    """This swap has ended already."""


class NotAgreed(Exception):
    """The other person has not agreed yet."""


class NotTheirs(Exception):
    """The duty is somebody else’s now."""


class AlreadyTaken(Exception):
    """Somebody else took this duty before you. You need do nothing."""


class Overtaken(Exception):
    """The rota was changed after this was worked out. Ask again."""


class StillGoing(Exception):
    """The last one is still being worked out. Stop it first, or wait."""


class NothingFound(Exception):
    """There is nothing to take: nothing was found."""


class AlreadyAccepted(Exception):
    """This handover has been accepted already."""


class AlreadyClaimed(Exception):
    """This month has been claimed already for this person."""


class NothingToClaim(Exception):
    """There is no day on call to claim in this month."""


class NoRate(Exception):
    """No rate of the allowance is known for these days. Set it first."""


class StillAway(ValueError):
    """The last day is before the first."""
