"""The classes of item that are approved: who may approve each, and whether that must be a second person."""

from dataclasses import dataclass

from privateoffice.foundations.offices.roles import Role


@dataclass(frozen=True)
class ItemClass:
    """A class of item. `delegates` are the roles that may approve it while a delegation names them."""

    code: str
    word: str
    words: str
    needs_two_people: bool
    approvers: tuple[str, ...] = (Role.COMMANDER,)
    delegates: tuple[str, ...] = (Role.STAFF_OFFICER,)


CLASSES = {
    item.code: item
    for item in (
        ItemClass("letter", "letter", "letters", needs_two_people=True),
        ItemClass("mail", "email", "emails", needs_two_people=False),
        ItemClass("invitation", "invitation", "invitations", needs_two_people=False),
        ItemClass("certificate", "certificate", "certificates", needs_two_people=True, delegates=()),
        ItemClass("newsletter", "newsletter", "newsletters", needs_two_people=True),
    )
}
"""A certificate carries the Commander's own signature, so nobody else approves one."""

CHOICES = [(item.code, item.word.capitalize()) for item in CLASSES.values()]
