"""Words that everybody who knows the office would try first; no password is made of them."""

import re

from django.core.exceptions import ValidationError

from privateoffice.foundations.offices.models import Office, User

ENOUGH = 8
"""So many characters must be left of a password when the words of the house are taken out of it."""

OF_THE_TRADE = """
    private office commander command commanders staff officer police constable sergeant inspector
    superintendent detective metropolitan scotland yard london force homicide murder major crime specialist
    intelligence operations personal assistant welcome secret password letmein admin administrator changeme
    january february march april june july august september october november december
    spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday
"""
SHORTEST = 4
LIKE = str.maketrans("013457@$!", "oieastasi")
"""What stands in for a letter in words that somebody disguises."""


class HouseWordsValidator:
    """Refuses what is left with too little of its own when the words of the house are taken out."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = password.lower().translate(LIKE)
        for word in sorted(house_words(), key=len, reverse=True):
            plain = plain.replace(word, "")
        if len(re.sub(r"[\W\d_]", "", plain)) < ENOUGH:
            raise ValidationError(self.get_help_text(), code="password_of_house_words")

    def get_help_text(self) -> str:
        return "This is made of words of the office, the police or the calendar. Add words of your own."


def house_words() -> set[str]:
    """Words of the trade, and those in the names of the offices and their units."""
    named = Office.objects.values_list("name", "short_name", "slug", "units__name")
    said = " ".join(str(text) for texts in named for text in texts if text).lower()
    return {word for word in re.findall(r"[a-z]+", OF_THE_TRADE + said) if len(word) >= SHORTEST}
